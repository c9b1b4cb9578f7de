/*
 * Which facts of the shipped scenarios a line brings, in a session that has just begun: what is asked in one line, by
 * words or by nearness, and what a few words choose of what was asked back. tests/questions has many more of
 * single questions.
 */
#include <stdbool.h>
#include <string.h>

#include "session/interviewer.h"
#include "session/session.h"
#include "session/talk.h"
#include "shipped.h"

static struct interviewer *interviewer_of(const struct shipped *s)
{
    struct error_list errors = ERROR_LIST_INIT;
    const struct weights *weights = catalogue_weights(shipped.catalogue, &errors);
    assert_non_null(weights);
    return interviewer_new(s->scenario, s->rubric, shipped.lexicon, weights);
}

/* "a+b" for facts, "a/b" for what is asked back, "given", "-" for nothing that anybody knows. */
static void add_replies(const struct shipped *s, const struct reply *replies,
                        size_t count, struct buffer *out)
{
    const struct fact *facts = s->scenario->facts;
    for (size_t i = 0; i < count; i++) {
        const struct reply *reply = &replies[i];
        buffer_add_string(out, i ? "+" : "");
        if (reply->kind == REPLY_FACT)
            buffer_add_string(out, facts[reply->fact].id);
        else if (reply->kind == REPLY_CLOSE)
            buffer_printf(out, "%s/%s", facts[reply->fact].id, facts[reply->other].id);
        else
            buffer_add_string(out, reply->kind == REPLY_GIVEN ? "given" : "-");
    }
}

static const struct {
    int row;
    const char *scenario, *line, *wanted;
} lines[] = {
    /* what an expression finds comes before what is nearer */
    ROW("access-control", "how many customers do we have?", "users"),
    ROW("access-control", "how fast must the API answer?", "targets"),
    /* each half of what asks two things has its own */
    ROW("booking-system",
        "How many hotels and rooms do we have, and how many bookings and searches are in "
        "the busiest hour?",
        "inventory-size+traffic"),
    ROW("file-upload", "Must the data stay in Europe, and is there some quota?",
        "regions+customers"),
    ROW("url-shortener", "is there a team and what does the visitor see then?",
        "team+dead-links"),
    ROW("retry-mechanism", "do we share the rate limits? who goes first at the limit",
        "limits+priority"),
    ROW("write-heavy-ingest",
        "How late may an event be? Also curious whether we must delete the events of one "
        "person.",
        "late+deletion"),
    ROW("retry-mechanism", "How do the webhooks come in, is there some signature?",
        "webhooks+authenticity"),
    /* the prompt answers only what it says */
    ROW("url-shortener", "how many links a month?", "given"),
    ROW("video-transcoding",
        "how many uploads does nobody watch past the first week of their life?",
        "audience/audience"),
    ROW("file-upload", "And the files of 20 GB, how much frequent they are?",
        "scanner/scan-delay"),
    /* and nothing that was not asked */
    ROW("fault-tolerant-service",
        "can we take the last known price, how old max, and who "
        "eats the difference?",
        "prices"),
    ROW("access-control", "Are there folders, or is it a flat list?", "folders"),
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(lines); i++) {
        const struct shipped *s = shipped_find(lines[i].scenario);
        struct interviewer *v = interviewer_of(s);
        struct reply replies[REPLIES_MOST];
        struct buffer got = BUFFER_INIT;
        size_t count = facts_answers(interviewer_facts(v), lines[i].line,
                                     strlen(lines[i].line), replies);
        add_replies(s, replies, count, &got);
        if (strcmp(got.data, lines[i].wanted) != 0)
            row_fails(__FILE__, lines[i].row, "'%s' brings %s, not %s", lines[i].line,
                      got.data, lines[i].wanted);
        buffer_release(&got);
        interviewer_free(v);
    }
    table_ends();
}

/* --- what was asked back --- */

static void apply(struct session *s, const char *who, const char *kind, const char *text)
{
    struct event e;
    event_init(&e, EVENT_SAY, 0);
    e.number = s->events.count + 1;
    event_set(&e, "who", who);
    event_set(&e, "kind", kind);
    event_set(&e, "text", text);
    session_apply(s, &e);
}

static const struct {
    int row;
    const char *question, *line, *wanted; /* "": no choice */
} choices[] = {
    ROW("Can one owner transfer links to another account?", "the second", "creators"),
    ROW("That matters for the data model. Can one owner transfer links to another "
        "account? I have a guess.",
        "the second", "creators"),
    ROW("Do we count who comes back?", "the clicks", "statistics"),
    ROW("Do we count who comes back?", "I count clicks only, not people.", ""),
    ROW("Do we count who comes back?", "Rough click counts, no unique visitors.", ""),
};

static void test_choices(void **state)
{
    (void)state;
    const struct shipped *with = shipped_find("url-shortener");
    for (size_t i = 0; i < ROWS(choices); i++) {
        struct interviewer *v = interviewer_of(with);
        struct session *s = session_new(with->scenario, with->rubric);
        struct reply replies[REPLIES_MOST];
        struct buffer got = BUFFER_INIT, back = BUFFER_INIT;
        apply(s, "candidate", "question", choices[i].question);
        size_t count = facts_answers(interviewer_facts(v), choices[i].question,
                                     strlen(choices[i].question), replies);
        add_replies(with, replies, count, &back);
        apply(s, "interviewer", "remark", back.data);
        count = facts_choice(interviewer_facts(v), s, choices[i].line,
                             strlen(choices[i].line), replies);
        add_replies(with, replies, count, &got);
        if (strcmp(got.data, choices[i].wanted) != 0)
            row_fails(__FILE__, choices[i].row, "of %s '%s' chooses '%s', not '%s'",
                      back.data, choices[i].line, got.data, choices[i].wanted);
        buffer_release(&got);
        buffer_release(&back);
        session_free(s);
        interviewer_free(v);
    }
    table_ends();
}

/* --- which lines ask --- */

static const struct {
    int row;
    size_t phase;
    const char *line;
    bool asks;
} askings[] = {
    ROW(0, "Tell me please how long a link lives", true),
    ROW(0, "I want to know the number of people who create links", true),
    ROW(0, "I assume that links live for years, then I have to ask them once a year.",
        false),
    ROW(3,
        "how long a link lives stands in its row as expires_at, and a sweeper deletes it",
        false),
    ROW(3, "how often a hot link is read decides its ttl", false),
    ROW(3, "how long does a link live", true),
    ROW(3, "how fast a redirect must be", true),
    ROW(3, "how often a hot link is read decides its ttl?", true),
};

static void test_askings(void **state)
{
    (void)state;
    const struct shipped *with = shipped_find("url-shortener");
    struct interviewer *v = interviewer_of(with);
    struct session *s = session_new(with->scenario, with->rubric);
    struct talk t = { .interviewer = v, .session = s };
    for (size_t i = 0; i < ROWS(askings); i++) {
        s->phase = askings[i].phase;
        if (talk_asks(&t, askings[i].line, strlen(askings[i].line)) != askings[i].asks)
            row_fails(__FILE__, askings[i].row, "'%s'", askings[i].line);
    }
    session_free(s);
    interviewer_free(v);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_askings),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
