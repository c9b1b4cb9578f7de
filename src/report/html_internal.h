/*
 * html_internal.h - the parts of the page; for html*.c alone.
 *
 * Ids on the page: c-<number> is a criterion by its place in the rubric, f-<number> a red flag of the score, m-<number>
 * a mark, e-<number> a line of the transcript by its event. Nothing that people typed is ever in an id or an address.
 */
#ifndef VIVA_REPORT_HTML_INTERNAL_H
#define VIVA_REPORT_HTML_INTERNAL_H

#include "report/report.h"

/* Text from anywhere: harmless, and escaped for content and for quoted attributes. */
void html_text(struct buffer *out, const char *text, size_t length);
void html_add(struct buffer *out, const char *text);
/* The same for what is in `text`, which is emptied. */
void html_flush(struct buffer *out, struct buffer *text);

/* A page up to its body: title, style, and the policy that forbids scripts and everything from elsewhere. */
void html_head(struct buffer *out, const char *title);

/* "<section ...><h2 id>title</h2>"; it is closed by html_section_end(). */
void html_section(struct buffer *out, const char *id, const char *title);
void html_section_end(struct buffer *out);

/* What the page is laid out by: the pieces of its style element, NULL-terminated. */
extern const char *const html_style[];

void html_score(const struct report *report, struct buffer *out);
/* What its section is called: it depends on who there is. */
const char *html_people_title(const struct report *report);
void html_people(const struct report *report, struct buffer *out);
void html_criteria(const struct report *report, struct buffer *out);
void html_timeline(const struct report *report, struct buffer *out);
void html_transcript(const struct report *report, struct buffer *out);

/* The first mark of a criterion (or of a red flag) by a grader; NULL: it has no place in the transcript. */
const struct report_mark *html_mark_of(const struct report *report, enum mark_kind kind, const char *id,
                                       const struct grade *grade);
/* The line that a mark is in. */
const struct report_line *html_line_of(const struct report *report, const struct report_mark *mark);
/* "deep dive 3:05" of a line */
void html_place(const struct report *report, const struct report_line *line, struct buffer *out);

#endif
