/* Two sessions side by side: what moved. */
#include <math.h>
#include <string.h>

#include "report/comparison.h"
#include "table.h"

#define START(scenario) "{\"t\":\"2026-11-20T10:00:00Z\",\"type\":\"session.start\",\"id\":\"a\"," \
    "\"scenario\":{\"id\":\"" scenario "\"},\"level\":\"mid\",\"phases\":[{\"id\":\"p\",\"minutes\":2}]}\n"
#define SCORE(grader, hash, criteria) "{\"t\":\"2026-11-20T10:00:00Z\",\"type\":\"score\",\"grader\":\"" \
    grader "\",\"rubric\":{\"hash\":\"" hash "\"},\"scorer\":\"1\",\"score\":50,\"criteria\":[" criteria "]}\n"
#define SEALED(who)                                                                      \
    "{\"t\":\"2026-11-20T10:00:00Z\",\"type\":\"score\",\"grader\":\"person:" who        \
    "\",\"sealed\":true,\"rubric\":{\"hash\":\"h\"},\"score\":70,\"criteria\":[]}\n"
#define C(id, verdict) "{\"id\":\"" id "\",\"verdict\":\"" verdict "\",\"credit\":0.5}"

static const struct {
    int row;
    const char *a, *b, *move;
} moves[] = {
    ROW("absent", "mentioned", "new"),        ROW("absent", "explained", "new"),
    ROW("mentioned", "explained", "deeper"),  ROW("explained", "mentioned", "thinner"),
    ROW("explained", "absent", "lost"),       ROW("mentioned", "absent", "lost"),
    ROW("absent", "absent", "same"),          ROW("explained", "explained", "same"),
    ROW("not-asked", "explained", "unknown"), ROW("explained", "not-asked", "unknown"),
    ROW("", "explained", "unknown"),          ROW("perfect", "explained", "unknown"),
};

struct two {
    struct transcript transcripts[2];
    struct summary summaries[2];
    struct comparison_side sides[2];
    struct arena arena;
    struct comparison c;
};

static void read_two(struct two *t, const char *a, const char *b)
{
    const char *texts[2] = { a, b };
    *t = (struct two) { .arena = ARENA_INIT };
    for (int i = 0; i < 2; i++) {
        transcript_parse(&t->transcripts[i], "x", texts[i], strlen(texts[i]));
        assert_int_equal(t->transcripts[i].problems.count, 0);
        summary_of(&t->summaries[i], &t->transcripts[i]);
        t->sides[i] =
            (struct comparison_side) { .id = i ? "B" : "A", .summary = &t->summaries[i] };
    }
}

static void release_two(struct two *t)
{
    for (int i = 0; i < 2; i++) {
        summary_release(&t->summaries[i]);
        transcript_release(&t->transcripts[i]);
    }
    arena_release(&t->arena);
}

static void test_moves(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(moves); i++) {
        struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
        struct two t;
        buffer_printf(&a, START("tea") SCORE("rubric", "h", C("x", "%s")), moves[i].a);
        buffer_printf(&b, START("tea") SCORE("rubric", "h", C("x", "%s")), moves[i].b);
        read_two(&t, a.data, b.data);
        comparison_make(t.sides, NULL, NULL, NULL, &t.arena, &t.c);
        assert_int_equal(t.c.criterion_count, 1);
        const char *move = comparison_move_names[t.c.criteria[0].move];
        if (strcmp(move, moves[i].move) != 0 || !t.c.same_rubric || !t.c.same_scenario)
            row_fails(__FILE__, moves[i].row, "%s", move);
        release_two(&t);
        buffer_release(&a);
        buffer_release(&b);
    }
    table_ends();
}

static const struct {
    int row;
    const char *a, *b;  /* scores */
    const char *wanted; /* grader; NULL: none in particular */
    const char *grader; /* whose scores are compared */
    bool both;
    const char *shown; /* whose score the second shows */
} graders[] = {
    ROW(SCORE("rubric", "h", ""), SCORE("rubric", "h", ""), NULL, "rubric", true,
        "rubric"),
    ROW(SCORE("llm:m", "h", "") SCORE("rubric", "h", ""), SCORE("llm:m", "h", ""), NULL,
        "llm:m", true, "llm:m"),
    ROW(SCORE("llm:m", "h", ""), SCORE("person:AB", "h", ""), NULL, "", false,
        "person:AB"),
    ROW("", SCORE("rubric", "h", ""), NULL, "", false, "rubric"),
    ROW(SCORE("rubric", "h", "") SCORE("person:AB", "h", ""),
        SCORE("rubric", "h", "") SCORE("person:AB", "h", ""), "person:AB", "person:AB",
        true, "person:AB"),
    ROW(SCORE("rubric", "h", ""), SCORE("rubric", "h", ""), "person:AB", "person:AB",
        false, ""),
    ROW(SCORE("rubric", "h", "") SEALED("AB"), SCORE("rubric", "h", "") SEALED("AB"),
        NULL, "person:AB", true, "person:AB"),
    ROW(SCORE("rubric", "h", "") SEALED("AB"), SCORE("rubric", "h", "") SEALED("CD"),
        NULL, "rubric", true, "person:CD"),
    ROW(SCORE("rubric", "h", "") SEALED("AB"), SCORE("rubric", "h", ""), NULL, "rubric",
        true, "rubric"),
    ROW(SCORE("rubric", "h", "") SEALED("AB"), SCORE("rubric", "h", "") SEALED("AB"),
        "rubric", "rubric", true, "rubric"),
};

static void test_graders(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(graders); i++) {
        struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
        struct two t;
        buffer_printf(&a, "%s%s", START("tea"), graders[i].a);
        buffer_printf(&b, "%s%s", START("tea"), graders[i].b);
        read_two(&t, a.data, b.data);
        comparison_make(t.sides, graders[i].wanted, NULL, NULL, &t.arena, &t.c);
        bool both = t.c.side[0].score && t.c.side[1].score;
        const char *shown = t.c.side[1].shown ? t.c.side[1].shown->grader : "";
        if (strcmp(t.c.grader, graders[i].grader) != 0 || both != graders[i].both ||
            strcmp(shown, graders[i].shown) != 0)
            row_fails(__FILE__, graders[i].row, "'%s', %s, shown '%s'", t.c.grader,
                      both ? "both" : "not both", shown);
        release_two(&t);
        buffer_release(&a);
        buffer_release(&b);
    }
    table_ends();
}

static const char *title(void *state, const char *scenario, const char *criterion)
{
    (void)state;
    return strcmp(criterion, "twist") ? "Trade-offs" : scenario;
}

/* Two scenarios may have one id for two things: then it moved nowhere. */
static void test_two_scenarios(void **state)
{
    (void)state;
    struct two t;
    read_two(&t, START("tea") SCORE("rubric", "h", C("twist", "absent") "," C("same", "absent")),
             START("milk") SCORE("rubric", "i", C("twist", "explained") "," C("same", "explained")));
    comparison_make(t.sides, NULL, title, NULL, &t.arena, &t.c);
    assert_false(t.c.same_scenario || t.c.same_rubric);
    assert_int_equal(t.c.criteria[0].move, MOVE_UNKNOWN);
    assert_int_equal(t.c.criteria[1].move, MOVE_NEW);
    release_two(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_graders),
        cmocka_unit_test(test_two_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
