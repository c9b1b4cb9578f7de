/*
 * sessions.h - sessions as lines of text or JSON: what history shows, and the heads of
 * what search finds. It decides nothing.
 *
 * Names and words that people wrote are made harmless here.
 */
#ifndef VIVA_REPORT_SESSIONS_H
#define VIVA_REPORT_SESSIONS_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/json.h"
#include "terminal/screen.h"
#include "transcript/library.h"

/* How wide the columns have to be for some sessions; the same for all lines of a list. */
struct sessions_layout {
    int scenario, state, candidate; /* 0: the column is left out */
    bool level, time;
};
void sessions_layout(const struct library_session *items, size_t count,
                     const struct screen *screen, struct sessions_layout *out);
/* The same for what was found. */
void sessions_layout_found(const struct library_findings *found,
                           const struct screen *screen, struct sessions_layout *out);

/* One line, with its newline: when, scenario, level, score or state, candidate, id. */
void session_line(const struct library_session *s, const struct sessions_layout *layout,
                  const struct screen *screen, struct buffer *out);
/* " by AB" of "person:AB", " by m" of "llm:m"; nothing of the built-in grader, who gives most. */
void session_add_grader(const char *grader, struct buffer *out);
/* "86", "81 by AB", "41, part", "open", "not graded" */
void session_state(const struct library_session *s, struct buffer *out);
/* A new object: id, file, scenario, level, mode, candidate, start, seconds, ended, early,
 * opened, phases, score, grader, unfinished. */
json_t *session_json(const struct library_session *s) __attribute__((warn_unused_result));

/* All of a page, and how many there are besides. */
void sessions_write(const struct library_sessions *page, const char *again,
                    const struct screen *screen, struct buffer *out);
/* One object a line. */
void sessions_json(const struct library_sessions *page, struct buffer *out);

/* "deep dive" of "deep-dive" */
void session_phase_name(const char *id, struct buffer *out);
/* "12:05", "72:00" */
void session_clock_text(int64_t ms, struct buffer *out);

#endif
