/*
 * score_text.h - one score for reading, as `viva score` prints it without --format json: a line, and
 * with --evidence what each verdict, red flag and guard rests on.
 */
#ifndef VIVA_REPORT_SCORE_TEXT_H
#define VIVA_REPORT_SCORE_TEXT_H

#include "report/score_json.h"
#include "terminal/screen.h"

/* Points, what they stand for, the levels, the id. */
void score_text_write(struct buffer *out, const struct score_report *report);

/* Under it the criteria in the order of the rubric, each with its verdict and quote, then red flags with
 * what they cost, figures that do not add up, and guards. */
void score_text_write_evidence(struct buffer *out, const struct screen *screen,
                               const struct score_report *report);

#endif
