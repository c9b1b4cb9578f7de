/* viva practice [SCENARIO]: a session on one's own. */
#include <stdlib.h>

#include "command/choose.h"
#include "command/command.h"
#include "command/sitting.h"
#include "scoring/rubric.h"

static const struct option options[] = {
    { .name = "level",
      .kind = OPTION_CHOICE,
      .value = "LEVEL",
      .choices = level_names,
      .help = "aim at mid, senior or staff" },
    { .name = "minutes",
      .kind = OPTION_NUMBER,
      .value = "N",
      .low = 5,
      .high = 240,
      .help = "for the whole session; all phases are scaled" },
    { .name = "phases",
      .kind = OPTION_TEXT,
      .value = "PHASES",
      .help = "only these, parted by commas: a short exercise" },
    { .name = "pressure",
      .kind = OPTION_FLAG,
      .help = "no feedback, no hints, no pausing until the end" },
    { .name = "no-clock", .kind = OPTION_FLAG, .help = "without minutes" },
    MODEL_SESSION_OPTIONS,
    { .name = NULL },
};

static int run(struct command_context *ctx, struct error *e)
{
    struct model model = { .runs = 1 };
    struct sitting_plan plan = {
        .scenario = ctx->args[0],
        .level = (enum level)command_choice(ctx, "level", LEVEL_NONE),
        .phases = command_text(ctx, "phases"),
        .pressure = command_flag(ctx, "pressure"),
        .model = &model,
    };
    if (!sitting_read_clock(ctx, &plan, e))
        return ERROR_USAGE;
    char *chosen = plan.scenario ? NULL : scenario_choose(ctx, e);
    if (chosen)
        plan.scenario = chosen;
    int status = plan.scenario ? model_open_for_session(ctx, &model, e) : (int)e->code;
    if (plan.scenario && status == ERROR_NONE)
        status = sitting_begin(ctx, &plan, e);
    model_close(&model);
    free(chosen);
    return status;
}

const struct command command_practice = {
    .name = "practice",
    .usage = "[SCENARIO]",
    .help = "sit in a mock interview on your own",
    .details =
        "What you type is said to the interviewer; lines that begin with / are "
        "commands, and /help lists them. Every line is saved before the next prompt "
        "appears. At the end there is a scorecard. Input from a file is fine:\n"
        "viva practice NAME < answers.txt\n"
        "With --phases estimation only that phase is practised and graded; it clears no "
        "level.",
    .options = options,
    .max_args = 1,
    .run = run,
};
