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

void time_format_local(int64_t ms, char *text)
{
    time_t seconds = (time_t)((ms < 0 ? 0 : ms) / 1000);
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    localtime_r(&seconds, &tm);
    strftime(text, TIME_TEXT_SIZE, "%Y-%m-%d %H:%M", &tm);
}

/* Whether the text begins as the pattern says: "0" stands for a digit. */
static bool begins_like(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++)
        if (*pattern == '0' ? !isdigit((unsigned char)*text) : *text != *pattern)
            return false;
    return true;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + text[1] - '0';
}

/* The zone at the end: Z, or +hh:mm. Seconds east of UTC. */
static bool parse_zone(const char *text, int64_t *seconds)
{
    *seconds = 0;
    if (!strcmp(text, "Z") || !strcmp(text, "z"))
        return true;
    if ((*text != '+' && *text != '-') || !begins_like(text + 1, "00:00") || text[6])
        return false;
    int hours = two_digits(text + 1), minutes = two_digits(text + 4);
    *seconds = (int64_t)(hours * 60 + minutes) * 60 * (*text == '-' ? -1 : 1);
    return hours < 24 && minutes < 60;
}

/* Milliseconds behind the point, if there is one; false for a point without a digit. */
static bool parse_fraction(const char **text, int64_t *ms)
{
    *ms = 0;
    if (**text != '.')
        return true;
    if (!isdigit((unsigned char)(*text)[1]))
        return false;
    for (int64_t unit = 100; isdigit((unsigned char)*++*text); unit /= 10)
        *ms += (**text - '0') * unit;
    return true;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_date(int year, int month, int day)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (year < 1970 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap(year));
}

bool time_parse(const char *text, int64_t *ms)
{
    if (!begins_like(text, "0000-00-00T00:00:00"))
        return false;
    int year = two_digits(text) * 100 + two_digits(text + 2), month = two_digits(text + 5),
        day = two_digits(text + 8), hour = two_digits(text + 11), minute = two_digits(text + 14),
        second = two_digits(text + 17); /* 60 is a leap second */
    if (!is_date(year, month, day) || hour > 23 || minute > 59 || second > 60)
        return false;
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    tm.tm_mday = day;
    tm.tm_hour = hour;
    tm.tm_min = minute;
    tm.tm_sec = second;
    const char *rest = text + sizeof("0000-00-00T00:00:00") - 1;
    int64_t part, zone;
    if (!parse_fraction(&rest, &part) || !parse_zone(rest, &zone))
        return false;
    *ms = ((int64_t)timegm(&tm) - zone) * 1000 + part;
    return true;
}

/* The beginning of a day here; months and days beyond the last count on. */
static int64_t local_day(int year, int month, int day)
{
    struct tm tm;
    memset(&tm, 0, sizeof(tm));
    tm.tm_year = year - 1900;
    tm.tm_mon = month - 1;
    tm.tm_mday = day;
    tm.tm_isdst = -1;
    return (int64_t)mktime(&tm) * 1000;
}

bool time_parse_span(const char *text, int64_t *from, int64_t *to)
{
    size_t length = strlen(text);
    if (time_parse(text, from)) {
        *to = *from + 1;
        return true;
    }
    if (!begins_like(text, length == 10  ? "0000-00-00"
                           : length == 7 ? "0000-00"
                                         : "0000") ||
        (length != 10 && length != 7 && length != 4))
        return false;
    int year = two_digits(text) * 100 + two_digits(text + 2);
    int month = length >= 7 ? two_digits(text + 5) : 1;
    int day = length == 10 ? two_digits(text + 8) : 1;
    if (!is_date(year, month, day))
        return false;
    *from = local_day(year, month, day);
    *to = local_day(year + (length == 4), month + (length == 7), day + (length == 10));
    return true;
}
