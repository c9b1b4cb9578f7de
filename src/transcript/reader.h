/*
 * reader.h - a whole transcript in memory, and finding transcripts in their folder.
 *
 * Reading forgives: a line that is no event is skipped with a diagnostic, and the rest counts. A
 * last line without a newline that does not parse is the sign of a crash: `torn` says so, and it is
 * no mistake. A "format" in session.start that is newer than this program is a diagnostic too, and
 * what is known of the transcript counts. Events are numbered by their own `n` where it goes on rising, else by one more than
 * the event before, so lines removed or copied by hand do no harm.
 */
#ifndef VIVA_TRANSCRIPT_READER_H
#define VIVA_TRANSCRIPT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "transcript/event.h"

enum { TRANSCRIPT_LINE_MAX = 1 << 20, TRANSCRIPT_FILE_MAX = 64 << 20 };

struct transcript {
    char *source; /* path, or another name for messages */
    struct event *events;
    size_t count;
    struct error_list problems; /* a skipped line each */
    bool torn;
    bool newer; /* of a format that this program does not know: it must not write to it */
};

/* Reads a file. -1 only when it cannot be read at all. Release with transcript_release(). */
int transcript_read(struct transcript *t, const char *path, struct error *e)
    __attribute__((warn_unused_result));
/* The same from an open file, which stays open. */
int transcript_read_descriptor(struct transcript *t, int descriptor, const char *path,
                               struct error *e) __attribute__((warn_unused_result));
/* The same from bytes. */
void transcript_parse(struct transcript *t, const char *source, const char *text, size_t length);
void transcript_release(struct transcript *t);

/* The first event if it is a session.start, or NULL. */
const struct event *transcript_start(const struct transcript *t);
/* The id of the scenario that it says it is of, or NULL. */
const char *transcript_scenario(const struct transcript *t);
/* Whether a session.end is its last word. */
bool transcript_ended(const struct transcript *t);

/* Who has still to seal a score before a grade of this interview may be shown to `viewer` (NULL or
 * "": it may be anybody): the interviewer, else the viewer, or when that may be anybody, who has
 * begun to judge, for an own score; NULL: nobody, or it is no interview that names its interviewer. */
const char *transcript_missing_seal(const struct transcript *t, const char *viewer);
/* All whose score may still become a sealed one, the interviewer first; `out` has room for PENDING_MOST. */
enum { PENDING_MOST = OPENERS_MOST + 1 };
size_t transcript_pending(const struct transcript *t, const char **out);
/* Whether it is an interview whose interviewer has given no score. */
bool transcript_unsealed(const struct transcript *t);

/*
 * The path of a transcript named by the first characters of its id (eight are in the file's name),
 * by its file's name or its path; NULL stands for the newest. The caller frees; NULL and an error
 * when there is none, or more than one.
 */
char *transcript_find(const char *folder, const char *id, struct error *e)
    __attribute__((warn_unused_result));

/* The eight characters of the id in a file name, or NULL when it is not named so. */
const char *transcript_id_in_name(const char *name);

#endif
