/* Figures that a model may repeat, and those that it made up. */
#include "judge/figure.h"
#include "table.h"

static const char known[] =
    "600 cups an hour; 99.99% within 50 ms, 1,000 ids, 3x. In 2026: 40 or 400.";

static const struct {
    int row;
    const char *word;
    bool want;
} cases[] = {
    ROW("", false),
    ROW("cups", false),
    ROW("600", false),
    ROW("600,", false),
    ROW("(600).", false),
    ROW("50ms", false),
    ROW("99.99%", false),
    ROW("1,000", false),
    ROW("3x", false),
    ROW("2026?", false),
    ROW("40", false),
    ROW("400", false),
    ROW("40-50", false),
    ROW("40/400", false),
    /* parts of figures, and figures beyond them */
    ROW("60", true),
    ROW("6000", true),
    ROW("99", true),
    ROW("9.99", true),
    ROW("1", true),
    ROW("000", true),
    ROW("1000", true),
    ROW("600.5", true),
    ROW("40-51", true),
    ROW("x9000x", true),
};

static void test_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++)
        if (figure_is_new(known, cases[i].word) != cases[i].want)
            row_fails(__FILE__, cases[i].row, "'%s' is %s", cases[i].word,
                      cases[i].want ? "new, and was not seen" : "known");
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_figures) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
