/* The verdict: what the tags come to, what is typed, and who may see which grade. */
#include <math.h>

#include "interview.h"
#include "session/seal.h"

static void test_recommendation(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *words;
        int want;      /* -1: none of that */
        enum level at; /* senior when no level is named */
    } cases[] = {
        ROW("sn", 0, LEVEL_SENIOR),
        ROW("n", 1, LEVEL_SENIOR),
        ROW("y", 2, LEVEL_SENIOR),
        ROW("sy", 3, LEVEL_SENIOR),
        ROW("no", 1, LEVEL_SENIOR),
        ROW("yes", 2, LEVEL_SENIOR),
        ROW("strong no", 0, LEVEL_SENIOR),
        ROW("strong-no", 0, LEVEL_SENIOR),
        ROW("strong yes", 3, LEVEL_SENIOR),
        ROW("s y", 3, LEVEL_SENIOR),
        ROW("y mid", 2, LEVEL_MID),
        ROW("strong-yes at staff", 3, LEVEL_STAFF),
        ROW("  no ,  mid ", 1, LEVEL_MID),
        ROW("maybe", -1, LEVEL_SENIOR),
        ROW("", -1, LEVEL_SENIOR),
        ROW("strong", -1, LEVEL_SENIOR),
        ROW("strong maybe", -1, LEVEL_SENIOR),
        ROW("yes no", -1, LEVEL_SENIOR),
        ROW("y junior", -1, LEVEL_SENIOR),
        ROW("y mid staff", -1, LEVEL_SENIOR),
        ROW("strong sy", -1, LEVEL_SENIOR),
        ROW("2", -1, LEVEL_SENIOR),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        int got = -1;
        enum level at = LEVEL_SENIOR;
        bool right = seal_parse_recommendation(cases[i].words, &got, &at);
        if (right != (cases[i].want >= 0) || got != cases[i].want || at != cases[i].at)
            row_fails(__FILE__, cases[i].row, "'%s': %d at %d", cases[i].words, got,
                      (int)at);
    }
    table_ends();
}

static void test_grades(void **state)
{
    (void)state;
    static struct dimension_score dimensions[] = { { .id = "requirements" },
                                                   { .id = "depth" },
                                                   { .id = "reliability" } };
    static const struct score score = { .dimensions = dimensions, .dimension_count = 3 };
    static const struct {
        int row;
        const char *words;
        double want[3]; /* of 4; all -4: none of that */
    } cases[] = {
        ROW("depth 3", { -4, 3, -4 }),
        ROW("d 2.5", { -4, 2.5, -4 }),
        ROW("depth 3 req 0, rel 4", { 0, 3, 4 }),
        ROW("1 2 3", { 1, 2, 3 }),
        ROW("1, 2, 3 ", { 1, 2, 3 }),
        ROW("1 2", { -4, -4, -4 }),
        ROW("1 2 3 4", { -4, -4, -4 }),
        ROW("depth", { -4, -4, -4 }),
        ROW("depth 5", { -4, -4, -4 }),
        ROW("depth -1", { -4, -4, -4 }),
        ROW("depth nan", { -4, -4, -4 }),
        ROW("r 3", { -4, -4, -4 }), /* requirements or reliability? */
        ROW("width 3", { -4, -4, -4 }),
        ROW("depth 3 width 3", { -4, -4, -4 }), /* then nothing of it */
        ROW("", { -4, -4, -4 }),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        double shares[3] = { -1, -1, -1 };
        seal_parse_grades(&score, cases[i].words, shares);
        for (size_t k = 0; k < 3; k++)
            if (fabs(shares[k] * 4 - cases[i].want[k]) > 1e-9)
                row_fails(__FILE__, cases[i].row, "'%s': %zu is %g", cases[i].words, k,
                          shares[k] * 4);
    }
    table_ends();
}

static void test_who_may_see(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *lines[4];
        const char *viewer, *missing; /* NULL: nobody */
        bool seen;                    /* whether AB has */
    } cases[] = {
        ROW({ PHASE("requirements") }, NULL, "AB", false),
        ROW({ SCORE("rubric") }, NULL, "AB", false),
        ROW({ SCORE("person:AB") }, NULL, NULL, true),
        ROW({ SCORE("person:AB") }, "AB", NULL, true),
        ROW({ SCORE("person:AB") }, "", NULL, true),
        ROW({ SCORE("person:AB") }, "CD", "CD", true),
        ROW({ SCORE("person:CD") }, "CD", "AB", false),
        ROW({ SCORE("person:AB"), SCORE("person:CD") }, "CD", NULL, true),
        ROW({ SCORE("person:ABC") }, NULL, "AB", false),
        ROW({ DRAFT("AB", "grade-seen", "x") }, NULL, "AB", true),
        ROW({ DRAFT("CD", "grade-seen", "x") }, NULL, "AB", false),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x") }, NULL, "CD", true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x") }, "", "CD", true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x") }, "AB", NULL, true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "gaps", "x") }, NULL, NULL, true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"),
              DRAFT("CD", "grade-seen", "x") },
            NULL, NULL, true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"), SCORE("person:CD") }, NULL,
            NULL, true),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"), SCORE("person:CD"),
              DRAFT("EF", "opened", "x") },
            NULL, "EF", true),
        ROW({ DRAFT("CD", "opened", "x") }, NULL, "AB", false),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        size_t count = 0;
        while (count < 4 && cases[i].lines[count])
            count++;
        struct interview v = interview_new(cases[i].lines, count);
        const char *got = seal_missing(v.session, cases[i].viewer);
        const char *want = cases[i].missing;
        if ((got == NULL) != (want == NULL) || (got && strcmp(got, want) != 0) ||
            seal_has_seen(v.session, "AB") != cases[i].seen)
            row_fails(__FILE__, cases[i].row, "missing %s, seen %d", got ? got : "nobody",
                      seal_has_seen(v.session, "AB"));
        interview_free(&v);
    }
    table_ends();
}

/* Each whose score a look may spoil, once, the interviewer first. */
static void test_who_has_still_to_seal(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *lines[4];
        const char *want;
    } cases[] = {
        ROW({ PHASE("requirements") }, "AB "),
        ROW({ SCORE("person:AB") }, ""),
        ROW({ DRAFT("CD", "opened", "x"), DRAFT("EF", "opened", "x") }, "AB CD EF "),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"), DRAFT("CD", "opened", "x"),
              DRAFT("EF", "opened", "x") },
            "CD EF "),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"), SCORE("person:CD"),
              DRAFT("EF", "opened", "x") },
            "EF "),
        ROW({ SCORE("person:AB"), DRAFT("CD", "opened", "x"),
              DRAFT("CD", "grade-seen", "x") },
            ""),
    };
    for (size_t i = 0; i < ROWS(cases); i++) {
        const char *names[PENDING_MOST];
        struct buffer got = BUFFER_INIT;
        size_t count = 0;
        while (count < 4 && cases[i].lines[count])
            count++;
        struct interview v = interview_new(cases[i].lines, count);
        size_t pending = seal_pending(v.session, names);
        buffer_add_string(&got, "");
        for (size_t k = 0; k < pending; k++)
            buffer_printf(&got, "%s ", names[k]);
        if (strcmp(got.data, cases[i].want) != 0)
            row_fails(__FILE__, cases[i].row, "'%s'", got.data);
        buffer_release(&got);
        interview_free(&v);
    }
    table_ends();
}

/* Asked and untagged is absent, untouched is not asked; what came after the question is
 * prompted, what the candidate brought up before is not. */
static void test_what_tags_come_to(void **state)
{
    (void)state;
    static const char *const lines[] = {
        PHASE("requirements"),
        SAID("we shorten links"),
        TAG_OF("AB", "functional-scope", "explained", "3"),
        ASKED("probe", "quality-goals"),
        SAID("50 ms"),
        TAG_OF("AB", "quality-goals", "explained", "6"),
        ASKED("probe", "functional-scope"),
        ASKED("probe", "uniqueness"),
        FLAG("AB", "code-reused-at-once"),
        TAG("CD", "data-store", "explained"),
    };
    static const struct {
        int row;
        const char *id;
        enum verdict verdict;
        bool prompted;
        size_t event; /* of its quote; 0: none */
    } cases[] = {
        ROW("functional-scope", VERDICT_EXPLAINED, false, 3),
        ROW("quality-goals", VERDICT_EXPLAINED, true, 6),
        ROW("uniqueness", VERDICT_ABSENT, false, 0),
        ROW("data-store", VERDICT_NOT_ASKED, false, 0),
        ROW("twist", VERDICT_NOT_ASKED, false, 0),
    };
    struct arena arena = ARENA_INIT;
    struct standing standing;
    struct interview v = interview_new(lines, sizeof(lines) / sizeof(*lines));
    seal_grade(v.session, v.interviewer, "AB", NULL, &arena, &standing);
    const struct score *score = &standing.debrief.score;
    for (size_t i = 0; i < ROWS(cases); i++) {
        const struct criterion_score *c =
            &score->criteria[rubric_find(v.rubric, cases[i].id)];
        size_t event =
            c->quote.part >= 0 ? standing.debrief.answer.places[c->quote.part].event : 0;
        if (c->verdict != cases[i].verdict || c->prompted != cases[i].prompted ||
            event != cases[i].event)
            row_fails(__FILE__, cases[i].row, "%s: %s, %sprompted, event %zu",
                      cases[i].id, verdict_names[c->verdict], c->prompted ? "" : "not ",
                      event);
    }
    assert_int_equal(score->red_flag_count, 1);
    assert_true(score->unfinished); /* one phase of six */
    table_ends();
    arena_release(&arena);
    interview_free(&v);
}

/* A pasted page stays evidence, and the score holds no more of it than can be read. */
static void test_long_quote(void **state)
{
    (void)state;
    struct buffer said = BUFFER_INIT;
    buffer_add_string(&said, "\"type\":\"note\",\"by\":\"AB\",\"text\":\"");
    for (int i = 0; i < 1000; i++)
        buffer_add_string(&said, "\xc3\xa4");
    buffer_add_char(&said, '"');
    const char *const lines[] = { said.data, TAG_OF("AB", "twist", "explained", "2") };
    struct arena arena = ARENA_INIT;
    struct standing standing;
    struct interview v = interview_new(lines, 2);
    seal_grade(v.session, v.interviewer, "AB", NULL, &arena, &standing);
    struct quote quote =
        standing.debrief.score.criteria[rubric_find(v.rubric, "twist")].quote;
    assert_int_equal(quote.start, 0);
    assert_true(quote.end > 300 && quote.end <= 400 && quote.end % 2 == 0);
    arena_release(&arena);
    interview_free(&v);
    buffer_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_recommendation),
        cmocka_unit_test(test_grades),
        cmocka_unit_test(test_who_may_see),
        cmocka_unit_test(test_what_tags_come_to),
        cmocka_unit_test(test_who_has_still_to_seal),
        cmocka_unit_test(test_long_quote),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
