/*
 * library.h - the index over a folder of transcripts: what history, search and trends
 * ask. The one file with SQLite.
 *
 * It is derived: everything in it is in the transcripts, and deleting it loses nothing.
 * It lives in the cache folder, one file (mode 0600) a folder of transcripts. One of
 * another version, or a damaged one, is made anew; where it cannot be written the index
 * is made in memory, each time.
 *
 * What has changed is found by looking, not by being told.
 *
 * The folder: files come, go and change their names only by changing its time of
 * modification (or of change); while both stand still its names are not read again.
 *
 * Each file: size, times of modification and change (nanoseconds), and inode. A file of
 * the same inode that has grown is read from where reading stopped, if a hash says that
 * what stands before is what was read; every other change reads the file anew.
 *
 * A time within two seconds of the moment of looking is not trusted: the next look reads
 * again, so a change in the same tick of the clock is not missed.
 *
 * library_update() with LIBRARY_ALL looks at each file. That takes more than a
 * microsecond a file, so LIBRARY_PAGE, for a page of sessions, looks at the folder, and
 * library_sessions() at the files of the rows that it is about to give: an appended line
 * can change what is said of a session, but not which sessions stand on the page, since
 * session.start fixes that. Files that had no session.start yet are looked at each time.
 * With LIBRARY_SMALL files or fewer it is LIBRARY_ALL always.
 *
 * Two processes may index at once: changes are made in short transactions, each of which
 * looks at the file and its row again. When the index is locked for longer than two
 * seconds what stands in it is used, and library_note() says so. A process that is killed
 * loses its last short transaction.
 *
 * A process that holds a log (transcript/log.h) open must not use a library: reading the
 * file here would drop the log's lock.
 */
#ifndef VIVA_TRANSCRIPT_LIBRARY_H
#define VIVA_TRANSCRIPT_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"
#include "transcript/query.h"

enum { LIBRARY_SMALL = 5000 };

struct library;

/*
 * Opens the index of a folder of transcripts, which need not be there. `cache` is the
 * folder that the index lives in, made when it is missing; NULL: in memory. Never NULL:
 * what goes wrong is made good as above, and library_note() tells of it. Paths are
 * borrowed.
 */
struct library *library_open(const char *folder, const char *cache)
    __attribute__((warn_unused_result));
void library_close(struct library *library);

/* Told of each file that was read; `total` is how many have to be, and may grow. */
typedef void library_progress(void *state, size_t done, size_t total);

enum library_depth { LIBRARY_ALL, LIBRARY_PAGE };
/* Brings the index up to date. -1 when the folder cannot be read. `progress` may be NULL.
 */
int library_update(struct library *library, enum library_depth depth,
                   library_progress *progress, void *state, struct error *e);

/* What a person has to know of the index, one line without a newline; NULL: nothing. */
const char *library_note(const struct library *library);

/* Which sessions; NULL, or 0 for times, leaves the choice open. */
struct library_filter {
    const char *scenario, *level, *candidate;
    const char
        *viewer; /* chooses none: who has to seal a score before grades are shown */
    int64_t since, until; /* milliseconds: start >= since, start < until */
    size_t limit;         /* 0: all */
};

/* A session. What is not known is "", 0 or NAN. All pointers are the arena's. */
struct library_session {
    int64_t key;      /* of the row */
    const char *name; /* of the file */
    const char *
        id; /* what to use with review: eight digits, or the file's name without .jsonl */
    const char *scenario, *level, *mode, *candidate;
    int64_t start; /* milliseconds since 1970 */
    int64_t used;  /* milliseconds */
    bool ended;
    bool early;            /* it was ended before its last phase was over */
    size_t opened, phases; /* phases opened, phases planned */
    double score;          /* summary_score(); NAN: not graded */
    const char *grader;    /* who gave it */
    bool unfinished;       /* it was given on a part of the phases */
    const char *unsealed;  /* transcript_missing_seal(); not "": there is no score here */
};

struct library_sessions {
    struct library_session *items;
    size_t count;
    size_t total; /* that the filter lets through, without its limit */
};

/* Newest first. */
int library_sessions(struct library *library, const struct library_filter *filter,
                     struct arena *arena, struct library_sessions *out, struct error *e);

/* The newest score that the built-in grader gave to a session of the scenario; false:
 * none. `unfinished`: on a part of the phases. */
bool library_last_score(struct library *library, const char *scenario, double *score,
                        bool *unfinished);

/* Appends whoever graded any session, the built-in grader first: "rubric, llm:m, person:AB". */
int library_graders(struct library *library, struct buffer *out, struct error *e);

struct library_span {
    size_t start, length; /* bytes of the text */
};

enum library_speaker {
    LIBRARY_ANSWER,   /* the candidate, not asking */
    LIBRARY_QUESTION, /* the candidate, asking */
    LIBRARY_INTERVIEWER,
    LIBRARY_NOTE,
};

/* Something that was said, and where the words stand in it. */
struct library_hit {
    size_t event; /* its number */
    int64_t at;   /* milliseconds used in its phase */
    const char *phase;
    enum library_speaker who;
    const char *text; /* as it was said: not harmless */
    size_t length;
    const struct library_span *spans;
    size_t span_count;
};

enum { LIBRARY_HITS = 3 };

/* A session in which something was found. */
struct library_found {
    struct library_session session;
    struct library_hit
        hits[LIBRARY_HITS]; /* the last ones, in the order of the session */
    size_t hit_count;
    size_t more; /* hits beside these */
};

struct library_findings {
    struct library_found *items;
    size_t count;
    bool more; /* there are more sessions than the limit */
};

/*
 * Sessions with an utterance that has all that the query asks for, newest first. What was
 * taken back or replaced later is not found.
 */
struct library_wanted {
    const struct query *query;
    const struct library_filter *filter;
    int who; /* an enum library_speaker; -1: everybody; LIBRARY_ANSWER means questions too */
};
int library_search(struct library *library, const struct library_wanted *wanted,
                   struct arena *arena, struct library_findings *out, struct error *e);

struct library_dimension {
    const char *id;
    double share, weight; /* 0..1 */
    double guess;         /* 0..4; NAN: none */
};

struct library_criterion {
    const char *id;
    const char *verdict;
    double credit; /* 0..1; NAN: not asked */
};

/* A session with one grader's newest score. */
struct library_score {
    struct library_session
        session; /* its score, grader and unfinished are this grader's */
    struct library_dimension *dimensions;
    size_t dimension_count;
    struct library_criterion *criteria;
    size_t criterion_count;
};

struct library_scores {
    struct library_score *items;
    size_t count;
};

/* Oldest first; with a limit the newest of them. */
int library_scores(struct library *library, const char *grader,
                   const struct library_filter *filter, struct arena *arena,
                   struct library_scores *out, struct error *e);

const char *library_version(void); /* of SQLite */

#endif
