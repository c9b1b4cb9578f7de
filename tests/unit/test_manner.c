/* How it was said: what is counted, and what is not. */
#include <stdlib.h>
#include <string.h>

#include "session/manner.h"
#include "session/session.h"
#include "shipped.h"

static const struct {
    int row;
    const char *said; /* pieces parted by '/', a question ends in '?' */
    const char *counts; /* questions, assumptions, trade-offs, numbers, order */
} cases[] = {
    ROW("", "0 0 0 0 0"), ROW("how long do links live?/is it global?", "2 0 0 0 0"),
    ROW("Which regions? And how long do links live?/Any budget?", "3 0 0 0 0"),
    ROW("I assume five years.", "0 1 0 1 0"),
    ROW("Let's say links never expire. I take it that reads may be stale.", "0 2 0 0 0"),
    ROW("Let us say so, and I assume that it holds.", "0 1 0 0 0"), /* one sentence */
    ROW("We poll at the cost of freshness. The downside is load.", "0 0 2 0 0"),
    ROW("A table rather than a broker, since we run one.", "0 0 1 0 0"),
    ROW("It could also be sqs rather than kafka, less to run.", "0 0 1 0 0"),
    ROW("A table rather than a broker.", "0 0 0 0 0"), /* a choice, and no price */
    ROW("That is 800k a day instead of 80M.", "0 0 0 2 0"),
    ROW("Gave up: exactly once. That costs us a query.", "0 0 2 0 0"),
    ROW("POST answers 409 with the row, and we say 200 at once.", "0 0 0 0 0"),
    ROW("Say 200 friends each, 405 users.", "0 1 0 1 0"),
    ROW("409 sold out with alternatives and no less.", "0 0 0 0 0"),
    ROW("A service in the middle costs one more hop.", "0 0 1 0 0"),
    ROW("Picked consistency over availability.", "0 0 1 0 0"),
    ROW("Row lock vs version: retries are slower when it is hot.", "0 0 1 0 0"),
    ROW("Unfinished parts are dropped, otherwise we pay for the disks.", "0 0 0 0 0"),
    ROW("First I say what we promise, then numbers.", "0 0 0 0 1"),
    ROW("Then I would not close all of them.", "0 0 0 0 0"),
    ROW("1:1 and groups. Writes to reads are 1:100.", "0 0 0 2 0"),
    ROW("We give up after five tries.", "0 0 0 0 0"),
    ROW("I would say 20 million of them. We run, call it, 10 boxes.", "0 2 0 2 0"),
    ROW("Say 200 of them a user, say about 5 KB each.", "0 1 0 2 0"),
    ROW("The 20 of them have a say. You say so 20 times.", "0 0 0 2 0"),
    ROW("What I take for granted: users. Ill take 1000 to be safe.", "0 2 0 1 0"),
    ROW("What I paid: one big one can hurt the small ones.", "0 0 1 0 0"),
    ROW("That is about the infected ones, I guess.", "0 0 0 0 0"),
    ROW("100M a month are 40 writes per second, 3 TB in 5 years.", "0 0 0 4 0"),
    ROW("I will first do the numbers, then the api.", "0 0 0 0 1"),
    ROW("Let me start with the api./To sum up: one table.", "0 0 0 0 2"),
    ROW("step 1: measure. step 2: nginx on 8 servers.", "0 0 0 3 1"),
    /* mechanisms, not announcements */
    ROW("A second server takes over when the first one fails.", "0 0 0 0 0"),
    ROW("First we look into the cache, then into the table.", "0 0 0 0 0"),
    ROW("how many, I assume, are there?", "1 0 0 0 0"), /* questions are questions */
};

static void say(struct session *s, const char *text, size_t length, int64_t time)
{
    struct event e;
    event_init(&e, EVENT_SAY, time);
    e.number = s->events.count + 1;
    event_set(&e, "who", "candidate");
    event_set(&e, "kind", length && text[length - 1] == '?' ? "question" : "answer");
    event_set_bytes(&e, "text", text, length);
    session_apply(s, &e);
}

static struct session *session_that_says(const char *said)
{
    struct session *s = session_new(shipped_find("booking-system")->scenario,
                                    shipped_find("booking-system")->rubric);
    struct event phase;
    event_init(&phase, EVENT_PHASE, 0);
    phase.number = 1;
    event_set(&phase, "phase", s->scenario->phases[0].id);
    session_apply(s, &phase);
    for (int64_t time = 1000; *said; time += 1000) {
        size_t length = strcspn(said, "/");
        say(s, said, length, time);
        said += length + (said[length] == '/');
    }
    return s;
}

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct session *s = session_that_says(cases[i].said);
        struct session_answer answer;
        struct manner m;
        char got[64];
        arena_reset(&shipped.arena);
        session_answer_build(s, &shipped.arena, &answer);
        manner_read(&answer, shipped.lexicon, &m);
        snprintf(got, sizeof(got), "%zu %zu %zu %zu %zu", m.counts[0], m.counts[1], m.counts[2],
                 m.counts[3], m.counts[4]);
        if (strcmp(got, cases[i].counts) != 0)
            row_fails(__FILE__, cases[i].row, "'%s' counts %s", cases[i].said, got);
        session_free(s);
    }
    table_ends();
}

static void test_firsts(void **state)
{
    (void)state;
    struct session *s = session_that_says("hello/is it big?/A number: 40 writes a second."
                                          "/When the store fails, we answer from memory/7 nines");
    struct session_answer answer;
    struct manner m;
    arena_reset(&shipped.arena);
    session_answer_build(s, &shipped.arena, &answer);
    manner_read(&answer, shipped.lexicon, &m);
    assert_int_equal(manner_first(&m, &answer, MANNER_QUESTIONS), 2000);
    assert_int_equal(manner_first(&m, &answer, MANNER_NUMBERS), 3000);
    assert_int_equal(manner_first(&m, &answer, MANNER_FAILURES), 4000);
    assert_int_equal(manner_first(&m, &answer, MANNER_TRADE_OFFS), -1);
    assert_int_equal(m.quotes[MANNER_NUMBERS].part, 2);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_firsts),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
