/*
 * Chains of arithmetic: wrong is a result that no rounding and no unit explains, and it
 * is named with what would have been right. Both sides of each kind.
 */
#include <math.h>
#include <string.h>

#include "shipped.h"

static const struct {
    int row;
    const char *text;
    double correct; /* 0: nothing is wrong */
} cases[] = {
    ROW("100M / 30 / 86400 = 4000/s", 38.58),
    ROW("100M / 30 / 86400 = 40/s", 0),
    ROW("100M / 30 / 86400 = 38.6/s", 0),
    ROW("100M/30/86400=4000/s", 38.58),
    ROW("100 million / 30 / 86,400 = 4,000 writes a second", 38.58),
    ROW("100M links a month / 2.6M s = 40/s", 0),
    ROW("100M / 2.6M = 38", 0),
    ROW("100M / 2.6M = 380", 38.46),
    ROW("4k*86400 = 350M reads/day", 0),
    ROW("4k * 86400 = 35M reads/day", 345.6e6),
    ROW("4k x 86400 = 350M", 0),
    ROW("4k \xc3\x97 86400 = 3.5B", 345.6e6),
    ROW("4k \xc3\x97 86400 \xe2\x89\x88 350M", 0),
    ROW("62^7 = 3.5 trillion", 0),
    ROW("62 * 62 = 3844", 0),
    ROW("62 * 62 = 38440", 3844),
    ROW("100M * 12 * 5 = 6B", 0),
    ROW("100M * 12 * 5 = 60B", 6e9),
    ROW("6B * 500 B = 3 TB", 0),
    ROW("6B * 500 B = 3 GB", 3e12),
    ROW("500 bytes * 100M = 50 GB", 0),
    ROW("500 bytes * 100M = 5 TB", 5e10),
    ROW("40 * 100 = 4000", 0),
    ROW("40 * 100 = 400", 4000),
    ROW("40 writes/s * 100 = 4000 reads/s", 0),
    ROW("2 + 3 = 5", 0),
    ROW("2 + 3 = 50", 5),
    ROW("1000 - 200 = 800", 0),
    ROW("1000 - 200 = 80", 800),
    ROW("10 * 20 + 5 = 205", 0),
    ROW("10 / 0 = 5", 0),
    ROW("3 = 4", 0),
    ROW("A ratio of 100:1 = fine", 0),
    ROW("We keep 3 copies, 500 ms apart = good", 0),
    ROW("v2 / v3 = 40", 0),
    ROW("50M / 86400 = 580", 0),
    ROW("50M / 86400 = 5800", 578.7),
    ROW("86400 / 24 = 3600", 0),
    ROW("86400 / 24 = 36", 3600),
    ROW("100 \xc3\xb7 4 = 25", 0),
    ROW("100 \xc3\xb7 4 = 2500", 25),
    ROW("100 / 4 ~ 25", 0),
    ROW("the id = 5 * 3", 0),
    ROW("10k rps / 500 rps = 20 servers", 0),
    ROW("10k rps / 500 rps = 2 servers", 20),
    ROW("1 - 2200/39200 = 94.4%", 0),
    ROW("3 / 4 = 75%", 0),
    ROW("3 / 4 = 7.5%", 0.75),
    ROW("12M * 65% * 15% = 1.17M", 0),
    ROW("12M * 65% * 15% = 11.7M", 1.17e6),
    ROW("4% of 200M * 2.5 = 20M", 0),
    ROW("4% of 200M * 2.5 = 200M", 20e6),
    ROW("2 500 x 0.08 = 200", 0),
    ROW("5 800/s x 0.3 s = 1 740", 0),
    ROW("1 250 000 / 1 000 = 125", 1250),
    ROW("100k active x 2 x 120 B = 24 MB", 0), /* begins with what is not read */
    ROW("5.2 TB/day x 30 / 7 = 22 TB", 0),
    ROW("a third of 30 * 10 = 100", 0),
    ROW("* 40 * 100 = 400", 4000),
    ROW("index 40 * 100 = 400", 4000),
    ROW("6.6M/(50 x 2k) = 66", 0), /* brackets are not worked out */
    ROW("(100M / 30) / 86400 = 38", 0),
    ROW("100M / 30 = 3.3M a day, / 86400 = 38 a second", 0),
    ROW("100M / 30 = 3.3M a day, / 86400 = 385 a second", 38.19),
    ROW("40 * 100, 50 * 2 = 100", 0),
    ROW("6 billion in five, x 500 B = 3 TB", 0),
    ROW("from 600 a third, 1/3 = 200", 0),
    ROW("5m / 86,400 = 58/s", 0),
    ROW("2*10^9 / 10^5 = 2*10^4", 0),
    ROW("2*10^9 / 10^5 = 2*10^5", 2e4),
    ROW("100M * 500 = 5 GB", 5e10),
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct score score = shipped_grade(
            shipped_find("booking-system"), &(struct sample_part) { NULL, cases[i].text }, 1);
        double correct = score.slip_count ? score.slips[0].correct : 0;
        if (fabs(correct - cases[i].correct) > 0.01 * fabs(cases[i].correct))
            row_fails(__FILE__, cases[i].row, "'%s': %g would be right, not %g",
                      cases[i].text, correct, cases[i].correct);
        if (score.slip_count > 1)
            row_fails(__FILE__, cases[i].row, "'%s': %zu slips", cases[i].text,
                      score.slip_count);
    }
    table_ends();
}

static void test_quotes(void **state)
{
    (void)state;
    static const char *const texts[] = { "Nothing here.",
                                         "So 100M / 30 / 86400 = 4000/s, easy." };
    struct sample_part parts[] = { { "requirements", texts[0] },
                                   { "estimation", texts[1] } };
    struct score score = shipped_grade(shipped_find("booking-system"), parts, 2);
    assert_int_equal(score.slip_count, 1);
    const struct quote *q = &score.slips[0].quote;
    assert_int_equal(q->part, 1);
    assert_int_equal(q->start, 3);
    assert_memory_equal(texts[1] + q->start, "100M / 30 / 86400 = 4000/s",
                        q->end - q->start);
    assert_int_equal((int)score.slips[0].claimed, 4000);
}

/* However many are wrong, what is kept is bounded. */
static void test_many(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 500; i++)
        buffer_printf(&text, "%d * 100 = 7. ", 40 + i);
    struct score score =
        shipped_grade(shipped_find("booking-system"), &(struct sample_part) { NULL, text.data }, 1);
    assert_true(score.slip_count > 1 && score.slip_count < 100);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
