/* Each measure against worked examples that were published with their results. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "scoring/agreement.h"

static void expect(const char *what, double got, double want, double tolerance)
{
    if (isnan(want) ? isnan(got) : fabs(got - want) <= tolerance)
        return;
    fail_msg("%s: %.6f instead of %.6f", what, got, want);
}

/* --- numbers --- */

enum { PAIRS_MAX = 20 };

/* Peak flow of 17 people by two meters, l/min: Bland and Altman, Lancet 1986, table 1. */
static const double meter_large[] = { 494, 395, 516, 434, 476, 557, 413, 442, 650,
                                      433, 417, 656, 267, 478, 178, 423, 427 };
static const double meter_small[] = { 512, 430, 520, 428, 500, 600, 364, 380, 658,
                                      445, 432, 626, 260, 477, 259, 350, 451 };

static const struct {
    const char *what;
    size_t n;
    double x[PAIRS_MAX], y[PAIRS_MAX];
    double pearson, spearman, tolerance;
} correlations[] = {
    /* Anscombe, The American Statistician 1973, data set 1: r = .816 */
    { "Anscombe 1",
      11,
      { 10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5 },
      { 8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68 },
      0.816,
      0.818,
      5e-4 },
    /* the same, data set 4: one point makes the correlation; the ties are 10 of 11 */
    { "Anscombe 4",
      11,
      { 8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8 },
      { 6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.50, 5.56, 7.91, 6.89 },
      0.817,
      0.5,
      5e-4 },
    /* tuna lightness and quality, Hollander and Wolfe 1973, page 187; R's cor.test: .571 and .6 */
    { "tuna",
      9,
      { 44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1 },
      { 2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8 },
      0.5712,
      0.6,
      5e-5 },
    /* the example of scipy.stats.spearmanr: .8208 with one tie */
    { "tie", 5, { 1, 2, 3, 4, 5 }, { 5, 6, 7, 8, 7 }, 0.8321, 0.8208, 5e-5 },
    { "falling", 3, { 1, 2, 3 }, { 9, 4, 1 }, -0.9897, -1, 5e-5 },
    { "no variance", 3, { 1, 2, 3 }, { 5, 5, 5 }, NAN, NAN, 0 },
    { "one pair", 1, { 1 }, { 5 }, NAN, NAN, 0 },
    { "none", 0, { 0 }, { 0 }, NAN, NAN, 0 },
};

static void test_correlations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(correlations) / sizeof(*correlations); i++) {
        const double *x = correlations[i].x, *y = correlations[i].y;
        size_t n = correlations[i].n;
        double tolerance = correlations[i].tolerance;
        expect(correlations[i].what, agreement_pearson(x, y, n), correlations[i].pearson,
               tolerance);
        expect(correlations[i].what, agreement_spearman(x, y, n), correlations[i].spearman,
               tolerance);
        expect(correlations[i].what, agreement_spearman(y, x, n), correlations[i].spearman,
               tolerance);
    }
}

static void test_differences(void **state)
{
    (void)state;
    /* published: mean difference -2.1, r = .94 */
    expect("bias", agreement_bias(meter_large, meter_small, 17), -2.1, 0.05);
    expect("bias turned round", agreement_bias(meter_small, meter_large, 17), 2.1, 0.05);
    expect("r", agreement_pearson(meter_large, meter_small, 17), 0.94, 0.005);
    /* 492 l/min of absolute differences over 17 people */
    expect("error", agreement_error(meter_large, meter_small, 17), 492.0 / 17, 1e-9);
    expect("none", agreement_error(NULL, NULL, 0), NAN, 0);
    expect("none", agreement_bias(NULL, NULL, 0), NAN, 0);
}

/* --- classes --- */

static const struct {
    const char *what;
    struct agreement_table table;
    double kappa, exact, within_one, tolerance;
} tables[] = {
    /* husbands and wives, Agresti, Categorical Data Analysis 1990, page 368; R's
     * vcd::Kappa(SexualFun, weights = "Fleiss-Cohen") gives .3320 */
    { "couples",
      { 4, { { 7, 7, 2, 3 }, { 2, 8, 3, 7 }, { 1, 5, 4, 9 }, { 2, 8, 9, 14 } } },
      0.3320,
      33.0 / 91,
      68.0 / 91,
      5e-5 },
    /* anxiety, raters 1 and 2, of R's irr: kappa2(anxiety[, 1:2], "squared") gives .297 */
    { "anxiety",
      { 6,
        { { 1, 0, 1, 0, 0, 0 },
          { 0, 4, 2, 0, 0, 0 },
          { 0, 0, 1, 3, 0, 1 },
          { 0, 0, 1, 0, 0, 1 },
          { 0, 1, 2, 1, 0, 0 },
          { 0, 0, 1, 0, 0, 0 } } },
      0.297,
      6.0 / 20,
      13.0 / 20,
      5e-4 },
    { "perfect", { 3, { { 4, 0, 0 }, { 0, 2, 0 }, { 0, 0, 1 } } }, 1, 1, 1, 1e-9 },
    { "opposite", { 2, { { 0, 3 }, { 3, 0 } } }, -1, 0, 1, 1e-9 },
    { "as by chance", { 2, { { 4, 2 }, { 2, 1 } } }, 0, 5.0 / 9, 1, 1e-9 },
    { "one class", { 3, { { 5 } } }, NAN, 1, 1, 1e-9 },
    { "empty", { 3, { { 0 } } }, NAN, NAN, NAN, 0 },
};

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        const struct agreement_table *t = &tables[i].table;
        expect(tables[i].what, agreement_kappa(t), tables[i].kappa, tables[i].tolerance);
        expect(tables[i].what, agreement_within(t, 0), tables[i].exact, 1e-9);
        expect(tables[i].what, agreement_within(t, 1), tables[i].within_one, 1e-9);
    }
}

static void test_counting(void **state)
{
    (void)state;
    struct agreement_table t = { .classes = 3 };
    agreement_count(&t, 0, 2);
    agreement_count(&t, 1, 1);
    agreement_count(&t, 7, -4); /* clamped to the ends */
    assert_int_equal(t.counts[0][2], 1);
    assert_int_equal(t.counts[1][1], 1);
    assert_int_equal(t.counts[2][0], 1);
    assert_int_equal(agreement_total(&t), 3);
}

/* counts[ours][theirs] */
static const struct {
    const char *what;
    struct agreement_table table;
    size_t positive;
    double precision, recall, f1;
} findings[] = {
    /* Manning, Raghavan and Schuetze, Introduction to Information Retrieval 2008, exercise 8.1: 8
     * relevant and 10 other documents returned, 20 relevant in all */
    { "exercise 8.1", { 2, { { 100, 12 }, { 10, 8 } } }, 1, 8.0 / 18, 8.0 / 20, 16.0 / 38 },
    /* three classes, by hand */
    { "any of three",
      { 3, { { 5, 1, 0 }, { 2, 3, 1 }, { 0, 2, 6 } } },
      1,
      12.0 / 14,
      12.0 / 13,
      24.0 / 27 },
    { "top of three",
      { 3, { { 5, 1, 0 }, { 2, 3, 1 }, { 0, 2, 6 } } },
      2,
      6.0 / 8,
      6.0 / 7,
      12.0 / 15 },
    { "nothing there", { 2, { { 4, 0 }, { 1, 0 } } }, 1, 0, NAN, 0 },
    { "nothing found", { 2, { { 4, 2 }, { 0, 0 } } }, 1, NAN, 0, 0 },
    { "empty", { 2, { { 0 } } }, 1, NAN, NAN, NAN },
};

static void test_findings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(findings) / sizeof(*findings); i++) {
        struct agreement_finding f = agreement_finding(&findings[i].table, findings[i].positive);
        expect(findings[i].what, f.precision, findings[i].precision, 1e-9);
        expect(findings[i].what, f.recall, findings[i].recall, 1e-9);
        expect(findings[i].what, f.f1, findings[i].f1, 1e-9);
    }
}

/* --- many raters --- */

/* Four observers, twelve units, gaps: Krippendorff 2011, section C; ordinal alpha = .815 */
static const int krippendorff[12][4] = {
    { 0, 0, -1, 0 }, { 1, 1, 2, 1 },  { 2, 2, 2, 2 },   { 2, 2, 2, 2 },
    { 1, 1, 1, 1 },  { 0, 1, 2, 3 },  { 3, 3, 3, 3 },   { 0, 0, 1, 0 },
    { 1, 1, 1, 1 },  { -1, 4, 4, 4 }, { -1, -1, 0, 0 }, { -1, 2, -1, -1 },
};
static const int unanimous[3][2] = { { 0, 0 }, { 1, 1 }, { 2, 2 } };
static const int one_class[2][2] = { { 1, 1 }, { 1, 1 } };
static const int alone[2][2] = { { 1, -1 }, { -1, 0 } };

static void test_alpha(void **state)
{
    (void)state;
    expect("Krippendorff", agreement_alpha(&krippendorff[0][0], 12, 4, 5), 0.815, 5e-4);
    expect("unanimous", agreement_alpha(&unanimous[0][0], 3, 2, 3), 1, 1e-9);
    expect("one class", agreement_alpha(&one_class[0][0], 2, 2, 3), NAN, 0);
    expect("no pairs", agreement_alpha(&alone[0][0], 2, 2, 3), NAN, 0);
    expect("none", agreement_alpha(NULL, 0, 2, 3), NAN, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_correlations), cmocka_unit_test(test_differences),
        cmocka_unit_test(test_tables),       cmocka_unit_test(test_counting),
        cmocka_unit_test(test_findings),     cmocka_unit_test(test_alpha),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
