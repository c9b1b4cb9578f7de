/* From a graded session to the data of its report: what was said, by whom, when, and what
 * rests on it. */
#include <string.h>

#include "base/json.h"
#include "report/digest.h"
#include "session/debrief.h"

/* A report in the making. */
struct making {
    const struct debrief *debrief;
    const struct session *session;
    struct arena *arena;
    struct report *report;
    struct report_line *lines;
    struct grade *grades;
    const char *reader; /* who has still to seal a score; NULL: nobody */
    const char *
        *people; /* persons in the order they turn up, for names that name nobody */
    size_t person_count;
};

/* --- names --- */

/* The name, or "interviewer 2" where nobody is to be named. */
static const char *name_of(struct making *m, const char *person)
{
    size_t i = 0;
    struct buffer text = BUFFER_INIT;
    if (!m->report->anonymous)
        return person;
    while (i < m->person_count && strcmp(m->people[i], person) != 0)
        i++;
    if (i == m->person_count)
        m->people[m->person_count++] = person;
    buffer_printf(&text, "interviewer %zu", i + 1);
    const char *name = arena_strndup(m->arena, text.data, text.length);
    buffer_release(&text);
    return name;
}

static const char *given(const char *text)
{
    return *text ? text : NULL;
}

/* --- grades --- */

static bool takes_place(const struct grade *other, const struct grade *g)
{
    return !strcmp(other->grader, g->grader) &&
           score_outranks((struct score_rank) { other->sealed, other->event },
                          (struct score_rank) { g->sealed, g->event });
}

static void mark_newest(struct grade *grades, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool newest = true;
        for (size_t k = 0; k < count && newest; k++)
            newest = !takes_place(&grades[k], &grades[i]);
        grades[i].newest = newest;
    }
}

static void hide_grader(struct making *m, struct grade *g)
{
    g->time = m->report->anonymous ? -1 : g->time;
    if (g->kind != GRADER_PERSON)
        return;
    g->who = name_of(m, g->who);
    if (m->report->anonymous)
        g->grader = g->who;
}

/* What the person who held the interview sealed; who sealed before them comes second. */
static const struct grade *grade_of_interviewer(const struct session *s,
                                                const struct grade *grades, size_t count)
{
    const char *name = s->interview ? session_interviewer(s) : "";
    for (size_t i = 0; i < count && *name; i++)
        if (grades[i].newest && grades[i].sealed && grades[i].kind == GRADER_PERSON &&
            !strcmp(grades[i].who, name))
            return &grades[i];
    return NULL;
}

static void read_grades(struct making *m)
{
    const struct session *s = m->session;
    size_t count = 0;
    m->grades = arena_array(m->arena, struct grade, s->events.count + 1);
    for (size_t i = 0; i < s->events.count && !m->report->unsealed; i++)
        if (s->events.items[i].type == EVENT_SCORE &&
            grade_read(&s->events.items[i], s->rubric, m->arena, &m->grades[count]))
            count++;
    mark_newest(m->grades, count);
    m->report->held = grade_of_interviewer(s, m->grades, count);
    if (m->report->held)
        name_of(m, m->report->held->who); /* "interviewer 1" */
    for (size_t i = 0; i < count; i++)
        hide_grader(m, &m->grades[i]);
    m->report->grades = m->grades;
    m->report->grade_count = count;
}

/* The grade on the card, in the shape of the recorded ones. */
static void read_now(struct making *m)
{
    struct grade *now = arena_new(m->arena, struct grade);
    event_init(&m->report->now_event, EVENT_SCORE, 0);
    debrief_score_event(m->debrief, &m->report->now_event);
    grade_read(&m->report->now_event, m->session->rubric, m->arena, now);
    now->time = -1;
    now->newest = true;
    m->report->now = now;
}

/* --- lines --- */

static const char *criterion_title(const struct session *s, const char *id)
{
    int index = rubric_find(s->rubric, id);
    return index >= 0 ? s->rubric->criteria[index].title : NULL;
}

static const char *fact_topic(const struct session *s, const char *id)
{
    for (size_t i = 0; i < s->scenario->fact_count; i++)
        if (!strcmp(s->scenario->facts[i].id, id))
            return s->scenario->facts[i].topic;
    return NULL;
}

static const char *flag_title(const struct session *s, const char *id)
{
    int index = rubric_find_flag(s->rubric, id);
    return index >= 0 ? s->rubric->red_flags[index].title : given(id);
}

static void fill_said(struct making *m, const struct event *e, struct report_line *line)
{
    const char *of = event_text(e, "of"), *by = event_text(e, "by");
    line->kind = event_by_candidate(e) ? LINE_CANDIDATE : LINE_INTERVIEWER;
    line->say = event_say_kind(e);
    line->price = event_number(e, "price", 0);
    line->model = !strcmp(event_text(e, "about"), "model");
    line->about = line->say == SAY_FACT ? fact_topic(m->session, of)
                                        : criterion_title(m->session, of);
    if (!strncmp(by, "llm:", 4))
        line->by = by + 4;
}

static void fill_tag(struct making *m, const struct event *e, struct report_line *line)
{
    const char *criterion = event_text(e, "criterion");
    const char *title = criterion_title(m->session, criterion);
    line->kind = LINE_TAG;
    line->verdict = given(event_text(e, "verdict"));
    line->about = title ? title : given(criterion);
    if (!line->about)
        line->about = flag_title(m->session, event_text(e, "flag"));
    if (*event_text(e, "by"))
        line->by = name_of(m, event_text(e, "by"));
}

/* What a person noted on the way to a verdict is a draft of what the sealed score says.
 */
static bool fill_note(struct making *m, const struct event *e, struct report_line *line)
{
    const char *about = event_text(e, "about");
    line->kind = LINE_NOTE;
    if (m->reader && strcmp(event_text(e, "by"), m->reader) != 0)
        return false; /* what others thought */
    if (*event_text(e, "by"))
        line->by = name_of(m, event_text(e, "by"));
    if (!*about)
        return true;
    line->text = "looked at another grade before giving one";
    line->length = strlen(line->text);
    return !strcmp(about, "grade-seen");
}

static void fill_guess(struct making *m, const struct event *e, struct report_line *line)
{
    struct buffer text = BUFFER_INIT;
    const char *id;
    json_t *value;
    json_object_foreach ((json_t *)event_json(e, "guess"), id, value)
        buffer_printf(&text, "%s%s %.3g", text.length ? ", " : "", id,
                      json_number_value(value));
    line->kind = LINE_GUESS;
    line->length = text.length;
    line->text = arena_strndup(m->arena, text.data, text.length);
    buffer_release(&text);
}

static void fill_phase(struct making *m, const struct event *e, struct report_line *line)
{
    int index = session_phase_index(m->session, event_text(e, "phase"));
    line->kind = LINE_PHASE;
    line->text =
        index >= 0 ? m->session->scenario->phases[index].title : event_text(e, "phase");
    line->length = strlen(line->text);
}

/* False for what is no line of its own. */
static bool fill_line(struct making *m, const struct event *e, struct report_line *line)
{
    static const enum line_kind kinds[] = {
        [EVENT_EDIT] = LINE_EDIT,
        [EVENT_PAUSE] = LINE_PAUSE,
        [EVENT_RESUME] = LINE_RESUME,
        [EVENT_END] = LINE_END,
    };
    line->text = event_text(e, "text");
    line->length = event_text_length(e, "text");
    switch (e->type) {
    case EVENT_SAY:
        fill_said(m, e, line);
        return true;
    case EVENT_TAG:
        fill_tag(m, e, line);
        return !m->report->unsealed;
    case EVENT_NOTE:
        return fill_note(m, e, line);
    case EVENT_PREDICT:
        fill_guess(m, e, line);
        return true;
    case EVENT_PHASE:
        fill_phase(m, e, line);
        return true;
    case EVENT_PAUSE:
    case EVENT_END:
        line->text = event_text(e, "why");
        line->length = strlen(line->text);
        line->kind = kinds[e->type];
        return true;
    case EVENT_EDIT:
    case EVENT_RESUME:
        line->kind = kinds[e->type];
        return true;
    case EVENT_START:
    case EVENT_UNDO:
    case EVENT_SCORE:
    case EVENT_UNKNOWN:
        break;
    }
    return false;
}

/* Index of an event by its number, which rises; the count of events when there is none.
 */
static size_t index_of(const struct session *s, size_t number)
{
    size_t low = 0, high = s->events.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->events.items[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->events.count && s->events.items[low].number == number
               ? low
               : s->events.count;
}

/* Per event: what of it is still part of the answer, or NULL. */
static const struct utterance **utterances(const struct session *s, struct arena *arena)
{
    const struct utterance **said =
        arena_array(arena, const struct utterance *, s->events.count + 1);
    for (size_t i = 0; i < s->said.count; i++)
        said[index_of(s, s->said.items[i].event)] = &s->said.items[i];
    return said;
}

/* A later tag of the same criterion by the same person takes its place. */
static bool is_tagged_again(const struct session *s, size_t index)
{
    const struct event *e = &s->events.items[index];
    const char *criterion = event_text(e, "criterion");
    for (size_t i = index + 1; i < s->events.count && *criterion; i++) {
        const struct event *later = &s->events.items[i];
        if (later->type == EVENT_TAG && !s->undone.items[i] &&
            !strcmp(event_text(later, "criterion"), criterion) &&
            !strcmp(event_text(later, "by"), event_text(e, "by")))
            return true;
    }
    return false;
}

static enum line_state state_of(const struct session *s, size_t index,
                                const struct utterance *u)
{
    const struct event *e = &s->events.items[index];
    bool answer =
        e->type == EVENT_EDIT || (e->type == EVENT_SAY && event_by_candidate(e));
    if (s->undone.items[index])
        return LINE_UNDONE;
    if (e->type == EVENT_TAG)
        return is_tagged_again(s, index) ? LINE_REPLACED : LINE_STANDS;
    if (!answer || !s->begun || (u && !u->after_model))
        return LINE_STANDS;
    return u ? LINE_AFTER_MODEL : LINE_REPLACED;
}

/* Goes through the events once more, for where the clock stood at each. */
static void read_lines(struct making *m)
{
    const struct session *s = m->session;
    struct session *walk = session_new(s->scenario, s->rubric);
    const struct utterance **said = utterances(s, m->arena);
    size_t count = 0;
    m->lines = arena_array(m->arena, struct report_line, s->events.count);
    for (size_t i = 0; i < s->events.count; i++) {
        struct event copy = s->events.items[i];
        struct report_line *line = &m->lines[count];
        json_incref(copy.object);
        session_apply(walk, &copy);
        *line = (struct report_line) { .event = s->events.items[i].number,
                                       .phase = -1,
                                       .at = -1 };
        if (!fill_line(m, &s->events.items[i], line))
            continue;
        line->time = m->report->anonymous ? -1 : s->events.items[i].time;
        line->state = state_of(s, i, said[i]);
        if (walk->begun) {
            line->phase = (int)walk->phase;
            line->at = s->clock ? session_used(walk, walk->phase, -1) : -1;
        }
        count++;
    }
    session_free(walk);
    m->report->lines = m->lines;
    m->report->line_count = count;
}

/* --- marks --- */

static size_t line_of(const struct making *m, size_t event)
{
    for (size_t i = 0; i < m->report->line_count; i++)
        if (m->lines[i].event == event)
            return i;
    return m->report->line_count;
}

/* To the beginning of the character that a byte is in. */
static size_t whole(const struct report_line *line, size_t at)
{
    at = at < line->length ? at : line->length;
    while (at > 0 && at < line->length && ((unsigned char)line->text[at] & 0xc0) == 0x80)
        at--;
    return at;
}

static void add_mark(struct making *m, const struct grade_quote *quote,
                     struct report_mark mark)
{
    size_t index = quote->event ? line_of(m, quote->event) : m->report->line_count;
    if (index == m->report->line_count)
        return;
    struct report_line *line = &m->lines[index];
    mark.start = whole(line, quote->start);
    mark.end = whole(line, quote->end);
    if (mark.start >= mark.end)
        return;
    struct report_mark *marks =
        arena_array(m->arena, struct report_mark, line->mark_count + 1);
    size_t at = line->mark_count;
    while (at > 0 && line->marks[at - 1].start > mark.start)
        at--;
    for (size_t i = 0; i < line->mark_count; i++)
        marks[i + (i >= at)] = line->marks[i];
    marks[at] = mark;
    line->marks = marks;
    line->mark_count++;
    m->report->mark_count++;
}

static void mark_grade(struct making *m, const struct grade *g)
{
    for (size_t i = 0; i < g->verdict_count; i++) {
        const struct grade_verdict *v = &g->verdicts[i];
        if (v->verdict == VERDICT_MENTIONED || v->verdict == VERDICT_EXPLAINED)
            add_mark(m, &v->quote,
                     (struct report_mark) { .kind = MARK_EVIDENCE,
                                            .id = v->id,
                                            .title = v->title,
                                            .verdict = v->verdict,
                                            .grade = g });
    }
    for (size_t i = 0; i < g->flag_count; i++)
        add_mark(m, &g->flags[i].quote,
                 (struct report_mark) { .kind = MARK_FLAG,
                                        .id = g->flags[i].id,
                                        .title = g->flags[i].title,
                                        .grade = g });
}

static void mark_slips(struct making *m)
{
    const struct debrief *d = m->debrief;
    for (size_t i = 0; i < d->score.slip_count; i++) {
        const struct arithmetic_slip *slip = &d->score.slips[i];
        if (slip->quote.part < 0)
            continue;
        const struct answer_place *place = &d->answer.places[slip->quote.part];
        struct grade_quote quote = { .event = place->event,
                                     .start = place->offset + slip->quote.start,
                                     .end = place->offset + slip->quote.end };
        struct buffer text = BUFFER_INIT;
        buffer_add_string(&text, "comes to ");
        digest_figures(slip, &text);
        add_mark(m, &quote,
                 (struct report_mark) {
                     .kind = MARK_SLIP,
                     .id = "slip",
                     .grade = m->report->now,
                     .title = arena_strndup(m->arena, text.data, text.length) });
        buffer_release(&text);
    }
}

static void number_marks(struct making *m)
{
    size_t number = 0;
    for (size_t i = 0; i < m->report->line_count; i++)
        for (size_t k = 0; k < m->lines[i].mark_count; k++)
            ((struct report_mark *)m->lines[i].marks)[k].number = ++number;
}

static void read_marks(struct making *m)
{
    if (m->report->unsealed)
        return;
    if (!m->report->wordless) {
        mark_grade(m, m->report->now);
        mark_slips(m);
    }
    for (const struct grade *g = NULL; (g = report_other_grade(m->report, g));)
        mark_grade(m, g);
    number_marks(m);
}

/* --- the whole --- */

static void read_start(struct making *m)
{
    const struct event *start = session_start_event(m->session);
    m->report->began = -1;
    if (!start)
        return;
    m->report->mode = event_text(start, "mode");
    m->report->program = given(event_text(start, "program"));
    if (m->report->anonymous)
        return;
    m->report->began = start->time;
    m->report->id = given(event_text(start, "id"));
    m->report->candidate = given(event_text(start, "candidate"));
    m->report->interviewer = given(event_text(start, "interviewer"));
}

void debrief_report(const struct debrief *d, const struct card *card,
                    struct report_plan plan, struct arena *arena, struct report *out)
{
    const struct session *s = d->session;
    struct making m = {
        .debrief = d, .session = s, .arena = arena, .report = out, .reader = plan.unsealed
    };
    *out = (struct report) {
        .card = *card,
        .anonymous = plan.anonymous,
        .unsealed = plan.unsealed != NULL,
        .wordless = s->interview && !s->said.count,
    };
    m.people = arena_array(arena, const char *, s->events.count * 2 + 1);
    read_start(&m);
    read_grades(&m);
    read_now(&m);
    read_lines(&m);
    read_marks(&m);
}
