/* viva review [ID]: the scorecard of a session. */
#include <stdlib.h>

#include "command/command.h"
#include "command/sitting.h"
#include "transcript/reader.h"

static const struct option options[] = {
    { "model", OPTION_FLAG, NULL, "add a strong answer to each phase that was attempted", NULL, 0,
      0 },
    { NULL, OPTION_FLAG, NULL, NULL, NULL, 0, 0 },
};

static int run(struct command_context *ctx, struct error *e)
{
    const char *folder = command_transcripts(ctx, e);
    char *path = folder ? transcript_find(folder, ctx->args[0], e) : NULL;
    int status = path ? sitting_review(ctx, path, command_flag(ctx, "model"), e) : (int)e->code;
    free(path);
    return status;
}

const struct command command_review = {
    .name = "review",
    .usage = "[ID]",
    .help = "show the scorecard of a session",
    .details =
        "ID is the beginning of the session's id, its file's name or a path; without one it\n"
        "is the newest session.",
    .options = options,
    .max_args = 1,
    .run = run,
};
