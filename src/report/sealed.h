/*
 * sealed.h - a person's score as text, and several graders' scores side by side. Reads
 * score events as they stand in a transcript (session/debrief.h, session/seal.h), so it
 * shows those of any session and any program version; what is missing in one is passed
 * over. Decides nothing.
 */
#ifndef VIVA_REPORT_SEALED_H
#define VIVA_REPORT_SEALED_H

#include <stddef.h>

#include "base/buffer.h"
#include "scoring/rubric.h"
#include "terminal/screen.h"
#include "transcript/event.h"

/* "AB" of "person:AB", "built-in" of "rubric", else the grader as it is named; borrowed.
 */
const char *sealed_grader_name(const struct event *score);

/* The score of one person: total and levels, recommendation, grades, strengths, gaps, red
 * flags, each criterion with what it rests on, what was not asked. `candidate` for the
 * head line. */
void sealed_write(const struct event *score, const char *candidate,
                  const struct rubric *rubric, const struct screen *screen,
                  struct buffer *out);

enum { SEALED_BESIDE_MOST = 6 };
/* Totals and grades of several graders in columns, then the criteria on which they
 * differ. Fewer than two: nothing. */
void sealed_compare(const struct event *const *scores, size_t count,
                    const struct rubric *rubric, const struct screen *screen,
                    struct buffer *out);

#endif
