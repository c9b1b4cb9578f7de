/*
 * answer.h - a session as the grader wants it: what the candidate said, in order, and where each
 * part stands in the transcript.
 *
 * Utterances count as they are after undo and edit. What was said in a phase after its model answer
 * had been shown is left out. Questions are parts too; their places say so.
 *
 * A question that found a fact is followed by a part that names what the fact belongs to: to have asked for
 * it is worth as much as to have mentioned what it belongs to, however it was worded. A quote never
 * shows that part: session_answer_own_words() gives it to the question.
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
    bool topic; /* not the candidate's words: names what the question before it found */
};

struct session_answer {
    struct answer answer;
    const struct answer_place *places; /* one a part */
};

/* All of `out` lives in the arena, but the texts, which are the session's. */
void session_answer_build(const struct session *session, struct arena *arena,
                          struct session_answer *out);

/* Per part: whether it is the candidate's own words; in the arena. */
const bool *session_answer_counts(const struct session_answer *answer,
                                  struct arena *arena);

/* Makes every quote of a score of this answer one of the candidate's own words. */
void session_answer_own_words(const struct session_answer *answer, struct score *score);

#endif
