/*
 * report_markdown.h - a session as Markdown (CommonMark with tables): who met whom, what
 * persons recommend, areas, the card, every criterion with the verdict of each grader and its
 * evidence. It pastes into a mail or an applicant-tracking system as it is.
 */
#ifndef VIVA_REPORT_REPORT_MARKDOWN_H
#define VIVA_REPORT_REPORT_MARKDOWN_H

#include "report/report.h"

/* Appends it; with the time line and the transcript at its end, or without. */
void report_markdown(const struct report *report, bool transcript, struct buffer *out);

#endif
