/*
 * runon.h - where sentences end that no mark ends: in text typed without punctuation, line by line or in
 * one go, and in lines that an editor has broken.
 */
#ifndef VIVA_SCORING_RUNON_H
#define VIVA_SCORING_RUNON_H

#include <stddef.h>
#include <stdint.h>

#include "scoring/text.h"

/*
 * The width in bytes that the text was wrapped to, 0 when its lines end where the writer ended them. A line is
 * wrapped when the next word would not have fitted behind it; a line that had room for it was ended on
 * purpose.
 */
size_t runon_width(const char *text, size_t length);
/* Whether the line from `start` to the newline at `end` was wrapped to `width`: the sentence goes on. */
bool runon_is_wrapped(const char *text, size_t length, size_t start, size_t end,
                      size_t width);

/*
 * Words start..end stand between two ends of sentences, and those before `first` have been given to
 * sentences. Returns where the next one ends: before a clause that begins in a run of more than
 * RUNON_WORDS words without a mark, else at `end`. Hardly anybody who sets marks writes such a run (two in
 * a thousand words of 290 answers), and who sets none writes little else.
 */
enum { RUNON_WORDS = 36 };
uint32_t runon_end(const struct text *text, const struct dictionary *d, uint32_t start,
                   uint32_t first, uint32_t end);

#endif
