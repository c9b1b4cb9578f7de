/*
 * viva review [ID]: a session once more: the transcript with its evidence, then the
 * scorecard and the other grades; or the card alone, the scores and what moved between
 * them, or all of it for a machine or a page.
 */
#include <stdlib.h>

#include "command/command.h"
#include "command/past.h"
#include "command/sealing.h"
#include "command/second.h"
#include "report/moves.h"
#include "report/others.h"
#include "report/report_json.h"
#include "report/report_markdown.h"
#include "report/transcript_text.h"
#include "session/model.h"

static const char *const formats[] = { "text", "markdown", "json", NULL };
enum { FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_JSON };

static const struct option options[] = {
    { .name = "card", .kind = OPTION_FLAG, .help = "the scorecard alone" },
    { .name = "scores",
      .kind = OPTION_FLAG,
      .help = "every score of the session: which verdicts moved, and why" },
    { .name = "model",
      .kind = OPTION_FLAG,
      .help = "add a strong answer to each phase that was attempted" },
    { .name = "format",
      .kind = OPTION_CHOICE,
      .value = "FORMAT",
      .choices = formats,
      .help = "text, markdown or json" },
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

static void add_open(const struct past *p, const struct screen *screen,
                     struct buffer *out)
{
    struct buffer line = BUFFER_INIT;
    if (p->session->ended)
        return;
    buffer_printf(
        &line,
        "The session is still open: this is how it stands. viva resume %.8s goes on.",
        session_id(p->session));
    screen_paragraph(out, screen, line.data, 0);
    buffer_add_char(out, '\n');
    buffer_release(&line);
}

/* The card, what other graders said, and with --model strong answers. */
static void add_card(struct past *p, const struct screen *screen, bool others,
                     struct buffer *out)
{
    if (p->report.unsealed)
        return;
    add_open(p, screen, out);
    if (p->session->interview && others) /* what people say comes first */
        sealing_write(p->session, screen, out);
    if (!p->report.wordless)
        card_write(&p->card, screen, out);
    if (command_flag(p->ctx, "model"))
        model_write(p->session, screen, out);
    if (others && !p->session->interview)
        others_text(&p->report, screen, out);
}

static void write_review(struct past *p, bool card_only, bool others, struct buffer *out)
{
    const struct screen *screen = &p->ctx->screen;
    switch (command_choice(p->ctx, "format", FORMAT_TEXT)) {
    case FORMAT_JSON:
        report_json(&p->report, out);
        break;
    case FORMAT_MARKDOWN:
        report_markdown(&p->report, !card_only, out);
        break;
    default:
        if (command_flag(p->ctx, "scores")) {
            moves_text(&p->report, screen, out);
            break;
        }
        if (!card_only) {
            transcript_text(&p->report, screen, out);
            buffer_add_char(out, '\n');
        }
        add_card(p, screen, others, out);
    }
}

/* --- by a model --- */

static int grade_again(struct past *p, struct model *model, struct error *e)
{
    struct talk talk = { .session = p->session,
                         .screen = p->ctx->screen,
                         .out = p->ctx->out };
    struct second second = { &p->debrief, p->interviewer, &talk, BUFFER_INIT, { 0 } };
    struct fake_clock fake;
    int fixed = fake_clock_start(&fake, e), status;
    if (fixed < 0)
        return ERROR_USAGE;
    session_clock_start(&talk.clock, fixed ? fake_clock_source(&fake) : p->ctx->time);
    fflush(p->ctx->out);
    if (model->show) {
        second_show(model, &second, &p->arena, p->ctx->err);
        return ERROR_NONE;
    }
    status = second_ask(model, &second, &p->arena, e) < 0 ? (int)e->code : ERROR_NONE;
    if (status == ERROR_NONE) {
        screen_page(&talk.screen, p->ctx->out, &second.text);
        status = past_append(p, &second.event, e);
        event_release(&second.event);
    }
    buffer_release(&second.text);
    return status;
}

/* --- the command --- */

static int check_options(struct command_context *ctx, bool again, struct error *e)
{
    int format = command_choice(ctx, "format", FORMAT_TEXT);
    if (command_flag(ctx, "scores") && command_flag(ctx, "card"))
        return error_set(e, ERROR_USAGE, "--card and --scores exclude each other");
    if (again && (format != FORMAT_TEXT || command_flag(ctx, "scores")))
        return error_set(e, ERROR_USAGE,
                         "--grade-with goes with neither --format nor --scores");
    if (command_flag(ctx, "model") &&
        (format != FORMAT_TEXT || command_flag(ctx, "scores")))
        return error_set(e, ERROR_USAGE,
                         "--model goes with neither --format nor --scores");
    return again ? 0 : model_not_asked(ctx, e);
}

static int show(struct command_context *ctx, struct model *model, struct error *e)
{
    struct past past;
    struct buffer text = BUFFER_INIT;
    struct past_plan plan = { .id = ctx->args[0],
                              .unsealed = command_flag(ctx, "unsealed") };
    bool grades_alone = model || command_flag(ctx, "card") || command_flag(ctx, "scores");
    int status = past_open(ctx, plan, &past, e);
    if (status == ERROR_NONE && past.report.unsealed && grades_alone)
        status = past_unsealed(&past, e);
    else if (status == ERROR_NONE && past.report.unsealed)
        past_tell_unsealed(&past);
    if (status == ERROR_NONE) {
        write_review(&past, model || command_flag(ctx, "card"), !model, &text);
        screen_page(&ctx->screen, ctx->out, &text);
        if (model)
            status = grade_again(&past, model, e);
    }
    buffer_release(&text);
    past_close(&past);
    return status;
}

static int run(struct command_context *ctx, struct error *e)
{
    struct model model = { .runs = 1 };
    bool again = command_choice(ctx, "grade-with", GRADER_RUBRIC) == GRADER_LLM;
    if (check_options(ctx, again, e) < 0)
        return ERROR_USAGE;
    int status = again ? model_open(ctx, &model, e) : ERROR_NONE;
    if (status == ERROR_NONE)
        status = show(ctx, again ? &model : NULL, e);
    model_close(&model);
    return status;
}

const struct command command_review = {
    .name = "review",
    .usage = "[ID]",
    .help = "read a session again: transcript, evidence, scorecard",
    .details =
        "ID is the beginning of the session's id, its file's name or a path; without "
        "one it is the newest session. --grade-with shows the card alone, and adds "
        "the new grade to the transcript. As long as the score of an interview is "
        "not sealed, its transcript is shown without grades, tags and evidence.",
    .options = options,
    .max_args = 1,
    .run = run,
};
