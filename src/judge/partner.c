#include "judge/partner.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "judge/chance.h"
#include "judge/completion.h"
#include "judge/endpoint.h"
#include "judge/events.h"
#include "judge/figure.h"
#include "judge/keep.h"

struct partner {
    const struct endpoint_settings *settings;
    struct endpoint *endpoint;
    bool redact;
    char *name;
};

enum { RAW_MAX = 64 << 10 };

/* One question on its way in. */
struct coming {
    const struct partner_listener *listener;
    struct events events;
    struct completion completion;
    size_t read;         /* of the completion's text */
    struct buffer word;  /* in the making */
    struct buffer known; /* all that may be repeated */
    struct buffer raw;   /* bytes before the first event */
    bool any;            /* an event came */
    struct buffer *text;
    bool asked;         /* the question mark is there */
    struct error error; /* of the words or the stream */
    enum partner_fault fault;
};

struct partner *partner_new(const struct endpoint_settings *settings, bool redact)
{
    struct partner *p = xcalloc(1, sizeof(*p));
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "llm:%s", settings->model);
    p->settings = settings;
    p->endpoint = endpoint_new(settings);
    p->redact = redact;
    p->name = buffer_detach(&name);
    return p;
}

void partner_free(struct partner *p)
{
    if (!p)
        return;
    endpoint_free(p->endpoint);
    free(p->name);
    free(p);
}

const char *partner_name(const struct partner *p)
{
    return p->name;
}

const char *partner_host(const struct partner *p)
{
    return p->settings->host;
}

/* --- words --- */

static bool refuse(struct coming *c, const char *format, const char *word)
{
    c->fault = PARTNER_WORDS;
    error_set(&c->error, ERROR_NETWORK, format, word);
    return false;
}

/* The word is whole: looked at, and handed over. */
static bool end_word(struct coming *c)
{
    struct buffer shown = BUFFER_INIT;
    bool fine = true;
    utf8_add_harmless(&shown, c->word.data, c->word.length);
    if (figure_is_new(c->known.data, c->word.data))
        fine = refuse(c, "it names a figure that nobody has named ('%.40s')", shown.data);
    else if (c->text->length + shown.length > PARTNER_WORDS_MAX)
        fine = refuse(c, "it talks on and on%s", "");
    if (fine && shown.length) {
        buffer_add_string(c->text, c->text->length ? " " : "");
        buffer_add(c->text, shown.data, shown.length);
        c->listener->word(c->listener->state, shown.data, shown.length);
        c->asked = strchr(shown.data, '?') != NULL;
    }
    buffer_clear(&c->word);
    buffer_release(&shown);
    return fine;
}

static bool take_text(struct coming *c, const char *text, size_t length)
{
    for (size_t i = 0; i < length && !c->asked; i++) {
        if (!strchr(" \t\r\n", text[i]) || !text[i]) {
            buffer_add_char(&c->word, text[i] ? text[i] : ' ');
            if (c->word.length > PARTNER_WORDS_MAX)
                return refuse(c, "it talks on and on%s", "");
        } else if (c->word.length && !end_word(c)) {
            return false;
        }
    }
    return !c->asked;
}

/* What the completion has beyond what was read, its thoughts left out. */
static bool take_new(struct coming *c)
{
    const struct buffer *text = &c->completion.text;
    bool open;
    size_t thoughts = completion_thoughts(text->data, text->length, &open);
    if (open)
        return true;
    size_t from = c->read > thoughts ? c->read : thoughts;
    c->read = text->length;
    return take_text(c, text->data + from, text->length - from);
}

static bool take_event(void *state, const char *data, size_t length)
{
    struct coming *c = state;
    c->any = true;
    if (completion_add(&c->completion, data, length, &c->error) < 0) {
        c->fault = PARTNER_ENDPOINT;
        return false;
    }
    return take_new(c);
}

/* Until the first event it may be no stream at all: some servers send the whole at once.
 */
static bool take_bytes(void *state, const char *bytes, size_t length)
{
    struct coming *c = state;
    if (!c->any && c->raw.length + length <= RAW_MAX)
        buffer_add(&c->raw, bytes, length);
    return events_feed(&c->events, bytes, length);
}

static void wait(void *state, double seconds)
{
    struct coming *c = state;
    if (c->listener->wait && !c->text->length)
        c->listener->wait(c->listener->state, seconds);
}

/* --- the request --- */

static void add_known(struct buffer *known, const char *text, size_t length)
{
    buffer_add(known, text, length);
    buffer_add_char(known, '\n');
}

/* All that the model was told, so that it may say it again. */
static void collect_known(const struct talk_request *q, struct buffer *known)
{
    add_known(known, q->prompt, strlen(q->prompt));
    add_known(known, q->question, strlen(q->question));
    add_known(known, q->point, strlen(q->point));
    for (size_t i = 0; q->facts[i]; i++)
        add_known(known, q->facts[i], strlen(q->facts[i]));
    for (size_t i = 0; i < q->line_count; i++)
        add_known(known, q->lines[i].text, q->lines[i].length);
}

void partner_show(const struct partner *p, const struct talk_request *question,
                  struct buffer *body)
{
    char fence[FENCE_DIGITS + 1];
    struct arena arena = ARENA_INIT;
    struct talk_request q = *question;
    struct talk_line *lines = arena_array(&arena, struct talk_line, q.line_count);
    for (size_t i = 0; i < q.line_count; i++) {
        struct answer_part part = { .text = q.lines[i].text,
                                    .length = q.lines[i].length };
        struct answer one = { .parts = &part, .count = 1 };
        if (p->redact)
            one = request_redact(&one, p->settings->redact.items,
                                 p->settings->redact.count, &arena);
        lines[i] = (struct talk_line) { q.lines[i].candidate, one.parts[0].text,
                                        one.parts[0].length };
    }
    chance_digits(fence, FENCE_DIGITS);
    q.lines = lines;
    q.fence = fence;
    q.model = p->settings->model;
    q.temperature = keep_known_read(p->settings).temperature;
    request_talk(&q, body);
    arena_release(&arena);
}

/* What the stream came to, once it is over. */
static void finish(struct coming *c, int result, const struct endpoint_reply *reply,
                   const struct error *e)
{
    if (c->fault != PARTNER_FINE || c->asked)
        return;
    if (result < 0 && reply->fault != FAULT_STOPPED) {
        c->fault = reply->fault == FAULT_CANCELLED ? PARTNER_CANCELLED : PARTNER_ENDPOINT;
        error_set(&c->error, e->code, "%s", e->message);
        return;
    }
    events_end(&c->events);
    if (!c->any && completion_read(&c->completion, c->raw.data, c->raw.length, NULL) == 0)
        take_new(c);
    if (c->fault == PARTNER_FINE && !c->asked && c->word.length)
        end_word(c);
    if (c->fault != PARTNER_FINE || c->asked)
        return;
    c->fault = PARTNER_ENDPOINT;
    if (c->events.too_large)
        error_set(&c->error, ERROR_NETWORK, "the stream has a line without end");
    else if (!c->completion.done && !c->completion.text.length)
        error_set(&c->error, ERROR_NETWORK,
                  "the answer is no stream of a chat completion: does the url end as it "
                  "should, mostly in /v1?");
    else if (completion_check(&c->completion, &c->error) == 0)
        refuse(c, "it asks nothing%s", "");
}

enum partner_fault partner_ask(struct partner *p, const struct talk_request *question,
                               const struct partner_listener *listener,
                               struct buffer *text, struct error *e)
{
    struct coming c = {
        .listener = listener, .word = BUFFER_INIT, .known = BUFFER_INIT, .text = text
    };
    struct buffer body = BUFFER_INIT;
    struct endpoint_reply reply;
    struct error problem;
    error_init(&c.error);
    error_init(&problem);
    events_init(&c.events, take_event, &c);
    completion_init(&c.completion);
    collect_known(question, &c.known);
    partner_show(p, question, &body);
    struct endpoint_request request = { .path = "/chat/completions",
                                        .body = body.data,
                                        .length = body.length,
                                        .seconds = p->settings->talk,
                                        .take = take_bytes,
                                        .wait = wait,
                                        .state = &c };
    int result = endpoint_call(p->endpoint, &request, &reply, &problem);
    finish(&c, result, &reply, &problem);
    if (c.fault != PARTNER_FINE)
        error_set(e, ERROR_NETWORK, "%s", c.error.message);
    endpoint_reply_release(&reply);
    events_release(&c.events);
    completion_release(&c.completion);
    buffer_release(&c.word);
    buffer_release(&c.known);
    buffer_release(&c.raw);
    buffer_release(&body);
    return c.fault;
}
