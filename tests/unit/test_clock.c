/* The session's clock, real and fake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/clock.h"

static void test_text(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } rows[] = {
        { 0, "0:00" },        { 999, "0:00" },   { 1000, "0:01" },
        { 59999, "0:59" },    { 60000, "1:00" }, { 725000, "12:05" },
        { 4320000, "72:00" }, { -5, "0:00" },    { 36000000, "600:00" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[CLOCK_TEXT_SIZE];
        clock_text(rows[i].ms, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void test_fake_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int64_t moved; /* -1: it is no such line */
    } rows[] = {
        { "@+75", 75000 }, { "@+0", 0 },   { "@+86400", 86400000 },
        { "@+86401", -1 }, { "@+", -1 },   { "@75", -1 },
        { "@+-5", -1 },    { "@+ 5", -1 }, { "@+5s", -1 },
        { " @+5", -1 },    { "", -1 },     { "@+99999999999999999999", -1 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fake_clock clock = { 1000 };
        bool taken = fake_clock_line(&clock, rows[i].line);
        if (taken != (rows[i].moved >= 0) || clock.now - 1000 != (taken ? rows[i].moved : 0))
            fail_msg("'%s': %s, %lld", rows[i].line, taken ? "taken" : "not taken",
                     (long long)clock.now);
    }
}

/* Wall and ticks that move on their own. */
struct both {
    int64_t wall, ticks;
};
static int64_t wall_of(void *state)
{
    return ((struct both *)state)->wall;
}
static int64_t ticks_of(void *state)
{
    return ((struct both *)state)->ticks;
}

static void test_wall_set_back(void **state)
{
    (void)state;
    struct both both = { 1000000, 50 };
    struct session_clock clock;
    session_clock_start(&clock, (struct time_source) { wall_of, ticks_of, &both });
    assert_int_equal(session_clock_now(&clock), 1000000);
    both = (struct both) { 400000, 2050 };
    assert_int_equal(session_clock_now(&clock), 1002000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_fake_lines),
        cmocka_unit_test(test_wall_set_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
