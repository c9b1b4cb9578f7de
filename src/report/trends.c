#include "report/trends.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "report/card.h"
#include "report/digest.h"
#include "report/sessions.h"

enum { INDENT = 2, PLAIN_VALUES = 12, SPARK_MOST = 30, TITLE_MOST = 34 };

/* --- making --- */

struct maker {
    const struct library_score **scores; /* those that count */
    size_t count;
    trends_title *title;
    void *state;
    struct arena *arena;
};

static double *no_values(struct maker *m)
{
    double *values = arena_array(m->arena, double, m->count);
    for (size_t i = 0; i < m->count; i++)
        values[i] = NAN;
    return values;
}

static double mean_of(const double *values, size_t count, size_t from, size_t to)
{
    double sum = 0;
    size_t seen = 0, taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]))
            continue;
        if (seen >= from && seen < to) {
            sum += values[i];
            taken++;
        }
        seen++;
    }
    return taken ? sum / (double)taken : NAN;
}

static void sum_up(struct maker *m, struct trend *t)
{
    t->best = NAN;
    for (size_t i = 0; i < m->count; i++) {
        if (isnan(t->values[i]))
            continue;
        t->count++;
        if (isnan(t->best) || t->values[i] > t->best)
            t->best = t->values[i];
    }
    size_t ends = t->count / 3;
    ends = ends < 1 ? 1 : ends > TREND_ENDS ? TREND_ENDS : ends;
    t->first = mean_of(t->values, m->count, 0, ends);
    t->last =
        mean_of(t->values, m->count, t->count > ends ? t->count - ends : 0, t->count);
}

static const struct library_dimension *dimension_of(const struct library_score *s,
                                                    const char *id)
{
    for (size_t i = 0; i < s->dimension_count; i++)
        if (!strcmp(s->dimensions[i].id, id))
            return &s->dimensions[i];
    return NULL;
}

static struct trend make_dimension(struct maker *m, const char *id)
{
    struct buffer title = BUFFER_INIT;
    double *values = no_values(m), over = 0;
    struct trend t = {
        .id = id, .scenario = "", .values = values, .top = 4, .guessed_over = NAN
    };
    for (size_t i = 0; i < m->count; i++) {
        const struct library_dimension *d = dimension_of(m->scores[i], id);
        if (!d || isnan(d->share) || !(d->weight > 0))
            continue;
        values[i] = d->share * 4;
        if (isnan(d->guess))
            continue;
        over += d->guess - values[i];
        t.guesses++;
    }
    if (t.guesses)
        t.guessed_over = over / (double)t.guesses;
    digest_dimension_name(id, &title);
    t.title = arena_strdup(m->arena, title.data);
    buffer_release(&title);
    sum_up(m, &t);
    return t;
}

static bool is_listed(const struct trends *t, const char *id)
{
    for (size_t i = 0; i < t->dimension_count; i++)
        if (!strcmp(t->dimensions[i].id, id))
            return true;
    return false;
}

enum { DIMENSIONS_MOST = 24 };

static void make_dimensions(struct maker *m, struct trends *out)
{
    out->dimensions = arena_array(m->arena, struct trend, DIMENSIONS_MOST);
    for (size_t i = m->count; i-- > 0;) {
        const struct library_score *s = m->scores[i];
        for (size_t k = 0; k < s->dimension_count; k++) {
            if (out->dimension_count == DIMENSIONS_MOST ||
                is_listed(out, s->dimensions[k].id))
                continue;
            struct trend trend = make_dimension(m, s->dimensions[k].id);
            if (trend.count)
                out->dimensions[out->dimension_count++] = trend;
        }
    }
}

/* A criterion in one session. */
struct point {
    const char *scenario, *id;
    size_t session;
    double credit;
    bool absent;
};

static int by_criterion(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    int order = strcmp(x->scenario, y->scenario);
    order = order ? order : strcmp(x->id, y->id);
    return order ? order : x->session < y->session ? -1 : x->session > y->session;
}

static struct point *make_points(struct maker *m, size_t *count)
{
    size_t room = 0;
    for (size_t i = 0; i < m->count; i++)
        room += m->scores[i]->criterion_count;
    struct point *points = xcalloc(room ? room : 1, sizeof(*points));
    *count = 0;
    for (size_t i = 0; i < m->count; i++) {
        const struct library_score *s = m->scores[i];
        for (size_t k = 0; k < s->criterion_count; k++)
            if (!isnan(s->criteria[k].credit) &&
                strcmp(s->criteria[k].verdict, "not-asked") != 0)
                points[(*count)++] =
                    (struct point) { s->session.scenario, s->criteria[k].id, i,
                                     s->criteria[k].credit,
                                     !strcmp(s->criteria[k].verdict, "absent") };
    }
    qsort(points, *count, sizeof(*points), by_criterion);
    return points;
}

/* How the last few points of one criterion went. */
struct group {
    const struct point *points;
    size_t count;
    double last;
};

static int weakest_first(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    if ((x->count > 1) != (y->count > 1)) /* once may be chance */
        return x->count > 1 ? -1 : 1;
    return x->last < y->last   ? -1
           : x->last > y->last ? 1
                               : by_criterion(x->points, y->points);
}

static struct group make_group(const struct point *points, size_t count)
{
    struct group g = { points, count, 0 };
    size_t ends = count < TREND_LATELY ? count : TREND_LATELY;
    for (size_t i = count - ends; i < count; i++)
        g.last += points[i].credit / (double)ends;
    return g;
}

static struct trend make_criterion(struct maker *m, const struct group *g)
{
    double *values = no_values(m);
    const char *scenario = g->points->scenario, *id = g->points->id;
    const char *title = m->title ? m->title(m->state, scenario, id) : NULL;
    struct trend t = { .id = id,
                       .title = title ? title : id,
                       .scenario = scenario,
                       .values = values,
                       .top = 1,
                       .guessed_over = NAN };
    for (size_t i = 0; i < g->count; i++) {
        values[g->points[i].session] = g->points[i].credit;
        t.absent += g->points[i].absent;
    }
    sum_up(m, &t);
    t.last = g->last;
    return t;
}

static bool same_criterion(const struct point *a, const struct point *b)
{
    return !strcmp(a->scenario, b->scenario) && !strcmp(a->id, b->id);
}

static void make_criteria(struct maker *m, struct trends *out)
{
    size_t count, group_count = 0;
    struct point *points = make_points(m, &count);
    struct group *groups = xcalloc(count ? count : 1, sizeof(*groups));
    for (size_t i = 0, size; i < count; i += size) {
        for (size = 1; i + size < count && same_criterion(&points[i], &points[i + size]);)
            size++;
        struct group g = make_group(points + i, size);
        if (g.last < 0.9) /* what goes well is not weak */
            groups[group_count++] = g;
    }
    qsort(groups, group_count, sizeof(*groups), weakest_first);
    out->criterion_count = group_count < TREND_WEAKEST ? group_count : TREND_WEAKEST;
    out->criteria = arena_array(m->arena, struct trend, out->criterion_count);
    for (size_t i = 0; i < out->criterion_count; i++)
        out->criteria[i] = make_criterion(m, &groups[i]);
    free(groups);
    free(points);
}

static void make_score(struct maker *m, struct trends *out)
{
    struct library_session *sessions =
        arena_array(m->arena, struct library_session, m->count);
    double *values = no_values(m);
    for (size_t i = 0; i < m->count; i++) {
        sessions[i] = m->scores[i]->session;
        values[i] = sessions[i].score;
        bool seen = false;
        for (size_t k = 0; k < i && !seen && out->scenarios < 2; k++)
            seen = !strcmp(sessions[k].scenario, sessions[i].scenario);
        out->scenarios += !seen && out->scenarios < 2;
    }
    out->sessions = sessions;
    out->count = m->count;
    out->score = (struct trend) { .id = "score",
                                  .title = "score",
                                  .scenario = "",
                                  .values = values,
                                  .top = 100,
                                  .guessed_over = NAN };
    sum_up(m, &out->score);
}

void trends_make(const struct library_scores *scores, bool unfinished,
                 trends_title *title, void *state, struct arena *arena,
                 struct trends *out)
{
    struct maker m = { .title = title, .state = state, .arena = arena };
    *out = (struct trends) { .grader = "" };
    m.scores = arena_array(arena, const struct library_score *, scores->count);
    for (size_t i = 0; i < scores->count; i++) {
        if (!unfinished && scores->items[i].session.unfinished)
            out->left_out++;
        else
            m.scores[m.count++] = &scores->items[i];
    }
    if (scores->count)
        out->grader = scores->items[0].session.grader;
    make_score(&m, out);
    make_dimensions(&m, out);
    make_criteria(&m, out);
}

/* --- text --- */

void trend_sparkline(const double *values, size_t count, double top, int columns,
                     struct buffer *out)
{
    static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        known += !isnan(values[i]);
    size_t shown = known < (size_t)columns ? known : (size_t)columns;
    for (size_t i = 0; i < shown; i++) {
        double value =
            mean_of(values, count, known * i / shown, known * (i + 1) / shown) / top;
        int block = (int)(value * 8);
        buffer_add_string(out, blocks[block < 0 ? 0 : block > 7 ? 7 : block]);
    }
}

static void add_value(const struct trend *t, double value, struct buffer *out)
{
    if (t->top == 100)
        card_total(value, out);
    else
        buffer_printf(out, t->top == 1 ? "%.2f" : "%.1f", value);
}

/* "+0.4", "-12", "same" */
static void add_change(const struct trend *t, struct buffer *out)
{
    double unit = t->top == 100 ? 1 : 0.1; /* of what is shown */
    double change = (round(t->last / unit) - round(t->first / unit)) * unit;
    if (change == 0)
        buffer_add_string(out, "same");
    else
        buffer_printf(out, t->top == 100 ? "%+.0f" : "%+.1f", change);
}

static int title_width(const struct trend *trends, size_t count)
{
    int width = 0;
    for (size_t i = 0; i < count; i++) {
        int own = (int)strlen(trends[i].title);
        width = own > width ? own : width;
    }
    return width > TITLE_MOST ? TITLE_MOST : width;
}

/* In words and numbers alone. */
static void write_plain(const struct trends *all, const struct trend *t,
                        const struct screen *screen, struct buffer *out)
{
    struct buffer line = BUFFER_INIT;
    size_t skip = t->count > PLAIN_VALUES ? t->count - PLAIN_VALUES : 0;
    const char *before = skip ? ": last " : ": ";
    buffer_add_string(&line, t->title);
    if (*t->scenario && all->scenarios > 1)
        buffer_printf(&line, " (%s)", t->scenario);
    for (size_t i = 0; i < all->count; i++) {
        if (isnan(t->values[i]) || (skip && skip--))
            continue;
        buffer_add_string(&line, before);
        add_value(t, t->values[i], &line);
        before = ", ";
    }
    if (t->count > 1) {
        buffer_add_string(&line, "; change ");
        add_change(t, &line);
    }
    screen_wrap(out, line.data, line.length, screen->width, INDENT + 2, INDENT);
    buffer_add_char(out, '\n');
    buffer_release(&line);
}

static void write_row(const struct trends *all, const struct trend *t, int width,
                      const struct screen *screen, struct buffer *out)
{
    struct buffer spark = BUFFER_INIT, last = BUFFER_INIT;
    int columns = screen->width - INDENT - width - 2 - 16;
    columns = columns > SPARK_MOST ? SPARK_MOST : columns < 4 ? 4 : columns;
    buffer_repeat(out, " ", INDENT);
    screen_cell(out, screen, t->title, width);
    buffer_add_string(out, "  ");
    trend_sparkline(t->values, all->count, t->top, columns, &spark);
    screen_cell(out, screen, spark.data,
                all->count < (size_t)columns ? (int)all->count : columns);
    add_value(t, t->last, &last);
    buffer_printf(out, "  %5s", last.data);
    if (t->count > 1) {
        buffer_add_string(out, "  ");
        add_change(t, out);
    }
    buffer_add_char(out, '\n');
    buffer_release(&spark);
    buffer_release(&last);
}

static void write_trend(const struct trends *all, const struct trend *t, int width,
                        const struct screen *screen, struct buffer *out)
{
    if (screen->plain)
        write_plain(all, t, screen, out);
    else
        write_row(all, t, width, screen, out);
}

static void write_head(const struct trends *t, const struct screen *screen,
                       struct buffer *out)
{
    struct buffer line = BUFFER_INIT;
    char first[TIME_TEXT_SIZE], last[TIME_TEXT_SIZE];
    time_format_local(t->sessions[0].start, first);
    time_format_local(t->sessions[t->count - 1].start, last);
    buffer_printf(&line, "%s%zu session%s, %.10s", t->more ? "The newest " : "", t->count,
                  t->count == 1 ? "" : "s", first);
    if (strncmp(first, last, 10) != 0)
        buffer_printf(&line, " to %.10s", last);
    buffer_printf(&line, ", graded by %s.",
                  strcmp(t->grader, "rubric") ? t->grader : "the built-in grader");
    if (t->more)
        buffer_add_string(&line, " --limit 0 looks at all.");
    if (t->left_out)
        buffer_printf(&line, " %zu graded in part left out; --unfinished takes %s in.",
                      t->left_out, t->left_out == 1 ? "it" : "them");
    screen_paragraph(out, screen, line.data, 0);
    buffer_clear(&line);
    buffer_add_string(
        &line, t->count == 1
                   ? "One session is no trend yet: these are its figures."
                   : "Oldest first; the number is the mean of the last sessions, then "
                     "the change since the first ones.");
    screen_style(out, screen, SCREEN_DIM);
    screen_paragraph(out, screen, line.data, 0);
    screen_style(out, screen, SCREEN_NORMAL);
    buffer_release(&line);
}

static void write_guesses(const struct trends *t, int width, const struct screen *screen,
                          struct buffer *out)
{
    size_t guesses = 0;
    for (size_t i = 0; i < t->dimension_count; i++)
        guesses += t->dimensions[i].guesses;
    if (!guesses)
        return;
    screen_heading(out, screen, "Your guesses against the grade, on average");
    for (size_t i = 0; i < t->dimension_count; i++) {
        const struct trend *d = &t->dimensions[i];
        if (!d->guesses)
            continue;
        buffer_repeat(out, " ", INDENT);
        screen_cell(out, screen, d->title, width);
        if (fabs(d->guessed_over) < 0.25)
            buffer_add_string(out, "  about right");
        else
            buffer_printf(out, "  %.1f too %s", fabs(d->guessed_over),
                          d->guessed_over > 0 ? "high" : "low");
        buffer_printf(out, ", %zu guess%s\n", d->guesses, d->guesses == 1 ? "" : "es");
    }
}

static void write_criteria(const struct trends *t, const struct screen *screen,
                           struct buffer *out)
{
    if (!t->criterion_count)
        return;
    screen_heading(out, screen, "Weakest points lately (share of the credit)");
    for (size_t i = 0; i < t->criterion_count; i++) {
        const struct trend *c = &t->criteria[i];
        struct buffer line = BUFFER_INIT;
        if (screen->plain) {
            write_plain(t, c, screen, out);
            continue;
        }
        screen_paragraph(out, screen, c->title, INDENT);
        if (t->scenarios > 1)
            buffer_printf(&line, "%s  ", c->scenario);
        trend_sparkline(c->values, t->count, c->top, SPARK_MOST, &line);
        buffer_printf(&line, "  %.2f", c->last);
        if (c->absent)
            buffer_printf(&line, ", absent in %zu of %zu", c->absent, c->count);
        screen_paragraph(out, screen, line.data, INDENT + 2);
        buffer_release(&line);
    }
}

/* The problem of the weakest point. */
static void write_next(const struct trends *t, const char *again,
                       const struct screen *screen, struct buffer *out)
{
    if (!t->criterion_count)
        return;
    struct buffer next = BUFFER_INIT;
    buffer_printf(&next, "viva practice %s%s takes the first of them up again.",
                  t->criteria[0].scenario, again ? again : "");
    buffer_add_char(out, '\n');
    screen_paragraph(out, screen, next.data, 0);
    buffer_release(&next);
}

void trends_write(const struct trends *t, const char *again, const struct screen *screen,
                  struct buffer *out)
{
    int width = title_width(t->dimensions, t->dimension_count);
    write_head(t, screen, out);
    screen_heading(out, screen, "Score (0 to 100)");
    write_trend(t, &t->score, width > 5 ? width : 5, screen, out);
    screen_heading(out, screen, "By dimension (0 to 4)");
    for (size_t i = 0; i < t->dimension_count; i++)
        write_trend(t, &t->dimensions[i], width, screen, out);
    write_guesses(t, width, screen, out);
    write_criteria(t, screen, out);
    write_next(t, again, screen, out);
}

/* --- JSON --- */

static json_t *trend_json(const struct trends *all, const struct trend *t)
{
    json_t *object = json_object(), *values = json_array();
    for (size_t i = 0; i < all->count; i++)
        json_array_append_new(values, json_figure(t->values[i]));
    json_object_set_new(object, "id", json_string(t->id));
    json_object_set_new(object, "title", json_string(t->title));
    if (*t->scenario)
        json_object_set_new(object, "scenario", json_string(t->scenario));
    json_object_set_new(object, "top", json_real(t->top));
    json_object_set_new(object, "values", values);
    json_object_set_new(object, "first", json_figure(t->first));
    json_object_set_new(object, "last", json_figure(t->last));
    json_object_set_new(object, "best", json_figure(t->best));
    if (t->top == 4) {
        json_object_set_new(object, "guessed_over", json_figure(t->guessed_over));
        json_object_set_new(object, "guesses", json_integer((json_int_t)t->guesses));
    }
    if (t->top == 1)
        json_object_set_new(object, "absent", json_integer((json_int_t)t->absent));
    return object;
}

void trends_json(const struct trends *t, struct buffer *out)
{
    json_t *object = json_object(), *sessions = json_array(), *dimensions = json_array(),
           *criteria = json_array();
    for (size_t i = 0; i < t->count; i++)
        json_array_append_new(sessions, session_json(&t->sessions[i]));
    for (size_t i = 0; i < t->dimension_count; i++)
        json_array_append_new(dimensions, trend_json(t, &t->dimensions[i]));
    for (size_t i = 0; i < t->criterion_count; i++)
        json_array_append_new(criteria, trend_json(t, &t->criteria[i]));
    json_object_set_new(object, "grader", json_string(t->grader));
    json_object_set_new(object, "sessions", sessions);
    json_object_set_new(object, "left_out", json_integer((json_int_t)t->left_out));
    json_object_set_new(object, "score", trend_json(t, &t->score));
    json_object_set_new(object, "dimensions", dimensions);
    json_object_set_new(object, "criteria", criteria);
    json_write(out, object);
    buffer_add_char(out, '\n');
    json_decref(object);
}
