/* A model's verdicts: what is read, and what is refused in which words. */
#include <string.h>

#include "judge/reply.h"
#include "table.h"

static struct criterion criteria[] = { { .id = "one" },
                                       { .id = "two" },
                                       { .id = "three" } };
static const struct rubric rubric = { .scenario = "x",
                                      .criteria = criteria,
                                      .criterion_count = 3 };
static const bool wanted[] = { true, true, false };

#define ENTRY(id, quote, verdict)                                                        \
    "{\"id\":\"" id "\",\"quote\":\"" quote "\",\"verdict\":\"" verdict "\"}"
#define ONE ENTRY("one", "a b", "explained")
#define TWO ENTRY("two", "", "absent")
#define BOTH "{\"verdicts\":[" ONE "," TWO "]}"
#define WITH(entry) "{\"verdicts\":[" ONE "," entry "]}"

static const struct {
    int row;
    const char *text;
    const char *mistake; /* NULL: fine, and as BOTH says */
} cases[] = {
    ROW(BOTH, NULL),
    ROW("\n " BOTH "\n", NULL),
    ROW("```json\n" BOTH "\n```", NULL),
    ROW("Here:\n" BOTH "\nDone.", NULL),
    ROW("<think>{\"verdicts\":[]} or {so}</think>" BOTH, NULL),
    ROW("<think>" BOTH,
        NULL), /* no end of thoughts: the object stands there all the same */
    ROW("{\"verdicts\":[" TWO "," ONE "]}", NULL),
    ROW(WITH("{\"id\":\"two\",\"quote\":null,\"verdict\":\"absent\"}"), NULL),
    /* no JSON */
    ROW("", "there is no JSON object in it"),
    ROW("I like it.", "there is no JSON object in it"),
    ROW("} {", "there is no JSON object in it"),
    ROW(BOTH BOTH, "not valid JSON"),
    ROW("{\"verdicts\":[" ONE, "not valid JSON"),
    ROW("{\"verdicts\":[],\"verdicts\":[]}", "not valid JSON"),
    ROW("{\"verdicts\":NaN}", "not valid JSON"),
    ROW("{\"verdicts\":1e999}", "not valid JSON"),
    ROW(WITH("{\"id\":\"two\",\"quote\":\"\xff\",\"verdict\":\"absent\"}"),
        "not valid JSON"),
    /* another shape */
    ROW("[]", "the reply is no object"),
    ROW("\"verdicts\"", "there is no JSON object in it"),
    ROW("{}", "the reply has no 'verdicts'"),
    ROW("{\"score\":95}", "the reply has a key 'score' that is not asked for"),
    ROW("{\"verdicts\":{}}", "'verdicts' is no list"),
    ROW("{\"verdicts\":[7]}", "a verdict is no object"),
    ROW(WITH("{\"id\":\"two\",\"verdict\":\"absent\"}"), "a verdict has no 'quote'"),
    ROW(WITH("{\"id\":\"two\",\"quote\":\"\",\"verdict\":\"absent\",\"points\":9}"),
        "a verdict has a key 'points' that is not asked for"),
    ROW(WITH("{\"id\":2,\"quote\":\"\",\"verdict\":\"absent\"}"), "must be strings"),
    ROW(WITH("{\"id\":\"two\",\"quote\":[\"a\"],\"verdict\":\"absent\"}"),
        "must be strings"),
    ROW(WITH("{\"id\":\"two\",\"quote\":\"\",\"verdict\":2}"), "must be strings"),
    /* other verdicts */
    ROW("{\"verdicts\":[]}", "there is no verdict on 'one'"),
    ROW("{\"verdicts\":[" ONE "]}", "there is no verdict on 'two'"),
    ROW("{\"verdicts\":[" ONE "," TWO "," ONE "]}",
        "the criterion 'one' stands there twice"),
    ROW(WITH(ENTRY("three", "", "absent")), "there is no criterion 'three' to judge"),
    ROW(WITH(ENTRY("four\\u001b[2J", "", "absent")),
        "there is no criterion 'four^[[2J' to judge"),
    ROW(WITH(ENTRY("two", "", "Absent")), "'Absent' is no verdict"),
    ROW(WITH(ENTRY("two", "", "not-asked")), "'not-asked' is no verdict"),
    ROW(WITH(ENTRY("two", "", "")), "'' is no verdict"),
    ROW(WITH(ENTRY("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "",
                   "absent")),
        "there is no criterion 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' to judge"),
};

static void check_row(size_t i, struct arena *arena)
{
    struct reply_verdict got[3];
    struct reply_form form = { &rubric, wanted, arena };
    struct error e;
    error_init(&e);
    int result = reply_read(cases[i].text, strlen(cases[i].text), &form, got, &e);
    if (cases[i].mistake) {
        if (result == 0 || !strstr(e.message, cases[i].mistake))
            row_fails(__FILE__, cases[i].row, "result %d, '%s'", result, e.message);
    } else if (result < 0) {
        row_fails(__FILE__, cases[i].row, "refused: %s", e.message);
    } else if (got[0].verdict != VERDICT_EXPLAINED || strcmp(got[0].quote, "a b") != 0 ||
               got[0].quote_length != 3 || got[1].verdict != VERDICT_ABSENT ||
               got[1].quote_length || got[2].verdict != VERDICT_ABSENT) {
        row_fails(__FILE__, cases[i].row, "other verdicts");
    }
}

static void test_replies(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    for (size_t i = 0; i < ROWS(cases); i++)
        check_row(i, &arena);
    arena_release(&arena);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_replies) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
