/*
 * levels.h - what each level's bar comes to by a grade that is on record, such as a person's, in the
 * words that the card has for its own. digest.h has those for a score that was just made.
 */
#ifndef VIVA_REPORT_LEVELS_H
#define VIVA_REPORT_LEVELS_H

#include "report/grade.h"

/* "hire", "3 points and one criterion short", "two musts not asked", "no" */
void levels_word(const struct grade *grade, const struct rubric *rubric, enum level level,
                 struct buffer *out);
/* "For senior, still to explain: A; B. Not asked: C." for the first level that is not cleared, if it
 * is near; else nothing. */
void levels_short_of(const struct grade *grade, const struct rubric *rubric,
                     struct buffer *out);

#endif
