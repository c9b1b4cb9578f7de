#include "report/report_markdown.h"

#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
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

static void write_person(const struct grade *g, struct buffer *out)
{
    struct buffer recommendation = BUFFER_INIT;
    others_recommendation(g, &recommendation);
    buffer_add_string(out, "\n## Score by ");
    add(out, g->who);
    buffer_add_string(out, "\n\n**");
    card_total(g->total, out);
    buffer_add_string(out, " of 100**");
    if (recommendation.length) {
        buffer_add_string(out, ", recommends: **");
        add(out, recommendation.data);
        buffer_add_string(out, "**");
    }
    buffer_add_string(out, ", sealed before any other grade was seen.\n");
    write_list(out, "Strengths", g->strengths, g->strength_count);
    write_list(out, "Gaps", g->gaps, g->gap_count);
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
            write_person(g, out);
        else if (g->kind == kind)
            write_model(g, out);
}

/* --- every criterion --- */

static void write_quote(struct buffer *out, const struct grade_quote *quote)
{
    if (!quote->text || !quote->length)
        return;
    size_t fit = utf8_fit_words(quote->text, quote->length, QUOTE_COLUMNS);
    buffer_add_char(out, '"');
    markdown_text(out, quote->text, fit);
    buffer_add_string(out, fit < quote->length ? " ...\"" : "\"");
}

static void write_verdict(const struct report *report, const struct grade_verdict *own,
                          struct buffer *out)
{
    const struct grade_quote *quote = &own->quote;
    buffer_add_string(out, "| ");
    add(out, own->title);
    buffer_add_string(out, " |");
    if (!report->wordless)
        buffer_printf(out, " %s |", verdict_names[own->verdict]);
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));) {
        const struct grade_verdict *v = grade_verdict(g, own->id);
        buffer_printf(out, " %s |", v ? verdict_names[v->verdict] : "");
        if (!quote->text && v)
            quote = &v->quote;
    }
    buffer_add_char(out, ' ');
    write_quote(out, quote);
    buffer_add_string(out, " |\n");
}

static void write_criteria(const struct report *report, struct buffer *out)
{
    size_t others = 0;
    buffer_printf(out, "\n## Every criterion\n\n| criterion |%s",
                  report->wordless ? "" : " built-in grader |");
    for (const struct grade *g = NULL; (g = report_other_grade(report, g)); others++) {
        buffer_add_char(out, ' ');
        add(out, g->who);
        buffer_add_string(out, " |");
    }
    buffer_add_string(out, " evidence |\n| --- |");
    buffer_repeat(out, " --- |", others + 1 + !report->wordless);
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < report->now->verdict_count; i++)
        if (!report->card.score->part || report->now->verdicts[i].graded)
            write_verdict(report, &report->now->verdicts[i], out);
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
        if (report_is_repeated(report, line))
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
        buffer_add_string(out, "\n## Score by the built-in grader\n");
        if (report->wordless)
            buffer_printf(out, "\n%s\n", report_wordless);
        else
            card_markdown_body(&report->card, out);
        write_others(report, GRADER_MODEL, out);
        write_criteria(report, out);
    }
    if (transcript)
        write_transcript(report, out);
}
