/* viva resume [ID]: go on with an interrupted session. */
#include <stdlib.h>

#include "command/command.h"
#include "command/sitting.h"
#include "transcript/reader.h"

static const struct option options[] = {
    MODEL_SESSION_OPTIONS,
    { .name = NULL },
};

static int run(struct command_context *ctx, struct error *e)
{
    const char *folder = command_transcripts(ctx, e);
    if (!folder)
        return ERROR_STORAGE;
    struct open_session open = { .path = NULL };
    if (!ctx->arg_count)
        sitting_open_session(ctx, false, &open);
    char *path = ctx->arg_count ? transcript_find(folder, ctx->args[0], e) : open.path;
    if (!path && !ctx->arg_count)
        error_set(e, ERROR_USAGE,
                  "no interrupted session in '%s'; 'viva practice' starts one", folder);
    struct model model = { .runs = 1 };
    int status = path ? model_open_for_session(ctx, &model, e) : ERROR_USAGE;
    if (path && status == ERROR_NONE)
        status = sitting_resume(ctx, path, &model, e);
    model_close(&model);
    free(path);
    return status;
}

const struct command command_resume = {
    .name = "resume",
    .usage = "[ID]",
    .help = "go on with an interrupted session, clock included",
    .details =
        "ID is the beginning of the session's id, its file's name or a path; without "
        "one it is the newest session that has not ended.",
    .options = options,
    .max_args = 1,
    .run = run,
};
