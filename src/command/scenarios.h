/*
 * scenarios.h - the table of scenarios that `viva list` and home show, and choosing one of them.
 */
#ifndef VIVA_COMMAND_SCENARIOS_H
#define VIVA_COMMAND_SCENARIOS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "command/command.h"

struct scenario_row {
    char *id, *title, *level; /* level "" when the scenario names none */
    double minutes;
    bool has_score;
    double last_score; /* of the newest session that was graded */
};

struct scenario_rows {
    struct scenario_row *items;
    size_t count;
};

/* All scenarios, sorted by id. One that cannot be read is reported and left out; the exit status.
 */
int scenario_rows_load(struct command_context *ctx, struct scenario_rows *out);
void scenario_rows_release(struct scenario_rows *rows);

/* One a line, aligned, with numbers in front if asked for. */
void scenario_rows_write(const struct scenario_rows *rows, const struct screen *screen,
                         bool numbered, struct buffer *out);

/*
 * Shows the table and asks for a number or a name; the caller frees the id. NULL when nothing was
 * chosen, and with an error when nobody is there to choose.
 */
char *scenario_choose(struct command_context *ctx, struct error *e)
    __attribute__((warn_unused_result));

#endif
