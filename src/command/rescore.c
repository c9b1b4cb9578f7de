#include "command/rescore.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "report/moves.h"

enum { ID_LEAST = 4 }; /* a digit or two are more likely a slip */

bool rescore_is_id(struct command_context *ctx, const char *argument)
{
    struct error e;
    error_init(&e);
    if (strlen(argument) < ID_LEAST || strpbrk(argument, "/.") || file_exists(argument))
        return false;
    const char *folder = command_transcripts(ctx, NULL);
    char *path = folder ? transcript_find(folder, argument, &e) : NULL;
    bool found = path || (folder && strstr(e.message, "more than one"));
    free(path);
    return found;
}

/* --- by a model --- */

static int ask(struct rescored *r, struct model *model, struct event *event,
               struct error *e)
{
    struct past *p = &r->past;
    struct grading_subject subject = { p->rubric, p->scenario,
                                       interviewer_scorer(p->interviewer) };
    struct model_question question = { &subject, &p->debrief.answer.answer,
                                       session_answer_counts(&p->debrief.answer,
                                                             &p->arena) };
    struct judged *judged = arena_new(&p->arena, struct judged);
    if (model->show) {
        model_show(model, &question, &p->arena, p->ctx->err, p->ctx->out);
        return 0;
    }
    if (model_grade(model, &question, &p->arena, judged, e) < 0)
        return -1;
    session_answer_own_words(&p->debrief.answer, &judged->score);
    model_json(judged, p->rubric, &r->more);
    r->score = &judged->score;
    r->grader = judged->grader;
    debrief_judged_event(&p->debrief, judged, event);
    return 0;
}

/* --- adding it --- */

static void tell(const struct past *p, const char *what)
{
    const char *name = strrchr(p->path, '/');
    fprintf(p->ctx->err, "viva: %s %s\n", what, name ? name + 1 : p->path);
}

static int add(struct rescored *r, struct model *model, struct error *e)
{
    struct past *p = &r->past;
    struct event event;
    int64_t now;
    int status = past_time(p, &now, e);
    if (status != ERROR_NONE)
        return status;
    if (!model && moves_nothing_new(&p->report)) {
        tell(p, "nothing has changed since the last score; nothing is added to");
        return ERROR_NONE;
    }
    event_init(&event, EVENT_SCORE, now);
    if (!model)
        debrief_score_event(&p->debrief, &event);
    else if (ask(r, model, &event, e) < 0)
        status = (int)e->code;
    if (status == ERROR_NONE && r->score)
        status = past_append(p, &event, e);
    if (status == ERROR_NONE && r->score)
        tell(p, "the score was added to");
    event_release(&event);
    return status;
}

int rescore_open(struct command_context *ctx, const char *id, struct model *model,
                 struct rescored *out, struct error *e)
{
    *out = (struct rescored) { .grader = "rubric", .more = BUFFER_INIT };
    struct past_plan plan = { .id = id, .unsealed = command_flag(ctx, "unsealed") };
    int status = past_open(ctx, plan, &out->past, e);
    if (status == ERROR_NONE && out->past.report.unsealed)
        status = past_unsealed(&out->past, e);
    if (status != ERROR_NONE)
        return status;
    out->score = model ? NULL : &out->past.debrief.score;
    return add(out, model, e);
}

void rescore_close(struct rescored *r)
{
    past_close(&r->past);
    buffer_release(&r->more);
}
