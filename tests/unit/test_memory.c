/* Strings, growing arrays, the arena. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "table.h"

static void test_strings(void **state)
{
    (void)state;
    char *a = xstrdup("tea"), *b = xstrndup("teapot", 3), *c = xstrndup("", 0);
    assert_string_equal(a, "tea");
    assert_string_equal(b, "tea");
    assert_string_equal(c, "");
    assert_null(xstrdup(NULL));
    free(a);
    free(b);
    free(c);
}

static void test_array(void **state)
{
    (void)state;
    ARRAY(int) numbers = { 0 };
    assert_null(numbers.items);
    for (int i = 0; i < 10000; i++)
        *array_add(&numbers) = i;
    assert_int_equal(numbers.count, 10000);
    assert_true(numbers.space >= numbers.count);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers.items[i], i);
    array_release(&numbers);
    assert_null(numbers.items);
    assert_int_equal(numbers.count, 0);
    *array_add(&numbers) = 7; /* it is fresh again */
    assert_int_equal(numbers.items[0], 7);
    array_release(&numbers);
}

static void test_arena(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    for (int round = 0; round < 3; round++) {
        char *last = NULL;
        for (size_t size = 1; size < 40000; size = size * 3 + 1) {
            char *p = arena_alloc(&a, size);
            assert_int_equal((uintptr_t)p % sizeof(double), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0); /* also where it was used before */
            memset(p, 'x', size);
            assert_true(p != last);
            last = p;
        }
        assert_true(a.total > 40000);
        arena_reset(&a);
        assert_int_equal(a.total, 0);
    }
    assert_string_equal(arena_strdup(&a, "tea"), "tea");
    assert_string_equal(arena_strndup(&a, "teapot", 3), "tea");
    assert_null(arena_strdup(&a, NULL));
    assert_non_null(arena_array(&a, double, 0));
    arena_release(&a);
    arena_release(&a);
    arena_reset(&a);
    assert_non_null(arena_new(&a, struct arena));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_array),
        cmocka_unit_test(test_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
