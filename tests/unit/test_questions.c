/*
 * What candidates ask, against the facts of the shipped scenarios. Each example of a fact finds it;
 * tests/questions/<scenario>.txt has the others, a line each: `-<TAB>question` for what no fact answers, `given` for
 * what the prompt says, `a+b` for a line that asks two things, and `!` before what is known to be answered otherwise.
 * At least QUESTIONS_LEAST examples and OTHERS_LEAST that must not hit, a scenario. tests/questions/unseen/ has
 * questions of people who had the prompts alone: none is an example, and UNSEEN_LEAST of them find a fact that was meant.
 */
#include <stdbool.h>
#include <string.h>

#include "base/file.h"
#include "session/answer.h"
#include "session/interviewer.h"
#include "session/session.h"
#include "shipped.h"

enum { QUESTIONS_MOST = 20 }; /* points */
enum { QUESTIONS_LEAST = 40, OTHERS_LEAST = 20 };
enum { UNSEEN_LEAST = 80 }; /* percent */

struct asked {
    const struct shipped *content;
    struct interviewer *interviewer;
    size_t hits, others;
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

static void check_question(struct asked *a, const char *source, int row,
                           const char *wanted, const char *question)
{
    bool known = *wanted == '!';
    struct reply replies[REPLIES_MOST];
    struct buffer got = BUFFER_INIT, near = BUFFER_INIT;
    size_t count = facts_answers(interviewer_facts(a->interviewer), question,
                                 strlen(question), replies);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&got, "%s%s", i ? "+" : "", reply_name(a->content, &replies[i]));
        buffer_add_string(&near, i ? " and " : "");
        add_near(a->content, &replies[i], &near);
    }
    if ((strcmp(got.data, wanted + known) != 0) != known)
        row_fails(source, row, "'%s' is answered by %s, %s by %s", question, near.data,
                  known ? "now, and no longer known for not being answered" : "not",
                  wanted + known);
    a->others += !strcmp(wanted, "-");
    buffer_release(&got);
    buffer_release(&near);
}

static void check_line(struct asked *a, const char *source, int row, char *line)
{
    char *tab = strchr(line, '\t');
    if (!tab) {
        row_fails(source, row, "no tab: '%s'", line);
        return;
    }
    *tab = '\0';
    check_question(a, source, row, line, tab + 1);
}

static void check_examples(struct asked *a)
{
    const struct scenario *s = a->content->scenario;
    for (size_t i = 0; i < s->fact_count; i++) {
        const struct fact *fact = &s->facts[i];
        for (size_t k = 0; k < fact->example_count; k++)
            check_question(a, fact->id, (int)k + 1, fact->id, fact->examples[k]);
        a->hits += fact->example_count;
        if (fact->example_count < 2)
            row_fails(s->id, 1, "'%s' has %zu examples only", fact->id,
                      fact->example_count);
    }
}

static void check_counts(const struct asked *a, const char *source)
{
    if (a->hits < QUESTIONS_LEAST || a->others < OTHERS_LEAST)
        row_fails(source, 1, "%zu examples and %zu others are too few", a->hits,
                  a->others);
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
        buffer_printf(&path, VIVA_SOURCE_DIR "/tests/questions/%s.txt", a.content->id);
        if (file_read(path.data, 1 << 20, &text, &e) < 0)
            fail_msg("%s", e.message);
        a.interviewer = interviewer_of(a.content);
        int row = 1;
        for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"), row++)
            check_line(&a, path.data, row, line);
        check_examples(&a);
        check_counts(&a, path.data);
        interviewer_free(a.interviewer);
        buffer_release(&path);
        buffer_release(&text);
    }
    table_ends();
}

/* --- questions that nobody here had seen --- */

struct unseen {
    struct interviewer *interviewers[64]; /* as in `shipped`, made when they are needed */
    size_t asked, found;
};

static size_t shipped_index(const char *id)
{
    size_t i = 0;
    while (i < shipped.count && strcmp(shipped.items[i].id, id) != 0)
        i++;
    return i;
}

/* "a+b/c": whether the fact is one of them. */
static bool is_wanted(const char *wanted, const char *fact)
{
    size_t length = strlen(fact);
    for (const char *at = wanted; (at = strstr(at, fact)); at += length)
        if ((at == wanted || strchr("+/", at[-1])) &&
            (!at[length] || strchr("+/", at[length])))
            return true;
    return false;
}

static void ask_unseen(struct unseen *u, const char *source, int row, char *line)
{
    char *wanted = strchr(line, '\t'),
         *question = wanted ? strchr(wanted + 1, '\t') : NULL;
    if (!question) {
        row_fails(source, row, "two tabs are wanted: '%s'", line);
        return;
    }
    *wanted++ = *question++ = '\0';
    size_t index = shipped_index(line);
    assert_true(index < shipped.count && index < 64);
    if (!strcmp(wanted, "-") || !strcmp(wanted, "given"))
        return;
    if (!u->interviewers[index])
        u->interviewers[index] = interviewer_of(&shipped.items[index]);
    struct reply replies[REPLIES_MOST];
    size_t count = facts_answers(interviewer_facts(u->interviewers[index]), question,
                                 strlen(question), replies);
    bool found = false;
    for (size_t i = 0; i < count; i++)
        found =
            found || (replies[i].kind == REPLY_FACT &&
                      is_wanted(wanted, reply_name(&shipped.items[index], &replies[i])));
    u->asked++;
    u->found += found;
}

static void test_unseen(void **state)
{
    static const char *const names[] = { "terse", "plain", "precise" };
    struct unseen u = { .asked = 0 };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
        struct error e;
        error_init(&e);
        buffer_printf(&path, VIVA_SOURCE_DIR "/tests/questions/unseen/%s.tsv", names[i]);
        if (file_read(path.data, 1 << 20, &text, &e) < 0)
            fail_msg("%s", e.message);
        int row = 1;
        for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n"))
            ask_unseen(&u, path.data, row++, line);
        buffer_release(&path);
        buffer_release(&text);
    }
    for (size_t i = 0; i < 64; i++)
        interviewer_free(u.interviewers[i]);
    printf("of %zu unseen questions %zu find a fact that was meant\n", u.asked, u.found);
    if (u.found * 100 < u.asked * UNSEEN_LEAST)
        row_fails("unseen", 1, "%zu of %zu are less than %d in 100", u.found, u.asked,
                  UNSEEN_LEAST);
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
        cmocka_unit_test(test_unseen),
        cmocka_unit_test(test_credit),
        cmocka_unit_test(test_questions_are_no_answer),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
