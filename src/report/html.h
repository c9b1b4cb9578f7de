/*
 * html.h - a session as one page that stands by itself: no script, nothing from
 * elsewhere, and a policy in it that forbids both. It reads on paper, in the dark, by
 * keyboard and by ear; what people typed is text, never markup.
 */
#ifndef VIVA_REPORT_HTML_H
#define VIVA_REPORT_HTML_H

#include "report/report.h"

/* Appends the whole document. The same report gives the same bytes. */
void report_html(const struct report *report, struct buffer *out);

#endif
