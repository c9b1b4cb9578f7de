/*
 * card.h - the scorecard: data to text. It decides nothing: every figure on it is in the score, and
 * the same card and screen give the same bytes.
 *
 * The card is filled by whoever has a graded answer: the end of a session, `viva review`, and
 * `viva report`. All pointers are borrowed. What is not known is NULL, empty or -1, and the card
 * says nothing about it.
 */
#ifndef VIVA_REPORT_CARD_H
#define VIVA_REPORT_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "scoring/rubric.h"
#include "scoring/score.h"
#include "terminal/screen.h"

/* A phase of the session, planned and used; all phases of the scenario, in order. */
struct card_phase {
    const char *id, *title;
    double minutes; /* planned */
    int64_t used;   /* milliseconds; -1: not known */
    bool opened;
    bool skipped; /* left out on purpose */
};

/* The candidate's own guess for a dimension, 0 to 4. */
struct card_guess {
    const char *dimension;
    double value;
};

/* A fact that the candidate did not ask for. */
struct card_fact {
    const char *topic, *answer;
    const char *criterion; /* may be NULL */
};

/* How it was said: something that can be counted, with the first time that it was said. */
struct card_manner {
    const char *what; /* "assumptions stated" */
    size_t count;
    struct quote quote; /* part -1: none */
    const char *
        such_as; /* words that are counted, where what they say can be said without them; or NULL */
};

/* When something was first said, in the whole session. */
struct card_moment {
    const char *what; /* "trade-off" */
    int64_t at;       /* milliseconds; -1: never */
    bool early;       /* it should come before the last third */
};

/* Where a part of the answer stood. */
struct card_place {
    int64_t at; /* milliseconds used in its phase when it was said; -1: not known */
};

struct card {
    const char *title;    /* of the scenario */
    const char *scenario; /* its id */
    const char *session;  /* what `viva review` takes, a few digits; NULL: the card does
                             not say how to see it again */
    const char
        *again; /* what commands that it names have to be told too: " --content my"; NULL:
                             nothing */
    const char *grader;   /* as in a score event: "rubric", "llm:<model>", "person:<initials>";
                             NULL: "rubric" */
    const char *scorer;   /* version of the built-in grader; NULL: SCORER_VERSION */
    bool interview;       /* it is read by those who interviewed, not by the candidate */
    const char *next;     /* id of a scenario to practise next, or NULL */
    enum level level;     /* what was aimed at */
    int64_t duration;     /* milliseconds in all; -1: not known */
    const struct rubric *rubric;
    const struct score *score;
    const struct score *
        undoubted; /* what the score would be without the wrong claims; NULL: not known, or they put
                                      nothing else in doubt */
    const struct answer *answer;     /* that the quotes refer to */
    const struct card_place *places; /* one a part of the answer; NULL: times are not known */
    const double *costs;             /* per criterion: points lost to it; see card_costs() */
    double hint_cost;
    const struct card_phase *phases;
    size_t phase_count;
    const struct card_guess *guesses;
    size_t guess_count;
    const struct card_manner *manner; /* none: the card does not speak of it */
    size_t manner_count;
    const struct card_moment *moments; /* the same */
    size_t moment_count;
    const struct card_fact *never_asked;
    size_t never_asked_count;
    bool
        unanswered; /* a question brought no fact: some of these may have been asked, and not understood */
};

/* score_cost_of_gap() of each criterion, in `arena`. */
const double *card_costs(const struct scorer *scorer, const struct score *score,
                         struct arena *arena);

/* The criterion that cost most among the gaps that the card tells of, if there is one among those that are not
 * explained; NULL without any. */
const struct criterion *card_worst_gap(const struct card *card);

/* Appends a total as the card shows it: "71"; "74.6" where 75 would look like a level that was not
 * reached. */
void card_total(double total, struct buffer *out);

/* Appends the card, laid out for the screen's width; ends with a newline. */
void card_write(const struct card *card, const struct screen *screen, struct buffer *out);

#endif
