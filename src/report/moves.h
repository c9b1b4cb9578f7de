/*
 * moves.h - two grades of one session by the same grader: which verdicts moved from the
 * one to the other, and what was different when the second was given.
 */
#ifndef VIVA_REPORT_MOVES_H
#define VIVA_REPORT_MOVES_H

#include <stdbool.h>

#include "base/buffer.h"
#include "report/report.h"
#include "terminal/screen.h"

/* What can have moved a verdict; a set of them. */
enum move_reason {
    MOVE_RUBRIC = 1,
    MOVE_LEXICON = 2,
    MOVE_RED_FLAGS = 4,
    MOVE_WEIGHTS = 8,
    MOVE_SCORER = 16,
    MOVE_SAID_MORE = 32,
    MOVE_UNRECORDED = 64, /* an older viva did not write down lexicon and weights */
};
extern const char *const
    move_reason_names[]; /* "rubric", "lexicon", ... in the order of the bits; NULL */

/* `from` and `to` are of the same report; either may be its `now`. */
unsigned move_reasons(const struct report *report, const struct grade *from,
                      const struct grade *to);

/* A criterion whose verdict is another one. */
struct move {
    const char *id, *title;
    const struct grade_verdict *from, *to; /* NULL: that rubric did not have it */
};

/* Calls `each` for every verdict that moved, in the order of `to`, then those that are
 * gone; returns how many. `each` may be NULL. */
size_t moves_each(const struct grade *from, const struct grade *to,
                  void (*each)(void *state, const struct move *move), void *state);

/* The grade before this one by the same grader, or NULL. */
const struct grade *moves_before(const struct report *report, const struct grade *grade);

/* Appends why, "the rubric changed (version 1 to 2), the lexicon changed"; nothing when
 * nothing is known to have. */
void moves_why(const struct report *report, const struct grade *from,
               const struct grade *to, struct buffer *out);

/* Whether a grade given now would be the same: nothing that it is made of has changed. */
bool moves_nothing_new(const struct report *report);

/* Appends what `viva review --scores` shows: every score, and between two of the same
 * grader what moved and why. */
void moves_text(const struct report *report, const struct screen *screen,
                struct buffer *out);

#endif
