/* Brackets and signs astray. The share is rounded: the slips that are forgiven are in it. */
#include <string.h>

#include "scoring/marks.h"
#include "table.h"

/* Twelve marks that stand well. */
#define WELL "a = 1 and b = 2 and c = 3 and d = 4, (e) (f) (g) (h) "

static const struct {
    int row;
    const char *text;
    int per_cent;
} cases[] = {
    ROW("", 0),
    ROW("no marks at all", 0),
    ROW(WELL, 0),
    /* one is forgiven, and one in twelve */
    ROW(WELL "= x", 0),
    ROW("1 = = 2", 42),
    ROW("1 = = = 2 = 3", 42),
    /* nothing on a side */
    ROW("x 1 = , a = ; b = ) c =", 72),
    ROW("so: = 1, = 2. = 3", 58),
    ROW("a =\n\nb =\n\nc = 3\n\n= d", 25),
    /* a line that goes on in the next one */
    ROW("a =\nb and c =\nd and e +\nf and g ->\nh", 0),
    /* arrows begin sentences, and end none */
    ROW("One box. -> 500/s. Two. -> 900/s. Four. -> 1,500/s.", 0),
    ROW("app -> -> db -> , lb ->", 67),
    /* items of a list */
    ROW("= one\n= two\n+ three\n-> four", 0),
    /* inside of words they are none */
    ROW("a==b x=1 c+=2 p->next ;= =)", 0),
    /* letters beyond ASCII */
    ROW("20 × × 30 ≈ ≈ 600 → → 1", 75),
    /* brackets */
    ROW("b) first (as said) c) second :) and ;-)", 0),
    ROW("[0, 10) is half open", 0),
    ROW(") a ( b ) ) c ( (", 42),
};

static void test_shares(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct text_part part = { cases[i].text, strlen(cases[i].text) };
        int got = (int)(100 * marks_astray(&part, 1) + 0.5);
        if (got != cases[i].per_cent)
            row_fails(__FILE__, cases[i].row, "'%s' gives %d, not %d", cases[i].text, got,
                      cases[i].per_cent);
    }
    table_ends();
}

static void test_parts(void **state)
{
    (void)state;
    /* what one part opens, the next does not close */
    struct text_part parts[] = { { "(((", 3 }, { ")))", 3 }, { "a =", 3 }, { "b", 1 } };
    assert_true(marks_astray(parts, 4) > 0.7);
    assert_true(marks_astray(parts, 0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
