#include "session/ask.h"

#include <string.h>

#include "base/utf8.h"
#include "judge/partner.h"
#include "terminal/waiting.h"

enum { LINES_MOST = 24, LINES_BYTES_MOST = 8 << 10 };

/* Words on their way to the terminal, broken at its width. */
struct speaking {
    struct talk *t;
    bool live; /* word by word; else it is shown when it is whole */
    bool begun;
    int column;
    struct waiting waiting;
};

static void begin_line(struct speaking *s)
{
    struct buffer out = BUFFER_INIT;
    waiting_clear(&s->waiting);
    talk_gap(s->t);
    screen_styled(&out, &s->t->screen, SCREEN_SPEAKER, "Interviewer");
    buffer_add_string(&out, "  ");
    screen_write(s->t->out, &out);
    buffer_release(&out);
    s->t->gap = false;
    s->begun = true;
    s->column = TALK_INDENT;
}

static void show_word(void *state, const char *word, size_t length)
{
    struct speaking *s = state;
    if (!s->live)
        return;
    if (!s->begun)
        begin_line(s);
    int width = utf8_width(word, length);
    if (s->column > TALK_INDENT && s->column + 1 + width > s->t->screen.width) {
        fprintf(s->t->out, "\n%*s", TALK_INDENT, "");
        s->column = TALK_INDENT;
    }
    fprintf(s->t->out, "%s%.*s", s->column > TALK_INDENT ? " " : "", (int)length, word);
    s->column += width + (s->column > TALK_INDENT);
    fflush(s->t->out);
}

static void show_waiting(void *state, double seconds)
{
    struct speaking *s = state;
    waiting_show(&s->waiting, seconds);
}

static void end_line(struct speaking *s, const char *remark)
{
    struct buffer word = BUFFER_INIT;
    waiting_clear(&s->waiting);
    if (!s->begun)
        return;
    if (remark)
        buffer_printf(&word, "(%s)", remark);
    if (word.length)
        show_word(s, word.data, word.length);
    fputc('\n', s->t->out);
    talk_gap(s->t);
    fflush(s->t->out);
    buffer_release(&word);
}

/* --- what the model is told --- */

/* What was said since the phase was opened, the last of it. */
static size_t phase_lines(const struct session *s, struct talk_line *lines)
{
    size_t first = s->events.count, count = 0, bytes = 0, said = 0;
    while (first > 0 && s->events.items[first - 1].type != EVENT_PHASE &&
           said < LINES_MOST && bytes < LINES_BYTES_MOST) {
        const struct event *e = &s->events.items[--first];
        said += e->type == EVENT_SAY;
        bytes += e->type == EVENT_SAY ? event_text_length(e, "text") : 0;
    }
    for (size_t i = first; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SAY && !s->undone.items[i] && count < LINES_MOST)
            lines[count++] =
                (struct talk_line) { event_by_candidate(e), event_text(e, "text"),
                                     event_text_length(e, "text") };
    }
    return count;
}

/* Facts that were asked for: the model cannot give away the others. */
static const char *const *asked_facts(const struct session *s, struct arena *arena)
{
    const char **facts = arena_array(arena, const char *, s->scenario->fact_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < s->scenario->fact_count; i++)
        if (s->facts_asked[i])
            facts[count++] = s->scenario->facts[i].answer;
    facts[count] = NULL;
    return facts;
}

/* Nobody asks the same twice in the same words. */
static bool was_asked(const struct session *s, const char *text)
{
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SAY && !event_by_candidate(e) &&
            !strcmp(event_text(e, "text"), text))
            return true;
    }
    return false;
}

/* Whatever there is to ask a model with. */
struct material {
    struct arena arena;
    struct talk_line lines[LINES_MOST];
    struct talk_request request;
};

static void gather(const struct talk *t, size_t criterion, struct material *m)
{
    const struct session *s = t->session;
    const struct criterion *c = &s->rubric->criteria[criterion];
    m->arena = (struct arena) ARENA_INIT;
    m->request = (struct talk_request) {
        .title = s->scenario->title,
        .prompt = s->scenario->prompt,
        .phase = s->scenario->phases[s->phase].title,
        .facts = asked_facts(s, &m->arena),
        .lines = m->lines,
        .line_count = phase_lines(s, m->lines),
        .point = c->title,
        .question = c->probe,
    };
}

static enum partner_fault ask_model(struct talk *t, size_t criterion, struct speaking *speaking,
                                    struct buffer *text, struct error *e)
{
    struct material m;
    struct partner_listener listener = { show_word, show_waiting, speaking };
    gather(t, criterion, &m);
    enum partner_fault fault = partner_ask(t->partner, &m.request, &listener, text, e);
    arena_release(&m.arena);
    if (fault == PARTNER_FINE && was_asked(t->session, text->data)) {
        error_set(e, ERROR_NETWORK, "it was asked before");
        return PARTNER_WORDS;
    }
    return fault;
}

static void show_request(struct talk *t, size_t criterion)
{
    struct material m;
    struct buffer body = BUFFER_INIT;
    gather(t, criterion, &m);
    partner_show(t->partner, &m.request, &body);
    buffer_add_char(&body, '\n');
    screen_write(t->requests, &body);
    buffer_release(&body);
    arena_release(&m.arena);
}

/* --- what is said --- */

static void record(struct talk *t, const char *about, const char *of, const char *text,
                   const char *by)
{
    struct event e;
    talk_event(t, &e, EVENT_SAY);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", say_kind_names[SAY_PROBE]);
    if (about)
        event_set(&e, "about", about);
    event_set(&e, "of", of);
    if (by)
        event_set(&e, "by", by);
    event_set(&e, "text", text);
    talk_record(t, &e);
}

static void ask_built_in(struct talk *t, const char *about, size_t criterion)
{
    const struct criterion *c = &t->session->rubric->criteria[criterion];
    bool last = t->session->phase + 1 == t->session->scenario->phase_count;
    struct buffer text = BUFFER_INIT;
    if (t->session->probes[criterion] > 0)
        buffer_add_string(&text, "Once more, because it matters here: ");
    else if (!about) /* /next was typed, and the phase stays open */
        buffer_printf(&text, "%s%s: ", last ? "Before we end" : "Before we move on",
                      interviewer_heard_name(t->interviewer, t->session, criterion)
                          ? ", in more detail"
                          : "");
    buffer_add_string(&text, c->probe);
    record(t, about, c->id, text.data, NULL);
    talk_show_spoken(t, text.data, "a probe");
    buffer_release(&text);
}

static void tell_failure(struct talk *t, enum partner_fault fault, const struct error *e)
{
    if (fault == PARTNER_ENDPOINT) {
        talk_tell(
            t,
            "The model does not answer: %s%s From here on the built-in interviewer asks.",
            e->message, talk_stop(e->message));
        t->partner = NULL;
    } else if (fault == PARTNER_CANCELLED) {
        talk_tell(t, "Given up; the built-in interviewer asks.");
    } else {
        talk_tell(t,
                  "The model's question is left out: %s%s The built-in interviewer asks.",
                  e->message, talk_stop(e->message));
    }
}

void ask_about(struct talk *t, const char *about, size_t criterion)
{
    const struct criterion *c = &t->session->rubric->criteria[criterion];
    struct buffer text = BUFFER_INIT, what = BUFFER_INIT;
    struct error e;
    error_init(&e);
    if (t->partner && t->requests)
        show_request(t, criterion);
    if (!t->partner || t->requests) {
        ask_built_in(t, about, criterion);
        return;
    }
    buffer_printf(&what, "asking %s", partner_host(t->partner));
    struct speaking speaking = {
        .t = t,
        .live = t->screen.terminal && !t->screen.plain,
        .waiting = { .stream = t->out, .screen = &t->screen, .what = what.data }
    };
    fflush(t->out);
    enum partner_fault fault = ask_model(t, criterion, &speaking, &text, &e);
    end_line(&speaking, fault == PARTNER_FINE ? "a probe" : NULL);
    if (fault == PARTNER_FINE) {
        record(t, about, c->id, text.data, partner_name(t->partner));
        if (!speaking.live)
            talk_show_spoken(t, text.data, "a probe");
    } else {
        tell_failure(t, fault, &e);
        ask_built_in(t, about, criterion);
    }
    buffer_release(&text);
    buffer_release(&what);
}
