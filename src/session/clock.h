/*
 * clock.h - what time it is in a session.
 *
 * The wall clock is read once, when the session is opened; from there on the ticks count, so
 * setting the system's clock in mid-session moves no phase. Times are milliseconds since 1970.
 *
 * A fake clock stands still until it is told to move: with VIVA_CLOCK set and input from a file, a
 * line `@+75` in the input lets 75 seconds pass (see tests/README.md).
 */
#ifndef VIVA_SESSION_CLOCK_H
#define VIVA_SESSION_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/time.h"

struct session_clock {
    struct time_source source;
    int64_t wall, ticks; /* when it was started */
};

void session_clock_start(struct session_clock *clock, struct time_source source);
int64_t session_clock_now(const struct session_clock *clock);

struct fake_clock {
    int64_t now;
};
/* Starts it at $VIVA_CLOCK: 1; 0 when that is not set; -1 and an error when it is no time. */
int fake_clock_start(struct fake_clock *clock, struct error *e);
struct time_source fake_clock_source(struct fake_clock *clock);
/* Moves the clock if the line is `@+seconds` and nothing else; false: it is another line. */
bool fake_clock_line(struct fake_clock *clock, const char *line);

enum { CLOCK_TEXT_SIZE = 24 };
/* "0:41", "12:05", "72:00"; whole seconds, cut off. */
void clock_text(int64_t ms, char *text);

#endif
