/* A paste at the interviewer's prompt: whose words it is, and when it is taken line by line. */
#include <string.h>

#include "session/cockpit.h"
#include "table.h"

static void test_paste(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *text;
        bool want;
    } cases[] = {
        ROW("a note\nof two lines", false),
        ROW("> first\n> second\n\nthird", false),
        ROW("> first\nsecond\nthird", false),
        ROW("> said\nmy note\n> said", true),
        ROW("my note\n> said", true),
        ROW("my note\n  > said", true),
        ROW("> said\n/t 1 2", true),
        ROW("> said\n/T3 2\n", true),
        ROW("/t 1 2\n/t 2 1", true),
        ROW("/p 7 why\nand how", true),
        ROW("\n/t 1 2\nmy note", true),
        ROW("my note\n/nxt", true),
        ROW("> POST /links\n/links/{code} gives 301", false),
        ROW("> said\n//t 1 2", false),
        ROW("my note\n//t 1 2", false),
        ROW("> said\n\n", false),
        ROW("\n \n", false),
    };
    for (size_t i = 0; i < ROWS(cases); i++)
        if (cockpit_by_lines(cases[i].text, strlen(cases[i].text)) != cases[i].want)
            row_fails(__FILE__, cases[i].row, "'%s' is %s", cases[i].text,
                      cases[i].want ? "one line" : "taken apart");
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paste),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
