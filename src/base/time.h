/*
 * time.h - the clock as a thing that is handed in, and RFC 3339 text.
 *
 * Times are milliseconds since 1970-01-01T00:00:00Z. A session never asks the system for the time:
 * it asks the `struct time_source` it was given, so a test or a replay decides what time it is.
 */
#ifndef VIVA_BASE_TIME_H
#define VIVA_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct time_source {
    int64_t (*now)(void *state); /* wall clock, for what is written down */
    int64_t (*ticks)(void *state); /* never goes back, for measuring; any origin */
    void *state;
};

/* The system's clocks. */
extern const struct time_source time_system;

enum { TIME_TEXT_SIZE = 32 };
/* "2026-11-20T10:15:00.123Z" into text[TIME_TEXT_SIZE]; milliseconds left out when 0. */
void time_format(int64_t ms, char *text);
/* "20261120T101500Z", for file names. */
void time_format_basic(int64_t ms, char *text);
/* "2026-11-20 10:15" where the computer stands ($TZ), for people. */
void time_format_local(int64_t ms, char *text);
/*
 * A day, a month or a year where the computer stands ("2026-11-20", "2026-11", "2026"), or a time as
 * time_parse() reads it: its first millisecond, and the first one after it.
 */
bool time_parse_span(const char *text, int64_t *from, int64_t *to);
/* Reads what time_format writes, and offsets such as +02:00. False when it is not a time. */
bool time_parse(const char *text, int64_t *ms);

#endif
