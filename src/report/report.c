#include "report/report.h"

#include <string.h>

#include "base/time.h"

const char *const mark_kind_names[] = { "evidence", "red-flag", "slip", NULL };
const char *const line_kind_names[] = {
    "candidate", "interviewer", "edit",  "note", "tag", "phase",
    "pause",     "resume",      "guess", "end",  NULL,
};
const char *const line_state_names[] = { "stands", "undone", "replaced", "after-model",
                                         NULL };

const char *const report_wordless =
    "What the candidate said was not typed, so the built-in grader has nothing to go by.";

const char *const report_unsealed =
    "A score is still to be sealed, so no grade is shown.";

void report_release(struct report *report)
{
    event_release(&report->now_event);
}

static bool counts(const struct grade *g)
{
    return g->newest &&
           (g->kind == GRADER_MODEL || (g->kind == GRADER_PERSON && g->sealed));
}

const struct grade *report_other_grade(const struct report *report,
                                       const struct grade *before)
{
    bool begin = !before || before == report->held;
    if (!before && report->held)
        return report->held;
    for (size_t i = begin ? 0 : (size_t)(before - report->grades) + 1;
         i < report->grade_count; i++)
        if (counts(&report->grades[i]) && &report->grades[i] != report->held)
            return &report->grades[i];
    return NULL;
}

static const struct grade *next_of(const struct report *report, enum grader_kind kind,
                                   const struct grade *before)
{
    const struct grade *g = report_other_grade(report, before);
    while (g && g->kind != kind)
        g = report_other_grade(report, g);
    return g;
}

const struct grade *report_grade(const struct report *report, const struct grade *before)
{
    bool person = before && before->kind == GRADER_PERSON;
    const struct grade *g = NULL;
    if (!before || person)
        g = next_of(report, GRADER_PERSON, before);
    if (!g && (!before || person) && !report->wordless)
        return report->now;
    if (!g)
        g = next_of(report, GRADER_MODEL,
                    before && before->kind == GRADER_MODEL ? before : NULL);
    return g;
}

const struct grade *report_result(const struct report *report)
{
    return next_of(report, GRADER_PERSON, NULL);
}

double report_share(const struct report *report, const struct grade *grade,
                    const struct dimension_score *area)
{
    if (grade == report->now)
        return area->weight > 0 ? area->share : -1;
    return grade ? grade_share(grade, area->id) : -1;
}

/* --- what each rests on --- */

/* A grader's quote may end before the sentence's full stop, where another's has it. */
static bool is_same_place(const struct grade_quote *a, const struct grade_quote *b)
{
    return a->event && a->event == b->event && a->start == b->start &&
           a->end <= b->end + 1 && b->end <= a->end + 1;
}

const struct grade_verdict *report_own_words(const struct report *report,
                                             const char *criterion,
                                             const struct grade *grade)
{
    const struct grade_verdict *own = grade_verdict(grade, criterion);
    if (!own || !own->quote.text || !own->quote.length)
        return NULL;
    for (const struct grade *g = NULL; (g = report_grade(report, g)) && g != grade;) {
        const struct grade_verdict *v = grade_verdict(g, criterion);
        if (v && is_same_place(&v->quote, &own->quote))
            return NULL;
    }
    return own;
}

void report_graders(const struct report *report, const char *criterion,
                    const struct grade *grade, struct buffer *out)
{
    const struct grade_quote *quote = &grade_verdict(grade, criterion)->quote;
    for (const struct grade *g = grade; g; g = report_grade(report, g)) {
        const struct grade_verdict *v = grade_verdict(g, criterion);
        if (g == grade || (v && is_same_place(&v->quote, quote)))
            buffer_printf(out, "%s%s", g == grade ? "" : ", ", g->who);
    }
}

/* --- words --- */

void report_phase_time(const struct card_phase *phase, struct buffer *out)
{
    if (!phase->opened) {
        buffer_add_string(out, "not reached");
        return;
    }
    if (phase->used < 0) {
        buffer_add_string(out, "without a clock");
        return;
    }
    report_clock(phase->used, out);
    if (phase->minutes > 0) {
        buffer_add_string(out, " of ");
        report_clock((int64_t)(phase->minutes * 60000), out);
    }
    buffer_add_string(out, phase->skipped ? " min, skipped" : " min");
}

const char *report_mode_words(const struct report *report)
{
    return report->mode && !strcmp(report->mode, "interview") ? "interview" : "practice";
}

void report_date(int64_t time, struct buffer *out)
{
    char text[TIME_TEXT_SIZE];
    if (time < 0)
        return;
    time_format(time, text);
    buffer_printf(out, "%.10s %.5s UTC", text, text + 11);
}

void report_clock(int64_t ms, struct buffer *out)
{
    buffer_printf(out, "%lld:%02lld", (long long)ms / 60000, (long long)ms / 1000 % 60);
}

const char *report_speaker(const struct report_line *line)
{
    static const char *const names[] = {
        [LINE_CANDIDATE] = "Candidate",
        [LINE_INTERVIEWER] = "Interviewer",
        [LINE_EDIT] = "Candidate",
        [LINE_NOTE] = "Note",
        [LINE_TAG] = "Tag",
        [LINE_PHASE] = "Phase",
        [LINE_PAUSE] = "Paused",
        [LINE_RESUME] = "Resumed",
        [LINE_GUESS] = "Guess",
        [LINE_END] = "End",
    };
    return names[line->kind];
}

/* --- remarks --- */

static void add_said(const struct report_line *line, struct buffer *out)
{
    static const char *const kinds[] = {
        [SAY_ANSWER] = "",         [SAY_QUESTION] = "a question", [SAY_FACT] = "a fact",
        [SAY_REMARK] = "",         [SAY_PROBE] = "a probe",       [SAY_HINT] = "a hint",
        [SAY_TWIST] = "the twist",
    };
    buffer_add_string(out, line->model ? "a strong answer, shown" : kinds[line->say]);
    if (line->say == SAY_HINT && line->price > 0)
        buffer_printf(out, ", %.3g point%s", line->price, line->price == 1 ? "" : "s");
    if (line->about && *kinds[line->say] &&
        line->say != SAY_FACT) /* its text says that */
        buffer_printf(out, ": %s", line->about);
}

static void add_by(const struct report_line *line, struct buffer *out)
{
    if (!line->by)
        return;
    if (line->kind == LINE_TAG || line->kind == LINE_NOTE)
        buffer_printf(out, "by %s", line->by);
    else
        buffer_printf(out, "%sworded by %s", out->length ? ", " : "", line->by);
}

bool report_is_withdrawn(const struct report_line *line)
{
    return line->state == LINE_UNDONE &&
           (line->kind == LINE_TAG || line->kind == LINE_NOTE);
}

void report_remark(const struct report_line *line, struct buffer *out)
{
    static const char *const states[] = {
        [LINE_STANDS] = "",
        [LINE_UNDONE] = "taken back",
        [LINE_REPLACED] = "replaced later",
        [LINE_AFTER_MODEL] = "after a strong answer was shown: it does not count",
    };
    struct buffer own = BUFFER_INIT;
    if (line->kind == LINE_CANDIDATE || line->kind == LINE_INTERVIEWER)
        add_said(line, &own);
    if (line->kind == LINE_EDIT)
        buffer_add_string(&own, "the phase's answer, written anew");
    add_by(line, &own);
    if (*states[line->state])
        buffer_printf(&own, "%s%s", own.length ? "; " : "", states[line->state]);
    buffer_add(out, own.data, own.length);
    buffer_release(&own);
}

static void add_tag(const struct report_line *line, struct buffer *text)
{
    if (line->verdict)
        buffer_printf(text, "%s: ", line->verdict);
    else if (line->about || line->length)
        buffer_add_string(text, "red flag: ");
    if (line->about)
        buffer_add_string(text, line->about);
    else
        buffer_add(text, line->text, line->length);
}

void report_words(const struct report_line *line, struct buffer *text)
{
    if (line->kind == LINE_TAG)
        add_tag(line, text);
    else if (line->kind == LINE_END)
        buffer_add_string(text, strcmp(line->text, "early")
                                    ? "the session is over"
                                    : "the session was ended early");
    else if (line->kind == LINE_GUESS)
        buffer_printf(text, "of 4 each: %s", line->text);
    else if (line->kind == LINE_PAUSE)
        buffer_add_string(text, strcmp(line->text, "hangup") ? "the clock stands"
                                                             : "the connection was lost");
    else if (line->kind == LINE_RESUME)
        buffer_add_string(text, "the clock goes on");
    else
        buffer_add(text, line->text, line->length);
}

void report_mark_words(const struct report *report, const struct report_mark *mark,
                       struct buffer *out)
{
    if (mark->kind == MARK_EVIDENCE)
        buffer_printf(out, "%s: %s", verdict_names[mark->verdict], mark->title);
    else
        buffer_printf(out, "%s: %s", mark->kind == MARK_FLAG ? "wrong" : "arithmetic",
                      mark->title);
    if (report_other_grade(report, NULL))
        buffer_printf(out, " (%s)", mark->grade->who);
}

bool report_is_repeated(const struct report *report, const struct report_line *line)
{
    if (line->kind != LINE_TAG || line->state != LINE_STANDS || !line->verdict ||
        !line->by)
        return false;
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));)
        if (g->kind == GRADER_PERSON && !strcmp(g->who, line->by))
            return true;
    return false;
}

/* --- stretches --- */

size_t report_cut(const struct report_line *line, size_t from)
{
    size_t to = line->length;
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *m = &line->marks[i];
        if (m->start > from && m->start < to)
            to = m->start;
        if (m->end > from && m->end < to)
            to = m->end;
    }
    return to;
}

/* What is wrong outweighs what is explained, and that what is mentioned. */
int report_weight(const struct report_mark *m)
{
    return m->kind != MARK_EVIDENCE ? 3 : m->verdict == VERDICT_EXPLAINED ? 2 : 1;
}

const struct report_mark *report_covering(const struct report_line *line, size_t at)
{
    const struct report_mark *best = NULL;
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *m = &line->marks[i];
        if (m->start <= at && at < m->end &&
            (!best || report_weight(m) > report_weight(best)))
            best = m;
    }
    return best;
}
