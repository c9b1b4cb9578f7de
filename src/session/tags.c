#include "session/tags.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"

/* --- reading --- */

static bool is_evidence(const struct event *e)
{
    return (e->type == EVENT_SAY && event_by_candidate(e)) || e->type == EVENT_EDIT ||
           (e->type == EVENT_NOTE && !*event_text(e, "about"));
}

static bool is_undone(const struct session *s, const struct event *e)
{
    return s->undone.items[e - s->events.items];
}

static struct evidence_place whole(const struct event *e)
{
    return (struct evidence_place) { e, 0, event_text_length(e, "text") };
}

/* A tag's numbers may come from anybody's file. */
static struct evidence_place evidence_of(const struct session *s, const struct event *tag)
{
    double number = event_number(tag, "of", 0);
    const struct event *e =
        number >= 1 && number < 1e9 ? session_event(s, (size_t)number) : NULL;
    if (!e || !is_evidence(e) || is_undone(s, e))
        return (struct evidence_place) { NULL, 0, 0 };
    struct evidence_place place = whole(e);
    double start = event_number(tag, "start", 0), end = event_number(tag, "end", 0);
    if (start >= 0 && end > start && end <= (double)place.end) {
        place.start = (size_t)start;
        place.end = (size_t)end;
    }
    return place;
}

static const struct red_flag *flag_by_id(const struct rubric *rubric, const char *id)
{
    int index = rubric_find_flag(rubric, id);
    return index >= 0 ? &rubric->red_flags[index] : NULL;
}

static void take_flag(const struct session *s, const struct event *e, struct tags *out)
{
    const char *id = event_text(e, "flag"), *text = event_text(e, "text");
    const struct red_flag *flag = *id ? flag_by_id(s->rubric, id) : NULL;
    if (!flag && !*text)
        text = id; /* of another version of the rubric: its name is what is left */
    for (size_t i = 0; i < out->flag_count && flag; i++)
        if (out->flags[i].flag == flag)
            return;
    if (flag || *text)
        out->flags[out->flag_count++] = (struct raised_flag) {
            .number = e->number,
            .flag = flag,
            .text = flag ? flag->title : text,
            .evidence = evidence_of(s, e),
        };
}

static void take_verdict(const struct session *s, const struct event *e, struct tags *out)
{
    int index = rubric_find(s->rubric, event_text(e, "criterion"));
    int verdict = json_choice(event_text(e, "verdict"), verdict_names);
    if (index < 0 || verdict < 0 || verdict == VERDICT_NOT_ASKED)
        return;
    out->tagged += out->criteria[index].number == 0;
    out->criteria[index] = (struct tag) {
        .number = e->number,
        .verdict = (enum verdict)verdict,
        .evidence = evidence_of(s, e),
    };
}

void tags_read(const struct session *s, const char *by, struct arena *arena,
               struct tags *out)
{
    size_t count = 0;
    for (size_t i = 0; i < s->events.count; i++)
        count += s->events.items[i].type == EVENT_TAG;
    *out = (struct tags) {
        .criteria = arena_array(arena, struct tag, s->rubric->criterion_count),
        .flags = arena_array(arena, struct raised_flag, count),
    };
    for (size_t i = 0; i < s->rubric->criterion_count; i++)
        out->criteria[i] = (struct tag) { 0 };
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (e->type != EVENT_TAG || s->undone.items[i] ||
            strcmp(session_author(s, e), by) != 0)
            continue;
        if (*event_text(e, "criterion"))
            take_verdict(s, e, out);
        else
            take_flag(s, e, out);
    }
}

bool tags_was_asked(const struct session *s, const char *criterion, size_t before)
{
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (before && e->number >= before)
            break;
        enum say_kind kind = event_say_kind(e);
        if (e->type == EVENT_SAY && !event_by_candidate(e) && !s->undone.items[i] &&
            (kind == SAY_PROBE || kind == SAY_HINT || kind == SAY_TWIST) &&
            !strcmp(event_text(e, "of"), criterion))
            return true;
    }
    return false;
}

struct evidence_place tags_last_evidence(const struct session *s, const char *by)
{
    for (size_t i = s->events.count; i-- > 0;) {
        const struct event *e = &s->events.items[i];
        if (is_evidence(e) && !s->undone.items[i] &&
            (e->type != EVENT_NOTE || !strcmp(session_author(s, e), by)))
            return whole(e);
    }
    return (struct evidence_place) { NULL, 0, 0 };
}

int tags_evidence(const struct session *s, size_t number, struct evidence_place *out,
                  struct error *e)
{
    const struct event *event = session_event(s, number);
    if (!event || is_undone(s, event))
        return error_set(e, ERROR_USAGE, "there is no line @%zu", number);
    if (!is_evidence(event))
        return error_set(e, ERROR_USAGE,
                         "@%zu is neither what the candidate said nor a note", number);
    *out = whole(event);
    return 0;
}

/* --- names in few keystrokes --- */

struct names {
    const char *what, *list; /* "criterion", "/todo all" */
    const char *(*name)(const void *of, size_t i);
    const void *of;
    size_t count;
};

static int find_number(const struct names *names, const char *word, struct error *e)
{
    long number = strtol(word, NULL, 10);
    if (!names->count)
        return error_set(e, ERROR_USAGE, "there is no %s here", names->what);
    if (number >= 1 && (size_t)number <= names->count)
        return (int)number - 1;
    return error_set(e, ERROR_USAGE, "there is no %s %s; they are 1 to %zu", names->what,
                     word, names->count);
}

/* The error of a beginning that several share, or that none has. */
static int fail_to_find(const struct names *names, const char *word, size_t found,
                        struct error *e)
{
    struct buffer list = BUFFER_INIT;
    size_t shown = 0;
    for (size_t i = 0; i < names->count && found; i++) {
        const char *name = names->name(names->of, i);
        if (strncmp(name, word, strlen(word)) != 0)
            continue;
        if (shown++ < 4)
            buffer_printf(&list, "%s%s", list.length ? " or " : "", name);
    }
    if (found)
        error_set(e, ERROR_USAGE, "'%s' could be %s%s", word, list.data,
                  shown > 4 ? " or others" : "");
    else
        error_set(e, ERROR_USAGE, "no %s begins with '%s'; %s lists them", names->what,
                  word, names->list);
    buffer_release(&list);
    return found ? TAGS_SEVERAL : TAGS_NONE;
}

static int find_name(const struct names *names, const char *given, size_t length,
                     struct error *e)
{
    char word[64];
    size_t matches = 0;
    int found = -1;
    if (length >= sizeof(word))
        length = sizeof(word) - 1;
    memcpy(word, given, length);
    word[length] = '\0';
    if (length && strspn(word, "0123456789") == length)
        return find_number(names, word, e);
    for (size_t i = 0; i < names->count && length; i++) {
        const char *name = names->name(names->of, i);
        if (!strcmp(name, word))
            return (int)i;
        if (!strncmp(name, word, length)) {
            found = (int)i;
            matches++;
        }
    }
    return matches == 1 ? found : fail_to_find(names, word, matches, e);
}

static const char *criterion_name(const void *of, size_t i)
{
    return ((const struct rubric *)of)->criteria[i].id;
}

static const char *flag_name(const void *of, size_t i)
{
    return ((const struct rubric *)of)->red_flags[i].id;
}

static const char *fact_name(const void *of, size_t i)
{
    return ((const struct scenario *)of)->facts[i].id;
}

int tags_find_criterion(const struct rubric *rubric, const char *word, size_t length,
                        struct error *e)
{
    struct names names = { "criterion", "/todo all", criterion_name, rubric,
                           rubric->criterion_count };
    return find_name(&names, word, length, e);
}

int tags_find_fact(const struct scenario *scenario, const char *word, size_t length,
                   struct error *e)
{
    struct names names = { "fact", "/fact", fact_name, scenario, scenario->fact_count };
    return find_name(&names, word, length, e);
}

int tags_find_flag(const struct rubric *rubric, const char *word, size_t length,
                   struct error *e)
{
    struct names names = { "red flag", "/flag", flag_name, rubric,
                           rubric->red_flag_count };
    return find_name(&names, word, length, e);
}

/* --- /tag --- */

static int parse_verdict(const char *word, size_t length, enum verdict *out,
                         struct error *e)
{
    if (length == 1 && *word >= '0' && *word <= '2') {
        *out = (enum verdict)(*word - '0');
        return 0;
    }
    for (int v = VERDICT_ABSENT; v <= VERDICT_EXPLAINED; v++)
        if (length <= strlen(verdict_names[v]) &&
            !strncmp(verdict_names[v], word, length)) {
            *out = (enum verdict)v;
            return 0;
        }
    return error_set(e, ERROR_USAGE,
                     "'%.*s' is no verdict: 0 absent, 1 mentioned, 2 explained",
                     length > 40 ? 40 : (int)length, word);
}

static int parse_line_number(const char *word, size_t length, size_t *out,
                             struct error *e)
{
    char *end;
    unsigned long number =
        isdigit((unsigned char)word[1]) ? strtoul(word + 1, &end, 10) : 0;
    if (!number || end != word + length || number > 1000000000)
        return error_set(e, ERROR_USAGE, "'%.*s' is no line; @12 is line 12",
                         length > 40 ? 40 : (int)length, word);
    *out = number;
    return 0;
}

enum { PAIRS_MOST = 32 };

int tags_parse(const struct rubric *rubric, const char *words, struct tag_words *out,
               struct error *e)
{
    static const char blanks[] = " \t\n,";
    bool verdict_next = false;
    *out = (struct tag_words) { .count = 0 };
    for (const char *at = words + strspn(words, blanks); *at; at += strspn(at, blanks)) {
        size_t length = strcspn(at, blanks);
        if (*at == '@') {
            if (out->line)
                return error_set(
                    e, ERROR_USAGE,
                    "a /tag rests on one @line: give the others a /tag of their own");
            if (parse_line_number(at, length, &out->line, e) < 0)
                return -1;
        } else if (verdict_next) {
            if (parse_verdict(at, length, &out->pairs[out->count++].verdict, e) < 0)
                return -1;
            verdict_next = false;
        } else {
            int found = out->count < PAIRS_MOST
                            ? tags_find_criterion(rubric, at, length, e)
                            : error_set(e, ERROR_USAGE, "too many at once");
            if (found < 0)
                return -1;
            out->pairs[out->count].criterion = (size_t)found;
            verdict_next = true;
        }
        at += length;
    }
    if (verdict_next)
        return error_set(e, ERROR_USAGE, "how was %s? 0 absent, 1 mentioned, 2 explained",
                         rubric->criteria[out->pairs[out->count].criterion].id);
    return out->count ? 0
                      : error_set(e, ERROR_USAGE,
                                  "a criterion and 0, 1 or 2 belong behind /tag");
}
