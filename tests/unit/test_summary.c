/* What a transcript comes to; and that a fold which stopped and went on comes to the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "session/session.h"
#include "shipped.h"
#include "transcript/summary.h"

#define AT(s) "\"t\":\"2026-11-20T10:" s "Z\","
#define START "{" AT("00:00") "\"type\":\"session.start\",\"id\":\"abc\",\"scenario\":{\"id\":\"tea\"}," \
    "\"level\":\"mid\",\"mode\":\"interview\",\"candidate\":\"XY\",\"phases\":[{\"id\":\"a\"," \
    "\"minutes\":2},{\"id\":\"b\",\"minutes\":3}]}\n"
#define HELD_BY_AB                                                                                       \
    "{" AT(                                                                                              \
        "00:00") "\"type\":\"session.start\",\"id\":\"abc\",\"scenario\":{\"id\":\"tea\"},"              \
                 "\"level\":\"mid\",\"mode\":\"interview\",\"candidate\":\"XY\",\"interviewer\":\"AB\"," \
                 "\"phases\":[{\"id\":\"a\",\"minutes\":2},{\"id\":\"b\",\"minutes\":3}]}\n"
#define PHASE(s, id) "{" AT(s) "\"type\":\"phase.start\",\"phase\":\"" id "\"}\n"
#define SAY(s) "{" AT(s) "\"type\":\"say\",\"who\":\"candidate\",\"text\":\"x\"}\n"
#define PAUSE(s) "{" AT(s) "\"type\":\"pause\"}\n"
#define RESUME(s) "{" AT(s) "\"type\":\"resume\"}\n"
#define END(s, why) "{" AT(s) "\"type\":\"session.end\",\"why\":\"" why "\"}\n"
#define SCORE(s, grader, more) "{" AT(s) "\"type\":\"score\",\"grader\":\"" grader "\"," more "}\n"

static const struct {
    int row;
    const char *text;
    const char *times; /* phase, seconds; * where it was not opened */
    bool ended;
    double score; /* NAN: none */
    const char *grader;
} rows[] = {
    ROW("", "", false, NAN, ""),
    ROW(START, "a*b*", false, NAN, ""),
    ROW(START PHASE("00:00", "a") SAY("00:10"), "a10 b*", false, NAN, ""),
    ROW(START PHASE("00:00", "a") SAY("00:10") PHASE("00:12", "b") SAY("01:00"),
        "a12 b48 ", false, NAN, ""),
    ROW(START PHASE("00:00", "b") PHASE("00:05", "a") PHASE("00:07", "b") SAY("00:10"),
        "a2 b8 ", false, NAN, ""),
    ROW(START PHASE("00:00", "a") PAUSE("00:03") RESUME("09:00") SAY("09:04"), "a7 b*",
        false, NAN, ""),
    ROW(START PHASE("00:00", "a") SAY("00:03") RESUME("09:00") SAY("09:04"), "a7 b*",
        false, NAN, ""), /* after a crash */
    ROW(START PHASE("00:20", "a") SAY("00:10") SAY("00:15"), "a5 b*", false, NAN, ""),
    ROW(START PHASE("00:00", "a") END("00:09", "early") SAY("00:30"), "a9 b*", true, NAN,
        ""),
    ROW(START PHASE("00:00", "c") SAY("00:04"), "a*b*c4 ", false, NAN, ""),
    ROW(START SCORE("00:00", "rubric", "\"score\":50")
            SCORE("00:00", "rubric", "\"score\":60"),
        "a*b*", false, 60, "rubric"),
    ROW(START SCORE("00:00", "rubric", "\"score\":50")
            SCORE("00:01", "person:AB", "\"score\":70"),
        "a*b*", false, 50, "rubric"),
    ROW(START SCORE("00:00", "person:AB", "\"sealed\":true,\"score\":70")
            SCORE("00:01", "llm:m", "\"score\":90"),
        "a*b*", false, 70, "person:AB"),
    ROW(START SCORE("00:00", "person:AB", "\"sealed\":true,\"score\":70")
            SCORE("00:01", "rubric", "\"score\":50")
                SCORE("00:02", "person:CD", "\"sealed\":true,\"score\":60"),
        "a*b*", false, 70, "person:AB"),
    ROW(START SCORE("00:00", "person:CD", "\"sealed\":true,\"score\":60")
            SCORE("00:01", "rubric", "\"score\":50")
                SCORE("00:02", "person:EF", "\"sealed\":true,\"score\":70"),
        "a*b*", false, 60, "person:CD"),
    ROW(HELD_BY_AB SCORE("00:00", "person:CD", "\"sealed\":true,\"score\":60")
            SCORE("00:01", "person:AB", "\"sealed\":true,\"score\":70"),
        "a*b*", false, 70, "person:AB"),
    ROW(HELD_BY_AB SCORE("00:00", "person:CD", "\"sealed\":true,\"score\":60")
            SCORE("00:01", "person:AB", "\"sealed\":false,\"score\":70"),
        "a*b*", false, 60, "person:CD"),
    ROW(START SCORE("00:00", "person:AB", "\"sealed\":true,\"score\":70")
            SCORE("00:01", "person:AB", "\"sealed\":false,\"score\":90"),
        "a*b*", false, 70, "person:AB"),
    ROW(START SCORE("00:00", "llm:m", "\"score\":90"), "a*b*", false, 90, "llm:m"),
    ROW(START SCORE("00:00", "llm:m", "\"score\":\"x\""), "a*b*", false, NAN, "llm:m"),
    ROW(SAY("00:00") START, "", false, NAN, ""), /* no transcript */
};

static void times_of(const struct summary *s, struct buffer *out)
{
    for (size_t i = 0; i < s->phases.count; i++) {
        const struct summary_phase *phase = &s->phases.items[i];
        if (phase->opened)
            buffer_printf(out, "%s%lld ", phase->id, (long long)phase->used / 1000);
        else
            buffer_printf(out, "%s*", phase->id);
    }
}

static void check_row(size_t i, const struct summary *s, const char *how)
{
    struct buffer times = BUFFER_INIT;
    const struct summary_score *score = summary_score(s);
    const char *grader = score ? score->grader : "";
    double total = score ? score->total : NAN;
    times_of(s, &times);
    if (strcmp(times.data, rows[i].times) != 0 || s->ended != rows[i].ended)
        row_fails(__FILE__, rows[i].row, "%s: '%s', %sended", how, times.data,
                  s->ended ? "" : "not ");
    if (strcmp(grader, rows[i].grader) != 0 ||
        (total != rows[i].score && !(isnan(total) && isnan(rows[i].score))))
        row_fails(__FILE__, rows[i].row, "%s: %g by '%s'", how, total, grader);
    buffer_release(&times);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct transcript t;
        struct summary s;
        transcript_parse(&t, "x", rows[i].text, strlen(rows[i].text));
        summary_of(&s, &t);
        check_row(i, &s, "whole");
        summary_release(&s);
        transcript_release(&t);
    }
    table_ends();
}

/* Stops after `cut` events, keeps its state as JSON, and goes on. */
static void fold_in_two(struct summary *s, const struct transcript *t, size_t cut)
{
    summary_init(s);
    for (size_t i = 0; i < t->count; i++) {
        if (i == cut && s->begun) {
            json_t *state = summary_state(s);
            struct summary kept;
            assert_true(summary_restore(&kept, state));
            json_decref(state);
            for (size_t k = 0; k < s->scores.count; k++) { /* they are not part of the state */
                *array_add(&kept.scores) = s->scores.items[k];
            }
            s->scores.count = 0;
            summary_release(s);
            *s = kept;
        }
        summary_apply(s, &t->events[i]);
    }
}

static void test_in_two(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct transcript t;
        transcript_parse(&t, "x", rows[i].text, strlen(rows[i].text));
        for (size_t cut = 1; cut < t.count; cut++) {
            struct summary s;
            fold_in_two(&s, &t, cut);
            check_row(i, &s, "in two");
            summary_release(&s);
        }
        transcript_release(&t);
    }
    table_ends();
}

static void test_start(void **state)
{
    (void)state;
    struct transcript t;
    struct summary s;
    transcript_parse(&t, "x", START, strlen(START));
    summary_of(&s, &t);
    assert_string_equal(s.id, "abc");
    assert_string_equal(s.scenario, "tea");
    assert_string_equal(s.level, "mid");
    assert_string_equal(s.mode, "interview");
    assert_string_equal(s.candidate, "XY");
    assert_string_equal(s.interviewer, "");
    assert_int_equal(s.start, INT64_C(1795168800000));
    summary_release(&s);
    transcript_release(&t);
}

static void test_bad_state(void **state)
{
    (void)state;
    static const char *const bad[] = { "[]", "{\"phase\":0}", "{\"phase\":-2}", "3",
                                       "{\"phase\":1,\"phases\":[{\"id\":\"a\"},{\"id\":\"a\"}]}" };
    for (size_t i = 0; i < ROWS(bad); i++) {
        struct summary s;
        json_t *object = json_loads(bad[i], JSON_DECODE_ANY, NULL);
        assert_non_null(object);
        assert_false(summary_restore(&s, object));
        summary_release(&s);
        json_decref(object);
    }
}

/* The session itself counts the same time, in each of the sessions that come with viva. */
static void test_as_the_session(void **state)
{
    (void)state;
    char **names;
    size_t count = folder_list(VIVA_SOURCE_DIR "/transcripts", ".jsonl", &names);
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++) {
        struct transcript t;
        struct summary s;
        char *path = path_join(VIVA_SOURCE_DIR "/transcripts", names[i]);
        assert_int_equal(transcript_read(&t, path, NULL), 0);
        summary_of(&s, &t);
        size_t k = 0;
        while (k < shipped.count && strcmp(shipped.items[k].id, s.scenario))
            k++;
        assert_true(k < shipped.count);
        struct session *session = session_new(shipped.items[k].scenario, shipped.items[k].rubric);
        session_replay(session, &t);
        for (size_t p = 0; p < s.phases.count; p++) {
            int index = session_phase_index(session, s.phases.items[p].id);
            assert_true(index >= 0);
            assert_int_equal(s.phases.items[p].used, session->phases[index].used);
        }
        assert_int_equal(summary_used(&s), session_used_in_all(session, -1));
        assert_int_equal(summary_opened(&s), session_opened(session));
        assert_int_equal(s.ended, session->ended);
        session_free(session);
        summary_release(&s);
        transcript_release(&t);
        free(path);
        free(names[i]);
    }
    free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_in_two),
        cmocka_unit_test(test_start),     cmocka_unit_test(test_bad_state),
        cmocka_unit_test(test_as_the_session),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
