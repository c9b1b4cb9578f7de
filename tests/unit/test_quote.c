/* Whether a quote stands in the candidate's own words. */
#include <string.h>

#include "judge/quote.h"
#include "table.h"

static const char said[] = "Each server borrows a run of 10,000 ids,\n  so  no two codes "
                           "are ever the same - \"r\xc3\xa9sum\xc3\xa9\" ids too.";
static const char shorty[] = "302, not 301.";
static const char wide[] = "\xe6\xaf\x8f\xe5\x8f\xb0\xe6\x9c\x8d\xe5\x8a\xa1\xe5\x99\xa8"
                           "\xe5\x80\x9f\xe7\x94\xa8\xe4\xb8\x80\xe6\xae\xb5";
static const char late[] = "The coach gets tea from large pots, brewed ahead.";
static const char hidden[] = "how long must links be kept alive for them";

static const struct answer_part parts[] = {
    { .text = said, .length = sizeof(said) - 1, .phase = "design" },
    { .text = shorty, .length = sizeof(shorty) - 1 },
    { .text = wide, .length = sizeof(wide) - 1 },
    { .text = late, .length = sizeof(late) - 1, .after_twist = true },
    { .text = hidden, .length = sizeof(hidden) - 1 },
};
static const bool counts[] = { true, true, true, true, false };
static const struct answer answer = { .parts = parts, .count = 5 };

static const struct {
    int row;
    const char *quote;
    enum quote_result want;
    int part;
    const char *found; /* the bytes of the part */
} cases[] = {
    ROW("borrows a run of 10,000 ids", QUOTE_FOUND, 0, "borrows a run of 10,000 ids"),
    ROW("BORROWS A RUN OF 10,000 IDS", QUOTE_FOUND, 0, "borrows a run of 10,000 ids"),
    ROW("\"borrows a run of 10,000 ids.\"", QUOTE_FOUND, 0,
        "borrows a run of 10,000 ids"),
    ROW("... a run of 10 000 ids, so no two ...", QUOTE_FOUND, 0,
        "a run of 10,000 ids,\n  so  no two"),
    ROW("are ever the same \xe2\x80\x94 \xe2\x80\x9cresume\xe2\x80\x9d ids", QUOTE_FOUND,
        0, "are ever the same - \"r\xc3\xa9sum\xc3\xa9\" ids"),
    ROW("\xef\xbc\xa2orrows a run of", QUOTE_FOUND, 0,
        "borrows a run of"), /* a full-width B */
    /* not in one piece, or not as it was said */
    ROW("borrows a run ... no two codes", QUOTE_NOT_THERE, -1, ""),
    ROW("each server borrows a run of 20,000 ids", QUOTE_NOT_THERE, -1, ""),
    ROW("no two codes are the same", QUOTE_NOT_THERE, -1, ""),
    ROW("orrows a run of 10,000", QUOTE_NOT_THERE, -1, ""), /* begins in a word */
    ROW("borrows a run of 10,000 id", QUOTE_NOT_THERE, -1, ""),
    ROW("the same \"resume\" ids too. 302, not 301", QUOTE_NOT_THERE, -1,
        ""), /* over two parts */
    /* less than a clause */
    ROW("a run of", QUOTE_SHORT, -1, ""),
    ROW("server", QUOTE_SHORT, -1, ""),
    ROW("302", QUOTE_SHORT, -1, ""),
    ROW("302, not 301", QUOTE_FOUND, 1, "302, not 301"), /* but all that was said */
    ROW(wide, QUOTE_FOUND, 2, wide),
    ROW("", QUOTE_EMPTY, -1, ""),
    ROW(" ... \"\" ", QUOTE_EMPTY, -1, ""),
    ROW("\xff\xfe", QUOTE_EMPTY, -1, ""),
    /* what is not the candidate's own */
    ROW("how long must links be kept", QUOTE_NOT_THERE, -1, ""),
};

static void test_places(void **state)
{
    (void)state;
    struct quote_texts *texts = quote_texts_new(&answer, counts);
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct quote q;
        enum quote_result got =
            quote_find(texts, cases[i].quote, strlen(cases[i].quote), false, &q);
        if (got != cases[i].want || q.part != cases[i].part)
            row_fails(__FILE__, cases[i].row, "'%s' is %s, part %d", cases[i].quote,
                      quote_result_names[got], q.part);
        else if (q.part >= 0 && (q.end - q.start != strlen(cases[i].found) ||
                                 memcmp(parts[q.part].text + q.start, cases[i].found,
                                        q.end - q.start) != 0))
            row_fails(__FILE__, cases[i].row, "found '%.*s'", (int)(q.end - q.start),
                      parts[q.part].text + q.start);
    }
    quote_texts_free(texts);
    table_ends();
}

static void test_after_the_twist(void **state)
{
    (void)state;
    struct quote_texts *texts = quote_texts_new(&answer, NULL);
    struct quote q;
    assert_int_equal(quote_find(texts, said, strlen(said), true, &q), QUOTE_NOT_THERE);
    assert_int_equal(quote_find(texts, late, strlen(late), true, &q), QUOTE_FOUND);
    assert_int_equal(q.part, 3);
    assert_int_equal(quote_find(texts, hidden, strlen(hidden), false, &q), QUOTE_FOUND);
    quote_texts_free(texts);
}

static void test_nothing_said(void **state)
{
    (void)state;
    struct answer none = { .count = 0 };
    struct quote_texts *texts = quote_texts_new(&none, NULL);
    struct quote q;
    assert_int_equal(quote_find(texts, said, strlen(said), false, &q), QUOTE_NOT_THERE);
    assert_int_equal(q.part, -1);
    quote_texts_free(texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_places),
                                        cmocka_unit_test(test_after_the_twist),
                                        cmocka_unit_test(test_nothing_said) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
