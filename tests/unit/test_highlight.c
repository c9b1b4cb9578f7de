/* Paragraphs in which some words stand out: in brackets, and with colour in a style too. */
#include "table.h"

#include <string.h>

#include "terminal/highlight.h"

#define GREEN "\x1b[32m"
#define RED "\x1b[31m"
#define END "\x1b[0m"

static const struct {
    int row;
    const char *text;
    struct highlight spans[3];
    size_t count;
    int width;
    const char *bare, *coloured;
} cases[] = {
    ROW("one two", { { 0 } }, 0, 40, "one two", "one two"),
    ROW("one two", { { 0, 7, SCREEN_GOOD } }, 1, 40, "[one two]", GREEN "[one two]" END),
    ROW("one two", { { 4, 7, SCREEN_GOOD } }, 1, 40, "one [two]", "one " GREEN "[two]" END),
    ROW("one two", { { 0, 3, SCREEN_GOOD } }, 1, 40, "[one] two", GREEN "[one] " END "two"),
    ROW("one two", { { 0, 3, SCREEN_GOOD }, { 3, 7, SCREEN_BAD } }, 2, 40, "[one][ two]",
        GREEN "[one]" END RED "[ two]" END),
    ROW("one two", { { 0, 2, SCREEN_GOOD }, { 5, 6, SCREEN_BAD } }, 2, 40, "[on]e t[w]o",
        GREEN "[on]" END "e t" RED "[w]" END "o"),
    ROW("one two three", { { 0, 13, SCREEN_GOOD } }, 1, 9, "[one two\n  three]",
        GREEN "[one two" END "\n  " GREEN "three]" END),
    ROW("abcdefgh", { { 0, 8, SCREEN_GOOD } }, 1, 4, "[abc\n  de\n  fg\n  h]",
        GREEN "[abc" END "\n  " GREEN "de" END "\n  " GREEN "fg" END "\n  " GREEN "h]" END),
    ROW("a\nb", { { 0, 3, SCREEN_GOOD } }, 1, 40, "[a\n  b]", GREEN "[a" END "\n  " GREEN "b]" END),
    ROW("x\x1b[31my", { { 1, 6, SCREEN_GOOD } }, 1, 40, "x[^[[31m]y", "x" GREEN "[^[[31m]" END "y"),
    ROW("\xc3\xbc\xff z", { { 0, 2, SCREEN_GOOD } }, 1, 40, "[\xc3\xbc]\xef\xbf\xbd z",
        GREEN "[\xc3\xbc]" END "\xef\xbf\xbd z"),
    ROW("", { { 0 } }, 0, 40, "", ""),
};

static void check(size_t i, bool colour, const char *want)
{
    struct screen screen = { .width = cases[i].width, .colour = colour };
    struct highlighted p = { cases[i].text, strlen(cases[i].text), cases[i].spans, cases[i].count };
    struct buffer out = BUFFER_INIT;
    screen_wrap_highlighted(&out, &screen, &p, 2, 0);
    if (strcmp(out.data, want) != 0)
        row_fails(__FILE__, cases[i].row, "%s colour: '%s', not '%s'", colour ? "with" : "without",
                  out.data, want);
    buffer_release(&out);
}

static void test_highlights(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        check(i, false, cases[i].bare);
        check(i, true, cases[i].coloured);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_highlights) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
