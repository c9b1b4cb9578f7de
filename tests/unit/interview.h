/*
 * interview.h - an interview in a few lines, on the shipped url-shortener: each line is
 * an event without its time, as it stands in a transcript. Needs shipped_load().
 */
#ifndef VIVA_TESTS_INTERVIEW_H
#define VIVA_TESTS_INTERVIEW_H

#include "base/buffer.h"
#include "session/interviewer.h"
#include "session/session.h"
#include "shipped.h"
#include "transcript/reader.h"

struct interview {
    struct session *session;
    struct interviewer *interviewer;
    const struct rubric *rubric;
};

static inline const struct shipped *interview_subject(void)
{
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, "url-shortener"))
            return &shipped.items[i];
    fail_msg("there is no url-shortener");
    return NULL;
}

static inline struct interview interview_new(const char *const *lines, size_t count)
{
    const struct shipped *with = interview_subject();
    struct error_list errors = ERROR_LIST_INIT;
    struct buffer text = BUFFER_INIT;
    struct transcript t;
    struct interview v = { session_new(with->scenario, with->rubric),
                           interviewer_new(with->scenario, with->rubric, shipped.lexicon,
                                           catalogue_weights(shipped.catalogue, &errors)),
                           with->rubric };
    buffer_add_string(&text,
                      "{\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"session.start\","
                      "\"id\":\"x\",\"scenario\":{\"id\":\"url-shortener\"},"
                      "\"level\":\"senior\",\"mode\":\"interview\",\"candidate\":\"XY\","
                      "\"interviewer\":\"AB\"}\n");
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "{\"t\":\"2026-11-20T10:15:%02zuZ\",%s}\n", i + 1, lines[i]);
    transcript_parse(&t, "test", text.data, text.length);
    assert_int_equal(t.problems.count, 0);
    session_replay(v.session, &t);
    transcript_release(&t);
    buffer_release(&text);
    error_list_release(&errors);
    return v;
}

static inline void interview_free(struct interview *v)
{
    session_free(v->session);
    interviewer_free(v->interviewer);
}

/* The parts of lines. */
#define PHASE(id) "\"type\":\"phase.start\",\"phase\":\"" id "\""
#define SAID(text)                                                                       \
    "\"type\":\"say\",\"who\":\"candidate\",\"kind\":\"answer\",\"text\":\"" text "\""
#define ASKED(kind, of)                                                                  \
    "\"type\":\"say\",\"who\":\"interviewer\",\"kind\":\"" kind "\",\"of\":\"" of        \
    "\",\"text\":\"well?\""
#define NOTE(by, text) "\"type\":\"note\",\"by\":\"" by "\",\"text\":\"" text "\""
#define DRAFT(by, about, text)                                                           \
    "\"type\":\"note\",\"by\":\"" by "\",\"about\":\"" about "\",\"text\":\"" text "\""
#define TAG(by, id, verdict)                                                             \
    "\"type\":\"tag\",\"by\":\"" by "\",\"criterion\":\"" id "\",\"verdict\":\"" verdict \
    "\""
#define TAG_OF(by, id, verdict, of) TAG(by, id, verdict) ",\"of\":" of
#define FLAG(by, id) "\"type\":\"tag\",\"by\":\"" by "\",\"flag\":\"" id "\""
#define UNDO(n) "\"type\":\"undo\",\"event\":" n
#define SCORE(grader) "\"type\":\"score\",\"grader\":\"" grader "\",\"score\":50"
#define END "\"type\":\"session.end\",\"why\":\"done\""

#endif
