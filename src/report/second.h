/*
 * second.h - a second grade beside the card: both totals, where the two graders differ
 * with both quotes, and what the second one claimed and could not show. It decides
 * nothing.
 */
#ifndef VIVA_REPORT_SECOND_H
#define VIVA_REPORT_SECOND_H

#include "report/card.h"

struct second_verdict {
    enum verdict claimed;
    const char *voided; /* why it does not count (judge/judge.h); "": it counts */
    const char *quote;  /* as it was claimed */
    double stability;   /* 0..1 */
};

struct second_opinion {
    const char *grader;                    /* "llm:<model>" */
    const struct score *score;             /* quotes refer to the card's answer */
    const struct second_verdict *verdicts; /* one a criterion */
    int runs;
    double low, high;  /* totals of the runs */
    const char *usage; /* what it took, in words */
};

enum { DIFFERENCES_MOST = 8, VOIDED_MOST = 4 };

/* Appends it, laid out for the screen's width, beginning with an empty line. */
void second_write(const struct card *card, const struct second_opinion *second,
                  const struct screen *screen, struct buffer *out);

#endif
