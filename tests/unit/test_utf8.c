/* Characters, folding, widths, and what a terminal is spared. */
#include <string.h>

#include "base/utf8.h"
#include "table.h"

static const struct {
    int row;
    const char *text;
    size_t valid, count;
    int width;
} measures[] = {
    ROW("", 0, 0, 0),
    ROW("abc", 3, 3, 3),
    ROW("\xc3\xa9", 2, 1, 1),
    ROW("e\xcc\x81", 3, 2, 1),
    ROW("\xe6\xbc\xa2\xe5\xad\x97", 6, 2, 4),
    ROW("\xf0\x9f\x8d\xb5", 4, 1, 2),
    ROW("a\xff", 1, 2, 2),
    ROW("\xc3", 0, 1, 1),
    ROW("\xe6\xbc", 0, 2, 2),
    ROW("\xed\xa0\x80", 0, 3, 3),
    ROW("\xc0\xaf", 0, 2, 2),
    ROW("\xf4\x90\x80\x80", 0, 4, 4),
    ROW("a\x01"
        "b",
        3, 3, 2),
    ROW("\xe2\x80\x8b", 3, 1, 0),
};

static void test_measures(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(measures); i++) {
        const char *text = measures[i].text;
        size_t length = strlen(text);
        size_t valid = utf8_valid_prefix(text, length), count = utf8_count(text, length);
        int width = utf8_width(text, length);
        if (valid != measures[i].valid || count != measures[i].count ||
            width != measures[i].width)
            row_fails(__FILE__, measures[i].row, "valid %zu, count %zu, width %d", valid,
                      count, width);
    }
    table_ends();
}

static const struct {
    int row;
    const char *a, *b;
} folds[] = {
    ROW("ABC", "abc"),
    ROW("\xc3\x89t\xc3\xa9", "ete"),
    ROW("e\xcc\x81", "e"),
    ROW("stra\xc3\x9f"
        "e",
        "strasse"),
    ROW("\xef\xac\x81le", "file"),
    ROW("\xef\xbc\xa3\xef\xbc\xa4", "cd"),
    ROW("so\xc2\xad"
        "ft",
        "soft"),
    ROW("\xc2\xb2", "2"),
    ROW("\xce\xa3", "\xcf\x83"),
    ROW("a\xff", "a\xff"),
    ROW("", ""),
};

static void test_folds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(folds); i++) {
        struct buffer out = BUFFER_INIT;
        utf8_fold(&out, folds[i].a, strlen(folds[i].a));
        if (strcmp(out.data, folds[i].b) != 0)
            row_fails(__FILE__, folds[i].row, "'%s' folds to '%s', not '%s'", folds[i].a,
                      out.data, folds[i].b);
        buffer_release(&out);
    }
    table_ends();
}

static const struct {
    int row;
    const char *text;
    int columns;
    size_t bytes;
} fits[] = {
    ROW("abc", 2, 2),        ROW("abc", 9, 3),
    ROW("abc", 0, 0),        ROW("\xe6\xbc\xa2\xe5\xad\x97", 3, 3),
    ROW("e\xcc\x81x", 1, 3), ROW("", 5, 0),
    ROW("a\xff", 1, 1),
};

static void test_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(fits); i++) {
        size_t bytes = utf8_fit(fits[i].text, strlen(fits[i].text), fits[i].columns);
        if (bytes != fits[i].bytes)
            row_fails(__FILE__, fits[i].row, "%zu bytes of '%s' fit, not %zu", bytes,
                      fits[i].text, fits[i].bytes);
    }
    table_ends();
}

static const struct {
    int row;
    const char *text;
    int columns;
    const char *shown;
} words[] = {
    ROW("all of it", 9, "all of it"),
    ROW("cut inside words", 12, "cut inside"),
    ROW("cut inside words", 9, "cut insid"), /* too little would be left */
    ROW("ends with a word here", 16, "ends with a word"),
    ROW("ends with a blank", 5, "ends"),
    ROW("after  two blanks", 8, "after"),
    ROW("a line\nand another", 12, "a line\nand"),
    ROW("a https://example.org/very/long", 12, "a https://ex"),
    ROW("nothing", 3, "not"),
    ROW("", 3, ""),
};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(words); i++) {
        size_t bytes =
            utf8_fit_words(words[i].text, strlen(words[i].text), words[i].columns);
        if (bytes != strlen(words[i].shown) ||
            strncmp(words[i].text, words[i].shown, bytes) != 0)
            row_fails(__FILE__, words[i].row, "'%.*s' of '%s' fits, not '%s'", (int)bytes,
                      words[i].text, words[i].text, words[i].shown);
    }
    table_ends();
}

static const struct {
    int row;
    const char *text, *shown;
} harmless[] = {
    ROW("plain", "plain"),
    ROW("a\nb\tc", "a\nb\tc"),
    ROW("\x1b[31m", "^[[31m"),
    ROW("\r\a\b", "^M^G^H"),
    ROW("\x7f", "^?"),
    ROW("\xc2\x9b"
        "31m",
        "\\u009b31m"),
    ROW("\xe2\x80\xae"
        "evil",
        "\\u202eevil"),
    ROW("\xe2\x81\xa6", "\\u2066"),
    ROW("\xff", "\xef\xbf\xbd"),
    ROW("\xef\xbf\xbd", "\xef\xbf\xbd"),
    ROW("\xe6\xbc\xa2", "\xe6\xbc\xa2"),
};

static void test_harmless(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(harmless); i++) {
        struct buffer out = BUFFER_INIT;
        utf8_add_harmless(&out, harmless[i].text, strlen(harmless[i].text));
        if (strcmp(out.data, harmless[i].shown) != 0)
            row_fails(__FILE__, harmless[i].row, "shown as '%s', not '%s'", out.data,
                      harmless[i].shown);
        buffer_release(&out);
    }
    table_ends();
}

static const struct {
    int row;
    int32_t cp;
    bool letter, digit;
} kinds[] = {
    ROW('a', true, false),     ROW('Z', true, false),       ROW('0', false, true),
    ROW('_', false, false),    ROW(0xe9, true, false),      ROW(0x6f22, true, false),
    ROW(0x0664, false, true),  ROW(0x301, true, false),     ROW(0x2014, false, false),
    ROW(0xfffd, false, false), ROW(0x10ffff, false, false),
};

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(kinds); i++)
        if (utf8_is_letter(kinds[i].cp) != kinds[i].letter ||
            utf8_is_digit(kinds[i].cp) != kinds[i].digit)
            row_fails(__FILE__, kinds[i].row, "U+%04x", (unsigned)kinds[i].cp);
    table_ends();
}

/* Every pair of bytes: decoding goes on, and never beyond the end. */
static void test_pairs(void **state)
{
    (void)state;
    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++) {
            char text[2] = { (char)a, (char)b };
            int32_t cp;
            size_t size = utf8_decode(text, 2, &cp);
            assert_true(size >= 1 && size <= 2 && cp >= 0 && cp <= 0x10ffff);
            assert_true(utf8_valid_prefix(text, 2) <= 2);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures), cmocka_unit_test(test_folds),
        cmocka_unit_test(test_fits),     cmocka_unit_test(test_words),
        cmocka_unit_test(test_harmless), cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
