#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/calibration_internal.h"
#include "scoring/score.h"

const char *const measure_names[] = {
    "spearman",
    "pearson",
    "mean_error",
    "bias",
    "bands_exact",
    "bands_within_one",
    "bands_kappa",
    "criteria_kappa",
    "any_precision",
    "any_recall",
    "any_f1",
    "explained_precision",
    "explained_recall",
    "explained_f1",
    "raters_pearson",
    "raters_apart",
    "words_spearman",
    "error_words_pearson",
    NULL,
};

static bool belongs(const struct calibration_answer *a, const char *scenario)
{
    return !scenario || !strcmp(a->scenario, scenario);
}

/* --- totals --- */

struct columns {
    double *truth, *score, *words, *error;
    size_t count;
};

static struct columns take_columns(const struct calibration *c, const char *scenario,
                                   struct arena *arena)
{
    struct columns x = {
        .truth = arena_array(arena, double, c->count),
        .score = arena_array(arena, double, c->count),
        .words = arena_array(arena, double, c->count),
        .error = arena_array(arena, double, c->count),
    };
    for (size_t i = 0; i < c->count; i++) {
        const struct calibration_answer *a = &c->answers[i];
        if (!belongs(a, scenario))
            continue;
        x.truth[x.count] = a->truth;
        x.score[x.count] = a->score;
        x.words[x.count] = (double)a->words;
        x.error[x.count] = a->score - a->truth;
        x.count++;
    }
    return x;
}

static void measure_totals(const struct columns *x, double *measure)
{
    struct agreement_table bands = { .classes = 7 };
    for (size_t i = 0; i < x->count; i++)
        agreement_count(&bands, score_band_index(x->score[i]), score_band_index(x->truth[i]));
    measure[MEASURE_SPEARMAN] = agreement_spearman(x->score, x->truth, x->count);
    measure[MEASURE_PEARSON] = agreement_pearson(x->score, x->truth, x->count);
    measure[MEASURE_ERROR] = agreement_error(x->score, x->truth, x->count);
    measure[MEASURE_BIAS] = agreement_bias(x->score, x->truth, x->count);
    measure[MEASURE_BANDS] = agreement_within(&bands, 0);
    measure[MEASURE_BANDS_NEAR] = agreement_within(&bands, 1);
    measure[MEASURE_BANDS_KAPPA] = agreement_kappa(&bands);
    measure[MEASURE_WORDS] = agreement_spearman(x->words, x->truth, x->count);
    measure[MEASURE_ERROR_WORDS] = agreement_pearson(x->error, x->words, x->count);
}

/* --- criteria --- */

static void measure_criteria(const struct agreement_table *t, double *measure)
{
    struct agreement_finding any = agreement_finding(t, 1), explained = agreement_finding(t, 2);
    measure[MEASURE_KAPPA] = agreement_kappa(t);
    measure[MEASURE_ANY_PRECISION] = any.precision;
    measure[MEASURE_ANY_RECALL] = any.recall;
    measure[MEASURE_ANY_F1] = any.f1;
    measure[MEASURE_EXPLAINED_PRECISION] = explained.precision;
    measure[MEASURE_EXPLAINED_RECALL] = explained.recall;
    measure[MEASURE_EXPLAINED_F1] = explained.f1;
}

static struct agreement_table count_verdicts(const struct calibration *c, const char *scenario)
{
    struct agreement_table t = { .classes = 3 };
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; belongs(&c->answers[i], scenario) && k < c->answers[i].point_count; k++)
            agreement_count(&t, c->answers[i].points[k].verdict, c->answers[i].points[k].truth);
    return t;
}

/* --- the graders with each other --- */

static size_t most_raters(const struct calibration *c, const char *scenario)
{
    size_t most = 0;
    for (size_t i = 0; i < c->count; i++)
        if (belongs(&c->answers[i], scenario) && c->answers[i].rater_count > most)
            most = c->answers[i].rater_count;
    return most;
}

/* The grades of two graders where both gave one, into a[] and b[]. */
static size_t pair_grades(const struct calibration *c, const char *scenario, size_t first,
                          size_t second, double *a, double *b)
{
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct calibration_answer *x = &c->answers[i];
        if (!belongs(x, scenario) || second >= x->rater_count || isnan(x->raters[first]) ||
            isnan(x->raters[second]))
            continue;
        a[count] = x->raters[first];
        b[count++] = x->raters[second];
    }
    return count;
}

struct average {
    double sum, count;
};

static void average_add(struct average *a, double value)
{
    if (isnan(value))
        return;
    a->sum += value;
    a->count++;
}

static double average_of(const struct average *a)
{
    return a->count > 0 ? a->sum / a->count : NAN;
}

static void measure_raters(const struct calibration *c, const char *scenario, struct arena *arena,
                           double *measure)
{
    struct average pearson = { 0 }, apart = { 0 };
    size_t raters = most_raters(c, scenario);
    double *a = arena_array(arena, double, c->count), *b = arena_array(arena, double, c->count);
    for (size_t first = 0; first < raters; first++)
        for (size_t second = first + 1; second < raters; second++) {
            size_t count = pair_grades(c, scenario, first, second, a, b);
            average_add(&pearson, agreement_pearson(a, b, count));
            average_add(&apart, agreement_error(a, b, count));
        }
    measure[MEASURE_RATERS_PEARSON] = average_of(&pearson);
    measure[MEASURE_RATERS_APART] = average_of(&apart);
}

void calibration_figures(const struct calibration *c, const char *scenario,
                         struct calibration_figures *out)
{
    struct arena arena = ARENA_INIT;
    struct columns columns = take_columns(c, scenario, &arena);
    struct agreement_table verdicts = count_verdicts(c, scenario);
    out->answers = columns.count;
    out->points = agreement_total(&verdicts);
    measure_totals(&columns, out->measure);
    measure_criteria(&verdicts, out->measure);
    measure_raters(c, scenario, &arena, out->measure);
    arena_release(&arena);
}

/* --- the sheet --- */

static void add_scenarios(const struct calibration *c, struct arena *arena,
                          struct calibration_sheet *out)
{
    out->scenarios = arena_array(arena, struct calibration_row, c->count);
    for (size_t i = 0; i < c->count; i++) {
        bool known = false;
        for (size_t k = 0; k < out->scenario_count && !known; k++)
            known = !strcmp(out->scenarios[k].name, c->answers[i].scenario);
        if (!known)
            out->scenarios[out->scenario_count++].name = c->answers[i].scenario;
    }
    for (size_t i = 0; i < out->scenario_count; i++)
        calibration_figures(c, out->scenarios[i].name, &out->scenarios[i].figures);
}

static void add_mean(struct calibration_sheet *out)
{
    for (int m = 0; m < MEASURE_COUNT; m++) {
        struct average mean = { 0 };
        for (size_t i = 0; i < out->scenario_count; i++)
            average_add(&mean, out->scenarios[i].figures.measure[m]);
        out->mean.measure[m] = average_of(&mean);
    }
    out->mean.answers = out->all.answers;
    out->mean.points = out->all.points;
}

static struct criterion_row *criterion_row(struct calibration_sheet *out, const char *scenario,
                                           const char *criterion)
{
    for (size_t i = 0; i < out->criterion_count; i++)
        if (!strcmp(out->criteria[i].scenario, scenario) &&
            !strcmp(out->criteria[i].criterion, criterion))
            return &out->criteria[i];
    struct criterion_row *fresh = &out->criteria[out->criterion_count++];
    *fresh = (struct criterion_row) { scenario, criterion, { .classes = 3 } };
    return fresh;
}

static void add_criteria(const struct calibration *c, struct arena *arena,
                         struct calibration_sheet *out)
{
    out->criteria = arena_array(arena, struct criterion_row, out->all.points);
    for (size_t s = 0; s < out->scenario_count; s++)
        for (size_t i = 0; i < c->count; i++) {
            const struct calibration_answer *a = &c->answers[i];
            for (size_t k = 0; belongs(a, out->scenarios[s].name) && k < a->point_count; k++)
                agreement_count(
                    &criterion_row(out, out->scenarios[s].name, a->points[k].criterion)->verdicts,
                    a->points[k].verdict, a->points[k].truth);
        }
}

/* Furthest apart first; then what weighs more; then what we were surer of. */
static int compare_points(const void *a, const void *b)
{
    const struct worst_point *wa = a, *wb = b;
    const struct calibration_point *x = wa->point, *y = wb->point;
    int apart_x = abs(x->verdict - x->truth), apart_y = abs(y->verdict - y->truth);
    if (apart_x != apart_y)
        return apart_y - apart_x;
    if (x->weight > y->weight || x->weight < y->weight)
        return x->weight < y->weight ? 1 : -1;
    if (x->certainty > y->certainty || x->certainty < y->certainty)
        return x->certainty < y->certainty ? 1 : -1;
    return (wa->order > wb->order) - (wa->order < wb->order);
}

static int compare_totals(const void *a, const void *b)
{
    const struct calibration_answer *x = *(const struct calibration_answer *const *)a;
    const struct calibration_answer *y = *(const struct calibration_answer *const *)b;
    double apart_x = fabs(x->score - x->truth), apart_y = fabs(y->score - y->truth);
    if (apart_x > apart_y || apart_x < apart_y)
        return apart_x < apart_y ? 1 : -1;
    return (x > y) - (x < y);
}

static void add_worst(const struct calibration *c, struct arena *arena,
                      struct calibration_sheet *out)
{
    out->points = arena_array(arena, struct worst_point, out->all.points);
    out->totals = arena_array(arena, const struct calibration_answer *, c->count);
    for (size_t i = 0; i < c->count; i++) {
        const struct calibration_answer *a = &c->answers[i];
        out->totals[out->total_count++] = a;
        for (size_t k = 0; k < a->point_count; k++)
            if (a->points[k].verdict != a->points[k].truth) {
                out->points[out->point_count] =
                    (struct worst_point) { a, &a->points[k], out->point_count };
                out->point_count++;
            }
    }
    if (out->point_count)
        qsort(out->points, out->point_count, sizeof(*out->points), compare_points);
    if (out->total_count)
        qsort(out->totals, out->total_count, sizeof(*out->totals), compare_totals);
    out->point_count = out->point_count > c->worst ? c->worst : out->point_count;
    out->total_count = out->total_count > c->worst ? c->worst : out->total_count;
}

void calibration_sheet_make(const struct calibration *c, struct arena *arena,
                            struct calibration_sheet *out)
{
    memset(out, 0, sizeof(*out));
    add_scenarios(c, arena, out);
    calibration_figures(c, NULL, &out->all);
    add_mean(out);
    add_criteria(c, arena, out);
    add_worst(c, arena, out);
}
