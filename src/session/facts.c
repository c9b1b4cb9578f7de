#include "session/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scoring/matcher.h"
#include "scoring/text.h"
#include "session/given.h"
#include "session/nearest.h"
#include "session/question.h"

struct fact_words {
    uint32_t stems[16]; /* content words of the topic */
    size_t count;
};

struct facts {
    const struct scenario *scenario;
    struct matcher *matcher; /* queries: the facts' expressions in order */
    size_t *first_query;     /* per fact; one more at the end */
    struct fact_words *topics;
    struct nearest *nearest; /* NULL until something is asked */
    struct text text, prompt;
    struct text_part prompt_part;
};

static bool is_content(const struct dictionary *d, uint32_t form)
{
    return dictionary_get(d, form)->word_class == CLASS_CONTENT;
}

static bool has_stem(const struct fact_words *words, uint32_t stem)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->stems[i] == stem)
            return true;
    return false;
}

/* Content words of a topic, by stem, each once. */
static void read_topic(struct facts *f, const char *topic, struct fact_words *out)
{
    struct dictionary *d = matcher_dictionary(f->matcher);
    struct text_part part = { topic, strlen(topic) };
    text_read(&f->text, d, &part, 1);
    for (size_t i = 0; i < f->text.words.count && out->count < 16; i++) {
        uint32_t form = f->text.words.items[i].form, stem = dictionary_get(d, form)->stem;
        if (is_content(d, form) && !has_stem(out, stem))
            out->stems[out->count++] = stem;
    }
}

static void add_facts(struct facts *f)
{
    size_t queries = 0;
    for (size_t i = 0; i < f->scenario->fact_count; i++) {
        const struct fact *fact = &f->scenario->facts[i];
        f->first_query[i] = queries;
        for (size_t k = 0; k < fact->asks.count; k++, queries++)
            matcher_add(f->matcher, fact->asks.items[k], reach_evidence);
        read_topic(f, fact->topic, &f->topics[i]);
    }
    f->first_query[f->scenario->fact_count] = queries;
    matcher_seal(f->matcher);
    f->prompt_part =
        (struct text_part) { f->scenario->prompt, strlen(f->scenario->prompt) };
    text_read(&f->prompt, matcher_dictionary(f->matcher), &f->prompt_part, 1);
}

struct facts *facts_new(const struct scenario *scenario, const struct lexicon *lexicon)
{
    struct facts *f = xcalloc(1, sizeof(*f));
    f->scenario = scenario;
    f->matcher = matcher_new(lexicon);
    f->first_query = xcalloc(scenario->fact_count + 1, sizeof(*f->first_query));
    f->topics = xcalloc(scenario->fact_count + 1, sizeof(*f->topics));
    add_facts(f);
    return f;
}

void facts_free(struct facts *f)
{
    if (!f)
        return;
    nearest_free(f->nearest);
    matcher_free(f->matcher);
    text_release(&f->text);
    text_release(&f->prompt);
    free(f->first_query);
    free(f->topics);
    free(f);
}

/* --- questions --- */

/* How well one expression fits: what was found, longer phrases counting more. */
static double fit_of(struct facts *f, size_t query)
{
    struct match matches[4];
    size_t count = matcher_find(f->matcher, query, matches, 4);
    double best = 0;
    for (size_t i = 0; i < count; i++) {
        double fit = 0;
        for (uint32_t k = 0; k < matches[i].count && k < MATCH_WORDS; k++)
            fit += 1 + 0.5 * (double)(matches[i].ends[k] - matches[i].words[k]);
        best = fit > best ? fit : best;
    }
    return best;
}

/* Words that the question shares with the fact's topic. */
static size_t shared_words(const struct facts *f, size_t fact)
{
    const struct dictionary *d = matcher_dictionary(f->matcher);
    size_t shared = 0;
    for (size_t k = 0; k < f->topics[fact].count; k++) {
        for (size_t i = 0; i < f->text.words.count; i++) {
            if (dictionary_get(d, f->text.words.items[i].form)->stem ==
                f->topics[fact].stems[k]) {
                shared++;
                break;
            }
        }
    }
    return shared;
}

/* The best expression counts, a second one and the topic's words only break ties. */
static double fit_of_fact(struct facts *f, size_t fact)
{
    double best = 0, rest = 0;
    for (size_t q = f->first_query[fact]; q < f->first_query[fact + 1]; q++) {
        double fit = fit_of(f, q);
        if (fit > best) {
            rest += best;
            best = fit;
        } else {
            rest += fit;
        }
    }
    return best > 0 ? best + 0.25 * rest + 0.3 * (double)shared_words(f, fact) : 0;
}

struct candidates {
    size_t first, second;
    double best, next; /* 0: none */
};

static void consider(struct candidates *c, size_t fact, double fit)
{
    if (fit > c->best) {
        c->second = c->first;
        c->next = c->best;
        c->first = fact;
        c->best = fit;
    } else if (fit > c->next) {
        c->second = fact;
        c->next = fit;
    }
}

/* How well a fact answers what stands in f->text. */
struct fit {
    double hits;     /* of its expressions; 0: none found anything */
    double nearness; /* nearest_rank() */
    double both;
};

/* What a hit adds to the nearness, and how much its fit does. Of values tried on 260 questions of two people .84 of
 * the best facts were right with these, and .87 of 104 of a third; .79 with the expressions alone. */
static const double hit_counts = 0.2, fit_counts = 0.05;

/* Of every fact, to be freed by the caller. */
static struct fit *read_question(struct facts *f, const char *question, size_t length)
{
    size_t count = f->scenario->fact_count;
    struct text_part part = { question, length };
    struct fit *fits = xcalloc(count + 1, sizeof(*fits));
    double *near = xcalloc(count + 1, sizeof(*near));
    if (!f->nearest)
        f->nearest = nearest_new(f->scenario, matcher_dictionary(f->matcher));
    text_read(&f->text, matcher_dictionary(f->matcher), &part, 1);
    matcher_read(f->matcher, &f->text);
    nearest_rank(f->nearest, &f->text, near);
    for (size_t i = 0; i < count; i++) {
        fits[i] = (struct fit) { .hits = fit_of_fact(f, i), .nearness = near[i] };
        fits[i].both =
            near[i] + (fits[i].hits > 0 ? hit_counts : 0) + fit_counts * fits[i].hits;
    }
    free(near);
    return fits;
}

/* How near a fact must be to be the answer where no expression finds it, and where an opinion is asked for, to be asked
 * back about, and to be named beside the nearest. Of the 900 questions in tests/questions that no fact answers nine are
 * as near as an answer. */
static const double near_enough = 0.65, near_for_sure = 0.95, near_at_all = 0.35,
                    near_as_well = 0.7;

bool facts_finds(struct facts *f, size_t fact, const char *question, size_t length)
{
    struct fit *fits = read_question(f, question, length);
    bool finds = fits[fact].hits > 0;
    free(fits);
    return finds;
}

/* Where expressions find something, the best of those facts; where none does, the nearest. */
static struct candidates best_of(const struct facts *f, const struct fit *fits)
{
    struct candidates found = { 0 }, near = { 0 };
    for (size_t i = 0; i < f->scenario->fact_count; i++) {
        consider(&found, i, fits[i].hits > 0 ? fits[i].both : 0);
        consider(&near, i, fits[i].both);
    }
    return found.best > 0 ? found : near;
}

/* Where there are no examples, two words of a topic are worth asking back. */
static struct reply ask_back_by_topic(struct facts *f)
{
    struct candidates near = { 0 };
    for (size_t i = 0; i < f->scenario->fact_count; i++) {
        size_t shared = shared_words(f, i);
        consider(&near, i, shared >= 2 ? (double)shared : 0);
    }
    if (near.best > 0)
        return (struct reply) { REPLY_CLOSE, near.first,
                                near.next > 0 ? near.second : near.first };
    return (struct reply) { REPLY_ASSUME, 0, 0 };
}

/* One question. */
static struct reply answer_one(struct facts *f, const char *question, size_t length)
{
    struct fit *fits = read_question(f, question, length);
    struct candidates best = best_of(f, fits);
    struct fit fit = fits[best.first];
    free(fits);
    if (fit.hits > 0)
        return (struct reply) { REPLY_FACT, best.first, best.first };
    int given = given_find(&f->prompt, &f->text, matcher_dictionary(f->matcher));
    if (given >= 0)
        return (struct reply) { REPLY_GIVEN, (size_t)given, (size_t)given };
    if (question_checks(question, length))
        return (struct reply) { REPLY_GO_ON, 0, 0 };
    double enough =
        question_seeks_opinion(question, length) ? near_for_sure : near_enough;
    if (fit.nearness >= enough)
        return (struct reply) { REPLY_FACT, best.first, best.first };
    if (best.best < near_at_all)
        return ask_back_by_topic(f);
    return (struct reply) { REPLY_CLOSE, best.first,
                            best.next >= near_as_well * best.best ? best.second
                                                                  : best.first };
}

/* --- several questions in one line --- */

enum { PIECES_MOST = 8 };

static bool is_in(const struct reply *replies, size_t count, size_t fact)
{
    for (size_t i = 0; i < count; i++)
        if (replies[i].fact == fact)
            return true;
    return false;
}

static size_t add_reply(struct reply out[REPLIES_MOST], size_t count, size_t fact)
{
    if (count == REPLIES_MOST || is_in(out, count, fact))
        return count;
    out[count] = (struct reply) { REPLY_FACT, fact, fact };
    return count + 1;
}

/* Of a piece, which may be three words, only what an expression finds. */
static size_t add_fact_of_piece(struct facts *f, const char *text, size_t length,
                                struct reply out[REPLIES_MOST], size_t count)
{
    struct fit *fits = read_question(f, text, length);
    struct candidates best = best_of(f, fits);
    bool found = fits[best.first].hits > 0;
    free(fits);
    return found ? add_reply(out, count, best.first) : count;
}

/* A piece's fact that says little to the whole is none: side words found it. */
static const double least_of_whole = 0.4;

/* Adds the facts of the pieces that say something to the whole question too, and the one that says most to it. */
static size_t add_facts_of_half(struct facts *f, const char *text, size_t length,
                                struct reply out[REPLIES_MOST], size_t count)
{
    struct reply pieces[REPLIES_MOST];
    size_t found = 0, next = 0;
    for (size_t at = 0, i = 0; at < length && i < PIECES_MOST; at = next, i++)
        found = add_fact_of_piece(
            f, text + at, question_piece(text, length, at, &next) - at, pieces, found);
    struct fit *fits = read_question(f, text, length);
    struct candidates best = best_of(f, fits);
    bool answered = fits[best.first].hits > 0;
    if (answered && !is_in(pieces, found, best.first))
        count = add_reply(out, count, best.first);
    for (size_t i = 0; i < found; i++)
        if (!answered || fits[pieces[i].fact].both >= least_of_whole * best.best)
            count = add_reply(out, count, pieces[i].fact);
    free(fits);
    if (answered || found)
        return count;
    struct reply reply = answer_one(f, text, length);
    return reply.kind == REPLY_FACT ? add_reply(out, count, reply.fact) : count;
}

/* What a hit must come to where something else was asked as well: one word of no example is side words' doing. */
static const double least_of_half = 0.35;

/* Content words of what was read last. */
static size_t content_words(const struct facts *f)
{
    size_t count = 0;
    for (size_t i = 0; i < f->text.words.count; i++)
        count += is_content(matcher_dictionary(f->matcher), f->text.words.items[i].form);
    return count;
}

/* How well the best fact of one half of a question answers it; 0: none does. What a half means by "it" is not there to
 * be near to; of a half of one word, "is there some quota", that word is all there is to find. */
static double fit_of_half(struct facts *f, const char *text, size_t length)
{
    struct fit *fits = read_question(f, text, length);
    struct candidates best = best_of(f, fits);
    bool hit = fits[best.first].hits > 0, refers = question_refers(text, length);
    free(fits);
    if (!hit && refers)
        return 0;
    double enough = hit && !refers && content_words(f) == 1 ? 0
                    : hit                                   ? least_of_half
                    : question_seeks_opinion(text, length)  ? near_for_sure
                                                            : near_enough;
    return best.best >= enough ? best.best : 0;
}

/* Adds the facts of the halves; returns how well the best of them answers its own. */
static double add_facts_of_halves(struct facts *f, const char *text, size_t length,
                                  struct reply out[REPLIES_MOST], size_t *count)
{
    double most = 0;
    for (size_t at = 0, next = 0, i = 0; at < length && i < PIECES_MOST; at = next, i++) {
        size_t end = question_half(text, length, at, &next);
        double fit = fit_of_half(f, text + at, end - at);
        if (fit > 0)
            *count = add_facts_of_half(f, text + at, end - at, out, *count);
        most = fit > most ? fit : most;
    }
    return most;
}

/* What answers the whole about as well as the halves' facts do theirs is among what was asked; what expressions find across
 * two halves, "how many [hotels, and how] many rooms in a booking", is not. */
static const double whole_counts = 0.95;

/* Each half of "how many users, and where are they?" has its own facts; the whole where no half has any. */
static size_t add_facts_of(struct facts *f, const char *text, size_t length,
                           struct reply out[REPLIES_MOST], size_t count)
{
    struct reply halves[REPLIES_MOST];
    size_t found = 0, next = 0;
    if (question_half(text, length, 0, &next) == length)
        return add_facts_of_half(f, text, length, out, count);
    double most = add_facts_of_halves(f, text, length, halves, &found);
    if (found == 0)
        return add_facts_of_half(f, text, length, out, count);
    struct fit *fits = read_question(f, text, length);
    struct candidates best = best_of(f, fits);
    if (fits[best.first].hits > 0 && best.best >= whole_counts * most &&
        !is_in(halves, found, best.first))
        count = add_reply(out, count, best.first);
    free(fits);
    for (size_t i = 0; i < found; i++)
        count = add_reply(out, count, halves[i].fact);
    return count;
}

/* "Is it public? I guess so. And how many users are there": sentences behind the last mark may ask as well. */
static size_t add_facts_behind(struct facts *f, const char *text, size_t length,
                               size_t at, struct reply out[REPLIES_MOST], size_t count)
{
    enum { BEHIND_MOST = 300 }; /* bytes; what is longer is no question */
    size_t next = at;
    if (at < length && length - at > BEHIND_MOST)
        next = length - BEHIND_MOST;
    for (at = next; at < length; at = next) {
        size_t end = question_stop(text, length, at, &next);
        if (question_read(text + at, end - at) == QUESTION_WORDED ||
            (question_surely(text + at, end - at) &&
             fit_of_half(f, text + at, end - at) > 0))
            count = add_facts_of(f, text + at, end - at, out, count);
    }
    return count;
}

size_t facts_answers(struct facts *f, const char *question, size_t length,
                     struct reply out[REPLIES_MOST])
{
    enum question_kind kind = question_read(question, length);
    size_t count = 0, from, at = 0;
    if (kind == QUESTION_WORDED || kind == QUESTION_NONE)
        count = add_facts_of(f, question, length, out, 0);
    else
        while (question_sentence(question, length, &from, &at))
            count = add_facts_of(f, question + from, at - from, out, count);
    if (kind == QUESTION_WITHIN)
        count = add_facts_behind(f, question, length, at, out, count);
    if (count > 1 || (count == 1 && kind == QUESTION_WITHIN))
        return count;
    if (kind == QUESTION_WITHIN) {
        at = 0;
        question_sentence(question, length, &from, &at);
        question += from;
        length = at - from;
    }
    struct reply whole = answer_one(f, question, length);
    if (count == 0 || whole.kind == REPLY_FACT)
        out[0] = whole;
    return 1;
}

/* --- what was asked back --- */

/* The reply that asked back right before the candidate's last words; false when none did. */
static bool asked_back(struct facts *f, const struct session *session, struct reply *out)
{
    const struct event *events = session->events.items;
    size_t i = session->events.count;
    while (i > 0 && events[i - 1].type == EVENT_SAY && event_by_candidate(&events[i - 1]))
        i--;
    if (i < 2 || events[i - 1].type != EVENT_SAY ||
        event_say_kind(&events[i - 1]) != SAY_REMARK || events[i - 2].type != EVENT_SAY ||
        event_say_kind(&events[i - 2]) != SAY_QUESTION)
        return false;
    const char *question = event_text(&events[i - 2], "text");
    struct reply replies[REPLIES_MOST];
    facts_answers(f, question, strlen(question), replies);
    *out = replies[0];
    return out->kind == REPLY_CLOSE;
}

/* Words of one of the two, and hardly any of the other. */
static int chosen_by_words(struct facts *f, const struct reply *back,
                           const struct reply *now)
{
    size_t first = shared_words(f, back->fact), second = shared_words(f, back->other);
    if (now->kind == REPLY_FACT)
        return now->fact == back->fact ? 1 : 2;
    if (back->fact == back->other)
        return first > 1;
    return first != second && first + second > 1 ? first > second ? 1 : 2 : 0;
}

enum { CHOICE_WORDS_MOST = 8 }; /* of a choice that is no question */

size_t facts_choice(struct facts *f, const struct session *session, const char *text,
                    size_t length, struct reply out[REPLIES_MOST])
{
    struct reply back;
    int chosen = question_choice(text, length);
    /* what goes on with an assumption is no choice, whatever words it shares */
    if ((chosen == 0 && question_read(text, length) == QUESTION_NONE &&
         (utf8_words(text, length) > CHOICE_WORDS_MOST ||
          question_states(text, length))) ||
        !asked_back(f, session, &back))
        return 0;
    struct reply now = answer_one(f, text, length);
    if (now.kind == REPLY_FACT && now.fact != back.fact && now.fact != back.other)
        return 0;
    if (chosen == 0 || (now.kind == REPLY_FACT && chosen != QUESTION_BOTH))
        chosen = chosen_by_words(f, &back, &now);
    out[0] = (struct reply) { REPLY_FACT, back.fact, back.fact };
    out[1] = (struct reply) { REPLY_FACT, back.other, back.other };
    if (chosen == 2)
        out[0] = out[1];
    return chosen == QUESTION_BOTH && back.fact != back.other ? 2 : chosen > 0;
}

const char facts_no_answer[] = "tate an assumption and go on.";

void facts_reply_text(const struct facts *f, const struct reply *reply,
                      struct buffer *out)
{
    const struct fact *facts = f->scenario->facts;
    switch (reply->kind) {
    case REPLY_FACT:
        buffer_add_string(out, facts[reply->fact].answer);
        break;
    case REPLY_GIVEN: {
        const struct sentence *said = &f->prompt.sentences.items[reply->fact];
        buffer_printf(out, "The task says: %.*s. Assume what it leaves open.",
                      (int)(said->stop - said->start), f->scenario->prompt + said->start);
        break;
    }
    case REPLY_CLOSE:
        buffer_printf(out, "Do you mean %s", facts[reply->fact].topic);
        if (reply->other != reply->fact)
            buffer_printf(out, ", or %s", facts[reply->other].topic);
        buffer_printf(out, "? If %s, s%s",
                      reply->other == reply->fact ? "not" : "neither", facts_no_answer);
        break;
    case REPLY_GO_ON:
        buffer_add_string(out, "Yes, go on.");
        break;
    case REPLY_ASSUME:
        buffer_printf(out, "S%s", facts_no_answer);
        break;
    }
}
