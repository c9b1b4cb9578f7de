/*
 * others.h - the grades that stand beside the card's own: persons' with their
 * recommendation, strengths and gaps, models' with what they could not show, and where
 * each differs from the built-in grader.
 */
#ifndef VIVA_REPORT_OTHERS_H
#define VIVA_REPORT_OTHERS_H

#include "report/report.h"
#include "terminal/screen.h"

/* "yes at senior"; nothing when it recommends nothing. */
void others_recommendation(const struct grade *grade, struct buffer *out);

/* Calls `each` for every criterion where the two have another verdict; returns how many.
 * `each` may be NULL. */
size_t others_differ(const struct report *report, const struct grade *grade,
                     void (*each)(void *state, const struct grade_verdict *own,
                                  const struct grade_verdict *other),
                     void *state);

/* Appends them for the terminal, beginning with an empty line; nothing when there are
 * none. */
void others_text(const struct report *report, const struct screen *screen,
                 struct buffer *out);

#endif
