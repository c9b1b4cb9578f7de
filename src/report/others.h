/*
 * others.h - the grades that stand beside the card's own, in words. How persons graded an
 * interview is laid out by sealed.h.
 */
#ifndef VIVA_REPORT_OTHERS_H
#define VIVA_REPORT_OTHERS_H

#include "report/report.h"
#include "terminal/screen.h"

/* "yes at senior"; nothing when it recommends nothing. */
void others_recommendation(const struct grade *grade, struct buffer *out);

/* Appends what models gave, a paragraph each for the terminal, beginning with an empty
 * line. */
void others_text(const struct report *report, const struct screen *screen,
                 struct buffer *out);

#endif
