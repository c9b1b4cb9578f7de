/* lint_internal.h - what the lint_*.c files share. Nobody else includes it. */
#ifndef VIVA_CONTENT_LINT_INTERNAL_H
#define VIVA_CONTENT_LINT_INTERNAL_H

#include "base/json.h"
#include "content/lint.h"
#include "scoring/matcher.h"
#include "scoring/score.h"

/* One file at work. */
struct lint {
    const struct lint_content *content;
    struct json_document doc;
    struct json_check check; /* of doc, into the findings */
    struct arena arena;
};

/* False when the text is no JSON after all. */
bool lint_open(struct lint *l, const struct lint_content *content, const struct lint_file *file,
               struct error_list *findings);
void lint_close(struct lint *l);

/* root[list][index], root[list][index][key]; the nearest of them that is there. */
const json_t *lint_item(const struct lint *l, const char *list, size_t index);
const json_t *lint_member(const struct lint *l, const char *list, size_t index, const char *key);

/* --- what is still to be written: lint_draft.c --- */

/* Whether it has TODO in it: then it is not tried. */
bool lint_is_draft(const char *text);
/* Reports each such string of the file. */
void lint_drafts(struct lint *l);

/* --- where a rubric's criteria find something in a text --- */

struct lint_terms;
struct lint_terms *lint_terms_new(const struct rubric *rubric, const struct lexicon *lexicon)
    __attribute__((warn_unused_result));
void lint_terms_free(struct lint_terms *t);
void lint_terms_read(struct lint_terms *t, const struct sample_part *parts, size_t count);
/* How many of a criterion's expressions hit the text read last. */
size_t lint_terms_count(struct lint_terms *t, size_t criterion);
/* The words that hit first, as they stand in the text, and the expression; false when none does. */
bool lint_terms_first(struct lint_terms *t, size_t criterion, struct buffer *words,
                      const char **expression);

/* --- what stands in a group twice: lint_repeats.c --- */

/* Of the rubric's criteria and its own red flags; `l` holds their file. */
void lint_repeats(struct lint *l, const struct rubric *rubric);

/* --- samples and examples: lint_samples.c --- */

/* Samples against their bands, verdicts and each other; examples of red flags and of rules. */
void lint_samples(struct lint *l);

#endif
