/* Strengths and gaps as they are typed. */
#include "session/seal_list.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

static void test_what_is_kept(void **state)
{
    (void)state;
    static const char proposed[] = "counts first; says why; draws";
    static const struct {
        int row;
        const char *words;
        enum seal_list found;
        const char *kept;
    } cases[] = {
        ROW("  asks first; says what he drops ", SEAL_LIST_FINE,
            "asks first; says what he drops"),
        ROW("1 3", SEAL_LIST_FINE, "counts first; draws"),
        ROW("3,1", SEAL_LIST_FINE, "draws; counts first"),
        ROW("1; 3", SEAL_LIST_FINE, "counts first; draws"),
        ROW("1, 2 and 2", SEAL_LIST_FINE, "counts first; says why"),
        ROW("2; calm", SEAL_LIST_FINE, "says why; calm"),
        ROW("calm; 2; calm", SEAL_LIST_FINE, "calm; says why"),
        ROW("4", SEAL_LIST_NO_NUMBER, ""),
        ROW("1 0", SEAL_LIST_NO_NUMBER, ""),
        ROW("calm; 99999999999999999999999", SEAL_LIST_NO_NUMBER, ""),
        ROW("99.9 percent from the start", SEAL_LIST_FINE, "99.9 percent from the start"),
        ROW("2 regions from the start", SEAL_LIST_FINE, "2 regions from the start"),
        ROW("good start; none", SEAL_LIST_FINE, "good start"),
        ROW("-; more", SEAL_LIST_FINE, "more"),
        ROW("none", SEAL_LIST_FINE, ""),
        ROW(" - ", SEAL_LIST_FINE, ""),
        ROW("None; -;;", SEAL_LIST_FINE, ""),
        ROW("one\ntwo", SEAL_LIST_FINE, "one; two"),
        ROW("no numbers", SEAL_LIST_FINE, "no numbers"),
        ROW("no hire", SEAL_LIST_RECOMMENDS, ""),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct buffer kept = BUFFER_INIT;
        enum seal_list found = seal_list_read(cases[i].words, proposed, &kept);
        if (found != cases[i].found || strcmp(kept.data, cases[i].kept) != 0)
            row_fails(__FILE__, cases[i].row, "'%s': %d, '%s'", cases[i].words,
                      (int)found, kept.data);
        buffer_release(&kept);
    }
    struct buffer none = BUFFER_INIT;
    assert_int_equal(seal_list_read("1", "-", &none), SEAL_LIST_NO_NUMBER);
    buffer_release(&none);
    table_ends();
}

static void test_what_recommends(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *words;
        bool want;
    } cases[] = {
        ROW("y", true),
        ROW("hire", true),
        ROW("Hire at senior", true),
        ROW("no hire", true),
        ROW("No-hire", true),
        ROW("no", true),
        ROW("no, weak on rollout", true),
        ROW("no at mid", true),
        ROW("lean yes", true),
        ROW("leaning no", true),
        ROW("y but weak on rollout", true),
        ROW("Y staff", true),
        ROW("strong", true),
        ROW("strong hire", true),
        ROW("strong no at mid", true),
        ROW("sy", true),
        ROW("yes senior", true),
        ROW("no numbers", false),
        ROW("no gap that matters", false),
        ROW("strong on data", false),
        ROW("weak no-SQL knowledge", false),
        ROW("strong sense of cost", false),
        ROW("yesterday's example again", false),
        ROW("N+1 queries seen at once", false),
        ROW("hired the right words", false),
        ROW("none", false),
        ROW("-", false),
        ROW("", false),
    };
    for (size_t i = 0; i < ROWS(cases); i++)
        if (seal_list_recommends(cases[i].words) != cases[i].want)
            row_fails(__FILE__, cases[i].row, "'%s' is %s", cases[i].words,
                      cases[i].want ? "taken for a strength" : "refused");
    table_ends();
}

static void test_how_it_is_shown(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *words;
        bool numbered;
        size_t count;
        const char *want;
    } cases[] = {
        ROW("a; b; c", true, 3, "1 a; 2 b; 3 c"),
        ROW("a; b; c", false, 3, "a; b; c"),
        ROW("a;-", true, 1, "a"),
        ROW("-", true, 0, ""),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct buffer shown = BUFFER_INIT;
        json_t *list = seal_list_json(cases[i].words);
        seal_list_show(cases[i].words, cases[i].numbered, &shown);
        if (strcmp(shown.data, cases[i].want) != 0 ||
            seal_list_count(cases[i].words) != cases[i].count ||
            json_array_size(list) != cases[i].count)
            row_fails(__FILE__, cases[i].row, "'%s' shows '%s'", cases[i].words,
                      shown.data);
        json_decref(list);
        buffer_release(&shown);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_kept),
        cmocka_unit_test(test_what_recommends),
        cmocka_unit_test(test_how_it_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
