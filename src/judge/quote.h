/*
 * quote.h - whether a quote stands in the candidate's own words. Pure.
 *
 * Compared are letters and digits alone, with case, accents and compatibility forms
 * folded; runs of anything else are one gap. The quote must stand in one part, in one
 * piece, from the beginning of a word to the end of one, and be at least a clause: four
 * words (or eight characters of a script that parts no words), or the whole part.
 */
#ifndef VIVA_JUDGE_QUOTE_H
#define VIVA_JUDGE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "scoring/score.h"

enum quote_result {
    QUOTE_FOUND,
    QUOTE_EMPTY,     /* there is none */
    QUOTE_SHORT,     /* it stands there, but is less than a clause */
    QUOTE_NOT_THERE, /* nobody said that */
};
extern const char
    *const quote_result_names[]; /* "found", "empty", "short", "not said", NULL */

enum { QUOTE_WORDS_LEAST = 4, QUOTE_WIDE_LEAST = 8 };

/* Texts made ready for many quotes. */
struct quote_texts;

/* The parts of an answer. `counts` says which of them a quote may be from; NULL: all. */
struct quote_texts *quote_texts_new(const struct answer *answer, const bool *counts)
    __attribute__((warn_unused_result));
void quote_texts_free(struct quote_texts *texts);

/* The first place where the quote `text` stands, in bytes of the part's text; `twist_only` looks at
 * parts after the twist alone. `out` is part -1 unless it is found. */
enum quote_result quote_find(const struct quote_texts *t, const char *text, size_t length,
                             bool twist_only, struct quote *out);

#endif
