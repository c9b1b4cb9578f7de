#include "report/others.h"

#include <string.h>

#include "base/utf8.h"

void others_recommendation(const struct grade *grade, struct buffer *out)
{
    if (!grade->recommendation)
        return;
    grade_words(grade->recommendation, out);
    if (grade->at)
        buffer_printf(out, " at %s", grade->at);
}

size_t others_differ(const struct report *report, const struct grade *grade,
                     void (*each)(void *state, const struct grade_verdict *own,
                                  const struct grade_verdict *other),
                     void *state)
{
    size_t count = 0;
    for (size_t i = 0; i < report->now->verdict_count; i++) {
        const struct grade_verdict *own = &report->now->verdicts[i];
        const struct grade_verdict *other = grade_verdict(grade, own->id);
        if (!other || other->verdict == own->verdict)
            continue;
        count++;
        if (each)
            each(state, own, other);
    }
    return count;
}

/* --- for the terminal --- */

enum { INDENT = 2, INNER = 4, QUOTE_COLUMNS = 160 };

struct aside {
    const struct screen *screen;
    struct buffer *out;
    struct buffer line;
    const char *who;
};

static void put(struct aside *a, int indent)
{
    screen_wrap(a->out, a->line.data, a->line.length, a->screen->width, indent, indent);
    buffer_add_char(a->out, '\n');
    buffer_clear(&a->line);
}

static void write_side(struct aside *a, const char *who, const struct grade_verdict *v)
{
    buffer_printf(&a->line, "%s: %s", who, verdict_names[v->verdict]);
    if (v->quote.text && v->quote.length) {
        size_t fit = utf8_fit(v->quote.text, v->quote.length, QUOTE_COLUMNS);
        buffer_printf(&a->line, ", \"%.*s%s\"", (int)fit, v->quote.text,
                      fit < v->quote.length ? " ..." : "");
    }
    put(a, INNER);
}

static void write_difference(void *state, const struct grade_verdict *own,
                             const struct grade_verdict *other)
{
    struct aside *a = state;
    buffer_add_string(&a->line, own->title);
    put(a, INDENT);
    write_side(a, "built in", own);
    write_side(a, a->who, other);
}

static void write_list(struct aside *a, const char *name, const char *const *texts,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_printf(&a->line, "%s: %s", name, texts[i]);
        put(a, INDENT);
    }
}

static void write_person(struct aside *a, const struct report *report,
                         const struct grade *g)
{
    struct buffer recommendation = BUFFER_INIT;
    others_recommendation(g, &recommendation);
    buffer_printf(&a->line, "%s, sealed: ", g->who);
    if (recommendation.length)
        buffer_printf(&a->line, "%s, ", recommendation.data);
    card_total(g->total, &a->line);
    buffer_release(&recommendation);
    screen_style(a->out, a->screen, SCREEN_BOLD);
    put(a, 0);
    screen_style(a->out, a->screen, SCREEN_NORMAL);
    write_list(a, "strength", g->strengths, g->strength_count);
    write_list(a, "gap", g->gaps, g->gap_count);
    a->who = g->who;
    if (!others_differ(report, g, NULL, NULL)) {
        buffer_add_string(
            &a->line, "The same verdict as the built-in grader wherever both gave one.");
        put(a, INDENT);
        return;
    }
    buffer_printf(&a->line, "Where %s and the built-in grader differ", g->who);
    put(a, 0);
    others_differ(report, g, write_difference, a);
}

void others_text(const struct report *report, const struct screen *screen,
                 struct buffer *out)
{
    struct aside a = { .screen = screen, .out = out, .line = BUFFER_INIT };
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));) {
        buffer_add_char(out, '\n');
        if (g->kind == GRADER_PERSON) {
            write_person(&a, report, g);
            continue;
        }
        buffer_printf(&a.line, "The language model %s gave it ", g->who);
        card_total(g->total, &a.line);
        buffer_add_string(&a.line,
                          "; viva review --grade-with llm shows where the two differ.");
        put(&a, 0);
    }
    buffer_release(&a.line);
}
