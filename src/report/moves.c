#include "report/moves.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

const char *const move_reason_names[] = {
    "rubric", "lexicon",   "red-flags",  "weights",
    "scorer", "said-more", "unrecorded", NULL,
};

/* --- reasons --- */

static bool differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b) != 0;
}

/* Words of the candidate between two grades; `now` comes last of all. */
static bool said_more(const struct report *report, const struct grade *from,
                      const struct grade *to)
{
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        bool words = line->kind == LINE_CANDIDATE || line->kind == LINE_EDIT;
        if (words && line->event > from->event && (!to->event || line->event < to->event))
            return true;
    }
    return false;
}

unsigned move_reasons(const struct report *report, const struct grade *from,
                      const struct grade *to)
{
    const struct grade_sources *a = &from->sources, *b = &to->sources;
    unsigned reasons = 0;
    if (differ(a->rubric, b->rubric) || a->rubric_version != b->rubric_version)
        reasons |= MOVE_RUBRIC;
    if (differ(a->lexicon, b->lexicon))
        reasons |= MOVE_LEXICON;
    if (differ(a->red_flags, b->red_flags))
        reasons |= MOVE_RED_FLAGS;
    if (differ(a->weights, b->weights))
        reasons |= MOVE_WEIGHTS;
    if (differ(a->scorer, b->scorer))
        reasons |= MOVE_SCORER;
    if (said_more(report, from, to))
        reasons |= MOVE_SAID_MORE;
    if (from->kind == GRADER_BUILT_IN && (!a->lexicon || !b->lexicon))
        reasons |= MOVE_UNRECORDED;
    return reasons;
}

static void add_reason(struct buffer *out, size_t before, const char *words)
{
    buffer_printf(out, "%s%s", out->length > before ? ", " : "", words);
}

void moves_why(const struct report *report, const struct grade *from,
               const struct grade *to, struct buffer *out)
{
    static const char *const words[] = {
        "the rubric changed",
        "the lexicon changed",
        "the shared red flags changed",
        "the weights changed",
        "the grader changed",
        "more was said in between",
        "an older viva graded first, and did not note its lexicon and weights",
    }; /* in the order of the bits */
    const struct grade_sources *a = &from->sources, *b = &to->sources;
    unsigned reasons = move_reasons(report, from, to);
    size_t before = out->length;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        unsigned reason = reasons & 1U << i;
        if (reason)
            add_reason(out, before, words[i]);
        if (reason == MOVE_RUBRIC && a->rubric_version == b->rubric_version)
            buffer_printf(out, " (still version %d)", b->rubric_version);
        else if (reason == MOVE_RUBRIC)
            buffer_printf(out, " (version %d to %d)", a->rubric_version,
                          b->rubric_version);
        if (reason == MOVE_SCORER)
            buffer_printf(out, " (%s to %s)", a->scorer, b->scorer);
    }
    if (!reasons && to->kind == GRADER_MODEL)
        add_reason(out, before, "asked again, and a model may answer otherwise");
    if (!reasons && to->kind == GRADER_PERSON)
        add_reason(out, before, "graded again by hand");
}

/* --- moves --- */

size_t moves_each(const struct grade *from, const struct grade *to,
                  void (*each)(void *state, const struct move *move), void *state)
{
    size_t count = 0;
    for (size_t i = 0; i < to->verdict_count; i++) {
        const struct grade_verdict *now = &to->verdicts[i],
                                   *then = grade_verdict(from, now->id);
        struct move move = { now->id, now->title, then, now };
        if (then && then->verdict == now->verdict)
            continue;
        count++;
        if (each)
            each(state, &move);
    }
    for (size_t i = 0; i < from->verdict_count; i++) {
        const struct grade_verdict *then = &from->verdicts[i];
        struct move move = { then->id, then->title, then, NULL };
        if (grade_verdict(to, then->id))
            continue;
        count++;
        if (each)
            each(state, &move);
    }
    return count;
}

const struct grade *moves_before(const struct report *report, const struct grade *grade)
{
    size_t i =
        grade == report->now ? report->grade_count : (size_t)(grade - report->grades);
    while (i-- > 0)
        if (!strcmp(report->grades[i].grader, grade->grader))
            return &report->grades[i];
    return NULL;
}

bool moves_nothing_new(const struct report *report)
{
    const struct grade *before = moves_before(report, report->now);
    return before && !move_reasons(report, before, report->now) &&
           fabs(before->total - report->now->total) < 0.05 &&
           !moves_each(before, report->now, NULL, NULL);
}

/* --- text --- */

struct listing {
    const struct report *report;
    const struct screen *screen;
    struct buffer *out;
    struct buffer line;
};

static void put(struct listing *l, int indent)
{
    screen_wrap(l->out, l->line.data, l->line.length, l->screen->width, indent + 2,
                indent);
    buffer_add_char(l->out, '\n');
    buffer_clear(&l->line);
}

static void add_grader(const struct grade *g, struct buffer *out)
{
    if (g->kind == GRADER_BUILT_IN)
        buffer_printf(out, "built-in grader%s%s", g->sources.scorer ? " " : "",
                      g->sources.scorer ? g->sources.scorer : "");
    else
        buffer_printf(out, g->kind == GRADER_MODEL ? "model %s" : "%s", g->who);
    if (g->kind == GRADER_PERSON)
        buffer_add_string(out, g->sealed ? ", sealed" : ", not sealed");
}

static void write_grade(struct listing *l, const struct grade *g)
{
    struct buffer *line = &l->line;
    buffer_printf(line, "%zu  ", (size_t)(g - l->report->grades) + 1);
    grade_total(g->total, line);
    buffer_add_string(line, "  ");
    add_grader(g, line);
    if (g->recommendation) {
        buffer_add_string(line, ", ");
        grade_words(g->recommendation, line);
        if (g->at)
            buffer_printf(line, " at %s", g->at);
    }
    if (g->sources.rubric_version)
        buffer_printf(line, ", rubric %d", g->sources.rubric_version);
    if (g->time >= 0) {
        buffer_add_string(line, ", ");
        report_date(g->time, line);
    }
    if (g->unfinished)
        buffer_add_string(line, ", unfinished");
    put(l, 2);
}

static void write_reasons(struct listing *l, const struct grade *from,
                          const struct grade *to)
{
    struct buffer why = BUFFER_INIT;
    moves_why(l->report, from, to, &why);
    if (why.length) {
        buffer_printf(&l->line, "Why: %s.", why.data);
        put(l, 2);
    }
    buffer_release(&why);
}

static void write_quote(struct listing *l, const struct grade_verdict *verdict,
                        const char *when)
{
    enum { QUOTE_COLUMNS = 200 };
    const struct grade_quote *q = verdict ? &verdict->quote : NULL;
    if (!q || !q->text || !q->length)
        return;
    size_t fit = utf8_fit_words(q->text, q->length, QUOTE_COLUMNS);
    buffer_printf(&l->line, "%s: \"%.*s%s\"", when, (int)fit, q->text,
                  fit < q->length ? " ..." : "");
    put(l, 4);
}

static bool same_quote(const struct move *move)
{
    const char *then = move->from ? move->from->quote.text : NULL;
    const char *now = move->to ? move->to->quote.text : NULL;
    return then && now && !strcmp(then, now);
}

static void write_move(void *state, const struct move *move)
{
    struct listing *l = state;
    buffer_printf(&l->line, "%s: ", move->title);
    if (!move->from)
        buffer_printf(&l->line, "new in the rubric, %s",
                      verdict_names[move->to->verdict]);
    else if (!move->to)
        buffer_printf(&l->line, "no longer in the rubric, was %s",
                      verdict_names[move->from->verdict]);
    else
        buffer_printf(&l->line, "%s, was %s", verdict_names[move->to->verdict],
                      verdict_names[move->from->verdict]);
    put(l, 2);
    if (same_quote(move)) {
        write_quote(l, move->to, "said");
        return;
    }
    write_quote(l, move->from, "then");
    write_quote(l, move->to, "now");
}

static void heading(struct listing *l)
{
    screen_style(l->out, l->screen, SCREEN_BOLD);
    put(l, 0);
    screen_style(l->out, l->screen, SCREEN_NORMAL);
}

static void write_moves(struct listing *l, const struct grade *from,
                        const struct grade *to)
{
    buffer_add_char(l->out, '\n');
    buffer_printf(&l->line, "From %zu to ", (size_t)(from - l->report->grades) + 1);
    if (to == l->report->now)
        buffer_add_string(&l->line, "what it would be now");
    else
        buffer_printf(&l->line, "%zu", (size_t)(to - l->report->grades) + 1);
    buffer_add_string(&l->line, ", ");
    add_grader(to, &l->line);
    buffer_add_string(&l->line, ": ");
    grade_total(to->total, &l->line);
    buffer_add_string(&l->line, ", was ");
    grade_total(from->total, &l->line);
    heading(l);
    write_reasons(l, from, to);
    if (!moves_each(from, to, write_move, l)) {
        buffer_add_string(&l->line, "No verdict moved.");
        put(l, 2);
    }
}

static void write_now(struct listing *l)
{
    const struct grade *now = l->report->now, *before = moves_before(l->report, now);
    bool same = moves_nothing_new(l->report);
    if (before && !same)
        write_moves(l, before, now);
    buffer_add_char(l->out, '\n');
    buffer_add_string(&l->line, same ? "Graded now it would be the same."
                                     : "It is not in the transcript yet.");
    if (!same && l->report->id)
        buffer_printf(&l->line, " viva score %.8s%s adds it.", l->report->id,
                      l->report->card.again ? l->report->card.again : "");
    put(l, 0);
}

void moves_text(const struct report *report, const struct screen *screen,
                struct buffer *out)
{
    struct listing l = { report, screen, out, BUFFER_INIT };
    if (report->unsealed) {
        buffer_add_string(&l.line, report_unsealed);
        put(&l, 0);
        buffer_release(&l.line);
        return;
    }
    buffer_printf(&l.line,
                  report->grade_count ? "Scores of %s" : "No score of %s is recorded yet",
                  report->card.title);
    heading(&l);
    for (size_t i = 0; i < report->grade_count; i++)
        write_grade(&l, &report->grades[i]);
    for (size_t i = 0; i < report->grade_count; i++) {
        const struct grade *before = moves_before(report, &report->grades[i]);
        if (before)
            write_moves(&l, before, &report->grades[i]);
    }
    if (!report->wordless)
        write_now(&l);
    buffer_release(&l.line);
}
