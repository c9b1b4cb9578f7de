/* viva interview SCENARIO: an interviewer drives; with --transcript somebody scores one
 * that is over. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "command/sitting.h"
#include "session/cockpit.h"
#include "transcript/reader.h"

static const struct option options[] = {
    { .name = "candidate",
      .kind = OPTION_TEXT,
      .value = "XY",
      .help = "initials or a short name of who is interviewed" },
    { .name = "interviewer",
      .kind = OPTION_TEXT,
      .value = "AB",
      .help = "yours; else $VIVA_INTERVIEWER, else your login name" },
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
      .help = "for the whole interview; all phases are scaled" },
    { .name = "no-clock", .kind = OPTION_FLAG, .help = "without minutes" },
    { .name = "transcript",
      .kind = OPTION_TEXT,
      .value = "ID",
      .help = "give an own score of an interview that is over" },
    { .name = NULL },
};

/* Of whoever runs this; some shells of containers and cron have no USER. NULL: nobody knows it. */
static const char *login_name(void)
{
    const struct passwd *user = getpwuid(getuid());
    return user ? user->pw_name : NULL;
}

static const char *interviewer_name(const struct command_context *ctx)
{
    const char *name = command_text(ctx, "interviewer");
    if (!name || !*name)
        name = getenv("VIVA_INTERVIEWER");
    if (!name || !*name)
        name = getenv("LOGNAME");
    if (!name || !*name)
        name = getenv("USER");
    if (!name || !*name)
        name = login_name();
    return name && *name ? name : NULL;
}

static int check_name(const char *name, const char *option, struct error *e)
{
    if (!name)
        return error_set(e, ERROR_USAGE,
                         "--%s is missing: initials or a short name, as in --%s AB",
                         option, option);
    if (!cockpit_name_fits(name))
        return error_set(e, ERROR_USAGE,
                         "--%s takes up to %d letters, digits or -_. and no blanks: '%s'",
                         option, COCKPIT_NAME_MOST, name);
    return 0;
}

static int score_transcript(struct command_context *ctx, const char *id, const char *by,
                            struct error *e)
{
    if (ctx->arg_count || command_text(ctx, "candidate"))
        return error_set(
            e, ERROR_USAGE,
            "--transcript names the interview: no SCENARIO or --candidate beside it");
    const char *folder = command_transcripts(ctx, e);
    char *path = folder ? transcript_find(folder, id, e) : NULL;
    int status = path ? sitting_score(ctx, path, by, e) : (int)e->code;
    free(path);
    return status;
}

static int run(struct command_context *ctx, struct error *e)
{
    const char *candidate = command_text(ctx, "candidate"), *by = interviewer_name(ctx);
    const char *transcript = command_text(ctx, "transcript");
    if (check_name(by, "interviewer", e) < 0)
        return ERROR_USAGE;
    if (transcript) {
        int status = score_transcript(ctx, transcript, by, e);
        return status < 0 ? (int)e->code : status;
    }
    if (!ctx->arg_count)
        error_set(e, ERROR_USAGE, "which problem? the command is viva interview %s",
                  ctx->command->usage);
    else
        check_name(candidate, "candidate", e);
    if (e->code != ERROR_NONE)
        return ERROR_USAGE;
    struct sitting_plan plan = {
        .scenario = ctx->args[0],
        .level = (enum level)command_choice(ctx, "level", LEVEL_NONE),
        .candidate = candidate,
        .interviewer = by,
    };
    if (!sitting_read_clock(ctx, &plan, e))
        return ERROR_USAGE;
    return sitting_begin(ctx, &plan, e);
}

const struct command command_interview = {
    .name = "interview",
    .usage = "[SCENARIO]",
    .help = "drive an interview, and seal a score of it",
    .details =
        "Free text is your note; a line that begins with > is what the candidate "
        "said; lines that begin with / are commands, and /help lists them. /t 3 2 "
        "tags criterion 3: 0 absent, 1 mentioned, 2 explained. At the end you grade, "
        "recommend and seal; only then any other grade is shown. viva interview "
        "--transcript ID --interviewer CD takes the score of a second interviewer, "
        "who sees no tag, flag or score of the first before.",
    .options = options,
    .max_args = 1,
    .run = run,
};
