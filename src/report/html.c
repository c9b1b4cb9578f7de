#include "report/html.h"

#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
#include "report/html_internal.h"

/* --- text --- */

void html_text(struct buffer *out, const char *text, size_t length)
{
    struct buffer safe = BUFFER_INIT;
    utf8_add_harmless(&safe, text, length);
    for (size_t i = 0; i < safe.length; i++) {
        switch (safe.data[i]) {
        case '&':
            buffer_add_string(out, "&amp;");
            break;
        case '<':
            buffer_add_string(out, "&lt;");
            break;
        case '>':
            buffer_add_string(out, "&gt;");
            break;
        case '"':
            buffer_add_string(out, "&quot;");
            break;
        case '\'':
            buffer_add_string(out, "&#39;");
            break;
        default:
            buffer_add_char(out, safe.data[i]);
        }
    }
    buffer_release(&safe);
}

void html_add(struct buffer *out, const char *text)
{
    html_text(out, text, strlen(text));
}

void html_flush(struct buffer *out, struct buffer *text)
{
    html_text(out, text->data, text->length);
    buffer_clear(text);
}

void html_section(struct buffer *out, const char *id, const char *title)
{
    buffer_printf(out, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">", id, id);
    html_add(out, title);
    buffer_add_string(out, "</h2>\n");
}

void html_section_end(struct buffer *out)
{
    buffer_add_string(out, "</section>\n");
}

/* --- marks --- */

const struct report_mark *html_mark_of(const struct report *report, enum mark_kind kind,
                                       const char *id, const struct grade *grade)
{
    for (size_t i = 0; i < report->line_count; i++)
        for (size_t k = 0; k < report->lines[i].mark_count; k++) {
            const struct report_mark *mark = &report->lines[i].marks[k];
            if (mark->kind == kind && mark->grade == grade && !strcmp(mark->id, id))
                return mark;
        }
    return NULL;
}

const struct report_line *html_line_of(const struct report *report,
                                       const struct report_mark *mark)
{
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        if (line->mark_count && mark >= line->marks &&
            mark < line->marks + line->mark_count)
            return line;
    }
    return NULL;
}

void html_place(const struct report *report, const struct report_line *line,
                struct buffer *out)
{
    if (line->phase >= 0)
        buffer_add_string(out, report->card.phases[line->phase].title);
    if (line->at >= 0) {
        buffer_add_char(out, ' ');
        report_clock(line->at, out);
    }
}

/* --- the frame --- */

void html_head(struct buffer *out, const char *title)
{
    buffer_add_string(
        out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta name=\"referrer\" content=\"no-referrer\">\n"
             "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_add(out, title);
    buffer_add_string(out, "</title>\n<style>\n");
    for (size_t i = 0; html_style[i]; i++)
        buffer_add_string(out, html_style[i]);
    buffer_add_string(out, "</style>\n</head>\n");
}

static void write_head(const struct report *report, struct buffer *out)
{
    struct buffer title = BUFFER_INIT;
    digest_title(&report->card, &title);
    buffer_printf(&title, ", %s", report_mode_words(report));
    if (report->candidate)
        buffer_printf(&title, " with %s", report->candidate);
    html_head(out, title.data);
    buffer_release(&title);
}

static void write_fact(struct buffer *out, const char *name, const char *fact)
{
    if (!fact || !*fact)
        return;
    buffer_printf(out, "<div><dt>%s</dt><dd>", name);
    html_add(out, fact);
    buffer_add_string(out, "</dd></div>\n");
}

static void write_facts(const struct report *report, struct buffer *out)
{
    struct buffer date = BUFFER_INIT, duration = BUFFER_INIT;
    report_date(report->began, &date);
    digest_duration(report->card.duration, &duration);
    buffer_add_string(out, "<dl class=\"facts\">\n");
    write_fact(out, "Candidate", report->candidate);
    write_fact(out, "Interviewer", report->interviewer);
    write_fact(out, "Date", date.data);
    write_fact(out, "Duration", duration.data);
    if (report->card.level < LEVEL_COUNT)
        write_fact(out, "Level aimed at", level_names[report->card.level]);
    if (report->id) {
        char id[9] = { 0 };
        snprintf(id, sizeof(id), "%s", report->id);
        write_fact(out, "Transcript", id);
    }
    buffer_add_string(out, "</dl>\n");
    buffer_release(&date);
    buffer_release(&duration);
}

static void write_banner(const struct report *report, struct buffer *out)
{
    struct buffer title = BUFFER_INIT;
    buffer_add_string(out, "<header>\n<p class=\"kind\">");
    html_add(out, report_mode_words(report));
    buffer_add_string(out, "</p>\n<h1>");
    digest_title(&report->card, &title);
    html_flush(out, &title);
    buffer_release(&title);
    buffer_add_string(out, "</h1>\n");
    write_facts(report, out);
    buffer_add_string(out, "<nav aria-label=\"On this page\"><ul>\n");
    if (report_other_grade(report, NULL))
        buffer_printf(out, "<li><a href=\"#people\">%s</a></li>\n",
                      html_people_title(report));
    if (!report->unsealed)
        buffer_add_string(out, "<li><a href=\"#score\">Score</a></li>\n<li><a "
                               "href=\"#criteria\">Criteria</a></li>\n");
    buffer_add_string(out, "<li><a href=\"#time\">Time</a></li>\n<li><a "
                           "href=\"#transcript\">Transcript</a></li>\n"
                           "</ul></nav>\n</header>\n");
}

static void write_foot(const struct report *report, struct buffer *out)
{
    const struct grade_sources *s = &report->now->sources;
    buffer_add_string(out, "<footer>\n<p>Made by viva " VIVA_VERSION
                           " from a transcript that was written "
                           "as it was said.");
    if (!report->unsealed)
        buffer_printf(
            out,
            " Built-in grader %s, rubric %s version %d (%s). Every point stands beside "
            "the words that earned it; a grade is help for a person who decides, not the "
            "decision.",
            s->scorer ? s->scorer : "", report->card.scenario, s->rubric_version,
            s->rubric ? s->rubric : "");
    buffer_add_string(out, "</p>\n</footer>\n");
}

void report_html(const struct report *report, struct buffer *out)
{
    write_head(report, out);
    buffer_add_string(
        out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
    write_banner(report, out);
    buffer_add_string(out, "<main id=\"main\" tabindex=\"-1\">\n");
    if (report->unsealed) {
        buffer_printf(out, "<p class=\"note\">%s</p>\n", report_unsealed);
    } else {
        html_people(report, out);
        html_score(report, out);
        html_criteria(report, out);
    }
    html_timeline(report, out);
    html_transcript(report, out);
    buffer_add_string(out, "</main>\n");
    write_foot(report, out);
    buffer_add_string(out, "</body>\n</html>\n");
}
