#include "session/seal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "session/interviewer.h"
#include "transcript/reader.h"

/* --- who has sealed --- */

static bool is_by_person(const struct event *e, const char *by)
{
    const char *grader = event_text(e, "grader");
    return e->type == EVENT_SCORE && !strncmp(grader, "person:", 7) &&
           !strcmp(grader + 7, by);
}

static struct score_rank rank_of(const struct event *score)
{
    return (struct score_rank) { event_flag(score, "sealed", false), score->number };
}

const struct event *seal_score(const struct session *s, const char *by)
{
    const struct event *best = NULL;
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (is_by_person(e, by) && (!best || score_outranks(rank_of(e), rank_of(best))))
            best = e;
    }
    return best;
}

const struct event *seal_newest_score(const struct session *s, const char *by)
{
    for (size_t i = s->events.count; i-- > 0;)
        if (is_by_person(&s->events.items[i], by))
            return &s->events.items[i];
    return NULL;
}

bool seal_counts(const struct session *s, const struct event *score)
{
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SCORE &&
            !strcmp(event_text(e, "grader"), event_text(score, "grader")) &&
            score_outranks(rank_of(e), rank_of(score)))
            return false;
    }
    return true;
}

const char *seal_missing(const struct session *s, const char *viewer)
{
    struct transcript t = { .events = s->events.items, .count = s->events.count };
    return transcript_missing_seal(&t, viewer);
}

size_t seal_pending(const struct session *s, const char **out)
{
    struct transcript t = { .events = s->events.items, .count = s->events.count };
    return transcript_pending(&t, out);
}

const char *seal_name_beside(const struct session *s, const char *by)
{
    const char *held = s->interview ? session_interviewer(s) : by;
    if (strcmp(held, by) != 0 && !strcasecmp(held, by))
        return held;
    for (size_t i = 0; i < s->events.count; i++) {
        const char *other = session_author(s, &s->events.items[i]);
        if (strcmp(other, by) != 0 && !strcasecmp(other, by))
            return other;
    }
    return NULL;
}

/* Once sealed, the other grades are shown: what the same person gives later is not blind.
 */
bool seal_has_seen(const struct session *s, const char *by)
{
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (is_by_person(e, by) ||
            (event_is_note(e, "grade-seen") && !strcmp(session_author(s, e), by)))
            return true;
    }
    return false;
}

void seal_seen_note(const char *by, int64_t time, struct event *e)
{
    event_init(e, EVENT_NOTE, time);
    event_set(e, "by", by);
    event_set(e, "about", "grade-seen");
    event_set(e, "text", "looked at another grade before giving an own one");
}

/* --- from tags to a score --- */

enum { QUOTE_MOST = 400 }; /* bytes; what was pasted may be long */

/* The evidence as a part of an answer, one a judgement, so that quotes are found as ever.
 */
static struct quote add_part(const struct evidence_place *place,
                             struct session_answer *answer, struct answer_part *parts,
                             struct answer_place *places)
{
    if (!place->event)
        return (struct quote) { -1, 0, 0 };
    size_t index = answer->answer.count++, length = place->end - place->start;
    const char *text = event_text(place->event, "text");
    if (length > QUOTE_MOST)
        length = utf8_valid_prefix(text + place->start, QUOTE_MOST);
    parts[index] =
        (struct answer_part) { .text = text,
                               .length = event_text_length(place->event, "text") };
    places[index] = (struct answer_place) { .event = place->event->number };
    return (struct quote) { (int)index, place->start, place->start + length };
}

static void add_quotes(struct standing *out, struct arena *arena)
{
    struct score *score = &out->debrief.score;
    size_t room = score->criterion_count + out->tags.flag_count, known = 0;
    struct answer_part *parts = arena_array(arena, struct answer_part, room);
    struct answer_place *places = arena_array(arena, struct answer_place, room);
    struct session_answer *answer = &out->debrief.answer;
    *answer = (struct session_answer) { .answer = { .parts = parts }, .places = places };
    for (size_t i = 0; i < score->criterion_count; i++)
        score->criteria[i].quote =
            add_part(&out->tags.criteria[i].evidence, answer, parts, places);
    for (size_t i = 0; i < out->tags.flag_count; i++)
        if (out->tags.flags[i].flag)
            score->red_flags[known++].quote =
                add_part(&out->tags.flags[i].evidence, answer, parts, places);
}

static void fill_grade(const struct session *s, struct standing *out, struct arena *arena,
                       struct person_grade *grade)
{
    size_t count = s->rubric->criterion_count;
    enum verdict *verdicts = arena_array(arena, enum verdict, count);
    bool *prompted = arena_array(arena, bool, count);
    const struct red_flag **flags =
        arena_array(arena, const struct red_flag *, out->tags.flag_count);
    out->asked = arena_array(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        const struct tag *tag = &out->tags.criteria[i];
        const char *id = s->rubric->criteria[i].id;
        size_t when = tag->evidence.event ? tag->evidence.event->number : tag->number;
        out->asked[i] = tags_was_asked(s, id, 0);
        verdicts[i] = tag->number     ? tag->verdict
                      : out->asked[i] ? VERDICT_ABSENT
                                      : VERDICT_NOT_ASKED;
        prompted[i] = tag->number && tags_was_asked(s, id, when);
    }
    for (size_t i = 0; i < out->tags.flag_count; i++)
        if (out->tags.flags[i].flag)
            flags[grade->flag_count++] = out->tags.flags[i].flag;
    grade->verdicts = verdicts;
    grade->prompted = prompted;
    grade->flags = flags;
}

static const double *shares_of(const struct score *score, struct arena *arena)
{
    double *shares = arena_array(arena, double, score->dimension_count);
    for (size_t i = 0; i < score->dimension_count; i++)
        shares[i] = score->dimensions[i].share;
    return shares;
}

void seal_grade(const struct session *s, struct interviewer *interviewer, const char *by,
                const double *shares, struct arena *arena, struct standing *out)
{
    struct person_grade grade = { .unfinished = !session_complete(s),
                                  .hint_cost = s->hint_cost };
    struct scorer *scorer = interviewer_scorer(interviewer);
    *out = (struct standing) { .debrief = { .session = s, .scorer = scorer } };
    tags_read(s, by, arena, &out->tags);
    fill_grade(s, out, arena, &grade);
    scorer_grade_person(scorer, &grade, arena, &out->debrief.score);
    out->derived = shares_of(&out->debrief.score, arena);
    if (shares) {
        grade.shares = shares;
        scorer_grade_person(scorer, &grade, arena, &out->debrief.score);
    }
    add_quotes(out, arena);
}

/* --- what is typed --- */

const char *const recommendation_names[] = { "strong-no", "no", "yes", "strong-yes",
                                             NULL };

static bool next_word(const char **words, char *word, size_t room)
{
    static const char blanks[] = " \t\n-,";
    *words += strspn(*words, blanks);
    size_t length = strcspn(*words, blanks);
    size_t kept = length < room ? length : room - 1;
    memcpy(word, *words, kept);
    word[kept] = '\0';
    *words += length;
    return length > 0;
}

static int one_word_recommendation(const char *word)
{
    static const char *const short_names[] = { "sn", "n", "y", "sy" };
    for (int i = 0; i < 4; i++)
        if (!strcmp(word, short_names[i]) || !strcmp(word, recommendation_names[i]))
            return i;
    return -1;
}

bool seal_parse_recommendation(const char *words, int *recommendation, enum level *at)
{
    char word[16];
    int found = -1, level = -1;
    if (!next_word(&words, word, sizeof(word)))
        return false;
    if (!strcmp(word, "strong") || !strcmp(word, "s")) {
        found =
            next_word(&words, word, sizeof(word)) ? one_word_recommendation(word) : -1;
        found = found == 1 ? 0 : found == 2 ? 3 : -1;
    } else {
        found = one_word_recommendation(word);
    }
    if (found >= 0 && next_word(&words, word, sizeof(word)) && !strcmp(word, "at"))
        next_word(&words, word, sizeof(word));
    if (found >= 0 && *word) {
        level = json_choice(word, level_names);
        if (level < 0)
            return false;
    }
    if (found < 0 || next_word(&words, word, sizeof(word)))
        return false;
    *recommendation = found;
    if (level >= 0)
        *at = (enum level)level;
    return true;
}

static int find_dimension(const struct score *score, const char *word)
{
    int found = -1;
    for (size_t i = 0; i < score->dimension_count; i++) {
        if (!strcmp(score->dimensions[i].id, word))
            return (int)i;
        if (strncmp(score->dimensions[i].id, word, strlen(word)) != 0)
            continue;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

static bool parse_grade(const char **words, double *share)
{
    char word[16], *end;
    *words += strspn(*words, " \t\n,");
    size_t length = strcspn(*words, " \t\n,");
    if (!length || length >= sizeof(word))
        return false;
    memcpy(word, *words, length);
    word[length] = '\0';
    double grade = strtod(word, &end);
    if (*end || !(grade >= 0 && grade <= 4))
        return false;
    *words += length;
    *share = grade / 4;
    return true;
}

static bool parse_named(const struct score *score, const char *words, double *shares)
{
    static const char blanks[] = " \t\n,";
    for (words += strspn(words, blanks); *words; words += strspn(words, blanks)) {
        char word[32];
        size_t length = strcspn(words, blanks);
        if (length >= sizeof(word))
            return false;
        memcpy(word, words, length);
        word[length] = '\0';
        words += length;
        int found = find_dimension(score, word);
        if (found < 0 || !parse_grade(&words, &shares[found]))
            return false;
    }
    return true;
}

static bool parse_in_order(const struct score *score, const char *words, double *shares)
{
    for (size_t i = 0; i < score->dimension_count; i++)
        if (!parse_grade(&words, &shares[i]))
            return false;
    return words[strspn(words, " \t\n,")] == '\0';
}

enum { DIMENSIONS_MOST = 64 };

bool seal_parse_grades(const struct score *score, const char *words, double *shares)
{
    double read[DIMENSIONS_MOST];
    if (score->dimension_count > DIMENSIONS_MOST || !words[strspn(words, " \t\n,")])
        return false;
    memcpy(read, shares, score->dimension_count * sizeof(*read));
    const char *first = words + strspn(words, " \t\n,");
    bool numbers = (*first >= '0' && *first <= '9') || *first == '.';
    if (!(numbers ? parse_in_order(score, words, read) : parse_named(score, words, read)))
        return false;
    memcpy(shares, read, score->dimension_count * sizeof(*read));
    return true;
}
