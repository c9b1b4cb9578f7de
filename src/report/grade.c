#include "report/grade.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

/* --- small things --- */

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static double number_of(const json_t *object, const char *key, double otherwise)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

static size_t size_of(const json_t *object, const char *key)
{
    double value = number_of(object, key, 0);
    return value >= 0 && value < 1e9 ? (size_t)value : 0;
}

static struct grade_quote quote_of(const json_t *object)
{
    const json_t *quote = json_object_get(object, "quote");
    struct grade_quote out = { .text = json_string_value(quote),
                               .length = json_string_length(quote) };
    out.event = size_of(object, "event");
    out.start = size_of(object, "start");
    out.end = size_of(object, "end");
    out.noted = json_is_true(json_object_get(object, "noted"));
    if (out.end <= out.start)
        out.event = 0;
    return out;
}

static const char *title_of(const struct rubric *rubric, const char *criterion)
{
    int index = rubric_find(rubric, criterion);
    return index >= 0 ? rubric->criteria[index].title : criterion;
}

static const char *flag_title(const struct rubric *rubric, const char *id)
{
    int index = rubric_find_flag(rubric, id);
    return index >= 0 ? rubric->red_flags[index].title : id;
}

/* --- lists --- */

static void read_verdicts(struct grade *g, const json_t *list,
                          const struct rubric *rubric, struct arena *arena)
{
    size_t i;
    json_t *entry;
    g->verdicts = arena_array(arena, struct grade_verdict, json_array_size(list));
    json_array_foreach ((json_t *)list, i, entry) {
        const char *id = text_of(entry, "id"), *name = text_of(entry, "verdict");
        int verdict = name ? json_choice(name, verdict_names) : -1;
        if (!id || verdict < 0)
            continue;
        g->verdicts[g->verdict_count++] = (struct grade_verdict) {
            .id = id,
            .title = title_of(rubric, id),
            .criterion = rubric_find(rubric, id),
            .verdict = (enum verdict)verdict,
            .credit = number_of(entry, "credit", -1),
            .graded = !json_is_false(json_object_get(entry, "graded")),
            .quote = quote_of(entry),
        };
    }
}

/* A person may name a red flag that no rubric has, in words of his own. */
static void read_flags(struct grade *g, const json_t *list, const struct rubric *rubric,
                       struct arena *arena)
{
    size_t i;
    json_t *entry;
    g->flags = arena_array(arena, struct grade_flag, json_array_size(list));
    json_array_foreach ((json_t *)list, i, entry) {
        const char *id = text_of(entry, "id"), *text = text_of(entry, "text");
        if (!id && !text)
            continue;
        g->flags[g->flag_count++] = (struct grade_flag) {
            .id = id ? id : text,
            .title = id ? flag_title(rubric, id) : text,
            .cost = number_of(entry, "cost", -1),
            .stood = json_is_true(json_object_get(entry, "stood")),
            .quote = quote_of(entry),
        };
    }
}

static void read_corrected(struct grade *g, const json_t *list,
                           const struct rubric *rubric, struct arena *arena)
{
    size_t i;
    json_t *entry;
    g->corrected = arena_array(arena, struct grade_flag, json_array_size(list));
    json_array_foreach ((json_t *)list, i, entry) {
        const char *id = text_of(entry, "id");
        if (id)
            g->corrected[g->corrected_count++] =
                (struct grade_flag) { .id = id,
                                      .title = flag_title(rubric, id),
                                      .cost = -1,
                                      .quote = quote_of(entry) };
    }
}

static void read_dimensions(struct grade *g, const json_t *object, struct arena *arena)
{
    const char *id;
    json_t *entry;
    g->dimensions = arena_array(arena, struct grade_dimension, json_object_size(object));
    json_object_foreach ((json_t *)object, id, entry) {
        double share = json_is_object(entry) ? number_of(entry, "share", -1) : -1;
        if (number_of(entry, "weight", 1) <= 0)
            share = -1;
        g->dimensions[g->dimension_count++] = (struct grade_dimension) { id, share };
    }
}

static void read_voided(struct grade *g, const json_t *list, const struct rubric *rubric,
                        struct arena *arena)
{
    size_t i;
    json_t *entry;
    g->voided = arena_array(arena, struct grade_voided, json_array_size(list));
    json_array_foreach ((json_t *)list, i, entry) {
        const char *id = text_of(entry, "id"), *claimed = text_of(entry, "claimed");
        const char *quote = text_of(entry, "quote"), *why = text_of(entry, "why");
        if (id && claimed)
            g->voided[g->voided_count++] = (struct grade_voided) {
                id, title_of(rubric, id), claimed, quote ? quote : "", why ? why : "",
            };
    }
}

static size_t read_texts(const json_t *list, struct arena *arena, const char ***out)
{
    size_t i, count = 0;
    json_t *entry;
    *out = arena_array(arena, const char *, json_array_size(list));
    json_array_foreach ((json_t *)list, i, entry)
        if (json_string_length(entry))
            (*out)[count++] = json_string_value(entry);
    return count;
}

/* --- the whole --- */

static void read_sources(struct grade *g, const struct event *e)
{
    const json_t *rubric = event_json(e, "rubric"), *sources = event_json(e, "sources");
    g->sources = (struct grade_sources) {
        .scorer = json_string_value(event_json(e, "scorer")),
        .rubric = text_of(rubric, "hash"),
        .rubric_version = (int)size_of(rubric, "version"),
        .lexicon = text_of(sources, "lexicon"),
        .red_flags = text_of(sources, "red-flags"),
        .weights = text_of(sources, "weights"),
    };
}

static void read_levels(struct grade *g, const struct event *e)
{
    const json_t *levels = event_json(e, "levels");
    for (int i = 0; i < LEVEL_COUNT; i++)
        g->cleared[i] = json_is_true(
            json_object_get(json_object_get(levels, level_names[i]), "cleared"));
}

static void name_grader(struct grade *g)
{
    if (!strncmp(g->grader, "llm:", 4)) {
        g->kind = GRADER_MODEL;
        g->who = g->grader + 4;
    } else if (!strcmp(g->grader, "rubric")) {
        g->kind = GRADER_BUILT_IN;
        g->who = "built in";
    } else {
        g->kind = GRADER_PERSON;
        g->who = strncmp(g->grader, "person:", 7) ? g->grader : g->grader + 7;
    }
}

bool grade_read(const struct event *e, const struct rubric *rubric, struct arena *arena,
                struct grade *out)
{
    const json_t *runs = event_json(e, "runs");
    *out = (struct grade) {
        .event = e->number,
        .time = e->time,
        .grader = event_text(e, "grader"),
        .sealed = event_flag(e, "sealed", false),
        .total = event_number(e, "score", -1),
        .unfinished = event_flag(e, "unfinished", false),
        .recommendation = json_string_value(event_json(e, "recommendation")),
        .at = json_string_value(event_json(e, "at")),
        .runs = (int)size_of(runs, "count"),
        .low = number_of(runs, "low", 0),
        .high = number_of(runs, "high", 0),
    };
    if (e->type != EVENT_SCORE || !*out->grader ||
        !(out->total >= 0 && out->total <= 100))
        return false;
    out->without_hints = event_number(e, "without_hints", out->total);
    name_grader(out);
    read_sources(out, e);
    read_levels(out, e);
    read_verdicts(out, event_json(e, "criteria"), rubric, arena);
    read_flags(out, event_json(e, "red_flags"), rubric, arena);
    read_corrected(out, event_json(e, "corrected"), rubric, arena);
    read_dimensions(out, event_json(e, "dimensions"), arena);
    read_voided(out, event_json(e, "voided"), rubric, arena);
    out->strength_count = read_texts(event_json(e, "strengths"), arena, &out->strengths);
    out->gap_count = read_texts(event_json(e, "gaps"), arena, &out->gaps);
    return true;
}

const struct grade_verdict *grade_verdict(const struct grade *grade,
                                          const char *criterion)
{
    for (size_t i = 0; i < grade->verdict_count; i++)
        if (!strcmp(grade->verdicts[i].id, criterion))
            return &grade->verdicts[i];
    return NULL;
}

double grade_share(const struct grade *grade, const char *dimension)
{
    for (size_t i = 0; i < grade->dimension_count; i++)
        if (!strcmp(grade->dimensions[i].id, dimension))
            return grade->dimensions[i].share;
    return -1;
}

const char *grade_verdict_words(enum verdict verdict)
{
    return verdict == VERDICT_NOT_ASKED ? "not asked" : verdict_names[verdict];
}

void grade_basis(const struct grade *grade, struct buffer *out)
{
    size_t graded = 0;
    for (size_t i = 0; i < grade->verdict_count; i++)
        graded += grade->verdicts[i].graded;
    if (graded < grade->verdict_count)
        buffer_printf(out, " on %zu of %zu criteria", graded, grade->verdict_count);
}

void grade_total(double total, struct buffer *out)
{
    double tenths = round(10 * total);
    buffer_printf(out, "%.*f", fmod(tenths, 10) != 0, tenths / 10);
}

void grade_words(const char *id, struct buffer *out)
{
    for (; *id; id++)
        buffer_add_char(out, *id == '-' ? ' ' : *id);
}

const char *grade_void_words(const char *why)
{
    static const struct {
        const char *id, *words;
    } reasons[] = {
        { "not said", "which was not said" },
        { "short", "which is less than a clause" },
        { "empty", "without a quote" },
        { "grader", "which speaks to the grader" },
        { "echo", "which repeats the problem" },
        { "denied", "which was said not to be done" },
        { "wrong", "where a known misconception stands" },
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
        if (!strcmp(reasons[i].id, why))
            return reasons[i].words;
    return "";
}
