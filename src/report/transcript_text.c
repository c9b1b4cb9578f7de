#include "report/transcript_text.h"

#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
#include "terminal/highlight.h"

/* From this width on time and speaker stand in columns of their own. */
enum {
    COLUMNS_FROM = 72,
    TIME_COLUMNS = 5,
    TEXT_COLUMN = 20,
    NARROW_INDENT = 7,
    QUOTE_COLUMNS = 40
};

struct reading {
    const struct report *report;
    const struct screen *screen;
    struct buffer *out;
    bool columns;
    int indent; /* of what is said */
};

static void put_wrapped(struct reading *r, const struct buffer *text,
                        enum screen_style style, int indent)
{
    screen_style(r->out, r->screen, style);
    screen_wrap(r->out, text->data, text->length, r->screen->width, indent, indent);
    screen_style(r->out, r->screen, SCREEN_NORMAL);
    buffer_add_char(r->out, '\n');
}

/* --- the head --- */

static void add_fact(struct buffer *line, const char *before, const char *fact)
{
    if (fact && *fact)
        buffer_printf(line, "%s%s%s", line->length ? ", " : "", before, fact);
}

static void write_head(struct reading *r)
{
    const struct report *report = r->report;
    struct buffer title = BUFFER_INIT, line = BUFFER_INIT, date = BUFFER_INIT;
    digest_title(&report->card, &title);
    report_date(report->began, &date);
    if (r->screen->plain || !date.length)
        screen_wrap(r->out, title.data, title.length, r->screen->width, 0, 0);
    else
        screen_ends(r->out, r->screen, title.data, date.data);
    if (r->screen->plain || !date.length)
        buffer_add_char(r->out, '\n');
    add_fact(&line, "", report_mode_words(report));
    add_fact(&line, "",
             report->card.level < LEVEL_COUNT ? level_names[report->card.level] : NULL);
    add_fact(&line, "candidate ", report->candidate);
    add_fact(&line, "interviewer ", report->interviewer);
    if (r->screen->plain)
        add_fact(&line, "", date.data);
    if (report->id)
        buffer_printf(&line, ", transcript %.8s", report->id);
    put_wrapped(r, &line, SCREEN_DIM, 0);
    buffer_release(&line);
    buffer_release(&date);
    buffer_release(&title);
}

static void write_phase(struct reading *r, const struct report_line *line)
{
    const struct card *card = &r->report->card;
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    const struct card_phase *phase = line->phase >= 0 ? &card->phases[line->phase] : NULL;
    if (phase)
        buffer_printf(&left, "%d ", line->phase + 1);
    buffer_add(&left, line->text, line->length);
    if (phase && phase->used >= 0) {
        report_clock(phase->used, &right);
        if (phase->minutes > 0) {
            buffer_add_string(&right, " of ");
            report_clock((int64_t)(phase->minutes * 60000), &right);
        }
    }
    buffer_add_char(r->out, '\n');
    screen_style(r->out, r->screen, SCREEN_BOLD);
    if (r->screen->plain && right.length) {
        buffer_printf(&left, ", %s", right.data);
        screen_wrap(r->out, left.data, left.length, r->screen->width, 0, 0);
        buffer_add_char(r->out, '\n');
    } else {
        screen_ends(r->out, r->screen, left.data, right.data);
    }
    screen_style(r->out, r->screen, SCREEN_NORMAL);
    buffer_add_char(r->out, '\n');
    buffer_release(&left);
    buffer_release(&right);
}

/* --- what was said --- */

static enum screen_style style_of(const struct report_mark *mark)
{
    if (mark->kind != MARK_EVIDENCE)
        return SCREEN_BAD;
    return mark->verdict == VERDICT_EXPLAINED ? SCREEN_GOOD : SCREEN_WARN;
}

/* Stretches that stand out; those side by side are one, and look as what weighs most in
 * it. */
static size_t highlights_of(const struct report_line *line, struct arena *arena,
                            struct highlight **out)
{
    struct highlight *list =
        arena_array(arena, struct highlight, line->mark_count * 2 + 1);
    size_t count = 0;
    int heaviest = 0;
    for (size_t from = 0, to; from < line->length; from = to) {
        const struct report_mark *mark = report_covering(line, from);
        to = report_cut(line, from);
        if (!mark)
            continue;
        if (!count || list[count - 1].end != from) {
            list[count++] = (struct highlight) { from, to, style_of(mark) };
            heaviest = report_weight(mark);
            continue;
        }
        list[count - 1].end = to;
        if (report_weight(mark) > heaviest) {
            heaviest = report_weight(mark);
            list[count - 1].style = style_of(mark);
        }
    }
    *out = list;
    return count;
}

/* Time and speaker, up to where the text begins; returns the column for screen_wrap(). */
static int write_speaker(struct reading *r, const struct report_line *line)
{
    struct buffer time = BUFFER_INIT;
    const char *who = report_speaker(line);
    size_t before = r->out->length;
    if (line->at >= 0)
        report_clock(line->at, &time);
    if (r->columns)
        buffer_repeat(r->out, " ",
                      time.length < TIME_COLUMNS ? TIME_COLUMNS - time.length : 0);
    buffer_add_string(r->out, time.data);
    buffer_add_string(r->out, r->columns ? "  " : time.length ? " " : "");
    size_t columns = r->out->length - before;
    screen_styled(r->out, r->screen, SCREEN_SPEAKER, who);
    columns += strlen(who);
    buffer_release(&time);
    if (r->columns) {
        buffer_repeat(r->out, " ", columns < TEXT_COLUMN ? TEXT_COLUMN - columns : 1);
        return -(columns < TEXT_COLUMN ? TEXT_COLUMN : (int)columns + 1);
    }
    if (r->screen->plain) {
        buffer_add_string(r->out, ": ");
        return -(int)(columns + 2);
    }
    buffer_add_char(r->out, '\n');
    return r->indent;
}

/* The text and what is to be said of it, as one paragraph. */
static void write_text(struct reading *r, const struct report_line *line, int first)
{
    struct arena arena = ARENA_INIT;
    struct buffer text = BUFFER_INIT, remark = BUFFER_INIT;
    struct highlighted p = { 0 };
    struct highlight *highlights = NULL;
    buffer_add(&text, line->text, line->length);
    report_remark(line, &remark);
    if (remark.length)
        buffer_printf(&text, "%s(%s)", text.length ? " " : "", remark.data);
    if (!r->screen->plain)
        p.count = highlights_of(line, &arena, &highlights);
    p.text = text.data;
    p.length = text.length;
    p.highlights = highlights;
    bool gone = line->state != LINE_STANDS;
    if (gone)
        screen_style(r->out, r->screen, SCREEN_DIM);
    screen_wrap_highlighted(r->out, r->screen, &p, r->indent, first);
    if (gone)
        screen_style(r->out, r->screen, SCREEN_NORMAL);
    buffer_add_char(r->out, '\n');
    buffer_release(&text);
    buffer_release(&remark);
    arena_release(&arena);
}

/* Whether the line's marks all mean the same words, which stand out by themselves. */
static bool is_one_stretch(const struct report_line *line)
{
    for (size_t i = 1; i < line->mark_count; i++)
        if (line->marks[i].start != line->marks[0].start ||
            line->marks[i].end != line->marks[0].end)
            return false;
    return true;
}

/* The words that are meant, as far as needed to find them, where they do not stand out.
 */
static void add_words(struct reading *r, const struct report_line *line,
                      const struct report_mark *mark, struct buffer *text)
{
    bool all = mark->start == 0 && mark->end == line->length;
    if (all || (is_one_stretch(line) && !r->screen->plain))
        return;
    size_t length = mark->end - mark->start;
    size_t fit = utf8_fit_words(line->text + mark->start, length, QUOTE_COLUMNS);
    buffer_add_string(text, ", \"");
    for (size_t i = 0; i < fit; i++) {
        char c = line->text[mark->start + i];
        buffer_add_char(text, c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
    }
    buffer_add_string(text, fit < length ? " ...\"" : "\"");
}

static void write_marks(struct reading *r, const struct report_line *line)
{
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *mark = &line->marks[i];
        struct buffer text = BUFFER_INIT;
        buffer_add_string(&text, r->screen->plain ? "Evidence, " : "= ");
        report_mark_words(r->report, mark, &text);
        add_words(r, line, mark, &text);
        screen_style(r->out, r->screen, style_of(mark));
        screen_wrap(r->out, text.data, text.length, r->screen->width, r->indent + 2,
                    r->indent);
        screen_style(r->out, r->screen, SCREEN_NORMAL);
        buffer_add_char(r->out, '\n');
        buffer_release(&text);
    }
}

/* --- any line --- */

static void write_line(struct reading *r, const struct report_line *line)
{
    struct buffer words = BUFFER_INIT;
    if (line->kind == LINE_PHASE) {
        write_phase(r, line);
        return;
    }
    int first = write_speaker(r, line);
    report_words(line, &words);
    struct report_line shown = *line;
    shown.text = words.data;
    shown.length = words.length;
    write_text(r, &shown, first);
    write_marks(r, line);
    buffer_release(&words);
}

static void write_legend(struct reading *r)
{
    struct buffer text = BUFFER_INIT;
    if (r->report->mark_count && !r->screen->plain)
        buffer_add_string(
            &text, "Evidence stands in brackets; beneath it, what it is evidence of.");
    else if (r->report->unsealed)
        buffer_add_string(&text, report_unsealed);
    if (text.length)
        put_wrapped(r, &text, SCREEN_DIM, 0);
    buffer_release(&text);
}

void transcript_text(const struct report *report, const struct screen *screen,
                     struct buffer *out)
{
    struct reading r = { .report = report, .screen = screen, .out = out };
    r.columns = !screen->plain && screen->width >= COLUMNS_FROM;
    r.indent = r.columns ? TEXT_COLUMN : screen->plain ? 2 : NARROW_INDENT;
    write_head(&r);
    write_legend(&r);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < report->line_count; i++)
        if (!report_is_repeated(report, &report->lines[i]))
            write_line(&r, &report->lines[i]);
}
