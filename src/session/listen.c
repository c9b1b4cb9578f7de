#include "session/listen.h"

#include <string.h>

#include "base/utf8.h"
#include "session/ask.h"
#include "session/vague.h"

static void ask(struct talk *t, const char *about, const char *of, const char *question)
{
    struct event e;
    talk_event(t, &e, EVENT_SAY);
    event_set(&e, "who", "interviewer");
    event_set(&e, "kind", say_kind_names[SAY_PROBE]);
    event_set(&e, "about", about);
    if (of)
        event_set(&e, "of", of);
    event_set(&e, "text", question);
    talk_record(t, &e);
    talk_show_spoken(t, question, "a probe");
}

bool listen_contradiction(struct talk *t)
{
    int rule = interviewer_contradiction(t->interviewer, t->session);
    if (rule < 0)
        return false;
    const struct consistency_rule *r = &t->session->rubric->rules[rule];
    ask(t, "consistency", r->id, r->question);
    return true;
}

/* What is quoted back: enough to know which words are meant. */
enum { CLAIM_BYTES_MOST = 120 };

/* Where a stretch begins that ends with the doubtful words, or from where these begin if they are long. */
static size_t last_stretch(const struct doubtful_claim *claim)
{
    size_t from = claim->last - CLAIM_BYTES_MOST;
    while (from < claim->first && claim->words[from] != ' ')
        from++;
    return from < claim->first ? from + 1 : claim->first;
}

/* The stretch of a long claim that holds what is doubtful: from its beginning if that leaves room. */
static void find_stretch(const struct doubtful_claim *claim, size_t *from, size_t *to)
{
    *from = 0;
    *to = claim->length;
    if (claim->length <= CLAIM_BYTES_MOST)
        return;
    if (claim->last > CLAIM_BYTES_MOST)
        *from = last_stretch(claim);
    *to = *from + utf8_fit(claim->words + *from, claim->length - *from, CLAIM_BYTES_MOST);
    while (*to > *from && *to < claim->length && claim->words[*to] != ' ')
        (*to)--;
}

static void add_claim(const struct doubtful_claim *claim, struct buffer *out)
{
    size_t from, to;
    find_stretch(claim, &from, &to);
    buffer_add_string(out, from > 0 ? "... " : "");
    for (size_t i = from; i < to; i++)
        buffer_add_char(out, strchr("\n\r\t\"", claim->words[i]) ? ' ' : claim->words[i]);
    while (out->length && strchr(" .,;:", out->data[out->length - 1]))
        buffer_truncate(out, out->length - 1);
    buffer_add_string(out, to < claim->length ? " ..." : "");
}

/* Many problems share the claim, and the case in which it breaks may be told of another. */
static bool is_another_case(const struct doubtful_claim *claim)
{
    const char *question = claim->flag->challenge.question;
    return claim->shared && question[strcspn(question, ".?")] == '.';
}

bool listen_challenge(struct talk *t)
{
    struct doubtful_claim claim;
    if (!interviewer_challenge(t->interviewer, t->session, &claim))
        return false;
    struct buffer words = BUFFER_INIT, text = BUFFER_INIT;
    add_claim(&claim, &words);
    buffer_printf(&text, "You said: \"%s\". %s%s", words.data,
                  is_another_case(&claim) ? "Take a case: " : "",
                  claim.flag->challenge.question);
    ask(t, "claim", claim.flag->id, text.data);
    buffer_release(&words);
    buffer_release(&text);
    return true;
}

static bool ask_how(struct talk *t, const char *text, size_t length)
{
    const struct phase_state *phase = &t->session->phases[t->session->phase];
    if (phase->asked_how || phase->probes >= PROBES_MOST)
        return false;
    switch (vague_answer(text, length)) {
    case VAGUE_NO:
        return false;
    case VAGUE_CLAIM:
        ask(t, "how", NULL, "How?");
        break;
    case VAGUE_GOAL:
        ask(t, "how", NULL, "How would you know that it is? A figure helps.");
        break;
    }
    return true;
}

/* Few words are no answer to follow up. */
static bool is_an_answer(const char *text, size_t length)
{
    enum { WORDS_LEAST = 8 };
    return utf8_words(text, length) >= WORDS_LEAST;
}

void listen_to(struct talk *t, const char *text, size_t length)
{
    if (listen_contradiction(t) || ask_how(t, text, length))
        return;
    int criterion = interviewer_midway(t->interviewer, t->session, talk_now(t));
    if (criterion >= 0) {
        ask_about(t, "midway", (size_t)criterion);
        return;
    }
    if (t->partner && is_an_answer(text, length))
        criterion = interviewer_follow_up(t->interviewer, t->session);
    if (criterion >= 0)
        ask_about(t, "follow-up", (size_t)criterion);
}
