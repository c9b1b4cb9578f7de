/* The string builder: always a C string, at any length. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "table.h"

static void test_fresh(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    assert_string_equal(b.data, "");
    buffer_add(&b, NULL, 0);
    buffer_clear(&b);
    buffer_truncate(&b, 0);
    assert_string_equal(b.data, "");
    char *text = buffer_detach(&b);
    assert_string_equal(text, "");
    free(text);
    buffer_release(&b);
    buffer_release(&b);
}

static void test_adding(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    buffer_add_string(&b, "one");
    buffer_add_char(&b, ' ');
    buffer_add(&b, "twofold", 3);
    buffer_printf(&b, " %d%%", 3);
    buffer_repeat(&b, "-", 4);
    buffer_repeat(&b, "x", 0);
    assert_string_equal(b.data, "one two 3%----");
    assert_int_equal(b.length, 14);
    buffer_truncate(&b, 3);
    assert_string_equal(b.data, "one");
    buffer_add_string(&b, "s");
    assert_string_equal(b.data, "ones");
    buffer_clear(&b);
    assert_string_equal(b.data, "");
    buffer_add(&b, "a\0b", 3);
    assert_int_equal(b.length, 3);
    assert_memory_equal(b.data, "a\0b", 4);
    char *text = buffer_detach(&b);
    assert_memory_equal(text, "a\0b", 4);
    free(text);
    assert_int_equal(b.length, 0);
    assert_string_equal(b.data, "");
    buffer_release(&b);
}

static void test_growing(void **state)
{
    (void)state;
    struct buffer b = BUFFER_INIT;
    for (size_t i = 0; i < 5000; i++) {
        if (i % 2)
            buffer_add_char(&b, 'y');
        else
            buffer_printf(&b, "%c", 'x');
        assert_int_equal(b.length, i + 1);
        assert_int_equal(b.data[b.length], 0);
    }
    buffer_printf(&b, "%*s", 100000, "");
    assert_int_equal(b.length, 105000);
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fresh),
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_growing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
