/* Lines from a file and from a list; a terminal is tried in tests/pty. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "terminal/prompt.h"

static const struct screen screen = { 80, false, false, false, 0 };

static void test_file(void **state)
{
    (void)state;
    const char text[] = "one\n\n two \r\nzero\0byte\nlast";
    FILE *in = tmpfile();
    struct buffer line = BUFFER_INIT;
    assert_non_null(in);
    fwrite(text, 1, sizeof(text) - 1, in);
    rewind(in);
    struct prompt *p = prompt_new(in, stdout, &screen);
    static const struct {
        const char *line;
        size_t length;
    } want[] = { { "one", 3 }, { "", 0 }, { " two ", 5 }, { "zero\0byte", 9 }, { "last", 4 } };
    assert_false(prompt_interactive(p));
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(prompt_read(p, "label", &line), PROMPT_LINE);
        assert_int_equal(line.length, want[i].length);
        assert_memory_equal(line.data, want[i].line, want[i].length + 1);
    }
    assert_int_equal(prompt_read(p, "label", &line), PROMPT_END);
    assert_int_equal(prompt_read(p, "label", &line), PROMPT_END);
    prompt_free(p);
    buffer_release(&line);
    fclose(in);
}

static void test_list(void **state)
{
    (void)state;
    const char *const lines[] = { "one", "", NULL };
    struct buffer line = BUFFER_INIT;
    struct prompt *p = prompt_new_lines(lines);
    assert_int_equal(prompt_read(p, "", &line), PROMPT_LINE);
    assert_string_equal(line.data, "one");
    assert_int_equal(prompt_read(p, "", &line), PROMPT_LINE);
    assert_string_equal(line.data, "");
    assert_int_equal(prompt_read(p, "", &line), PROMPT_END);
    prompt_free(p);
    p = prompt_new_lines(NULL);
    assert_int_equal(prompt_read(p, "", &line), PROMPT_END);
    prompt_free(p);
    buffer_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
