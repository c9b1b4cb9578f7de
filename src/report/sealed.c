#include "report/sealed.h"

#include <string.h>

#include "base/utf8.h"
#include "report/card.h"
#include "report/digest.h"
#include "report/grade.h"
#include "report/levels.h"

/* What is being laid out. */
struct sheet {
    const struct event *score;
    const struct rubric *rubric;
    const struct screen *screen;
    struct buffer *out;
};

const char *sealed_grader_name(const struct event *score)
{
    const char *grader = event_text(score, "grader");
    if (!*grader || !strcmp(grader, "rubric"))
        return "built-in";
    return strncmp(grader, "person:", 7) ? grader : grader + 7;
}

/* --- reading a score --- */

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* Of a criterion; NULL: the score does not know it. */
static const json_t *criterion_of(const struct event *score, const char *id)
{
    const json_t *list = event_json(score, "criteria");
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)list, i, one)
        if (!strcmp(text_of(one, "id"), id))
            return one;
    return NULL;
}

/* 0 to 4; -1: nothing of it was asked, or it is not known. */
static double grade_of(const struct event *score, const char *dimension)
{
    const json_t *one = json_object_get(event_json(score, "dimensions"), dimension);
    double weight = json_number_value(json_object_get(one, "weight"));
    return weight > 0 ? 4 * json_number_value(json_object_get(one, "share")) : -1;
}

/* --- lines --- */

enum { INDENT = 2, QUOTE_INDENT = 4, NAME_WIDTH = 16, BAR_MOST = 20 };

static void line(const struct sheet *s, const char *text, int indent)
{
    screen_wrap(s->out, text, strlen(text), s->screen->width, indent, indent);
    buffer_add_char(s->out, '\n');
}

static void heading(const struct sheet *s, const char *text)
{
    buffer_add_char(s->out, '\n');
    screen_styled(s->out, s->screen, SCREEN_BOLD, text);
    buffer_add_char(s->out, '\n');
}

/* --- the head --- */

static void add_recommendation(const struct event *score, struct buffer *out)
{
    const char *name = event_text(score, "recommendation"), *dash = strchr(name, '-');
    if (!*name)
        return;
    buffer_printf(out, "%s%s", dash ? "strong " : "", dash ? dash + 1 : name);
    if (*event_text(score, "at"))
        buffer_printf(out, " at %s", event_text(score, "at"));
}

/* "mid: hire   senior: one criterion short   staff: no" from column `start` on; a level that has no room left
 * begins a line of its own. */
static void add_levels(const struct sheet *s, const struct grade *grade, size_t start,
                       struct buffer *out)
{
    struct buffer words = BUFFER_INIT;
    size_t column = start;
    for (int i = 0; i < LEVEL_COUNT; i++) {
        size_t gap = column > start ? 3 : 0;
        buffer_clear(&words);
        buffer_printf(&words, "%s: ", level_names[i]);
        levels_word(grade, s->rubric, (enum level)i, &words);
        if (gap && column + gap + words.length > (size_t)s->screen->width) {
            buffer_add_char(out, '\n');
            buffer_repeat(out, " ", start);
            column = start;
            gap = 0;
        }
        buffer_repeat(out, " ", gap);
        buffer_add(out, words.data, words.length);
        column += gap + words.length;
    }
    buffer_release(&words);
}

/* The total, the levels, and what the next level lacks; of what is unfinished the total alone. */
static void write_levels(const struct sheet *s)
{
    struct arena arena = ARENA_INIT;
    struct buffer text = BUFFER_INIT;
    struct grade grade;
    bool read = grade_read(s->score, s->rubric, &arena, &grade);
    card_total(event_number(s->score, "score", 0), &text);
    if (read && !grade.unfinished) {
        size_t start = INDENT + text.length + 2;
        buffer_repeat(s->out, " ", INDENT);
        buffer_printf(s->out, "%s  ", text.data);
        add_levels(s, &grade, start, s->out);
        buffer_add_char(s->out, '\n');
        buffer_clear(&text);
        grade_basis(&grade, &text);
        if (text.length)
            buffer_printf(s->out, "%*sIt rests%s.\n", INDENT, "", text.data);
        buffer_clear(&text);
        levels_short_of(&grade, s->rubric, &text);
    } else if (read) {
        grade_basis(&grade, &text);
    }
    if (text.length)
        line(s, text.data, INDENT);
    buffer_release(&text);
    arena_release(&arena);
}

static void write_head(const struct sheet *s, const char *candidate)
{
    struct buffer text = BUFFER_INIT, right = BUFFER_INIT;
    buffer_printf(&text, "%s's score of %s", sealed_grader_name(s->score), candidate);
    buffer_add_string(&right, event_flag(s->score, "sealed", false)
                                  ? "sealed"
                                  : "not sealed: given after another was seen");
    screen_ends(s->out, s->screen, text.data, right.data);
    buffer_add_char(s->out, '\n');
    write_levels(s);
    buffer_clear(&text);
    buffer_add_string(&text, "Recommendation: ");
    add_recommendation(s->score, &text);
    if (*event_text(s->score, "recommendation"))
        line(s, text.data, INDENT);
    if (event_flag(s->score, "unfinished", false))
        line(s, "Unfinished: not all phases were opened, so no level is cleared.",
             INDENT);
    buffer_release(&text);
    buffer_release(&right);
}

/* The name of an area, as everywhere: "api and data". */
static void named_cell(struct buffer *out, const struct screen *screen, const char *id)
{
    struct buffer name = BUFFER_INIT;
    digest_dimension_name(id, &name);
    screen_cell(out, screen, name.data, NAME_WIDTH);
    buffer_release(&name);
}

static void write_grades(const struct sheet *s)
{
    const char *name;
    json_t *one;
    json_t *dimensions = (json_t *)event_json(s->score, "dimensions");
    int bar = s->screen->width - NAME_WIDTH - 30;
    bar = bar > BAR_MOST ? BAR_MOST : bar < 6 ? 6 : bar;
    buffer_add_char(s->out, '\n');
    json_object_foreach (dimensions, name, one) {
        double grade = grade_of(s->score, name);
        const json_t *derived = json_object_get(one, "derived");
        buffer_repeat(s->out, " ", INDENT);
        named_cell(s->out, s->screen, name);
        if (grade >= 0) {
            screen_bar(s->out, s->screen, grade / 4, bar);
            buffer_printf(s->out, "%s%.1f", s->screen->plain ? "" : "  ", grade);
        } else {
            buffer_add_string(s->out, "not asked");
        }
        if (grade >= 0 && derived)
            buffer_printf(s->out, "   by tags %.1f", 4 * json_number_value(derived));
        buffer_add_char(s->out, '\n');
    }
}

/* --- words --- */

static void write_list(const struct sheet *s, const char *title, const char *key)
{
    const json_t *list = event_json(s->score, key);
    size_t i;
    json_t *one;
    if (!json_array_size(list))
        return;
    heading(s, title);
    json_array_foreach ((json_t *)list, i, one)
        if (json_is_string(one))
            line(s, json_string_value(one), INDENT);
}

/* One of the rubric is named by what is true. */
static void add_flag_title(const struct sheet *s, const json_t *flag, struct buffer *out)
{
    int index = rubric_find_flag(s->rubric, text_of(flag, "id"));
    if (index >= 0)
        buffer_printf(out, "%s; said otherwise", s->rubric->red_flags[index].title);
    else
        buffer_add_string(out, *text_of(flag, "text") ? text_of(flag, "text")
                                                      : text_of(flag, "id"));
}

static void write_flags(const struct sheet *s)
{
    const json_t *list = event_json(s->score, "red_flags");
    struct buffer text = BUFFER_INIT;
    size_t i;
    json_t *one;
    if (json_array_size(list))
        heading(s, "Red flags");
    json_array_foreach ((json_t *)list, i, one) {
        double cost = json_number_value(json_object_get(one, "cost"));
        buffer_clear(&text);
        add_flag_title(s, one, &text);
        if (cost > 0)
            buffer_printf(&text, " (-%.3g)", cost);
        line(s, text.data, INDENT);
    }
    buffer_release(&text);
}

enum { QUOTE_WIDTH = 160 };

static void write_criterion(const struct sheet *s, const json_t *one, const char *title)
{
    struct buffer text = BUFFER_INIT;
    const char *quote = text_of(one, "quote");
    size_t size = utf8_fit_words(quote, strlen(quote), QUOTE_WIDTH);
    buffer_printf(
        &text, "%s: %s%s", text_of(one, "verdict"), title,
        json_is_true(json_object_get(one, "prompted")) ? " (after a probe or hint)" : "");
    line(s, text.data, INDENT);
    buffer_clear(&text);
    if (*quote) {
        buffer_printf(&text, "\"%.*s%s\"%s", (int)size, quote, quote[size] ? " ..." : "",
                      json_is_true(json_object_get(one, "noted")) ? " (a note)" : "");
        line(s, text.data, QUOTE_INDENT);
    }
    buffer_release(&text);
}

static void write_criteria(const struct sheet *s)
{
    struct buffer unasked = BUFFER_INIT;
    heading(s, "What it rests on");
    for (size_t i = 0; i < s->rubric->criterion_count; i++) {
        const struct criterion *c = &s->rubric->criteria[i];
        const json_t *one = criterion_of(s->score, c->id);
        if (one && strcmp(text_of(one, "verdict"), "not-asked") != 0)
            write_criterion(s, one, c->title);
        else if (one)
            buffer_printf(&unasked, "%s%s",
                          unasked.length ? "; "
                                         : "Not asked, not counted in this grade: ",
                          c->title);
    }
    if (unasked.length) {
        buffer_add_char(&unasked, '.');
        buffer_add_char(s->out, '\n');
        line(s, unasked.data, 0);
    }
    buffer_release(&unasked);
}

void sealed_write(const struct event *score, const char *candidate,
                  const struct rubric *rubric, const struct screen *screen,
                  struct buffer *out)
{
    struct sheet s = { score, rubric, screen, out };
    write_head(&s, candidate);
    write_grades(&s);
    write_list(&s, "Strengths", "strengths");
    write_list(&s, "Gaps", "gaps");
    write_flags(&s);
    write_criteria(&s);
}

/* --- side by side --- */

struct table {
    const struct event *const *scores;
    size_t count;
    const struct screen *screen;
    struct buffer *out;
};

enum { COLUMN_MOST = 20 };

static void row(const struct table *t, const char *name, struct buffer *cells)
{
    int room = (t->screen->width - INDENT - NAME_WIDTH) / (int)t->count;
    int width = room > COLUMN_MOST ? COLUMN_MOST : room;
    buffer_repeat(t->out, " ", INDENT);
    named_cell(t->out, t->screen, name);
    for (size_t i = 0; i < t->count; i++) {
        if (i + 1 < t->count)
            screen_cell(t->out, t->screen, cells[i].data, width);
        else
            utf8_add_harmless(t->out, cells[i].data, cells[i].length);
        buffer_release(&cells[i]);
    }
    while (t->out->length && t->out->data[t->out->length - 1] == ' ')
        buffer_truncate(t->out, t->out->length - 1);
    buffer_add_char(t->out, '\n');
}

static void write_table(const struct table *t)
{
    struct buffer cells[SEALED_BESIDE_MOST] = { BUFFER_INIT, BUFFER_INIT, BUFFER_INIT,
                                                BUFFER_INIT, BUFFER_INIT, BUFFER_INIT };
    const char *name;
    json_t *one;
    for (size_t i = 0; i < t->count; i++)
        buffer_add_string(&cells[i], sealed_grader_name(t->scores[i]));
    row(t, "", cells);
    for (size_t i = 0; i < t->count; i++)
        card_total(event_number(t->scores[i], "score", 0), &cells[i]);
    row(t, "score", cells);
    for (size_t i = 0; i < t->count; i++)
        add_recommendation(t->scores[i], &cells[i]);
    row(t, "recommended", cells);
    json_object_foreach ((json_t *)event_json(t->scores[0], "dimensions"), name, one) {
        for (size_t i = 0; i < t->count; i++)
            if (grade_of(t->scores[i], name) >= 0)
                buffer_printf(&cells[i], "%.1f", grade_of(t->scores[i], name));
            else
                buffer_add_string(&cells[i], "-");
        row(t, name, cells);
    }
}

/* NULL: this grader says nothing of it. */
static const char *verdict_of(const struct event *score, const char *id)
{
    const char *verdict = text_of(criterion_of(score, id), "verdict");
    return *verdict && strcmp(verdict, "not-asked") != 0 ? verdict : NULL;
}

static bool they_differ(const struct table *t, const char *id)
{
    const char *first = NULL;
    for (size_t i = 0; i < t->count; i++) {
        const char *verdict = verdict_of(t->scores[i], id);
        if (verdict && first && strcmp(verdict, first) != 0)
            return true;
        first = first ? first : verdict;
    }
    return false;
}

static void add_verdicts(const struct table *t, const char *id, struct buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < t->count; i++) {
        const char *verdict = verdict_of(t->scores[i], id);
        if (verdict)
            buffer_printf(out, "%s%s %s", any ? ", " : "",
                          sealed_grader_name(t->scores[i]), verdict);
        any = any || verdict;
    }
}

static void write_differences(const struct table *t, const struct rubric *rubric)
{
    struct buffer text = BUFFER_INIT;
    bool any = false;
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *c = &rubric->criteria[i];
        if (!they_differ(t, c->id))
            continue;
        if (!any)
            buffer_add_string(t->out, "\nWhere they differ\n");
        any = true;
        buffer_clear(&text);
        buffer_printf(&text, "%s: ", c->title);
        add_verdicts(t, c->id, &text);
        screen_wrap(t->out, text.data, text.length, t->screen->width, QUOTE_INDENT,
                    INDENT);
        buffer_add_char(t->out, '\n');
    }
    if (!any)
        buffer_add_string(t->out, "\nThey agree on every criterion that they judged.\n");
    buffer_release(&text);
}

void sealed_compare(const struct event *const *scores, size_t count,
                    const struct rubric *rubric, const struct screen *screen,
                    struct buffer *out)
{
    struct table table = { scores,
                           count > SEALED_BESIDE_MOST ? SEALED_BESIDE_MOST : count,
                           screen, out };
    if (count < 2)
        return;
    buffer_add_char(out, '\n');
    screen_styled(out, screen, SCREEN_BOLD, "Side by side");
    buffer_add_char(out, '\n');
    write_table(&table);
    write_differences(&table, rubric);
}
