/* The page's time line and transcript. */
#include <string.h>

#include "report/digest.h"
#include "report/html_internal.h"

/* --- the time line --- */

static const char *class_of(const struct report_mark *mark)
{
    if (mark->kind != MARK_EVIDENCE)
        return "wrong";
    return mark->verdict == VERDICT_EXPLAINED ? "explained" : "mentioned";
}

/* Milliseconds that the phase's track stands for: what was planned, or more when more was
 * used. */
static double track_of(const struct card_phase *phase)
{
    double planned = phase->minutes * 60000, used = (double)phase->used;
    return used > planned ? used : planned;
}

static void write_tick(const struct report_line *line, double track, struct buffer *out)
{
    double at = track > 0 ? 100.0 * (double)line->at / track : 0;
    buffer_printf(out, "<i class=\"%s\" style=\"left:%.1f%%\"></i>",
                  class_of(&line->marks[0]),
                  at < 0     ? 0
                  : at > 100 ? 100
                             : at);
}

/* A bar of the time used, and a tick for each line with evidence; the words beneath say
 * the same. */
static void write_track(const struct report *report, int index, struct buffer *out)
{
    const struct card_phase *phase = &report->card.phases[index];
    double track = track_of(phase);
    if (phase->used < 0 || track <= 0)
        return;
    buffer_printf(
        out, "<div class=\"track\" aria-hidden=\"true\"><b style=\"width:%.1f%%\"></b>",
        100.0 * (double)phase->used / track);
    for (size_t i = 0; i < report->line_count; i++)
        if (report->lines[i].phase == index && report->lines[i].mark_count &&
            report->lines[i].at >= 0)
            write_tick(&report->lines[i], track, out);
    buffer_add_string(out, "</div>\n");
}

/* Also on paper and by ear: when what was said. */
static void write_moments(const struct report *report, int phase, struct buffer *out)
{
    bool begun = false;
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        for (size_t k = 0; k < line->mark_count && line->phase == phase; k++) {
            const struct report_mark *mark = &line->marks[k];
            struct buffer words = BUFFER_INIT;
            report_mark_words(report, mark, &words);
            buffer_add_string(out, begun ? "<li>" : "<ol>\n<li>");
            if (line->at >= 0) {
                buffer_add_string(out, "<span class=\"clock\">");
                report_clock(line->at, out);
                buffer_add_string(out, "</span> ");
            }
            buffer_printf(out, "<a class=\"%s\" href=\"#m-%zu\">", class_of(mark),
                          mark->number);
            html_flush(out, &words);
            buffer_add_string(out, "</a></li>\n");
            buffer_release(&words);
            begun = true;
        }
    }
    if (begun)
        buffer_add_string(out, "</ol>\n");
}

void html_timeline(const struct report *report, struct buffer *out)
{
    html_section(out, "time", "Time");
    struct buffer moments = BUFFER_INIT;
    if (!report->unsealed)
        digest_moments(&report->card, &moments);
    if (moments.length) {
        buffer_add_string(out, "<p>");
        html_flush(out, &moments);
        buffer_add_string(out, "</p>\n");
    }
    buffer_release(&moments);
    buffer_add_string(out, "<ol class=\"phases\">\n");
    for (size_t i = 0; i < report->card.phase_count; i++) {
        buffer_add_string(out, "<li>\n<h3>");
        html_add(out, report->card.phases[i].title);
        buffer_add_string(out, " <span class=\"clock\">");
        report_phase_time(&report->card.phases[i], out);
        buffer_add_string(out, "</span></h3>\n");
        write_track(report, (int)i, out);
        write_moments(report, (int)i, out);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ol>\n");
    html_section_end(out);
}

/* --- what was said --- */

static void write_anchors(const struct report_line *line, size_t from, size_t to,
                          struct buffer *out)
{
    for (size_t i = 0; i < line->mark_count; i++)
        if (line->marks[i].start >= from && line->marks[i].start < to)
            buffer_printf(out, "<span class=\"at\" id=\"m-%zu\"></span>",
                          line->marks[i].number);
}

static void write_words(const struct report_line *line, struct buffer *out)
{
    for (size_t from = 0, to; from < line->length; from = to) {
        const struct report_mark *mark = report_covering(line, from);
        to = report_cut(line, from);
        write_anchors(line, from, to, out);
        if (mark)
            buffer_printf(out, "<mark class=\"%s\">", class_of(mark));
        html_text(out, line->text + from, to - from);
        if (mark)
            buffer_add_string(out, "</mark>");
    }
}

/* The place of a criterion in the list of them, from 1; 0: it is not there, or not of this part. */
static size_t place_of(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->now->verdict_count; i++)
        if (!strcmp(report->now->verdicts[i].id, id))
            return report->card.score->part && !report->now->verdicts[i].graded ? 0 : i + 1;
    return 0;
}

static void write_evidence(const struct report *report, const struct report_line *line,
                           struct buffer *out)
{
    if (!line->mark_count)
        return;
    buffer_add_string(out, "<ul class=\"evidence\">\n");
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct report_mark *mark = &line->marks[i];
        size_t place = mark->kind == MARK_EVIDENCE ? place_of(report, mark->id) : 0;
        struct buffer words = BUFFER_INIT;
        report_mark_words(report, mark, &words);
        buffer_printf(out, "<li class=\"%s\">", class_of(mark));
        if (place)
            buffer_printf(out, "<a href=\"#c-%zu\">", place);
        else if (mark->kind == MARK_FLAG)
            buffer_add_string(out, "<a href=\"#flags\">");
        html_flush(out, &words);
        buffer_add_string(out,
                          place || mark->kind == MARK_FLAG ? "</a></li>\n" : "</li>\n");
        buffer_release(&words);
    }
    buffer_add_string(out, "</ul>\n");
}

static void write_line(const struct report *report, const struct report_line *line,
                       struct buffer *out)
{
    static const char *const states[] = {
        [LINE_STANDS] = "",
        [LINE_UNDONE] = " gone",
        [LINE_REPLACED] = " gone",
        [LINE_AFTER_MODEL] = " gone",
    };
    struct buffer words = BUFFER_INIT;
    buffer_printf(out, "<div class=\"line line-%s%s\" id=\"e-%zu\">\n<p class=\"who\">",
                  line_kind_names[line->kind], states[line->state], line->event);
    if (line->at >= 0) {
        buffer_add_string(out, "<span class=\"clock\">");
        report_clock(line->at, out);
        buffer_add_string(out, "</span> ");
    }
    buffer_printf(out, "%s</p>\n<div class=\"said\">\n<p dir=\"auto\">",
                  report_speaker(line));
    report_words(line, &words);
    if (line->mark_count)
        write_words(line, out);
    else
        html_text(out, words.data, words.length);
    buffer_add_string(out, "</p>\n");
    buffer_clear(&words);
    report_remark(line, &words);
    if (words.length) {
        buffer_add_string(out, "<p class=\"remark\">");
        html_flush(out, &words);
        buffer_add_string(out, "</p>\n");
    }
    write_evidence(report, line, out);
    buffer_add_string(out, "</div>\n</div>\n");
    buffer_release(&words);
}

void html_transcript(const struct report *report, struct buffer *out)
{
    html_section(out, "transcript", "Transcript");
    if (report->mark_count)
        buffer_add_string(
            out, "<p class=\"note\">Marked words are evidence: <mark "
                 "class=\"explained\">explained"
                 "</mark>, <mark class=\"mentioned\">mentioned</mark>, <mark "
                 "class=\"wrong\">wrong"
                 "</mark>. Beneath them stands what they are evidence of.</p>\n");
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        if (report_is_repeated(report, line) || report_is_withdrawn(line))
            continue;
        if (line->kind != LINE_PHASE) {
            write_line(report, line, out);
            continue;
        }
        buffer_printf(out, "<h3 id=\"e-%zu\">", line->event);
        html_text(out, line->text, line->length);
        buffer_add_string(out, "</h3>\n");
    }
    html_section_end(out);
}
