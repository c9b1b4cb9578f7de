/*
 * transcript_text.h - the transcript of a session for the terminal: speaker, time and
 * phase, the evidence in its place with its criterion in words beneath it, probes and
 * hints marked, what was taken back or replaced said so.
 */
#ifndef VIVA_REPORT_TRANSCRIPT_TEXT_H
#define VIVA_REPORT_TRANSCRIPT_TEXT_H

#include "report/report.h"
#include "terminal/screen.h"

/* Appends it, laid out for the screen's width; ends with a newline. */
void transcript_text(const struct report *report, const struct screen *screen,
                     struct buffer *out);

#endif
