#include "command/past.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command/exercise.h"
#include "command/sealing.h"
#include "report/moves.h"
#include "session/clock.h"
#include "session/seal.h"
#include "transcript/log.h"

static void print_problems(struct command_context *ctx, const struct transcript *t)
{
    command_print_errors(ctx, &t->problems);
    if (t->torn)
        fprintf(ctx->err,
                "viva: the last line of '%s' was cut off by a crash; it is left out\n",
                t->source);
}

static int load_content(struct past *p, const char *scenario)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct catalogue *catalogue = command_catalogue(p->ctx);
    const struct lexicon *lexicon = catalogue_lexicon_of(catalogue, scenario, &errors);
    const struct weights *weights =
        lexicon ? catalogue_weights(catalogue, &errors) : NULL;
    if (lexicon && weights &&
        catalogue_scenario(catalogue, scenario, &p->scenario, &errors) == 0 &&
        catalogue_rubric(catalogue, scenario, &p->rubric, &errors) == 0) {
        p->interviewer = interviewer_new(p->scenario, p->rubric, lexicon, weights);
        p->session = session_new(p->scenario, p->rubric);
    }
    int status = command_print_errors(p->ctx, &errors);
    error_list_release(&errors);
    return p->session ? ERROR_NONE : status ? status : ERROR_INPUT;
}

/* Content of its own version is not kept: say when it has changed. */
static void tell_changes(struct past *p)
{
    const struct event *start = session_start_event(p->session);
    const char *then =
        json_string_value(json_object_get(event_json(start, "scenario"), "hash"));
    if (then && strcmp(then, p->scenario->hash) != 0)
        fprintf(p->ctx->err,
                "viva: the scenario '%s' has changed since this session began\n",
                p->scenario->id);
}

/* A change that moves no point is told when it is one of the rubric or of the grader. */
static void tell_other_grade(struct past *p)
{
    const struct report *report = &p->report;
    if (!report->now || report->unsealed || report->wordless)
        return;
    const struct grade *now = report->now, *then = moves_before(report, now);
    unsigned reasons = then ? move_reasons(report, then, now) : 0;
    bool moved = then && fabs(then->total - now->total) > 0.45; /* a point, rounded */
    if (!moved && !(reasons & (MOVE_RUBRIC | MOVE_SCORER)))
        return;
    struct buffer line = BUFFER_INIT;
    grade_total(now->total, &line);
    buffer_add_string(&line, ", was ");
    grade_total(then->total, &line);
    buffer_add_string(&line, reasons ? "; " : "");
    moves_why(report, then, now, &line);
    fprintf(p->ctx->err, "viva: graded again: %s\n", line.data);
    buffer_release(&line);
}

static int replay(struct past *p, struct transcript *t, struct error *e)
{
    print_problems(p->ctx, t);
    const char *scenario = transcript_scenario(t);
    if (!scenario) {
        error_set(e, ERROR_INPUT,
                  "'%s' is no transcript: it does not begin with session.start",
                  t->source);
        return ERROR_INPUT;
    }
    int status = command_needs_content(p->ctx, scenario, e);
    if (status == ERROR_NONE)
        status = load_content(p, scenario);
    if (status == ERROR_NONE) {
        session_replay(p->session, t);
        tell_changes(p);
    }
    return status;
}

static int grade(struct past *p, struct past_plan plan, struct error *e)
{
    const char *viewer = getenv("VIVA_INTERVIEWER"),
               *reader = seal_missing(p->session, viewer);
    if (reader && plan.unsealed) {
        if (!sealing_may_show(p->ctx, p->session, p->path, true, e))
            return (int)e->code;
        reader = NULL;
    }
    if (reader && viewer && *viewer)
        reader = viewer;
    debrief_grade(p->session, p->interviewer, &p->arena, &p->debrief);
    debrief_card(&p->debrief, &p->arena, &p->card);
    const struct criterion *gap = card_worst_gap(&p->card);
    p->next = gap ? exercise_find(command_catalogue(p->ctx), p->rubric, gap) : NULL;
    p->card.next = p->next;
    p->card.session = NULL; /* whoever looks back knows how */
    p->card.again = command_again(p->ctx);
    struct report_plan how = { .anonymous = plan.anonymous, .unsealed = reader };
    debrief_report(&p->debrief, &p->card, how, &p->arena, &p->report);
    tell_other_grade(p);
    return ERROR_NONE;
}

int past_open(struct command_context *ctx, struct past_plan plan, struct past *out,
              struct error *e)
{
    *out = (struct past) { .ctx = ctx, .arena = ARENA_INIT };
    struct transcript t = { .problems = ERROR_LIST_INIT };
    const char *folder = command_transcripts(ctx, e);
    out->path = folder ? transcript_find(folder, plan.id, e) : NULL;
    if (!out->path)
        return (int)e->code;
    int status =
        transcript_read(&t, out->path, e) == 0 ? replay(out, &t, e) : (int)e->code;
    transcript_release(&t);
    return status == ERROR_NONE ? grade(out, plan, e) : status;
}

void past_close(struct past *p)
{
    report_release(&p->report);
    session_free(p->session);
    interviewer_free(p->interviewer);
    arena_release(&p->arena);
    free(p->next);
    free(p->path);
}

int past_unsealed(struct past *p, struct error *e)
{
    sealing_may_show(p->ctx, p->session, p->path, false, e);
    return ERROR_ANSWER_IS_NO;
}

void past_tell_unsealed(struct past *p)
{
    struct error e;
    error_init(&e);
    past_unsealed(p, &e);
    command_print_error(p->ctx, &e);
}

int past_append(struct past *p, struct event *event, struct error *e)
{
    return log_append_to(p->path, event, e) < 0 ? (int)e->code : ERROR_NONE;
}

int past_time(struct past *p, int64_t *now, struct error *e)
{
    struct fake_clock fake;
    int fixed = fake_clock_start(&fake, e);
    if (fixed < 0)
        return ERROR_USAGE;
    *now = fixed ? fake.now : p->ctx->time.now(p->ctx->time.state);
    return ERROR_NONE;
}
