#include "command/transcribed.h"

#include "command/sealing.h"
#include "transcript/reader.h"

static int find_subject(struct command_context *ctx, struct grading *grading,
                        const char *scenario, struct grading_subject *out,
                        struct error *e)
{
    if (!scenario)
        return error_set(e, ERROR_INPUT,
                         "the transcript does not begin with a session's start");
    if (command_needs_content(ctx, scenario, e) != ERROR_NONE)
        return -1;
    return grading_subject(grading, scenario, out, e);
}

int transcribed_open(struct command_context *ctx, struct grading *grading,
                     const char *path, bool unsealed, struct transcribed *out,
                     struct error *e)
{
    struct transcript t;
    *out = (struct transcribed) { .arena = ARENA_INIT };
    if (transcript_read(&t, path, e) < 0)
        return -1;
    command_print_errors(ctx, &t.problems);
    int result = find_subject(ctx, grading, transcript_scenario(&t), &out->subject, e);
    if (result == 0) {
        out->session = session_new(out->subject.scenario, out->subject.rubric);
        session_replay(out->session, &t);
        if (sealing_may_show(ctx, out->session, path, unsealed, e))
            session_answer_build(out->session, &out->arena, &out->answer);
        else
            result = -1;
    }
    transcript_release(&t);
    return result;
}

void transcribed_release(struct transcribed *t)
{
    session_free(t->session);
    arena_release(&t->arena);
    t->session = NULL;
}
