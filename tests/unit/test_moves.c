/* What was different between two grades of one session, and which verdicts moved. */
#include "table.h"

#include <string.h>

#include "report/moves.h"

/* --- why --- */

static const struct {
    int row;
    struct grade_sources from, to;
    enum grader_kind kind;
    size_t said; /* event of something said; 0: nothing */
    unsigned want;
} reasons[] = {
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 0, 0),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "x", "l", "f", "w", 1 }, GRADER_BUILT_IN, 0, MOVE_RUBRIC),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 2 }, GRADER_BUILT_IN, 0, MOVE_RUBRIC),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "x", "f", "w", 1 }, GRADER_BUILT_IN, 0, MOVE_LEXICON),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "x", "w", 1 }, GRADER_BUILT_IN, 0, MOVE_RED_FLAGS),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "x", 1 }, GRADER_BUILT_IN, 0, MOVE_WEIGHTS),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "2", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 0, MOVE_SCORER),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "2", "x", "l", "f", "w", 1 }, GRADER_BUILT_IN, 0,
        MOVE_SCORER | MOVE_RUBRIC),
    ROW({ "1", "r", NULL, NULL, NULL, 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 0, MOVE_UNRECORDED),
    ROW({ "1", "r", NULL, NULL, NULL, 1 }, { "1", "r", NULL, NULL, NULL, 1 }, GRADER_PERSON, 0, 0),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 4, 0), /* before both */
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 7, MOVE_SAID_MORE),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN, 11, 0), /* after both */
};

static void test_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(reasons); i++) {
        struct report_line line = { .event = reasons[i].said, .kind = LINE_CANDIDATE };
        struct report report = { .lines = &line, .line_count = reasons[i].said > 0 };
        struct grade from = { .event = 5, .kind = reasons[i].kind, .sources = reasons[i].from };
        struct grade to = { .event = 10, .kind = reasons[i].kind, .sources = reasons[i].to };
        unsigned got = move_reasons(&report, &from, &to);
        if (got != reasons[i].want)
            row_fails(__FILE__, reasons[i].row, "reasons %x, not %x", got, reasons[i].want);
    }
    table_ends();
}

static const struct {
    int row;
    struct grade_sources from, to;
    enum grader_kind kind;
    const char *want;
} whys[] = {
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_BUILT_IN,
        ""),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "x", "l", "f", "w", 1 }, GRADER_BUILT_IN,
        "the rubric changed (still version 1)"),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "2", "x", "x", "x", "x", 2 }, GRADER_BUILT_IN,
        "the rubric changed (version 1 to 2), the lexicon changed, the shared red flags changed, "
        "the weights changed, the grader changed (1 to 2)"),
    ROW({ "1", "r", NULL, NULL, NULL, 1 }, { "1", "r", "l", "f", "w", 1 },
        GRADER_BUILT_IN,
        "an older viva graded first, and did not note its lexicon and weights"),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_MODEL,
        "asked again, and a model may answer otherwise"),
    ROW({ "1", "r", "l", "f", "w", 1 }, { "1", "r", "l", "f", "w", 1 }, GRADER_PERSON,
        "graded again by hand"),
};

static void test_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(whys); i++) {
        struct report report = { 0 };
        struct grade from = { .event = 5, .kind = whys[i].kind, .sources = whys[i].from };
        struct grade to = { .event = 10, .kind = whys[i].kind, .sources = whys[i].to };
        struct buffer got = BUFFER_INIT;
        buffer_add_string(&got, "so: ");
        moves_why(&report, &from, &to, &got);
        if (strcmp(got.data + 4, whys[i].want) != 0)
            row_fails(__FILE__, whys[i].row, "'%s', not '%s'", got.data + 4,
                      whys[i].want);
        buffer_release(&got);
    }
    table_ends();
}

/* --- what --- */

static void note(void *state, const struct move *move)
{
    struct buffer *out = state;
    buffer_printf(out, "%s %s-%s;", move->id, move->from ? verdict_names[move->from->verdict] : "",
                  move->to ? verdict_names[move->to->verdict] : "");
}

static void test_moves(void **state)
{
    (void)state;
    struct grade_verdict then[] = { { .id = "a", .verdict = VERDICT_ABSENT },
                                    { .id = "b", .verdict = VERDICT_EXPLAINED },
                                    { .id = "c", .verdict = VERDICT_MENTIONED } };
    struct grade_verdict now[] = { { .id = "d", .verdict = VERDICT_NOT_ASKED },
                                   { .id = "b", .verdict = VERDICT_EXPLAINED },
                                   { .id = "a", .verdict = VERDICT_EXPLAINED } };
    struct grade from = { .verdicts = then, .verdict_count = 3 };
    struct grade to = { .verdicts = now, .verdict_count = 3 };
    struct buffer out = BUFFER_INIT;
    assert_int_equal(moves_each(&from, &to, note, &out), 3);
    assert_string_equal(out.data, "d -not-asked;a absent-explained;c mentioned-;");
    assert_int_equal(moves_each(&from, &from, NULL, NULL), 0);
    buffer_release(&out);
}

/* --- between which --- */

static void test_before(void **state)
{
    (void)state;
    struct grade now = { .grader = "rubric" };
    struct grade grades[] = { { .grader = "rubric" }, { .grader = "person:AB" },
                              { .grader = "llm:x" },  { .grader = "rubric" } };
    struct report report = { .grades = grades, .grade_count = 4, .now = &now };
    assert_null(moves_before(&report, &grades[0]));
    assert_null(moves_before(&report, &grades[1]));
    assert_ptr_equal(moves_before(&report, &grades[3]), &grades[0]);
    assert_ptr_equal(moves_before(&report, &now), &grades[3]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_why),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
