/* viva, without a command: goes on with an open session, or picks a scenario and starts. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "base/utf8.h"
#include "command/choose.h"
#include "command/command.h"
#include "command/scenarios.h"
#include "command/sitting.h"
#include "terminal/prompt.h"
#include "transcript/reader.h"

static void paragraph(struct command_context *ctx, const struct buffer *text)
{
    struct buffer out = BUFFER_INIT;
    screen_paragraph(&out, &ctx->screen, text->data, 0);
    screen_write(ctx->out, &out);
    buffer_release(&out);
}

/* "A session is open: url-shortener, begun 2026-11-20 10:15." */
static void show_which(struct command_context *ctx, const struct open_session *open,
                       const struct transcript *t)
{
    struct buffer text = BUFFER_INIT;
    const struct event *start = transcript_start(t);
    const char *id = start ? transcript_scenario(t) : NULL;
    char when[TIME_TEXT_SIZE];
    if (open->count == 1)
        buffer_add_string(&text, "A session is open: ");
    else if (open->all)
        buffer_printf(&text, "%zu sessions are open, the newest: ", open->count);
    else
        buffer_printf(&text,
                      "%zu of the last %zu sessions are open, the newest: ", open->count,
                      open->looked);
    buffer_add_string(&text, id ? id : open->path);
    if (start) {
        time_format_local(start->time, when);
        buffer_printf(&text, ", begun %s", when);
    }
    buffer_add_char(&text, '.');
    if (open->count > 1)
        buffer_add_string(
            &text, " viva history lists them, viva resume ID goes on with another.");
    paragraph(ctx, &text);
    buffer_release(&text);
}

static void show_open(struct command_context *ctx, const struct open_session *open)
{
    struct transcript t;
    struct buffer where = BUFFER_INIT;
    if (transcript_read(&t, open->path, NULL) < 0)
        return;
    show_which(ctx, open, &t);
    if (!transcript_ended(&t)) { /* else it is an interview that wants its verdict */
        buffer_add_string(&where, "To throw it away, delete ");
        utf8_add_harmless(&where, open->path,
                          strlen(open->path)); /* on one line, to be copied */
        buffer_add_char(&where, '\n');
        screen_write(ctx->out, &where);
    }
    buffer_release(&where);
    transcript_release(&t);
}

/* Enter goes on as yes does; what is no answer is asked for once more, and then begins nothing. */
static enum yes_no ask_to_go_on(struct command_context *ctx,
                                const struct open_session *open)
{
    enum { TRIES = 2 };
    struct buffer line = BUFFER_INIT;
    struct prompt *prompt = prompt_new(ctx->in, ctx->out, &ctx->screen);
    enum yes_no answer = SAID_OTHER;
    show_open(ctx, open);
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
static int tell(struct command_context *ctx, const struct open_session *open,
                struct error *e)
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
    if (open->path)
        buffer_printf(&out, "viva resume goes on with the %ssession that is open.\n",
                      open->count > 1 ? "newest " : "");
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
static int go_on_or_start(struct command_context *ctx, const struct open_session *open,
                          struct error *e)
{
    switch (open->path ? ask_to_go_on(ctx, open) : SAID_NO) {
    case SAID_YES:
        return sitting_resume(ctx, open->path, NULL, e);
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
    struct open_session open;
    int status;
    sitting_open_session(ctx, true, &open);
    if (!ctx->screen.terminal || !isatty(fileno(ctx->in)))
        status = tell(ctx, &open, e);
    else
        status = go_on_or_start(ctx, &open, e);
    free(open.path);
    return status;
}

const struct command command_home = {
    .name = "",
    .usage = "",
    .help = "go on with an open session, or pick a scenario",
    .run = run,
};
