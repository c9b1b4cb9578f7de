/*
 * When the interviewer asks by himself, in the shipped scenarios: probes and their caps, the one in
 * mid-phase, contradictions on both sides.
 */
#include <stdbool.h>
#include <string.h>

#include "session/interviewer.h"
#include "session/session.h"
#include "shipped.h"

static struct interviewer *interviewer_of(const struct shipped *s)
{
    struct error_list errors = ERROR_LIST_INIT;
    const struct weights *weights = catalogue_weights(shipped.catalogue, &errors);
    assert_non_null(weights);
    return interviewer_new(s->scenario, s->rubric, shipped.lexicon, weights);
}

/* --- sessions, an event at a time --- */

static void apply(struct session *s, struct event *e)
{
    e->number = s->events.count + 1;
    session_apply(s, e);
}

static void open_phase(struct session *s, size_t phase, int64_t time)
{
    struct event e;
    event_init(&e, EVENT_PHASE, time);
    event_set(&e, "phase", s->scenario->phases[phase].id);
    apply(s, &e);
}

static void say(struct session *s, int64_t time, const char *text)
{
    struct event e;
    event_init(&e, EVENT_SAY, time);
    event_set(&e, "who", "candidate");
    event_set(&e, "kind", "answer");
    event_set(&e, "text", text);
    apply(s, &e);
}

static void ask(struct session *s, int64_t time, const char *kind, const char *about,
                const char *of)
{
    struct event e;
    event_init(&e, EVENT_SAY, time);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", kind);
    if (about)
        event_set(&e, "about", about);
    event_set(&e, "of", of);
    event_set(&e, "text", "?");
    apply(s, &e);
}

/* --- probes --- */

/* Asks at /next until it is let go; every question is replied to with nothing. */
static void check_phase(const struct shipped *content, struct interviewer *v, struct session *s,
                        size_t phase)
{
    int probes = 0, index;
    while ((index = interviewer_probe(v, s, (int64_t)phase * 1000)) >= 0 && probes < 10) {
        const struct criterion *c = &content->rubric->criteria[index];
        if (c->only_if_asked && !s->twist_said)
            row_fails(content->id, (int)phase, "'%s' was never raised, and is asked about", c->id);
        if (strcmp(c->phase, content->scenario->phases[phase].id) != 0)
            row_fails(content->id, (int)phase, "'%s' does not belong here", c->id);
        probes++;
        ask(s, (int64_t)phase * 1000, "probe", NULL, c->id);
        say(s, (int64_t)phase * 1000, "Hm.");
    }
    if (probes > PROBES_MOST)
        row_fails(content->id, (int)phase, "%d probes in a phase", probes);
    for (size_t i = 0; i < content->rubric->criterion_count; i++)
        if (s->probes[i] > 2)
            row_fails(content->id, (int)phase, "'%s' is asked about %d times",
                      content->rubric->criteria[i].id, s->probes[i]);
}

static void test_probes(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++)
        for (int twist = 0; twist < 2; twist++) {
            const struct shipped *content = &shipped.items[i];
            struct interviewer *v = interviewer_of(content);
            struct session *s = session_new(content->scenario, content->rubric);
            for (size_t phase = 0; phase < content->scenario->phase_count; phase++) {
                open_phase(s, phase, (int64_t)phase * 1000);
                if (twist && phase == 4)
                    ask(s, 4000, "twist", NULL, content->scenario->twist.criterion);
                check_phase(content, v, s, phase);
            }
            session_free(s);
            interviewer_free(v);
        }
    table_ends();
}

/* Three at most, whatever brought them up. */
static void test_all_probes_count(void **state)
{
    (void)state;
    const struct shipped *content = shipped_find("booking-system");
    struct interviewer *v = interviewer_of(content);
    struct session *s = session_new(content->scenario, content->rubric);
    open_phase(s, 3, 0);
    for (int i = 0; i < PROBES_MOST; i++) {
        say(s, 1000, "Hm.");
        assert_true(interviewer_probe(v, s, 1000) >= 0);
        ask(s, 1000, "probe", "how", "");
    }
    say(s, 2000, "Hm.");
    assert_int_equal(interviewer_probe(v, s, 2000), -1);
    assert_int_equal(interviewer_midway(v, s, 9 * 60000), -1);
    session_free(s);
    interviewer_free(v);
}

/* --- in mid-phase --- */

static int midway(size_t phase, double minutes, const char *said, bool clock)
{
    const struct shipped *content = shipped_find("booking-system");
    struct interviewer *v = interviewer_of(content);
    struct session *s = session_new(content->scenario, content->rubric);
    s->clock = clock;
    open_phase(s, phase, 0);
    say(s, 1000, said);
    int found = interviewer_midway(v, s, (int64_t)(minutes * 60000));
    if (found >= 0) {
        ask(s, 2000, "probe", "midway", content->rubric->criteria[found].id);
        say(s, 3000, "Hm.");
        assert_int_equal(interviewer_midway(v, s, (int64_t)(minutes * 60000)), -1); /* once */
    }
    session_free(s);
    interviewer_free(v);
    return found;
}

static void test_midway(void **state)
{
    (void)state;
    const struct shipped *content = shipped_find("booking-system");
    assert_string_equal(content->id, "booking-system");
    int found = midway(4, 7.3, "Let me think.", true); /* 60% of 12 minutes are 7.2 */
    assert_true(found >= 0);
    assert_string_equal(content->rubric->criteria[found].id, "no-double-booking");
    assert_int_equal(midway(4, 7.1, "Let me think.", true), -1);
    assert_int_equal(midway(4, 7.3, "Let me think.", false), -1); /* no clock */
    assert_int_equal(midway(2, 5.9, "Let me think.", true), -1);  /* 6 minutes: too short */
    assert_int_equal(midway(4, 7.3, "A unique constraint, or a conditional update of the counter "
                                    "in one transaction, keeps a room from being sold twice.",
                            true), -1); /* the weightiest is there */
}

/* --- contradictions --- */

static void check_side(const struct shipped *content, struct interviewer *v, size_t rule,
                       const char *text, bool broken)
{
    const struct consistency_rule *r = &content->rubric->rules[rule];
    struct session *s = session_new(content->scenario, content->rubric);
    size_t last = content->scenario->phase_count - 1;
    open_phase(s, 0, 0);
    say(s, 0, text);
    assert_int_equal(interviewer_contradiction(v, s), -1); /* it is early */
    open_phase(s, last, 0);
    bool seen = false;
    int found;
    for (int n = 0; n < 2 && (found = interviewer_contradiction(v, s)) >= 0; n++) {
        seen = seen || (size_t)found == rule;
        ask(s, 0, "probe", "consistency", content->rubric->rules[found].id);
    }
    if (seen != broken)
        row_fails(content->id, (int)rule + 1, "'%s' %s: %s", r->id,
                  seen ? "is raised" : "is not raised", text);
    session_free(s);
}

static void test_contradictions(void **state)
{
    (void)state;
    size_t rules = 0;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *content = &shipped.items[i];
        struct interviewer *v = interviewer_of(content);
        for (size_t k = 0; k < content->rubric->rule_count; k++, rules++) {
            const struct examples *x = &content->rubric->rules[k].examples;
            for (size_t n = 0; n < x->wrong_count; n++)
                check_side(content, v, k, x->wrong[n], true);
            for (size_t n = 0; n < x->sound_count; n++)
                check_side(content, v, k, x->sound[n], false);
        }
        interviewer_free(v);
    }
    assert_true(rules >= 18); /* three each of the first six problems */
    table_ends();
}

/* What is turned down or put as a question contradicts nothing. */
static void test_what_is_not_meant(void **state)
{
    (void)state;
    static const struct {
        int row;
        const char *text;
    } cases[] = {
        ROW("An accepted job must never be lost. I would not do this: the jobs are kept in a "
            "Redis list."),
        ROW("An accepted job must never be lost. Should the jobs be kept in a Redis list?"),
        ROW("Urgent jobs start within 2 seconds. I would not let workers poll the job table every "
            "60 seconds."),
    };
    const struct shipped *content = NULL;
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, "job-queue"))
            content = &shipped.items[i];
    assert_non_null(content);
    struct interviewer *v = interviewer_of(content);
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct session *s = session_new(content->scenario, content->rubric);
        open_phase(s, 0, 0);
        say(s, 0, cases[i].text);
        open_phase(s, content->scenario->phase_count - 1, 0);
        int found = interviewer_contradiction(v, s);
        if (found >= 0)
            row_fails(__FILE__, cases[i].row, "'%s' is raised", content->rubric->rules[found].id);
        session_free(s);
    }
    interviewer_free(v);
    table_ends();
}

/* At most two in a session, however many there are. */
static void test_two_contradictions(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *content = &shipped.items[i];
        struct interviewer *v = interviewer_of(content);
        struct session *s = session_new(content->scenario, content->rubric);
        open_phase(s, 0, 0);
        for (size_t k = 0; k < content->rubric->rule_count; k++)
            say(s, 0, content->rubric->rules[k].examples.wrong[0]);
        open_phase(s, content->scenario->phase_count - 1, 0);
        int asked[3] = { -1, -1, -1 };
        for (int n = 0; n < 3 && (asked[n] = interviewer_contradiction(v, s)) >= 0; n++)
            ask(s, 0, "probe", "consistency", content->rubric->rules[asked[n]].id);
        assert_true(asked[0] >= 0 && asked[0] != asked[1]);
        assert_true((asked[1] >= 0) == (content->rubric->rule_count > 1));
        assert_int_equal(asked[2], -1);
        session_free(s);
        interviewer_free(v);
    }
}

/* --- doubtful claims --- */

/* What became of the flag; CHALLENGE_NONE too when it is not found any more. */
static enum challenged outcome_of(struct interviewer *v, const struct session *s,
                                  const struct red_flag *flag)
{
    struct session_answer answer;
    struct arena arena = ARENA_INIT;
    struct score score;
    enum challenged outcome = CHALLENGE_NONE;
    session_answer_build(s, &arena, &answer);
    scorer_grade(interviewer_scorer(v), &answer.answer, &arena, &score);
    for (size_t i = 0; i < score.red_flags_found; i++)
        if (score.red_flags[i].flag == flag)
            outcome = score.red_flags[i].challenged;
    arena_release(&arena);
    return outcome;
}

/* What a reply makes of a claim; sets *asked, unless another one is asked about. */
static enum challenged outcome_after(const struct shipped *content, struct interviewer *v,
                                     const struct red_flag *flag, const char *reply,
                                     bool *asked)
{
    enum { DESIGN = 3 };
    struct session *s = session_new(content->scenario, content->rubric);
    struct doubtful_claim claim = { 0 }, again = { 0 };
    open_phase(s, DESIGN, 0);
    say(s, 0, flag->examples.wrong[0]);
    if (!interviewer_challenge(v, s, &claim) || !claim.length)
        row_fails(content->id, 0, "'%s' is not asked about", flag->id);
    *asked = claim.flag == flag;
    ask(s, 0, "probe", "claim", flag->id);
    if (interviewer_challenge(v, s, &again))
        row_fails(content->id, 0, "'%s' is not waited for", flag->id);
    say(s, 0, reply);
    if (interviewer_challenge(v, s, &again) && again.flag == flag)
        row_fails(content->id, 0, "'%s' is asked about twice", flag->id);
    enum challenged outcome = outcome_of(v, s, flag);
    session_free(s);
    return outcome;
}

/* The claim is asked about, once; a reply that puts it right does not confirm it, and one that does not does not
 * settle it. One that is in the words of the claim again confirms it whatever else it says. */
static void check_challenge(const struct shipped *content, struct interviewer *v,
                            const struct red_flag *flag)
{
    const struct examples *x = &flag->challenge.examples;
    bool asked = true, stood = true;
    for (size_t i = 0; i < x->sound_count && asked && stood; i++)
        stood = outcome_after(content, v, flag, x->sound[i], &asked) == CHALLENGE_STOOD;
    if (asked && stood)
        row_fails(content->id, 0, "'%s' still counts", flag->id);
    if (x->wrong_count && asked &&
        outcome_after(content, v, flag, x->wrong[0], &asked) == CHALLENGE_CORRECTED)
        row_fails(content->id, 0, "'%s' no longer counts: %s", flag->id, x->wrong[0]);
}

static void test_challenges(void **state)
{
    (void)state;
    size_t challenges = 0;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct rubric *rubric = shipped.items[i].rubric;
        struct interviewer *v = interviewer_of(&shipped.items[i]);
        for (size_t k = 0; k < rubric->own_red_flag_count; k++) {
            const struct red_flag *flag = &rubric->red_flags[k];
            if (!flag->challenge.question || !flag->challenge.examples.sound_count)
                continue;
            check_challenge(&shipped.items[i], v, flag);
            challenges++;
        }
        interviewer_free(v);
    }
    assert_true(challenges >= 200);
    table_ends();
}

/* What is said of one claim is no reply to another, and a question none at all. */
static void test_replies(void **state)
{
    (void)state;
    const struct shipped *content = &shipped.items[0];
    struct session *s = session_new(content->scenario, content->rubric);
    struct arena arena = ARENA_INIT;
    struct session_answer answer;
    const char *flag = content->rubric->red_flags[0].id;
    open_phase(s, 3, 0);
    say(s, 0, "A claim.");
    ask(s, 0, "probe", "claim", flag);
    say(s, 0, "A reply.");
    say(s, 0, "It goes on.");
    ask(s, 0, "probe", NULL, content->rubric->criteria[0].id);
    say(s, 0, "Of something else.");
    session_answer_build(s, &arena, &answer);
    assert_int_equal(answer.answer.challenge_count, 1);
    assert_int_equal(answer.answer.challenges[0].flag, 0);
    assert_int_equal(answer.answer.challenges[0].first, 1);
    assert_int_equal(answer.answer.challenges[0].count, 2);
    assert_int_equal(s->probes[0], 1);
    arena_release(&arena);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_probes),
        cmocka_unit_test(test_all_probes_count),
        cmocka_unit_test(test_midway),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_what_is_not_meant),
        cmocka_unit_test(test_two_contradictions),
        cmocka_unit_test(test_challenges),
        cmocka_unit_test(test_replies),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
