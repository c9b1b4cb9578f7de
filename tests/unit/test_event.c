/* Events: what survives being written and read, and what is wrong with a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "transcript/event.h"

/* Read, then written: the same line, unknown keys and types included. */
static const char *const kept[] = {
    "{\"n\":1,\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"session.start\",\"id\":\"a\",\"scenario\":{"
    "\"id\":\"b\"}}",
    "{\"n\":2,\"t\":\"2026-11-20T10:15:00.250Z\",\"type\":\"say\",\"who\":\"candidate\",\"text\":"
    "\"tea \\\"hot\\\"\\n\"}",
    "{\"n\":3,\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"hologram\",\"depth\":[1,2.5,null],\"x\":{}"
    "}",
    "{\"n\":4,\"t\":\"2026-11-20T12:15:00+02:00\",\"type\":\"say\",\"who\":\"moderator\",\"text\":"
    "\"\",\"mood\":true}",
    "{\"n\":5,\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"pause\"}",
};

static void test_kept(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        struct event e;
        struct buffer line = BUFFER_INIT;
        if (event_read(&e, kept[i], strlen(kept[i]), NULL) < 0)
            fail_msg("row %zu is not read", i);
        assert_int_equal(e.number, i + 1);
        event_write(&e, &line);
        buffer_truncate(&line, line.length - 1); /* the newline */
        assert_string_equal(line.data, kept[i]);
        buffer_release(&line);
        event_release(&e);
    }
}

#define HEAD "{\"t\":\"2026-11-20T10:15:00Z\","
static const struct {
    const char *line;
    int column;
    const char *message;
} wrong[] = {
    { "", 1, "not valid JSON: unexpected token near end of file" },
    { "nonsense", 8, "not valid JSON: invalid token near 'nonsense'" },
    { "[1]", 1, "an event must be an object" },
    { "{}", 1, "'type' is missing" },
    { "{\"type\":7}", 9, "'type' must be a string" },
    { "{\"type\":\"note\"}", 1, "'t' is missing" },
    { "{\"type\":\"note\",\"t\":\"noon\"}", 20, "'t' must be a time such as 2026-11-20T10:15:00Z" },
    { HEAD "\"type\":\"note\"}", 1, "'text' is missing" },
    { HEAD "\"type\":\"note\",\"text\":{}}", 50, "'text' must be a string" },
    { HEAD "\"type\":\"say\",\"text\":\"a\"}", 1, "'who' is missing" },
    { HEAD "\"type\":\"phase.start\"}", 1, "'phase' is missing" },
    { HEAD "\"type\":\"session.start\",\"id\":\"a\"}", 1, "'scenario' is missing" },
    { HEAD "\"type\":\"session.start\",\"id\":\"a\",\"scenario\":\"b\"}", 72,
      "'id' of the scenario must be a string" },
};

static void test_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct event e;
        struct error problem;
        error_init(&problem);
        if (event_read(&e, wrong[i].line, strlen(wrong[i].line), &problem) == 0)
            fail_msg("row %zu is read: %s", i, wrong[i].line);
        if (strcmp(problem.message, wrong[i].message) != 0 || problem.column != wrong[i].column)
            fail_msg("row %zu: %d: %s", i, problem.column, problem.message);
    }
}

static void test_made(void **state)
{
    (void)state;
    struct event e;
    struct buffer line = BUFFER_INIT;
    event_init(&e, EVENT_SAY, 1500);
    event_set(&e, "who", "candidate");
    event_set(&e, "kind", "question");
    event_set_bytes(&e, "text", "bad \xff byte", 10);
    event_set_number(&e, "price", 2.5);
    event_set_number(&e, "event", 12);
    event_set_flag(&e, "clock", false);
    e.number = 7;
    event_write(&e, &line);
    assert_string_equal(line.data,
                        "{\"n\":7,\"t\":\"1970-01-01T00:00:01.500Z\",\"type\":\"say\",\"who\":"
                        "\"candidate\",\"kind\":\"question\",\"text\":\"bad \xef\xbf\xbd byte\","
                        "\"price\":2.5,\"event\":12,\"clock\":false}\n");
    assert_true(event_by_candidate(&e));
    assert_int_equal(event_say_kind(&e), SAY_QUESTION);
    assert_int_equal(event_text_length(&e, "text"), 12);
    assert_string_equal(event_text(&e, "price"), "");
    assert_true(event_number(&e, "price", 0) == 2.5);
    assert_true(event_number(&e, "who", 9) == 9);
    assert_false(event_flag(&e, "clock", true));
    assert_true(event_flag(&e, "absent", true));
    buffer_release(&line);
    event_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
