/*
 * transcribed.h - a transcript as an answer that can be graded: for the commands that are given the
 * file of a session, from whatever folder, and only read it.
 */
#ifndef VIVA_COMMAND_TRANSCRIBED_H
#define VIVA_COMMAND_TRANSCRIBED_H

#include "command/command.h"
#include "command/grading.h"
#include "session/answer.h"

struct transcribed {
    struct grading_subject subject;
    struct session *session;
    struct session_answer answer; /* its texts are the session's */
    struct arena arena;
};

/*
 * Reads `path` and replays it; bad lines are told, the rest counts. 0, or -1 with an error: it is no
 * transcript, its scenario is not there, or it is an interview whose score is not sealed (unless
 * `unsealed`, which leaves a note in it; sealing.h). Release it in any case.
 */
int transcribed_open(struct command_context *ctx, struct grading *grading,
                     const char *path, bool unsealed, struct transcribed *out,
                     struct error *e);
void transcribed_release(struct transcribed *t);

#endif
