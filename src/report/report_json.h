/*
 * report_json.h - a whole session for machines: one JSON object on one line
 * (docs/schema/report.schema.json). The same session gives the same bytes, as long as
 * content and grader are the same.
 */
#ifndef VIVA_REPORT_REPORT_JSON_H
#define VIVA_REPORT_REPORT_JSON_H

#include "report/report.h"

/* Appends the object and a newline. */
void report_json(const struct report *report, struct buffer *out);

#endif
