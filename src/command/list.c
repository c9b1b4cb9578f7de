/* viva list: what can be practised. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "command/command.h"
#include "command/scenarios.h"

static const char *const formats[] = { "text", "json", NULL };

static const struct option options[] = {
    { "format", OPTION_CHOICE, "FORMAT", "text (the default) or json, one object a line", formats,
      0, 0 },
    { NULL, OPTION_FLAG, NULL, NULL, NULL, 0, 0 },
};

static void write_json(const struct scenario_row *row, struct buffer *out)
{
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(row->id));
    json_object_set_new(object, "title", json_string(row->title));
    json_object_set_new(object, "level", json_string(row->level));
    json_object_set_new(object, "minutes", json_real(row->minutes));
    if (row->has_score)
        json_object_set_new(object, "last_score", json_real(row->last_score));
    json_write(out, object);
    buffer_add_char(out, '\n');
    json_decref(object);
}

static int run(struct command_context *ctx, struct error *e)
{
    struct scenario_rows rows;
    struct buffer out = BUFFER_INIT;
    (void)e;
    int status = scenario_rows_load(ctx, &rows);
    if (command_choice(ctx, "format", 0) == 1)
        for (size_t i = 0; i < rows.count; i++)
            write_json(&rows.items[i], &out);
    else
        scenario_rows_write(&rows, &ctx->screen, false, &out);
    screen_page(&ctx->screen, ctx->out, &out);
    buffer_release(&out);
    scenario_rows_release(&rows);
    return status;
}

const struct command command_list = {
    .name = "list",
    .usage = "",
    .help = "show the scenarios with level, minutes and last score",
    .options = options,
    .run = run,
};
