/*
 * operator.h - what joins two numbers of a sum: a sign, or the word that is said for it, and the words
 * between that name what is counted ("50M users * 40 messages / 86400", "5 servers times about 200 rps").
 */
#ifndef VIVA_SCORING_OPERATOR_H
#define VIVA_SCORING_OPERATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "scoring/quantity.h"

struct operator_found {
    char sign;         /* one of * / + - =; 0: something else stands there */
    int closes, opens; /* brackets before and behind the sign */
    bool said;         /* the sign is a word, or an arrow */
    bool spoken;       /* it is, or words stand before it */
};

/* What stands between two numbers of the text; "each" behind the second one counts, too. */
struct operator_found operator_between(const char *text, size_t length,
                                       const struct quantity *before,
                                       const struct quantity *next);

/* How many brackets open directly before byte `start` of the text. */
int operator_opens_before(const char *text, size_t start);

/* Whether what stands before byte `start` of the text belongs to the sum that goes on there: "40 x ", "half of ". A
 * star that begins a line is no sign. */
bool operator_before(const char *text, size_t start);

#endif
