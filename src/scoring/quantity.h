/*
 * quantity.h - numbers with their units, as engineers write them, compared by value.
 *
 * "40 writes/s", "~40 wps", "2,400 a minute", "3TB", "3.5 trillion", "99.99%", "a few ms", "62^7",
 * "forty", "half a million". Values are in the base unit of their kind.
 */
#ifndef VIVA_SCORING_QUANTITY_H
#define VIVA_SCORING_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

enum quantity_kind {
    QUANTITY_COUNT,    /* a bare number, or one of things that are no unit */
    QUANTITY_RATE,     /* per second */
    QUANTITY_BYTES,    /* decimal prefixes are powers of 1000, KiB and its kin of 1024 */
    QUANTITY_DURATION, /* seconds */
    QUANTITY_PERCENT,
    QUANTITY_NUMBER,   /* in expressions only: any of the above */
};
enum { QUANTITY_KINDS = QUANTITY_NUMBER };

extern const char *const quantity_names[]; /* "count", "rate", ..., NULL-terminated */

struct quantity {
    enum quantity_kind kind;
    double value;
    double number;     /* as written, scaled but without its unit: 350e6 of "350M a day" */
    size_t start, end; /* bytes in the text: number and unit */
};

/* Whether thousands are parted by points in it, as "5.000.000" shows: then "14.400" is no fraction
 * either, and a comma parts no thousands. Addresses and versions ("10.1.100.200", "v2.100.300") are none. */
bool quantity_has_points(const char *text, size_t length);
/*
 * Reads a quantity that begins at byte `at`: a digit, or the first letter of a number word. False
 * when there is none. `points`: quantity_has_points() of the whole text.
 */
bool quantity_read(const char *text, size_t length, bool points, size_t at,
                   struct quantity *out);
/*
 * The seconds of the span that something is per, which stands at byte `at`: " a day", "/s", " daily". *end: the byte
 * behind it. 0 when there is none. The second: also behind up to three words, " of logs per month".
 */
double quantity_span_at(const char *text, size_t length, size_t at, size_t *end);
double quantity_span(const char *text, size_t length, size_t at, size_t *end);
/* Whether one may begin with this word, which is no number: "half", "a", "few". In lower case. */
bool quantity_may_start(const char *word);

#endif
