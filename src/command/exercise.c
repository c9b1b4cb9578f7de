#include "command/exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_span.h"
#include "base/memory.h"

/* More than any dimension can weigh: the same criterion comes first. */
static const double same_criterion = 1e6;

static double worth(struct json_span criteria, const struct criterion *criterion)
{
    double weight = 0;
    struct json_walk walk = JSON_WALK(criteria);
    while (json_walk(&walk)) {
        double own = json_span_number(json_span_member(walk.value, "weight"), 0);
        if (json_span_is(json_span_member(walk.value, "id"), criterion->id))
            return same_criterion + own;
        if (json_span_is(json_span_member(walk.value, "dimension"), criterion->dimension))
            weight += own;
    }
    return weight;
}

enum { STEP_BYTES = 1 << 16 };

/*
 * The criteria of a rubric as they stand in its file. They come early in it, and most of the file behind
 * them, which would be the most memory that a session has, is not read.
 */
static struct json_span read_criteria(FILE *file, struct buffer *text)
{
    struct json_span found = { 0 };
    char step[STEP_BYTES];
    size_t got;
    while (text->length < CONTENT_BYTES_MAX &&
           (got = fread(step, 1, sizeof(step), file)) > 0) {
        buffer_add(text, step, got);
        struct json_span whole = json_span_of(text->data, text->length);
        found = json_span_member(whole, "criteria");
        if (found.length && found.text + found.length < whole.text + whole.length)
            break; /* more than a blank stands behind them, so they are whole */
    }
    return found;
}

static double worth_of_file(struct catalogue *catalogue, const char *id,
                            const struct criterion *criterion)
{
    struct buffer name = BUFFER_INIT, text = BUFFER_INIT;
    double value = 0;
    buffer_printf(&name, "%s.json", id);
    char *path = catalogue_path(catalogue, "rubrics", name.data);
    FILE *file = path ? fopen(path, "r") : NULL;
    if (file) {
        value = worth(read_criteria(file, &text), criterion);
        fclose(file);
    }
    free(path);
    buffer_release(&text);
    buffer_release(&name);
    return value;
}

/* Where the ids that come after the own one begin, so that not every scenario names the first. */
static size_t first_after(char **ids, size_t count, const char *own)
{
    size_t at = 0;
    while (at < count && strcmp(ids[at], own) <= 0)
        at++;
    return at;
}

char *exercise_find(struct catalogue *catalogue, const struct rubric *own,
                    const struct criterion *criterion)
{
    char **ids = NULL, *best = NULL;
    double most = 0;
    size_t count = catalogue_scenarios(catalogue, &ids);
    size_t start = first_after(ids, count, own->scenario);
    for (size_t i = 0; i < count; i++) {
        char *id = ids[(start + i) % count];
        if (!strcmp(id, own->scenario))
            continue;
        double value = worth_of_file(catalogue, id, criterion);
        if (value > most) {
            most = value;
            best = id;
        }
    }
    best = best ? xstrdup(best) : NULL;
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    return best;
}
