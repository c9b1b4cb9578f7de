#define _DEFAULT_SOURCE
#include "base/time.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t system_now(void *state)
{
    (void)state;
    return read_clock(CLOCK_REALTIME);
}

static int64_t system_ticks(void *state)
{
    (void)state;
    return read_clock(CLOCK_MONOTONIC);
}

const struct time_source time_system = { system_now, system_ticks, NULL };

static struct tm split(int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    gmtime_r(&seconds, &tm);
    return tm;
}

void time_format(int64_t ms, char *text)
{
    if (ms < 0)
        ms = 0;
    struct tm tm = split(ms);
    size_t length = strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &tm);
    int part = (int)(ms % 1000);
    if (part)
        length += (size_t)snprintf(text + length, TIME_TEXT_SIZE - length, ".%03d", part);
    snprintf(text + length, TIME_TEXT_SIZE - length, "Z");
}

void time_format_basic(int64_t ms, char *text)
{
    struct tm tm = split(ms < 0 ? 0 : ms);
    strftime(text, TIME_TEXT_SIZE, "%Y%m%dT%H%M%SZ", &tm);
}

/* The zone at the end: Z, or +hh:mm. Seconds east of UTC. */
static bool parse_zone(const char *text, int64_t *seconds)
{
    if (!strcmp(text, "Z") || !strcmp(text, "z")) {
        *seconds = 0;
        return true;
    }
    int hours, minutes, used = 0;
    if ((*text != '+' && *text != '-') ||
        sscanf(text + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 || text[1 + used])
        return false;
    *seconds = (hours * 60 + minutes) * 60 * (*text == '-' ? -1 : 1);
    return true;
}

static int64_t parse_fraction(const char **text)
{
    int64_t ms = 0, unit = 100;
    if (**text != '.')
        return 0;
    for ((*text)++; isdigit((unsigned char)**text); (*text)++, unit /= 10)
        ms += (**text - '0') * unit;
    return ms;
}

bool time_parse(const char *text, int64_t *ms)
{
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &used) != 6 ||
        tm.tm_year < 1970 || tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    const char *rest = text + used;
    int64_t part = parse_fraction(&rest), zone;
    if (!parse_zone(rest, &zone))
        return false;
    *ms = ((int64_t)timegm(&tm) - zone) * 1000 + part;
    return true;
}
