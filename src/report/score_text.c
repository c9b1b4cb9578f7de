#include "report/score_text.h"

#include <string.h>

#include "report/digest.h"

/* Columns before a verdict, and before the quote under it. */
enum { MARGIN = 2, VERDICT_COLUMNS = 11, QUOTE_MARGIN = MARGIN + VERDICT_COLUMNS };

void score_text_write(struct buffer *out, const struct score_report *r)
{
    buffer_printf(out, "%5.1f  %-22s", r->score->total,
                  r->score->part ? "of a part alone" : score_band(r->score->total));
    for (int i = 0; i < LEVEL_COUNT; i++) {
        const struct level_score *l = &r->score->levels[i];
        buffer_printf(out, "  %s: ", level_names[i]);
        if (l->cleared)
            buffer_add_string(out, "cleared");
        else if (r->score->total >= level_bars[i] && l->short_count)
            buffer_printf(out, "%zu short", l->short_count);
        else
            buffer_add_string(out, "no");
    }
    bool model = strcmp(r->grader, "rubric") != 0;
    buffer_printf(out, "  %s%s%s\n", r->id ? r->id : "", model ? "  by " : "",
                  model ? r->grader : "");
}

/* "explained  ids": what it is, and of what. */
static void write_head(struct buffer *out, const struct screen *s, const char *what,
                       const char *of)
{
    buffer_printf(out, "%*s", MARGIN, "");
    screen_cell(out, s, what, VERDICT_COLUMNS);
    buffer_add_string(out, of);
}

static void write_quote(struct buffer *out, const struct screen *s,
                        const struct score_report *r, const struct quote *quote,
                        const struct expression_place *by)
{
    if (by && by->list) {
        buffer_add_string(out, "  ");
        expression_place_name(by, out);
    }
    buffer_add_char(out, '\n');
    if (!digest_has_quote(r->answer, quote))
        return;
    struct buffer text = BUFFER_INIT;
    digest_quote(r->answer, quote, &text);
    screen_wrap(out, text.data, text.length, s->width, QUOTE_MARGIN, QUOTE_MARGIN);
    buffer_add_char(out, '\n');
    buffer_release(&text);
}

static void write_criteria(struct buffer *out, const struct screen *s,
                           const struct score_report *r)
{
    for (size_t i = 0; i < r->score->criterion_count; i++) {
        const struct criterion_score *c = &r->score->criteria[i];
        enum verdict verdict = c->graded ? c->verdict : VERDICT_NOT_ASKED;
        write_head(out, s, verdict_names[verdict], r->rubric->criteria[i].id);
        write_quote(out, s, r, &c->quote, &c->by);
    }
}

static void write_flags(struct buffer *out, const struct screen *s,
                        const struct score_report *r)
{
    for (size_t i = 0; i < r->score->red_flag_count; i++) {
        const struct red_flag_score *f = &r->score->red_flags[i];
        write_head(out, s, "red flag", f->flag->id);
        if (f->cost > 0)
            buffer_printf(out, "  -%.1f", f->cost);
        write_quote(out, s, r, &f->quote, &f->by);
    }
    for (size_t i = 0; i < r->score->slip_count; i++) {
        const struct arithmetic_slip *slip = &r->score->slips[i];
        write_head(out, s, "figure", "it comes to ");
        digest_figures(slip, out);
        write_quote(out, s, r, &slip->quote, NULL);
    }
}

static void write_guards(struct buffer *out, const struct screen *s,
                         const struct score_report *r)
{
    for (size_t i = 0; i < r->score->guard_count; i++) {
        const struct guard_score *g = &r->score->guards[i];
        write_head(out, s, "guard", g->id);
        if (g->factor < 1)
            buffer_printf(out, "  leaves %.0f %%", 100 * g->factor);
        buffer_add_char(out, '\n');
        screen_wrap(out, g->words, strlen(g->words), s->width, QUOTE_MARGIN,
                    QUOTE_MARGIN);
        buffer_add_char(out, '\n');
    }
}

void score_text_write_evidence(struct buffer *out, const struct screen *s,
                               const struct score_report *r)
{
    write_criteria(out, s, r);
    write_flags(out, s, r);
    write_guards(out, s, r);
}
