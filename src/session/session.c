#include "session/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "content/part.h"

/* calloc for counts that may be 0. */
static void *none_or_zeroed(size_t count, size_t size)
{
    return xcalloc(count ? count : 1, size);
}

struct session *session_new(const struct scenario *scenario, const struct rubric *rubric)
{
    struct session *s = xcalloc(1, sizeof(*s));
    s->scenario = scenario;
    s->rubric = rubric;
    s->level = LEVEL_SENIOR;
    s->clock = true;
    s->reply_until = -1;
    s->phases = none_or_zeroed(scenario->phase_count, sizeof(*s->phases));
    s->facts_asked = none_or_zeroed(scenario->fact_count, sizeof(*s->facts_asked));
    s->hints_taken = none_or_zeroed(scenario->hint_count, sizeof(*s->hints_taken));
    s->probes = none_or_zeroed(rubric->criterion_count, sizeof(*s->probes));
    s->raised = none_or_zeroed(rubric->criterion_count, sizeof(*s->raised));
    for (size_t i = 0; i < scenario->phase_count; i++)
        s->phases[i].minutes = scenario->phases[i].minutes;
    return s;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->events.count; i++)
        event_release(&s->events.items[i]);
    array_release(&s->events);
    array_release(&s->undone);
    array_release(&s->moments);
    array_release(&s->said);
    free(s->phases);
    free(s->facts_asked);
    free(s->hints_taken);
    free(s->probes);
    free(s->raised);
    scenario_free(s->part);
    free(s);
}

int session_phase_index(const struct session *s, const char *id)
{
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        if (!strcmp(s->scenario->phases[i].id, id))
            return (int)i;
    return -1;
}

int session_phase_named(const struct session *s, const char *words)
{
    char *end;
    long number = strtol(words, &end, 10), count = (long)s->scenario->phase_count;
    int found = session_phase_index(s, words);
    if (found < 0 && end != words && !*end && number >= 1 && number <= count)
        found = (int)number - 1;
    for (size_t i = 0; found < 0 && i < s->scenario->phase_count; i++)
        if (!strcasecmp(s->scenario->phases[i].title, words))
            found = (int)i;
    return found;
}

/* --- what each event does --- */

/* A session of fewer phases than the scenario has is an exercise in these alone. */
static void narrow(struct session *s, const json_t *phases)
{
    size_t i, found = 0;
    json_t *phase;
    bool *chosen = none_or_zeroed(s->scenario->phase_count, sizeof(*chosen));
    json_array_foreach ((json_t *)phases, i, phase) {
        const char *id = json_string_value(json_object_get(phase, "id"));
        int index = id ? session_phase_index(s, id) : -1;
        found += index >= 0 && !chosen[index];
        if (index >= 0)
            chosen[index] = true;
    }
    if (found > 0 && found < s->scenario->phase_count && !s->part) {
        s->part = part_new(s->scenario, s->rubric, chosen);
        s->scenario = s->part;
        for (i = 0; i < s->part->phase_count; i++)
            s->phases[i].minutes = s->part->phases[i].minutes;
    }
    free(chosen);
}

static void apply_start(struct session *s, const struct event *e)
{
    int level = json_choice(event_text(e, "level"), level_names);
    if (level >= 0)
        s->level = (enum level)level;
    s->pressure = event_flag(e, "pressure", false);
    s->clock = event_flag(e, "clock", true);
    s->interview = !strcmp(event_text(e, "mode"), "interview");
    const json_t *phases = event_json(e, "phases");
    if (e == s->events.items) /* a second one, put there by hand, narrows nothing */
        narrow(s, phases);
    size_t i;
    json_t *phase;
    json_array_foreach ((json_t *)phases, i, phase) {
        const char *id = json_string_value(json_object_get(phase, "id"));
        int index = id ? session_phase_index(s, id) : -1;
        double minutes = json_number_value(json_object_get(phase, "minutes"));
        if (index >= 0 && minutes > 0)
            s->phases[index].minutes = minutes;
    }
}

static void apply_phase(struct session *s, const struct event *e)
{
    int index = session_phase_index(s, event_text(e, "phase"));
    if (index < 0) /* of another version of the scenario */
        return;
    if (s->begun && !strcmp(event_text(e, "by"), "skip"))
        s->phases[s->phase].skipped = true;
    s->phase = (size_t)index;
    s->phases[index].opened = true;
    s->phases[index].skipped = false;
    s->begun = true;
    s->replying = s->hinted = s->answering = s->aimless = false;
    s->reply_until = -1;
}

/* What belongs to a question of the interviewer. */
static bool is_reply(const struct session *s)
{
    return s->replying || s->hinted || s->answering ||
           s->phases[s->phase].used <= s->reply_until;
}

static struct utterance *add_utterance(struct session *s, const struct event *e)
{
    bool replies = is_reply(s);
    struct utterance *u = array_add(&s->said);
    *u = (struct utterance) {
        .event = e->number,
        .phase = s->phase,
        .text = event_text(e, "text"),
        .length = event_text_length(e, "text"),
        .at = s->phases[s->phase].used,
        .session_at = session_used_in_all(s, -1),
        .said = e->number,
        .replies = replies,
        .prompted = replies && s->aimless,
        .after_twist = s->twist_said,
        .after_model = s->phases[s->phase].model_shown,
    };
    return u;
}

static void apply_candidate(struct session *s, const struct event *e)
{
    if (!s->begun)
        return;
    struct utterance *u = add_utterance(s, e);
    u->question = event_say_kind(e) == SAY_QUESTION;
    s->hinted = s->hinted && u->question;
    s->answering = s->answering && u->question;
}

static int find_fact(const struct session *s, const char *id)
{
    for (size_t i = 0; i < s->scenario->fact_count; i++)
        if (!strcmp(s->scenario->facts[i].id, id))
            return (int)i;
    return -1;
}

/* Number of the question that `fact` answers; its own if that was taken back. */
static size_t question_of(const struct session *s, const struct event *fact)
{
    for (size_t i = (size_t)(fact - s->events.items); i-- > 0;) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SAY && event_by_candidate(e))
            return event_say_kind(e) == SAY_QUESTION && !s->undone.items[i] ? e->number
                                                                            : fact->number;
    }
    return fact->number;
}

static void note_raised(struct session *s, int criterion, size_t event)
{
    if (criterion >= 0 && !s->raised[criterion])
        s->raised[criterion] = event;
}

static void apply_hint(struct session *s, const struct event *e)
{
    for (size_t i = 0; i < s->scenario->hint_count; i++)
        if (!strcmp(s->scenario->hints[i].criterion, event_text(e, "of")))
            s->hints_taken[i]++;
    s->hint_cost += event_number(e, "price", 0);
    s->hinted = true;
    s->aimless = false;
    note_raised(s, rubric_find(s->rubric, event_text(e, "of")), e->number);
}

enum { REPLY_TIME = 120 * 1000 }; /* ms that a reply to a probe in mid-phase may take */

static void apply_probe(struct session *s, const struct event *e)
{
    struct phase_state *phase = &s->phases[s->phase];
    const char *about = event_text(e, "about");
    bool claim = !strcmp(about, "claim"); /* `of` is a red flag then */
    int index = claim ? -1 : rubric_find(s->rubric, event_text(e, "of"));
    if (index >= 0)
        s->probes[index]++;
    note_raised(s, index, e->number);
    s->aimless = index < 0;
    phase->probes++;
    phase->asked_how = phase->asked_how || !strcmp(about, "how");
    phase->asked_midway = phase->asked_midway || !strcmp(about, "midway");
    phase->challenges += claim;
    phase->asked_follow_up = phase->asked_follow_up || !strcmp(about, "follow-up");
    if (*about || s->interview) { /* a person asks at any time */
        s->answering = true;
        s->reply_until = phase->used + REPLY_TIME;
    } else {
        phase->next_probes++;
        s->replying = true;
    }
}

static void apply_interviewer(struct session *s, const struct event *e)
{
    const char *of = event_text(e, "of");
    int index;
    switch (event_say_kind(e)) {
    case SAY_FACT:
        if ((index = find_fact(s, of)) >= 0 && !s->facts_asked[index])
            s->facts_asked[index] = question_of(s, e);
        break;
    case SAY_PROBE:
        apply_probe(s, e);
        break;
    case SAY_HINT:
        apply_hint(s, e);
        break;
    case SAY_TWIST:
        s->twist_said = true;
        s->phases[s->phase].twisted = true;
        break;
    case SAY_REMARK:
        if (!strcmp(event_text(e, "about"), "model") && (index = session_phase_index(s, of)) >= 0)
            s->phases[index].model_shown = true;
        break;
    case SAY_ANSWER:
    case SAY_QUESTION:
        break;
    }
}

/* Takes the phase's utterances out of `said`; the caller frees what it gets. */
static struct utterance *take_phase(struct session *s, size_t phase, size_t *count)
{
    struct utterance *taken = none_or_zeroed(s->said.count, sizeof(*taken));
    size_t kept = 0;
    *count = 0;
    for (size_t i = 0; i < s->said.count; i++) {
        struct utterance *u = &s->said.items[i];
        if (u->phase == phase && !u->question)
            taken[(*count)++] = *u;
        else
            s->said.items[kept++] = *u;
    }
    s->said.count = kept;
    return taken;
}

static void add_piece(struct session *s, const struct event *e, size_t from, size_t to,
                      const struct utterance *old)
{
    const char *text = event_text(e, "text");
    while (from < to && strchr(" \n\r\t", text[from]))
        from++;
    while (to > from && strchr(" \n\r\t", text[to - 1]))
        to--;
    if (from == to)
        return;
    struct utterance *u = add_utterance(s, e);
    if (old) {
        u->at = old->at;
        u->session_at = old->session_at;
        u->said = old->said;
        u->replies = old->replies;
        u->prompted = old->prompted;
        u->after_twist = old->after_twist;
        u->after_model = old->after_model;
    }
    u->offset = from;
    u->text = text + from;
    u->length = to - from;
}

/*
 * An edit holds the phase's whole text. What stands in it word for word keeps when and how it was
 * said first; the rest is new. So an edit neither loses nor launders what a probe brought.
 */
static void apply_edit(struct session *s, const struct event *e)
{
    int phase = session_phase_index(s, event_text(e, "phase"));
    if (phase < 0 || !s->begun)
        return;
    size_t count, at = 0, length = event_text_length(e, "text");
    const char *text = event_text(e, "text");
    struct utterance *old = take_phase(s, (size_t)phase, &count);
    size_t open = s->phase;
    s->phase = (size_t)phase;
    for (size_t i = 0; i < count; i++) {
        char *piece = xstrndup(old[i].text, old[i].length);
        const char *found = strstr(text + at, piece);
        free(piece);
        if (!found || !old[i].length)
            continue;
        add_piece(s, e, at, (size_t)(found - text), NULL);
        at = (size_t)(found - text);
        add_piece(s, e, at, at + old[i].length, &old[i]);
        at += old[i].length;
    }
    add_piece(s, e, at, length, NULL);
    s->phase = open;
    s->hinted = s->answering = false;
    free(old);
}

static void count_time(struct session *s, const struct event *e)
{
    int64_t gap = e->time - s->last_time;
    if (s->begun && !s->paused && !s->ended && e->type != EVENT_RESUME && gap > 0)
        s->phases[s->phase].used += gap;
    s->last_time = e->time;
    s->moments.items[e - s->events.items] =
        (struct moment) { s->phase, s->phases[s->phase].used, s->ended };
}

static void apply_one(struct session *s, const struct event *e)
{
    count_time(s, e);
    switch (e->type) {
    case EVENT_START:
        apply_start(s, e);
        break;
    case EVENT_PHASE:
        apply_phase(s, e);
        break;
    case EVENT_SAY:
        if (event_by_candidate(e))
            apply_candidate(s, e);
        else
            apply_interviewer(s, e);
        break;
    case EVENT_EDIT:
        apply_edit(s, e);
        break;
    case EVENT_PAUSE:
        s->paused = true;
        break;
    case EVENT_RESUME:
        s->paused = false;
        break;
    case EVENT_PREDICT:
        s->prediction = e;
        break;
    case EVENT_SCORE:
        if (event_is_own_score(e))
            s->last_score = e;
        break;
    case EVENT_END:
        s->ended = true;
        s->early = !strcmp(event_text(e, "why"), "early");
        break;
    case EVENT_UNDO:
    case EVENT_TAG:
    case EVENT_NOTE:
    case EVENT_UNKNOWN:
        break;
    }
}

static void forget(struct session *s)
{
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        s->phases[i] = (struct phase_state) { .minutes = s->scenario->phases[i].minutes };
    memset(s->facts_asked, 0, s->scenario->fact_count * sizeof(*s->facts_asked));
    memset(s->hints_taken, 0, s->scenario->hint_count * sizeof(*s->hints_taken));
    memset(s->probes, 0, s->rubric->criterion_count * sizeof(*s->probes));
    memset(s->raised, 0, s->rubric->criterion_count * sizeof(*s->raised));
    s->said.count = 0;
    s->hint_cost = 0;
    s->phase = 0;
    s->begun = s->paused = s->ended = s->early = s->twist_said = false;
    s->replying = s->hinted = s->answering = s->aimless = false;
    s->reply_until = -1;
    s->last_time = 0;
    s->prediction = s->last_score = NULL;
}

/* From the first event on; what was undone only takes its time. */
static void rebuild(struct session *s)
{
    forget(s);
    for (size_t i = 0; i < s->events.count; i++) {
        if (s->undone.items[i])
            count_time(s, &s->events.items[i]);
        else
            apply_one(s, &s->events.items[i]);
    }
}

/* A person may have hit the wrong key; the program's own questions and hints stand. */
static bool is_drivers_move(const struct session *s, const struct event *e)
{
    enum say_kind kind = event_say_kind(e);
    return s->interview && (kind == SAY_FACT || kind == SAY_PROBE || kind == SAY_HINT ||
                            kind == SAY_TWIST);
}

static bool can_be_undone(const struct session *s, const struct event *e)
{
    return (e->type == EVENT_SAY && (event_by_candidate(e) || is_drivers_move(s, e))) ||
           e->type == EVENT_EDIT || e->type == EVENT_TAG ||
           (e->type == EVENT_NOTE && !event_is_note(e, "opened") &&
            !event_is_note(e, "grade-seen"));
}

static int event_index(const struct session *s, size_t number)
{
    for (size_t i = s->events.count; i-- > 0;)
        if (s->events.items[i].number == number)
            return (int)i;
    return -1;
}

static bool mark_undone(struct session *s, const struct event *undo)
{
    double number = event_number(undo, "event", 0);
    int index = number >= 1 && number < 1e9 ? event_index(s, (size_t)number) : -1;
    if (index < 0 || !can_be_undone(s, &s->events.items[index]) || s->undone.items[index])
        return false;
    s->undone.items[index] = true;
    return true;
}

/* Pointers to events are good only until the array grows. */
static void refresh_pointers(struct session *s)
{
    s->prediction = s->last_score = NULL;
    for (size_t i = 0; i < s->events.count; i++) {
        if (s->events.items[i].type == EVENT_PREDICT)
            s->prediction = &s->events.items[i];
        if (s->events.items[i].type == EVENT_SCORE &&
            event_is_own_score(&s->events.items[i]))
            s->last_score = &s->events.items[i];
    }
}

void session_apply(struct session *s, struct event *event_take)
{
    const struct event *before = s->events.items;
    *array_add(&s->events) = *event_take;
    *array_add(&s->undone) = false;
    *array_add(&s->moments) = (struct moment) { .used = 0 };
    if (before != s->events.items)
        refresh_pointers(s);
    struct event *e = &s->events.items[s->events.count - 1];
    *event_take = (struct event) { .type = EVENT_UNKNOWN };
    if (e->type == EVENT_UNDO && mark_undone(s, e))
        rebuild(s);
    else
        apply_one(s, e);
}

void session_replay(struct session *s, struct transcript *transcript_take)
{
    for (size_t i = 0; i < transcript_take->count; i++)
        session_apply(s, &transcript_take->events[i]);
}

/* --- questions --- */

const struct event *session_start_event(const struct session *s)
{
    return s->events.count && s->events.items[0].type == EVENT_START ? &s->events.items[0] : NULL;
}

const char *session_id(const struct session *s)
{
    const struct event *start = session_start_event(s);
    return start ? event_text(start, "id") : "";
}

static const char *start_text(const struct session *s, const char *key)
{
    const struct event *start = session_start_event(s);
    return start && s->interview ? event_text(start, key) : "";
}

const char *session_candidate(const struct session *s)
{
    return start_text(s, "candidate");
}

const char *session_interviewer(const struct session *s)
{
    return start_text(s, "interviewer");
}

const char *session_author(const struct session *s, const struct event *e)
{
    const char *by = event_text(e, "by");
    return *by ? by : session_interviewer(s);
}

int64_t session_used(const struct session *s, size_t phase, int64_t now)
{
    int64_t used = s->phases[phase].used;
    if (now > s->last_time && s->begun && phase == s->phase && !s->paused && !s->ended)
        used += now - s->last_time;
    return used;
}

int64_t session_used_in_all(const struct session *s, int64_t now)
{
    int64_t used = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        used += session_used(s, i, now);
    return used;
}

const struct event *session_event(const struct session *s, size_t number)
{
    int index = event_index(s, number);
    return index >= 0 ? &s->events.items[index] : NULL;
}

bool session_is_asked_about(const struct session *s, size_t index, const char *about,
                            const char *of)
{
    const struct event *e = &s->events.items[index];
    return e->type == EVENT_SAY && !event_by_candidate(e) &&
           !strcmp(event_text(e, "about"), about) &&
           (!of || !strcmp(event_text(e, "of"), of));
}

size_t session_asked_about(const struct session *s, const char *about, const char *of)
{
    size_t count = 0;
    for (size_t i = 0; i < s->events.count; i++)
        count += session_is_asked_about(s, i, about, of);
    return count;
}

/* What somebody else tagged or noted, and once graded what was said, is not theirs to take. */
static bool is_by(const struct session *s, const struct event *e, const char *by)
{
    if (!by)
        return true;
    if (e->type == EVENT_TAG || e->type == EVENT_NOTE)
        return !strcmp(session_author(s, e), by);
    return !s->ended;
}

/* What has been quoted and asked about was heard; taking it back would settle it without a word. */
static bool quotes_claim(const struct event *e)
{
    return e->type == EVENT_SAY && event_say_kind(e) == SAY_PROBE &&
           !strcmp(event_text(e, "about"), "claim");
}

size_t session_last_undoable(const struct session *s, const char *by)
{
    for (size_t i = s->events.count; i-- > 0;) {
        const struct event *e = &s->events.items[i];
        if (!s->interview && s->moments.items[i].phase != s->phase)
            continue;
        if (!s->interview && quotes_claim(e))
            return 0;
        if (can_be_undone(s, e) && !s->undone.items[i] && is_by(s, e, by))
            return e->number;
    }
    return 0;
}

void session_phase_text(const struct session *s, size_t phase, struct buffer *out)
{
    for (size_t i = 0; i < s->said.count; i++) {
        const struct utterance *u = &s->said.items[i];
        if (u->phase != phase || u->question)
            continue;
        if (out->length)
            buffer_add_char(out, '\n');
        buffer_add(out, u->text, u->length);
    }
}

size_t session_opened(const struct session *s)
{
    size_t opened = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        opened += s->phases[i].opened;
    return opened;
}

const struct hint_step *session_next_hint(const struct session *s, size_t ladder)
{
    return &s->scenario->hints[ladder].steps[s->hints_taken[ladder]];
}

bool session_complete(const struct session *s)
{
    size_t count = s->scenario->phase_count;
    return count > 0 && s->phases[count - 1].opened;
}
