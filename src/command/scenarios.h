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
    bool has_score;
    double last_score; /* of the newest session that was graded */
};

struct scenario_rows {
    struct scenario_row *items;
    size_t count;
};

/* All scenarios, sorted by theme and id. One that cannot be read is reported and left out; the exit status.
 */
int scenario_rows_load(struct command_context *ctx, struct scenario_rows *out);
void scenario_rows_release(struct scenario_rows *rows);

/* The first of its tags, or "other". */
const char *scenario_theme(const struct scenario_row *row);
bool scenario_has_tag(const struct scenario_row *row, const char *tag, size_t length);
/* Forgets the rows whose keep[] is false. */
void scenario_rows_keep(struct scenario_rows *rows, const bool *keep);

/* One a line, aligned, with numbers in front if asked for. A theme stands at the first of its
 * scenarios; in every line where lines are read by themselves. */
void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out);

#endif
