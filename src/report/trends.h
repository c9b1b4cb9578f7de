/*
 * trends.h - how sessions went over time: the total, each dimension, the criteria that
 * stay weakest, and how near the own guess was. Data that the terminal, a page or a
 * machine can show.
 *
 * All scores are of one grader. Everything lives in the arena that it was made with.
 */
#ifndef VIVA_REPORT_TRENDS_H
#define VIVA_REPORT_TRENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "terminal/screen.h"
#include "transcript/library.h"

/* Something that was measured in some of the sessions. */
struct trend {
    const char *id;       /* of the dimension or criterion; "score" */
    const char *title;    /* for people */
    const char *scenario; /* of a criterion; "" */
    const double *values; /* one a session, in their order; NAN: not measured there */
    double top;           /* the most that a value can be: 100, 4 or 1 */
    size_t count;         /* values that are not NAN */
    double first, last; /* means of the first and of the last values: of a third of them,
                           of TREND_ENDS at most; of a criterion the last TREND_LATELY;
                           NAN without a value */
    double best;
    double guessed_over; /* mean of guess - value, dimensions only; NAN: no guess */
    size_t guesses;
    size_t absent; /* criteria: sessions in which it was absent */
};

enum { TREND_ENDS = 10, TREND_LATELY = 3, TREND_WEAKEST = 5 };

struct trends {
    const char *grader;
    const struct library_session *sessions; /* oldest first */
    size_t count;
    bool more; /* there are older ones, which were not asked for; set by the caller */
    size_t left_out;  /* unfinished ones, which are not among the sessions */
    size_t scenarios; /* different ones */
    struct trend score;
    struct trend *dimensions; /* in the order of the newest session */
    size_t dimension_count;
    struct trend
        *criteria; /* weakest first; measured in at least two sessions, if any was */
    size_t criterion_count;
};

/* Title of a criterion, borrowed for as long as the trends are used; NULL: not known. */
typedef const char *trends_title(void *state, const char *scenario,
                                 const char *criterion);

/* `unfinished`: those sessions count too. */
void trends_make(const struct library_scores *scores, bool unfinished,
                 trends_title *title, void *state, struct arena *arena,
                 struct trends *out);

/* There must be a session. `again`: see card.h. */
void trends_write(const struct trends *t, const char *again, const struct screen *screen,
                  struct buffer *out);
/* One object on one line: {"grader","sessions":[...],"left_out","score":trend,
 * "dimensions":[trend],"criteria":[trend]}; a trend is
 * {"id","title","scenario","top","values",
 * "first","last","best","guessed_over","guesses","absent"}, null where nothing is known.
 */
void trends_json(const struct trends *t, struct buffer *out);

/*
 * Appends a sparkline of at most `columns`: one block a value from 0 to `top`; with more
 * values each block is the mean of several. Values that are NAN are left out.
 */
void trend_sparkline(const double *values, size_t count, double top, int columns,
                     struct buffer *out);

#endif
