/*
 * debrief.h - the end of a session: the candidate's own guess, the grade, the score event.
 *
 * A score event holds: grader, scorer, rubric {id, version, hash}, sources {lexicon, red-flags,
 * weights: hash of the file}, level, score, without_hints,
 * unfinished, part (of an exercise in some phases alone), levels {mid: {cleared, short_of []}, ...}, dimensions {id: {share, weight}},
 * criteria [{id, verdict, credit, quote, event, start, end}], red_flags [{id, cost, stood, quote, event,
 * start, end}], corrected [{id, quote, event, start, end}] if there is any, guards [{id, factor}], slips [{claimed, correct, event, start, end}]. `event` is
 * the number of the event that holds the quote, `start` and `end` are bytes of its text.
 */
#ifndef VIVA_SESSION_DEBRIEF_H
#define VIVA_SESSION_DEBRIEF_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "judge/judge.h"
#include "report/card.h"
#include "report/report.h"
#include "scoring/score.h"
#include "session/answer.h"
#include "session/session.h"
#include "session/talk.h"

/* A session graded. Everything lives in the arena that it was made with, or in the session. */
struct debrief {
    const struct session *session;
    const struct scorer *scorer;
    const struct lexicon *lexicon;
    struct session_answer answer;
    struct score score;
    const struct score *
        undoubted; /* what the score would be without the wrong claims, where these put the rest in
                                      doubt; else NULL; its quotes are of no use */
};

void debrief_grade(const struct session *session, struct interviewer *interviewer,
                   struct arena *arena, struct debrief *out);

/* Asks for a guess per dimension and records it; an empty line, or nobody there, skips it. */
void debrief_predict(struct talk *t);

/* Fills a new event of type EVENT_SCORE. */
void debrief_score_event(const struct debrief *d, struct event *e);

/* The same by any grader: "person:AB". */
void debrief_event_by(const struct debrief *d, const char *grader, struct event *e);

/* The same for the grade that a model gave: `grader` is "llm:<model>", and beside the
 * rest there are runs {count, low, high} and voided [{id, claimed, quote, why}]. */
void debrief_judged_event(const struct debrief *d, const struct judged *judged,
                          struct event *e);

/*
 * Everything that the scorecard shows, for report/card.h and its kin. All of it lives in the arena
 * or is the debrief's.
 */
void debrief_card(const struct debrief *d, struct arena *arena, struct card *out);

struct report_plan {
    bool anonymous; /* neither candidate nor interviewers are named, nor the session, nor when it was */
    const char *unsealed; /* who reads it and has still to seal a score: no grade, no tag, no evidence, and of notes
                             only their own; NULL: nobody has */
};

/*
 * All of the session for reading afterwards: card, grades, and the transcript with its evidence. `card` is what
 * debrief_card() filled. Release it with report_release(), before the arena and the session that the rest lives in.
 */
void debrief_report(const struct debrief *d, const struct card *card, struct report_plan plan,
                    struct arena *arena, struct report *out);

/* What is asked for, in this order: the dimensions of what is practised, but communication; at most
 * `room`. */
size_t debrief_dimensions(const struct session *session, const char **ids, size_t room);
/* The guess for a dimension in the session's last prediction, or -1. */
double debrief_guess(const struct session *session, const char *dimension);

#endif
