/* viva review [ID]: the scorecard of a session. */
#include <stdlib.h>

#include "command/command.h"
#include "command/sitting.h"
#include "transcript/reader.h"

static const struct option options[] = {
    { .name = "model",
      .kind = OPTION_FLAG,
      .help = "add a strong answer to each phase that was attempted" },
    { .name = "grade-with",
      .kind = OPTION_CHOICE,
      .value = "GRADER",
      .choices = grader_choices,
      .help = "llm: grade it a second time, by the model that is configured" },
    { .name = "unsealed",
      .kind = OPTION_FLAG,
      .help = "show the grade of an unsealed interview; that is noted in it" },
    MODEL_SHOW_OPTION,
    MODEL_GRADER_OPTIONS,
    { .name = NULL },
};

static int run(struct command_context *ctx, struct error *e)
{
    const char *folder = command_transcripts(ctx, e);
    char *path = folder ? transcript_find(folder, ctx->args[0], e) : NULL;
    struct model model = { .runs = 1 };
    bool again = command_choice(ctx, "grade-with", GRADER_RUBRIC) == GRADER_LLM;
    int status = path ? ERROR_NONE : (int)e->code;
    if (path && again)
        status = model_open(ctx, &model, e);
    else if (path && model_not_asked(ctx, e) < 0)
        status = ERROR_USAGE;
    if (path && status == ERROR_NONE)
        status = sitting_review(ctx, path,
                                (struct review_plan) { command_flag(ctx, "model"),
                                                       command_flag(ctx, "unsealed"),
                                                       again ? &model : NULL },
                                e);
    model_close(&model);
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
