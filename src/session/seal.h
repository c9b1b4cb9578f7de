/*
 * seal.h - the end of an interview: what the tags come to, what is missing, a grade per
 * dimension, strengths, gaps, a recommendation, and the seal. Until then no other grade
 * is shown; a score that was given after another was seen is kept, and does not count as
 * sealed.
 *
 * What a person answers on the way is noted at once (note.about: "grades", "strengths",
 * "gaps", "recommendation"), so that a crash costs nothing and the verdict can be gone on
 * with.
 *
 * A sealed score event is one of debrief.h with `grader` "person:AB", and beside the rest:
 *   sealed          true: no other grade of this transcript was seen before
 *   recommendation  "strong-no", "no", "yes" or "strong-yes", and `at`: the level that it is for
 *   strengths, gaps lists of words
 *   dimensions      `share` as the person graded it; `derived` where the tags come to another
 *   red_flags       those that the person raised; in own words with `text` and without `id`
 *   criteria, red_flags  `noted` true where the quote is of a note, and no word of the candidate's
 * A criterion that was neither tagged nor asked about is not-asked, and counts in no grade of that person; one
 * that was asked about and not tagged is absent.
 */
#ifndef VIVA_SESSION_SEAL_H
#define VIVA_SESSION_SEAL_H

#include <stdbool.h>

#include "session/cockpit.h"
#include "session/debrief.h"

extern const char *const recommendation_names[]; /* "strong-no", ..., NULL */

/* What a person's tags come to. Lives in the arena, or in the session. */
struct standing {
    struct tags tags;
    bool *asked;            /* per criterion */
    const double *derived;  /* per dimension of the score: what the tags alone come to */
    struct debrief debrief; /* score, and the evidence as its answer */
};

/* `shares` as in struct person_grade: NULL, or one a dimension. */
void seal_grade(const struct session *session, struct interviewer *interviewer,
                const char *by, const double *shares, struct arena *arena,
                struct standing *out);

/* "strong yes", "sy", "n mid": index in recommendation_names, and the level if one is
 * named; false: it is none of that. */
bool seal_parse_recommendation(const char *words, int *recommendation, enum level *at);

/* "depth 3 reliability 1.5", or a number a dimension in order: sets shares (0..1). False:
 * it is not that, and nothing is set. */
bool seal_parse_grades(const struct score *score, const char *words, double *shares);

/* Asks until the score is sealed; false: it was left for later. The score is recorded. */
bool seal_run(struct talk *t);

/* The score of a person that counts (score_outranks()), and the one given last; NULL: there is none. */
const struct event *seal_score(const struct session *session, const char *by);
const struct event *seal_newest_score(const struct session *session, const char *by);
/* Whether no other score of its grader counts instead. */
bool seal_counts(const struct session *session, const struct event *score);

/* Who has still to seal before a grade of this session may be shown to `viewer` (NULL:
 * nobody in particular): the interviewer, or else the viewer; NULL: nobody, or it is no
 * interview. */
const char *seal_missing(const struct session *session, const char *viewer);

/* All who have still to seal: transcript_pending(). */
size_t seal_pending(const struct session *session, const char **out);

/* A name in the interview that differs from this one in capitals alone: a slip, and no second grader; or NULL. */
const char *seal_name_beside(const struct session *session, const char *by);

/* Whether this person was shown another grade before giving an own one. */
bool seal_has_seen(const struct session *session, const char *by);
/* Fills a note that says so; its transcript and clock are the caller's. */
void seal_seen_note(const char *by, int64_t time, struct event *e);

#endif
