#include "report/report_markdown.h"

#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
#include "report/levels.h"
#include "report/markdown.h"
#include "report/others.h"

enum { QUOTE_COLUMNS = 280 };

static void add(struct buffer *out, const char *text)
{
    markdown_text(out, text, strlen(text));
}

/* --- the head --- */

static void write_fact(struct buffer *out, const char *name, const char *fact)
{
    if (!fact || !*fact)
        return;
    buffer_printf(out, "- %s: ", name);
    add(out, fact);
    buffer_add_char(out, '\n');
}

static void write_head(const struct report *report, struct buffer *out)
{
    struct buffer title = BUFFER_INIT, date = BUFFER_INIT, duration = BUFFER_INIT;
    report_date(report->began, &date);
    digest_duration(report->card.duration, &duration);
    digest_title(&report->card, &title);
    buffer_add_string(out, "# ");
    add(out, title.data);
    buffer_release(&title);
    buffer_printf(out, ", %s\n\n", report_mode_words(report));
    write_fact(out, "Candidate", report->candidate);
    write_fact(out, "Interviewer", report->interviewer);
    write_fact(out, "Date", date.data);
    write_fact(out, "Time", duration.data);
    if (report->card.level < LEVEL_COUNT)
        write_fact(out, "Level aimed at", level_names[report->card.level]);
    write_fact(out, "Transcript", report->id);
    buffer_release(&date);
    buffer_release(&duration);
}

/* --- grades --- */

static void write_list(struct buffer *out, const char *name, const char *const *texts,
                       size_t count)
{
    if (count)
        buffer_printf(out, "\n%s:\n\n", name);
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, "- ");
        add(out, texts[i]);
        buffer_add_char(out, '\n');
    }
}

static void write_quote(struct buffer *out, const struct grade_quote *quote)
{
    if (!quote->text || !quote->length)
        return;
    size_t fit = utf8_fit_words(quote->text, quote->length, QUOTE_COLUMNS);
    buffer_add_char(out, '"');
    markdown_text(out, quote->text, fit);
    buffer_add_string(out, fit < quote->length ? " ...\"" : "\"");
    buffer_add_string(out, quote->noted ? " (a note)" : "");
}

static void write_flags(const struct grade *g, struct buffer *out)
{
    if (g->flag_count)
        buffer_add_string(out, "\nRed flags:\n\n");
    for (size_t i = 0; i < g->flag_count; i++) {
        const struct grade_flag *flag = &g->flags[i];
        buffer_add_string(out, "- ");
        add(out, flag->title);
        buffer_add_string(out,
                          strcmp(flag->id, flag->title) != 0 ? "; said otherwise" : "");
        if (flag->cost > 0)
            buffer_printf(out, " (-%.3g)", flag->cost);
        buffer_add_string(out, flag->stood ? ", not settled when asked" : "");
        buffer_add_string(out, flag->quote.text && flag->quote.length ? ": " : "");
        write_quote(out, &flag->quote);
        buffer_add_char(out, '\n');
    }
}

static void write_levels(const struct report *report, const struct grade *g,
                         struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    for (int level = 0;
         level < LEVEL_COUNT && !g->unfinished && !report->card.score->part; level++) {
        buffer_printf(out, "%s- %s: ", level ? "" : "\n", level_names[level]);
        levels_word(g, report->card.rubric, (enum level)level, &text);
        add(out, text.data);
        buffer_add_char(out, '\n');
        buffer_clear(&text);
    }
    levels_short_of(g, report->card.rubric, &text);
    if (text.length) {
        buffer_add_char(out, '\n');
        add(out, text.data);
        buffer_add_char(out, '\n');
    }
    buffer_release(&text);
}

static void write_person(const struct report *report, const struct grade *g,
                         struct buffer *out)
{
    struct buffer recommendation = BUFFER_INIT;
    others_recommendation(g, &recommendation);
    buffer_add_string(out, "\n## Score by ");
    add(out, g->who);
    buffer_add_string(out, "\n\n**");
    card_total(g->total, out);
    buffer_add_string(out, " of 100**");
    grade_basis(g, out);
    buffer_add_string(out, g->unfinished ? ", unfinished" : "");
    if (recommendation.length) {
        buffer_add_string(out, ", recommends: **");
        add(out, recommendation.data);
        buffer_add_string(out, "**");
    }
    buffer_add_string(out, ", sealed before any other grade was seen.\n");
    write_levels(report, g, out);
    write_list(out, "Strengths", g->strengths, g->strength_count);
    write_list(out, "Gaps", g->gaps, g->gap_count);
    write_flags(g, out);
    buffer_release(&recommendation);
}

static void write_model(const struct grade *g, struct buffer *out)
{
    buffer_add_string(out, "\n## Score by the language model ");
    add(out, g->who);
    buffer_add_string(out, "\n\n**");
    card_total(g->total, out);
    buffer_add_string(out, " of 100**");
    if (g->runs > 1) {
        buffer_add_string(out, ", in runs from ");
        card_total(g->low, out);
        buffer_add_string(out, " to ");
        card_total(g->high, out);
    }
    buffer_add_string(out, ".\n");
    if (g->voided_count)
        buffer_add_string(
            out, "\nWhat it said and could not show; it counts for nothing:\n\n");
    for (size_t i = 0; i < g->voided_count; i++) {
        buffer_add_string(out, "- ");
        add(out, g->voided[i].title);
        buffer_printf(out, ": %s, ", g->voided[i].claimed);
        add(out, grade_void_words(g->voided[i].why));
        buffer_add_char(out, '\n');
    }
}

static void write_others(const struct report *report, enum grader_kind kind,
                         struct buffer *out)
{
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));)
        if (g->kind == kind && kind == GRADER_PERSON)
            write_person(report, g, out);
        else if (g->kind == kind)
            write_model(g, out);
}

/* --- every area --- */

static void write_share(double share, struct buffer *out)
{
    if (share < 0)
        buffer_add_string(out, " not asked |");
    else
        buffer_printf(out, " %.1f |", 4 * share);
}

static void write_area(const struct report *report, const struct dimension_score *d,
                       struct buffer *out)
{
    struct buffer name = BUFFER_INIT;
    double guess = digest_guess(&report->card, d->id);
    digest_dimension_name(d->id, &name);
    buffer_add_string(out, "| ");
    add(out, name.data);
    buffer_add_string(out, " |");
    for (const struct grade *g = NULL; (g = report_grade(report, g));)
        write_share(report_share(report, g, d), out);
    if (report->card.guess_count && guess >= 0)
        buffer_printf(out, " %.3g |", guess);
    else if (report->card.guess_count)
        buffer_add_string(out, "  |");
    buffer_add_char(out, '\n');
    buffer_release(&name);
}

/* "| area | AB | built-in grader |" */
static size_t write_heads(const struct report *report, const char *first,
                          struct buffer *out)
{
    size_t count = 0;
    buffer_printf(out, "| %s |", first);
    for (const struct grade *g = NULL; (g = report_grade(report, g)); count++) {
        buffer_add_char(out, ' ');
        add(out, g == report->now ? "built-in grader" : g->who);
        buffer_add_string(out, " |");
    }
    return count;
}

/* What several gave, side by side; where there is the built-in grade alone its card has the areas. */
static void write_areas(const struct report *report, struct buffer *out)
{
    const struct score *score = report->card.score;
    bool guesses = report->card.guess_count > 0;
    if (!report_other_grade(report, NULL))
        return;
    buffer_add_string(out, "\n## Areas, 0 to 4\n\n");
    size_t columns = write_heads(report, "area", out);
    buffer_add_string(out, guesses ? " own guess |\n| --- |" : "\n| --- |");
    buffer_repeat(out, " ---: |", columns + guesses);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < score->dimension_count; i++)
        if (!score->part || score->dimensions[i].weight > 0)
            write_area(report, &score->dimensions[i], out);
}

/* --- every criterion --- */

/* The words that each verdict rests on, once, and whose they are where several graded. */
static void write_evidence(const struct report *report, const char *criterion,
                           struct buffer *out)
{
    bool several = report_other_grade(report, NULL), begun = false;
    for (const struct grade *g = NULL; (g = report_grade(report, g));) {
        const struct grade_verdict *v = report_own_words(report, criterion, g);
        struct buffer who = BUFFER_INIT;
        if (!v)
            continue;
        report_graders(report, criterion, g, &who);
        buffer_add_string(out, begun ? "; " : "");
        if (several) {
            add(out, who.data);
            buffer_add_string(out, ": ");
        }
        write_quote(out, &v->quote);
        buffer_release(&who);
        begun = true;
    }
}

static void write_verdict(const struct report *report, const struct grade_verdict *own,
                          struct buffer *out)
{
    buffer_add_string(out, "| ");
    add(out, own->title);
    buffer_add_string(out, " |");
    for (const struct grade *g = NULL; (g = report_grade(report, g));) {
        const struct grade_verdict *v = grade_verdict(g, own->id);
        buffer_printf(out, " %s |", v ? grade_verdict_words(v->verdict) : "");
    }
    buffer_add_char(out, ' ');
    write_evidence(report, own->id, out);
    buffer_add_string(out, " |\n");
}

static void write_criteria(const struct report *report, struct buffer *out)
{
    buffer_add_string(out, "\n## Every criterion\n\n");
    size_t columns = write_heads(report, "criterion", out);
    buffer_add_string(out, " evidence |\n| --- |");
    buffer_repeat(out, " --- |", columns + 1);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < report->now->verdict_count; i++)
        if (!report->card.score->part || report->now->verdicts[i].graded)
            write_verdict(report, &report->now->verdicts[i], out);
}

/* --- the time line --- */

static void write_moments(const struct report *report, int phase, struct buffer *out)
{
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        for (size_t k = 0; k < line->mark_count && line->phase == phase; k++) {
            struct buffer words = BUFFER_INIT;
            report_mark_words(report, &line->marks[k], &words);
            buffer_add_string(out, "  - ");
            if (line->at >= 0) {
                report_clock(line->at, out);
                buffer_add_char(out, ' ');
            }
            add(out, words.data);
            buffer_add_char(out, '\n');
            buffer_release(&words);
        }
    }
}

static void write_timeline(const struct report *report, struct buffer *out)
{
    buffer_add_string(out, "\n## Time\n\n");
    for (size_t i = 0; i < report->card.phase_count; i++) {
        buffer_add_string(out, "- ");
        add(out, report->card.phases[i].title);
        buffer_add_string(out, ": ");
        report_phase_time(&report->card.phases[i], out);
        buffer_add_char(out, '\n');
        write_moments(report, (int)i, out);
    }
}

/* --- the transcript --- */

static void write_marks(const struct report *report, const struct report_line *line,
                        struct buffer *out)
{
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *mark = &line->marks[i];
        struct grade_quote quote = { .text = line->text + mark->start,
                                     .length = mark->end - mark->start };
        struct buffer words = BUFFER_INIT;
        report_mark_words(report, mark, &words);
        buffer_add_string(out, "  - *");
        add(out, words.data);
        buffer_add_string(out, "*: ");
        write_quote(out, &quote);
        buffer_add_char(out, '\n');
        buffer_release(&words);
    }
}

static void write_line(const struct report *report, const struct report_line *line,
                       struct buffer *out)
{
    struct buffer words = BUFFER_INIT, remark = BUFFER_INIT;
    buffer_add_string(out, "- ");
    if (line->at >= 0) {
        report_clock(line->at, out);
        buffer_add_char(out, ' ');
    }
    buffer_printf(out, "**%s:** ", report_speaker(line));
    report_words(line, &words);
    add(out, words.data);
    buffer_release(&words);
    report_remark(line, &remark);
    if (remark.length) {
        buffer_add_string(out, " (");
        add(out, remark.data);
        buffer_add_char(out, ')');
    }
    buffer_add_char(out, '\n');
    write_marks(report, line, out);
    buffer_release(&remark);
}

static void write_transcript(const struct report *report, struct buffer *out)
{
    buffer_add_string(out, "\n## Transcript\n\n");
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        if (report_is_repeated(report, line) || report_is_withdrawn(line))
            continue;
        if (line->kind != LINE_PHASE) {
            write_line(report, line, out);
            continue;
        }
        buffer_add_string(out, i ? "\n### " : "### ");
        markdown_text(out, line->text, line->length);
        buffer_add_string(out, "\n\n");
    }
}

void report_markdown(const struct report *report, bool transcript, struct buffer *out)
{
    write_head(report, out);
    if (report->unsealed) {
        buffer_printf(out, "\n%s\n", report_unsealed);
    } else {
        write_others(report, GRADER_PERSON, out);
        write_areas(report, out);
        buffer_add_string(out, "\n## Score by the built-in grader\n");
        if (report->wordless)
            buffer_printf(out, "\n%s\n", report_wordless);
        else
            card_markdown_body(&report->card, !report_other_grade(report, NULL), out);
        write_others(report, GRADER_MODEL, out);
        write_criteria(report, out);
    }
    if (!transcript)
        return;
    write_timeline(report, out);
    write_transcript(report, out);
}
