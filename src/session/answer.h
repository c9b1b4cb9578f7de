/*
 * answer.h - a session as the grader wants it: what the candidate said, in order, and where each
 * part stands in the transcript.
 *
 * Utterances count as they are after undo and edit. What was said in a phase after its model answer
 * had been shown is left out. Questions are parts too; their places say so.
 */
#ifndef VIVA_SESSION_ANSWER_H
#define VIVA_SESSION_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "scoring/score.h"
#include "session/session.h"

struct answer_place {
    size_t event;  /* number */
    size_t offset; /* of the part's first byte in that event's text */
    size_t phase;
    int64_t at;         /* time used in the phase when it was said */
    int64_t session_at; /* time used in all */
    bool question;
};

struct session_answer {
    struct answer answer;
    const struct answer_place *places; /* one a part */
};

/* All of `out` lives in the arena, but the texts, which are the session's. */
void session_answer_build(const struct session *session, struct arena *arena,
                          struct session_answer *out);

#endif
