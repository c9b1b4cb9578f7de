/*
 * summary.h - what a transcript comes to, folded event by event: whose session it was,
 * how long each phase took, the guess, and the newest score of each grader.
 *
 * It knows no scenario, so it can be had of any transcript; what it says of time is what
 * the session itself counts (session/session.h), as long as the scenario's phases are
 * those of session.start. The fold may stop anywhere and go on later: summary_state() and
 * summary_restore() keep what it needs, all but the scores.
 */
#ifndef VIVA_TRANSCRIPT_SUMMARY_H
#define VIVA_TRANSCRIPT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "base/memory.h"
#include "transcript/event.h"
#include "transcript/reader.h"

struct summary_phase {
    char *id;
    double minutes; /* planned; 0: it was not planned */
    int64_t used;   /* milliseconds */
    bool opened;
};

struct summary_score {
    char *grader; /* "rubric", "llm:<model>", "person:<initials>" */
    size_t event; /* its number */
    int64_t time; /* when it was given */
    double total; /* 0..100; NAN when the event has none */
    bool unfinished;
    bool sealed;
    json_t *object; /* the event's; owned */
};

struct summary {
    bool begun;   /* session.start was its first event */
    bool foreign; /* another event was: no transcript */
    /* "" when not said; mode "part" is an exercise in some phases alone */
    char *id, *scenario, *level, *mode, *candidate, *interviewer;
    int64_t start; /* milliseconds since 1970 */
    /* as planned, then others in the order of their opening */
    ARRAY(struct summary_phase) phases;
    int phase; /* the open one, or -1 */
    bool paused, ended, early;
    int64_t last;  /* time of the last event */
    size_t number; /* of the last event */
    json_t *guess; /* {dimension: 0..4} of the last prediction; owned, NULL: none */
    ARRAY(struct summary_score) scores; /* one a grader */
    /* {name: has seen a grade} of those that opened an interview to give an own score, and
     * of those that saw one before; owned, NULL: none */
    json_t *openers;
};

void summary_init(struct summary *s);
void summary_release(struct summary *s);

/* Takes the next event into account; it must have its number. */
void summary_apply(struct summary *s, const struct event *e);
/* All events of a transcript. */
void summary_of(struct summary *s, const struct transcript *t);

/* Milliseconds used in all. */
int64_t summary_used(const struct summary *s);
size_t summary_opened(const struct summary *s);
/* The open phase, or NULL. */
const struct summary_phase *summary_phase(const struct summary *s);

/* Newest score of a grader, of a person the sealed one if there is one; or NULL. */
const struct summary_score *summary_score_of(const struct summary *s, const char *grader);
/* The one to show where there is room for one: what the person who held the interview sealed, else
 * who sealed first; else the built-in grader's, else the newest; NULL: none. */
const struct summary_score *summary_score(const struct summary *s);

/* A new object; restoring from anything else than what summary_state() made gives false,
 * and the summary is as after summary_init(). */
json_t *summary_state(const struct summary *s) __attribute__((warn_unused_result));
bool summary_restore(struct summary *s, const json_t *state);

#endif
