#include "transcript/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void summary_init(struct summary *s)
{
    *s = (struct summary) { .phase = -1 };
    s->id = xstrdup("");
    s->scenario = xstrdup("");
    s->level = xstrdup("");
    s->mode = xstrdup("");
    s->candidate = xstrdup("");
    s->interviewer = xstrdup("");
}

void summary_release(struct summary *s)
{
    for (size_t i = 0; i < s->phases.count; i++)
        free(s->phases.items[i].id);
    array_release(&s->phases);
    for (size_t i = 0; i < s->scores.count; i++) {
        free(s->scores.items[i].grader);
        json_decref(s->scores.items[i].object);
    }
    array_release(&s->scores);
    json_decref(s->guess);
    json_decref(s->openers);
    free(s->id);
    free(s->scenario);
    free(s->level);
    free(s->mode);
    free(s->candidate);
    free(s->interviewer);
    *s = (struct summary) { .phase = -1 };
}

static void set_text(char **field, const char *text)
{
    free(*field);
    *field = xstrdup(text ? text : "");
}

/* --- phases --- */

static int find_phase(const struct summary *s, const char *id)
{
    for (size_t i = 0; i < s->phases.count; i++)
        if (!strcmp(s->phases.items[i].id, id))
            return (int)i;
    return -1;
}

static struct summary_phase *add_phase(struct summary *s, const char *id, double minutes)
{
    struct summary_phase *phase = array_add(&s->phases);
    *phase = (struct summary_phase) { .id = xstrdup(id), .minutes = minutes };
    return phase;
}

enum { PHASES_MOST = 64 }; /* a transcript may say anything */

static void plan_phases(struct summary *s, const json_t *phases)
{
    size_t i;
    json_t *phase;
    json_array_foreach ((json_t *)phases, i, phase) {
        const char *id = json_string_value(json_object_get(phase, "id"));
        double minutes = json_number_value(json_object_get(phase, "minutes"));
        if (id && find_phase(s, id) < 0 && s->phases.count < PHASES_MOST)
            add_phase(s, id, minutes > 0 ? minutes : 0);
    }
}

static void open_phase(struct summary *s, const char *id)
{
    int index = find_phase(s, id);
    if (index < 0 && s->phases.count == PHASES_MOST)
        return;
    if (index < 0) {
        add_phase(s, id, 0);
        index = (int)s->phases.count - 1;
    }
    s->phase = index;
    s->phases.items[index].opened = true;
}

/* --- events --- */

static void begin(struct summary *s, const struct event *e)
{
    const json_t *scenario = event_json(e, "scenario");
    s->begun = true;
    s->start = e->time;
    set_text(&s->id, event_text(e, "id"));
    set_text(&s->scenario, json_string_value(json_object_get(scenario, "id")));
    set_text(&s->level, event_text(e, "level"));
    set_text(&s->mode, event_flag(e, "part", false) ? "part" : event_text(e, "mode"));
    set_text(&s->candidate, event_text(e, "candidate"));
    set_text(&s->interviewer, event_text(e, "interviewer"));
    plan_phases(s, event_json(e, "phases"));
}

static void take_guess(struct summary *s, const struct event *e)
{
    const json_t *guess = event_json(e, "guess");
    json_decref(s->guess);
    s->guess = json_is_object(guess) ? json_incref((json_t *)guess) : NULL;
}

static void take_note(struct summary *s, const struct event *e)
{
    const char *by = event_text(e, "by");
    bool seen = event_is_note(e, "grade-seen");
    if (!*by || (!seen && !event_is_note(e, "opened")))
        return;
    if (!s->openers)
        s->openers = json_object();
    const json_t *before = json_object_get(s->openers, by);
    if (before ? !json_is_true(before) : json_object_size(s->openers) < OPENERS_MOST)
        json_object_set_new(s->openers, by, json_boolean(seen));
}

static void take_score(struct summary *s, const struct event *e)
{
    const char *grader = event_is_own_score(e) ? "rubric" : event_text(e, "grader");
    struct summary_score *score = (struct summary_score *)summary_score_of(s, grader);
    if (!score) {
        score = array_add(&s->scores);
        *score = (struct summary_score) { .grader = xstrdup(grader) };
    }
    struct score_rank rank = { event_flag(e, "sealed", false), e->number };
    if (!score_outranks(rank, (struct score_rank) { score->sealed, score->event }))
        return;
    json_decref(score->object);
    score->object = json_incref(e->object);
    score->event = e->number;
    score->time = e->time;
    score->total = event_number(e, "score", NAN);
    score->unfinished = event_flag(e, "unfinished", false) || event_flag(e, "part", false);
    score->sealed = rank.sealed;
}

static void count_time(struct summary *s, const struct event *e)
{
    int64_t gap = e->time - s->last;
    if (s->phase >= 0 && !s->paused && !s->ended && e->type != EVENT_RESUME && gap > 0)
        s->phases.items[s->phase].used += gap;
    s->last = e->time;
}

void summary_apply(struct summary *s, const struct event *e)
{
    if (!s->begun && e->type != EVENT_START)
        s->foreign = true;
    if (s->foreign)
        return;
    count_time(s, e);
    s->number = e->number;
    switch (e->type) {
    case EVENT_START:
        if (!s->begun)
            begin(s, e);
        break;
    case EVENT_PHASE:
        open_phase(s, event_text(e, "phase"));
        break;
    case EVENT_PAUSE:
        s->paused = true;
        break;
    case EVENT_RESUME:
        s->paused = false;
        break;
    case EVENT_PREDICT:
        take_guess(s, e);
        break;
    case EVENT_SCORE:
        take_score(s, e);
        break;
    case EVENT_END:
        s->ended = true;
        s->early = !strcmp(event_text(e, "why"), "early");
        break;
    case EVENT_NOTE:
        take_note(s, e);
        break;
    case EVENT_SAY:
    case EVENT_EDIT:
    case EVENT_UNDO:
    case EVENT_TAG:
    case EVENT_UNKNOWN:
        break;
    }
}

void summary_of(struct summary *s, const struct transcript *t)
{
    summary_init(s);
    for (size_t i = 0; i < t->count; i++)
        summary_apply(s, &t->events[i]);
}

/* --- what it comes to --- */

int64_t summary_used(const struct summary *s)
{
    int64_t used = 0;
    for (size_t i = 0; i < s->phases.count; i++)
        used += s->phases.items[i].used;
    return used;
}

size_t summary_opened(const struct summary *s)
{
    size_t opened = 0;
    for (size_t i = 0; i < s->phases.count; i++)
        opened += s->phases.items[i].opened;
    return opened;
}

const struct summary_phase *summary_phase(const struct summary *s)
{
    return s->phase >= 0 ? &s->phases.items[s->phase] : NULL;
}

const struct summary_score *summary_score_of(const struct summary *s, const char *grader)
{
    for (size_t i = 0; i < s->scores.count; i++)
        if (!strcmp(s->scores.items[i].grader, grader))
            return &s->scores.items[i];
    return NULL;
}

/* Whether it was given by the person who held the interview. */
static bool is_interviewers(const struct summary *s, const struct summary_score *score)
{
    return *s->interviewer && !strncmp(score->grader, "person:", 7) &&
           !strcmp(score->grader + 7, s->interviewer);
}

const struct summary_score *summary_score(const struct summary *s)
{
    const struct summary_score *own = summary_score_of(s, "rubric"), *best = NULL,
                               *sealed = NULL;
    for (size_t i = 0; i < s->scores.count; i++) {
        const struct summary_score *score = &s->scores.items[i];
        if (!best || score->event > best->event)
            best = score;
        if (score->sealed && is_interviewers(s, score))
            return score;
        if (score->sealed && (!sealed || score->event < sealed->event))
            sealed = score;
    }
    return sealed ? sealed : own ? own : best;
}

/* --- keeping it --- */

static json_t *phases_state(const struct summary *s)
{
    json_t *phases = json_array();
    for (size_t i = 0; i < s->phases.count; i++) {
        const struct summary_phase *phase = &s->phases.items[i];
        json_t *one = json_object();
        json_object_set_new(one, "id", json_string(phase->id));
        json_object_set_new(one, "minutes", json_real(phase->minutes));
        json_object_set_new(one, "used", json_integer(phase->used));
        json_object_set_new(one, "opened", json_boolean(phase->opened));
        json_array_append_new(phases, one);
    }
    return phases;
}

json_t *summary_state(const struct summary *s)
{
    json_t *o = json_object();
    json_object_set_new(o, "id", json_string(s->id));
    json_object_set_new(o, "scenario", json_string(s->scenario));
    json_object_set_new(o, "level", json_string(s->level));
    json_object_set_new(o, "mode", json_string(s->mode));
    json_object_set_new(o, "candidate", json_string(s->candidate));
    json_object_set_new(o, "interviewer", json_string(s->interviewer));
    json_object_set_new(o, "start", json_integer(s->start));
    json_object_set_new(o, "last", json_integer(s->last));
    json_object_set_new(o, "number", json_integer((json_int_t)s->number));
    json_object_set_new(o, "phase", json_integer(s->phase));
    json_object_set_new(o, "paused", json_boolean(s->paused));
    json_object_set_new(o, "ended", json_boolean(s->ended));
    json_object_set_new(o, "early", json_boolean(s->early));
    json_object_set_new(o, "phases", phases_state(s));
    if (s->guess)
        json_object_set(o, "guess", s->guess);
    if (s->openers)
        json_object_set(o, "openers", s->openers);
    return o;
}

static void restore_phases(struct summary *s, const json_t *phases)
{
    size_t i;
    json_t *one;
    plan_phases(s, phases);
    json_array_foreach ((json_t *)phases, i, one) {
        if (i >= s->phases.count)
            break;
        s->phases.items[i].used = json_integer_value(json_object_get(one, "used"));
        s->phases.items[i].opened = json_is_true(json_object_get(one, "opened"));
    }
}

bool summary_restore(struct summary *s, const json_t *o)
{
    summary_init(s);
    int phase = (int)json_integer_value(json_object_get(o, "phase"));
    const json_t *phases = json_object_get(o, "phases");
    if (!json_is_object(o) || phase < -1 || phase >= (int)json_array_size(phases))
        return false;
    set_text(&s->id, json_string_value(json_object_get(o, "id")));
    set_text(&s->scenario, json_string_value(json_object_get(o, "scenario")));
    set_text(&s->level, json_string_value(json_object_get(o, "level")));
    set_text(&s->mode, json_string_value(json_object_get(o, "mode")));
    set_text(&s->candidate, json_string_value(json_object_get(o, "candidate")));
    set_text(&s->interviewer, json_string_value(json_object_get(o, "interviewer")));
    s->start = json_integer_value(json_object_get(o, "start"));
    s->last = json_integer_value(json_object_get(o, "last"));
    s->number = (size_t)json_integer_value(json_object_get(o, "number"));
    s->paused = json_is_true(json_object_get(o, "paused"));
    s->ended = json_is_true(json_object_get(o, "ended"));
    s->early = json_is_true(json_object_get(o, "early"));
    restore_phases(s, phases);
    if (phase >= (int)s->phases.count) {
        summary_release(s);
        summary_init(s);
        return false;
    }
    s->phase = phase;
    s->begun = true;
    json_t *guess = json_object_get(o, "guess");
    s->guess = json_is_object(guess) ? json_incref(guess) : NULL;
    json_t *openers = json_object_get(o, "openers");
    s->openers = json_is_object(openers) ? json_incref(openers) : NULL;
    return true;
}
