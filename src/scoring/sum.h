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

enum { SUM_DEPTH = 5 /* brackets in brackets, and one level outside */ };

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

#endif
