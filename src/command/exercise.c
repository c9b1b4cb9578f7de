#include "command/exercise.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"

/* More than any dimension can weigh: the same criterion comes first. */
static const double same_criterion = 1e6;

static bool same_text(const json_t *object, const char *key, const char *text)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value && !strcmp(value, text);
}

/* Of a rubric as it stands in its file: its expressions, which are most of it, are not wanted here. */
static double worth(const json_t *rubric, const struct criterion *criterion)
{
    double weight = 0;
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(rubric, "criteria"), index, one) {
        double own = json_number_value(json_object_get(one, "weight"));
        if (same_text(one, "id", criterion->id))
            return same_criterion + own;
        if (same_text(one, "dimension", criterion->dimension))
            weight += own;
    }
    return weight;
}

static double worth_of_file(struct catalogue *catalogue, const char *id,
                            const struct criterion *criterion)
{
    struct buffer name = BUFFER_INIT, text = BUFFER_INIT;
    struct json_document doc;
    struct error e;
    double value = 0;
    error_init(&e);
    buffer_printf(&name, "%s.json", id);
    char *path = catalogue_path(catalogue, "rubrics", name.data);
    if (path && file_read(path, CONTENT_BYTES_MAX, &text, &e) == 0 &&
        json_load_document(&doc, path, text.data, text.length, &e) == 0) {
        value = worth(doc.root, criterion);
        json_release_document(&doc);
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
