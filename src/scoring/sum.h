/*
 * sum.h - a chain of numbers and signs, worked out as it is read: products before sums, brackets, in the readings
 * that a number with a unit allows, and with the unit that the result would have.
 */
#ifndef VIVA_SCORING_SUM_H
#define VIVA_SCORING_SUM_H

#include <stdbool.h>

#include "scoring/operator.h"
#include "scoring/quantity.h"

/* What a number is taken for: "2M a day" are 2 million or 23 a second, "3 TB" are 3 or as many bytes. */
enum sum_reading { SUM_AS_WRITTEN, SUM_IN_BYTES, SUM_IN_BASE_UNITS, SUM_READINGS };

enum {
    SUM_DEPTH = 5,   /* brackets in brackets, and one level outside */
    SUM_FACTORS = 8, /* numbers without a unit, or of a span */
};

/* A sum so far, the product that is being built, and the sign before the bracket that it stands in. */
struct sum_level {
    double value, product;
    char sign;
};

struct sum {
    struct sum_level levels[SUM_READINGS][SUM_DEPTH];
    int depth,
        leading; /* brackets that are open; of them, those before the first number */
    enum quantity_kind kind; /* of the numbers, QUANTITY_COUNT: none has a unit */
    unsigned kinds;          /* that take part, a bit each */
    int power;               /* of the kind */
    bool clear;              /* one kind at most */
    bool added;              /* numbers are added or taken off, or a unit divides */
    int rates, spans;        /* how many take part */
    double span;             /* that its rate is per, in seconds; 0: none */
    double factors[SUM_FACTORS]; /* that a rate in it is multiplied by */
    int factor_count;
    bool too_many;           /* factors */
    bool unclear;            /* with brackets that do not match, or too many */
    bool spoken;             /* words stand in it */
};

double sum_number(const struct quantity *q, enum sum_reading reading);

/* Begins with a number, behind `opens` brackets. */
void sum_begin(struct sum *sum, const struct quantity *first, int opens);
void sum_add(struct sum *sum, const struct operator_found *found,
             const struct quantity *q);
/* An end: brackets are closed by it, those alone may stay open that stand before the first number. */
void sum_end(struct sum *sum, const struct operator_found *equals);
/* NAN when something was divided by nothing. */
double sum_total(const struct sum *sum, enum sum_reading reading);

/* Whether the kind of a result follows from the units, so that none of them can explain a difference:
 * "500 bytes * 100M = 50 GB", "10k rps / 500 rps = 20". */
bool sum_has_kind(const struct sum *sum, enum quantity_kind result);

/* Whether the sum has one rate, per another span than the result, which is per `span` seconds, and no number in it makes
 * the change from one to the other: "50,000 a day / 24 = 2,083 a second", "2,000 a second * 50 KB = 100 MB a day". A
 * factor of four is left to busy hours and the like. */
bool sum_mixes_spans(const struct sum *sum, enum quantity_kind result, double span);
/* Whether it is so many a second times how long each takes: what there is at a time follows from the units. */
bool sum_is_rate_times_span(const struct sum *sum);
/* Whether one of its factors is that number, or divides by it. */
bool sum_has_factor(const struct sum *sum, double number);
/* A sum of bare numbers whose first is a rate per so many seconds; nothing may be added to it any more. */
struct sum sum_of_rate(const struct sum *sum, double span);
/* Whether all that a rate is multiplied by are spans, or small numbers: "/ 30 / 24 * 3". */
bool sum_is_of_spans(const struct sum *sum);
/* What a sum that mixes spans comes to per `span` seconds, without the numbers that were to make the change. */
double sum_in_span(const struct sum *sum, double span);

#endif
