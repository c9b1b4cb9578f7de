#include "scoring/score_internal.h"

#include <stdlib.h>
#include <string.h>

#include "scoring/challenge.h"
#include "scoring/frame.h"
#include "scoring/matcher.h"
#include "scoring/stance.h"

void score_add_red_flags(struct scorer *s)
{
    const struct rubric *r = s->rubric;
    s->flag_queries = xcalloc(r->red_flag_count + 1, sizeof(*s->flag_queries));
    for (size_t i = 0; i < r->red_flag_count; i++)
        evidence_add(s->matcher, &r->red_flags[i].evidence, reach_red_flag,
                     &s->flag_queries[i]);
    s->drawbacks = matcher_add_marked(s->matcher, CONCEPT_DRAWBACK);
    s->mishaps = matcher_add_marked(s->matcher, CONCEPT_MISHAP);
}

/* While the flags of a text are found. */
struct flag_search {
    struct scorer *s;
    const struct answer *answer;
    unsigned char *taken; /* per sentence: a flag stands in it */
    struct match *found;  /* of one expression; room for all: no two begin at one word */
    size_t room;
};

/* --- "a hold without an end is a trap", "what broke: a hold without an end": that it is wrong is said --- */

/* The words at which any of the marked concepts is told. */
static void read_told(struct flag_search *f, size_t query, struct told_words *out)
{
    struct scorer *s = f->s;
    size_t count = matcher_find(s->matcher, query, f->found, f->room);
    out->count = 0;
    for (size_t i = 0; i < count; i++)
        if (stance_of_match(&s->stances, &f->found[i]) == STANCE_ASSERTED)
            *array_add(out) = f->found[i].first;
}

/* Whether one stands at word `from` or behind it, and before word `end`; they are in the order of the text. */
static bool told_between(const struct told_words *told, uint32_t from, uint32_t end)
{
    size_t low = 0, high = told->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (told->items[middle] >= from)
            high = middle;
        else
            low = middle + 1;
    }
    return low < told->count && told->items[low] < end;
}

enum { NEXT_WORDS = 12 }; /* of the next sentence, that belong to the claim */

/* Whether a drawback is told behind the words, in their sentence or where the next one begins, or a mishap before them
 * in theirs. */
static bool is_told_wrong(const struct scorer *s, const struct match *m)
{
    const struct text *t = &s->text;
    uint32_t i = t->words.items[m->last].sentence;
    uint32_t end = t->sentences.items[i].end;
    uint32_t start = t->sentences.items[t->words.items[m->first].sentence].first;
    if (i + 1 < t->sentences.count &&
        t->sentences.items[i + 1].part == t->sentences.items[i].part) {
        const struct sentence *next = &t->sentences.items[i + 1];
        end = next->end < next->first + NEXT_WORDS ? next->end : next->first + NEXT_WORDS;
    }
    return told_between(&s->drawbacks_read, m->last + 1, end) ||
           told_between(&s->mishaps_read, start, m->first);
}

/* --- "no wait, that was wrong: ..." --- */

static bool sentence_withdraws(const struct scorer *s, uint32_t sentence)
{
    const struct dictionary *d = matcher_dictionary(s->matcher);
    const struct sentence *at = &s->text.sentences.items[sentence];
    const char *words[FRAME_WORDS];
    size_t count = 0;
    for (uint32_t w = at->first; w < at->end && count < FRAME_WORDS; w++)
        words[count++] = dictionary_get(d, s->text.words.items[w].form)->text;
    return frame_withdraws(words, count);
}

/* Whether the sentence behind that of the words withdraws it, or in the same phase the part behind their part does: in a
 * session the next line. */
static bool is_withdrawn(const struct scorer *s, const struct match *m)
{
    const struct text *t = &s->text;
    uint32_t i = t->words.items[m->last].sentence, part = t->sentences.items[i].part;
    if (i + 1 < t->sentences.count && t->sentences.items[i + 1].part == part &&
        sentence_withdraws(s, i + 1))
        return true;
    while (i < t->sentences.count && t->sentences.items[i].part == part)
        i++;
    if (i == t->sentences.count)
        return false;
    const char *phase = s->phases.items[part],
               *next = s->phases.items[t->sentences.items[i].part];
    bool same = phase == next || (phase && next && !strcmp(phase, next));
    return same && sentence_withdraws(s, i);
}

/* As far as the things of an expression stand apart: a longer sentence has no stops, and says more than this. */
enum { VOID_REACH = 25 };

/* Where a misconception is claimed, nothing is explained. */
static void void_around(struct scorer *s, const struct match *claim)
{
    const struct sentence *sentence =
        &s->text.sentences.items[s->text.words.items[claim->first].sentence];
    for (uint32_t w = sentence->first; w < sentence->end; w++)
        if (w + VOID_REACH >= claim->first && w <= claim->last + VOID_REACH)
            s->stances.words.items[w] = (struct word_stance) { STANCE_WRONG, UINT32_MAX };
}

static const struct answer_challenge *challenge_of(const struct answer *answer,
                                                   size_t flag)
{
    for (size_t i = 0; i < answer->challenge_count; i++)
        if (answer->challenges[i].flag == flag && answer->challenges[i].count)
            return &answer->challenges[i];
    return NULL;
}

/* Nor does it count for what it says right. What was asked about is settled by the reply. */
static bool withdraws(struct flag_search *f, size_t flag, const struct match *claim)
{
    if (challenge_of(f->answer, flag) || !is_withdrawn(f->s, claim))
        return false;
    *array_add(&f->s->claims) = *claim;
    return true;
}

/* The first place of a flag that stands, in a sentence that no flag has taken if there is one. */
static bool find_flag(struct flag_search *f, size_t flag, struct match *out,
                      struct expression_place *by)
{
    struct scorer *s = f->s;
    struct match *matches = f->found;
    bool found = false;
    for (size_t k = 0; k < s->rubric->red_flags[flag].evidence.count; k++) {
        size_t count =
            matcher_find(s->matcher, s->flag_queries[flag] + k, matches, f->room);
        for (size_t m = 0; m < count; m++) {
            bool free_sentence =
                !f->taken[s->text.words.items[matches[m].first].sentence];
            if ((found && !free_sentence) ||
                stance_of_match(&s->stances, &matches[m]) != STANCE_ASSERTED ||
                is_told_wrong(s, &matches[m]) || withdraws(f, flag, &matches[m]))
                continue;
            *out = matches[m];
            *by = (struct expression_place) { "evidence", k };
            if (free_sentence)
                return true;
            found = true;
        }
    }
    return found;
}

/* --- what was asked about --- */

/* Whether the claim is made in the parts from..end. */
static bool stands_within(struct flag_search *f, size_t flag, size_t from, size_t end)
{
    struct scorer *s = f->s;
    for (size_t k = 0; k < s->rubric->red_flags[flag].evidence.count; k++) {
        size_t count =
            matcher_find(s->matcher, s->flag_queries[flag] + k, f->found, f->room);
        for (size_t m = 0; m < count; m++) {
            uint32_t sentence = s->text.words.items[f->found[m].first].sentence;
            uint32_t part = s->text.sentences.items[sentence].part;
            if (part >= from && part < end &&
                stance_of_match(&s->stances, &f->found[m]) == STANCE_ASSERTED &&
                !is_told_wrong(s, &f->found[m]))
                return true;
        }
    }
    return false;
}

/* Asked about one mistake, people see another that they stood by before: a later reply may settle this one too. */
static const struct answer_challenge *settled_later(struct flag_search *f,
                                                    struct challenge_reader *reader,
                                                    const struct answer_challenge *own,
                                                    struct quote *reply)
{
    for (size_t i = 0; i < f->answer->challenge_count; i++) {
        const struct answer_challenge *c = &f->answer->challenges[i];
        const struct text_part *said = f->s->parts.items + c->first;
        size_t best;
        if (c->first <= own->first || !c->count ||
            challenge_outcome(reader, said, c->count, &best) != CHALLENGE_CORRECTED)
            continue;
        *reply = (struct quote) { (int)(c->first + best), 0, said[best].length };
        return c;
    }
    return NULL;
}

/* A claim that is made again in the reply is stood by, whatever else the reply says; made again later, it is not settled.
 * What was asked about before it was claimed was a false alarm then. */
static enum challenged outcome_of(struct flag_search *f, size_t flag, struct quote *reply)
{
    const struct answer_challenge *c = challenge_of(f->answer, flag);
    *reply = (struct quote) { .part = -1 };
    if (!c || !stands_within(f, flag, 0, c->first))
        return CHALLENGE_NONE;
    size_t best, end = c->first + c->count;
    const struct text_part *said = f->s->parts.items + c->first;
    struct challenge_reader *reader =
        challenge_reader_new(&f->s->rubric->red_flags[flag].challenge, f->s->lexicon);
    enum challenged outcome = challenge_outcome(reader, said, c->count, &best);
    *reply = (struct quote) { (int)(c->first + best), 0, said[best].length };
    const struct answer_challenge *later =
        outcome == CHALLENGE_CORRECTED ? NULL : settled_later(f, reader, c, reply);
    challenge_reader_free(reader);
    if (later)
        return stands_within(f, flag, later->first, SIZE_MAX) ? CHALLENGE_OPEN
                                                              : CHALLENGE_CORRECTED;
    if (outcome != CHALLENGE_NONE && stands_within(f, flag, c->first, end))
        return CHALLENGE_STOOD;
    bool again = outcome == CHALLENGE_CORRECTED && stands_within(f, flag, end, SIZE_MAX);
    return again ? CHALLENGE_OPEN : outcome;
}

/* What a flag that stands is told as; where it stands is kept. */
static struct red_flag_score read_flag(struct flag_search *f, size_t flag,
                                       const struct match *hit,
                                       struct expression_place by)
{
    struct scorer *s = f->s;
    struct red_flag_score found = { .flag = &s->rubric->red_flags[flag],
                                    .cost = s->rubric->red_flags[flag].cost,
                                    .quote = score_quote(s, hit->first, hit->last),
                                    .first = s->text.words.items[hit->first].start,
                                    .last = s->text.words.items[hit->last].end,
                                    .by = by };
    found.challenged = outcome_of(f, flag, &found.reply);
    *array_add(&s->claims) = *hit;
    return found;
}

/* Those that count, and behind them those that do not. */
static void tell_flags(const struct scorer *s, struct arena *arena, struct score *out)
{
    size_t counted = s->flagged.count, rest = s->uncounted.count;
    out->red_flag_count = counted;
    out->red_flags_found = counted + rest;
    out->red_flags = arena_array(arena, struct red_flag_score, counted + rest + 1);
    if (counted)
        memcpy(out->red_flags, s->flagged.items, counted * sizeof(*out->red_flags));
    if (rest)
        memcpy(out->red_flags + counted, s->uncounted.items,
               rest * sizeof(*out->red_flags));
}

/* One misconception may be written down several times, so a sentence counts for one. */
void score_find_red_flags(struct scorer *s, const struct answer *answer,
                          struct arena *arena, struct score *out)
{
    struct flag_search f = { s, answer, arena_alloc(arena, s->text.sentences.count + 1),
                             NULL, s->text.words.count };
    f.found = xmalloc((f.room + 1) * sizeof(*f.found));
    s->claims.count = s->flagged.count = s->uncounted.count = 0;
    read_told(&f, s->drawbacks, &s->drawbacks_read);
    read_told(&f, s->mishaps, &s->mishaps_read);
    for (size_t i = 0; i < s->rubric->red_flag_count; i++) {
        struct match hit;
        struct expression_place by;
        if (!find_flag(&f, i, &hit, &by))
            continue;
        struct red_flag_score found = read_flag(&f, i, &hit, by);
        unsigned char *sentence = &f.taken[s->text.words.items[hit.first].sentence];
        if (*sentence || found.challenged == CHALLENGE_CORRECTED)
            *array_add(&s->uncounted) = found;
        else
            *array_add(&s->flagged) = found;
        *sentence = 1;
    }
    free(f.found);
    tell_flags(s, arena, out);
}

void score_void_claims(struct scorer *s)
{
    for (size_t i = 0; i < s->claims.count; i++)
        void_around(s, &s->claims.items[i]);
}

bool score_is_flagged(const struct scorer *s, const struct score *out, uint32_t part)
{
    const char *phase = s->phases.items[part];
    for (size_t i = 0; phase && i < out->red_flag_count; i++) {
        const char *flagged = s->phases.items[out->red_flags[i].quote.part];
        if (!flagged || !strcmp(flagged, phase))
            return true;
    }
    return !phase;
}

const struct red_flag_score *score_next_corrected(const struct score *score, size_t *at)
{
    size_t i = *at > score->red_flag_count ? *at : score->red_flag_count;
    while (i < score->red_flags_found &&
           score->red_flags[i].challenged != CHALLENGE_CORRECTED)
        i++;
    *at = i + 1;
    return i < score->red_flags_found ? &score->red_flags[i] : NULL;
}
