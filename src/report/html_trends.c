#include "report/html_trends.h"

#include <math.h>
#include <string.h>

#include "base/time.h"
#include "report/digest.h"
#include "report/html_internal.h"

enum { LINE_WIDE = 600, LINE_HIGH = 100, OPEN_MOST = 30 };

/* --- lines --- */

static double height_of(double value, double top)
{
    double share = top > 0 ? value / top : 0;
    return LINE_HIGH - LINE_HIGH * (share < 0 ? 0 : share > 1 ? 1 : share);
}

/* The bars of the levels, across a line of scores. */
static void write_bars(struct buffer *out)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        buffer_printf(out, "<path class=\"level\" d=\"M0 %.1fH%d\"/>",
                      height_of(level_bars[level], 100), LINE_WIDE);
}

/* One value is a line across; what was not measured is passed over. */
static void write_line(const struct trend *t, size_t sessions, const char *class,
                       struct buffer *out)
{
    size_t seen = 0;
    double step = t->count > 1 ? (double)LINE_WIDE / (double)(t->count - 1) : LINE_WIDE;
    buffer_printf(out,
                  "<svg class=\"%s\" viewBox=\"0 -3 %d %d\" preserveAspectRatio=\"none\" "
                  "aria-hidden=\"true\" "
                  "focusable=\"false\">",
                  class, LINE_WIDE, LINE_HIGH + 6);
    if (!strcmp(class, "chart"))
        write_bars(out);
    buffer_add_string(out, "<path d=\"");
    for (size_t i = 0; i < sessions; i++) {
        if (isnan(t->values[i]))
            continue;
        buffer_printf(out, "%c%.1f %.1f", seen ? 'L' : 'M', step * (double)seen,
                      height_of(t->values[i], t->top));
        seen++;
        if (t->count == 1)
            buffer_printf(out, "H%d", LINE_WIDE);
    }
    buffer_add_string(out, "\"/></svg>");
}

static void write_value(double value, double top, struct buffer *out)
{
    if (isnan(value))
        buffer_add_string(out, "-");
    else
        buffer_printf(out, top >= 100 ? "%.0f" : top > 1 ? "%.1f" : "%.2f", value);
}

/* "41 to 67, best 71" */
static void write_course(const struct trend *t, struct buffer *out)
{
    write_value(t->first, t->top, out);
    buffer_add_string(out, " to ");
    write_value(t->last, t->top, out);
    buffer_add_string(out, ", best ");
    write_value(t->best, t->top, out);
}

/* --- head --- */

static void write_fact(struct buffer *out, const char *name, const char *fact)
{
    buffer_printf(out, "<div><dt>%s</dt><dd>", name);
    html_add(out, fact);
    buffer_add_string(out, "</dd></div>\n");
}

static void write_banner(const struct trends *t, bool anonymous, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(
        out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n"
             "<p class=\"kind\">over time</p>\n<h1>How sessions went</h1>\n<dl "
             "class=\"facts\">\n");
    buffer_printf(&text, "%zu%s, %zu scenario%s", t->count, t->more ? " newest" : "",
                  t->scenarios, t->scenarios == 1 ? "" : "s");
    write_fact(out, "Sessions", text.data);
    buffer_clear(&text);
    if (!anonymous || strncmp(t->grader, "person:", 7) != 0)
        write_fact(out, "Graded by",
                   strcmp(t->grader, "rubric") ? t->grader : "the built-in grader");
    if (!anonymous) {
        report_date(t->sessions[0].start, &text);
        buffer_add_string(&text, " to ");
        report_date(t->sessions[t->count - 1].start, &text);
        write_fact(out, "When", text.data);
    }
    buffer_add_string(
        out, "</dl>\n<nav aria-label=\"On this page\"><ul>\n<li><a "
             "href=\"#score\">Score</a></li>\n"
             "<li><a href=\"#areas\">Areas</a></li>\n<li><a "
             "href=\"#weakest\">Weakest</a></li>\n"
             "<li><a href=\"#sessions\">Sessions</a></li>\n</ul></nav>\n</header>\n");
    buffer_release(&text);
}

/* --- sections --- */

static void write_score(const struct trends *t, struct buffer *out)
{
    html_section(out, "score", "Score");
    buffer_add_string(out, "<p>From ");
    write_course(&t->score, out);
    buffer_add_string(out, ", of 100. The thin lines are the bars of mid (60), senior "
                           "(75) and staff (88).</p>\n");
    write_line(&t->score, t->count, "chart", out);
    if (t->left_out)
        buffer_printf(
            out,
            "<p class=\"note\">%zu session%s left out: graded on a part of the phases.</p>\n",
            t->left_out, t->left_out == 1 ? " is" : "s are");
    html_section_end(out);
}

static void write_guess(const struct trend *t, struct buffer *out)
{
    if (!t->guesses || isnan(t->guessed_over))
        buffer_add_string(out, "<td></td>");
    else if (fabs(t->guessed_over) < 0.05)
        buffer_add_string(out, "<td>as graded</td>");
    else
        buffer_printf(out, "<td>%.1f too %s</td>", fabs(t->guessed_over),
                      t->guessed_over > 0 ? "high" : "low");
}

static void table_begin(struct buffer *out, const char *caption, const char *heads)
{
    buffer_printf(out,
                  "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                  "aria-label=\"%s\"><table>\n<caption>%s</caption>\n"
                  "<thead><tr>%s</tr></thead>\n<tbody>\n",
                  caption, caption, heads);
}

static void table_end(struct buffer *out)
{
    buffer_add_string(out, "</tbody></table></div>\n");
}

static void write_dimensions(const struct trends *t, struct buffer *out)
{
    html_section(out, "areas", "Areas");
    table_begin(out, "Areas, 0 to 4",
                "<th scope=\"col\">Area</th><td aria-hidden=\"true\"></td><th "
                "scope=\"col\">Course</th>"
                "<th scope=\"col\">Own guess</th>");
    for (size_t i = 0; i < t->dimension_count; i++) {
        struct buffer name = BUFFER_INIT;
        digest_dimension_name(t->dimensions[i].id, &name);
        buffer_add_string(out, "<tr><th scope=\"row\">");
        html_flush(out, &name);
        buffer_add_string(out, "</th><td class=\"bar\" aria-hidden=\"true\">");
        write_line(&t->dimensions[i], t->count, "spark", out);
        buffer_add_string(out, "</td><td>");
        write_course(&t->dimensions[i], out);
        buffer_add_string(out, "</td>");
        write_guess(&t->dimensions[i], out);
        buffer_add_string(out, "</tr>\n");
        buffer_release(&name);
    }
    table_end(out);
    html_section_end(out);
}

static void write_weakest(const struct trends *t, struct buffer *out)
{
    html_section(out, "weakest", "What stays weakest");
    if (!t->criterion_count) {
        buffer_add_string(out, "<p>No point was measured often enough yet.</p>\n");
        html_section_end(out);
        return;
    }
    table_begin(out, "Points by what was earned of them, 0 to 1",
                "<th scope=\"col\">Point</th><th scope=\"col\">Scenario</th><th "
                "scope=\"col\">Course</th>"
                "<th scope=\"col\">Absent</th>");
    for (size_t i = 0; i < t->criterion_count; i++) {
        const struct trend *c = &t->criteria[i];
        buffer_add_string(out, "<tr><th scope=\"row\" class=\"words\">");
        html_add(out, c->title ? c->title : c->id);
        buffer_add_string(out, "</th><td>");
        html_add(out, c->scenario);
        buffer_add_string(out, "</td><td>");
        write_course(c, out);
        buffer_printf(out, "</td><td>in %zu of %zu</td></tr>\n", c->absent, c->count);
    }
    table_end(out);
    html_section_end(out);
}

static void write_session(const struct library_session *s, size_t number, bool anonymous,
                          double score, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(out, "<tr><th scope=\"row\">");
    if (anonymous)
        buffer_printf(&text, "%zu", number);
    else
        report_date(s->start, &text);
    html_flush(out, &text);
    buffer_add_string(out, "</th><td>");
    html_add(out, s->scenario ? s->scenario : "");
    buffer_add_string(out, "</td><td>");
    html_add(out, s->level ? s->level : "");
    buffer_add_string(out, "</td><td class=\"number\">");
    write_value(score, 100, out);
    buffer_add_string(out, "</td>");
    if (!anonymous) {
        buffer_add_string(out, "<td>");
        html_add(out, s->candidate ? s->candidate : "");
        buffer_add_string(out, "</td><td>");
        html_add(out, s->id ? s->id : "");
        buffer_add_string(out, "</td>");
    }
    buffer_add_string(out, "</tr>\n");
    buffer_release(&text);
}

static void write_sessions(const struct trends *t, bool anonymous, struct buffer *out)
{
    bool closed = t->count > OPEN_MOST;
    html_section(out, "sessions", "Sessions");
    if (closed)
        buffer_printf(out, "<details><summary>All %zu, oldest first</summary>\n",
                      t->count);
    table_begin(out, "Sessions, oldest first",
                anonymous ? "<th scope=\"col\">Session</th><th "
                            "scope=\"col\">Scenario</th><th scope=\"col\">Level</th>"
                            "<th scope=\"col\">Score</th>"
                          : "<th scope=\"col\">When</th><th "
                            "scope=\"col\">Scenario</th><th scope=\"col\">Level</th>"
                            "<th scope=\"col\">Score</th><th scope=\"col\">Candidate</th>"
                            "<th scope=\"col\">Transcript</th>");
    for (size_t i = 0; i < t->count; i++)
        write_session(&t->sessions[i], i + 1, anonymous, t->score.values[i], out);
    table_end(out);
    buffer_add_string(out, closed ? "</details>\n" : "");
    html_section_end(out);
}

void trends_html(const struct trends *t, bool anonymous, struct buffer *out)
{
    html_head(out, "How sessions went");
    write_banner(t, anonymous, out);
    buffer_add_string(out, "<main id=\"main\" tabindex=\"-1\">\n");
    write_score(t, out);
    write_dimensions(t, out);
    write_weakest(t, out);
    write_sessions(t, anonymous, out);
    buffer_add_string(out, "</main>\n<footer>\n<p>Made by viva " VIVA_VERSION
                           " from transcripts that were written as they were "
                           "said.</p>\n</footer>\n</body>\n</html>\n");
}
