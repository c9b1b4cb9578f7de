/* viva practice [SCENARIO]: a session on one's own. */
#include <stdlib.h>

#include "command/command.h"
#include "command/scenarios.h"
#include "command/sitting.h"
#include "scoring/rubric.h"

static const struct option options[] = {
    { "level", OPTION_CHOICE, "LEVEL", "aim at mid, senior or staff", level_names, 0, 0 },
    { "minutes", OPTION_NUMBER, "N", "for the whole session; all phases are scaled", NULL, 5, 240 },
    { "pressure", OPTION_FLAG, NULL, "no feedback, no hints, no pausing until the end", NULL, 0,
      0 },
    { "no-clock", OPTION_FLAG, NULL, "without minutes", NULL, 0, 0 },
    { NULL, OPTION_FLAG, NULL, NULL, NULL, 0, 0 },
};

static int run(struct command_context *ctx, struct error *e)
{
    struct sitting_plan plan = {
        .scenario = ctx->args[0],
        .level = (enum level)command_choice(ctx, "level", LEVEL_NONE),
        .minutes = command_number(ctx, "minutes", 0),
        .pressure = command_flag(ctx, "pressure"),
        .no_clock = command_flag(ctx, "no-clock"),
    };
    char *chosen = plan.scenario ? NULL : scenario_choose(ctx, e);
    if (chosen)
        plan.scenario = chosen;
    int status = plan.scenario ? sitting_begin(ctx, &plan, e) : (int)e->code;
    free(chosen);
    return status;
}

const struct command command_practice = {
    .name = "practice",
    .usage = "[SCENARIO]",
    .help = "sit in a mock interview on your own",
    .details =
        "What you type is said to the interviewer; lines that begin with / are commands, and\n"
        "/help lists them. Every line is saved before the next prompt appears. At the end\n"
        "there is a scorecard. Input from a file is fine: viva practice NAME < answers.txt",
    .options = options,
    .max_args = 1,
    .run = run,
};
