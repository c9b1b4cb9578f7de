/* A rubric file: loaded, and if it is one, an answer is graded by it. */
#include "fuzz.h"

#include <math.h>

#include "content/catalogue.h"
#include "scoring/score.h"

static const char lexicon_text[] =
    "{\"concepts\": {\"kettle\": {\"says\": [\"kettle\", \"boiler\"]}}}";
static const char answer_text[] = "We serve eight sorts of tea. A boiler keeps water hot "
                                  "before anybody orders, because boiling "
                                  "takes four minutes. No menu. The kettle is never "
                                  "empty? 600 cups / 60 = 10 a minute.";

static const struct lexicon *lexicon;
static const struct weights *weights;

static void make_ready(void)
{
    static struct catalogue *catalogue;
    struct error_list errors = ERROR_LIST_INIT;
    if (catalogue)
        return;
    catalogue = catalogue_new(VIVA_SOURCE_DIR);
    weights = catalogue_weights(catalogue, &errors);
    lexicon = lexicon_load("lexicon", lexicon_text, strlen(lexicon_text), &errors);
    must(lexicon && weights);
}

static void grade(const struct rubric *rubric)
{
    struct arena arena = ARENA_INIT;
    struct score score;
    struct answer_part part = { .text = answer_text, .length = strlen(answer_text) };
    struct scorer *scorer =
        scorer_new(rubric, lexicon, weights, (struct subject) { "Tea", "Serve tea." });
    scorer_grade(scorer, &(struct answer) { .parts = &part, .count = 1 }, &arena, &score);
    must(isfinite(score.total) && score.total >= 0 && score.total <= 100);
    must(score.criterion_count == rubric->criterion_count);
    scorer_free(scorer);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error_list errors = ERROR_LIST_INIT;
    make_ready();
    struct rubric *rubric =
        rubric_load("rubric", (const char *)data, size, lexicon, NULL, &errors);
    must_explain(&errors, rubric != NULL);
    if (rubric) {
        must(rubric->scenario && rubric->criterion_count > 0);
        for (size_t i = 0; i < rubric->criterion_count; i++)
            must(rubric_find(rubric, rubric->criteria[i].id) == (int)i);
        grade(rubric);
    }
    rubric_free(rubric);
    error_list_release(&errors);
    error_list_release(&errors); /* nothing is left to be released */

    struct shared_red_flags *flags =
        shared_red_flags_load("red flags", (const char *)data, size, lexicon, &errors);
    must_explain(&errors, flags != NULL);
    shared_red_flags_free(flags);
    error_list_release(&errors);
    return 0;
}
