/*
 * interviewer.h - what the other side of the table does, decided by rules: answers to questions,
 * probes, a word after each phase. It decides and never prints; the same session gives the same
 * words.
 */
#ifndef VIVA_SESSION_INTERVIEWER_H
#define VIVA_SESSION_INTERVIEWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "content/scenario.h"
#include "scoring/score.h"
#include "session/answer.h"
#include "session/facts.h"
#include "session/session.h"

struct interviewer;

/* Borrows all, which must outlive it. Free with interviewer_free(). */
struct interviewer *interviewer_new(const struct scenario *scenario, const struct rubric *rubric,
                                    const struct lexicon *lexicon, const struct weights *weights)
    __attribute__((warn_unused_result));
void interviewer_free(struct interviewer *v);

/* The grader it listens with, made when it is first asked for, and the lexicon that it was made with;
 * borrowed. */
struct scorer *interviewer_scorer(struct interviewer *v);
/* Makes the grader now, the last of this rubric: see scorer_new_last(). To be called before it is asked for. */
void interviewer_make_scorer(struct interviewer *v, struct rubric *rubric);
const struct lexicon *interviewer_lexicon(const struct interviewer *v);
/* What it knows and is asked for; borrowed. */
struct facts *interviewer_facts(struct interviewer *v);

/* Questions of the interviewer in one phase, whatever brings them up. */
enum { PROBES_MOST = 3 };

/*
 * The criterion to ask about before the open phase is left, or -1 to let it go: of those that are
 * expected here and not explained the one that lacks most, its weight at this level times what is left
 * of its credit; at most twice each. One question at the
 * first /next; in a phase of ten minutes and more up to three while there is time. Never more than
 * three in a phase, those in mid-phase included; never about what only the interviewer can raise
 * and did not.
 */
int interviewer_probe(struct interviewer *v, const struct session *session, int64_t now);

/* Whether a criterion was named and not explained, so that a question about it should not sound as if nobody had listened. */
bool interviewer_heard_name(struct interviewer *v, const struct session *session,
                            size_t criterion);

/*
 * The criterion to ask about in the middle of a long phase, or -1: from 60% of its time on the
 * weightiest that is expected here, if nothing at all was said of it. Once a phase.
 */
int interviewer_midway(struct interviewer *v, const struct session *session, int64_t now);

/*
 * The criterion that a model may follow up right after an answer, or -1: the weightiest
 * that is expected here and was named but not explained. Once a phase.
 */
int interviewer_follow_up(struct interviewer *v, const struct session *session);

/*
 * The known misconception (scoring/rubric.h) to ask about before the open phase is left, in the candidate's words; false
 * when there is none. The one that costs most; one in a phase, two in one of ten minutes and more; no claim twice.
 * The question does not say that anything is wrong: a red flag may be a false alarm, and the reply tells; see
 * scoring/challenge.h.
 */
struct doubtful_claim {
    const struct red_flag *flag;
    const char *words; /* the session's, not terminated */
    size_t length;
    size_t first, last; /* bytes of these: where what is doubtful begins and ends */
    bool shared;        /* with other problems */
};
bool interviewer_challenge(struct interviewer *v, const struct session *session,
                           struct doubtful_claim *out);

/*
 * In the last phase: the rubric's rule that what was said so far breaks and that was not asked
 * about, or -1. At most two a session.
 */
int interviewer_contradiction(struct interviewer *v, const struct session *session);

/* How much it matters to ask about a criterion: its weight; a must at this level more. */
double interviewer_urgency(const struct criterion *c, const struct session *session);

/* Titles of what was covered in a phase (whether it was right is for the end), and of the weightiest that is thin;
 * empty where nothing is. In a phase with a known misconception nothing is called covered. */
void interviewer_summary(struct interviewer *v, const struct session *session,
                         size_t phase, struct buffer *covered, struct buffer *thin);

/* Whether the twist is due: its minute of the plan is reached and it was not said. */
bool interviewer_twist_due(const struct session *session, int64_t now);
/* Whether the open phase must not be left without it: its minute lies in this phase or before, and something was
 * said here; who is quicker than the plan would meet it too late, or never. */
bool interviewer_twist_overdue(const struct session *session);

/* Ladders that may help in the open phase and have a step left; returns how many, at most `room`.
 */
enum { HINTS_SHOWN = 5 };
size_t interviewer_hints(struct interviewer *v, const struct session *session, size_t *ladders,
                         size_t room);

#endif
