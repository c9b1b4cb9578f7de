/*
 * findings.h - what a search found, as text or JSON: each session's line, and below it
 * who said it, where, and the words around the hit. The words that were looked for stand
 * in [brackets], and in colour where there is colour.
 */
#ifndef VIVA_REPORT_FINDINGS_H
#define VIVA_REPORT_FINDINGS_H

#include "base/buffer.h"
#include "terminal/screen.h"
#include "transcript/library.h"

void findings_write(const struct library_findings *found, const struct screen *screen,
                    struct buffer *out);
/* One object a session: session_json() and "hits" [{event, phase, at, who, text, spans}],
 * "more" hits; `at` is seconds into its phase, spans are [start, length] in bytes of the
 * text. */
void findings_json(const struct library_findings *found, struct buffer *out);

#endif
