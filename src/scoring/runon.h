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
 * The width in characters (a blank that is not ASCII counts its bytes) that the text was wrapped to, 0 when its lines end where the writer ended them. A line is
 * wrapped when the next word would not have fitted behind it; a line that had room for it was ended on
 * purpose.
 */
size_t runon_width(const char *text, size_t length);
/* Whether the line from `start` to the newline at `end` was wrapped to `width`: the sentence goes on. */
bool runon_is_wrapped(const char *text, size_t length, size_t start, size_t end,
                      size_t width);

/*
 * Words between two ends of sentences, and where in them sentences end that no mark ends: before a clause
 * that begins in a run of more than RUNON_WORDS words without a mark. Hardly anybody who sets marks
 * writes such a run (six in the 371 answers of tests/calibration/ that have marks), and who sets none
 * writes little else.
 */
enum { RUNON_WORDS = 36 };
struct runon {
    const struct text *text;
    const struct dictionary *dictionary;
    uint32_t run,
        run_end;  /* the run that was looked at last; at first both the first word */
    uint32_t end; /* of all words, exclusive */
};
/* Where the sentence that begins at `first` ends; to be called with the first word, then with what it
 * returned, until that is `end`. */
uint32_t runon_next(struct runon *r, uint32_t first);

#endif
