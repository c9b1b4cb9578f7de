/* What is typed after `viva search`, as an expression for FTS5 that cannot be a mistake. */
#include <string.h>

#include "transcript/query.h"
#include "table.h"

static const struct {
    int row;
    const char *args[4];
    const char *match; /* NULL: refused */
    bool phrase;
} rows[] = {
    ROW({ "cache" }, "\"cache\"", false),
    ROW({ "cache", "miss" }, "\"cache\" AND \"miss\"", false),
    ROW({ "cold cache" }, "\"cold cache\"", true),
    ROW({ "\"cold cache\"" }, "\"cold cache\"", true),
    ROW({ "\"cold cache\" miss" }, "\"cold cache\" AND \"miss\"", true),
    ROW({ "miss \"cold cache\"", "base" }, "\"miss\" AND \"cold cache\" AND \"base\"", true),
    ROW({ "cach*" }, "\"cach \" *", false),
    ROW({ "cold cach*" }, "\"cold cach \" *", true),
    ROW({ "\"cold cach\"*" }, "\"cold cach \" *", true),
    ROW({ "\"cold cach*\"" }, "\"cold cach \" *", true),
    ROW({ "a*b" }, "\"a b\"", false),
    ROW({ "\"open at the end" }, "\"open at the end\"", true),
    ROW({ "ab\"cd\"ef" }, "\"ab\" AND \"cd\" AND \"ef\"", false),
    ROW({ "AND", "OR", "NOT" }, "\"AND\" AND \"OR\" AND \"NOT\"", false),
    ROW({ "NEAR(a b)" }, "\"NEAR(a b)\"", true),
    ROW({ "text:x" }, "\"text:x\"", false),
    ROW({ "^x", "-y", "{z}" }, "\"^x\" AND \"-y\" AND \"{z}\"", false),
    ROW({ "'; DROP TABLE said; --" }, "\"'; DROP TABLE said; --\"", true),
    ROW({ "4,000/s" }, "\"4,000/s\"", false),
    ROW({ "caf\xc3\xa9" }, "\"caf\xc3\xa9\"", false),
    ROW({ "\xff\xfe", "x" }, "\"x\"", false),
    ROW({ " x " }, "\" x \"", false),
    ROW({ "...", "x" }, "\"x\"", false),
    ROW({ "..." }, NULL, false),
    ROW({ "*" }, NULL, false),
    ROW({ "\"\"" }, NULL, false),
    ROW({ "\"" }, NULL, false),
    ROW({ "" }, NULL, false),
    ROW({ "\xff" }, NULL, false),
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct query q;
        struct error e;
        size_t count = 0;
        error_init(&e);
        while (count < 4 && rows[i].args[count])
            count++;
        int result = query_parse(&q, (char *const *)rows[i].args, count, &e);
        if ((result == 0) != (rows[i].match != NULL) || (result < 0 && e.code != ERROR_USAGE))
            row_fails(__FILE__, rows[i].row, "result %d, '%s'", result, e.message);
        else if (rows[i].match && strcmp(q.match.data, rows[i].match) != 0)
            row_fails(__FILE__, rows[i].row, "<%s>", q.match.data);
        else if (result == 0 && q.phrase != rows[i].phrase)
            row_fails(__FILE__, rows[i].row, "%s phrase", q.phrase ? "a" : "no");
        query_release(&q);
    }
    table_ends();
}

static void test_too_many(void **state)
{
    (void)state;
    static char word[] = "x";
    char *args[QUERY_WORDS + 1];
    struct query q;
    struct error e;
    error_init(&e);
    for (size_t i = 0; i <= QUERY_WORDS; i++)
        args[i] = word;
    assert_int_equal(query_parse(&q, args, QUERY_WORDS, &e), 0);
    query_release(&q);
    assert_int_equal(query_parse(&q, args, QUERY_WORDS + 1, &e), -1);
    assert_non_null(strstr(e.message, "16"));
    query_release(&q);
}

static void test_too_long(void **state)
{
    (void)state;
    char phrase[QUERY_BYTES + 2], *args[] = { phrase };
    struct query q;
    struct error e;
    error_init(&e);
    memset(phrase, 'x', sizeof(phrase) - 1);
    phrase[sizeof(phrase) - 1] = '\0';
    assert_int_equal(query_parse(&q, args, 1, &e), -1);
    query_release(&q);
    phrase[QUERY_BYTES] = '\0';
    assert_int_equal(query_parse(&q, args, 1, &e), 0);
    query_release(&q);
    for (size_t i = 1; i < 40; i += 2)
        phrase[i] = ' '; /* a phrase of many words */
    assert_int_equal(query_parse(&q, args, 1, &e), -1);
    query_release(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
