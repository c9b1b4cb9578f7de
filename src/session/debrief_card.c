#define _POSIX_C_SOURCE 200809L /* strnlen */
/* From a graded session to the data of its scorecard. */
#include <string.h>

#include "session/assumed.h"
#include "session/debrief.h"
#include "session/manner.h"

static const struct card_phase *card_phases(const struct session *s, struct arena *arena)
{
    struct card_phase *phases = arena_array(arena, struct card_phase, s->scenario->phase_count);
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        phases[i] = (struct card_phase) {
            .id = s->scenario->phases[i].id,
            .title = s->scenario->phases[i].title,
            .minutes = s->clock ? s->phases[i].minutes : 0,
            .used = s->clock ? session_used(s, i, -1) : -1,
            .opened = s->phases[i].opened,
            .skipped = s->phases[i].skipped,
        };
    return phases;
}

static const struct card_place *card_places(const struct session_answer *answer,
                                            struct arena *arena)
{
    struct card_place *places = arena_array(arena, struct card_place, answer->answer.count);
    for (size_t i = 0; i < answer->answer.count; i++)
        places[i].at = answer->places[i].at;
    return places;
}

enum { GUESSES_MAX = 12 };

static size_t card_guesses(const struct session *s, struct arena *arena,
                           const struct card_guess **out)
{
    const char *ids[GUESSES_MAX];
    size_t known = debrief_dimensions(s, ids, GUESSES_MAX), count = 0;
    struct card_guess *guesses = arena_array(arena, struct card_guess, known);
    for (size_t i = 0; i < known; i++) {
        double value = debrief_guess(s, ids[i]);
        if (value >= 0)
            guesses[count++] = (struct card_guess) { ids[i], value };
    }
    *out = guesses;
    return count;
}

/* Whether what the fact belongs to is expected in a phase that is not practised. */
static bool is_elsewhere(const struct session *s, const struct fact *fact)
{
    int criterion = fact->criterion ? rubric_find(s->rubric, fact->criterion) : -1;
    return criterion < 0 || session_phase_index(s, s->rubric->criteria[criterion].phase) < 0;
}

static bool gives_nothing(const struct event *e)
{
    const char *text = event_text(e, "text");
    size_t length = strlen(text), ending = strlen(facts_no_answer);
    return event_say_kind(e) == SAY_REMARK && length > ending &&
           !strcmp(text + length - ending, facts_no_answer);
}

/* One that was asked again and answered then counts as understood. */
static bool went_unanswered(const struct session *s)
{
    bool waits = false;
    for (size_t i = 0; i < s->events.count; i++) {
        const struct event *e = &s->events.items[i];
        if (e->type != EVENT_SAY || event_by_candidate(e))
            continue;
        if (waits && event_say_kind(e) != SAY_FACT)
            return true;
        waits = gives_nothing(e);
    }
    return waits;
}

/* Only of a phase that was opened could it be asked; facts are asked for in the first. */
static size_t never_asked(const struct debrief *d, struct arena *arena,
                          const struct card_fact **out)
{
    const struct session *s = d->session;
    bool *assumed = arena_array(arena, bool, s->scenario->fact_count);
    assumed_find(&d->answer, s->scenario, d->lexicon, assumed);
    struct card_fact *facts = arena_array(arena, struct card_fact, s->scenario->fact_count);
    size_t count = 0;
    for (size_t i = 0; i < s->scenario->fact_count && s->begun; i++) {
        const struct fact *fact = &s->scenario->facts[i];
        if (!s->facts_asked[i] && !assumed[i] && !(s->part && is_elsewhere(s, fact)))
            facts[count++] = (struct card_fact) { fact->topic, fact->answer, fact->criterion };
    }
    *out = facts;
    return count;
}

static void add_manner(const struct debrief *d, struct arena *arena, struct card *out)
{
    static const char *const names[] = {
        [MANNER_QUESTIONS] = "clarifying questions", [MANNER_ASSUMPTIONS] = "assumptions stated",
        [MANNER_TRADE_OFFS] = "trade-offs named",    [MANNER_NUMBERS] = "numbers used",
        [MANNER_STRUCTURE] = "order announced",
    };
    enum { NAMES = sizeof(names) / sizeof(*names) };
    /* an area of the score is told of these, by what is said and not by such words */
    static const char *const such_as[NAMES] = {
        [MANNER_TRADE_OFFS] = "\"at the price of\" or \"the downside\"",
        [MANNER_STRUCTURE] = "\"first I will\", \"step 1\" or \"to sum up\"",
    };
    static const struct {
        enum manner_kind kind;
        const char *name;
        bool early;
    } moments[] = { { MANNER_NUMBERS, "number", false },
                    { MANNER_TRADE_OFFS, "trade-off named", false },
                    { MANNER_FAILURES, "failure", true } };
    enum { MOMENTS = sizeof(moments) / sizeof(*moments) };
    struct manner manner;
    if (!d->answer.answer.count)
        return;
    manner_read(&d->answer, d->lexicon, &manner);
    struct card_manner *lines = arena_array(arena, struct card_manner, NAMES);
    for (size_t i = 0; i < NAMES; i++)
        lines[i] = (struct card_manner) { names[i], manner.counts[i], manner.quotes[i],
                                          such_as[i] };
    struct card_moment *firsts = arena_array(arena, struct card_moment, MOMENTS);
    for (size_t i = 0; i < MOMENTS; i++)
        firsts[i] = (struct card_moment) { moments[i].name,
                                           manner_first(&manner, &d->answer, moments[i].kind),
                                           moments[i].early };
    out->manner = lines;
    out->manner_count = NAMES;
    out->moments = firsts;
    out->moment_count = d->session->clock ? MOMENTS : 0;
}

void debrief_card(const struct debrief *d, struct arena *arena, struct card *out)
{
    const struct session *s = d->session;
    *out = (struct card) {
        .title = s->scenario->title,
        .scenario = s->scenario->id,
        .session = arena_strndup(arena, session_id(s), strnlen(session_id(s), 8)),
        .duration = s->clock ? session_used_in_all(s, -1) : -1,
        .interview = s->interview,
        .level = s->level,
        .rubric = s->rubric,
        .score = &d->score,
        .undoubted = d->undoubted,
        .answer = &d->answer.answer,
        .places = s->clock ? card_places(&d->answer, arena) : NULL,
        .costs = card_costs(d->scorer, &d->score, arena),
        .hint_cost = s->hint_cost,
        .phases = card_phases(s, arena),
        .phase_count = s->scenario->phase_count,
    };
    out->guess_count = card_guesses(s, arena, &out->guesses);
    add_manner(d, arena, out);
    out->never_asked_count = never_asked(d, arena, &out->never_asked);
    out->unanswered = went_unanswered(s);
}
