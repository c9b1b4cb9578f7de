/* agree.c - the figures of an agreement between graders, as text and as JSON. */
#include "report/agree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "scoring/agreement.h"
#include "scoring/rubric.h"
#include "scoring/score.h"

const char *const agree_kind_names[] = { "criteria", "dimensions", "totals", NULL };

/* Verdicts; 0 to 4 in whole steps; the seven bands of the scale (DESIGN, section 2). */
static const size_t classes_of[AGREE_KINDS] = { 3, 5, 7 };

static int class_of(enum agree_kind kind, double value)
{
    return kind == AGREE_TOTAL ? score_band_index(value) : (int)lround(value);
}

static bool fits(const struct agree_unit *unit, enum agree_kind kind, const char *what)
{
    return unit->kind == kind && (!what || !strcmp(unit->what, what));
}

/* --- figures --- */

struct sums {
    struct agreement_table table;
    double apart, bias;
};

static void add_pair(struct sums *s, const struct agree_unit *unit, size_t first, size_t second)
{
    double a = unit->values[first], b = unit->values[second];
    if (isnan(a) || isnan(b))
        return;
    agreement_count(&s->table, class_of(unit->kind, a), class_of(unit->kind, b));
    s->apart += fabs(a - b);
    s->bias += a - b;
}

static void add_unit(const struct agree *a, const struct agree_unit *unit, int first, int second,
                     struct sums *s)
{
    if (first >= 0) {
        add_pair(s, unit, (size_t)first, (size_t)second);
        return;
    }
    for (size_t i = 0; i < a->grader_count; i++)
        for (size_t j = i + 1; j < a->grader_count; j++)
            add_pair(s, unit, i, j);
}

void agree_figures(const struct agree *a, enum agree_kind kind, const char *what, int first,
                   int second, struct agree_figures *out)
{
    struct sums s = { .table.classes = classes_of[kind] };
    for (size_t i = 0; i < a->unit_count; i++)
        if (fits(&a->units[i], kind, what))
            add_unit(a, &a->units[i], first, second, &s);
    size_t n = agreement_total(&s.table);
    *out = (struct agree_figures) {
        .n = n,
        .exact = agreement_within(&s.table, 0),
        .within = agreement_within(&s.table, 1),
        .kappa = n < 2 ? NAN : agreement_kappa(&s.table),
        .apart = n ? s.apart / (double)n : NAN,
        .bias = n ? s.bias / (double)n : NAN,
    };
}

double agree_alpha(const struct agree *a, enum agree_kind kind, const char *what)
{
    int *ratings = xcalloc(a->unit_count * a->grader_count + 1, sizeof(*ratings));
    size_t units = 0;
    for (size_t i = 0; i < a->unit_count; i++) {
        if (!fits(&a->units[i], kind, what))
            continue;
        for (size_t g = 0; g < a->grader_count; g++) {
            double value = a->units[i].values[g];
            ratings[units * a->grader_count + g] = isnan(value) ? -1 : class_of(kind, value);
        }
        units++;
    }
    double alpha = agreement_alpha(ratings, units, a->grader_count, classes_of[kind]);
    free(ratings);
    return alpha;
}

/* --- what differs most --- */

static double span(const struct agree *a, const struct agree_unit *unit)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t g = 0; g < a->grader_count; g++) {
        low = fmin(low, unit->values[g]); /* fmin and fmax pass NAN over */
        high = fmax(high, unit->values[g]);
    }
    return high - low;
}

struct dispute {
    const struct agree_unit *unit;
    double span;
};

static int by_span(const void *a, const void *b)
{
    const struct dispute *left = a, *right = b;
    if (left->span != right->span)
        return left->span < right->span ? 1 : -1;
    return left->unit < right->unit ? -1 : 1;
}

/* Criteria that are graded differently, the furthest apart first; returns how many, at most
 * a->worst. `out` has room for all units. */
static size_t find_disputes(const struct agree *a, struct dispute *out)
{
    size_t count = 0;
    for (size_t i = 0; i < a->unit_count; i++)
        if (a->units[i].kind == AGREE_CRITERION && span(a, &a->units[i]) > 0)
            out[count++] = (struct dispute) { &a->units[i], span(a, &a->units[i]) };
    if (count)
        qsort(out, count, sizeof(*out), by_span);
    return count < a->worst ? count : a->worst;
}

/* Ids of a kind in the order of their first unit; `out` has room for all units. */
static size_t find_ids(const struct agree *a, enum agree_kind kind, const char **out)
{
    size_t count = 0;
    for (size_t i = 0; i < a->unit_count; i++) {
        bool known = a->units[i].kind != kind;
        for (size_t j = 0; j < count && !known; j++)
            known = !strcmp(out[j], a->units[i].what);
        if (!known)
            out[count++] = a->units[i].what;
    }
    return count;
}

/* --- text --- */

enum { FIGURES_WIDTH = 33, NAME_LEAST = 12, NAME_MOST = 40 };

struct writer {
    const struct agree *a;
    const struct screen *screen;
    struct buffer *out;
    int name;
};

static void add_number(struct buffer *out, int width, const char *format, double value)
{
    char text[32] = "-";
    if (!isnan(value))
        snprintf(text, sizeof(text), format, value);
    buffer_printf(out, "%*s", width, text);
}

static void write_figures(const struct writer *w, const char *name, enum agree_kind kind,
                          const struct agree_figures *f)
{
    screen_cell(w->out, w->screen, name, w->name);
    buffer_printf(w->out, "%5zu", f->n);
    add_number(w->out, 7, "%.0f%%", f->exact * 100);
    add_number(w->out, 8, "%.0f%%", f->within * 100);
    add_number(w->out, 7, "%.2f", f->kappa);
    if (kind == AGREE_TOTAL)
        add_number(w->out, 6, "%.1f", f->apart);
    buffer_add_char(w->out, '\n');
}

static const char *const headings[AGREE_KINDS] = {
    "Criteria (absent, mentioned, explained)",
    "Dimensions (0 to 4)",
    "Totals (the seven bands of the scale)",
};

static void write_heading(const struct writer *w, enum agree_kind kind, const char *heading)
{
    screen_heading(w->out, w->screen, heading);
    buffer_printf(w->out, "%*s%5s%7s%8s%7s%s\n", w->name, "", "n", "exact", "near", "kappa",
                  kind == AGREE_TOTAL ? " apart" : "");
}

static void write_alpha(const struct writer *w, enum agree_kind kind)
{
    if (w->a->grader_count < 3)
        return;
    buffer_printf(w->out, "all %zu together: Krippendorff's alpha", w->a->grader_count);
    add_number(w->out, 6, "%.2f", agree_alpha(w->a, kind, NULL));
    buffer_add_char(w->out, '\n');
}

static void write_pairs(const struct writer *w, enum agree_kind kind)
{
    write_heading(w, kind, headings[kind]);
    for (size_t i = 0; i < w->a->grader_count; i++)
        for (size_t j = i + 1; j < w->a->grader_count; j++) {
            struct agree_figures f;
            struct buffer name = BUFFER_INIT;
            agree_figures(w->a, kind, NULL, (int)i, (int)j, &f);
            buffer_printf(&name, "%s, %s", w->a->graders[i], w->a->graders[j]);
            if (f.n)
                write_figures(w, name.data, kind, &f);
            buffer_release(&name);
        }
    write_alpha(w, kind);
}

/* A row an id, all pairs pooled. */
static void write_each(const struct writer *w, enum agree_kind kind, const char *heading)
{
    const char **ids = xcalloc(w->a->unit_count + 1, sizeof(*ids));
    size_t count = find_ids(w->a, kind, ids);
    write_heading(w, kind, heading);
    for (size_t i = 0; i < count; i++) {
        struct agree_figures f;
        agree_figures(w->a, kind, ids[i], -1, -1, &f);
        if (f.n)
            write_figures(w, ids[i], kind, &f);
    }
    free(ids);
}

static void write_grade(const struct writer *w, const struct agree_unit *unit, size_t grader)
{
    if (isnan(unit->values[grader]))
        return;
    const char *quote = unit->quotes ? unit->quotes[grader] : NULL;
    struct buffer line = BUFFER_INIT;
    buffer_printf(&line, "%s: %s", w->a->graders[grader],
                  verdict_names[(int)lround(unit->values[grader])]);
    if (quote && *quote)
        buffer_printf(&line, ", \"%s\"", quote);
    screen_wrap(w->out, line.data, line.length, w->screen->width, 6, 4);
    buffer_add_char(w->out, '\n');
    buffer_release(&line);
}

static void write_disputes(const struct writer *w)
{
    struct dispute *disputes = xcalloc(w->a->unit_count + 1, sizeof(*disputes));
    size_t count = find_disputes(w->a, disputes);
    if (count) {
        screen_heading(w->out, w->screen, "Furthest apart");
    }
    for (size_t i = 0; i < count; i++) {
        struct buffer line = BUFFER_INIT;
        buffer_printf(&line, "%s in %s (%s)", disputes[i].unit->what, disputes[i].unit->transcript,
                      disputes[i].unit->scenario);
        screen_wrap(w->out, line.data, line.length, w->screen->width, 4, 2);
        buffer_add_char(w->out, '\n');
        buffer_release(&line);
        for (size_t g = 0; g < w->a->grader_count; g++)
            write_grade(w, disputes[i].unit, g);
    }
    free(disputes);
}

/* What the reader should know before the figures. */
static void write_head(const struct writer *w)
{
    const struct agree *a = w->a;
    struct agree_figures all;
    struct buffer head = BUFFER_INIT;
    agree_figures(a, AGREE_CRITERION, NULL, -1, -1, &all);
    buffer_printf(&head, "%zu graders, %zu transcript%s, newest score of each grader.",
                  a->grader_count, a->transcripts, a->transcripts == 1 ? "" : "s");
    if (a->left_out)
        buffer_printf(&head, " %zu score%s not sealed and left out.", a->left_out,
                      a->left_out == 1 ? " is" : "s are");
    if (all.n < AGREE_FEW)
        buffer_printf(&head, " Fewer than %d verdicts in common: take kappa for a hint, no more.",
                      AGREE_FEW);
    screen_paragraph(w->out, w->screen, head.data, 0);
    buffer_release(&head);
}

static int name_width(const struct agree *a, const struct screen *screen)
{
    int widest = NAME_LEAST;
    for (size_t i = 0; i < a->grader_count; i++)
        for (size_t j = i + 1; j < a->grader_count; j++) {
            int width = utf8_width(a->graders[i], strlen(a->graders[i])) +
                        utf8_width(a->graders[j], strlen(a->graders[j])) + 2;
            widest = width > widest ? width : widest;
        }
    for (size_t i = 0; i < a->unit_count; i++) {
        int width = utf8_width(a->units[i].what, strlen(a->units[i].what));
        widest = width > widest ? width : widest;
    }
    int room = screen->width - FIGURES_WIDTH;
    widest = widest < NAME_MOST ? widest : NAME_MOST;
    return widest < room ? widest : room;
}

void agree_write(const struct agree *a, const struct screen *screen, struct buffer *out)
{
    struct writer w = { .a = a, .screen = screen, .out = out, .name = name_width(a, screen) };
    write_head(&w);
    for (int kind = 0; kind < AGREE_KINDS; kind++)
        write_pairs(&w, (enum agree_kind)kind);
    write_each(&w, AGREE_DIMENSION, "Dimension by dimension, all pairs");
    write_each(&w, AGREE_CRITERION, "Criterion by criterion, all pairs");
    write_disputes(&w);
}

/* --- JSON --- */

static json_t *figures_json(const struct agree_figures *f)
{
    json_t *object = json_object();
    json_object_set_new(object, "n", json_integer((json_int_t)f->n));
    json_object_set_new(object, "exact", json_figure(f->exact));
    json_object_set_new(object, "within_one", json_figure(f->within));
    json_object_set_new(object, "kappa", json_figure(f->kappa));
    json_object_set_new(object, "apart", json_figure(f->apart));
    json_object_set_new(object, "bias", json_figure(f->bias));
    return object;
}

static json_t *pairs_json(const struct agree *a, enum agree_kind kind)
{
    json_t *list = json_array();
    for (size_t i = 0; i < a->grader_count; i++)
        for (size_t j = i + 1; j < a->grader_count; j++) {
            struct agree_figures f;
            agree_figures(a, kind, NULL, (int)i, (int)j, &f);
            json_t *object = figures_json(&f), *graders = json_array();
            json_array_append_new(graders, json_text_new(a->graders[i], strlen(a->graders[i])));
            json_array_append_new(graders, json_text_new(a->graders[j], strlen(a->graders[j])));
            json_object_set_new(object, "graders", graders);
            json_array_append_new(list, object);
        }
    return list;
}

static json_t *each_json(const struct agree *a, enum agree_kind kind)
{
    json_t *list = json_array();
    const char **ids = xcalloc(a->unit_count + 1, sizeof(*ids));
    size_t count = find_ids(a, kind, ids);
    for (size_t i = 0; i < count; i++) {
        struct agree_figures f;
        agree_figures(a, kind, ids[i], -1, -1, &f);
        json_t *object = figures_json(&f);
        json_object_set_new(object, "id", json_text_new(ids[i], strlen(ids[i])));
        json_object_set_new(object, "alpha", json_figure(agree_alpha(a, kind, ids[i])));
        json_array_append_new(list, object);
    }
    free(ids);
    return list;
}

static json_t *grades_json(const struct agree *a, const struct agree_unit *unit)
{
    json_t *list = json_array();
    for (size_t g = 0; g < a->grader_count; g++) {
        if (isnan(unit->values[g]))
            continue;
        const char *quote = unit->quotes ? unit->quotes[g] : NULL;
        json_t *object = json_object();
        json_object_set_new(object, "grader", json_text_new(a->graders[g], strlen(a->graders[g])));
        json_object_set_new(object, "verdict",
                            json_string(verdict_names[(int)lround(unit->values[g])]));
        json_object_set_new(object, "quote",
                            quote ? json_text_new(quote, strlen(quote)) : json_null());
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *disputed_json(const struct agree *a)
{
    json_t *list = json_array();
    struct dispute *disputes = xcalloc(a->unit_count + 1, sizeof(*disputes));
    size_t count = find_disputes(a, disputes);
    for (size_t i = 0; i < count; i++) {
        const struct agree_unit *unit = disputes[i].unit;
        json_t *object = json_object();
        json_object_set_new(object, "transcript",
                            json_text_new(unit->transcript, strlen(unit->transcript)));
        json_object_set_new(object, "scenario",
                            json_text_new(unit->scenario, strlen(unit->scenario)));
        json_object_set_new(object, "criterion", json_text_new(unit->what, strlen(unit->what)));
        json_object_set_new(object, "grades", grades_json(a, unit));
        json_array_append_new(list, object);
    }
    free(disputes);
    return list;
}

void agree_json(const struct agree *a, struct buffer *out)
{
    json_t *root = json_object(), *graders = json_array();
    for (size_t i = 0; i < a->grader_count; i++)
        json_array_append_new(graders, json_text_new(a->graders[i], strlen(a->graders[i])));
    json_object_set_new(root, "graders", graders);
    json_object_set_new(root, "transcripts", json_integer((json_int_t)a->transcripts));
    json_object_set_new(root, "left_out", json_integer((json_int_t)a->left_out));
    for (int kind = 0; kind < AGREE_KINDS; kind++) {
        json_t *object = json_object();
        json_object_set_new(object, "pairs", pairs_json(a, (enum agree_kind)kind));
        json_object_set_new(object, "alpha", json_figure(agree_alpha(a, (enum agree_kind)kind, NULL)));
        if (kind != AGREE_TOTAL)
            json_object_set_new(object, "each", each_json(a, (enum agree_kind)kind));
        json_object_set_new(root, agree_kind_names[kind], object);
    }
    json_object_set_new(root, "disputed", disputed_json(a));
    json_write(out, root);
    buffer_add_char(out, '\n');
    json_decref(root);
}
