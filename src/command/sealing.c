#include "command/sealing.h"

#include <stdlib.h>
#include <string.h>

#include "report/sealed.h"

/* The score of each grader that counts, this person's first. */
static size_t all_scores(const struct session *session, const char *by,
                         const struct event **scores)
{
    const struct event *own = seal_score(session, by);
    size_t count = 0;
    if (own)
        scores[count++] = own;
    for (size_t i = 0; i < session->events.count && count < SEALED_BESIDE_MOST; i++) {
        const struct event *e = &session->events.items[i];
        if (e->type == EVENT_SCORE && e != own && seal_counts(session, e))
            scores[count++] = e;
    }
    return count;
}

static void show_side_by_side(struct talk *t, const char *by, struct buffer *text)
{
    const struct event *scores[SEALED_BESIDE_MOST];
    size_t count = all_scores(t->session, by, scores);
    sealed_compare(scores, count, t->session->rubric, &t->screen, text);
}

/* The built-in grade, of what was typed of the candidate's words; once. */
static void add_own_grade(struct talk *t)
{
    struct arena arena = ARENA_INIT;
    struct debrief debrief;
    struct event e;
    if (t->session->last_score || !t->session->said.count)
        return;
    debrief_grade(t->session, t->interviewer, &arena, &debrief);
    talk_event(t, &e, EVENT_SCORE);
    debrief_score_event(&debrief, &e);
    talk_record(t, &e);
    arena_release(&arena);
}

void sealing_tell_open(struct talk *t)
{
    const char *again = t->again ? t->again : "";
    talk_tell(t, "Not sealed yet; what you gave so far is kept.");
    if (!t->cockpit->scoring)
        talk_tell(t, "'viva resume %.8s%s' goes on with the verdict.",
                  session_id(t->session), again);
    else
        talk_tell(t, "'viva interview --transcript %.8s --interviewer %s%s' goes on.",
                  session_id(t->session), t->cockpit->by, again);
}

void sealing_run(struct talk *t)
{
    struct buffer text = BUFFER_INIT;
    const char *by = t->cockpit->by;
    if (!seal_run(t)) {
        sealing_tell_open(t);
        return;
    }
    add_own_grade(t);
    buffer_add_char(&text, '\n');
    sealed_write(seal_newest_score(t->session, by), session_candidate(t->session),
                 t->session->rubric, &t->screen, &text);
    show_side_by_side(t, by, &text);
    screen_page(&t->screen, t->out, &text);
    buffer_release(&text);
}

/* What people gave, each on a sheet, then all side by side. */
void sealing_write(const struct session *session, const struct screen *screen, struct buffer *out)
{
    const struct event *scores[SEALED_BESIDE_MOST];
    size_t count = all_scores(session, session_interviewer(session), scores);
    for (size_t i = 0; i < count; i++) {
        if (strncmp(event_text(scores[i], "grader"), "person:", 7) != 0)
            continue;
        sealed_write(scores[i], session_candidate(session), session->rubric, screen, out);
        buffer_add_char(out, '\n');
    }
    if (count > 1) {
        sealed_compare(scores, count, session->rubric, screen, out);
        buffer_add_char(out, '\n');
    }
}

/* What a command that shows no grade says; `start` is the session's first event. */
static void refuse(struct command_context *ctx, const char *missing,
                   const struct event *start, const char *anyway, struct error *e)
{
    const char *again = command_again(ctx), *own = event_text(start, "interviewer"),
               *viewer = getenv("VIVA_INTERVIEWER");
    const char *id = event_text(start, "id");
    struct buffer how = BUFFER_INIT;
    if (!strcmp(missing, own))
        buffer_printf(&how, "'viva resume %.8s%s' goes on with it%s", id, again, anyway);
    else
        buffer_printf(
            &how,
            "'viva interview --transcript %.8s --interviewer %s%s' goes on with it%s", id,
            missing, again, anyway);
    if (strcmp(missing, own) != 0 && (!viewer || !*viewer))
        buffer_printf(&how, "; VIVA_INTERVIEWER=%s shows it to %s", own, own);
    error_set(
        e, ERROR_ANSWER_IS_NO,
        "the score of %s on interview %.8s is not sealed yet, so no grade is shown; %s",
        missing, id, how.data);
    buffer_release(&how);
}

bool sealing_allows(struct command_context *ctx, const struct transcript *t,
                    struct error *e)
{
    const char *missing = transcript_missing_seal(t, getenv("VIVA_INTERVIEWER"));
    if (missing)
        refuse(ctx, missing, transcript_start(t), "", e);
    return !missing;
}

static bool note_seen(const char *by, int64_t now, const char *path, struct error *e)
{
    struct event note;
    seal_seen_note(by, now, &note);
    bool noted = log_append_to(path, &note, e) == 0;
    event_release(&note);
    return noted;
}

/* By the one who looks, or where nobody says who that is by all whose score it would spoil. */
static bool note_look(const struct session *session, const char *viewer, int64_t now,
                      const char *path, struct error *e)
{
    const char *pending[PENDING_MOST];
    if (viewer && cockpit_name_fits(viewer))
        return note_seen(viewer, now, path, e);
    size_t count = seal_pending(session, pending);
    for (size_t i = 0; i < count; i++)
        if (!note_seen(pending[i], now, path, e))
            return false;
    return true;
}

bool sealing_may_show(struct command_context *ctx, const struct session *session,
                      const char *path, bool anyway, struct error *e)
{
    const char *viewer = getenv("VIVA_INTERVIEWER"),
               *missing = seal_missing(session, viewer);
    struct fake_clock fake;
    if (!missing)
        return true;
    if (!anyway) {
        refuse(ctx, missing, session_start_event(session), ", --unsealed shows it anyway",
               e);
        return false;
    }
    int clock = fake_clock_start(&fake, e);
    if (clock < 0)
        return false;
    return note_look(session, viewer, clock ? fake.now : ctx->time.now(ctx->time.state),
                     path, e);
}
