#include "session/interviewer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "scoring/matcher.h"
#include "scoring/text.h"
#include "session/consistency.h"

struct interviewer {
    const struct scenario *scenario;
    const struct rubric *rubric;
    const struct lexicon *lexicon;
    const struct weights *weights;
    struct scorer *
        scorer; /* this and the next: NULL until they are used, which is after the first words */
    struct consistency *consistency;
    struct facts *facts;
    struct arena arena;
};
struct interviewer *interviewer_new(const struct scenario *scenario, const struct rubric *rubric,
                                    const struct lexicon *lexicon, const struct weights *weights)
{
    struct interviewer *v = xcalloc(1, sizeof(*v));
    v->scenario = scenario;
    v->rubric = rubric;
    v->lexicon = lexicon;
    v->weights = weights;
    v->facts = facts_new(scenario, lexicon);
    return v;
}

void interviewer_free(struct interviewer *v)
{
    if (!v)
        return;
    scorer_free(v->scorer);
    consistency_free(v->consistency);
    arena_release(&v->arena);
    facts_free(v->facts);
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

struct facts *interviewer_facts(struct interviewer *v)
{
    return v->facts;
}

const struct lexicon *interviewer_lexicon(const struct interviewer *v)
{
    return v->lexicon;
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
        /* What was said in part is asked about after what was not said at all: who has just spoken of it would think
         * that nobody listens. */
        double urgent =
            interviewer_urgency(c, session) * (1 - score.criteria[i].unasked) -
            session->probes[i];
        if (urgent > best_urgency) {
            best = (int)i;
            best_urgency = urgent;
        }
    }
    return best;
}

bool interviewer_heard_name(struct interviewer *v, const struct session *session,
                            size_t criterion)
{
    struct score score;
    grade(v, session, &score);
    return score.criteria[criterion].verdict == VERDICT_MENTIONED;
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
