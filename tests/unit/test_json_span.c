/* Members of a JSON text without a tree. */
#include <string.h>

#include <stdlib.h>

#include "base/json_span.h"
#include "base/memory.h"
#include "table.h"

static const struct {
    int row;
    const char *text, *key, *value; /* value NULL: none */
} members[] = {
    ROW("{\"a\": 1, \"b\": 2}", "b", "2"),
    ROW(" {\n\"a\" : [1, {\"b\": 3}] , \"b\" :\ttrue }", "b", "true"),
    ROW("{\"a\": {\"b\": 3}}", "b", NULL),
    ROW("{\"a\": \"}, \\\"b\\\": 4\", \"b\": \"x]\"}", "b", "\"x]\""),
    ROW("{\"a\": \"\\\\\", \"b\": null}", "b", "null"),
    ROW("{\"b\": {\"c\": [\"]\", {}]}}", "b", "{\"c\": [\"]\", {}]}"),
    ROW("{}", "b", NULL),
    ROW("[\"b\", 2]", "b", NULL),
    ROW("", "b", NULL),
    ROW("\"b\"", "b", NULL),
    /* no JSON: the walk ends */
    ROW("{\"a\": 1 \"b\": 2}", "b", NULL),
    ROW("{\"a\": , \"b\": 2}", "b", NULL),
    ROW("{,\"b\": 2}", "b", NULL),
    ROW("{\"b\":", "b", NULL),
    ROW("{\"b", "b", NULL),
    ROW("{\"a\": \"b", "b", NULL),
    ROW("}{", "b", NULL),
    ROW("{\"a\": [[[", "b", NULL),
    ROW("{\"a\": \"\\", "b", NULL),
};

static void test_member(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(members); i++) {
        size_t length = strlen(members[i].text);
        char *text = xstrndup(members[i].text, length); /* so that an overrun is seen */
        struct json_span found =
            json_span_member(json_span_of(text, length), members[i].key);
        const char *wanted = members[i].value ? members[i].value : "";
        if (found.length != strlen(wanted) || memcmp(found.text, wanted, found.length) != 0)
            row_fails(__FILE__, members[i].row, "'%s' is %.*s", members[i].key, (int)found.length,
                      found.text);
        free(text);
    }
    table_ends();
}

static const struct {
    int row;
    const char *text;
    int count;
    double sum;
} arrays[] = {
    ROW("[]", 0, 0), ROW("[1]", 1, 1), ROW("[ 1 , 2.5,\n-3 ]", 3, 0.5), ROW("[1, \"2\", x]", 3, 1),
    ROW("[1,,2]", 1, 1), ROW("[1 2]", 1, 1), ROW("[1, 2", 2, 3), ROW("7", 0, 0), ROW("[1e400]", 1, 0),
};

static void test_array(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(arrays); i++) {
        struct json_walk walk = JSON_WALK(json_span_of(arrays[i].text, strlen(arrays[i].text)));
        int count = 0;
        double sum = 0;
        for (; json_walk(&walk); count++)
            sum += json_span_number(walk.value, 0);
        if (count != arrays[i].count || (sum != arrays[i].sum && sum < 1e300))
            row_fails(__FILE__, arrays[i].row, "%d values, sum %g", count, sum);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_member), cmocka_unit_test(test_array) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
