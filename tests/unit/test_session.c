/*
 * A session rebuilt from its events: each row is a little transcript and what must follow from it.
 * To keep rows short an event is written "seconds type words", see `write_event`.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "session/answer.h"
#include "session/session.h"
#include "table.h"

static struct phase phases[] = { { "req", "requirements", NULL, 1 },
                                 { "design", "design", NULL, 2 },
                                 { "end", "wrap-up", NULL, 1 } };
static struct fact facts[] = {
    { .id = "sorts", .topic = "how many sorts there are", .criterion = "kettle" }
};
static struct hint_step steps[] = { { "first", 1 }, { "second", 2 } };
static struct hint_ladder hints[] = { { "kettle", steps, 2 } };
static struct scenario scenario = {
    .id = "tea",
    .title = "Tea",
    .phases = phases,
    .phase_count = 3,
    .facts = facts,
    .fact_count = 1,
    .hints = hints,
    .hint_count = 1,
    .twist = { .says = "a coach", .criterion = "twist", .minute = 3 },
};
static struct criterion criteria[] = { { .id = "kettle" }, { .id = "twist" } };
static struct rubric rubric = { .scenario = "tea", .criteria = criteria, .criterion_count = 2 };

/*
 * "5 say words" the candidate answers, "ask" asks, "fact", "probe", "how", "hint", "twist", "model" are
 * the interviewer's; "phase design", "skip design", "undo 4", "edit req text", "note", "pause",
 * "resume", "end", "score".
 */
static void write_event(struct session *s, size_t number, const char *row)
{
    int seconds, used;
    char type[16];
    assert_int_equal(sscanf(row, "%d %15s %n", &seconds, type, &used), 2);
    const char *words = row + used;
    static const struct {
        const char *name;
        enum event_type type;
        const char *who, *kind, *of;
    } types[] = {
        { "start", EVENT_START, NULL, NULL, NULL },
        { "say", EVENT_SAY, "candidate", "answer", NULL },
        { "ask", EVENT_SAY, "candidate", "question", NULL },
        { "fact", EVENT_SAY, "interviewer", "fact", "sorts" },
        { "probe", EVENT_SAY, "interviewer", "probe", "kettle" },
        { "how", EVENT_SAY, "interviewer", "probe", NULL },
        { "hint", EVENT_SAY, "interviewer", "hint", "kettle" },
        { "twist", EVENT_SAY, "interviewer", "twist", "twist" },
        { "model", EVENT_SAY, "interviewer", "remark", NULL },
        { "phase", EVENT_PHASE, NULL, NULL, NULL },
        { "skip", EVENT_PHASE, NULL, NULL, NULL },
        { "undo", EVENT_UNDO, NULL, NULL, NULL },
        { "edit", EVENT_EDIT, NULL, NULL, NULL },
        { "note", EVENT_NOTE, NULL, NULL, NULL },
        { "pause", EVENT_PAUSE, NULL, NULL, NULL },
        { "resume", EVENT_RESUME, NULL, NULL, NULL },
        { "score", EVENT_SCORE, NULL, NULL, NULL },
        { "end", EVENT_END, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(types[i].name, type) != 0)
            continue;
        struct event e;
        event_init(&e, types[i].type, (int64_t)seconds * 1000);
        e.number = number;
        if (types[i].who) {
            event_set(&e, "who", types[i].who);
            event_set(&e, "kind", types[i].kind);
        }
        if (types[i].of)
            event_set(&e, "of", types[i].of);
        if (!strcmp(type, "model")) {
            event_set(&e, "about", "model");
            event_set(&e, "of", words);
        }
        if (!strcmp(type, "how"))
            event_set(&e, "about", "how");
        if (!strcmp(type, "hint"))
            event_set_number(&e, "price", 1);
        if (!strcmp(type, "skip"))
            event_set(&e, "by", "skip");
        if (e.type == EVENT_EDIT) {
            event_set_bytes(&e, "phase", words, strcspn(words, " "));
            words += strcspn(words, " ");
            words += *words == ' ';
        }
        event_set(&e, e.type == EVENT_PHASE ? "phase" : "text", words);
        if (e.type == EVENT_UNDO)
            event_set_number(&e, "event", atof(words));
        session_apply(s, &e);
        return;
    }
    fail_msg("what is '%s'?", type);
}

/*
 * "req 5 | a | b?" phase and seconds used of each, open one last; then what was said: '?' a
 * question, '+' a reply, '!' to a question about nothing in particular, '*' after the first probe or hint on
 * the kettle, '^' after the twist, '#' after the model answer.
 */
static void describe(const struct session *s, struct buffer *out)
{
    for (size_t i = 0; i < 3; i++)
        buffer_printf(out, "%s%lld%s ", s->phases[i].opened ? "" : "-",
                      (long long)(session_used(s, i, -1) / 1000), s->phases[i].skipped ? "s" : "");
    buffer_printf(out, "%s%s%s:", phases[s->phase].id, s->paused ? " paused" : "",
                  s->ended ? " ended" : "");
    for (size_t i = 0; i < s->said.count; i++) {
        const struct utterance *u = &s->said.items[i];
        buffer_printf(out, " %s/%.*s%s%s%s%s%s%s", phases[u->phase].id, (int)u->length,
                      u->text, u->question ? "?" : "", u->replies ? "+" : "",
                      u->prompted ? "!" : "",
                      s->raised[0] && u->said > s->raised[0] ? "*" : "",
                      u->after_twist ? "^" : "", u->after_model ? "#" : "");
    }
}

enum { ROWS_MAX = 14 };
static const struct {
    const char *what, *events[ROWS_MAX], *state;
} rows[] = {
    { "nothing", { NULL }, "-0 -0 -0 req:" },
    { "said before a phase is not said", { "0 start", "1 say a" }, "-0 -0 -0 req:" },
    { "time belongs to the open phase",
      { "0 start", "5 phase req", "15 say a", "20 phase design", "50 say b" },
      "15 30 -0 design: req/a design/b" },
    { "back again adds up",
      { "0 phase req", "10 phase design", "15 phase req", "22 say a" },
      "17 5 -0 req: req/a" },
    { "a pause takes no time",
      { "0 phase req", "10 pause", "500 note x", "600 resume", "605 say a" },
      "15 -0 -0 req: req/a" },
    { "nor does an interruption",
      { "0 phase req", "10 say a", "9000 resume", "9003 say b" },
      "13 -0 -0 req: req/a req/b" },
    { "paused at the end", { "0 phase req", "10 pause" }, "10 -0 -0 req paused:" },
    { "a clock set back",
      { "100 phase req", "110 say a", "50 say b", "60 say c" },
      "20 -0 -0 req: req/a req/b req/c" },
    { "nothing counts after the end",
      { "0 phase req", "10 end", "99 score", "200 note x" },
      "10 -0 -0 req ended:" },
    { "undo", { "0 phase req", "1 say a", "2 say b", "3 undo 3" }, "3 -0 -0 req: req/a" },
    { "undo keeps the time",
      { "0 phase req", "1 say a", "9 undo 2", "9 phase design" },
      "9 0 -0 design:" },
    { "undo twice is once",
      { "0 phase req", "1 say a", "2 undo 2", "2 undo 2" },
      "2 -0 -0 req:" },
    { "undo of what cannot be",
      { "0 phase req", "1 say a", "2 undo 1", "2 undo 77", "2 undo 3" },
      "2 -0 -0 req: req/a" },
    { "undo of a question keeps the fact",
      { "0 phase req", "1 ask a", "1 fact x", "2 undo 2" },
      "2 -0 -0 req:" },
    { "a reply to a probe",
      { "0 phase req", "1 say a", "2 probe x", "3 say b", "4 say c" },
      "4 -0 -0 req: req/a req/b+* req/c+*" },
    { "a reply to a question in mid-phase has two minutes",
      { "0 phase req", "2 how x", "3 say a", "100 say b", "122 say c", "123 say d" },
      "123 -0 -0 req: req/a+! req/b+! req/c+! req/d" },
    { "and is the first word however late",
      { "0 phase req", "2 how x", "200 ask q", "300 say a", "301 say b" },
      "301 -0 -0 req: req/q?+! req/a+! req/b" },
    { "until the phase ends",
      { "0 phase req", "2 probe x", "3 phase design", "4 say c" },
      "3 1 -0 design: design/c*" },
    { "the first word after a hint",
      { "0 phase req", "2 hint x", "2 ask q", "3 say b", "4 say c" },
      "4 -0 -0 req: req/q?+* req/b+* req/c*" },
    { "a hint ends a question about nothing in particular",
      { "0 phase req", "1 how x", "2 hint x", "3 say b" },
      "3 -0 -0 req: req/b+*" },
    { "after the twist",
      { "0 phase req", "1 say a", "2 twist x", "3 say b" },
      "3 -0 -0 req: req/a req/b^" },
    { "an edit replaces",
      { "0 phase req", "1 say a", "2 ask q", "3 say b", "4 edit req c" },
      "4 -0 -0 req: req/q? req/c" },
    { "what an edit leaves keeps how it was said",
      { "0 phase req", "1 say old", "2 probe x", "3 say won", "4 edit req old new won" },
      "4 -0 -0 req: req/old req/new+* req/won+*" },
    { "an edit to nothing", { "0 phase req", "1 say a", "4 edit req" }, "4 -0 -0 req:" },
    { "an edit undone",
      { "0 phase req", "1 say a", "2 say b", "4 edit req c", "5 undo 4" },
      "5 -0 -0 req: req/a req/b" },
    { "an edit of another phase",
      { "0 phase req", "1 say a", "2 phase design", "3 edit req b" },
      "2 1 -0 design: req/b" },
    { "skipped, and come back to",
      { "0 phase req", "1 skip design", "2 skip end", "3 phase design" },
      "1s 1 1 design:" },
    { "a phase of another version",
      { "0 phase req", "1 phase nowhere", "3 say a" },
      "3 -0 -0 req: req/a" },
    { "the model answer is no evidence",
      { "0 phase req", "1 say a", "2 phase design", "2 model req", "3 phase req",
        "4 say b" },
      "3 1 -0 req: req/a req/b#" },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct session *s = session_new(&scenario, &rubric);
        struct buffer got = BUFFER_INIT;
        for (size_t k = 0; k < ROWS_MAX && rows[i].events[k]; k++)
            write_event(s, k + 1, rows[i].events[k]);
        describe(s, &got);
        if (strcmp(got.data, rows[i].state) != 0)
            fail_msg("%s: %s", rows[i].what, got.data);
        buffer_release(&got);
        session_free(s);
    }
}

static void test_counts(void **state)
{
    (void)state;
    struct session *s = session_new(&scenario, &rubric);
    const char *const events[] = { "0 phase req", "1 ask a",        "1 fact x",
                                   "2 probe x",   "3 hint x",       "4 hint y",
                                   "5 say a",     "6 phase design", "7 note b" };
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        write_event(s, i + 1, events[i]);
    assert_int_equal(s->facts_asked[0], 2);
    assert_int_equal(s->hints_taken[0], 2);
    assert_true(s->hint_cost == 2);
    assert_int_equal(s->probes[0], 1);
    assert_int_equal(s->phases[0].probes, 1);
    assert_int_equal(session_opened(s), 2);
    assert_false(session_complete(s));
    assert_int_equal(session_last_undoable(s, NULL), 9);
    write_event(s, 10, "8 undo 9");
    assert_int_equal(session_last_undoable(s, NULL), 0); /* not into the phase before */
    assert_int_equal(session_used(s, 1, 20000), 14000);
    assert_int_equal(session_used(s, 0, 20000), 6000);
    assert_int_equal(session_used_in_all(s, 20000), 20000);
    session_free(s);
}

/* Who left a phase and came back finds there what was said in it, and takes that back first. */
static void test_undo_after_coming_back(void **state)
{
    (void)state;
    struct session *s = session_new(&scenario, &rubric);
    const char *const events[] = { "0 phase req",    "1 say a", "2 say b",
                                   "3 phase design", "4 say c", "5 phase req" };
    const size_t last[] = { 3, 2, 0 };
    size_t number = sizeof(events) / sizeof(events[0]);
    for (size_t i = 0; i < number; i++)
        write_event(s, i + 1, events[i]);
    for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
        char undo[32];
        assert_int_equal(session_last_undoable(s, NULL), last[i]);
        snprintf(undo, sizeof(undo), "9 undo %zu", last[i]);
        if (last[i])
            write_event(s, ++number, undo);
    }
    assert_int_equal(s->said.count, 1);
    write_event(s, ++number, "9 phase design");
    assert_int_equal(session_last_undoable(s, NULL), 5);
    session_free(s);
}

static void test_answer(void **state)
{
    (void)state;
    struct session *s = session_new(&scenario, &rubric);
    struct arena arena = ARENA_INIT;
    struct session_answer a;
    const char *const events[] = { "0 phase req",    "1 say old words",
                                   "2 phase design", "3 say b",
                                   "4 phase req",    "5 probe x",
                                   "6 say c",        "7 edit req so old words c",
                                   "8 ask q" };
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        write_event(s, i + 1, events[i]);
    session_answer_build(s, &arena, &a);
    struct buffer got = BUFFER_INIT;
    for (size_t i = 0; i < a.answer.count; i++)
        buffer_printf(&got, "%s %zu+%zu %.*s %zu%s%s, ", a.answer.parts[i].phase,
                      a.places[i].event, a.places[i].offset,
                      (int)a.answer.parts[i].length, a.answer.parts[i].text,
                      a.answer.parts[i].said, a.answer.parts[i].prompted ? "!" : "",
                      a.places[i].question ? "?" : "");
    assert_string_equal(got.data, "req 8+0 so 8, req 8+3 old words 2, req 8+13 c 7, "
                                  "req 9+0 q 9?, design 4+0 b 4, ");
    assert_int_equal(a.answer.raised[0], 6);
    assert_int_equal(a.answer.raised[1], 0);
    assert_string_equal(a.answer.phases[0], "req");
    assert_string_equal(a.answer.phases[1], "design");
    assert_null(a.answer.phases[2]);
    assert_true(a.answer.unfinished);
    assert_true(a.answer.asked[0]);
    assert_false(a.answer.asked[1]);
    buffer_release(&got);
    arena_release(&arena);
    session_free(s);
}

static const struct {
    int row;
    const char *words;
    int phase;
} names[] = {
    ROW("req", 0),     ROW("1", 0),     ROW("3", 2),  ROW("end", 2),
    ROW("Wrap-up", 2), ROW("0", -1),    ROW("4", -1), ROW("-1", -1),
    ROW("1st", -1),    ROW("wrap", -1), ROW("", -1),
};

static void test_names_of_phases(void **state)
{
    (void)state;
    struct session *s = session_new(&scenario, &rubric);
    for (size_t i = 0; i < ROWS(names); i++) {
        int phase = session_phase_named(s, names[i].words);
        if (phase != names[i].phase)
            row_fails(__FILE__, names[i].row, "'%s': %d", names[i].words, phase);
    }
    session_free(s);
    table_ends();
}

/* A question that found a fact is followed by what it belongs to, and is what gets quoted. */
static void test_found(void **state)
{
    (void)state;
    struct session *s = session_new(&scenario, &rubric);
    struct arena arena = ARENA_INIT;
    struct session_answer a;
    const char *const events[] = { "0 phase req", "1 ask a", "1 fact x", "2 say b" };
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        write_event(s, i + 1, events[i]);
    session_answer_build(s, &arena, &a);
    assert_int_equal(a.answer.count, 3);
    assert_memory_equal(a.answer.parts[1].text, "how many sorts there are?", 26);
    assert_true(a.places[1].topic && a.places[1].question && a.places[1].event == 2);
    struct criterion_score verdict = { .quote = { 1, 4, 8 } };
    struct score score = { .criteria = &verdict, .criterion_count = 1 };
    session_answer_own_words(&a, &score);
    assert_int_equal(verdict.quote.part, 0);
    assert_int_equal(verdict.quote.start, 0);
    assert_int_equal(verdict.quote.end, 1);
    write_event(s, 5, "3 undo 2"); /* the fact is known, but nobody asked for it */
    session_answer_build(s, &arena, &a);
    assert_int_equal(a.answer.count, 1);
    assert_true(s->facts_asked[0] != 0);
    arena_release(&arena);
    session_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_undo_after_coming_back),
        cmocka_unit_test(test_names_of_phases),
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
