/*
 * quantity_range.h - what an expression asks of a quantity: its kind, and where its value lies.
 */
#ifndef VIVA_SCORING_QUANTITY_RANGE_H
#define VIVA_SCORING_QUANTITY_RANGE_H

#include "scoring/quantity.h"

struct quantity_range {
    enum quantity_kind kind;
    double low, high; /* inclusive; -INFINITY and INFINITY without a range */
};

/* Whether `q` is of the range's kind and lies within it (values 0.5% beyond an end still fit). */
bool quantity_fits(const struct quantity_range *range, const struct quantity *q);

/*
 * Parses the range after a '#': "rate", "rate[20..200/s]", "bytes[1TB..20TB]". Returns the bytes
 * used, or 0 with *message set to what is wrong and *where to the byte it stands at.
 */
size_t quantity_range_parse(const char *text, struct quantity_range *range,
                            const char **message, size_t *where);

#endif
