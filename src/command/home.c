/* viva, without a command: goes on with an open session, or picks a scenario and starts. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "command/choose.h"
#include "command/command.h"
#include "command/scenarios.h"
#include "command/sitting.h"
#include "terminal/prompt.h"
#include "transcript/reader.h"

/* "A session is open: url-shortener, begun 2026-11-20 10:15." */
static void show_open(struct command_context *ctx, const char *path)
{
    struct transcript t;
    struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
    const struct event *start =
        transcript_read(&t, path, NULL) == 0 ? transcript_start(&t) : NULL;
    const char *id = start ? transcript_scenario(&t) : NULL;
    char when[TIME_TEXT_SIZE];
    buffer_printf(&text, "A session is open: %s", id ? id : path);
    if (start) {
        time_format_local(start->time, when);
        buffer_printf(&text, ", begun %s", when);
    }
    buffer_add_char(&text, '.');
    screen_paragraph(&out, &ctx->screen, text.data, 0);
    screen_write(ctx->out, &out);
    transcript_release(&t);
    buffer_release(&text);
    buffer_release(&out);
}

/* Enter goes on as yes does; what is no answer is asked for once more, and then begins nothing. */
static enum yes_no ask_to_go_on(struct command_context *ctx, const char *path)
{
    enum { TRIES = 2 };
    struct buffer line = BUFFER_INIT;
    struct prompt *prompt = prompt_new(ctx->in, ctx->out, &ctx->screen);
    enum yes_no answer = SAID_OTHER;
    show_open(ctx, path);
    for (int i = 0; answer == SAID_OTHER && i < TRIES; i++) {
        enum prompt_result result = prompt_read(
            prompt, "Go on with it? Enter does, n starts another, q leaves: ", &line);
        answer = result != PROMPT_LINE ? SAID_LEAVE
                 : line.length == 0    ? SAID_YES
                                       : yes_no_read(line.data);
        if (answer == SAID_OTHER && i + 1 < TRIES)
            fputs("Enter or y, n or q, please.\n", ctx->out);
    }
    prompt_free(prompt);
    buffer_release(&line);
    return answer;
}

/* Nobody to ask: says what there is and what to do. */
static int tell(struct command_context *ctx, const char *open_session, struct error *e)
{
    struct scenario_rows rows;
    struct buffer out = BUFFER_INIT;
    int status = scenario_rows_load(ctx, &rows);
    if (status == ERROR_NONE && !rows.count)
        status = scenario_rows_none(e);
    scenario_rows_write(&rows, &ctx->screen, false, &out);
    if (rows.count)
        buffer_add_string(&out,
                          "\nviva practice NAME starts one; viva help shows the rest.\n");
    if (open_session)
        buffer_add_string(&out, "viva resume goes on with the session that is open.\n");
    screen_write(ctx->out, &out);
    buffer_release(&out);
    scenario_rows_release(&rows);
    return status;
}

static int start_another(struct command_context *ctx, struct error *e)
{
    char *id = scenario_choose(ctx, e);
    if (!id)
        return (int)e->code;
    struct sitting_plan plan = { .scenario = id, .level = LEVEL_NONE };
    int status = sitting_begin(ctx, &plan, e);
    free(id);
    return status;
}

/* With the session that is open, or with another. */
static int go_on_or_start(struct command_context *ctx, const char *path, struct error *e)
{
    switch (path ? ask_to_go_on(ctx, path) : SAID_NO) {
    case SAID_YES:
        return sitting_resume(ctx, path, NULL, e);
    case SAID_NO:
        return start_another(ctx, e);
    case SAID_LEAVE:
    case SAID_OTHER:
        break;
    }
    return ERROR_NONE;
}

static int run(struct command_context *ctx, struct error *e)
{
    char *path = sitting_open_session(ctx);
    int status;
    if (!ctx->screen.terminal || !isatty(fileno(ctx->in)))
        status = tell(ctx, path, e);
    else
        status = go_on_or_start(ctx, path, e);
    free(path);
    return status;
}

const struct command command_home = {
    .name = "",
    .usage = "",
    .help = "go on with an open session, or pick a scenario",
    .run = run,
};
