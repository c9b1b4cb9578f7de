/* shipped.h - the shipped content, made ready for grading: what several tests look at. */
#ifndef VIVA_TESTS_SHIPPED_H
#define VIVA_TESTS_SHIPPED_H

#include <stdlib.h>
#include <string.h>

#include "content/catalogue.h"
#include "scoring/score.h"
#include "table.h"

enum { SHIPPED_MAX = 32, SHIPPED_PARTS = 16 };

struct shipped {
    const char *id;
    struct rubric *rubric;
    struct scenario *scenario;
    struct scorer *scorer;
};

static struct {
    struct catalogue *catalogue;
    char **ids;
    const struct lexicon *lexicon;
    struct shipped items[SHIPPED_MAX];
    size_t count;
    struct arena arena;
} shipped;

static inline int shipped_load(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    shipped.catalogue = catalogue_new(VIVA_SOURCE_DIR);
    shipped.lexicon = catalogue_lexicon(shipped.catalogue, NULL, &errors);
    const struct weights *weights = catalogue_weights(shipped.catalogue, &errors);
    shipped.count = catalogue_scenarios(shipped.catalogue, &shipped.ids);
    assert_true(shipped.count > 0 && shipped.count <= SHIPPED_MAX);
    for (size_t i = 0; i < shipped.count; i++) {
        struct shipped *one = &shipped.items[i];
        one->id = shipped.ids[i];
        catalogue_scenario(shipped.catalogue, one->id, &one->scenario, &errors);
        catalogue_rubric(shipped.catalogue, one->id, &one->rubric, &errors);
        for (size_t k = 0; k < errors.count; k++)
            print_error("%s:%d: %s\n", errors.items[k].source, errors.items[k].line,
                        errors.items[k].message);
        assert_true(shipped.lexicon && weights && one->rubric && one->scenario);
        struct subject subject = { one->scenario->title, one->scenario->prompt };
        one->scorer = scorer_new(one->rubric, shipped.lexicon, weights, subject);
    }
    error_list_release(&errors);
    return 0;
}

/* By its id: which is the first changes with every new scenario. */
__attribute__((unused)) static inline struct shipped *shipped_find(const char *id)
{
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, id))
            return &shipped.items[i];
    fail_msg("no scenario '%s' is shipped", id);
    return NULL;
}

static inline int shipped_release(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        scorer_free(shipped.items[i].scorer);
        free(shipped.ids[i]);
    }
    free(shipped.ids);
    catalogue_free(shipped.catalogue);
    arena_release(&shipped.arena);
    return 0;
}

/* Grades parts; the score is valid until the next call. */
static inline struct score shipped_grade(const struct shipped *with,
                                         const struct sample_part *parts, size_t count)
{
    struct answer_part read[SHIPPED_PARTS] = { 0 };
    struct score score;
    assert_true(count <= SHIPPED_PARTS);
    for (size_t i = 0; i < count; i++)
        read[i] = (struct answer_part) { .text = parts[i].text,
                                         .length = strlen(parts[i].text),
                                         .phase = parts[i].phase };
    arena_reset(&shipped.arena);
    scorer_grade(with->scorer, &(struct answer) { .parts = read, .count = count },
                 &shipped.arena, &score);
    return score;
}

#endif
