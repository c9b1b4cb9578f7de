/*
 * guard.h - what an answer looks like as a whole: list, filler, template, shuffled words,
 * phrases strung together, advertising, empty reasons, a plan, the prompt, another subject. Each reading is a share from 0 to 1, but order, a mean
 * of logarithms; the ramps of the weights say what it takes away.
 */
#ifndef VIVA_SCORING_GUARD_H
#define VIVA_SCORING_GUARD_H

#include <stdint.h>

#include "scoring/matcher.h"
#include "scoring/stance.h"
#include "scoring/verdict.h"
#include "scoring/weights.h"

struct guard_reading {
    double share[GUARD_COUNT];
    double
        topic_lift; /* 0..1: how far what was explained shows that the subject is this one */
    double topic_allowed; /* taken off the reading of the topic: see weights.h */
    uint32_t words; /* how many the readings rest on */
};

/* What the readings are made from. */
struct guard_view {
    const struct weights *weights;
    const struct text *text;
    struct matcher *matcher;
    const struct stances *stances;
    size_t products, advertising; /* queries of matcher_add_marked() */
    size_t topic, topic_count; /* the queries of the rubric's topic; none: no reading of it */
    bool dialogue;             /* see struct answer */
    const struct verdict_queries *queries; /* know the prompt */
};
void guard_read(struct guard_reading *out, const struct guard_view *v);

/* What a guard leaves of the credit: 1 when it does not act. */
double guard_factor(const struct weights *w, enum guard guard, const struct guard_reading *r);

/* Said on the card when it acts. */
extern const char *const guard_words[GUARD_COUNT];

#endif
