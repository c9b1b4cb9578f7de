/* What went wrong, where, and the line that shows it. */
#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "table.h"

static void test_first_cause_wins(void **state)
{
    (void)state;
    struct error e;
    error_init(&e);
    assert_int_equal(error_set(&e, ERROR_INPUT, "no %s", "bread"), -1);
    assert_int_equal(error_set(&e, ERROR_STORAGE, "no butter"), -1);
    assert_int_equal(e.code, ERROR_INPUT);
    assert_string_equal(e.message, "no bread");
    error_set_source(&e, "a.json");
    error_set_source(&e, "b.json");
    assert_string_equal(e.source, "a.json");
    assert_int_equal(error_set(NULL, ERROR_INPUT, "nobody asks"), -1);
    error_set_source(NULL, "x");
    error_locate(NULL, "x", 1, 0);
}

static void test_errno(void **state)
{
    (void)state;
    struct error e;
    error_init(&e);
    error_set_errno(&e, ERROR_STORAGE, ENOENT, "cannot open '%s'", "x");
    assert_string_equal(e.message, "cannot open 'x': no such file or directory");
    error_init(&e);
    char path[1000];
    memset(path, 'p', sizeof(path) - 1);
    path[sizeof(path) - 1] = '\0';
    error_set_errno(&e, ERROR_STORAGE, ENOSPC, "cannot write '%s'", path);
    assert_non_null(strstr(e.message, "no space left"));
}

/* Messages stay one line of whole characters. */
static void test_masks(void **state)
{
    (void)state;
    struct error e;
    error_init(&e);
    error_set(&e, ERROR_INPUT, "%s", "a\nb\x1b[31mc\x7f");
    assert_string_equal(e.message, "a b [31mc ");
    error_init(&e);
    char text[2 * sizeof(e.message)];
    for (size_t i = 0; i + 1 < sizeof(text); i += 2)
        memcpy(text + i, "\xc3\xa9", 2);
    text[sizeof(text) - 2] = '\0';
    error_set(&e, ERROR_INPUT, "x%s", text);
    assert_true(strlen(e.message) % 2 == 1);
}

static void test_long_source_keeps_its_tail(void **state)
{
    (void)state;
    struct error e;
    char path[400];
    error_init(&e);
    memset(path, 'd', sizeof(path));
    memcpy(path + sizeof(path) - 8, "/a.json", 8);
    error_set_source(&e, path);
    assert_int_equal(strlen(e.source), sizeof(e.source) - 1);
    assert_memory_equal(e.source, "...", 3);
    assert_non_null(strstr(e.source, "/a.json"));
}

static const struct {
    int row;
    const char *text;
    size_t offset;
    int line, column;
    const char *excerpt;
} places[] = {
    ROW("abc", 0, 1, 1, "abc"),
    ROW("abc", 2, 1, 3, "abc"),
    ROW("abc", 3, 1, 4, "abc"),
    ROW("abc", 99, 1, 4, "abc"),
    ROW("a\nbc\nd", 2, 2, 1, "bc"),
    ROW("a\nbc\nd", 4, 2, 3, "bc"),
    ROW("a\nbc\nd", 5, 3, 1, "d"),
    ROW("a\r\nbc", 1, 1, 2, "a"),
    ROW("\xc3\xa9\xc3\xa9x", 4, 1, 3, "\xc3\xa9\xc3\xa9x"),
    ROW("\xff\xffx", 2, 1, 3, ""),
    ROW("a\tb", 2, 1, 3, "a b"),
    ROW("", 0, 1, 1, ""),
    ROW("\n", 1, 2, 1, ""),
};

static void test_places(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(places); i++) {
        struct error e;
        error_init(&e);
        error_locate(&e, places[i].text, strlen(places[i].text), places[i].offset);
        if (e.line != places[i].line || e.column != places[i].column ||
            e.caret != places[i].column || strcmp(e.excerpt, places[i].excerpt) != 0)
            row_fails(__FILE__, places[i].row, "%d:%d, caret %d, '%s'", e.line, e.column,
                      e.caret, e.excerpt);
        error_locate(&e, "other\ntext", 10, 9);
        if (e.line != places[i].line)
            row_fails(__FILE__, places[i].row, "a second place changes the first");
    }
    table_ends();
}

/* Of a long line the part around the column is shown, and the caret points into it. */
static void test_long_lines(void **state)
{
    (void)state;
    char line[1000];
    for (size_t at = 0; at < sizeof(line) - 1; at += 37) {
        struct error e;
        memset(line, 'x', sizeof(line));
        line[at] = '!';
        error_init(&e);
        error_locate(&e, line, sizeof(line), at);
        assert_int_equal(e.column, at + 1);
        assert_true(e.caret >= 1 && (size_t)e.caret <= strlen(e.excerpt));
        assert_int_equal(e.excerpt[e.caret - 1], '!');
        assert_true(strlen(e.excerpt) <= 80);
    }
}

static void test_list(void **state)
{
    (void)state;
    struct error_list list = ERROR_LIST_INIT;
    for (int i = 0; i < ERROR_LIST_MAX + 5; i++) {
        struct error e;
        error_init(&e);
        error_set(&e, ERROR_INPUT, "mistake %d", i);
        error_list_add(&list, &e);
        error_list_add(NULL, &e);
    }
    assert_int_equal(list.count, ERROR_LIST_MAX);
    assert_int_equal(list.omitted, 5);
    assert_int_equal(error_list_total(&list), ERROR_LIST_MAX + 5);
    assert_string_equal(list.items[63].message, "mistake 63");
    error_list_release(&list);
    assert_int_equal(error_list_total(&list), 0);
    error_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_cause_wins),
        cmocka_unit_test(test_errno),
        cmocka_unit_test(test_masks),
        cmocka_unit_test(test_long_source_keeps_its_tail),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
