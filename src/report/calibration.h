/*
 * calibration.h - how well a grader agrees with graded answers: figures, tables, and the places
 * where the two are furthest apart.
 *
 * All pointers are borrowed. Grades and scores are 0..100, verdicts 0 absent, 1 mentioned, 2
 * explained.
 */
#ifndef VIVA_REPORT_CALIBRATION_H
#define VIVA_REPORT_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "scoring/agreement.h"
#include "scoring/rubric.h"
#include "terminal/screen.h"

/* One criterion of one answer, as both sides see it. */
struct calibration_point {
    const char *criterion;
    int truth, verdict;
    double weight, certainty;
    const char *quote; /* ours, or the sentence nearest to the criterion; NULL: none */
    size_t quote_length;
    bool nearest; /* the quote is no evidence of ours, only the nearest there is */
    struct expression_place by; /* what found the quote, where an expression did */
};

/* What took points beside gaps: a guard, with what it left of them, or a red flag, with NAN. */
struct calibration_cost {
    const char *id;
    double factor;
};

struct calibration_answer {
    const char *id, *scenario;
    double truth, score;
    size_t words;
    const double *raters; /* single grades, NAN where one is missing; the n-th is always the same
                             grader */
    size_t rater_count;
    const struct calibration_point *points;
    size_t point_count;
    const struct calibration_cost *costs;
    size_t cost_count;
};

struct calibration {
    const char *source, *grader;
    const struct calibration_answer *answers;
    size_t count;
    size_t worst;  /* how many of the worst criteria and totals are shown */
    bool criteria; /* a row a criterion */
};

/* Figures of one scenario, or of all. NAN: cannot be said. */
enum measure {
    MEASURE_SPEARMAN, /* score and grade */
    MEASURE_PEARSON,
    MEASURE_ERROR,         /* mean of |score - grade| */
    MEASURE_BIAS,          /* mean of score - grade */
    MEASURE_BANDS,         /* share in the same of the seven bands of the scale */
    MEASURE_BANDS_NEAR,    /* ... or in the next one */
    MEASURE_BANDS_KAPPA,   /* quadratic weights */
    MEASURE_KAPPA,         /* verdicts on criteria, quadratic weights */
    MEASURE_ANY_PRECISION, /* finding any evidence (mentioned or explained) */
    MEASURE_ANY_RECALL,
    MEASURE_ANY_F1,
    MEASURE_EXPLAINED_PRECISION,
    MEASURE_EXPLAINED_RECALL,
    MEASURE_EXPLAINED_F1,
    MEASURE_RATERS_PEARSON, /* graders with each other, mean over the pairs of them */
    MEASURE_RATERS_APART,   /* mean difference of two graders */
    MEASURE_WORDS, /* Spearman of the grade with the word count alone (the same for its logarithm)
                    */
    MEASURE_ERROR_WORDS, /* Pearson of score - grade with the word count */
    MEASURE_COUNT,
};
extern const char *const measure_names[]; /* "spearman", ..., NULL; the keys of the JSON */

struct calibration_figures {
    size_t answers, points;
    double measure[MEASURE_COUNT];
};

/* Of the answers to one scenario; NULL: all answers together. */
void calibration_figures(const struct calibration *c, const char *scenario,
                         struct calibration_figures *out);

/* Appends the report, laid out for the screen's width. */
void calibration_write(const struct calibration *c, const struct screen *screen,
                       struct buffer *out);

/* Appends it as one line of JSON: {"source","grader","scenarios":{id: figures},"together","mean",
 * "criteria":[...],"worst":{"criteria":[...],"totals":[...]}}, the totals with the guards and red flags that took points; what cannot be said is null. */
void calibration_json(const struct calibration *c, struct buffer *out);

#endif
