/* A weights file: loaded, and whatever the numbers are, a score stays a score. */
#include "fuzz.h"

#include <math.h>

#include "content/catalogue.h"
#include "scoring/score.h"

static struct catalogue *catalogue;
static struct rubric *rubric;
static const struct lexicon *lexicon;

static void make_ready(void)
{
    struct error_list errors = ERROR_LIST_INIT;
    if (catalogue)
        return;
    catalogue = catalogue_new(VIVA_SOURCE_DIR "/tests/golden/content");
    lexicon = catalogue_lexicon(catalogue, NULL, &errors);
    catalogue_rubric(catalogue, "tiny", &rubric, &errors);
    must(lexicon && rubric);
}

static void grade(const struct weights *weights)
{
    const struct sample *sample = &rubric->samples[0];
    struct arena arena = ARENA_INIT;
    struct score score;
    struct answer_part parts[8];
    size_t count = sample->part_count < 8 ? sample->part_count : 8;
    for (size_t i = 0; i < count; i++)
        parts[i] = (struct answer_part) { .text = sample->parts[i].text,
                                          .length = strlen(sample->parts[i].text),
                                          .phase = sample->parts[i].phase };
    struct scorer *scorer = scorer_new(rubric, lexicon, weights, (struct subject) { 0 });
    scorer_grade(scorer, &(struct answer) { .parts = parts, .count = count }, &arena,
                 &score);
    must(isfinite(score.total) && score.total >= 0 && score.total <= 100);
    for (size_t i = 0; i < score.criterion_count; i++)
        must(score.criteria[i].credit >= 0 && score.criteria[i].credit <= 1);
    scorer_free(scorer);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error_list errors = ERROR_LIST_INIT;
    make_ready();
    struct weights *weights = weights_load("weights", (const char *)data, size, &errors);
    must_explain(&errors, weights != NULL);
    if (weights)
        grade(weights);
    weights_free(weights);
    error_list_release(&errors);
    return 0;
}
