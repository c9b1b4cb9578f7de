/*
 * log.h - writing a transcript: one event a line, on the disk before log_append() returns.
 *
 * A line is written whole or not at all: what a failed write left is cut off again. A line that
 * could not be written is kept in memory, in order, and written by the next append or log_flush();
 * the caller is told at once, and told how many lines wait. Nothing is ever rewritten.
 *
 * Opening a file whose last line is torn (no newline at its end) writes a newline first. The torn
 * bytes stay where they are, as a line that readers skip, or as a good line if only the newline was
 * missing: so nothing is lost, not even what cannot be read.
 *
 * The file is locked as long as the log is open. It is a POSIX record lock, because that one names
 * its holder: it is dropped when *any* descriptor of the file is closed by this process, so whoever
 * holds a log reads the file through log_read() and in no other way.
 */
#ifndef VIVA_TRANSCRIPT_LOG_H
#define VIVA_TRANSCRIPT_LOG_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"
#include "transcript/event.h"
#include "transcript/reader.h"

struct log;

/*
 * Makes `<UTC time>-<scenario>-<first 8 of id>.jsonl` (mode 0600) in the folder, which is made when
 * it is missing, and locks it. NULL and an error when that fails.
 */
struct log *log_create(const char *folder, const char *scenario, const char *id, int64_t time,
                       struct error *e) __attribute__((warn_unused_result));

/* Opens and locks an existing one; an error names the process that has it. */
struct log *log_open(const char *path, struct error *e) __attribute__((warn_unused_result));

/* Reads what is in it. Numbers of further events go on from there. */
int log_read(struct log *log, struct transcript *out, struct error *e)
    __attribute__((warn_unused_result));

/*
 * Gives the event its number and writes its line. -1 when it is not safely on the disk: the line
 * waits in memory, the event has its number all the same.
 */
int log_append(struct log *log, struct event *event, struct error *e);

/* Appends one event to a transcript that this process does not have open: locks it meanwhile. */
int log_append_to(const char *path, struct event *event, struct error *e);

/* Writes what waits. */
int log_flush(struct log *log, struct error *e);

/* Lines that wait. */
size_t log_waiting(const struct log *log);
/* What waits, as it would stand in the file; borrowed. */
const char *log_waiting_text(const struct log *log);

const char *log_path(const struct log *log);

/* Lets go of file and lock; lines that still wait are gone, so flush first. */
void log_close(struct log *log);

/* The process that writes to this transcript, or 0. Not for a file that this process has open. */
pid_t log_holder(const char *path);

#endif
