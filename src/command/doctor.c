/* viva doctor: what is installed, where files live, what the terminal can show, whether
 * the model answers. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "command/command.h"
#include "command/doctor_model.h"
#include "command/doctor_trouble.h"
#include "command/model.h"
#include "scoring/score.h"
#include "terminal/prompt.h"
#include "transcript/library.h"

static void add(struct buffer *out, const char *what, const char *value)
{
    buffer_printf(out, "  %-13s %s\n", what, value);
}

static void add_versions(struct buffer *out)
{
    buffer_add_string(out, "versions\n");
    add(out, "viva", VIVA_VERSION);
    add(out, "grader", SCORER_VERSION);
    add(out, "jansson", json_library_version());
    add(out, "readline", prompt_library_version());
    add(out, "utf8proc", utf8_library_version());
    add(out, "SQLite", library_version());
}

static void add_content(struct command_context *ctx, struct buffer *out)
{
    struct catalogue *catalogue = command_catalogue(ctx);
    buffer_add_string(out, "content, the first that has a file wins\n");
    const char *const *roots = catalogue_roots(catalogue);
    for (size_t i = 0; roots[i]; i++)
        add(out, file_is_folder(roots[i]) ? "found" : "not there", roots[i]);
    char **ids;
    size_t count = catalogue_scenarios(catalogue, &ids);
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    struct buffer number = BUFFER_INIT;
    buffer_printf(&number, "%zu", count);
    add(out, "scenarios", number.data);
    buffer_release(&number);
}

static void add_files(struct command_context *ctx, struct buffer *out)
{
    struct error e;
    error_init(&e);
    const char *transcripts = command_transcripts(ctx, &e);
    buffer_add_string(out, "files\n");
    add(out, "transcripts", transcripts ? transcripts : e.message);
    if (transcripts)
        add(out, "",
            !file_is_folder(transcripts)     ? "not there yet; made with the first session"
            : access(transcripts, W_OK) == 0 ? "can be written"
                                             : "cannot be written");
    char *state = path_state_home();
    if (state)
        add(out, "state", state);
    free(state);
    char *cache = path_cache_home();
    if (cache)
        add(out, "index", cache);
    free(cache);
}

static void add_terminal(struct command_context *ctx, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    const char *term = getenv("TERM");
    buffer_add_string(out, "terminal\n");
    add(out, "TERM", term ? term : "not set");
    buffer_printf(&text, "%d columns, %s, %s%s", ctx->screen.width,
                  ctx->screen.terminal ? "a terminal" : "no terminal",
                  ctx->screen.colour ? "colour" : "no colour", ctx->screen.plain ? ", plain" : "");
    add(out, "output", text.data);
    add(out, "input", isatty(fileno(ctx->in)) ? "a terminal" : "no terminal");
    buffer_release(&text);
}

static int run(struct command_context *ctx, struct error *e)
{
    struct buffer out = BUFFER_INIT;
    (void)e;
    add_versions(&out);
    add_content(ctx, &out);
    add_files(ctx, &out);
    add_terminal(ctx, &out);
    screen_write(ctx->out, &out);
    buffer_release(&out);
    bool trouble = doctor_trouble(ctx);
    int status = doctor_model(ctx);
    return status != ERROR_NONE || !trouble ? status : ERROR_ANSWER_IS_NO;
}

static const struct option options[] = {
    MODEL_OPTIONS,
    { .name = NULL },
};

const struct command command_doctor = {
    .name = "doctor",
    .usage = "",
    .help = "show versions, where files live, and whether the model answers",
    .details =
        "What stands in the way of a session is listed with what to do about it; the "
        "exit status is 1 then. When a model is configured it is asked for a word or "
        "two, step by step, and each failure comes with what to do about it. Nothing "
        "secret is printed.",
    .options = options,
    .run = run,
};
