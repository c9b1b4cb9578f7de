/* A person's verdicts in points: the same scale as every grader's, and nothing that reads
 * words. */
#include <math.h>
#include <string.h>

#include "shipped.h"

struct given {
    enum verdict verdicts[64];
    bool prompted[64];
    double shares[64];
    const struct red_flag *flags[8];
    struct person_grade grade;
};

static void give(const struct shipped *with, enum verdict all, struct given *out)
{
    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < with->rubric->criterion_count; i++)
        out->verdicts[i] = all;
    for (size_t i = 0; i < 64; i++)
        out->shares[i] = -1;
    out->grade.verdicts = out->verdicts;
    out->grade.prompted = out->prompted;
    out->grade.flags = out->flags;
}

static struct score graded(const struct shipped *with, const struct given *given)
{
    struct score score;
    scorer_grade_person(with->scorer, &given->grade, &shipped.arena, &score);
    return score;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

/* The ends of the scale, in every rubric. */
static void test_range(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *with = &shipped.items[i];
        struct given given;
        give(with, VERDICT_EXPLAINED, &given);
        struct score all = graded(with, &given);
        assert_true(near(all.coverage, 1) && all.total >= level_bars[LEVEL_STAFF]);
        for (int level = 0; level < LEVEL_COUNT; level++)
            assert_true(all.levels[level].cleared && all.levels[level].short_count == 0);
        give(with, VERDICT_ABSENT, &given);
        struct score none = graded(with, &given);
        assert_true(none.total == 0 && !none.levels[LEVEL_MID].cleared);
        give(with, VERDICT_MENTIONED, &given);
        struct score named = graded(with, &given);
        assert_true(named.total > 0 && named.total < level_bars[LEVEL_MID]);
        give(with, VERDICT_NOT_ASKED, &given);
        struct score empty = graded(with, &given);
        assert_true(empty.total == 0 && !empty.levels[LEVEL_MID].cleared);
    }
}

/* What was not asked is in no sum; but no level is cleared on musts that nobody looked
 * at. */
static void test_not_asked(void **state)
{
    (void)state;
    const struct shipped *with = &shipped.items[0];
    size_t must = 0, nice = 0;
    for (size_t i = 0; i < with->rubric->criterion_count; i++) {
        if (with->rubric->criteria[i].must_from == LEVEL_MID)
            must = i;
        if (with->rubric->criteria[i].must_from == LEVEL_NONE)
            nice = i;
    }
    struct given given;
    give(with, VERDICT_EXPLAINED, &given);
    given.verdicts[nice] = VERDICT_NOT_ASKED;
    struct score score = graded(with, &given);
    assert_true(near(score.coverage, 1) && score.levels[LEVEL_STAFF].cleared);
    assert_false(score.criteria[nice].graded);
    given.verdicts[must] = VERDICT_NOT_ASKED;
    score = graded(with, &given);
    assert_true(near(score.coverage, 1) && !score.levels[LEVEL_MID].cleared);
    assert_int_equal(score.levels[LEVEL_MID].short_count, 0);
    given.verdicts[must] = VERDICT_ABSENT;
    score = graded(with, &given);
    assert_true(score.coverage < 1 && !score.levels[LEVEL_MID].cleared);
    assert_int_equal(score.levels[LEVEL_MID].short_count, 1);
}

/* Credit after a question is the same share less as for every grader, but not for what
 * only the interviewer can raise. */
static void test_prompted(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *with = &shipped.items[i];
        struct given given;
        give(with, VERDICT_EXPLAINED, &given);
        for (size_t k = 0; k < with->rubric->criterion_count; k++)
            given.prompted[k] = true;
        struct score score = graded(with, &given);
        for (size_t k = 0; k < score.criterion_count; k++) {
            bool asked_only = with->rubric->criteria[k].only_if_asked;
            assert_true(score.criteria[k].prompted == !asked_only);
            assert_true((score.criteria[k].credit == 1) == asked_only);
        }
    }
}

/* The person's own grade of a dimension takes the place of what the tags come to; the
 * same number changes nothing. */
static void test_shares(void **state)
{
    (void)state;
    const struct shipped *with = &shipped.items[0];
    struct given given;
    give(with, VERDICT_EXPLAINED, &given);
    for (size_t i = 0; i < with->rubric->criterion_count; i += 2)
        given.verdicts[i] = VERDICT_MENTIONED;
    struct score before = graded(with, &given);
    given.grade.shares = given.shares;
    assert_true(near(graded(with, &given).total, before.total));
    for (size_t i = 0; i < before.dimension_count; i++)
        given.shares[i] = before.dimensions[i].share;
    assert_true(near(graded(with, &given).total, before.total));
    given.shares[0] = 1;
    struct score after = graded(with, &given);
    double more = before.dimensions[0].weight * (1 - before.dimensions[0].share), sum = 0;
    for (size_t i = 0; i < before.dimension_count; i++)
        sum += before.dimensions[i].weight;
    assert_true(near(after.coverage, before.coverage + more / sum) &&
                after.total > before.total);
    given.shares[0] = 7; /* no more than all of it */
    assert_true(near(graded(with, &given).total, after.total));
}

static void test_flags_hints_and_the_end(void **state)
{
    (void)state;
    const struct shipped *with = &shipped.items[0];
    struct given given;
    give(with, VERDICT_EXPLAINED, &given);
    double whole = graded(with, &given).total;
    given.flags[0] = &with->rubric->red_flags[0];
    given.grade.flag_count = 1;
    struct score one = graded(with, &given);
    assert_true(one.red_flag_count == 1 && one.red_flags[0].cost > 0);
    double cap = one.red_flags[0].flag->cap;
    assert_true(near(one.total, cap > 0 ? fmin(cap, whole - one.red_flags[0].cost)
                                        : whole - one.red_flags[0].cost));
    for (size_t i = 0; i < 4; i++)
        given.flags[i] = &with->rubric->red_flags[i];
    given.grade.flag_count = 4;
    /* from the second on the rest is doubtful, and that is what they cost */
    struct error_list errors = ERROR_LIST_INIT;
    const struct weights *w = catalogue_weights(shipped.catalogue, &errors);
    struct score four = graded(with, &given);
    double left = whole * pow(1 - w->flag_void_each, 4 - w->flag_void_from + 1);
    for (size_t i = 0; i < 4; i++)
        left = given.flags[i]->cap > 0 ? fmin(left, given.flags[i]->cap) : left;
    assert_true(near(four.total, left) && left < whole * 2 / 3);
    double prices = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_true(four.red_flags[i].cost > 0);
        prices += four.red_flags[i].cost;
    }
    assert_true(near(
        prices, whole - whole * pow(1 - w->flag_void_each, 4 - w->flag_void_from + 1)));
    given.grade.flag_count = 0;
    given.grade.hint_cost = 3;
    struct score hinted = graded(with, &given);
    assert_true(near(hinted.total, whole - 3) && near(hinted.without_hints, whole));
    given.grade.hint_cost = 1000;
    assert_true(graded(with, &given).total == 0);
    given.grade.hint_cost = 0;
    given.grade.unfinished = true;
    assert_false(graded(with, &given).levels[LEVEL_MID].cleared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_not_asked),
        cmocka_unit_test(test_prompted),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_flags_hints_and_the_end),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
