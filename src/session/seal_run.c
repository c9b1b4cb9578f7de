/* The conversation that ends with a sealed score; seal.h says what it comes to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
#include "session/seal.h"
#include "session/seal_list.h"

/* The verdict in the making: from the notes of this person, or proposed from the tags. */
struct verdict_draft {
    struct standing standing;
    double *shares;                /* per dimension; below 0: as the tags have it */
    struct buffer strengths, gaps; /* "a; b" */
    int recommendation;            /* -1: none yet */
    enum level at;
};

static void draft_release(struct verdict_draft *d)
{
    buffer_release(&d->strengths);
    buffer_release(&d->gaps);
}

/* --- proposals --- */

enum { PROPOSED_MOST = 3 };

static bool is_strength(const struct standing *s, size_t i)
{
    return s->debrief.score.criteria[i].verdict == VERDICT_EXPLAINED;
}

static bool is_gap(const struct standing *s, size_t i)
{
    const struct criterion_score *c = &s->debrief.score.criteria[i];
    return c->graded && c->verdict != VERDICT_EXPLAINED;
}

/* The titles of the weightiest that `fits`, as "a; b; c". */
static void propose(const struct session *s, const struct standing *standing,
                    bool (*fits)(const struct standing *, size_t), struct buffer *out)
{
    size_t taken[PROPOSED_MOST] = { 0 }, count = 0;
    while (count < PROPOSED_MOST) {
        int best = -1;
        for (size_t i = 0; i < s->rubric->criterion_count; i++) {
            bool known = false;
            for (size_t k = 0; k < count; k++)
                known = known || taken[k] == i;
            if (!known && fits(standing, i) &&
                (best < 0 || interviewer_urgency(&s->rubric->criteria[i], s) >
                                 interviewer_urgency(&s->rubric->criteria[best], s)))
                best = (int)i;
        }
        if (best < 0)
            return;
        buffer_printf(out, "%s%s", count ? "; " : "", s->rubric->criteria[best].title);
        taken[count++] = (size_t)best;
    }
}

/* The last note of this kind that stands, or NULL. */
static const char *drafted(const struct talk *t, const char *about)
{
    const struct session *s = t->session;
    for (size_t i = s->events.count; i-- > 0;) {
        const struct event *e = &s->events.items[i];
        if (e->type == EVENT_SCORE && !strncmp(event_text(e, "grader"), "person:", 7) &&
            !strcmp(event_text(e, "grader") + 7, t->cockpit->by))
            return NULL; /* that was the score before */
        if (e->type == EVENT_NOTE && !s->undone.items[i] &&
            !strcmp(event_text(e, "about"), about) &&
            !strcmp(session_author(s, e), t->cockpit->by))
            return event_text(e, "text");
    }
    return NULL;
}

static void read_shares(struct talk *t, struct verdict_draft *d, struct arena *arena)
{
    const struct score *score = &d->standing.debrief.score;
    const char *words = drafted(t, "grades");
    d->shares = arena_array(arena, double, score->dimension_count);
    for (size_t i = 0; i < score->dimension_count; i++)
        d->shares[i] = -1;
    if (words)
        seal_parse_grades(score, words, d->shares);
}

/* Everything as it stands now. */
static void read_draft(struct talk *t, struct arena *arena, struct verdict_draft *d)
{
    const char *words;
    arena_reset(arena);
    buffer_clear(&d->strengths);
    buffer_clear(&d->gaps);
    seal_grade(t->session, t->interviewer, t->cockpit->by, NULL, arena, &d->standing);
    read_shares(t, d, arena);
    seal_grade(t->session, t->interviewer, t->cockpit->by, d->shares, arena,
               &d->standing);
    if ((words = drafted(t, "strengths")))
        buffer_add_string(&d->strengths, words);
    else
        propose(t->session, &d->standing, is_strength, &d->strengths);
    if ((words = drafted(t, "gaps")))
        buffer_add_string(&d->gaps, words);
    else
        propose(t->session, &d->standing, is_gap, &d->gaps);
    d->recommendation = -1;
    d->at = t->session->level;
    if ((words = drafted(t, "recommendation")))
        seal_parse_recommendation(words, &d->recommendation, &d->at);
}

/* --- what is missing --- */

static void add_criterion(struct buffer *out, const struct session *s, size_t i)
{
    buffer_printf(out, "%s%zu %s", out->length ? ", " : "", i + 1,
                  s->rubric->criteria[i].id);
}

static void row_unless_empty(struct talk *t, struct buffer *out, const char *label,
                             struct buffer *text, const char *more)
{
    if (text->length) {
        buffer_add_string(text, more);
        cockpit_row(t, out, label, text->data);
    }
    buffer_clear(text);
}

static void add_missing(struct talk *t, const struct standing *standing,
                        struct buffer *out)
{
    const struct session *s = t->session;
    struct buffer bare = BUFFER_INIT, untagged = BUFFER_INIT, unasked = BUFFER_INIT;
    for (size_t i = 0; i < s->rubric->criterion_count; i++) {
        const struct tag *tag = &standing->tags.criteria[i];
        if (tag->number && tag->verdict != VERDICT_ABSENT && !tag->evidence.event)
            add_criterion(&bare, s, i);
        else if (!tag->number && standing->asked[i])
            add_criterion(&untagged, s, i);
        else if (!tag->number)
            add_criterion(&unasked, s, i);
    }
    row_unless_empty(t, out, "No evidence", &bare,
                     ": no line and no note that it rests on");
    row_unless_empty(t, out, "Untagged", &untagged,
                     ": asked about, so absent unless you tag it");
    row_unless_empty(t, out, "Not asked", &unasked, ": not counted in your grade");
    buffer_release(&bare);
    buffer_release(&untagged);
    buffer_release(&unasked);
}

static void show_summary(struct talk *t, const struct standing *standing)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    size_t counts[VERDICT_NOT_ASKED + 1] = { 0 };
    for (size_t i = 0; i < t->session->rubric->criterion_count; i++)
        if (standing->tags.criteria[i].number)
            counts[standing->tags.criteria[i].verdict]++;
    talk_gap(t);
    buffer_printf(
        &text,
        "on %s, by %s. /tag, /flag, /undo and /tags still work here; /quit leaves "
        "it for later.",
        session_candidate(t->session), t->cockpit->by);
    cockpit_row(t, &out, "The verdict", text.data);
    buffer_clear(&text);
    buffer_printf(&text, "%zu of %zu: %zu explained, %zu mentioned, %zu absent",
                  standing->tags.tagged, t->session->rubric->criterion_count,
                  counts[VERDICT_EXPLAINED], counts[VERDICT_MENTIONED],
                  counts[VERDICT_ABSENT]);
    cockpit_row(t, &out, "Tagged", text.data);
    add_missing(t, standing, &out);
    cockpit_show(t, &out);
    buffer_release(&text);
}

/* --- asking --- */

enum step {
    STEP_GRADES,
    STEP_STRENGTHS,
    STEP_GAPS,
    STEP_RECOMMENDATION,
    STEP_SEAL,
    STEP_SEALED,
    STEP_LEFT
};

static void show_grades(struct talk *t, const struct verdict_draft *d)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    const struct score *score = &d->standing.debrief.score;
    for (size_t i = 0; i < score->dimension_count; i++) {
        const struct dimension_score *one = &score->dimensions[i];
        buffer_printf(&text, "%s%s ", i ? ", " : "", one->id);
        if (one->weight > 0)
            buffer_printf(&text, "%.1f", one->share * 4);
        else
            buffer_add_string(&text, "not asked");
        if (one->weight > 0 && fabs(one->share - d->standing.derived[i]) > 0.0005)
            buffer_printf(&text, " (by tags %.1f)", d->standing.derived[i] * 4);
    }
    cockpit_row(t, &out, "Grades 0-4", text.data);
    cockpit_show(t, &out);
    buffer_release(&text);
}

/* One's own tags come to this: no other grade shows in it. */
static void show_points(struct talk *t, const struct verdict_draft *d)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    const struct card card = { .score = &d->standing.debrief.score };
    card_total(card.score->total, &text);
    buffer_printf(&text, " of 100; %s: ", level_names[d->at]);
    digest_level(&card, d->at, &text);
    cockpit_row(t, &out, "Points", text.data);
    cockpit_show(t, &out);
    buffer_release(&text);
}

static void show_words(struct talk *t, const char *label, const char *text)
{
    struct buffer out = BUFFER_INIT;
    cockpit_row(t, &out, label, text);
    cockpit_show(t, &out);
}

/* Numbered where a number may be typed. */
static void show_list(struct talk *t, const char *label, const char *list, bool numbered)
{
    struct buffer text = BUFFER_INIT;
    seal_list_show(list, numbered, &text);
    show_words(t, label, text.length ? text.data : "none");
    buffer_release(&text);
}

/* Those that this person raised; they are sealed too. */
static void show_flags(struct talk *t, const struct standing *standing)
{
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    const struct red_flag_score *priced = standing->debrief.score.red_flags;
    for (size_t i = 0; i < standing->tags.flag_count; i++) {
        const struct raised_flag *raised = &standing->tags.flags[i];
        buffer_printf(&text, "%s%s", i ? "; " : "", raised->text);
        if (raised->flag)
            buffer_printf(&text, " (-%.2g)", (priced++)->cost);
    }
    cockpit_row(t, &out, "Red flags", text.length ? text.data : "none");
    cockpit_show(t, &out);
    buffer_release(&text);
}

/* The whole verdict: what follows cannot be taken back. */
static void show_verdict(struct talk *t, const struct verdict_draft *d, const char *hire)
{
    talk_gap(t);
    show_grades(t, d);
    show_points(t, d);
    show_list(t, "Strengths", d->strengths.data, false);
    show_list(t, "Gaps", d->gaps.data, false);
    show_flags(t, &d->standing);
    show_words(t, "To seal", hire);
}

static void recommendation_words(const struct verdict_draft *d, struct buffer *out)
{
    const char *name = recommendation_names[d->recommendation];
    buffer_printf(out, "%s%s at %s", strchr(name, '-') ? "strong " : "",
                  strchr(name, '-') ? strchr(name, '-') + 1 : name, level_names[d->at]);
}

static void show_step(struct talk *t, const struct verdict_draft *d, enum step step)
{
    struct buffer words = BUFFER_INIT;
    if (d->recommendation >= 0)
        recommendation_words(d, &words);
    if (step == STEP_GRADES) {
        show_grades(t, d);
        show_points(t, d);
    } else if (step == STEP_STRENGTHS)
        show_list(t, "Strengths", d->strengths.data, true);
    else if (step == STEP_GAPS)
        show_list(t, "Gaps", d->gaps.data, true);
    else if (step == STEP_RECOMMENDATION && words.length)
        show_words(t, "Hire", words.data);
    else if (step == STEP_SEAL)
        show_verdict(t, d, words.data);
    buffer_release(&words);
}

/* What a line does to a list that is proposed; a line of its own, so that there is room to type. */
static void label_list(const char *name, const char *proposed, const char *mark,
                       struct buffer *label)
{
    size_t count = seal_list_count(proposed);
    if (count)
        buffer_printf(label, "%s: Enter keeps these, %s- says none,\n", name,
                      count > 1 ? "numbers some, " : "");
    else
        buffer_printf(label, "%s: Enter says none,\n", name);
    buffer_printf(label, "or type yours with ; between two %s ", mark);
}

static void make_label(const struct talk *t, const struct verdict_draft *d,
                       enum step step, struct buffer *label)
{
    const char *mark = t->screen.plain ? ">" : "›";
    buffer_clear(label);
    switch (step) {
    case STEP_GRADES:
        buffer_printf(label,
                      "Grades: Enter keeps these; an area and 0 to 4\n"
                      "changes one: \"%s 3\" %s ",
                      d->standing.debrief.score.dimensions[0].id, mark);
        break;
    case STEP_STRENGTHS:
        label_list("Strengths", d->strengths.data, mark, label);
        break;
    case STEP_GAPS:
        label_list("Gaps", d->gaps.data, mark, label);
        break;
    case STEP_RECOMMENDATION:
        buffer_printf(label, "Hire at %s? sn strong no, n no, y yes, sy strong yes%s %s ",
                      level_names[d->at], d->recommendation >= 0 ? "; Enter keeps" : "",
                      mark);
        break;
    default:
        buffer_printf(label,
                      "Seal it? y seals, e goes through it again, Enter leaves it %s ",
                      mark);
    }
}

/* What was done last in this verdict, or answered in it before it was left; NULL: the interview and what was tagged in
 * it come next, and nobody means to take that back here. */
static const struct event *last_of_verdict(const struct talk *t)
{
    const struct session *s = t->session;
    const struct event *score = seal_newest_score(s, t->cockpit->by);
    size_t number = session_last_undoable(s, t->cockpit->by);
    const struct event *e = number ? session_event(s, number) : NULL;
    bool here = e && (number > t->cockpit->verdict || *event_text(e, "about")) &&
                (!score || number > score->number);
    return here ? e : NULL;
}

/* Takes back, and goes to the question whose answer that was; else stays. */
static enum step undo(struct talk *t, enum step now)
{
    static const struct {
        const char *about;
        enum step step;
    } steps[] = {
        { "grades", STEP_GRADES },
        { "strengths", STEP_STRENGTHS },
        { "gaps", STEP_GAPS },
        { "recommendation", STEP_RECOMMENDATION },
    };
    const struct event *last = last_of_verdict(t);
    const char *about = last ? event_text(last, "about") : "";
    if (!last) {
        talk_tell(
            t,
            "No answer of this verdict is left to take back. /undo and a name takes back "
            "a tag or red flag.");
        return now;
    }
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
        if (!strcmp(about, steps[i].about))
            now = steps[i].step;
    cockpit_undo(t, "");
    return now;
}

/* Those commands that judge; true: the line was one, or was meant as one. */
static bool run_command(struct talk *t, const char *line, enum step *step, bool *leave)
{
    const struct slash *command = NULL;
    const char *words = "";
    struct error e;
    error_init(&e);
    enum slash_found found = slash_find(cockpit_table, line, &command, &words, &e);
    if (found == SLASH_WRONG)
        talk_tell_error(t, &e);
    else if (found == SLASH_COMMAND && command->run == cockpit_quit)
        *leave = true;
    else if (found == SLASH_COMMAND && command->run == cockpit_undo && !*words)
        *step = undo(t, *step);
    else if (found == SLASH_COMMAND && command->while_paused &&
             command->run != cockpit_pause)
        command->run(t, words);
    else if (found == SLASH_COMMAND)
        talk_tell(t, "/%s is not there any more: the interview is over.", command->name);
    return found != SLASH_SAID;
}

/* A grade of what was neither asked about nor tagged would count nowhere: each is named. */
static void tell_ungraded(struct talk *t, const struct score *score, const double *given)
{
    struct buffer names = BUFFER_INIT;
    size_t count = 0;
    for (size_t i = score->dimension_count; i-- > 0;)
        if (given[i] >= 0 && score->dimensions[i].weight <= 0) {
            struct buffer all = BUFFER_INIT;
            buffer_printf(&all, "%s%s%s", score->dimensions[i].id,
                          count == 0   ? ""
                          : count == 1 ? " and "
                                       : ", ",
                          names.data);
            buffer_release(&names);
            names = all;
            count++;
        }
    if (count)
        talk_tell(t, "No grade for %s: nothing of %s was asked about or tagged.",
                  names.data, count > 1 ? "them" : "it");
    buffer_release(&names);
}

static void take_grades(struct talk *t, struct arena *arena,
                        const struct verdict_draft *d, const char *words)
{
    struct buffer all = BUFFER_INIT;
    const struct score *score = &d->standing.debrief.score;
    double *given = arena_array(arena, double, score->dimension_count);
    bool counts = false;
    for (size_t i = 0; i < score->dimension_count; i++)
        given[i] = -1;
    if (!seal_parse_grades(score, words, given)) {
        talk_tell(t,
                  "An area and 0 to 4, such as \"%s 3\", or %zu numbers in their order.",
                  score->dimensions[0].id, score->dimension_count);
        return;
    }
    for (size_t i = 0; i < score->dimension_count; i++) {
        double share = given[i] >= 0 ? given[i] : d->shares[i];
        if (share < 0 || score->dimensions[i].weight <= 0)
            continue;
        counts = counts || given[i] >= 0;
        buffer_printf(&all, "%s%s %.3g", all.length ? " " : "", score->dimensions[i].id,
                      share * 4);
    }
    if (counts)
        cockpit_note(t, "grades", all.data, all.length);
    tell_ungraded(t, score, given);
    buffer_release(&all);
}

static bool take_recommendation(struct talk *t, const struct verdict_draft *d,
                                const char *words)
{
    int recommendation = -1;
    enum level at = d->at;
    struct buffer text = BUFFER_INIT;
    if (!seal_parse_recommendation(words, &recommendation, &at)) {
        talk_tell(t, "Four steps and no middle: strong no, no, yes, strong yes; "
                     "\"y mid\" is yes at mid.");
        return false;
    }
    buffer_printf(&text, "%s %s", recommendation_names[recommendation], level_names[at]);
    cockpit_note(t, "recommendation", text.data, text.length);
    buffer_release(&text);
    return true;
}

static bool take_list(struct talk *t, const char *about, const char *proposed,
                      const char *words)
{
    struct buffer list = BUFFER_INIT;
    size_t count = seal_list_count(proposed);
    enum seal_list found = seal_list_read(words, proposed, &list);
    if (found == SEAL_LIST_RECOMMENDS)
        talk_tell(t, "Whether to hire is asked last. This line is for %s.", about);
    else if (found == SEAL_LIST_NO_NUMBER && count)
        talk_tell(t, "Numbers keep those that are shown: they are 1 to %zu.", count);
    else if (found == SEAL_LIST_NO_NUMBER)
        talk_tell(t, "Nothing is shown that a number could keep.");
    else
        cockpit_note(t, about, list.length ? list.data : "-",
                     list.length ? list.length : 1);
    buffer_release(&list);
    return found == SEAL_LIST_FINE;
}

/* A seal is not taken back, nor is what was typed by mistake a no. */
static enum step take_seal(struct talk *t, const struct buffer *line)
{
    static const char *const answers[] = { "yes", "seal",  "edit", "again",
                                           "",    "leave", "no",   NULL };
    static const enum step steps[] = { STEP_SEALED, STEP_SEALED, STEP_GRADES, STEP_GRADES,
                                       STEP_LEFT,   STEP_LEFT,   STEP_LEFT };
    int answer = slash_answer(line->data, answers);
    if (answer >= 0)
        return steps[answer];
    slash_tell_none(t, line);
    return STEP_SEAL;
}

/* The step after this answer. */
static enum step take_answer(struct talk *t, struct arena *arena,
                             const struct verdict_draft *d, enum step step,
                             const struct buffer *line)
{
    bool empty = line->data[strspn(line->data, " \t")] == '\0';
    switch (step) {
    case STEP_GRADES: /* shown again as they are now */
        if (!empty)
            take_grades(t, arena, d, line->data);
        return empty ? STEP_STRENGTHS : step;
    case STEP_STRENGTHS:
        return empty || take_list(t, "strengths", d->strengths.data, line->data)
                   ? STEP_GAPS
                   : step;
    case STEP_GAPS:
        return empty || take_list(t, "gaps", d->gaps.data, line->data)
                   ? STEP_RECOMMENDATION
                   : step;
    case STEP_RECOMMENDATION:
        if (empty && d->recommendation >= 0)
            return STEP_SEAL;
        return take_recommendation(t, d, line->data) ? STEP_SEAL : step;
    default:
        return take_seal(t, line);
    }
}

/* --- the seal --- */

static void add_derived(const struct verdict_draft *d, struct event *e)
{
    const struct score *score = &d->standing.debrief.score;
    for (size_t i = 0; i < score->dimension_count; i++) {
        json_t *one =
            json_object_get(event_json(e, "dimensions"), score->dimensions[i].id);
        if (fabs(score->dimensions[i].share - d->standing.derived[i]) > 0.0005)
            json_object_set_new(one, "derived",
                                json_real(round(d->standing.derived[i] * 1000) / 1000));
    }
}

static void add_own_flags(const struct tags *tags, struct event *e)
{
    json_t *flags = (json_t *)event_json(e, "red_flags");
    for (size_t i = 0; i < tags->flag_count; i++) {
        const struct raised_flag *flag = &tags->flags[i];
        if (flag->flag)
            continue;
        json_t *entry = json_object();
        json_object_set_new(entry, "text", json_text_new(flag->text, strlen(flag->text)));
        json_object_set_new(entry, "cost", json_real(0));
        if (flag->evidence.event)
            json_object_set_new(entry, "event",
                                json_integer((json_int_t)flag->evidence.event->number));
        json_array_append_new(flags, entry);
    }
}

static bool is_noted(const struct evidence_place *place)
{
    return place->event && place->event->type == EVENT_NOTE;
}

static json_t *entry_of(const json_t *list, const char *id)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)list, i, one) {
        const char *its = json_string_value(json_object_get(one, "id"));
        if (its && !strcmp(its, id))
            return one;
    }
    return NULL;
}

/* A note is the interviewer's: what rests on one must not be read as the candidate's words. */
static void mark_notes(const struct tags *tags, const struct rubric *rubric, struct event *e)
{
    for (size_t i = 0; i < rubric->criterion_count; i++)
        if (is_noted(&tags->criteria[i].evidence))
            json_object_set_new(
                entry_of(event_json(e, "criteria"), rubric->criteria[i].id), "noted",
                json_true());
    for (size_t i = 0; i < tags->flag_count; i++)
        if (tags->flags[i].flag && is_noted(&tags->flags[i].evidence))
            json_object_set_new(
                entry_of(event_json(e, "red_flags"), tags->flags[i].flag->id), "noted",
                json_true());
}

static void record_score(struct talk *t, const struct verdict_draft *d)
{
    struct event e;
    struct buffer grader = BUFFER_INIT;
    buffer_printf(&grader, "person:%s", t->cockpit->by);
    talk_event(t, &e, EVENT_SCORE);
    debrief_event_by(&d->standing.debrief, grader.data, &e);
    event_set_flag(&e, "sealed", !seal_has_seen(t->session, t->cockpit->by));
    event_set(&e, "recommendation", recommendation_names[d->recommendation]);
    event_set(&e, "at", level_names[d->at]);
    event_set_json(&e, "strengths", seal_list_json(d->strengths.data));
    event_set_json(&e, "gaps", seal_list_json(d->gaps.data));
    add_derived(d, &e);
    mark_notes(&d->standing.tags, t->session->rubric, &e);
    add_own_flags(&d->standing.tags, &e);
    talk_record(t, &e);
    buffer_release(&grader);
}

/* Reads the answer to a step, or a command, which may lead to another step. False: nobody
 * is there, or it is left for later. */
static bool ask_step(struct talk *t, const struct verdict_draft *d, enum step *step,
                     struct buffer *line, bool *command)
{
    struct buffer label = BUFFER_INIT;
    bool leave = false;
    show_step(t, d, *step);
    make_label(t, d, *step, &label);
    bool answered = talk_ask(t, label.data, line);
    *command =
        answered && line->data[0] == '/' && run_command(t, line->data, step, &leave);
    buffer_release(&label);
    return answered && !leave;
}

bool seal_run(struct talk *t)
{
    struct arena arena = ARENA_INIT;
    struct verdict_draft d = { .strengths = BUFFER_INIT, .gaps = BUFFER_INIT };
    struct buffer line = BUFFER_INIT;
    bool command;
    enum step step = STEP_GRADES;
    const struct session *s = t->session;
    t->cockpit->verdict =
        s->events.count ? s->events.items[s->events.count - 1].number : 0;
    prompt_set_completer(t->prompt, t->seat->complete, t);
    read_draft(t, &arena, &d);
    if (d.recommendation >=
        0) /* the last question: all was answered before it was left */
        step = STEP_SEAL;
    show_summary(t, &d.standing);
    if (seal_has_seen(t->session, t->cockpit->by))
        talk_tell(
            t, "You have seen a grade of this interview: what you give now is kept, but "
               "does not count as sealed.");
    while (step < STEP_SEALED && ask_step(t, &d, &step, &line, &command)) {
        if (!command)
            step = take_answer(t, &arena, &d, step, &line);
        read_draft(t, &arena, &d);
    }
    if (step == STEP_SEALED)
        record_score(t, &d);
    draft_release(&d);
    buffer_release(&line);
    arena_release(&arena);
    return step == STEP_SEALED;
}
