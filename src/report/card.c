#include "report/card.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"

enum { BAR_MOST = 20, BAR_LEAST = 6, INDENT = 2, QUOTE_INDENT = 4 };
/* Columns of a dimension's line beside its name and bar: "  " "  " "  3.8" "   you guessed 2.5" */
enum { NAME_MOST = 24, DIMENSION_REST = 27 };

/* What is being laid out, and a line in the making. */
struct sheet {
    const struct card *card;
    const struct screen *screen;
    struct buffer *out;
    struct buffer line;
    struct digest digest;
};

const double *card_costs(const struct scorer *scorer, const struct score *score,
                         struct arena *arena)
{
    double *costs = arena_array(arena, double, score->criterion_count);
    for (size_t i = 0; i < score->criterion_count; i++)
        costs[i] = score_cost_of_gap(scorer, score, i);
    return costs;
}

const struct criterion *card_worst_gap(const struct card *card)
{
    struct digest digest;
    digest_make(card, &digest);
    const struct criterion *next = digest_next_gap(&digest);
    return next || !digest.gap_count ? next : &card->rubric->criteria[digest.gaps[0]];
}

void card_total(double total, struct buffer *out)
{
    double tenths =
        round(total * 10) / 10; /* as it is saved, or history would show another number */
    bool crosses = false;
    for (int level = 0; level < LEVEL_COUNT; level++)
        crosses =
            crosses || (total < level_bars[level] && round(tenths) >= level_bars[level]);
    if (crosses)
        buffer_printf(out, "%.1f", floor(total * 10) / 10);
    else
        buffer_printf(out, "%.0f", round(tenths));
}

/* --- lines --- */

/* Puts the line down as a paragraph, and empties it. */
static void flush(struct sheet *s, int indent)
{
    if (!s->line.length)
        return;
    screen_wrap(s->out, s->line.data, s->line.length, s->screen->width, indent, indent);
    buffer_add_char(s->out, '\n');
    buffer_clear(&s->line);
}

static void styled_flush(struct sheet *s, int indent, enum screen_style style)
{
    if (!s->line.length)
        return;
    screen_style(s->out, s->screen, style);
    screen_wrap(s->out, s->line.data, s->line.length, s->screen->width, indent, indent);
    screen_style(s->out, s->screen, SCREEN_NORMAL);
    buffer_add_char(s->out, '\n');
    buffer_clear(&s->line);
}

static void paragraph(struct sheet *s, const char *text, int indent)
{
    buffer_add_string(&s->line, text);
    flush(s, indent);
}

static void heading(struct sheet *s, const char *text)
{
    buffer_add_char(s->out, '\n');
    screen_styled(s->out, s->screen, SCREEN_BOLD, text);
    buffer_add_char(s->out, '\n');
}

/* The title in as many lines as it needs, the note at the end of the first. */
static void title_beside(struct sheet *s, const char *title, const char *note,
                         enum screen_style style)
{
    int right = utf8_width(note, strlen(note)),
        room = s->screen->width - (*note ? right + 2 : 0);
    struct buffer lines = BUFFER_INIT;
    screen_wrap(&lines, title, strlen(title), room, INDENT, INDENT);
    size_t first = strcspn(lines.data, "\n");
    buffer_add(s->out, lines.data, first);
    if (*note) {
        int gap = s->screen->width - utf8_width(lines.data, first) - right;
        buffer_repeat(s->out, " ", (size_t)gap);
        screen_styled(s->out, s->screen, style, note);
    }
    buffer_add(s->out, lines.data + first, lines.length - first);
    buffer_add_char(s->out, '\n');
    buffer_release(&lines);
}

/*
 * A title at the left and a note at the right of its first line; the note on a line of its own when that leaves the
 * title less than half. In plain mode "title (note)", which reads in order.
 */
static void entry(struct sheet *s, const char *title, const char *note, enum screen_style style)
{
    int width = s->screen->width, right = utf8_width(note, strlen(note));
    int room = *note ? width - right - 2 : width;
    if (s->screen->plain) {
        buffer_add_string(&s->line, title);
        if (*note)
            buffer_printf(&s->line, " (%s)", note);
        flush(s, INDENT);
        return;
    }
    if (room >= width / 2) {
        title_beside(s, title, note, style);
        return;
    }
    screen_wrap(s->out, title, strlen(title), width, INDENT, INDENT);
    buffer_add_char(s->out, '\n');
    buffer_repeat(s->out, " ", QUOTE_INDENT);
    screen_styled(s->out, s->screen, style, note);
    buffer_add_char(s->out, '\n');
}

/* --- the head --- */

static void write_head(struct sheet *s)
{
    struct buffer duration = BUFFER_INIT;
    struct buffer title = BUFFER_INIT;
    digest_duration(s->card->duration, &duration);
    digest_title(s->card, &title);
    if (s->screen->plain && duration.length)
        buffer_printf(&s->line, "%s, %s", title.data, duration.data);
    else
        screen_ends(s->out, s->screen, title.data, duration.data);
    flush(s, 0);
    buffer_release(&duration);
    buffer_release(&title);
    digest_grader(s->card, &s->line);
    styled_flush(s, 0, SCREEN_DIM);
    digest_unfinished(&s->digest, &s->line);
    flush(s, 0);
}

static enum screen_style total_style(double total)
{
    if (total >= level_bars[LEVEL_SENIOR])
        return SCREEN_GOOD;
    return total >= level_bars[LEVEL_MID] ? SCREEN_NORMAL : SCREEN_WARN;
}

/* Text in a style; nothing is added around it when the style is none. */
static void add_styled(struct sheet *s, enum screen_style style, const char *text)
{
    if (style == SCREEN_NORMAL)
        utf8_add_harmless(s->out, text, strlen(text));
    else
        screen_styled(s->out, s->screen, style, text);
}

/* "mid: hire" at `column`, or in the next line; returns the column after it. */
static int write_level(struct sheet *s, enum level level, int start, int column)
{
    int width = s->screen->width, gap = width >= 72 ? 6 : 3;
    bool cleared = s->card->score->levels[level].cleared;
    struct buffer words = BUFFER_INIT;
    buffer_printf(&words, "%s: ", level_names[level]);
    digest_level(s->card, level, &words);
    int columns = (int)words.length;
    if (column == start) {
        gap = 0;
    } else if (column + gap + columns > width) {
        buffer_add_char(s->out, '\n');
        buffer_repeat(s->out, " ", (size_t)start);
        column = start;
        gap = 0;
    }
    buffer_repeat(s->out, " ", (size_t)gap);
    if (start + columns > width) /* longer than a line */
        screen_wrap(s->out, words.data, words.length, width, start + 2, -start);
    else
        add_styled(s, cleared ? SCREEN_GOOD : SCREEN_NORMAL, words.data);
    buffer_release(&words);
    return column + gap + columns;
}

/* "mid: hire   senior: ...   staff: no", side by side as far as the width goes. */
static void write_levels(struct sheet *s, int start)
{
    int column = start;
    for (int level = 0; level < LEVEL_COUNT; level++)
        column = write_level(s, (enum level)level, start, column);
    buffer_add_char(s->out, '\n');
}

static void write_levels_plain(struct sheet *s)
{
    const struct score *score = s->card->score;
    digest_total(s->card, &s->line);
    buffer_printf(&s->line, " of 100%s",
                  score->unfinished ? " so far" : score->part ? " for this part" : "");
    flush(s, 0);
    for (int level = 0; level < LEVEL_COUNT && !score->unfinished && !score->part; level++) {
        buffer_printf(&s->line, "%s: ", level_names[level]);
        digest_level(s->card, (enum level)level, &s->line);
        flush(s, 0);
    }
}

static void write_total(struct sheet *s)
{
    struct buffer number = BUFFER_INIT;
    double total = s->card->score->total;
    buffer_add_char(s->out, '\n');
    digest_total(s->card, &number);
    if (s->screen->plain) {
        write_levels_plain(s);
    } else {
        buffer_repeat(s->out, " ", INDENT);
        screen_style(s->out, s->screen, SCREEN_BOLD);
        add_styled(s, total_style(total), number.data);
        screen_style(s->out, s->screen, SCREEN_NORMAL);
        buffer_add_string(s->out, "  ");
        if (s->card->score->unfinished)
            buffer_add_string(s->out, "so far\n");
        else if (s->card->score->part)
            buffer_add_string(s->out, "of 100 for this part\n");
        else
            write_levels(s, INDENT + (int)number.length + 2);
    }
    int indent = s->screen->plain ? 0 : INDENT + (int)number.length + 2;
    digest_hints(s->card, &s->line);
    flush(s, indent);
    digest_short_of(s->card, &s->line);
    flush(s, indent);
    buffer_release(&number);
}

/* --- dimensions --- */

static int name_columns(const struct score *score, int width)
{
    int widest = 0, most = width - DIMENSION_REST;
    most = most < NAME_MOST ? most : NAME_MOST;
    for (size_t i = 0; i < score->dimension_count; i++) {
        struct buffer name = BUFFER_INIT;
        digest_dimension_name(score->dimensions[i].id, &name);
        int own = utf8_width(name.data, name.length);
        widest = own > widest ? own : widest;
        buffer_release(&name);
    }
    return widest < most ? widest : most;
}

/* Nothing for what was not asked: there is nothing to compare it with. */
static void add_guess(struct sheet *s, const struct dimension_score *d, struct buffer *out)
{
    double guess = digest_guess(s->card, d->id);
    if (guess >= 0 && d->weight > 0)
        buffer_printf(out, "you guessed %.2g", guess);
}

static void write_dimension_plain(struct sheet *s, const struct dimension_score *d)
{
    struct buffer guess = BUFFER_INIT;
    add_guess(s, d, &guess);
    digest_dimension_name(d->id, &s->line);
    if (d->weight > 0)
        buffer_printf(&s->line, ": %.1f of 4", 4 * d->share);
    else
        buffer_add_string(&s->line, ": not asked");
    if (guess.length)
        buffer_printf(&s->line, ", %s", guess.data);
    flush(s, 0);
    buffer_release(&guess);
}

static void write_dimension(struct sheet *s, const struct dimension_score *d, int name_width)
{
    struct buffer name = BUFFER_INIT, guess = BUFFER_INIT;
    int bar = s->screen->width - name_width - DIMENSION_REST;
    digest_dimension_name(d->id, &name);
    add_guess(s, d, &guess);
    buffer_repeat(s->out, " ", INDENT);
    screen_cell(s->out, s->screen, name.data, name_width);
    buffer_add_string(s->out, "  ");
    if (d->weight > 0 && bar >= BAR_LEAST) {
        screen_bar(s->out, s->screen, d->share, bar < BAR_MOST ? bar : BAR_MOST);
        buffer_add_string(s->out, "  ");
    }
    if (d->weight > 0)
        buffer_printf(s->out, "%.1f", 4 * d->share);
    else
        buffer_add_string(s->out, "not asked");
    if (guess.length) {
        buffer_add_string(s->out, "   ");
        screen_styled(s->out, s->screen, SCREEN_DIM, guess.data);
    }
    buffer_add_char(s->out, '\n');
    buffer_release(&name);
    buffer_release(&guess);
}

static void write_dimensions(struct sheet *s)
{
    const struct score *score = s->card->score;
    int name_width = name_columns(score, s->screen->width);
    buffer_add_char(s->out, '\n');
    for (size_t i = 0; i < score->dimension_count; i++) {
        if (score->part && !(score->dimensions[i].weight > 0))
            continue;
        if (s->screen->plain)
            write_dimension_plain(s, &score->dimensions[i]);
        else
            write_dimension(s, &score->dimensions[i], name_width);
    }
}

/* --- points won and lost --- */

static void write_strong(struct sheet *s)
{
    const struct digest *d = &s->digest;
    if (!d->strong_count) {
        buffer_add_char(s->out, '\n');
        paragraph(s, "Nothing was explained far enough yet to earn its points in full.", 0);
        return;
    }
    heading(s, "What earned most");
    for (size_t i = 0; i < d->strong_count; i++) {
        const struct criterion_score *c = &s->card->score->criteria[d->strong[i]];
        struct buffer place = BUFFER_INIT;
        digest_place(s->card, &c->quote, &place);
        entry(s, s->card->rubric->criteria[d->strong[i]].title, place.data, SCREEN_DIM);
        digest_quote(s->card->answer, &c->quote, &s->line);
        flush(s, QUOTE_INDENT);
        buffer_release(&place);
    }
}

static void write_gap(struct sheet *s, size_t criterion)
{
    const struct criterion *c = &s->card->rubric->criteria[criterion];
    struct buffer cost = BUFFER_INIT;
    digest_gap_cost(s->card, criterion, &cost);
    entry(s, c->title, cost.data, SCREEN_WARN);
    digest_seen(s->card, criterion, &s->line);
    flush(s, QUOTE_INDENT);
    buffer_printf(&s->line, s->card->interview ? "Leads there: %s" : "Ask yourself: %s", c->probe);
    flush(s, QUOTE_INDENT);
    paragraph(s, c->advice, QUOTE_INDENT);
    buffer_release(&cost);
}

static void write_gaps(struct sheet *s)
{
    const struct digest *d = &s->digest;
    if (!d->gap_count)
        return;
    heading(s, "What cost most");
    for (size_t i = 0; i < d->gap_count; i++)
        write_gap(s, d->gaps[i]);
    if (d->smaller_gaps) {
        buffer_printf(&s->line,
                      "and %zu that cost less; the page of viva report has them",
                      d->smaller_gaps);
        flush(s, INDENT);
    }
}

static void write_flags(struct sheet *s)
{
    const struct score *score = s->card->score;
    if (score->red_flag_count)
        heading(s, "What was wrong");
    for (size_t i = 0; i < score->red_flag_count; i++) {
        const struct red_flag_score *flag = &score->red_flags[i];
        struct buffer cost = BUFFER_INIT, place = BUFFER_INIT;
        digest_flag_cost(flag, &cost);
        entry(s, flag->flag->title, cost.data, SCREEN_BAD);
        digest_place(s->card, &flag->quote, &place);
        if (digest_has_quote(s->card->answer, &flag->quote)) {
            buffer_printf(&s->line, "%s%s%s%s: ", s->card->interview ? "Said" : "You said",
                          place.length ? " (" : "", place.data, place.length ? ")" : "");
            digest_quote(s->card->answer, &flag->quote, &s->line);
            flush(s, QUOTE_INDENT);
        }
        if (digest_reply(s->card, flag, &s->line))
            flush(s, QUOTE_INDENT);
        paragraph(s, flag->flag->advice, QUOTE_INDENT);
        buffer_release(&cost);
        buffer_release(&place);
    }
}

static void write_corrected(struct sheet *s)
{
    const struct red_flag_score *flag;
    size_t first = 0;
    if (score_next_corrected(s->card->score, &first))
        heading(s, "Asked about and settled, so that it costs nothing");
    for (size_t at = 0; (flag = score_next_corrected(s->card->score, &at)) != NULL;) {
        entry(s, flag->flag->title, "", SCREEN_GOOD);
        if (digest_reply(s->card, flag, &s->line))
            flush(s, QUOTE_INDENT);
    }
}

static void write_slips(struct sheet *s)
{
    const struct score *score = s->card->score;
    if (score->slip_count)
        heading(s, "Arithmetic");
    for (size_t i = 0; i < score->slip_count; i++) {
        digest_slip(s->card, &score->slips[i], &s->line);
        flush(s, INDENT);
    }
}

static void write_guards(struct sheet *s)
{
    const struct score *score = s->card->score;
    if (score->guard_count)
        heading(s, "What held the points down");
    for (size_t i = 0; i < score->guard_count; i++) {
        digest_guard(s->card, &score->guards[i], &s->line);
        flush(s, INDENT);
    }
}

/* --- the end --- */

static void write_facts(struct sheet *s)
{
    const struct digest *d = &s->digest;
    if (d->fact_count)
        heading(s, digest_never_asked(s->card));
    for (size_t i = 0; i < d->fact_count; i++) {
        digest_fact(&s->card->never_asked[d->facts[i]], &s->line);
        flush(s, INDENT);
    }
    if (s->card->never_asked_count > d->fact_count) {
        buffer_printf(&s->line, "and %zu more", s->card->never_asked_count - d->fact_count);
        flush(s, INDENT);
    }
}

static void write_manner(struct sheet *s)
{
    if (s->card->manner_count)
        heading(s, "How it was said");
    for (size_t i = 0; i < s->card->manner_count; i++) {
        digest_manner(s->card, &s->card->manner[i], &s->line);
        flush(s, INDENT);
    }
}

static void write_end(struct sheet *s)
{
    struct buffer times = BUFFER_INIT;
    digest_times(s->card, &times);
    if (times.length) {
        buffer_add_char(s->out, '\n');
        buffer_printf(&s->line, "Time: %s", times.data);
        flush(s, 0);
    }
    buffer_release(&times);
    digest_moments(s->card, &s->line);
    flush(s, 0);
    digest_next(&s->digest, &s->line);
    if (s->line.length)
        buffer_add_char(s->out, '\n');
    flush(s, 0);
    if (s->card->session) {
        buffer_add_char(s->out, '\n');
        buffer_printf(
            &s->line,
            "viva review %s%s shows this again; with --model strong answers too.",
            s->card->session, s->card->again ? s->card->again : "");
        styled_flush(s, 0, SCREEN_DIM);
    }
}

void card_write(const struct card *card, const struct screen *screen, struct buffer *out)
{
    struct sheet s = { .card = card, .screen = screen, .out = out, .line = BUFFER_INIT };
    digest_make(card, &s.digest);
    write_head(&s);
    write_total(&s);
    write_dimensions(&s);
    write_strong(&s);
    write_gaps(&s);
    write_flags(&s);
    write_corrected(&s);
    write_slips(&s);
    write_guards(&s);
    write_facts(&s);
    write_manner(&s);
    write_end(&s);
    buffer_release(&s.line);
}
