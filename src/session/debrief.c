#include "session/debrief.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

enum { DIMENSIONS_MAX = 12 };

/* The answer with the wrong claims blotted out. */
static struct answer without_claims(const struct answer *answer,
                                    const struct score *score, struct arena *arena)
{
    struct answer out = *answer;
    struct answer_part *parts = arena_array(arena, struct answer_part, answer->count);
    memcpy(parts, answer->parts, answer->count * sizeof(*parts));
    for (size_t i = 0; i < score->red_flag_count; i++) {
        const struct quote *quote = &score->red_flags[i].quote;
        if (quote->part < 0)
            continue;
        struct answer_part *part = &parts[quote->part];
        char *text = arena_alloc(arena, part->length + 1);
        memcpy(text, part->text, part->length);
        memset(text + quote->start, ' ', quote->end - quote->start);
        part->text = text;
    }
    out.parts = parts;
    return out;
}

/* Who explains something and reads that he named it wants to know that it is another claim that took it. */
static const struct score *undoubted(struct scorer *scorer, const struct answer *answer,
                                     const struct score *score, struct arena *arena)
{
    if (score->flags_beyond <= 0)
        return NULL;
    struct score *out = arena_new(arena, struct score);
    struct answer rest = without_claims(answer, score, arena);
    scorer_grade(scorer, &rest, arena, out);
    return out;
}

void debrief_grade(const struct session *session, struct interviewer *interviewer,
                   struct arena *arena, struct debrief *out)
{
    struct scorer *scorer = interviewer_scorer(interviewer);
    *out = (struct debrief) { .session = session,
                              .scorer = scorer,
                              .lexicon = interviewer_lexicon(interviewer) };
    session_answer_build(session, arena, &out->answer);
    scorer_grade(scorer, &out->answer.answer, arena, &out->score);
    out->undoubted = undoubted(scorer, &out->answer.answer, &out->score, arena);
    session_answer_own_words(&out->answer, &out->score);
}

/* --- the guess --- */

size_t debrief_dimensions(const struct session *session, const char **ids, size_t room)
{
    const struct rubric *rubric = session->rubric;
    size_t count = 0;
    for (size_t i = 0; i < rubric->criterion_count && count < room; i++) {
        const char *id = rubric->criteria[i].dimension;
        int phase = session_phase_index(session, rubric->criteria[i].phase);
        bool known =
            !strcmp(id, "communication") || phase < 0 || !session->phases[phase].opened;
        for (size_t k = 0; k < count && !known; k++)
            known = !strcmp(ids[k], id);
        if (!known)
            ids[count++] = id;
    }
    return count;
}

double debrief_guess(const struct session *session, const char *dimension)
{
    if (!session->prediction)
        return -1;
    const json_t *guess = json_object_get(event_json(session->prediction, "guess"), dimension);
    return json_is_number(guess) ? json_number_value(guess) : -1;
}

/* Reads as many numbers of 0 to 4 as there are dimensions, and nothing else; false: `why` says what is wrong. */
static bool read_guess(const char *line, double *values, size_t count, struct buffer *why)
{
    static const char between[] = " ,\t";
    const char *outside = NULL; /* the first number that is too small or too large */
    size_t numbers = 0, length;
    for (line += strspn(line, between); *line;
         line += length + strspn(line + length, between)) {
        char *end;
        double value = strtod(line, &end);
        length = strcspn(line, between);
        if (end != line + length) { /* somebody goes on with the interview */
            buffer_add_string(why, "The interview is over; this is not kept.");
            return false;
        }
        if (!outside && !(value >= 0 && value <= 4))
            outside = line;
        if (numbers++ < count)
            values[numbers - 1] = value;
    }
    if (outside)
        buffer_printf(why, "%.*s is not from 0 to 4.",
                      (int)utf8_fit(outside, strcspn(outside, between), 20), outside);
    else if (numbers != count)
        buffer_printf(why,
                      numbers == 1 ? "That was one number." : "Those were %zu numbers.",
                      numbers);
    return !outside && numbers == count;
}

static void record_guess(struct talk *t, const char **ids, const double *values, size_t count)
{
    json_t *guess = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(guess, ids[i], json_real(values[i]));
    struct event e;
    talk_event(t, &e, EVENT_PREDICT);
    event_set_json(&e, "guess", guess);
    talk_record(t, &e);
}

/* What is asked for, laid out for the window. */
static void show_guess_wanted(struct talk *t, const char **ids, size_t count)
{
    struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
    buffer_printf(
        &text,
        "Before you see it: your own guess per area, 0 (nothing) to 4 (all of it); "
        "Enter skips. %s:",
        count == 1 ? "One number, for" : "Numbers with blanks between, for");
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "%s %s", i ? "," : "", ids[i]);
    talk_gap(t);
    screen_paragraph(&out, &t->screen, text.data, 0);
    screen_write(t->out, &out);
    t->gap = false;
    buffer_release(&text);
    buffer_release(&out);
}

/* One line; true: that was it, a guess or none. `last`: no other is asked for. */
static bool take_guess(struct talk *t, const char **ids, size_t count, const char *label,
                       bool last)
{
    struct buffer line = BUFFER_INIT, why = BUFFER_INIT;
    double values[DIMENSIONS_MAX];
    bool done = true;
    if (!talk_ask(t, label, &line) || !line.data[strspn(line.data, " \t")])
        ;
    else if (read_guess(line.data, values, count, &why))
        record_guess(t, ids, values, count);
    else
        done = false;
    if (!done && last)
        talk_tell(t, "%s No guess was taken.", why.data);
    else if (!done && count == 1)
        talk_tell(t, "%s A number from 0 to 4, please, or Enter.", why.data);
    else if (!done)
        talk_tell(t, "%s %zu numbers from 0 to 4, please, or Enter.", why.data, count);
    buffer_release(&line);
    buffer_release(&why);
    return done;
}

void debrief_predict(struct talk *t)
{
    enum { TRIES = 3 }; /* who does not want to is not held up */
    const char *ids[DIMENSIONS_MAX], *label = t->screen.plain ? "guess > " : "› ";
    size_t count = debrief_dimensions(t->session, ids, DIMENSIONS_MAX);
    bool asks = prompt_interactive(t->prompt), done = !count;
    if (asks && count)
        show_guess_wanted(t, ids, count);
    for (int i = 0; !done && i < (asks ? TRIES : 1); i++)
        done = take_guess(t, ids, count, label, !asks || i == TRIES - 1);
    if (asks &&
        !done) /* a pager would push it away, and take one try more for its keys */
        take_guess(t, ids, count, "Enter shows the card: ", true);
    if (asks && count)
        talk_gap(t);
}

/* --- the event --- */

static double rounded(double value, double unit)
{
    return round(value / unit) * unit;
}

/* To a tenth, but never up to a level that was not reached. */
static double rounded_total(double total)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        if (total < level_bars[level] && rounded(total, 0.1) >= level_bars[level])
            return floor(total * 10) / 10;
    return rounded(total, 0.1);
}

/* Quote, event and bytes; nothing when there is no quote. */
static void add_place(const struct debrief *d, json_t *object, const struct quote *quote)
{
    if (quote->part < 0)
        return;
    const struct answer_part *part = &d->answer.answer.parts[quote->part];
    const struct answer_place *place = &d->answer.places[quote->part];
    json_object_set_new(object, "quote",
                        json_text_new(part->text + quote->start, quote->end - quote->start));
    json_object_set_new(object, "event", json_integer((json_int_t)place->event));
    json_int_t offset = (json_int_t)place->offset;
    json_object_set_new(object, "start", json_integer(offset + (json_int_t)quote->start));
    json_object_set_new(object, "end", json_integer(offset + (json_int_t)quote->end));
}

static json_t *levels_json(const struct score *score)
{
    json_t *levels = json_object();
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level_score *level = &score->levels[i];
        json_t *short_of = json_array();
        for (size_t k = 0; k < level->short_count; k++)
            json_array_append_new(short_of, json_string(level->short_of[k]->id));
        json_t *entry = json_object();
        json_object_set_new(entry, "cleared", json_boolean(level->cleared));
        json_object_set_new(entry, "short_of", short_of);
        json_object_set_new(levels, level_names[i], entry);
    }
    return levels;
}

static json_t *dimensions_json(const struct score *score)
{
    json_t *dimensions = json_object();
    for (size_t i = 0; i < score->dimension_count; i++) {
        json_t *entry = json_object();
        json_object_set_new(entry, "share", json_real(rounded(score->dimensions[i].share, 0.001)));
        json_object_set_new(entry, "weight", json_real(score->dimensions[i].weight));
        json_object_set_new(dimensions, score->dimensions[i].id, entry);
    }
    return dimensions;
}

static json_t *criteria_json(const struct debrief *d, const struct score *score)
{
    json_t *criteria = json_array();
    for (size_t i = 0; i < score->criterion_count; i++) {
        const struct criterion_score *c = &score->criteria[i];
        json_t *entry = json_object();
        json_object_set_new(entry, "id", json_string(d->session->rubric->criteria[i].id));
        json_object_set_new(entry, "verdict", json_string(verdict_names[c->verdict]));
        json_object_set_new(entry, "credit", json_real(rounded(c->credit, 0.001)));
        if (!c->graded)
            json_object_set_new(entry, "graded", json_false());
        if (c->prompted)
            json_object_set_new(entry, "prompted", json_true());
        add_place(d, entry, &c->quote);
        json_array_append_new(criteria, entry);
    }
    return criteria;
}

static json_t *red_flags_json(const struct debrief *d, const struct score *score)
{
    json_t *flags = json_array();
    for (size_t i = 0; i < score->red_flag_count; i++) {
        const struct red_flag_score *flag = &score->red_flags[i];
        json_t *entry = json_object();
        json_object_set_new(entry, "id", json_string(flag->flag->id));
        json_object_set_new(entry, "cost", json_real(rounded(flag->cost, 0.1)));
        if (flag->challenged == CHALLENGE_STOOD)
            json_object_set_new(entry, "stood", json_true());
        add_place(d, entry, &flag->quote);
        json_array_append_new(flags, entry);
    }
    return flags;
}

/* What was put right when the interviewer asked, with the reply. */
static json_t *corrected_json(const struct debrief *d, const struct score *score)
{
    json_t *list = json_array();
    const struct red_flag_score *flag;
    for (size_t at = 0; (flag = score_next_corrected(score, &at)) != NULL;) {
        json_t *entry = json_object();
        json_object_set_new(entry, "id", json_string(flag->flag->id));
        add_place(d, entry, &flag->reply);
        json_array_append_new(list, entry);
    }
    return list;
}

static json_t *guards_json(const struct score *score)
{
    json_t *guards = json_array();
    for (size_t i = 0; i < score->guard_count; i++) {
        json_t *entry = json_object();
        json_object_set_new(entry, "id", json_string(score->guards[i].id));
        json_object_set_new(entry, "factor", json_real(rounded(score->guards[i].factor, 0.001)));
        json_array_append_new(guards, entry);
    }
    return guards;
}

static json_t *slips_json(const struct debrief *d, const struct score *score)
{
    json_t *slips = json_array();
    for (size_t i = 0; i < score->slip_count; i++) {
        json_t *entry = json_object();
        json_object_set_new(entry, "claimed", json_real(score->slips[i].claimed));
        json_object_set_new(entry, "correct", json_real(score->slips[i].correct));
        add_place(d, entry, &score->slips[i].quote);
        json_array_append_new(slips, entry);
    }
    return slips;
}

/* So that it can be told afterwards what has changed between two grades. */
static json_t *sources_json(const struct scorer *scorer)
{
    struct scorer_sources sources;
    scorer_sources(scorer, &sources);
    json_t *object = json_object();
    json_object_set_new(object, "lexicon", json_string(sources.lexicon));
    if (*sources.red_flags)
        json_object_set_new(object, "red-flags", json_string(sources.red_flags));
    json_object_set_new(object, "weights", json_string(sources.weights));
    return object;
}

static void fill_score_event(const struct debrief *d, const char *grader,
                             const struct score *score, struct event *e)
{
    const struct rubric *rubric = d->session->rubric;
    json_t *which = json_object();
    json_object_set_new(which, "id", json_string(rubric->scenario));
    json_object_set_new(which, "version", json_integer(rubric->version));
    json_object_set_new(which, "hash", json_string(rubric->hash));
    event_set(e, "grader", grader);
    event_set(e, "scorer", SCORER_VERSION);
    event_set_json(e, "rubric", which);
    event_set_json(e, "sources", sources_json(d->scorer));
    event_set(e, "level", level_names[d->session->level]);
    event_set_json(e, "score", json_real(rounded_total(score->total)));
    event_set_json(e, "without_hints", json_real(rounded_total(score->without_hints)));
    event_set_flag(e, "unfinished", score->unfinished);
    if (score->part)
        event_set_flag(e, "part", true);
    event_set_json(e, "levels", levels_json(score));
    event_set_json(e, "dimensions", dimensions_json(score));
    event_set_json(e, "criteria", criteria_json(d, score));
    event_set_json(e, "red_flags", red_flags_json(d, score));
    json_t *corrected = corrected_json(d, score);
    if (json_array_size(corrected))
        event_set_json(e, "corrected", corrected);
    else
        json_decref(corrected);
    event_set_json(e, "guards", guards_json(score));
    event_set_json(e, "slips", slips_json(d, score));
}

void debrief_score_event(const struct debrief *d, struct event *e)
{
    fill_score_event(d, "rubric", &d->score, e);
}

void debrief_event_by(const struct debrief *d, const char *grader, struct event *e)
{
    fill_score_event(d, grader, &d->score, e);
}

void debrief_judged_event(const struct debrief *d, const struct judged *judged,
                          struct event *e)
{
    const struct rubric *rubric = d->session->rubric;
    json_t *runs = json_object();
    fill_score_event(d, judged->grader, &judged->score, e);
    json_object_set_new(runs, "count", json_integer(judged->runs));
    json_object_set_new(runs, "low", json_real(rounded_total(judged->low)));
    json_object_set_new(runs, "high", json_real(rounded_total(judged->high)));
    event_set_json(e, "runs", runs);
    event_set_json(e, "voided", judged_voided_json(judged, rubric));
}
