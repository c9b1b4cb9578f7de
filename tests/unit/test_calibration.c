/* Figures of a calibration on answers small enough to be worked out by hand, and how they are laid
 * out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "report/calibration.h"

/* Two scenarios: "lake" with three answers and two graders, "boat" with one answer. */
static const double raters[][2] = { { 8, 12 }, { 50, 50 }, { 88, 92 }, { 30, NAN } };
static const struct calibration_point points[][2] = {
    { { .criterion = "depth", .truth = 0, .verdict = 0, .weight = 2 },
      { .criterion = "shore",
        .truth = 1,
        .verdict = 2,
        .weight = 1,
        .certainty = 0.5,
        .quote = "It has a\n  shore.",
        .quote_length = 17 } },
    { { .criterion = "depth",
        .truth = 2,
        .verdict = 0,
        .weight = 2,
        .certainty = 0.9,
        .quote = "Nobody swims.",
        .quote_length = 13,
        .nearest = true },
      { .criterion = "shore", .truth = 1, .verdict = 1, .weight = 1 } },
    { { .criterion = "depth", .truth = 2, .verdict = 2, .weight = 2 },
      { .criterion = "shore",
        .truth = 0,
        .verdict = 1,
        .weight = 1,
        .certainty = 0.7,
        .quote = "Ashore.",
        .quote_length = 7,
        .by = { "mechanisms", 3 } } },
    { { .criterion = "sail", .truth = 2, .verdict = 2, .weight = 1 } },
};
static const struct calibration_cost costs[] = {
    { "names", 0.914 }, { "topic", 0.5 }, { "rows-uphill", NAN }, { "boat-is-dry", NAN }
};
static const struct calibration_answer answers[] = {
    { "lake-1", "lake", 10, 20, 100, raters[0], 2, points[0], 2, NULL, 0 },
    { "lake-2", "lake", 50, 50, 200, raters[1], 2, points[1], 2, NULL, 0 },
    { "lake-3", "lake", 90, 80, 300, raters[2], 2, points[2], 2, costs, 1 },
    { "boat-1", "boat", 30, 44, 150, raters[3], 2, points[3], 1, costs, 4 },
};
static const struct calibration calibration = {
    .source = "answers",
    .grader = "a hand-made grader",
    .answers = answers,
    .count = 4,
    .worst = 2,
};

static const struct {
    const char *scenario;
    enum measure measure;
    double value;
} figures[] = {
    { "lake", MEASURE_SPEARMAN, 1 },
    { "lake", MEASURE_PEARSON, 1 },
    { "lake", MEASURE_ERROR, 20.0 / 3 },
    { "lake", MEASURE_BIAS, 0 },
    { "lake", MEASURE_BANDS, 2.0 / 3 },
    { "lake", MEASURE_BANDS_NEAR, 1 },
    /* bands 1 3 5 and 1 3 6: squares 1 of 3 pairs; by chance 0+4+25 + 4+0+9 + 16+4+1 of 9 */
    { "lake", MEASURE_BANDS_KAPPA, 1 - (1.0 / 3) / (63.0 / 9) },
    /* squares 0 1 4 0 0 1 of 6; by chance 48 of 36 */
    { "lake", MEASURE_KAPPA, 1 - (6.0 / 6) / (48.0 / 36) },
    { "lake", MEASURE_ANY_PRECISION, 3.0 / 4 },
    { "lake", MEASURE_ANY_RECALL, 3.0 / 4 },
    { "lake", MEASURE_EXPLAINED_PRECISION, 1.0 / 2 },
    { "lake", MEASURE_EXPLAINED_RECALL, 1.0 / 2 },
    { "lake", MEASURE_EXPLAINED_F1, 1.0 / 2 },
    { "lake", MEASURE_RATERS_APART, 8.0 / 3 },
    { "lake", MEASURE_WORDS, 1 },
    { "lake", MEASURE_ERROR_WORDS, -1 },
    { "boat", MEASURE_SPEARMAN, NAN },
    { "boat", MEASURE_ERROR, 14 },
    { "boat", MEASURE_EXPLAINED_F1, 1 },
    { "boat", MEASURE_RATERS_PEARSON, NAN }, /* one grade is missing */
    { "boat", MEASURE_RATERS_APART, NAN },
    { NULL, MEASURE_ERROR, 34.0 / 4 },
    { NULL, MEASURE_BIAS, 14.0 / 4 },
    { NULL, MEASURE_RATERS_APART, 8.0 / 3 },
    { NULL, MEASURE_EXPLAINED_F1, 2.0 / 3 },
};

static void test_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++) {
        struct calibration_figures got;
        calibration_figures(&calibration, figures[i].scenario, &got);
        double value = got.measure[figures[i].measure], want = figures[i].value;
        if (isnan(want) ? !isnan(value) : !(fabs(value - want) < 1e-9))
            fail_msg("row %zu, %s: %.6f instead of %.6f", i, measure_names[figures[i].measure],
                     value, want);
    }
}

static void test_names(void **state)
{
    size_t count = 0;
    (void)state;
    while (measure_names[count])
        count++;
    assert_int_equal(count, MEASURE_COUNT);
}

static const char expected[] =
    "4 graded answers, 2 scenarios, held against a hand-made\n"
    "grader\n"
    "\n"
    "scores      n Spearman Pearson error  bias bands  near kappa\n"
    "lake        3    1.000   1.000   6.7  +0.0   67%  100%  0.95\n"
    "boat        1        -       -  14.0 +14.0  100%  100%     -\n"
    "together    4    1.000   0.985   8.5  +3.5   75%  100%  0.96\n"
    "mean        4    1.000   1.000  10.3  +7.0   83%  100%  0.95\n"
    "\n"
    "                       any evidence         explained\n"
    "criteria    n  kappa  prec. recall   F1   prec. recall   F1\n"
    "lake        6   0.25   0.75   0.75 0.75    0.50   0.50 0.50\n"
    "boat        1      -   1.00   1.00 1.00    1.00   1.00 1.00\n"
    "together    7   0.38   0.80   0.80 0.80    0.67   0.67 0.67\n"
    "mean        7   0.25   0.88   0.88 0.88    0.75   0.75 0.75\n"
    "\n"
    "               graders         word count\n"
    "beside      n  Pearson  apart     alone  with error\n"
    "lake        3    0.998    2.7      1.00       -1.00\n"
    "boat        1        -      -         -           -\n"
    "together    4    0.998    2.7      1.00       -0.92\n"
    "mean        4    0.998    2.7      1.00       -1.00\n"
    "\n"
    "error, bias and apart are in points; near: in the same band\n"
    "or the next one. viva-calibrate(1) has the other columns.\n"
    "\n"
    "lake       n   kappa   F1 any   F1 explained\n"
    "  depth    3    0.40     0.67           0.67\n"
    "  shore    3    0.25     0.80           0.00\n"
    "\n"
    "boat       n   kappa   F1 any   F1 explained\n"
    "  sail     1       -     1.00           1.00\n"
    "\n"
    "Criteria furthest apart\n"
    "  lake-2  depth: graders explained, here absent\n"
    "    nearest: \"Nobody swims.\"\n"
    "  lake-3  shore: graders absent, here mentioned\n"
    "    mechanisms[3]: \"Ashore.\"\n"
    "\n"
    "Totals furthest apart\n"
    "  boat-1  graders  30.0  here  44.0   +14.0\n"
    "    the guard names leaves 91%; the guard topic leaves 50%;\n"
    "    red flags rows-uphill, boat-is-dry\n"
    "  lake-1  graders  10.0  here  20.0   +10.0\n";

static void test_layout(void **state)
{
    struct screen screen = { .width = 60 };
    struct buffer out = BUFFER_INIT;
    struct calibration with_criteria = calibration;
    (void)state;
    with_criteria.criteria = true;
    calibration_write(&with_criteria, &screen, &out);
    assert_string_equal(out.data, expected);
    buffer_release(&out);
}

static void test_json(void **state)
{
    struct buffer out = BUFFER_INIT;
    (void)state;
    calibration_json(&calibration, &out);
    assert_non_null(strstr(out.data, "\"boat\":{\"answers\":1,\"points\":1,\"spearman\":null,"));
    assert_non_null(strstr(out.data, "{\"id\":\"lake-2\",\"criterion\":\"depth\",\"graders\":"
                                     "\"explained\",\"here\":\"absent\","
                                     "\"nearest\":\"Nobody swims.\"}"));
    assert_non_null(strstr(out.data, "\"quote\":\"Ashore.\",\"by\":\"mechanisms[3]\"}"));
    assert_int_equal(out.data[out.length - 1], '\n');
    assert_ptr_equal(strchr(out.data, '\n'), out.data + out.length - 1);
    buffer_release(&out);
}

static void test_nothing(void **state)
{
    struct buffer out = BUFFER_INIT;
    struct calibration none = { .source = "none", .grader = "nobody", .worst = 3 };
    (void)state;
    calibration_json(&none, &out);
    assert_non_null(strstr(out.data, "\"scenarios\":{}"));
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures), cmocka_unit_test(test_names),
        cmocka_unit_test(test_layout),  cmocka_unit_test(test_json),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
