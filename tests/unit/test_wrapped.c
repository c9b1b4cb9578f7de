/* The line that is being typed, broken between words: rows, and the places of cursor and mark. */
#include "table.h"

#include <limits.h>
#include <string.h>

#include "base/utf8.h"
#include "terminal/wrapped.h"

#define WIDE "\xe6\x97\xa5" /* two columns */

static int columns(int32_t codepoint)
{
    if (codepoint < 0x80)
        return 1;
    if (codepoint >= 0x300 && codepoint < 0x370)
        return 0;
    return codepoint >= 0x1100 && codepoint < 0xff00 ? 2 : 1;
}

/* The cursor is given as '|' in the line, and is wanted as one in what is shown. */
static const struct {
    int row;
    const char *text;
    int prompt, width, height;
    const char *want;
} cases[] = {
    ROW("|", 5, 20, 9, "|"),
    ROW("one two|", 5, 20, 9, "one two|"),
    ROW("one two three f|", 5, 20, 9, "one two three \n  f|"),
    ROW("one two three|", 5, 20, 9, "one two three|"), /* 18 of 20 columns */
    ROW("one two threes|", 5, 20, 9, "one two threes|"),
    ROW("one two threes |", 5, 20, 9, "one two threes|"),
    ROW("one two threes   |", 5, 20, 9, "one two threes|"),
    ROW("one two threes | four", 5, 20, 9, "one two threes|\n  four"),
    ROW("one two threes  |four", 5, 20, 9, "one two threes\n  |four"),
    ROW("one two thre| four", 5, 20, 9, "one two thre| \n  four"),
    ROW("one two three|s4", 5, 20, 9, "one two \n  three|s4"),
    ROW("|one two threes4", 5, 20, 9, "|one two \n  threes4"),
    ROW("sixteen-columns |", 0, 20, 9, "sixteen-columns |"),
    ROW("  two|", 0, 20, 9, "  two|"),
    ROW("|reallylongword", 10, 20, 9, "\n  |reallylongword"),
    ROW("abcdefghijklmnopqrst|", 0, 20, 9, "abcdefghijklmnopqrs\n  t|"),
    ROW("abcdefghijklmnopqrstuvwxyz|", 5, 20, 9, "\n  abcdefghijklmnopq\n  rstuvwxyz|"),
    ROW("a abcdefghijklmnop|qrstuvwxyz b", 0, 20, 9,
        "a \n  abcdefghijklmnop|q\n  rstuvwxyz b"),
    ROW("one\ntwo|", 5, 20, 9, "one\n  two|"),
    ROW("one\n|", 5, 20, 9, "one\n|"),
    ROW("one|\n\ntwo", 5, 20, 9, "one|\n  \n  two"),
    ROW("a\t|b", 0, 20, 9, "a       |b"),
    ROW("a\tb\tc\t|", 0, 20, 9, "a       b       c  |"),
    ROW("a\x1b[31m\x7f|", 0, 20, 9, "a^[[31m^?|"),
    ROW(WIDE WIDE WIDE WIDE WIDE "|", 13, 20, 9, WIDE WIDE WIDE "\n  " WIDE WIDE "|"),
    ROW(WIDE WIDE WIDE "|", 14, 20, 9, WIDE WIDE "\n  " WIDE "|"),
    ROW("ab" WIDE "|cd", 14, 20, 9, "ab" WIDE "\n  |cd"),
    ROW("cafe\xcc\x81|s", 15, 20, 9, "\n  cafe\xcc\x81|s"),
    ROW("cafe\xcc\x81|", 15, 20, 9, "cafe\xcc\x81|"),
    ROW("caf\xff\xfe|", 14, 20, 9, "caf\xff\xfe|"),
    ROW("1\n2\n3\n4\n5|", 5, 20, 4, "...\n  3\n  4\n  5|"),
    ROW("1\n2|\n3\n4\n5", 5, 20, 4, "1\n  2|\n  3\n  4"),
    ROW("1\n2\n3\n4|\n5\n6\n7", 5, 20, 4, "...\n  3\n  4|\n  5"),
    ROW("1\n2\n3\n4\n|", 5, 20, 4, "...\n  3\n  4\n|"),
    ROW("1\n2\n3\n4|", 5, 20, 4, "1\n  2\n  3\n  4|"),
    ROW("|1\n2\n3", 5, 20, 2, "|1\n  2"),
    ROW("1\n2\n3|", 5, 20, 2, "...\n  3|"),
};

static void add_marked(struct buffer *out, const struct wrapped *w)
{
    buffer_add(out, w->shown.data, w->point);
    buffer_add_char(out, '|');
    buffer_add(out, w->shown.data + w->point, w->shown.length - w->point);
}

static void test_rows(void **state)
{
    (void)state;
    struct wrapped w = WRAPPED_INIT;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct buffer text = BUFFER_INIT, got = BUFFER_INIT;
        const char *cursor = strchr(cases[i].text, '|');
        size_t point = (size_t)(cursor - cases[i].text);
        buffer_add(&text, cases[i].text, point);
        buffer_add_string(&text, cursor + 1);
        struct wrapped_line line = { text.data,       text.length,     point,
                                     point,           cases[i].prompt, cases[i].width,
                                     cases[i].height, columns };
        wrapped_lay_out(&w, &line);
        add_marked(&got, &w);
        if (strcmp(got.data, cases[i].want) != 0)
            row_fails(__FILE__, cases[i].row, "'%s', not '%s'", got.data, cases[i].want);
        if (w.mark != w.point)
            row_fails(__FILE__, cases[i].row, "the mark stands at %zu, the cursor at %zu",
                      w.mark, w.point);
        buffer_release(&text);
        buffer_release(&got);
    }
    wrapped_release(&w);
    table_ends();
}

static void test_a_zero_byte(void **state)
{
    (void)state;
    struct wrapped w = WRAPPED_INIT;
    struct wrapped_line line = { "a\0b", 3, 2, 99, 5, 20, 9, columns };
    wrapped_lay_out(&w, &line);
    assert_string_equal(w.shown.data, "a^@b");
    assert_int_equal(w.point, 3);
    assert_int_equal(w.mark, 4);
    wrapped_release(&w);
}

/* Whatever the window, no row reaches the last column, nothing but blanks is lost, and a cursor
 * that moves on never goes back. */
static void test_any_window(void **state)
{
    (void)state;
    const char *text = "Some words, averyveryverylongwordindeed, " WIDE WIDE WIDE WIDE
                       " and e\xcc\x81 at  the\nend of  it\x01";
    struct wrapped w = WRAPPED_INIT;
    for (int width = WRAPPED_NARROWEST; width < 70; width++)
        for (int prompt = 0; prompt < width; prompt++) {
            size_t before = 0, length = strlen(text);
            struct wrapped_line line = { text,   length, 0,       0,
                                         prompt, width,  INT_MAX, columns };
            for (; line.point <= length; line.point++) {
                wrapped_lay_out(&w, &line);
                assert_true(w.point >= before && w.point <= w.shown.length);
                before = w.point;
            }
            int column = prompt;
            for (const char *row = w.shown.data; row; column = 0) {
                size_t size = strcspn(row, "\n");
                assert_true(column + utf8_width(row, size) <= width - 1 || size == 0);
                row = row[size] ? row + size + 1 : NULL;
            }
            assert_true(utf8_words(w.shown.data, w.shown.length) >=
                        utf8_words(text, length));
        }
    wrapped_release(&w);
}

static const struct {
    int row;
    const char *text;
    int prompt, width; /* of the window that it was laid out for */
    int narrower, above, cut_off;
} windows[] = {
    ROW("one", 5, 20, 20, 0, 0),
    ROW("one two three four", 5, 20, 20, 1, 1),
    ROW("one two three four", 5, 20, 15, 2, 1),
    ROW("one two three four", 5, 20, 6, 5, 1),
    ROW("one\ntwo\nthree", 5, 20, 10, 2, 2),
    ROW("one two", 5, 20, 10, 1, 0),
};

static void test_narrower_windows(void **state)
{
    (void)state;
    struct wrapped w = WRAPPED_INIT;
    for (size_t i = 0; i < ROWS(windows); i++) {
        size_t length = strlen(windows[i].text);
        struct wrapped_line line = {
            windows[i].text,   length,           length,  0,
            windows[i].prompt, windows[i].width, INT_MAX, columns
        };
        wrapped_lay_out(&w, &line);
        int above = wrapped_rows_above(&w, windows[i].narrower);
        int cut_off = wrapped_rows_above(&w, INT_MAX);
        if (above != windows[i].above || cut_off != windows[i].cut_off)
            row_fails(__FILE__, windows[i].row, "%d and %d rows above", above, cut_off);
        if (wrapped_rows(&w) != cut_off + 1)
            row_fails(__FILE__, windows[i].row, "%d rows", wrapped_rows(&w));
    }
    wrapped_release(&w);
    table_ends();
}

static void test_prompts(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *prompt;
        int want;
    } prompts[] = {
        ROW("", 0),
        ROW("name: ", 6),
        ROW("\001\033[1m\002name\001\033[0m\002 ", 5),
        ROW(WIDE "> ", 4),
        ROW("one\ntwo", -1),
    };
    for (size_t i = 0; i < ROWS(prompts); i++)
        if (wrapped_prompt(prompts[i].prompt, columns) != prompts[i].want)
            row_fails(__FILE__, prompts[i].row, "%d columns",
                      wrapped_prompt(prompts[i].prompt, columns));
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),       cmocka_unit_test(test_a_zero_byte),
        cmocka_unit_test(test_any_window), cmocka_unit_test(test_narrower_windows),
        cmocka_unit_test(test_prompts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
