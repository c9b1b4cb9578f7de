#include "session/interviewer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scoring/matcher.h"
#include "scoring/text.h"
#include "session/consistency.h"
#include "session/given.h"
#include "session/nearest.h"
#include "session/question.h"

struct fact_words {
    uint32_t stems[16]; /* content words of the topic */
    size_t count;
};

struct interviewer {
    const struct scenario *scenario;
    const struct rubric *rubric;
    const struct lexicon *lexicon;
    const struct weights *weights;
    struct scorer *scorer; /* this and the next: NULL until they are used, which is after the first words */
    struct nearest *nearest;
    struct consistency *consistency;
    struct matcher *matcher; /* queries: the facts' expressions in order */
    size_t *first_query;     /* per fact; one more at the end */
    struct fact_words *topics;
    struct text text, prompt;
    struct text_part prompt_part;
    struct arena arena;
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
static void read_topic(struct interviewer *v, const char *topic, struct fact_words *out)
{
    struct dictionary *d = matcher_dictionary(v->matcher);
    struct text_part part = { topic, strlen(topic) };
    text_read(&v->text, d, &part, 1);
    for (size_t i = 0; i < v->text.words.count && out->count < 16; i++) {
        uint32_t form = v->text.words.items[i].form, stem = dictionary_get(d, form)->stem;
        if (is_content(d, form) && !has_stem(out, stem))
            out->stems[out->count++] = stem;
    }
}

static void add_facts(struct interviewer *v)
{
    size_t queries = 0;
    for (size_t i = 0; i < v->scenario->fact_count; i++) {
        const struct fact *fact = &v->scenario->facts[i];
        v->first_query[i] = queries;
        for (size_t k = 0; k < fact->asks.count; k++, queries++)
            matcher_add(v->matcher, fact->asks.items[k], reach_evidence);
        read_topic(v, fact->topic, &v->topics[i]);
    }
    v->first_query[v->scenario->fact_count] = queries;
    matcher_seal(v->matcher);
    v->prompt_part =
        (struct text_part) { v->scenario->prompt, strlen(v->scenario->prompt) };
    text_read(&v->prompt, matcher_dictionary(v->matcher), &v->prompt_part, 1);
}

struct interviewer *interviewer_new(const struct scenario *scenario, const struct rubric *rubric,
                                    const struct lexicon *lexicon, const struct weights *weights)
{
    struct interviewer *v = xcalloc(1, sizeof(*v));
    v->scenario = scenario;
    v->rubric = rubric;
    v->lexicon = lexicon;
    v->weights = weights;
    v->matcher = matcher_new(lexicon);
    v->first_query = xcalloc(scenario->fact_count + 1, sizeof(*v->first_query));
    v->topics = xcalloc(scenario->fact_count + 1, sizeof(*v->topics));
    add_facts(v);
    return v;
}

void interviewer_free(struct interviewer *v)
{
    if (!v)
        return;
    scorer_free(v->scorer);
    nearest_free(v->nearest);
    consistency_free(v->consistency);
    matcher_free(v->matcher);
    text_release(&v->text);
    text_release(&v->prompt);
    arena_release(&v->arena);
    free(v->first_query);
    free(v->topics);
    free(v);
}

static struct subject subject_of(const struct interviewer *v)
{
    return (struct subject) { v->scenario->title, v->scenario->prompt };
}

struct scorer *interviewer_scorer(struct interviewer *v)
{
    if (!v->scorer)
        v->scorer = scorer_new(v->rubric, v->lexicon, v->weights, subject_of(v));
    return v->scorer;
}

void interviewer_make_scorer(struct interviewer *v, struct rubric *rubric)
{
    assert(rubric == v->rubric && !v->scorer);
    v->scorer = scorer_new_last(rubric, v->lexicon, v->weights, subject_of(v));
}

const struct lexicon *interviewer_lexicon(const struct interviewer *v)
{
    return v->lexicon;
}

/* --- questions --- */

/* How well one expression fits: what was found, longer phrases counting more. */
static double fit_of(struct interviewer *v, size_t query)
{
    struct match matches[4];
    size_t count = matcher_find(v->matcher, query, matches, 4);
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
static size_t shared_words(const struct interviewer *v, size_t fact)
{
    const struct dictionary *d = matcher_dictionary(v->matcher);
    size_t shared = 0;
    for (size_t k = 0; k < v->topics[fact].count; k++) {
        for (size_t i = 0; i < v->text.words.count; i++) {
            if (dictionary_get(d, v->text.words.items[i].form)->stem == v->topics[fact].stems[k]) {
                shared++;
                break;
            }
        }
    }
    return shared;
}

/* The best expression counts, a second one and the topic's words only break ties. */
static double fit_of_fact(struct interviewer *v, size_t fact)
{
    double best = 0, rest = 0;
    for (size_t q = v->first_query[fact]; q < v->first_query[fact + 1]; q++) {
        double fit = fit_of(v, q);
        if (fit > best) {
            rest += best;
            best = fit;
        } else {
            rest += fit;
        }
    }
    return best > 0 ? best + 0.25 * rest + 0.3 * (double)shared_words(v, fact) : 0;
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

/* How well a fact answers what stands in v->text. */
struct fit {
    double hits;     /* of its expressions; 0: none found anything */
    double nearness; /* nearest_rank() */
    double both;
};

/* What a hit adds to the nearness, and how much its fit does. Of values tried on 260 questions of two people .84 of
 * the best facts were right with these, and .87 of 104 of a third; .79 with the expressions alone. */
static const double hit_counts = 0.2, fit_counts = 0.05;

/* Of every fact, to be freed by the caller. */
static struct fit *read_question(struct interviewer *v, const char *question,
                                 size_t length)
{
    size_t count = v->scenario->fact_count;
    struct text_part part = { question, length };
    struct fit *fits = xcalloc(count + 1, sizeof(*fits));
    double *near = xcalloc(count + 1, sizeof(*near));
    if (!v->nearest)
        v->nearest = nearest_new(v->scenario, matcher_dictionary(v->matcher));
    text_read(&v->text, matcher_dictionary(v->matcher), &part, 1);
    matcher_read(v->matcher, &v->text);
    nearest_rank(v->nearest, &v->text, near);
    for (size_t i = 0; i < count; i++) {
        fits[i] = (struct fit) { .hits = fit_of_fact(v, i), .nearness = near[i] };
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

static struct candidates best_of(const struct interviewer *v, const struct fit *fits)
{
    struct candidates best = { 0 };
    for (size_t i = 0; i < v->scenario->fact_count; i++)
        consider(&best, i, fits[i].both);
    return best;
}

/* Where there are no examples, two words of a topic are worth asking back. */
static struct reply ask_back_by_topic(struct interviewer *v)
{
    struct candidates near = { 0 };
    for (size_t i = 0; i < v->scenario->fact_count; i++) {
        size_t shared = shared_words(v, i);
        consider(&near, i, shared >= 2 ? (double)shared : 0);
    }
    if (near.best > 0)
        return (struct reply) { REPLY_CLOSE, near.first,
                                near.next > 0 ? near.second : near.first };
    return (struct reply) { REPLY_ASSUME, 0, 0 };
}

struct reply interviewer_answer(struct interviewer *v, const char *question,
                                size_t length)
{
    struct fit *fits = read_question(v, question, length);
    struct candidates best = best_of(v, fits);
    struct fit fit = fits[best.first];
    free(fits);
    if (fit.hits > 0)
        return (struct reply) { REPLY_FACT, best.first, best.first };
    int given = given_find(&v->prompt, &v->text, matcher_dictionary(v->matcher));
    if (given >= 0)
        return (struct reply) { REPLY_GIVEN, (size_t)given, (size_t)given };
    if (question_checks(question, length))
        return (struct reply) { REPLY_GO_ON, 0, 0 };
    double enough =
        question_seeks_opinion(question, length) ? near_for_sure : near_enough;
    if (fit.nearness >= enough)
        return (struct reply) { REPLY_FACT, best.first, best.first };
    if (best.best < near_at_all)
        return ask_back_by_topic(v);
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
static size_t add_fact_of_piece(struct interviewer *v, const char *text, size_t length,
                                struct reply out[REPLIES_MOST], size_t count)
{
    struct candidates best = { 0 };
    struct fit *fits = read_question(v, text, length);
    for (size_t i = 0; i < v->scenario->fact_count; i++)
        if (fits[i].hits > 0)
            consider(&best, i, fits[i].both);
    free(fits);
    return best.best > 0 ? add_reply(out, count, best.first) : count;
}

/* A piece's fact that says little to the whole is none: side words found it. */
static const double least_of_whole = 0.4;

/* Adds the facts of the pieces that say something to the whole sentence too, and the one that says most to it. */
static size_t add_facts_of(struct interviewer *v, const char *text, size_t length,
                           struct reply out[REPLIES_MOST], size_t count)
{
    struct reply pieces[REPLIES_MOST];
    size_t found = 0, next = 0;
    for (size_t at = 0, i = 0; at < length && i < PIECES_MOST; at = next, i++)
        found = add_fact_of_piece(
            v, text + at, question_piece(text, length, at, &next) - at, pieces, found);
    struct fit *fits = read_question(v, text, length);
    struct candidates best = best_of(v, fits);
    bool answered = best.best > 0 && fits[best.first].hits > 0;
    if (answered && !is_in(pieces, found, best.first))
        count = add_reply(out, count, best.first);
    for (size_t i = 0; i < found; i++)
        if (!answered || fits[pieces[i].fact].both >= least_of_whole * best.best)
            count = add_reply(out, count, pieces[i].fact);
    free(fits);
    if (answered || found)
        return count;
    struct reply reply = interviewer_answer(v, text, length);
    return reply.kind == REPLY_FACT ? add_reply(out, count, reply.fact) : count;
}

/* "Is it public? I guess so. And how many users are there": what ends behind the last mark may ask as well. */
static size_t add_facts_behind(struct interviewer *v, const char *text, size_t length,
                               size_t at, struct reply out[REPLIES_MOST], size_t count)
{
    enum { BEHIND_MOST = 300 }; /* bytes; what is longer is no question */
    if (at < length && length - at > BEHIND_MOST)
        at = length - BEHIND_MOST;
    for (; at < length; at++) {
        const char *rest = text + at + 1;
        if (strchr(".!?\n", text[at]) &&
            question_read(rest, length - at - 1) == QUESTION_WORDED)
            return add_facts_of(v, rest, length - at - 1, out, count);
    }
    return count;
}

size_t interviewer_answers(struct interviewer *v, const char *question, size_t length,
                           struct reply out[REPLIES_MOST])
{
    enum question_kind kind = question_read(question, length);
    size_t count = 0, from, at = 0;
    if (kind == QUESTION_WORDED || kind == QUESTION_NONE)
        count = add_facts_of(v, question, length, out, 0);
    else
        while (question_sentence(question, length, &from, &at))
            count = add_facts_of(v, question + from, at - from, out, count);
    if (kind == QUESTION_WITHIN)
        count = add_facts_behind(v, question, length, at, out, count);
    if (count > 1 || (count == 1 && kind == QUESTION_WITHIN))
        return count;
    if (kind == QUESTION_WITHIN) {
        at = 0;
        question_sentence(question, length, &from, &at);
        question += from;
        length = at - from;
    }
    struct reply whole = interviewer_answer(v, question, length);
    if (count == 0 || whole.kind == REPLY_FACT)
        out[0] = whole;
    return 1;
}

/* --- what was asked back --- */

/* The reply that asked back right before the candidate's last words; false when none did. */
static bool asked_back(struct interviewer *v, const struct session *session,
                       struct reply *out)
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
    *out = interviewer_answer(v, question, strlen(question));
    return out->kind == REPLY_CLOSE;
}

/* Words of one of the two, and hardly any of the other. */
static int chosen_by_words(struct interviewer *v, const struct reply *back,
                           const struct reply *now)
{
    size_t first = shared_words(v, back->fact), second = shared_words(v, back->other);
    if (now->kind == REPLY_FACT)
        return now->fact == back->fact ? 1 : 2;
    if (back->fact == back->other)
        return first > 1;
    return first != second && first + second > 1 ? first > second ? 1 : 2 : 0;
}

enum { CHOICE_WORDS_MOST = 8 }; /* of a choice that is no question */

size_t interviewer_choice(struct interviewer *v, const struct session *session,
                          const char *text, size_t length, struct reply out[REPLIES_MOST])
{
    struct reply back;
    int chosen = question_choice(text, length);
    /* what goes on with an assumption is no choice, whatever words it shares */
    if ((chosen == 0 && question_read(text, length) == QUESTION_NONE &&
         utf8_words(text, length) > CHOICE_WORDS_MOST) ||
        !asked_back(v, session, &back))
        return 0;
    struct reply now = interviewer_answer(v, text, length);
    if (now.kind == REPLY_FACT && now.fact != back.fact && now.fact != back.other)
        return 0;
    if (chosen == 0 || (now.kind == REPLY_FACT && chosen != QUESTION_BOTH))
        chosen = chosen_by_words(v, &back, &now);
    out[0] = (struct reply) { REPLY_FACT, back.fact, back.fact };
    out[1] = (struct reply) { REPLY_FACT, back.other, back.other };
    if (chosen == 2)
        out[0] = out[1];
    return chosen == QUESTION_BOTH && back.fact != back.other ? 2 : chosen > 0;
}

const char interviewer_no_answer[] = "tate an assumption and go on.";

void interviewer_reply_text(const struct interviewer *v, const struct reply *reply,
                            struct buffer *out)
{
    const struct fact *facts = v->scenario->facts;
    switch (reply->kind) {
    case REPLY_FACT:
        buffer_add_string(out, facts[reply->fact].answer);
        break;
    case REPLY_GIVEN: {
        const struct sentence *said = &v->prompt.sentences.items[reply->fact];
        buffer_printf(out, "The task says: %.*s. Assume what it leaves open.",
                      (int)(said->stop - said->start), v->scenario->prompt + said->start);
        break;
    }
    case REPLY_CLOSE:
        buffer_printf(out, "Do you mean %s", facts[reply->fact].topic);
        if (reply->other != reply->fact)
            buffer_printf(out, ", or %s", facts[reply->other].topic);
        buffer_printf(out, "? If %s, s%s", reply->other == reply->fact ? "not" : "neither",
                      interviewer_no_answer);
        break;
    case REPLY_GO_ON:
        buffer_add_string(out, "Yes, go on.");
        break;
    case REPLY_ASSUME:
        buffer_printf(out, "S%s", interviewer_no_answer);
        break;
    }
}

/* --- probes, hints and the word after a phase --- */

static void grade_answer(struct interviewer *v, const struct session *session,
                         struct session_answer *answer, struct score *score)
{
    arena_reset(&v->arena);
    session_answer_build(session, &v->arena, answer);
    scorer_grade(interviewer_scorer(v), &answer->answer, &v->arena, score);
}

static void grade(struct interviewer *v, const struct session *session, struct score *score)
{
    struct session_answer answer;
    grade_answer(v, session, &answer, score);
}

/* Whether anybody could be expected to speak of it here: what only the interviewer can raise must
 * have been raised. */
static bool belongs(const struct criterion *c, const struct session *session, size_t phase)
{
    const char *twist = session->scenario->twist.criterion;
    bool raised = !c->only_if_asked || (session->twist_said && twist && !strcmp(twist, c->id));
    return raised && !strcmp(c->phase, session->scenario->phases[phase].id);
}

static bool is_open(const struct criterion_score *cs)
{
    return cs->verdict == VERDICT_ABSENT || cs->verdict == VERDICT_MENTIONED;
}

/* A must at this level comes before what is nice to have. */
double interviewer_urgency(const struct criterion *c, const struct session *session)
{
    return c->weight * (c->must_from <= session->level ? 1.5 : 1.0);
}

enum { POINT_MOST = 2, CONTRADICTIONS_MOST = 2 };

/* How many questions fit into the phase up to now. */
static int probes_allowed(const struct session *session, int64_t now)
{
    const struct phase_state *phase = &session->phases[session->phase];
    if (!session->clock || phase->minutes < 10)
        return 1;
    double share = (double)session_used(session, session->phase, now) / (phase->minutes * 60000);
    int fit = share < 0.4 ? 3 : share < 0.7 ? 2 : 1;
    return phase->twisted && fit > 1 ? fit - 1 : fit; /* the twist is a question too */
}

/* Who was asked and said so few words has not answered, and is asked again; who answered as well as he could is not. */
enum { DODGE_WORDS = 12 };

static bool dodged(const struct session *session, const struct criterion *c)
{
    size_t words = 0;
    for (size_t i = session->events.count; i-- > 0;) {
        const struct event *e = &session->events.items[i];
        if (e->type != EVENT_SAY && e->type != EVENT_EDIT)
            continue;
        if (e->type == EVENT_EDIT || event_by_candidate(e))
            words += utf8_words(event_text(e, "text"), strlen(event_text(e, "text")));
        else if (event_say_kind(e) == SAY_PROBE && !strcmp(event_text(e, "of"), c->id) &&
                 strcmp(event_text(e, "about"), "claim") != 0)
            return words < DODGE_WORDS;
        else if (event_say_kind(e) == SAY_PROBE)
            words = 0; /* they answer that one */
    }
    return true;
}

/* Whether the candidate said anything since the last probe of this phase. */
static bool replied(const struct session *session)
{
    for (size_t i = session->events.count; i-- > 0;) {
        const struct event *e = &session->events.items[i];
        if (e->type == EVENT_PHASE)
            return true;
        if (e->type == EVENT_EDIT || (e->type == EVENT_SAY && event_by_candidate(e)))
            return true;
        if (e->type == EVENT_SAY && event_say_kind(e) == SAY_PROBE)
            return false;
    }
    return true;
}

static bool may_be_asked(const struct session *session, const struct rubric *rubric, size_t i)
{
    const struct criterion *c = &rubric->criteria[i];
    return c->probe && belongs(c, session, session->phase) &&
           session->probes[i] < POINT_MOST &&
           (session->probes[i] == 0 || dodged(session, c));
}

int interviewer_probe(struct interviewer *v, const struct session *session, int64_t now)
{
    const struct phase_state *phase = &session->phases[session->phase];
    if (phase->probes >= PROBES_MOST || phase->next_probes >= probes_allowed(session, now) ||
        !replied(session))
        return -1;
    struct score score;
    grade(v, session, &score);
    int best = -1;
    double best_urgency = 1.5; /* what is merely nice is not asked about */
    for (size_t i = 0; i < v->rubric->criterion_count; i++) {
        const struct criterion *c = &v->rubric->criteria[i];
        if (!may_be_asked(session, v->rubric, i) || !is_open(&score.criteria[i]) ||
            (score.criteria[i].wrong &&
             phase->challenges > 0)) /* that was asked about just now */
            continue;
        double urgent = interviewer_urgency(c, session) - session->probes[i];
        if (urgent > best_urgency) {
            best = (int)i;
            best_urgency = urgent;
        }
    }
    return best;
}

/* What costs most comes first; what was asked about is not asked again. */
static bool may_be_challenged(const struct session *session,
                              const struct session_answer *answer,
                              const struct red_flag_score *flag)
{
    return flag->flag->challenge.question && !flag->challenged &&
           answer->places[flag->quote.part].phase == session->phase &&
           !session_asked_about(session, "claim", flag->flag->id);
}

bool interviewer_challenge(struct interviewer *v, const struct session *session,
                           struct doubtful_claim *out)
{
    const struct phase_state *phase = &session->phases[session->phase];
    int most = phase->minutes < 10 ? 1 : 2;
    if (phase->challenges >= most || phase->probes >= PROBES_MOST || !replied(session))
        return false;
    struct session_answer answer;
    struct score score;
    grade_answer(v, session, &answer, &score);
    const struct red_flag_score *worst = NULL;
    for (size_t i = 0; i < score.red_flag_count; i++)
        if (may_be_challenged(session, &answer, &score.red_flags[i]) &&
            (!worst || score.red_flags[i].flag->cost > worst->flag->cost))
            worst = &score.red_flags[i];
    if (!worst)
        return false;
    const struct quote *quote = &worst->quote;
    *out = (struct doubtful_claim) {
        .flag = worst->flag,
        .shared = worst->flag >= v->rubric->red_flags + v->rubric->own_red_flag_count,
        .words = answer.answer.parts[quote->part].text + quote->start,
        .length = quote->end - quote->start,
        .first = worst->first > quote->start ? worst->first - quote->start : 0,
        .last = worst->last > quote->start && worst->last <= quote->end
                    ? worst->last - quote->start
                    : quote->end - quote->start,
    };
    return true;
}

/* The probe in mid-phase is for long phases, and for what was not touched at all. */
static const double midway_share = 0.6, midway_minutes = 8;

static bool midway_is_due(const struct session *session, int64_t now)
{
    const struct phase_state *phase = &session->phases[session->phase];
    double used = (double)session_used(session, session->phase, now) / 60000;
    return session->clock && phase->minutes >= midway_minutes && !phase->asked_midway &&
           phase->next_probes == 0 && phase->probes < PROBES_MOST &&
           used >= midway_share * phase->minutes;
}

int interviewer_midway(struct interviewer *v, const struct session *session, int64_t now)
{
    if (!midway_is_due(session, now))
        return -1;
    struct score score;
    grade(v, session, &score);
    double most = 0;
    int best = -1;
    for (size_t i = 0; i < v->rubric->criterion_count; i++) {
        const struct criterion *c = &v->rubric->criteria[i];
        if (c->only_if_asked || !belongs(c, session, session->phase))
            continue;
        bool untouched = score.criteria[i].verdict == VERDICT_ABSENT;
        double urgent = interviewer_urgency(c, session) + (untouched ? 0.01 : 0); /* of equals the untouched */
        if (urgent > most) {
            most = urgent;
            best = untouched && may_be_asked(session, v->rubric, i) ? (int)i : -1;
        }
    }
    return best;
}

int interviewer_follow_up(struct interviewer *v, const struct session *session)
{
    const struct phase_state *phase = &session->phases[session->phase];
    if (phase->asked_follow_up || phase->probes >= PROBES_MOST)
        return -1;
    struct score score;
    grade(v, session, &score);
    double most = 0;
    int best = -1;
    for (size_t i = 0; i < v->rubric->criterion_count; i++) {
        double urgent = interviewer_urgency(&v->rubric->criteria[i], session);
        if (may_be_asked(session, v->rubric, i) &&
            score.criteria[i].verdict == VERDICT_MENTIONED && urgent > most) {
            most = urgent;
            best = (int)i;
        }
    }
    return best;
}

int interviewer_contradiction(struct interviewer *v, const struct session *session)
{
    size_t last = session->scenario->phase_count - 1;
    if (!v->rubric->rule_count || session->phase != last || last == 0 ||
        session->phases[last].probes >= PROBES_MOST ||
        session_asked_about(session, "consistency", NULL) >= CONTRADICTIONS_MOST)
        return -1;
    struct session_answer answer;
    arena_reset(&v->arena);
    session_answer_build(session, &v->arena, &answer);
    struct text_part *parts = arena_array(&v->arena, struct text_part, answer.answer.count);
    size_t count = 0;
    for (size_t i = 0; i < answer.answer.count; i++)
        if (!answer.places[i].question)
            parts[count++] =
                (struct text_part) { answer.answer.parts[i].text, answer.answer.parts[i].length };
    bool *broken = arena_array(&v->arena, bool, v->rubric->rule_count);
    if (!v->consistency)
        v->consistency = consistency_new(v->rubric, v->lexicon);
    consistency_check(v->consistency, parts, count, broken);
    for (size_t i = 0; i < v->rubric->rule_count; i++)
        if (broken[i] && !session_asked_about(session, "consistency", v->rubric->rules[i].id))
            return (int)i;
    return -1;
}

static void add_title(struct buffer *out, const char *title)
{
    if (out->length)
        buffer_add_string(out, "; ");
    buffer_add_string(out, title);
}

/* The index of the most urgent criterion of a phase for which want[] is set, or -1; clears it. */
static int take_most_urgent(const struct interviewer *v, const struct session *session, bool *want)
{
    int best = -1;
    for (size_t i = 0; i < v->rubric->criterion_count; i++) {
        const struct criterion *c = &v->rubric->criteria[i];
        if (want[i] &&
            (best < 0 || interviewer_urgency(c, session) > interviewer_urgency(&v->rubric->criteria[best], session)))
            best = (int)i;
    }
    if (best >= 0)
        want[best] = false;
    return best;
}

/* Where a claim is known to be wrong, what stands around it is not called covered. */
static bool has_red_flag(const struct session_answer *answer, const struct score *score,
                         size_t phase)
{
    for (size_t i = 0; i < score->red_flag_count; i++)
        if (answer->places[score->red_flags[i].quote.part].phase == phase)
            return true;
    return false;
}

/* What is barely explained is left unsaid: the card will name what is missing of it. */
static const double covered_credit = 0.75;

static bool is_covered(const struct criterion_score *cs)
{
    return cs->verdict == VERDICT_EXPLAINED && cs->unasked >= covered_credit;
}

void interviewer_summary(struct interviewer *v, const struct session *session,
                         size_t phase, struct buffer *covered, struct buffer *thin)
{
    struct score score;
    struct session_answer answer;
    grade_answer(v, session, &answer, &score);
    bool doubtful = has_red_flag(&answer, &score, phase);
    bool *explained = arena_array(&v->arena, bool, v->rubric->criterion_count);
    bool *open = arena_array(&v->arena, bool, v->rubric->criterion_count);
    for (size_t i = 0; i < v->rubric->criterion_count; i++) {
        const struct criterion *c = &v->rubric->criteria[i];
        /* How one talks is no topic of a phase. */
        bool here = belongs(c, session, phase) && strcmp(c->dimension, "communication") != 0;
        explained[i] = here && !doubtful && is_covered(&score.criteria[i]);
        open[i] = here && is_open(&score.criteria[i]);
    }
    int index;
    for (int n = 0; n < 3 && (index = take_most_urgent(v, session, explained)) >= 0; n++)
        add_title(covered, v->rubric->criteria[index].title);
    for (int n = 0; n < 2 && (index = take_most_urgent(v, session, open)) >= 0; n++)
        add_title(thin, v->rubric->criteria[index].title);
}

size_t interviewer_hints(struct interviewer *v, const struct session *session, size_t *ladders,
                         size_t room)
{
    struct score score;
    grade(v, session, &score);
    size_t count = 0;
    for (size_t i = 0; i < v->scenario->hint_count && count < room; i++) {
        const struct hint_ladder *ladder = &v->scenario->hints[i];
        int index = rubric_find(v->rubric, ladder->criterion);
        if (index >= 0 && belongs(&v->rubric->criteria[index], session, session->phase) &&
            (size_t)session->hints_taken[i] < ladder->count && is_open(&score.criteria[index]))
            ladders[count++] = i;
    }
    return count;
}

/* --- the twist --- */

static bool twist_is_left(const struct session *session)
{
    return session->scenario->twist.says && !session->twist_said && session->begun;
}

/* Minute in the scenario's own plan at which a phase begins. */
static double phase_start(const struct scenario *scenario, size_t phase)
{
    double start = 0;
    for (size_t i = 0; i < phase; i++)
        start += scenario->phases[i].minutes;
    return start;
}

bool interviewer_twist_overdue(const struct session *session)
{
    const struct scenario *scenario = session->scenario;
    bool last = session->phase + 1 == scenario->phase_count, said = false;
    for (size_t i = 0; i < session->said.count; i++)
        said = said || session->said.items[i].phase == session->phase;
    return twist_is_left(session) && said &&
           (last || scenario->twist.minute < phase_start(scenario, session->phase + 1));
}

bool interviewer_twist_due(const struct session *session, int64_t now)
{
    const struct scenario *scenario = session->scenario;
    if (!twist_is_left(session))
        return false;
    double start = phase_start(scenario, session->phase);
    double length = scenario->phases[session->phase].minutes;
    double scaled = session->phases[session->phase].minutes;
    if (scenario->twist.minute <= start)
        return true;
    if (!session->clock || length <= 0 || scenario->twist.minute >= start + length)
        return false;
    double used = (double)session_used(session, session->phase, now) / 60000;
    return used / scaled * length >= scenario->twist.minute - start;
}
