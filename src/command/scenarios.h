/*
 * scenarios.h - the table of scenarios that `viva list` and home show.
 */
#ifndef VIVA_COMMAND_SCENARIOS_H
#define VIVA_COMMAND_SCENARIOS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "command/command.h"

struct scenario_row {
    char *id, *title, *level; /* level "" when the scenario names none */
    char **tags;              /* NULL-terminated; NULL: none */
    double minutes;
    const char *root,
        *hidden; /* the catalogue's: where it comes from, and what it hides or NULL */
    bool has_score;
    double last_score; /* of the newest session that was graded */
    bool last_part;    /* on a part of its phases */
};

struct scenario_rows {
    struct scenario_row *items;
    size_t count;
};

/* All scenarios, sorted by theme and id. One that cannot be read is reported and left out; the exit status. */
int scenario_rows_load(struct command_context *ctx, struct scenario_rows *out);
/* The error when there is none at all: the program came without its content, or was moved away. */
int scenario_rows_none(struct error *e);
void scenario_rows_release(struct scenario_rows *rows);

/* The first of its tags, or "other". */
const char *scenario_theme(const struct scenario_row *row);
bool scenario_has_tag(const struct scenario_row *row, const char *tag, size_t length);
/* Forgets the rows whose keep[] is false. */
void scenario_rows_keep(struct scenario_rows *rows, const bool *keep);

/* Aligned, with numbers in front if asked for. A theme stands at the first of its scenarios, and a long title takes
 * several lines; where lines are read by themselves each has its theme, and a scenario has one line. */
void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out);

/* The names alone, with their numbers, a paragraph for each theme: for a window that the table
 * would push its own beginning out of. */
void scenario_rows_write_names(const struct scenario_rows *rows,
                               const struct screen *screen, struct buffer *out);

/* Where those come from that did not come with viva, and what they hide; nothing when none are. */
void scenario_rows_write_sources(const struct scenario_rows *rows,
                                 const char *const *roots, const struct screen *screen,
                                 struct buffer *out);

#endif
