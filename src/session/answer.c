#include "session/answer.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

static const char **opened_phases(const struct session *s, struct arena *arena)
{
    const char **ids = arena_array(arena, const char *, s->scenario->phase_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        if (s->phases[i].opened)
            ids[count++] = s->scenario->phases[i].id;
    ids[count] = NULL;
    return ids;
}

/* What the interviewer raised: by a probe, a hint or the twist. */
static bool *asked_about(const struct session *s, struct arena *arena)
{
    bool *asked = arena_array(arena, bool, s->rubric->criterion_count);
    for (size_t i = 0; i < s->rubric->criterion_count; i++)
        asked[i] = s->probes[i] > 0;
    for (size_t i = 0; i < s->scenario->hint_count; i++) {
        int criterion = rubric_find(s->rubric, s->scenario->hints[i].criterion);
        if (criterion >= 0 && s->hints_taken[i] > 0)
            asked[criterion] = true;
    }
    if (s->twist_said && s->scenario->twist.criterion) {
        int criterion = rubric_find(s->rubric, s->scenario->twist.criterion);
        if (criterion >= 0)
            asked[criterion] = true;
    }
    return asked;
}

static void add_part(const struct session *s, const struct utterance *u, struct answer_part *part,
                     struct answer_place *place)
{
    *part = (struct answer_part) {
        .text = u->text,
        .length = u->length,
        .phase = s->scenario->phases[u->phase].id,
        .said = u->said,
        .prompted = u->prompted,
        .after_twist = u->after_twist,
    };
    *place = (struct answer_place) {
        .event = u->event,
        .offset = u->offset,
        .phase = u->phase,
        .at = u->at,
        .session_at = u->session_at,
        .question = u->question,
    };
}

/* The first plain phrase of an expression: "base 62" of "base 62 | base 64"; NULL: it has none. */
static const struct expression *first_phrase(const struct expression *x)
{
    if (x->kind == EXPRESSION_PHRASE) {
        for (size_t i = 0; i < x->count; i++)
            if (x->words[i]->match != WORD_STEM)
                return NULL;
        return x;
    }
    for (size_t i = 0; x->kind == EXPRESSION_OR && i < x->count; i++) {
        const struct expression *found = first_phrase(x->items[i]);
        if (found)
            return found;
    }
    return NULL;
}

/* "base 62?": what the criterion is called, or else the fact's topic; asked, so that it names and
 * explains nothing. */
static void name_topic(const struct criterion *c, const struct fact *fact, struct buffer *out)
{
    for (size_t i = 0; i < c->names.count; i++) {
        const struct expression *phrase = first_phrase(c->names.items[i]);
        for (size_t k = 0; phrase && k < phrase->count; k++)
            buffer_printf(out, "%s%s", k ? " " : "", phrase->words[k]->text);
        if (phrase)
            break;
    }
    if (!out->length)
        buffer_add_string(out, fact->topic);
    buffer_add_char(out, '?');
}

/* A part for each fact that this question found. */
static size_t add_topics(const struct session *s, const struct utterance *u, struct arena *arena,
                         struct answer_part *parts, struct answer_place *places)
{
    size_t count = 0;
    for (size_t i = 0; u->question && i < s->scenario->fact_count; i++) {
        const struct fact *fact = &s->scenario->facts[i];
        int criterion = fact->criterion ? rubric_find(s->rubric, fact->criterion) : -1;
        if (s->facts_asked[i] != u->event || criterion < 0)
            continue;
        struct buffer text = BUFFER_INIT;
        name_topic(&s->rubric->criteria[criterion], fact, &text);
        add_part(s, u, &parts[count], &places[count]);
        parts[count].text = arena_strndup(arena, text.data, text.length);
        parts[count].length = text.length;
        places[count++].topic = true;
        buffer_release(&text);
    }
    return count;
}

/* What ends a reply: the interviewer asks something else, or the phase is left. */
static bool ends_reply(const struct event *e)
{
    enum say_kind kind = e->type == EVENT_SAY ? event_say_kind(e) : SAY_REMARK;
    return e->type == EVENT_PHASE || e->type == EVENT_EDIT || e->type == EVENT_END ||
           (e->type == EVENT_SAY && !event_by_candidate(e) &&
            (kind == SAY_PROBE || kind == SAY_HINT || kind == SAY_TWIST));
}

enum { REPLY_WORDS = 5 }; /* before a question, that make a reply of it */

/* "you mean the broker? or the table?", but not "it is lost. so I'd wait for both copies. is that what you mean?" */
static bool only_asks(const struct answer_part *part, const struct answer_place *place)
{
    size_t words = 0, start = 0;
    for (size_t i = 0; place->question && i + 1 < part->length; i++) {
        if (!strchr(".!;?", part->text[i]) || part->text[i + 1] != ' ')
            continue;
        words += part->text[i] == '?' ? 0 : utf8_words(part->text + start, i - start);
        start = i + 1;
    }
    return place->question && words < REPLY_WORDS;
}

/* The answers in one piece between the question, event `index`, and what ends the reply; what is asked back is none. */
static void find_reply(const struct session *s, size_t index,
                       const struct session_answer *answer, struct answer_challenge *out)
{
    size_t end = index + 1;
    while (end < s->events.count && !ends_reply(&s->events.items[end]))
        end++;
    size_t last = s->events.items[end - 1].number, first = s->events.items[index].number;
    for (size_t i = 0; i < answer->answer.count; i++) {
        const struct answer_place *place = &answer->places[i];
        if (place->event <= first || place->event > last)
            continue;
        bool asks = only_asks(&answer->answer.parts[i], place);
        if (asks && !out->count)
            continue;
        if (asks || (out->count && i != out->first + out->count))
            return;
        out->first = out->count ? out->first : i;
        out->count++;
    }
}

static void add_challenges(const struct session *s, struct arena *arena,
                           struct session_answer *out)
{
    size_t count = 0;
    struct answer_challenge *list = arena_array(arena, struct answer_challenge,
                                                session_asked_about(s, "claim", NULL));
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        int flag = session_is_asked_about(s, i, "claim", NULL)
                       ? rubric_find_flag(s->rubric, event_text(e, "of"))
                       : -1;
        if (flag < 0)
            continue;
        list[count] = (struct answer_challenge) { .flag = (size_t)flag };
        find_reply(s, i, out, &list[count++]);
    }
    out->answer.challenges = list;
    out->answer.challenge_count = count;
}

void session_answer_build(const struct session *s, struct arena *arena, struct session_answer *out)
{
    size_t room = s->said.count + s->scenario->fact_count, count = 0;
    struct answer_part *parts = arena_array(arena, struct answer_part, room);
    struct answer_place *places = arena_array(arena, struct answer_place, room);
    /* By phase, then as said: a sentence that goes on in the next line stays whole after /back. */
    for (size_t phase = 0; phase < s->scenario->phase_count; phase++) {
        for (size_t i = 0; i < s->said.count; i++) {
            const struct utterance *u = &s->said.items[i];
            if (u->phase != phase || u->after_model)
                continue;
            add_part(s, u, &parts[count], &places[count]);
            count++;
            count += add_topics(s, u, arena, parts + count, places + count);
        }
    }
    *out = (struct session_answer){
        .answer = {
            .parts = parts,
            .count = count,
            .phases = opened_phases(s, arena),
            .unfinished = !session_complete(s),
            .part = s->scenario->part,
            .dialogue = true,
            .asked = asked_about(s, arena),
            .raised = s->raised,
            .hint_cost = s->hint_cost,
        },
        .places = places,
    };
    add_challenges(s, arena, out);
}

const bool *session_answer_counts(const struct session_answer *answer,
                                  struct arena *arena)
{
    bool *counts = arena_array(arena, bool, answer->answer.count);
    for (size_t i = 0; i < answer->answer.count; i++)
        counts[i] = !answer->places[i].topic;
    return counts;
}

static void own_words(const struct session_answer *answer, struct quote *quote)
{
    if (quote->part < 0 || !answer->places[quote->part].topic)
        return;
    while (answer->places[quote->part].topic) /* the question stands before its topics */
        quote->part--;
    quote->start = 0;
    quote->end = answer->answer.parts[quote->part].length;
}

void session_answer_own_words(const struct session_answer *answer, struct score *score)
{
    for (size_t i = 0; i < score->criterion_count; i++)
        own_words(answer, &score->criteria[i].quote);
    for (size_t i = 0; i < score->red_flag_count; i++)
        own_words(answer, &score->red_flags[i].quote);
    for (size_t i = 0; i < score->slip_count; i++)
        own_words(answer, &score->slips[i].quote);
}
