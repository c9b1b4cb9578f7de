/* What a server says when it refuses, and what of it is shown. */
#include <string.h>

#include "judge/refusal.h"
#include "table.h"

static const struct {
    int row;
    const char *body, *want;
} cases[] = {
    ROW("{\"error\":{\"message\":\"too long\"}}", "too long"),
    ROW("{\"error\":\"too long\"}", "too long"),
    ROW("{\"message\":\"too long\"}", "too long"),
    ROW("{\"detail\":\"too long\"}", "too long"),
    ROW("{\"error\":{\"detail\":\"too long\"}}", "too long"),
    ROW("{\"error\":{\"message\":\"two\\nlines\\tand \\u001b[2J\"}}", "two lines and  [2J"),
    ROW("{\"error\":{\"message\":\"right \\u202e to left\"}}", "right \\u202e to left"),
    ROW("{\"error\":{\"message\":\"the key sk-secret is not good, sk-secret!\"}}",
        "the key ********* is not good, *********!"),
    ROW("{\"error\":{\"message\":7}}", ""),
    ROW("{\"error\":{}}", ""),
    ROW("{\"detail\":[{\"loc\":[\"body\"]}]}", ""),
    ROW("<html><body>Bad gateway</body></html>", ""),
    ROW("", ""),
    ROW("[\"too long\"]", ""),
};

static void test_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct buffer got = BUFFER_INIT;
        refusal_words(cases[i].body, strlen(cases[i].body), "sk-secret", &got);
        if (strcmp(got.data, cases[i].want) != 0)
            row_fails(__FILE__, cases[i].row, "'%s'", got.data);
        buffer_release(&got);
    }
    table_ends();
}

/* Cut, and in no way that would leave half of a key or of a character. */
static void test_long_words(void **state)
{
    (void)state;
    for (size_t before = 90; before < 125; before++) {
        struct buffer body = BUFFER_INIT, got = BUFFER_INIT;
        buffer_add_string(&body, "{\"error\":\"");
        buffer_repeat(&body, "x", before);
        buffer_add_string(&body, "sk-secret\xc3\xa9\xc3\xa9\xc3\xa9 and so on and so on and so on\"}");
        refusal_words(body.data, body.length, "sk-secret", &got);
        assert_null(strstr(got.data, "sk"));
        assert_null(strstr(got.data, "\xef\xbf\xbd"));
        assert_string_equal(got.data + got.length - 4, " ...");
        assert_true(got.length < 130);
        buffer_release(&body);
        buffer_release(&got);
    }
}

static void test_statuses(void **state)
{
    (void)state;
    static const long passing[] = { 408, 429, 500, 502, 503, 504, 529 };
    static const long final[] = { 400, 401, 403, 404, 413, 418, 422, 501, 505 };
    for (size_t i = 0; i < ROWS(passing); i++)
        assert_true(refusal_is_passing(passing[i]));
    for (size_t i = 0; i < ROWS(final); i++)
        assert_false(refusal_is_passing(final[i]));
    assert_non_null(strstr(refusal_advice(401), "check VIVA_LLM_KEY"));
    assert_null(refusal_advice(400));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_words),
                                        cmocka_unit_test(test_long_words),
                                        cmocka_unit_test(test_statuses) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
