/*
 * verdict.h - from the hits of a criterion's evidence to features, from features to a verdict.
 *
 * The verdict comes from one latent value: the weighted sum of the features, moved by the mean over
 * the answer's criteria (an answer that explains much is likelier to explain this too). Two cuts on
 * it part absent, mentioned and explained (ordinal logistic regression, McCullagh 1980).
 */
#ifndef VIVA_SCORING_VERDICT_H
#define VIVA_SCORING_VERDICT_H

#include "scoring/matcher.h"
#include "scoring/rubric.h"
#include "scoring/stance.h"
#include "scoring/weights.h"

/* Adds a list of expressions; returns how many, *first is the query of the first. */
size_t evidence_add(struct matcher *m, const struct evidence *e, struct reach reach,
                    size_t *first);

/* A rubric's criteria, their expressions added to a matcher. */
struct verdict_queries;
struct verdict_queries *verdict_queries_new(struct matcher *m, const struct rubric *rubric,
                                            const char *prompt)
    __attribute__((warn_unused_result));
void verdict_queries_free(struct verdict_queries *q);
/* Whether a word of the prompt has this stem. */
bool verdict_in_prompt(const struct verdict_queries *q, uint32_t stem);

/* What was found for one criterion. */
struct finding {
    double features[FEATURE_COUNT];
    double latent;          /* weighted sum of the features */
    uint32_t best_first, best_last; /* words of the best evidence, where any or wrong, */
    struct expression_place by;     /* and what found it */
    uint32_t
        strongest; /* a word of the strongest evidence, though it may tell more of another criterion */
    bool any;               /* there is evidence at all */
    bool wrong; /* some stands in the sentence of a red flag, where it is none */
};

/* Whether a part counts for a finding of a criterion. */
typedef bool part_counts(const void *state, uint32_t part, uint32_t criterion);

struct finding_request {
    const struct text *text;
    const struct stances *stances;
    const char *const *phases; /* per part, NULL entries count as every phase */
    part_counts *counts;       /* NULL: all parts do */
    const void *state;
    bool names_only; /* the text is no prose: what looks like a mechanism is a name */
    double drop;   /* share of the hits to overlook, for fitting weights that suit strangers */
    uint64_t seed; /* which ones */
};

/* Fills one finding per criterion; matcher_read() must have been called for the text. */
void verdict_find(struct verdict_queries *q, const struct finding_request *request,
                  const struct weights *weights, struct finding *out);

/* Whether a sentence gave evidence for anything when verdict_find() was last called for all parts. */
bool verdict_sentence_counts(const struct verdict_queries *q, size_t sentence);

/*
 * The verdict and its credit (0..1). `shift` is what the answer as a whole adds to each latent
 * value: its mean, and the doubt that several red flags throw on all of it.
 */
enum verdict verdict_decide(const struct weights *w, const struct finding *f, double shift,
                            double *credit, double *certainty);

#endif
