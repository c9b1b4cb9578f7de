#include "scoring/quantity.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scoring/phrase.h"

const char *const quantity_names[] = { "count", "rate", "bytes", "duration", "percent",
                                       "number", NULL };

struct cursor {
    const char *text;
    size_t length, at;
    bool points; /* part thousands */
};

enum { WORD_MAX = 16 };

static char peek(const struct cursor *c, size_t ahead)
{
    return c->at + ahead < c->length ? c->text[c->at + ahead] : '\0';
}

static bool is_word_char(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static void skip_blanks(struct cursor *c)
{
    while (peek(c, 0) == ' ' || peek(c, 0) == '\t')
        c->at++;
}

/* The letters at the cursor, lower-cased unless `as_is`; their length, 0 when too long. */
static size_t word_at(const struct cursor *c, char *word, bool as_is)
{
    size_t n = 0;
    while (is_word_char(peek(c, n))) {
        if (n == WORD_MAX - 1)
            return 0;
        char letter = peek(c, n);
        word[n++] = as_is ? letter : (char)tolower((unsigned char)letter);
    }
    word[n] = '\0';
    return n;
}

struct named {
    const char *name;
    double value;
};

static const struct named *find(const struct named *table, const char *name)
{
    for (; table->name; table++)
        if (*table->name == *name && !strcmp(table->name, name))
            return table;
    return NULL;
}

static const struct named number_words[] = {
    { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 },
    { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 },
    { "twelve", 12 }, { "fifteen", 15 }, { "sixteen", 16 }, { "twenty", 20 }, { "thirty", 30 },
    { "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 }, { "eighty", 80 },
    { "ninety", 90 }, { "hundred", 100 }, { "thousand", 1e3 }, { "million", 1e6 },
    { "billion", 1e9 }, { "trillion", 1e12 }, { "dozen", 12 }, { "half", 0.5 }, { "few", 3 },
    { "couple", 2 }, { "a", 1 }, { "an", 1 }, { NULL, 0 },
};

bool quantity_may_start(const char *word)
{
    return find(number_words, word) != NULL;
}

/* Words that are a number only with a scale or unit behind them. */
static bool needs_unit(const char *word)
{
    return !strcmp(word, "one") || !strcmp(word, "half") || !strcmp(word, "few") ||
           !strcmp(word, "couple") || !strcmp(word, "a") || !strcmp(word, "an");
}

static const struct named scale_words[] = {
    { "hundred", 100 },  { "thousand", 1e3 }, { "thousands", 1e3 }, { "million", 1e6 },
    { "millions", 1e6 }, { "mio", 1e6 },      { "mil", 1e6 },       { "mils", 1e6 },
    { "mln", 1e6 },      { "billion", 1e9 },  { "billions", 1e9 },  { "bn", 1e9 },
    { "bln", 1e9 },      { "mld", 1e9 },      { "mlrd", 1e9 },      { "mrd", 1e9 },
    { "bil", 1e9 },      { "bils", 1e9 },     { "trillion", 1e12 }, { "trillions", 1e12 },
    { "trn", 1e12 },     { "tn", 1e12 },      { "lakh", 1e5 },      { "crore", 1e7 },
    { "k", 1e3 },        { "mm", 1e6 },       { "dozen", 12 },      { NULL, 0 },
};

static const struct named byte_words[] = {
    { "byte", 1 },
    { "bytes", 1 },
    { "kb", 1e3 },
    { "kib", 1024 },
    { "kilobyte", 1e3 },
    { "kilobytes", 1e3 },
    { "mb", 1e6 },
    { "mib", 1048576 },
    { "meg", 1e6 },
    { "megs", 1e6 },
    { "megabyte", 1e6 },
    { "megabytes", 1e6 },
    { "gb", 1e9 },
    { "gib", 1073741824 },
    { "gig", 1e9 },
    { "gigs", 1e9 },
    { "gigabyte", 1e9 },
    { "gigabytes", 1e9 },
    { "tb", 1e12 },
    { "tib", 1099511627776.0 },
    { "tera", 1e12 },
    { "terabyte", 1e12 },
    { "terabytes", 1e12 },
    { "pb", 1e15 },
    { "pib", 1125899906842624.0 },
    { "petabyte", 1e15 },
    { "petabytes", 1e15 },
    { "kbps", 125 },
    { "mbps", 125e3 },
    { "gbps", 125e6 },
    { "mbit", 125e3 },
    { "gbit", 125e6 },
    { "gigabit", 125e6 },
    { "gigabits", 125e6 },
    { "megabit", 125e3 },
    { "megabits", 125e3 },
    { "kbit", 125 },
    { "tbit", 125e9 },
    { "tbps", 125e9 },
    { NULL, 0 },
};

static const struct named time_words[] = {
    { "ns", 1e-9 }, { "nanosecond", 1e-9 }, { "nanoseconds", 1e-9 }, { "us", 1e-6 },
    { "\xc2\xb5s", 1e-6 }, { "\xce\xbcs", 1e-6 }, { "microsecond", 1e-6 },
    { "microseconds", 1e-6 }, { "ms", 1e-3 }, { "msec", 1e-3 }, { "msecs", 1e-3 },
    { "millis", 1e-3 }, { "millisecond", 1e-3 }, { "milliseconds", 1e-3 }, { "s", 1 },
    { "sec", 1 }, { "secs", 1 }, { "second", 1 }, { "seconds", 1 }, { "min", 60 },
    { "mins", 60 }, { "minute", 60 }, { "minutes", 60 }, { "h", 3600 }, { "hr", 3600 },
    { "hrs", 3600 }, { "hour", 3600 }, { "hours", 3600 }, { "d", 86400 }, { "day", 86400 },
    { "days", 86400 }, { "week", 604800 }, { "weeks", 604800 }, { "month", 2592000 },
    { "months", 2592000 }, { "mo", 2592000 }, { "y", 31536000 }, { "yr", 31536000 },
    { "yrs", 31536000 }, { "year", 31536000 }, { "years", 31536000 }, { "decade", 315360000 },
    { NULL, 0 },
};

/* "50 US customers", "EU 50 / US 30": a country, and no microsecond. */
static const struct named *find_time(const struct cursor *c, const char *word)
{
    if (!strcmp(word, "us") && peek(c, 0) == 'U')
        return NULL;
    return find(time_words, word);
}

static const struct named rate_words[] = {
    { "qps", 1 },        { "rps", 1 },        { "tps", 1 }, { "wps", 1 }, { "ops", 1 },
    { "iops", 1 },       { "mps", 1 },        { "cps", 1 }, { "hz", 1 },  { "khz", 1e3 },
    { "rpm", 1 / 60.0 }, { "qpm", 1 / 60.0 }, { NULL, 0 },
};

/* --- the bare number --- */

static bool digits_follow(const struct cursor *c, size_t ahead, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isdigit((unsigned char)peek(c, ahead + i)))
            return false;
    return true;
}

/* "200.000 readings": thousands with a point, where a fraction would say nothing. */
static bool is_point_of_thousands(const struct cursor *c)
{
    return peek(c, 0) == '.' && peek(c, 1) == '0' && peek(c, 2) == '0' &&
           peek(c, 3) == '0' && !isdigit((unsigned char)peek(c, 4)) && peek(c, 4) != '%';
}

/* Skips a run of digits and points; *groups of three, all of them up to 255 in *small; 0 groups when others stand in it. */
static void skip_points(struct cursor *c, size_t *groups, bool *small)
{
    size_t first = c->at;
    *groups = 0;
    *small = true;
    while (isdigit((unsigned char)peek(c, 0)))
        c->at++;
    bool grouped = c->at - first <= 3;
    while (peek(c, 0) == '.' && isdigit((unsigned char)peek(c, 1))) {
        size_t digits = 0, value = 0;
        *small = *small && peek(c, 1) != '0'; /* "5.250.000.000" is no address */
        for (c->at++; isdigit((unsigned char)peek(c, 0)); c->at++, digits++)
            value = 10 * value + (size_t)(peek(c, 0) - '0');
        grouped = grouped && digits == 3;
        *small = *small && value <= 255;
        *groups += 1;
    }
    *groups = grouped ? *groups : 0;
}

bool quantity_has_points(const char *text, size_t length)
{
    struct cursor c = { text, length, 0, true };
    while (c.at < length) {
        size_t groups;
        bool small, version = c.at > 0 && is_word_char(text[c.at - 1]);
        if (!isdigit((unsigned char)text[c.at])) {
            c.at++;
            continue;
        }
        skip_points(&c, &groups, &small);
        if (groups >= 2 && !version && !(groups == 3 && small))
            return true;
    }
    return false;
}

static bool is_group_separator(const struct cursor *c)
{
    char here = peek(c, 0);
    bool sign = here == '_' || here == '\'' || here == (c->points ? '.' : ',');
    return (sign && digits_follow(c, 1, 3) && !isdigit((unsigned char)peek(c, 4)) &&
            !(c->points && peek(c, 4) == '%')) ||
           is_point_of_thousands(c);
}

static bool is_group(const struct cursor *c, size_t ahead)
{
    return peek(c, ahead) == ' ' && digits_follow(c, ahead + 1, 3) &&
           !isdigit((unsigned char)peek(c, ahead + 4));
}

/* "= 259 200", "259 200 / 50": the number from `start` whose next group stands at the cursor is part of a sum. */
static bool is_group_of_sum(const struct cursor *c, size_t start)
{
    while (start > 0 && (c->text[start - 1] == ' ' || c->text[start - 1] == '~'))
        start--;
    if (start > 0 && strchr("=>", c->text[start - 1])) /* an arrow's head, too */
        return true;
    if (start > 2 && c->text[start - 3] == '\xe2')
        return !memcmp(c->text + start - 2, "\x89\x88", 2) ||
               !memcmp(c->text + start - 2, "\x86\x92", 2);
    struct cursor behind = { c->text, c->length, c->at + 4, false };
    skip_blanks(&behind);
    return strchr("=/*x", peek(&behind, 0)) && peek(&behind, 0) &&
           peek(&behind, 1) == ' ';
}

/*
 * "2 500", "100 000", "1 250 000": a blank between groups of three. "404 410" are two codes: behind three digits
 * a group begins with 0, or another one follows, or the number is part of a sum.
 */
static bool is_blank_group(const struct cursor *c, size_t start)
{
    size_t first = 0;
    while (start + first < c->at && isdigit((unsigned char)c->text[start + first]))
        first++;
    bool grouped = start + first < c->at;
    if (first > 3 || c->text[start] == '0' || !is_group(c, 0) ||
        (grouped && c->text[start + first] != ' '))
        return false;
    return first < 3 || grouped || peek(c, 1) == '0' || is_group(c, 4) ||
           is_group_of_sum(c, start);
}

/* ".05": the point stands before the digits, and nothing before that. */
static bool begins_with_point(const struct cursor *c)
{
    return c->at > 0 && c->text[c->at - 1] == '.' &&
           (c->at == 1 ||
            (!isalnum((unsigned char)c->text[c->at - 2]) && c->text[c->at - 2] != '.'));
}

/* "4,3M a day", "99,95%": a decimal comma, where a scale or a unit is attached; in "1,2,3M" it parts a list. */
static bool is_decimal_comma(const struct cursor *c, size_t start)
{
    size_t digits = 0;
    while (isdigit((unsigned char)peek(c, 1 + digits)))
        digits++;
    char behind = peek(c, 1 + digits);
    return peek(c, 0) == ',' && (digits == 1 || digits == 2 || (c->points && digits)) &&
           (isalpha((unsigned char)behind) || behind == '%' ||
            (c->points && behind != ',')) &&
           (start == 0 || c->text[start - 1] != ',');
}

static double read_fraction(struct cursor *c)
{
    double value = 0;
    for (double unit = 0.1; isdigit((unsigned char)peek(c, 0)); unit /= 10, c->at++)
        value += (peek(c, 0) - '0') * unit;
    return value;
}

static double read_digits(struct cursor *c)
{
    double value = 0;
    if (begins_with_point(c))
        return read_fraction(c);
    size_t start = c->at;
    for (;; c->at++) {
        if (isdigit((unsigned char)peek(c, 0)))
            value = value * 10 + (peek(c, 0) - '0');
        else if (value == 0 || (!is_group_separator(c) && !is_blank_group(c, start)))
            break;
    }
    if ((peek(c, 0) == '.' && isdigit((unsigned char)peek(c, 1))) ||
        is_decimal_comma(c, start)) {
        c->at++;
        value += read_fraction(c);
    }
    return value;
}

static double read_plain_integer(struct cursor *c)
{
    double value = 0;
    for (; isdigit((unsigned char)peek(c, 0)); c->at++)
        value = value * 10 + (peek(c, 0) - '0');
    return value;
}

/* 1e6, 10^6, 62 ^ 7, 2**30 */
static double read_power(struct cursor *c, double base)
{
    if ((peek(c, 0) == 'e' || peek(c, 0) == 'E') && digits_follow(c, 1, 1)) {
        c->at++;
        return base * pow(10, read_plain_integer(c));
    }
    struct cursor next = *c;
    skip_blanks(&next);
    size_t sign = peek(&next, 0) == '^' ? 1 : peek(&next, 0) == '*' && peek(&next, 1) == '*' ? 2 : 0;
    next.at += sign;
    skip_blanks(&next);
    if (!sign || !digits_follow(&next, 0, 1))
        return base;
    *c = next;
    return pow(base, read_plain_integer(c));
}

/* "forty-eight", "twenty five": the ones behind the tens. */
static double read_ones(struct cursor *c)
{
    struct cursor next = *c;
    if (peek(&next, 0) == '-')
        next.at++;
    else
        skip_blanks(&next);
    char word[WORD_MAX];
    size_t n = next.at > c->at ? word_at(&next, word, false) : 0;
    const struct named *named = n ? find(number_words, word) : NULL;
    if (!named || named >= number_words + 9) /* which begin with one to nine */
        return 0;
    c->at = next.at + n;
    return named->value;
}

/* "a few", "half a million", "a couple of": *unit_needed when it is no number by itself. */
static bool read_number_word(struct cursor *c, double *value, bool *unit_needed)
{
    char word[WORD_MAX];
    size_t n = word_at(c, word, false);
    const struct named *number = n ? find(number_words, word) : NULL;
    if (!number)
        return false;
    *value = number->value;
    *unit_needed = needs_unit(word);
    c->at += n;
    if (*value >= 20 && *value <= 90)
        *value += read_ones(c);
    struct cursor next = *c;
    skip_blanks(&next);
    n = word_at(&next, word, false);
    if (*unit_needed && n && (!strcmp(word, "few") || !strcmp(word, "couple") ||
                              !strcmp(word, "a") || !strcmp(word, "an"))) {
        const struct named *more = find(number_words, word);
        *value *= more->value;
        c->at = next.at + n;
        next = *c;
        skip_blanks(&next);
        n = word_at(&next, word, false);
    }
    if (*unit_needed && n && !strcmp(word, "of"))
        c->at = next.at + n;
    return true;
}

/* --- scale and unit --- */

/* "/ 86,400", "x 300 B": what is divided or multiplied are things, and no minutes. */
static bool is_in_sum(const struct cursor *c)
{
    struct cursor next = *c;
    skip_blanks(&next);
    char sign = peek(&next, 0);
    bool cross = sign == '\xc3' && peek(&next, 1) == '\x97';
    if (!cross && sign != '/' && sign != '*' && sign != 'x')
        return false;
    next.at += cross ? 2 : 1;
    skip_blanks(&next);
    next.at += peek(&next, 0) == '~';
    return digits_follow(&next, 0, 1);
}

/* Letters that mean a thousand or more when they touch the number: 5K, 100M, 6B, 3T. */
static double letter_scale(const struct cursor *c, double value)
{
    char word[WORD_MAX];
    size_t n = word_at(c, word, true);
    if (n != 1)
        return 0;
    char after = peek(c, 1);
    switch (word[0]) {
    case 'k':
    case 'K':
        return 1e3;
    case 'M':
        return 1e6;
    case 'T':
    case 't':
        return 1e12;
    case 'B':
    case 'b':
        return value < 100 ? 1e9 : 0;
    case 'm': {
        struct cursor next = *c;
        next.at++;
        bool in_sum = is_in_sum(&next);
        skip_blanks(&next);
        char noun[WORD_MAX];
        size_t length = word_at(&next, noun, false);
        bool things = after == '/' || in_sum || !strcmp(noun, "per") ||
                      !strcmp(noun, "a") || (length > 3 && noun[length - 1] == 's');
        return things || value >= 100 ? 1e6 : 0;
    }
    default:
        return 0;
    }
}

/* "20 M seats", "5 k rps"; "6 B" are bytes, and "5 m" are minutes. */
static bool read_parted_letter(struct cursor *c, double *value)
{
    struct cursor next = *c;
    skip_blanks(&next);
    char letter = peek(&next, 0);
    if (next.at == c->at || (letter != 'M' && letter != 'k' && letter != 'K') ||
        is_word_char(peek(&next, 1)) || peek(&next, 1) == '-')
        return false;
    *value *= letter == 'M' ? 1e6 : 1e3;
    c->at = next.at + 1;
    return true;
}

static bool read_scale(struct cursor *c, double *value)
{
    if (read_parted_letter(c, value))
        return true;
    double scale = letter_scale(c, *value);
    if (scale > 0) {
        *value *= scale;
        c->at++;
        return true;
    }
    struct cursor next = *c;
    skip_blanks(&next);
    if (peek(&next, 0) == '-')
        next.at++;
    char word[WORD_MAX];
    size_t n = word_at(&next, word, false);
    const struct named *named = n > 1 ? find(scale_words, word) : NULL;
    if (!named)
        return false;
    *value *= named->value;
    c->at = next.at + n;
    read_scale(c, value); /* "a hundred million" */
    return true;
}

/* "per second", "a month", "/s", "each day", "over a year": the seconds it is per; 0 when it is none. */
static double read_per(struct cursor *c)
{
    struct cursor next = *c;
    skip_blanks(&next);
    char word[WORD_MAX];
    if (peek(&next, 0) == '/') {
        next.at++;
        skip_blanks(&next);
    } else {
        size_t n = word_at(&next, word, false);
        if (!n || !phrase_in_list("per a an each every in over", word))
            return 0;
        bool in = !strcmp(word, "in") || !strcmp(word, "over");
        next.at += n;
        skip_blanks(&next);
        if (in &&
            (word_at(&next, word, false) == 0 || !phrase_in_list("a one the", word)))
            return 0;
        if (in) {
            next.at += strlen(word);
            skip_blanks(&next);
        }
    }
    size_t n = word_at(&next, word, false);
    const struct named *unit = n ? find_time(&next, word) : NULL;
    if (!unit)
        return 0;
    c->at = next.at + n;
    return unit->value;
}

static double read_adverb(struct cursor *c)
{
    static const struct named adverbs[] = { { "daily", 86400 }, { "hourly", 3600 },
                                            { "weekly", 604800 }, { "monthly", 2592000 },
                                            { "yearly", 31536000 }, { NULL, 0 } };
    struct cursor next = *c;
    skip_blanks(&next);
    char word[WORD_MAX];
    size_t n = word_at(&next, word, false);
    const struct named *named = n ? find(adverbs, word) : NULL;
    if (!named)
        return 0;
    c->at = next.at + n;
    return named->value;
}

/* The rest of a noun with hyphens: "-mails" of "e-mails". */
static void skip_joined(struct cursor *c)
{
    char word[WORD_MAX];
    while (peek(c, 0) == '-' && isalpha((unsigned char)peek(c, 1))) {
        c->at++;
        c->at += word_at(c, word, false);
    }
}

/* "per second" at once, or behind at most three words that name what is counted. */
static double read_rate_after_nouns(struct cursor *c)
{
    struct cursor next = *c;
    char word[WORD_MAX];
    for (int nouns = 0; nouns <= 3; nouns++) {
        double seconds = read_per(&next);
        if (seconds == 0 && nouns > 0)
            seconds = read_adverb(&next);
        if (seconds > 0) {
            *c = next;
            return seconds;
        }
        skip_blanks(&next);
        size_t n = word_at(&next, word, false);
        if (!n || find(number_words, word) || !strcmp(word, "and"))
            return 0;
        next.at += n;
        skip_joined(&next);
        if (peek(&next, 0) == '/')
            continue;
        if (peek(&next, 0) != ' ' && peek(&next, 0) != '\t')
            return 0;
    }
    return 0;
}

double quantity_span_at(const char *text, size_t length, size_t at, size_t *end)
{
    struct cursor c = { text, length, at, false };
    double seconds = read_adverb(&c);
    seconds = seconds > 0 ? seconds : read_per(&c);
    *end = c.at;
    return seconds;
}

double quantity_span(const char *text, size_t length, size_t at, size_t *end)
{
    double seconds = quantity_span_at(text, length, at, end);
    if (seconds > 0)
        return seconds;
    struct cursor c = { text, length, at, false };
    seconds = read_rate_after_nouns(&c);
    *end = c.at;
    return seconds;
}

static bool read_percent(struct cursor *c, struct quantity *q)
{
    struct cursor next = *c;
    skip_blanks(&next);
    char word[WORD_MAX];
    size_t n = word_at(&next, word, false);
    if (peek(&next, 0) == '%') {
        c->at = next.at + 1;
    } else if (n && (!strcmp(word, "percent") || !strcmp(word, "pct"))) {
        c->at = next.at + n;
    } else if (n && !strcmp(word, "nines") && q->value >= 1 && q->value <= 9) {
        c->at = next.at + n;
        q->value = 100 * (1 - pow(10, -q->value));
    } else {
        return false;
    }
    q->kind = QUANTITY_PERCENT;
    return true;
}

static bool read_unit(struct cursor *c, struct quantity *q)
{
    if (read_percent(c, q))
        return true;
    struct cursor next = *c;
    skip_blanks(&next);
    if (peek(&next, 0) == '-' && is_word_char(peek(&next, 1)))
        next.at++;
    char word[WORD_MAX], cased[WORD_MAX];
    size_t n = word_at(&next, word, false);
    word_at(&next, cased, true);
    if (!n)
        return false;
    const struct named *unit;
    if ((unit = find(byte_words, word)) || (!strcmp(cased, "B") && q->value >= 1)) {
        q->kind = QUANTITY_BYTES;
        q->value *= unit ? unit->value : 1;
    } else if ((unit = find(rate_words, word))) {
        c->at = next.at + n;
        q->kind = QUANTITY_RATE;
        q->value *= unit->value;
        double seconds = strstr(word, "ops") ? read_per(c) : 0; /* "ops/s", "ops per minute" */
        q->value /= seconds > 0 ? seconds : 1;
        return true;
    } else if ((unit = find_time(&next, word)) ||
               (!strcmp(cased, "m") && next.at == c->at)) {
        q->kind = QUANTITY_DURATION;
        q->value *= unit ? unit->value : 60;
    } else {
        return false;
    }
    c->at = next.at + n;
    return true;
}

/* "2G/day", "2 G messages a day": what is counted a day are billions; elsewhere 2G may be bytes. */
static double read_rate_in_billions(struct cursor *c)
{
    struct cursor next = *c;
    skip_blanks(&next);
    if (peek(&next, 0) != 'G' || is_word_char(peek(&next, 1)))
        return 0;
    next.at++;
    double seconds = read_rate_after_nouns(&next);
    if (seconds > 0)
        *c = next;
    return seconds;
}

/* A quantity at the cursor; *digits is its bare number. */
static bool read_one(struct cursor *c, struct quantity *q, double *digits)
{
    bool unit_needed = false;
    *q = (struct quantity){ .kind = QUANTITY_COUNT, .start = c->at };
    if (isdigit((unsigned char)peek(c, 0)))
        q->start -= begins_with_point(c);
    if (isdigit((unsigned char)peek(c, 0)))
        q->value = read_power(c, read_digits(c));
    else if (!read_number_word(c, &q->value, &unit_needed))
        return false;
    *digits = q->value;
    if (peek(c, 0) == '+')
        c->at++;
    bool scaled = read_scale(c, &q->value);
    double seconds = read_rate_in_billions(c);
    if (seconds > 0)
        q->value *= 1e9;
    q->number = q->value;
    bool has_unit = seconds == 0 && read_unit(c, q);
    if (seconds > 0 || (!has_unit && (seconds = read_rate_after_nouns(c)) > 0)) {
        q->kind = QUANTITY_RATE;
        q->value /= seconds;
        has_unit = true;
    }
    q->end = c->at;
    return !unit_needed || scaled || has_unit;
}

/* The cursor behind "-", an en dash, or "to", when a digit follows. */
static bool skip_to(struct cursor *c)
{
    struct cursor next = *c;
    if (peek(&next, 0) == '-') {
        next.at++;
    } else if (peek(&next, 0) == '\xe2' && peek(&next, 1) == '\x80' && peek(&next, 2) == '\x93') {
        next.at += 3;
    } else {
        skip_blanks(&next);
        char word[WORD_MAX];
        if (word_at(&next, word, false) != 2 || strcmp(word, "to") != 0)
            return false;
        next.at += 2;
        skip_blanks(&next);
    }
    *c = next;
    return isdigit((unsigned char)peek(c, 0));
}

/* "80-100k ops/s": the first number has the scale and the unit of the second. */
static void take_unit_of_range(struct cursor *c, struct quantity *q)
{
    struct cursor next = *c;
    struct quantity other;
    double digits;
    if (!skip_to(&next) || !read_one(&next, &other, &digits) || digits <= 0 || q->value <= 0)
        return;
    bool same_scale = q->value < digits;
    if (!same_scale && q->value >= other.number)
        return;
    if (other.kind == QUANTITY_PERCENT && other.value != other.number)
        return; /* nines do not scale */
    double scale = same_scale ? other.number / digits : 1;
    q->kind = other.kind;
    q->number *= scale;
    q->value = q->number * (other.value / other.number);
}

bool quantity_read(const char *text, size_t length, bool points, size_t at,
                   struct quantity *out)
{
    struct cursor c = { text, length, at, points };
    struct quantity q;
    double digits;
    if (!read_one(&c, &q, &digits))
        return false;
    if (q.kind == QUANTITY_COUNT && q.number == digits)
        take_unit_of_range(&c, &q);
    *out = q;
    return true;
}
