#include "command/exercise.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* More than any dimension can weigh: the same criterion comes first. */
static const double same_criterion = 1e6;

static double worth(const struct rubric *rubric, const struct criterion *criterion)
{
    int same = rubric_find(rubric, criterion->id);
    if (same >= 0)
        return same_criterion + rubric->criteria[same].weight;
    double weight = 0;
    for (size_t i = 0; i < rubric->criterion_count; i++)
        if (!strcmp(rubric->criteria[i].dimension, criterion->dimension))
            weight += rubric->criteria[i].weight;
    return weight;
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
    struct error_list errors = ERROR_LIST_INIT;
    size_t count = catalogue_scenarios(catalogue, &ids);
    size_t start = first_after(ids, count, own->scenario);
    for (size_t i = 0; i < count; i++) {
        struct rubric *rubric;
        char *id = ids[(start + i) % count];
        if (!strcmp(id, own->scenario) || catalogue_rubric(catalogue, id, &rubric, &errors) < 0)
            continue;
        double value = worth(rubric, criterion);
        if (value > most) {
            most = value;
            best = id;
        }
    }
    best = best ? xstrdup(best) : NULL;
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    error_list_release(&errors);
    return best;
}
