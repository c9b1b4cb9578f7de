/* Text laid out for a terminal: wrapping, cells, bars, with wide and combining characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"
#include "terminal/screen.h"

static const struct {
    const char *text;
    int width, indent, first;
    const char *want;
} wraps[] = {
    { "", 10, 2, 2, "  " },
    { "one two three", 10, 0, 0, "one two\nthree" },
    { "one two three", 7, 2, 0, "one two\n  three" },
    { "one two three", 40, 2, 4, "    one two three" },
    { "one two three", 12, 4, -4, "one two\n    three" },
    { "one\ntwo\n\nthree", 20, 2, 0, "one\n  two\n\n  three" },
    { "one\n", 20, 2, 0, "one\n" },
    { "a  b   c", 20, 0, 0, "a  b   c" },
    { "exactly ten", 11, 0, 0, "exactly ten" },
    { "abcdefghijkl", 5, 0, 0, "abcde\nfghij\nkl" },
    { "ab abcdefgh", 5, 1, 0, "ab\n abcd\n efgh" },
    { "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, 0, 0,
      "\xe6\x97\xa5\xe6\x9c\xac\n\xe8\xaa\x9e" },                          /* two columns each */
    { "cafe\xcc\x81 cafe\xcc\x81", 9, 0, 0, "cafe\xcc\x81 cafe\xcc\x81" }, /* marks take none */
    { "a\x1b[31mb", 20, 0, 0, "a^[[31mb" },
    { "a\tb", 20, 0, 0, "a    b" },
};

static void test_wrap(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wraps) / sizeof(wraps[0]); i++) {
        struct buffer out = BUFFER_INIT;
        screen_wrap(&out, wraps[i].text, strlen(wraps[i].text), wraps[i].width, wraps[i].indent,
                    wraps[i].first);
        if (strcmp(out.data, wraps[i].want) != 0)
            fail_msg("row %zu: '%s'", i, out.data);
        buffer_release(&out);
    }
}

/* Whatever the text, no line is wider than asked for, and no letter is lost. */
static void test_wrap_never_wider(void **state)
{
    (void)state;
    const char *text =
        "Some words, averyveryverylongwordindeed, \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e "
        "and e\xcc\x81 at the\nend of  it";
    for (int width = 8; width < 60; width++) {
        struct buffer out = BUFFER_INIT;
        size_t letters = 0, kept = 0;
        screen_wrap(&out, text, strlen(text), width, 4, 0);
        for (const char *p = text; *p; p++)
            letters += *p != ' ' && *p != '\n';
        for (const char *line = out.data; line;) {
            const char *end = strchr(line, '\n');
            size_t length = end ? (size_t)(end - line) : strlen(line);
            assert_true(utf8_width(line, length) <= width);
            for (size_t k = 0; k < length; k++)
                kept += line[k] != ' ';
            line = end ? end + 1 : NULL;
        }
        assert_int_equal(letters, kept);
        buffer_release(&out);
    }
}

static const struct screen colour = { 80, true, false, true, 0 },
                           plain = { 80, false, true, true, 0 };

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
        const char *want;
    } rows[] = {
        { "tea", 5, "tea  " },
        { "tea", 3, "tea" },
        { "kitchen", 5, "kitc\xe2\x80\xa6" },
        { "\xe6\x97\xa5\xe6\x9c\xac", 5, "\xe6\x97\xa5\xe6\x9c\xac " },
        { "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, "\xe6\x97\xa5\xe2\x80\xa6 " },
        { "e\xcc\x81", 3, "e\xcc\x81  " },
        { "", 2, "  " },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buffer out = BUFFER_INIT;
        screen_cell(&out, &colour, rows[i].text, rows[i].columns);
        if (strcmp(out.data, rows[i].want) != 0 ||
            utf8_width(out.data, out.length) != rows[i].columns)
            fail_msg("row %zu: '%s'", i, out.data);
        buffer_release(&out);
    }
}

static void test_pieces(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    screen_styled(&out, &colour, SCREEN_BOLD, "a\033[2J");
    screen_styled(&out, &plain, SCREEN_BOLD, "b");
    assert_string_equal(out.data, "\033[1ma^[[2J\033[0mb");
    buffer_clear(&out);
    screen_bar(&out, &colour, 0.5, 4);
    screen_bar(&out, &colour, 7, 1);
    screen_bar(&out, &colour, -7, 1);
    screen_bar(&out, &plain, 0.5, 4);
    assert_string_equal(out.data, "▇▇▁▁▇▁");
    buffer_clear(&out);
    struct screen narrow = { 10, false, false, false, 0 };
    screen_ends(&out, &narrow, "left", "end");
    screen_ends(&out, &narrow, "left left", "end");
    screen_ends(&out, &narrow, "left", "");
    assert_string_equal(out.data, "left   end\nleft left\nend\nleft\n");
    buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_wrap_never_wider),
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
