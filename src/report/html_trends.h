/*
 * html_trends.h - how sessions went over time, as one page that stands by itself (html.h
 * has the rules): the score, each dimension, the points that stay weakest, and the
 * sessions that it is made of.
 */
#ifndef VIVA_REPORT_HTML_TRENDS_H
#define VIVA_REPORT_HTML_TRENDS_H

#include "report/trends.h"

/* Appends the whole document. `anonymous`: without names, ids and dates. There must be a
 * session. */
void trends_html(const struct trends *t, bool anonymous, struct buffer *out);

#endif
