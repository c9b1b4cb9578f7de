#include "report/comparison.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "base/utf8.h"
#include "report/card.h"
#include "report/digest.h"
#include "report/sessions.h"

const char *const comparison_move_names[] = { "new",  "deeper",  "thinner", "lost",
                                              "same", "unknown", NULL };

enum { INDENT = 2, INNER = 4, COLUMN = 14, QUOTE_MOST = 200 };

/* --- making --- */

/* The person whose sealed grade is the result of both, else the built-in grader, else any. */
static const char *choose_grader(const struct comparison_side sides[2])
{
    const struct summary_score *a = summary_score(sides[0].summary);
    const struct summary_score *b = summary_score(sides[1].summary);
    if (a && b && a->sealed && !strcmp(a->grader, b->grader))
        return a->grader;
    if (summary_score_of(sides[0].summary, "rubric") &&
        summary_score_of(sides[1].summary, "rubric"))
        return "rubric";
    for (size_t i = 0; i < sides[0].summary->scores.count; i++) {
        const char *grader = sides[0].summary->scores.items[i].grader;
        if (summary_score_of(sides[1].summary, grader))
            return grader;
    }
    return "";
}

static const json_t *part(const struct comparison_side *side, const char *key)
{
    return side->score ? json_object_get(side->score->object, key) : NULL;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool same_rubric(const struct comparison *c)
{
    const json_t *a = part(&c->side[0], "rubric"), *b = part(&c->side[1], "rubric");
    return !strcmp(text_of(a, "hash"), text_of(b, "hash")) && *text_of(a, "hash") &&
           json_equal(part(&c->side[0], "scorer"), part(&c->side[1], "scorer"));
}

static void make_dimensions(struct comparison *c, struct arena *arena)
{
    const json_t *parts[2] = { part(&c->side[0], "dimensions"),
                               part(&c->side[1], "dimensions") };
    c->dimensions = arena_array(arena, struct comparison_dimension,
                                json_object_size(parts[0]) + json_object_size(parts[1]));
    for (int side = 0; side < 2; side++) {
        const char *id;
        json_t *value;
        json_object_foreach ((json_t *)parts[side], id, value) {
            const json_t *share = json_object_get(value, "share");
            double weight = json_number_value(json_object_get(value, "weight"));
            struct comparison_dimension *d = NULL;
            for (size_t i = 0; i < c->dimension_count && !d; i++)
                d = strcmp(c->dimensions[i].id, id) ? NULL : &c->dimensions[i];
            if (!json_is_number(share) || !(weight > 0))
                continue;
            if (!d) {
                d = &c->dimensions[c->dimension_count++];
                *d = (struct comparison_dimension) { id, { NAN, NAN } };
            }
            d->value[side] = json_number_value(share) * 4;
        }
    }
}

static int depth_of(const char *verdict)
{
    static const char *const depths[] = { "absent", "mentioned", "explained", NULL };
    return json_choice(verdict, depths);
}

static enum comparison_move move_of(const struct comparison_criterion *c)
{
    int a = depth_of(c->verdict[0]), b = depth_of(c->verdict[1]);
    if (a < 0 || b < 0)
        return MOVE_UNKNOWN;
    if (a == b)
        return MOVE_NONE;
    if (b > a)
        return a == 0 ? MOVE_NEW : MOVE_DEEPER;
    return b == 0 ? MOVE_LOST : MOVE_THINNER;
}

static struct comparison_criterion *criterion_of(struct comparison *c, const char *id)
{
    for (size_t i = 0; i < c->criterion_count; i++)
        if (!strcmp(c->criteria[i].id, id))
            return &c->criteria[i];
    struct comparison_criterion *new = &c->criteria[c->criterion_count++];
    *new = (struct comparison_criterion) { .id = id,
                                           .title = id,
                                           .verdict = { "", "" },
                                           .quote = { "", "" },
                                           .credit = { NAN, NAN } };
    return new;
}

static void make_criteria(struct comparison *c, trends_title *title, void *state,
                          struct arena *arena)
{
    const json_t *parts[2] = { part(&c->side[0], "criteria"),
                               part(&c->side[1], "criteria") };
    size_t room = json_array_size(parts[0]) + json_array_size(parts[1]);
    const char **titles[2] = { arena_array(arena, const char *, room),
                               arena_array(arena, const char *, room) };
    c->criteria = arena_array(arena, struct comparison_criterion, room);
    for (int side = 0; side < 2; side++) {
        size_t i;
        json_t *value;
        json_array_foreach ((json_t *)parts[side], i, value) {
            const json_t *credit = json_object_get(value, "credit");
            struct comparison_criterion *one = criterion_of(c, text_of(value, "id"));
            one->verdict[side] = text_of(value, "verdict");
            one->quote[side] = text_of(value, "quote");
            if (json_is_number(credit))
                one->credit[side] = json_number_value(credit);
            const char *known =
                title ? title(state, c->side[side].summary->scenario, one->id) : NULL;
            titles[side][one - c->criteria] = known;
            one->title = known ? known : one->title;
        }
    }
    for (size_t i = 0; i < c->criterion_count; i++) {
        const char *a = titles[0][i], *b = titles[1][i];
        /* scenarios share ids such as "twist" for what has nothing in common */
        bool other = a && b && strcmp(a, b) != 0;
        c->criteria[i].move = other ? MOVE_UNKNOWN : move_of(&c->criteria[i]);
    }
}

static void make_phases(struct comparison *c, struct arena *arena)
{
    c->phases =
        arena_array(arena, struct comparison_phase,
                    c->side[0].summary->phases.count + c->side[1].summary->phases.count);
    for (int side = 0; side < 2; side++) {
        const struct summary *s = c->side[side].summary;
        for (size_t i = 0; i < s->phases.count; i++) {
            struct comparison_phase *phase = NULL;
            for (size_t k = 0; k < c->phase_count && !phase; k++)
                phase =
                    strcmp(c->phases[k].id, s->phases.items[i].id) ? NULL : &c->phases[k];
            if (!phase) {
                phase = &c->phases[c->phase_count++];
                *phase = (struct comparison_phase) { s->phases.items[i].id,
                                                     { -1, -1 },
                                                     { 0, 0 } };
            }
            phase->minutes[side] = s->phases.items[i].minutes;
            if (s->phases.items[i].opened)
                phase->used[side] = s->phases.items[i].used;
        }
    }
}

void comparison_make(const struct comparison_side sides[2], const char *grader,
                     trends_title *title, void *state, struct arena *arena,
                     struct comparison *out)
{
    *out = (struct comparison) { .side = { sides[0], sides[1] } };
    out->grader = grader ? grader : choose_grader(sides);
    for (int i = 0; i < 2; i++) {
        out->side[i].score = summary_score_of(sides[i].summary, out->grader);
        out->side[i].shown =
            grader ? out->side[i].score : summary_score(sides[i].summary);
    }
    out->same_scenario = !strcmp(sides[0].summary->scenario, sides[1].summary->scenario);
    out->same_rubric = same_rubric(out);
    make_dimensions(out, arena);
    make_criteria(out, title, state, arena);
    make_phases(out, arena);
}

/* --- text --- */

/* "requirements     3.1           3.9            +0.8" */
static void row(const char *name, const char *a, const char *b, const char *more,
                const struct screen *screen, struct buffer *out)
{
    struct buffer line = BUFFER_INIT;
    screen_cell(&line, screen, name, 15);
    int wide = screen->width >= 76 ? COLUMN + 8 : COLUMN + 2;
    screen_cell(&line, screen, a, wide);
    buffer_add_string(&line, "  ");
    screen_cell(&line, screen, b, wide);
    if (*more)
        buffer_printf(&line, "  %s", more);
    while (line.length && line.data[line.length - 1] == ' ')
        buffer_truncate(&line, line.length - 1);
    buffer_add(out, line.data, line.length);
    buffer_add_char(out, '\n');
    buffer_release(&line);
}

/* Each shows what it came to, whoever's that is. */
static void score_text(const struct comparison *c, int i, struct buffer *out)
{
    const struct comparison_side *side = &c->side[i];
    const struct summary_score *score = side->shown;
    if (score && !isnan(score->total)) {
        card_total(score->total, out);
        session_add_grader(score->grader, out);
        buffer_add_string(out, score->unfinished ? ", in part" : "");
    } else {
        buffer_add_string(out, side->summary->ended ? "not graded" : "open");
    }
}

/* Points of two graders have no difference that says anything of the sessions. */
static bool shows_one_grader(const struct comparison *c)
{
    const struct summary_score *a = c->side[0].shown, *b = c->side[1].shown;
    return a && b && !strcmp(a->grader, b->grader);
}

/* Nor have points for some phases and points for others: both are whole, or the same part. */
static bool shows_one_part(const struct comparison *c)
{
    const struct summary_score *a = c->side[0].shown, *b = c->side[1].shown;
    if (!a || !b || (!a->unfinished && !b->unfinished))
        return true;
    for (size_t i = 0; i < c->phase_count; i++)
        if ((c->phases[i].used[0] < 0) != (c->phases[i].used[1] < 0))
            return false;
    return a->unfinished && b->unfinished && c->same_scenario;
}

/* The difference of what is shown: both are rounded first. */
static void change_text(double a, double b, const char *format, double unit,
                        struct buffer *out)
{
    if (isnan(a) || isnan(b))
        return;
    double change = (round(b / unit) - round(a / unit)) * unit;
    if (change == 0)
        buffer_add_string(out, "same");
    else
        buffer_printf(out, format, change);
}

static void write_texts(const char *name, const char *a, const char *b,
                        const struct screen *screen, struct buffer *out)
{
    if (*a || *b)
        row(name, a, b, "", screen, out);
}

static void write_head(const struct comparison *c, const struct screen *screen,
                       struct buffer *out)
{
    const struct summary *a = c->side[0].summary, *b = c->side[1].summary;
    struct buffer texts[5] = { BUFFER_INIT, BUFFER_INIT, BUFFER_INIT, BUFFER_INIT,
                               BUFFER_INIT };
    char when[2][TIME_TEXT_SIZE];
    time_format_local(a->start, when[0]);
    time_format_local(b->start, when[1]);
    for (int i = 0; i < 2; i++) {
        score_text(c, i, &texts[i]);
        digest_duration(summary_used(c->side[i].summary), &texts[2 + i]);
    }
    if (shows_one_grader(c) && shows_one_part(c))
        change_text(c->side[0].shown->total, c->side[1].shown->total, "%+.0f", 1,
                    &texts[4]);
    screen_style(out, screen, SCREEN_BOLD);
    row("", c->side[0].id, c->side[1].id, "", screen, out);
    screen_style(out, screen, SCREEN_NORMAL);
    row("when", when[0], when[1], "", screen, out);
    row("scenario", a->scenario, b->scenario, "", screen, out);
    write_texts("candidate", a->candidate, b->candidate, screen, out);
    row("level", a->level, b->level, "", screen, out);
    row("score", texts[0].data, texts[1].data, texts[4].data, screen, out);
    row("time", texts[2].data, texts[3].data, "", screen, out);
    for (size_t i = 0; i < 5; i++)
        buffer_release(&texts[i]);
}

static void write_warnings(const struct comparison *c, const struct screen *screen,
                           struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    bool both = c->side[0].score && c->side[1].score;
    if (!c->same_scenario)
        buffer_add_string(&text,
                          "Two different scenarios: dimensions and time can be compared, "
                          "points only where both have them. ");
    if (!both)
        buffer_add_string(
            &text, "No grader graded both, so scores are not compared. viva resume "
                   "ID ends an open session; viva review ID shows its card.");
    else if (c->same_scenario && !c->same_rubric)
        buffer_add_string(
            &text, "Graded with different rubrics or graders: some of what follows "
                   "may come from that.");
    if (both && shows_one_grader(c) && !shows_one_part(c))
        buffer_printf(&text,
                      "%sA score in part is on the phases that were reached, so no "
                      "difference of the two is shown.",
                      text.length ? " " : "");
    if (both && !shows_one_grader(c))
        buffer_printf(
            &text, "%sThe scores are of two graders; areas and points are graded by %s.",
            text.length ? " " : "",
            strcmp(c->grader, "rubric") ? c->grader : "the built-in grader");
    else if (both && strcmp(c->grader, "rubric") != 0)
        buffer_printf(&text, "%sGraded by %s.", text.length ? " " : "", c->grader);
    if (text.length) {
        buffer_add_char(out, '\n');
        screen_paragraph(out, screen, text.data, 0);
    }
    buffer_release(&text);
}

static void write_dimensions(const struct comparison *c, const struct screen *screen,
                             struct buffer *out)
{
    if (!c->dimension_count || !c->side[0].score || !c->side[1].score)
        return;
    screen_heading(out, screen, "By dimension (0 to 4)");
    for (size_t i = 0; i < c->dimension_count; i++) {
        const struct comparison_dimension *d = &c->dimensions[i];
        struct buffer name = BUFFER_INIT, change = BUFFER_INIT;
        char value[2][16];
        digest_dimension_name(d->id, &name);
        for (int k = 0; k < 2; k++)
            snprintf(value[k], sizeof(value[k]), isnan(d->value[k]) ? "-" : "%.1f",
                     d->value[k]);
        change_text(d->value[0], d->value[1], "%+.1f", 0.1, &change);
        row(name.data, value[0], value[1], change.data, screen, out);
        buffer_release(&name);
        buffer_release(&change);
    }
}

/* The words that make the difference: those of the side that has them. */
static void write_quote(const char *quote, const struct screen *screen,
                        struct buffer *out)
{
    size_t length = strlen(quote), cut = utf8_fit_words(quote, length, QUOTE_MOST);
    struct buffer line = BUFFER_INIT;
    if (!length)
        return;
    buffer_add_char(&line, '"');
    for (size_t i = 0; i < cut; i++)
        buffer_add_char(&line, strchr("\r\n\t", quote[i]) ? ' ' : quote[i]);
    buffer_add_string(&line, cut < length ? " ...\"" : "\"");
    screen_style(out, screen, SCREEN_DIM);
    screen_paragraph(out, screen, line.data, INNER);
    screen_style(out, screen, SCREEN_NORMAL);
    buffer_release(&line);
}

static void write_moves(const struct comparison *c, enum comparison_move move,
                        const char *title, const struct screen *screen,
                        struct buffer *out)
{
    size_t count = 0;
    int side = move == MOVE_NEW || move == MOVE_DEEPER ? 1 : 0;
    for (size_t i = 0; i < c->criterion_count; i++) {
        const struct comparison_criterion *one = &c->criteria[i];
        struct buffer line = BUFFER_INIT;
        if (one->move != move)
            continue;
        if (count++ == 0)
            screen_heading(out, screen, title);
        buffer_printf(&line, "%s (%s)", one->title,
                      one->verdict[move == MOVE_LOST ? 0 : 1]);
        screen_paragraph(out, screen, line.data, INDENT);
        write_quote(one->quote[side], screen, out);
        buffer_release(&line);
    }
}

static void write_criteria(const struct comparison *c, const struct screen *screen,
                           struct buffer *out)
{
    size_t same = 0, both = 0;
    struct buffer lost = BUFFER_INIT, new = BUFFER_INIT, rest = BUFFER_INIT;
    if (!c->side[0].score || !c->side[1].score)
        return;
    buffer_printf(&new, "New in %s", c->side[1].id);
    buffer_printf(&lost, "Lost: only in %s", c->side[0].id);
    write_moves(c, MOVE_NEW, new.data, screen, out);
    write_moves(c, MOVE_DEEPER, "Deeper than before", screen, out);
    write_moves(c, MOVE_LOST, lost.data, screen, out);
    write_moves(c, MOVE_THINNER, "Thinner than before", screen, out);
    for (size_t i = 0; i < c->criterion_count; i++) {
        same += c->criteria[i].move == MOVE_NONE;
        both += c->criteria[i].move != MOVE_UNKNOWN;
    }
    if (same) {
        buffer_printf(&rest, "The same verdict on %zu of the %zu points that both have.",
                      same, both);
        buffer_add_char(out, '\n');
        screen_paragraph(out, screen, rest.data, 0);
    }
    buffer_release(&new);
    buffer_release(&lost);
    buffer_release(&rest);
}

static void phase_text(int64_t used, double minutes, struct buffer *out)
{
    if (used < 0) {
        buffer_add_string(out, "not opened");
        return;
    }
    session_clock_text(used, out);
    if (minutes > 0)
        buffer_printf(out, " of %.0f min", minutes < 1 ? 1 : minutes);
}

static void write_phases(const struct comparison *c, const struct screen *screen,
                         struct buffer *out)
{
    screen_heading(out, screen, "Time by phase");
    for (size_t i = 0; i < c->phase_count; i++) {
        const struct comparison_phase *phase = &c->phases[i];
        struct buffer name = BUFFER_INIT, used[2] = { BUFFER_INIT, BUFFER_INIT };
        session_phase_name(phase->id, &name);
        for (int k = 0; k < 2; k++)
            phase_text(phase->used[k], phase->minutes[k], &used[k]);
        row(name.data, used[0].data, used[1].data, "", screen, out);
        buffer_release(&name);
        buffer_release(&used[0]);
        buffer_release(&used[1]);
    }
}

void comparison_write(const struct comparison *c, const struct screen *screen,
                      struct buffer *out)
{
    write_head(c, screen, out);
    write_warnings(c, screen, out);
    write_dimensions(c, screen, out);
    write_criteria(c, screen, out);
    write_phases(c, screen, out);
}

/* --- JSON --- */

static json_t *text(const char *value)
{
    return *value ? json_string(value) : json_null();
}

static void set_pair(json_t *object, const char *key, json_t *a, json_t *b)
{
    json_t *pair = json_array();
    json_array_append_new(pair, a);
    json_array_append_new(pair, b);
    json_object_set_new(object, key, pair);
}

static json_t *side_json(const struct comparison_side *side)
{
    json_t *object = json_object();
    char start[TIME_TEXT_SIZE];
    time_format(side->summary->start, start);
    json_object_set_new(object, "id", json_text_new(side->id, strlen(side->id)));
    json_object_set_new(object, "scenario", json_string(side->summary->scenario));
    json_object_set_new(object, "level", text(side->summary->level));
    json_object_set_new(object, "start", json_string(start));
    json_object_set_new(object, "seconds",
                        json_integer(summary_used(side->summary) / 1000));
    json_object_set_new(object, "score",
                        json_figure(side->shown ? side->shown->total : NAN));
    json_object_set_new(object, "by", text(side->shown ? side->shown->grader : ""));
    return object;
}

static json_t *criteria_json(const struct comparison *c)
{
    json_t *criteria = json_array();
    for (size_t i = 0; i < c->criterion_count; i++) {
        const struct comparison_criterion *one = &c->criteria[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(one->id));
        json_object_set_new(object, "title", json_string(one->title));
        json_object_set_new(object, "move",
                            json_string(comparison_move_names[one->move]));
        set_pair(object, "verdicts", text(one->verdict[0]), text(one->verdict[1]));
        set_pair(object, "credits", json_figure(one->credit[0]), json_figure(one->credit[1]));
        set_pair(object, "quotes", text(one->quote[0]), text(one->quote[1]));
        json_array_append_new(criteria, object);
    }
    return criteria;
}

static json_t *seconds(int64_t used)
{
    return used < 0 ? json_null() : json_integer(used / 1000);
}

static json_t *phases_json(const struct comparison *c)
{
    json_t *phases = json_array();
    for (size_t i = 0; i < c->phase_count; i++) {
        const struct comparison_phase *phase = &c->phases[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_string(phase->id));
        set_pair(object, "seconds", seconds(phase->used[0]), seconds(phase->used[1]));
        set_pair(object, "minutes", json_figure(phase->minutes[0]), json_figure(phase->minutes[1]));
        json_array_append_new(phases, object);
    }
    return phases;
}

void comparison_json(const struct comparison *c, struct buffer *out)
{
    json_t *object = json_object(), *dimensions = json_array();
    for (size_t i = 0; i < c->dimension_count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "id", json_string(c->dimensions[i].id));
        set_pair(one, "values", json_figure(c->dimensions[i].value[0]),
                 json_figure(c->dimensions[i].value[1]));
        json_array_append_new(dimensions, one);
    }
    set_pair(object, "sessions", side_json(&c->side[0]), side_json(&c->side[1]));
    json_object_set_new(object, "grader", text(c->grader));
    json_object_set_new(object, "same_scenario", json_boolean(c->same_scenario));
    json_object_set_new(object, "same_rubric", json_boolean(c->same_rubric));
    json_object_set_new(object, "dimensions", dimensions);
    json_object_set_new(object, "criteria", criteria_json(c));
    json_object_set_new(object, "phases", phases_json(c));
    json_write(out, object);
    buffer_add_char(out, '\n');
    json_decref(object);
}
