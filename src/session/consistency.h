/*
 * consistency.h - contradictions between what was said at one time and at another, by the rubric's
 * rules: a claim, and what cannot stand beside it.
 *
 * Only what the candidate stands behind counts: what is asked, rejected or cut from the scope is
 * neither a claim nor against one, unless the rule looks for the very "not".
 */
#ifndef VIVA_SESSION_CONSISTENCY_H
#define VIVA_SESSION_CONSISTENCY_H

#include <stdbool.h>
#include <stddef.h>

#include "scoring/lexicon.h"
#include "scoring/rubric.h"
#include "scoring/text.h"

struct consistency;

/* Borrows both. Free with consistency_free(). */
struct consistency *consistency_new(const struct rubric *rubric, const struct lexicon *lexicon)
    __attribute__((warn_unused_result));
void consistency_free(struct consistency *c);

/* Sets broken[i] for each rule of the rubric by what the parts say, taken together. */
void consistency_check(struct consistency *c, const struct text_part *parts, size_t count,
                       bool *broken);

#endif
