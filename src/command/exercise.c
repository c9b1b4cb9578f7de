#include "command/exercise.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json_span.h"
#include "base/memory.h"

/* More than any dimension can weigh: the same criterion comes first. */
static const double same_criterion = 1e6;

/* Of a rubric as it stands in its file: its expressions, which are most of it, are not wanted here. */
static double worth(struct json_span rubric, const struct criterion *criterion)
{
    double weight = 0;
    struct json_walk walk = JSON_WALK(json_span_member(rubric, "criteria"));
    while (json_walk(&walk)) {
        double own = json_span_number(json_span_member(walk.value, "weight"), 0);
        if (json_span_is(json_span_member(walk.value, "id"), criterion->id))
            return same_criterion + own;
        if (json_span_is(json_span_member(walk.value, "dimension"), criterion->dimension))
            weight += own;
    }
    return weight;
}

static double worth_of_file(struct catalogue *catalogue, const char *id,
                            const struct criterion *criterion)
{
    struct buffer name = BUFFER_INIT, text = BUFFER_INIT;
    struct error e;
    double value = 0;
    error_init(&e);
    buffer_printf(&name, "%s.json", id);
    char *path = catalogue_path(catalogue, "rubrics", name.data);
    if (path && file_read(path, CONTENT_BYTES_MAX, &text, &e) == 0)
        value = worth(json_span_of(text.data, text.length), criterion);
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
