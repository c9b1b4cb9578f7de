/*
 * What candidates ask, against the facts of the shipped scenarios: tests/questions/<scenario>.txt
 * has a question a line, `fact-id<TAB>question`, `-` for what no fact answers, and `a+b` for a line that asks two
 * things. At least
 * QUESTIONS_LEAST that hit and OTHERS_LEAST that must not, a scenario; each fact is asked for.
 */
#include <stdbool.h>
#include <string.h>

#include "base/file.h"
#include "session/answer.h"
#include "session/interviewer.h"
#include "session/session.h"
#include "shipped.h"

enum { QUESTIONS_MOST = 20 }; /* points */
enum { QUESTIONS_LEAST = 40, OTHERS_LEAST = 20, FACTS_MOST = 32 };

struct asked {
    const struct shipped *content;
    struct interviewer *interviewer;
    size_t hits, others;
    size_t per_fact[FACTS_MOST];
};

static const char *reply_name(const struct shipped *s, const struct reply *reply)
{
    if (reply->kind == REPLY_GIVEN)
        return "given";
    return reply->kind == REPLY_FACT ? s->scenario->facts[reply->fact].id : "-";
}

/* "a choice of x" where it would be asked back. */
static void add_near(const struct shipped *s, const struct reply *reply,
                     struct buffer *out)
{
    bool close = reply->kind == REPLY_CLOSE;
    buffer_printf(out, "%s%s", close ? "a choice of " : "",
                  close ? s->scenario->facts[reply->fact].id : reply_name(s, reply));
}

static void count_question(struct asked *a, const char *wanted)
{
    a->others += !strcmp(wanted, "-");
    a->hits += strcmp(wanted, "-") != 0;
    for (size_t i = 0; i < a->content->scenario->fact_count; i++)
        a->per_fact[i] += !strcmp(a->content->scenario->facts[i].id, wanted);
}

static void check_question(struct asked *a, const char *source, int row, char *line)
{
    char *tab = strchr(line, '\t');
    if (!tab) {
        row_fails(source, row, "no tab: '%s'", line);
        return;
    }
    *tab = '\0';
    struct reply replies[REPLIES_MOST];
    struct buffer got = BUFFER_INIT, near = BUFFER_INIT;
    size_t count = interviewer_answers(a->interviewer, tab + 1, strlen(tab + 1), replies);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&got, "%s%s", i ? "+" : "", reply_name(a->content, &replies[i]));
        buffer_add_string(&near, i ? " and " : "");
        add_near(a->content, &replies[i], &near);
    }
    if (strcmp(got.data, line) != 0)
        row_fails(source, row, "'%s' is answered by %s, not by %s", tab + 1, near.data,
                  line);
    count_question(a, line);
    buffer_release(&got);
    buffer_release(&near);
}

static void check_counts(const struct asked *a, const char *source)
{
    if (a->hits < QUESTIONS_LEAST || a->others < OTHERS_LEAST)
        row_fails(source, 1, "%zu questions and %zu others are too few", a->hits, a->others);
    for (size_t i = 0; i < a->content->scenario->fact_count; i++)
        if (a->per_fact[i] < 2)
            row_fails(source, 1, "'%s' is asked for %zu times only",
                      a->content->scenario->facts[i].id, a->per_fact[i]);
}

static struct interviewer *interviewer_of(const struct shipped *s)
{
    struct error_list errors = ERROR_LIST_INIT;
    const struct weights *weights = catalogue_weights(shipped.catalogue, &errors);
    assert_non_null(weights);
    return interviewer_new(s->scenario, s->rubric, shipped.lexicon, weights);
}

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        struct asked a = { .content = &shipped.items[i] };
        struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
        struct error e;
        error_init(&e);
        assert_true(a.content->scenario->fact_count <= FACTS_MOST);
        buffer_printf(&path, VIVA_SOURCE_DIR "/tests/questions/%s.txt", a.content->id);
        if (file_read(path.data, 1 << 20, &text, &e) < 0)
            fail_msg("%s", e.message);
        a.interviewer = interviewer_of(a.content);
        int row = 1;
        for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"), row++)
            check_question(&a, path.data, row, line);
        check_counts(&a, path.data);
        interviewer_free(a.interviewer);
        buffer_release(&path);
        buffer_release(&text);
    }
    table_ends();
}

/* --- what it is worth to have asked --- */

static void apply(struct session *s, const char *who, const char *kind, const char *of,
                  const char *text)
{
    struct event e;
    event_init(&e, EVENT_SAY, 0);
    e.number = s->events.count + 1;
    event_set(&e, "who", who);
    event_set(&e, "kind", kind);
    if (of)
        event_set(&e, "of", of);
    event_set(&e, "text", text);
    session_apply(s, &e);
}

static void open_phases(struct session *s, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct event phase;
        event_init(&phase, EVENT_PHASE, 0);
        phase.number = s->events.count + 1;
        event_set(&phase, "phase", s->scenario->phases[i].id);
        session_apply(s, &phase);
    }
}

static void ask_for(struct session *s, const struct fact *fact)
{
    apply(s, "candidate", "question", NULL, "And what about that?");
    apply(s, "interviewer", "fact", fact->id, fact->answer);
}

static void grade(const struct shipped *content, const struct session *s,
                  struct session_answer *answer, struct score *score)
{
    arena_reset(&shipped.arena);
    session_answer_build(s, &shipped.arena, answer);
    scorer_grade(content->scorer, &answer->answer, &shipped.arena, score);
    session_answer_own_words(answer, score);
}

/* To have asked for a fact mentions its criterion, in the candidate's own words, and no more. */
static void test_credit(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *content = &shipped.items[i];
        for (size_t k = 0; k < content->scenario->fact_count; k++) {
            const struct fact *fact = &content->scenario->facts[k];
            struct session *s = session_new(content->scenario, content->rubric);
            struct session_answer answer;
            struct score score;
            open_phases(s, 0, 1);
            ask_for(s, fact);
            open_phases(s, 1, content->scenario->phase_count);
            grade(content, s, &answer, &score);
            const struct criterion_score *c =
                &score.criteria[rubric_find(content->rubric, fact->criterion)];
            if (c->verdict != VERDICT_MENTIONED || c->quote.part != 0 || score.red_flag_count)
                row_fails(content->id, (int)k + 1, "asking for %s leaves '%s' %s", fact->id,
                          fact->criterion, verdict_names[c->verdict]);
            session_free(s);
        }
    }
    table_ends();
}

/* Who asks for everything and says nothing has not answered. */
static void test_questions_are_no_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < shipped.count; i++) {
        const struct shipped *content = &shipped.items[i];
        struct session *s = session_new(content->scenario, content->rubric);
        struct session_answer answer;
        struct score score;
        open_phases(s, 0, 1);
        for (size_t k = 0; k < content->scenario->fact_count; k++)
            ask_for(s, &content->scenario->facts[k]);
        open_phases(s, 1, content->scenario->phase_count);
        grade(content, s, &answer, &score);
        if (score.total > QUESTIONS_MOST)
            row_fails(content->id, 0, "questions alone score %.1f", score.total);
        session_free(s);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_credit),
        cmocka_unit_test(test_questions_are_no_answer),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
