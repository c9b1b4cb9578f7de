#include "session/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void session_clock_start(struct session_clock *clock, struct time_source source)
{
    clock->source = source;
    clock->wall = source.now(source.state);
    clock->ticks = source.ticks(source.state);
}

int64_t session_clock_now(const struct session_clock *clock)
{
    return clock->wall + clock->source.ticks(clock->source.state) - clock->ticks;
}

static int64_t fake_now(void *state)
{
    return ((struct fake_clock *)state)->now;
}

int fake_clock_start(struct fake_clock *clock, struct error *e)
{
    const char *start = getenv("VIVA_CLOCK");
    if (!start || !*start)
        return 0;
    if (!time_parse(start, &clock->now))
        return error_set(e, ERROR_USAGE, "VIVA_CLOCK is no time such as 2026-11-20T10:15:00Z: '%s'",
                         start);
    return 1;
}

struct time_source fake_clock_source(struct fake_clock *clock)
{
    return (struct time_source) { fake_now, fake_now, clock };
}

bool fake_clock_line(struct fake_clock *clock, const char *line)
{
    if (strncmp(line, "@+", 2) != 0 || line[2] < '0' || line[2] > '9')
        return false;
    char *end;
    long seconds = strtol(line + 2, &end, 10);
    if (*end || seconds > 86400)
        return false;
    clock->now += (int64_t)seconds * 1000;
    return true;
}

void clock_text(int64_t ms, char *text)
{
    long seconds = ms > 0 ? (long)(ms / 1000) : 0;
    snprintf(text, CLOCK_TEXT_SIZE, "%ld:%02ld", seconds / 60, seconds % 60);
}
