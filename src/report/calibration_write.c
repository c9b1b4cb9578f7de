/* calibration_write.c - the sheet of a calibration as text and as JSON. */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "report/calibration_internal.h"
#include "scoring/rubric.h"

/* --- tables --- */

/* A column: what it shows, how wide it is and how the number is written. */
struct column {
    const char *heading;
    enum measure measure;
    int width;
    const char *format; /* of a double */
    double scale;
};

static const struct column total_columns[] = {
    { "Spearman", MEASURE_SPEARMAN, 9, "%.3f", 1 },
    { "Pearson", MEASURE_PEARSON, 8, "%.3f", 1 },
    { "error", MEASURE_ERROR, 6, "%.1f", 1 },
    { "bias", MEASURE_BIAS, 6, "%+.1f", 1 },
    { "bands", MEASURE_BANDS, 6, "%.0f%%", 100 },
    { "near", MEASURE_BANDS_NEAR, 6, "%.0f%%", 100 },
    { "kappa", MEASURE_BANDS_KAPPA, 6, "%.2f", 1 },
    { NULL, MEASURE_COUNT, 0, NULL, 0 },
};

static const struct column criterion_columns[] = {
    { "kappa", MEASURE_KAPPA, 7, "%.2f", 1 },
    { "prec.", MEASURE_ANY_PRECISION, 7, "%.2f", 1 },
    { "recall", MEASURE_ANY_RECALL, 7, "%.2f", 1 },
    { "F1", MEASURE_ANY_F1, 5, "%.2f", 1 },
    { "prec.", MEASURE_EXPLAINED_PRECISION, 8, "%.2f", 1 },
    { "recall", MEASURE_EXPLAINED_RECALL, 7, "%.2f", 1 },
    { "F1", MEASURE_EXPLAINED_F1, 5, "%.2f", 1 },
    { NULL, MEASURE_COUNT, 0, NULL, 0 },
};

static const struct column other_columns[] = {
    { "Pearson", MEASURE_RATERS_PEARSON, 9, "%.3f", 1 },
    { "apart", MEASURE_RATERS_APART, 7, "%.1f", 1 },
    { "alone", MEASURE_WORDS, 10, "%.2f", 1 },
    { "with error", MEASURE_ERROR_WORDS, 12, "%+.2f", 1 },
    { NULL, MEASURE_COUNT, 0, NULL, 0 },
};

struct writer {
    const struct calibration_sheet *sheet;
    const struct screen *screen;
    struct buffer *out;
    int name_width, criterion_width; /* columns of the first cell */
};

static int wider(int width, const char *text)
{
    int columns = utf8_width(text, strlen(text));
    return columns > width ? columns : width;
}

/* What is left beside `taken` columns, but no more than needed and no less than can be read. */
static int fitting(const struct screen *screen, int taken, int needed)
{
    enum { LEAST = 8 };
    int left = screen->width - taken;
    return needed < left ? needed : left > LEAST ? left : LEAST;
}

static void add_cell(struct buffer *out, const struct column *column, double value)
{
    char text[32] = "-";
    if (!isnan(value))
        snprintf(text, sizeof(text), column->format, value * column->scale);
    buffer_printf(out, "%*s", column->width, text);
}

static void write_row(const struct writer *w, const char *name, size_t n,
                      const struct column *columns, const double *measure)
{
    screen_cell(w->out, w->screen, name, w->name_width);
    buffer_printf(w->out, "%5zu", n);
    for (; columns->heading; columns++)
        add_cell(w->out, columns, measure[columns->measure]);
    buffer_add_char(w->out, '\n');
}

static void write_table(const struct writer *w, const char *title, const char *group,
                        const struct column *columns, bool of_points)
{
    const struct calibration_sheet *s = w->sheet;
    buffer_add_char(w->out, '\n');
    if (group)
        buffer_printf(w->out, "%*s%s\n", w->name_width + 5, "", group);
    screen_cell(w->out, w->screen, title, w->name_width);
    buffer_printf(w->out, "%5s", "n");
    for (const struct column *c = columns; c->heading; c++)
        buffer_printf(w->out, "%*s", c->width, c->heading);
    buffer_add_char(w->out, '\n');
    for (size_t i = 0; i < s->scenario_count; i++) {
        const struct calibration_figures *f = &s->scenarios[i].figures;
        write_row(w, s->scenarios[i].name, of_points ? f->points : f->answers, columns, f->measure);
    }
    if (s->scenario_count < 2)
        return;
    size_t n = of_points ? s->all.points : s->all.answers;
    write_row(w, "together", n, columns, s->all.measure);
    write_row(w, "mean", n, columns, s->mean.measure);
}

static void write_criteria(const struct writer *w)
{
    static const struct column shown[] = {
        { "kappa", MEASURE_COUNT, 8, "%.2f", 1 },
        { "F1 any", MEASURE_COUNT, 9, "%.2f", 1 },
        { "F1 explained", MEASURE_COUNT, 15, "%.2f", 1 },
    };
    const char *scenario = NULL;
    for (size_t i = 0; i < w->sheet->criterion_count; i++) {
        const struct criterion_row *row = &w->sheet->criteria[i];
        if (!scenario || strcmp(scenario, row->scenario) != 0) {
            scenario = row->scenario;
            buffer_add_char(w->out, '\n');
            screen_cell(w->out, w->screen, scenario, w->criterion_width);
            buffer_printf(w->out, "%5s%*s%*s%*s\n", "n", shown[0].width, shown[0].heading,
                          shown[1].width, shown[1].heading, shown[2].width, shown[2].heading);
        }
        buffer_add_string(w->out, "  ");
        screen_cell(w->out, w->screen, row->criterion, w->criterion_width - 2);
        buffer_printf(w->out, "%5zu", agreement_total(&row->verdicts));
        add_cell(w->out, &shown[0], agreement_kappa(&row->verdicts));
        add_cell(w->out, &shown[1], agreement_finding(&row->verdicts, 1).f1);
        add_cell(w->out, &shown[2], agreement_finding(&row->verdicts, 2).f1);
        buffer_add_char(w->out, '\n');
    }
}

/* --- the worst --- */

/* The quote in quotation marks on lines of its own; blanks and breaks become one space. */
static void write_quote(const struct writer *w, const struct calibration_point *p)
{
    struct buffer line = BUFFER_INIT;
    expression_place_name(&p->by, &line);
    if (p->by.list)
        buffer_add_string(&line, ": ");
    buffer_add_string(&line, p->nearest ? "nearest: \"" : "\"");
    for (size_t i = 0; i < p->quote_length; i++) {
        bool blank = strchr(" \t\r\n", p->quote[i]) != NULL && p->quote[i];
        if (!blank)
            buffer_add_char(&line, p->quote[i]);
        else if (line.data[line.length - 1] != ' ')
            buffer_add_char(&line, ' ');
    }
    buffer_add_char(&line, '"');
    screen_wrap(w->out, line.data, line.length, w->screen->width, 4, 4);
    buffer_add_char(w->out, '\n');
    buffer_release(&line);
}

static void write_worst_points(const struct writer *w)
{
    if (!w->sheet->point_count)
        return;
    buffer_add_string(w->out, "\nCriteria furthest apart\n");
    for (size_t i = 0; i < w->sheet->point_count; i++) {
        const struct worst_point *worst = &w->sheet->points[i];
        struct buffer line = BUFFER_INIT;
        buffer_printf(&line, "%s  %s: graders %s, here %s", worst->answer->id,
                      worst->point->criterion, verdict_names[worst->point->truth],
                      verdict_names[worst->point->verdict]);
        screen_wrap(w->out, line.data, line.length, w->screen->width, 4, 2);
        buffer_add_char(w->out, '\n');
        buffer_release(&line);
        if (worst->point->quote)
            write_quote(w, worst->point);
    }
}

/* "the guard topic leaves 44%; red flags one-queue-is-fair" */
static void write_costs(const struct writer *w, const struct calibration_answer *a)
{
    struct buffer line = BUFFER_INIT;
    size_t flags = 0;
    for (size_t i = 0; i < a->cost_count; i++) {
        const struct calibration_cost *cost = &a->costs[i];
        bool guard = !isnan(cost->factor);
        buffer_add_string(&line, !line.length ? "" : guard || !flags ? "; " : ", ");
        if (guard)
            buffer_printf(&line, "the guard %s leaves %.0f%%", cost->id,
                          100 * cost->factor);
        else
            buffer_printf(&line, "%s%s", flags++ ? "" : "red flags ", cost->id);
    }
    if (line.length) {
        screen_wrap(w->out, line.data, line.length, w->screen->width, 4, 4);
        buffer_add_char(w->out, '\n');
    }
    buffer_release(&line);
}

static json_t *costs_json(const struct calibration_answer *a, bool guards)
{
    json_t *list = json_array();
    for (size_t i = 0; i < a->cost_count; i++)
        if (!isnan(a->costs[i].factor) == guards)
            json_array_append_new(list, json_string(a->costs[i].id));
    return list;
}

enum { TOTALS_WIDTH = 40 }; /* of a line, without its name */

static void write_worst_totals(const struct writer *w)
{
    if (!w->sheet->total_count)
        return;
    int widest = 0;
    for (size_t i = 0; i < w->sheet->total_count; i++)
        widest = wider(widest, w->sheet->totals[i]->id);
    widest = fitting(w->screen, TOTALS_WIDTH, widest);
    buffer_add_string(w->out, "\nTotals furthest apart\n");
    for (size_t i = 0; i < w->sheet->total_count; i++) {
        const struct calibration_answer *a = w->sheet->totals[i];
        buffer_add_string(w->out, "  ");
        screen_cell(w->out, w->screen, a->id, widest);
        buffer_printf(w->out, "  graders %5.1f  here %5.1f  %+6.1f\n", a->truth, a->score,
                      a->score - a->truth);
        write_costs(w, a);
    }
}

/* --- all of it --- */

static void write_legend(const struct writer *w)
{
    static const char text[] =
        "error, bias and apart are in points; near: in the same band or the next one. "
        "viva-calibrate(1) has the other columns.";
    buffer_add_char(w->out, '\n');
    screen_wrap(w->out, text, sizeof(text) - 1, w->screen->width, 0, 0);
    buffer_add_char(w->out, '\n');
}

enum { TABLE_WIDTH = 52, CRITERIA_WIDTH = 37 }; /* of the widest tables, without their names */

static void find_widths(struct writer *w)
{
    const struct calibration_sheet *s = w->sheet;
    int name = wider(0, "together"), criterion = 0;
    for (size_t i = 0; i < s->scenario_count; i++)
        name = wider(name, s->scenarios[i].name);
    for (size_t i = 0; i < s->criterion_count; i++)
        criterion = wider(wider(criterion, s->criteria[i].criterion), s->criteria[i].scenario);
    w->name_width = fitting(w->screen, TABLE_WIDTH, name);
    w->criterion_width = fitting(w->screen, CRITERIA_WIDTH, criterion + 2);
}

void calibration_write(const struct calibration *c, const struct screen *screen, struct buffer *out)
{
    struct arena arena = ARENA_INIT;
    struct calibration_sheet sheet;
    calibration_sheet_make(c, &arena, &sheet);
    struct writer w = { .sheet = &sheet, .screen = screen, .out = out };
    find_widths(&w);
    struct buffer head = BUFFER_INIT;
    buffer_printf(&head, "%zu graded answers, %zu scenario%s, held against %s", sheet.all.answers,
                  sheet.scenario_count, sheet.scenario_count == 1 ? "" : "s", c->grader);
    screen_wrap(out, head.data, head.length, screen->width, 0, 0);
    buffer_add_char(out, '\n');
    buffer_release(&head);
    write_table(&w, "scores", NULL, total_columns, false);
    write_table(&w, "criteria", "          any evidence         explained", criterion_columns,
                true);
    write_table(&w, "beside", "  graders         word count", other_columns, false);
    write_legend(&w);
    if (c->criteria)
        write_criteria(&w);
    write_worst_points(&w);
    write_worst_totals(&w);
    arena_release(&arena);
}

/* --- JSON --- */

static json_t *figures_json(const struct calibration_figures *f)
{
    json_t *object = json_object();
    json_object_set_new(object, "answers", json_integer((json_int_t)f->answers));
    json_object_set_new(object, "points", json_integer((json_int_t)f->points));
    for (int m = 0; m < MEASURE_COUNT; m++)
        json_object_set_new(object, measure_names[m], json_figure(f->measure[m]));
    return object;
}

static json_t *criteria_json(const struct calibration_sheet *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->criterion_count; i++) {
        const struct criterion_row *row = &s->criteria[i];
        json_t *object = json_object();
        json_object_set_new(object, "scenario", json_string(row->scenario));
        json_object_set_new(object, "id", json_string(row->criterion));
        json_object_set_new(object, "points",
                            json_integer((json_int_t)agreement_total(&row->verdicts)));
        json_object_set_new(object, "kappa", json_figure(agreement_kappa(&row->verdicts)));
        json_object_set_new(object, "any_f1", json_figure(agreement_finding(&row->verdicts, 1).f1));
        json_object_set_new(object, "explained_f1",
                            json_figure(agreement_finding(&row->verdicts, 2).f1));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *worst_json(const struct calibration_sheet *s)
{
    json_t *points = json_array(), *totals = json_array(), *worst = json_object();
    for (size_t i = 0; i < s->point_count; i++) {
        const struct calibration_point *p = s->points[i].point;
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(s->points[i].answer->id));
        json_object_set_new(object, "criterion", json_string(p->criterion));
        json_object_set_new(object, "graders", json_string(verdict_names[p->truth]));
        json_object_set_new(object, "here", json_string(verdict_names[p->verdict]));
        json_object_set_new(object, p->nearest ? "nearest" : "quote",
                            p->quote ? json_text_new(p->quote, p->quote_length) : json_null());
        if (p->by.list) {
            struct buffer by = BUFFER_INIT;
            expression_place_name(&p->by, &by);
            json_object_set_new(object, "by", json_text_new(by.data, by.length));
            buffer_release(&by);
        }
        json_array_append_new(points, object);
    }
    for (size_t i = 0; i < s->total_count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(s->totals[i]->id));
        json_object_set_new(object, "graders", json_figure(s->totals[i]->truth));
        json_object_set_new(object, "here", json_figure(s->totals[i]->score));
        json_object_set_new(object, "guards", costs_json(s->totals[i], true));
        json_object_set_new(object, "red_flags", costs_json(s->totals[i], false));
        json_array_append_new(totals, object);
    }
    json_object_set_new(worst, "criteria", points);
    json_object_set_new(worst, "totals", totals);
    return worst;
}

void calibration_json(const struct calibration *c, struct buffer *out)
{
    struct arena arena = ARENA_INIT;
    struct calibration_sheet sheet;
    calibration_sheet_make(c, &arena, &sheet);
    json_t *root = json_object(), *scenarios = json_object();
    for (size_t i = 0; i < sheet.scenario_count; i++)
        json_object_set_new(scenarios, sheet.scenarios[i].name,
                            figures_json(&sheet.scenarios[i].figures));
    json_object_set_new(root, "source", json_text_new(c->source, strlen(c->source)));
    json_object_set_new(root, "grader", json_string(c->grader));
    json_object_set_new(root, "scenarios", scenarios);
    json_object_set_new(root, "together", figures_json(&sheet.all));
    json_object_set_new(root, "mean", figures_json(&sheet.mean));
    json_object_set_new(root, "criteria", criteria_json(&sheet));
    json_object_set_new(root, "worst", worst_json(&sheet));
    json_write(out, root);
    buffer_add_char(out, '\n');
    json_decref(root);
    arena_release(&arena);
}
