/*
 * guard.h - what an answer looks like as a whole: list, filler, template, shuffled words, another
 * subject. Each reading is a share from 0 to 1; the ramps of the weights say what it takes away.
 */
#ifndef VIVA_SCORING_GUARD_H
#define VIVA_SCORING_GUARD_H

#include <stdint.h>

#include "scoring/matcher.h"
#include "scoring/stance.h"
#include "scoring/weights.h"

struct guard_reading {
    double share[GUARD_COUNT];
    uint32_t words; /* how many the readings rest on */
};

struct guard_topic; /* the prompt's own words, made ready */
struct guard_topic *guard_topic_new(struct dictionary *d, const char *prompt)
    __attribute__((warn_unused_result));
void guard_topic_free(struct guard_topic *topic);

/* What the readings are made from; `products` is the query of matcher_add_products(), `topic` may
 * be NULL. */
struct guard_view {
    const struct text *text;
    struct matcher *matcher;
    const struct dictionary *dictionary;
    const struct guard_topic *topic;
    size_t products;
};
void guard_read(struct guard_reading *out, const struct guard_view *v);

/* What a guard leaves of the credit: 1 when it does not act. */
double guard_factor(const struct weights *w, enum guard guard, const struct guard_reading *r);

/* Said on the card when it acts. */
extern const char *const guard_words[GUARD_COUNT];

#endif
