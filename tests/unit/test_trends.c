/* Trends: what they are made of, and sparklines. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/trends.h"
#include "table.h"

#define N NAN

static const struct {
    int row;
    double values[8];
    size_t count;
    double top;
    int columns;
    const char *want;
} sparks[] = {
    ROW({ 0 }, 0, 4, 10, ""),
    ROW({ 0, 4 }, 2, 4, 10, "▁█"),
    ROW({ 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5 }, 8, 4, 10, "▁▂▃▄▅▆▇█"),
    ROW({ -1, 9 }, 2, 4, 10, "▁█"),
    ROW({ N, 2, N }, 3, 4, 10, "▅"),
    ROW({ N, N }, 2, 4, 10, ""),
    ROW({ 0, 0, 100, 100 }, 4, 100, 2, "▁█"),
    ROW({ 0, 100, 0, 100 }, 4, 100, 2, "▅▅"),
    ROW({ 0, 100, N, 100 }, 4, 100, 1, "▆"),
    ROW({ 0, 50, 100 }, 3, 100, 2, "▁▇"),
};

static void test_sparks(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(sparks); i++) {
        struct buffer out = BUFFER_INIT;
        trend_sparkline(sparks[i].values, sparks[i].count, sparks[i].top, sparks[i].columns, &out);
        if (strcmp(out.data, sparks[i].want) != 0)
            row_fails(__FILE__, sparks[i].row, "'%s'", out.data);
        buffer_release(&out);
    }
    table_ends();
}

/* Sessions of one dimension and two criteria. */
enum { SESSIONS = 4 };
static struct library_dimension dimensions[SESSIONS][2];
static struct library_criterion criteria[SESSIONS][3];
static struct library_score items[SESSIONS];

static struct library_scores make(void)
{
    static const double shares[SESSIONS] = { 0.25, 0.5, 0.75, 1 }, scores[] = { 20, 40, 60, 90 };
    static const double weak[SESSIONS] = { 0.5, 0, 0, N };
    for (size_t i = 0; i < SESSIONS; i++) {
        dimensions[i][0] = (struct library_dimension) { "depth", shares[i], 2, i < 2 ? 3 : N };
        dimensions[i][1] = (struct library_dimension) { "api-and-data", N, 0, 2 };
        criteria[i][0] = (struct library_criterion) { "strong", "explained", 0.95 };
        criteria[i][1] = (struct library_criterion) { "weak", weak[i] > 0 ? "mentioned" : "absent",
                                                      weak[i] };
        criteria[i][2] = (struct library_criterion) { "never", "not-asked", 0 };
        items[i] = (struct library_score) {
            .session = { .id = "x", .scenario = "tea", .grader = "rubric", .score = scores[i],
                         .unfinished = i == 2 },
            .dimensions = dimensions[i], .dimension_count = 2,
            .criteria = criteria[i], .criterion_count = 3,
        };
    }
    return (struct library_scores) { items, SESSIONS };
}

static const char *title(void *state, const char *scenario, const char *criterion)
{
    assert_string_equal(scenario, "tea");
    return strcmp(criterion, "weak") ? NULL : state;
}

static void test_made(void **state)
{
    char point[] = "A weak point";
    (void)state;
    struct library_scores scores = make();
    struct arena arena = ARENA_INIT;
    struct trends t;
    trends_make(&scores, true, title, point, &arena, &t);
    assert_int_equal(t.count, 4);
    assert_int_equal(t.left_out, 0);
    assert_int_equal(t.scenarios, 1);
    assert_int_equal(t.score.count, 4);
    assert_true(t.score.first == 20 && t.score.last == 90 && t.score.best == 90);
    assert_int_equal(t.dimension_count, 1); /* of the other nothing was measured */
    assert_string_equal(t.dimensions[0].title, "depth");
    assert_true(t.dimensions[0].values[1] == 2 && t.dimensions[0].best == 4);
    assert_int_equal(t.dimensions[0].guesses, 2);
    assert_true(t.dimensions[0].guessed_over == 1.5); /* 3 - 1 and 3 - 2 */
    assert_int_equal(t.criterion_count, 1); /* the strong one is not weak, one was never asked */
    assert_string_equal(t.criteria[0].title, "A weak point");
    assert_int_equal(t.criteria[0].count, 3);
    assert_int_equal(t.criteria[0].absent, 2);
    assert_true(fabs(t.criteria[0].last - 0.5 / 3) < 1e-9);
    arena_release(&arena);
}

static void test_unfinished_are_left_out(void **state)
{
    (void)state;
    struct library_scores scores = make();
    struct arena arena = ARENA_INIT;
    struct trends t;
    trends_make(&scores, false, NULL, NULL, &arena, &t);
    assert_int_equal(t.count, 3);
    assert_int_equal(t.left_out, 1);
    assert_true(t.score.values[2] == 90);
    assert_string_equal(t.criteria[0].title, "weak");
    scores.count = 0;
    trends_make(&scores, false, NULL, NULL, &arena, &t);
    assert_int_equal(t.count + t.dimension_count + t.criterion_count, 0);
    assert_true(isnan(t.score.best));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sparks),
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_unfinished_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
