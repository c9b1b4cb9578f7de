/*
 * comparison.h - two sessions side by side: scores, dimensions, what the second one has
 * that the first had not, what it lost, and the time of each phase. It decides nothing;
 * verdicts and quotes are those of one grader's scores in both transcripts.
 */
#ifndef VIVA_REPORT_COMPARISON_H
#define VIVA_REPORT_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "report/trends.h"
#include "terminal/screen.h"
#include "transcript/summary.h"

struct comparison_side {
    const char *id; /* as for review */
    const struct summary *summary;
    const struct summary_score *score; /* NULL: no grade by this grader */
    const struct summary_score
        *shown; /* what the session came to; by the grader that was asked for */
};

struct comparison_dimension {
    const char *id;
    double value[2]; /* 0..4; NAN: not graded there */
};

/* From what it was to what it is. */
enum comparison_move {
    MOVE_NEW,     /* absent, now mentioned or explained */
    MOVE_DEEPER,  /* mentioned, now explained */
    MOVE_THINNER, /* explained, now mentioned */
    MOVE_LOST,    /* mentioned or explained, now absent */
    MOVE_NONE,
    MOVE_UNKNOWN, /* graded in one of them only, or not asked in one */
    MOVE_COUNT,
};
extern const char *const comparison_move_names[]; /* "new", "deeper", ..., NULL */

struct comparison_criterion {
    const char *id, *title;
    const char *verdict[2]; /* "" when not graded there */
    const char *quote[2];   /* "": none */
    double credit[2];
    enum comparison_move move;
};

struct comparison_phase {
    const char *id;
    int64_t used[2]; /* milliseconds; -1: it was not opened */
    double minutes[2];
};

struct comparison {
    struct comparison_side side[2];
    const char *
        grader; /* whose areas and points are compared; "": the two have none in common */
    bool same_scenario,
        same_rubric; /* the same bytes, and the same version of the grader */
    struct comparison_dimension *dimensions;
    size_t dimension_count;
    struct comparison_criterion *criteria;
    size_t criterion_count;
    struct comparison_phase *phases;
    size_t phase_count;
};

/*
 * `grader` NULL: the built-in one if both have its score, else the first that both have.
 * `title` may be NULL. All pointers are borrowed from the summaries or live in the arena.
 */
void comparison_make(const struct comparison_side sides[2], const char *grader,
                     trends_title *title, void *state, struct arena *arena,
                     struct comparison *out);

void comparison_write(const struct comparison *c, const struct screen *screen,
                      struct buffer *out);
/* One object on one line: {"sessions":[{id,scenario,level,start,seconds,score,by}],"grader",
 * "same_scenario","same_rubric","dimensions":[{id,"values":[a,b]}],
 * "criteria":[{id,title,move,"verdicts":[a,b],"credits":[a,b],"quotes":[a,b]}],
 * "phases":[{id,"seconds":[a,b],"minutes":[a,b]}]}; null where nothing is known. */
void comparison_json(const struct comparison *c, struct buffer *out);

#endif
