/* The page's scores: persons', the built-in grader's, and each criterion with its
 * evidence. */
#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"
#include "report/html_internal.h"
#include "report/levels.h"
#include "report/moves.h"
#include "report/others.h"

enum { QUOTE_COLUMNS = 400 };

/* A paragraph of what is in `text`, if there is anything. */
static void paragraph(struct buffer *out, const char *class, struct buffer *text)
{
    if (!text->length)
        return;
    buffer_printf(out, "<p class=\"%s\">", class);
    html_flush(out, text);
    buffer_add_string(out, "</p>\n");
}

/* --- persons and models --- */

static void begin_level(struct buffer *out, bool cleared, int level)
{
    buffer_printf(out, "%s<li class=\"%s\">%s: ", level ? "" : "<ul class=\"levels\">\n",
                  cleared ? "cleared" : "not-yet", level_names[level]);
}

static void end_level(struct buffer *out, int level)
{
    buffer_add_string(out, level + 1 < LEVEL_COUNT ? "</li>\n" : "</li>\n</ul>\n");
}

/* The total, and what it comes to at each level. */
static void write_person_total(const struct report *report, const struct grade *g,
                               struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(out, "<p class=\"total\"><strong>");
    card_total(g->total, out);
    buffer_add_string(out, "</strong> of 100");
    grade_basis(g, out);
    buffer_add_string(out, g->unfinished ? ", unfinished</p>\n" : "</p>\n");
    for (int level = 0;
         level < LEVEL_COUNT && !g->unfinished && !report->card.score->part; level++) {
        begin_level(out, g->cleared[level], level);
        levels_word(g, report->card.rubric, (enum level)level, &text);
        html_flush(out, &text);
        end_level(out, level);
    }
    levels_short_of(g, report->card.rubric, &text);
    paragraph(out, "note", &text);
    buffer_release(&text);
}

static void write_list(struct buffer *out, const char *name, const char *const *texts,
                       size_t count)
{
    if (!count)
        return;
    buffer_printf(out, "<h4>%s</h4>\n<ul>\n", name);
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, "<li dir=\"auto\">");
        html_add(out, texts[i]);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul>\n");
}

static void write_person(const struct report *report, const struct grade *g,
                         struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(out, "<article class=\"person\">\n<h3>");
    html_add(out, g->who);
    buffer_add_string(out, "</h3>\n");
    others_recommendation(g, &text);
    if (text.length) {
        buffer_add_string(out, "<p class=\"verdict\">Recommends: <strong>");
        html_flush(out, &text);
        buffer_add_string(out, "</strong></p>\n");
    }
    write_person_total(report, g, out);
    buffer_add_string(&text, "Sealed");
    if (g->time >= 0) {
        buffer_add_char(&text, ' ');
        report_date(g->time, &text);
        buffer_add_char(&text, ',');
    }
    buffer_add_string(&text, " before any other grade was seen.");
    paragraph(out, "note", &text);
    write_list(out, "Strengths", g->strengths, g->strength_count);
    write_list(out, "Gaps", g->gaps, g->gap_count);
    buffer_add_string(out, "</article>\n");
    buffer_release(&text);
}

static void write_model(const struct grade *g, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(out, "<article class=\"person\">\n<h3>Language model ");
    html_add(out, g->who);
    buffer_add_string(out, "</h3>\n");
    card_total(g->total, &text);
    buffer_add_string(&text, " of 100");
    if (g->runs > 1)
        buffer_printf(&text, "; %d runs gave %.0f to %.0f", g->runs, g->low, g->high);
    buffer_add_char(&text, '.');
    paragraph(out, "note", &text);
    if (g->voided_count)
        buffer_add_string(out, "<h4>What it said and could not show</h4>\n<ul>\n");
    for (size_t i = 0; i < g->voided_count; i++) {
        buffer_printf(&text, "%s: said to be %s", g->voided[i].title,
                      g->voided[i].claimed);
        if (*g->voided[i].quote)
            buffer_printf(&text, " by \"%s\"", g->voided[i].quote);
        buffer_printf(&text, ", %s; it counts for nothing",
                      grade_void_words(g->voided[i].why));
        buffer_add_string(out, "<li>");
        html_flush(out, &text);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, g->voided_count ? "</ul>\n</article>\n" : "</article>\n");
    buffer_release(&text);
}

const char *html_people_title(const struct report *report)
{
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));)
        if (g->kind == GRADER_PERSON)
            return "Scores by interviewers";
    return "Second grade";
}

/* --- the score --- */

/* What each level's bar comes to; a part of a problem, or of a session, clears none. */
static void write_levels(const struct card *card, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    for (int level = 0;
         level < LEVEL_COUNT && !card->score->unfinished && !card->score->part; level++) {
        begin_level(out, card->score->levels[level].cleared, level);
        digest_level(card, (enum level)level, &text);
        html_flush(out, &text);
        end_level(out, level);
    }
    buffer_release(&text);
}

/* Beside a person's the built-in grader's is a remark: the page has one result. */
static void write_levels_beside(const struct card *card, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    for (int level = 0;
         level < LEVEL_COUNT && !card->score->unfinished && !card->score->part; level++) {
        buffer_printf(&text, "%s%s: ", level ? "; " : "", level_names[level]);
        digest_level(card, (enum level)level, &text);
    }
    if (text.length)
        buffer_add_char(&text, '.');
    paragraph(out, "note", &text);
    buffer_release(&text);
}

static void write_total(const struct report *report, struct buffer *out)
{
    const struct card *card = &report->card;
    struct buffer text = BUFFER_INIT;
    struct digest digest;
    digest_make(card, &digest);
    digest_grader(card, &text);
    paragraph(out, "note", &text);
    digest_unfinished(&digest, &text);
    paragraph(out, "note", &text);
    bool result = !report_result(report);
    buffer_printf(out, "<p%s><strong>", result ? " class=\"total\"" : "");
    digest_total(card, out);
    buffer_printf(out, "</strong> of 100%s</p>\n",
                  card->score->unfinished ? " so far"
                  : card->score->part     ? " for this part"
                                          : "");
    if (result)
        write_levels(card, out);
    else
        write_levels_beside(card, out);
    digest_hints(card, &text);
    paragraph(out, "note", &text);
    digest_short_of(card, &text);
    paragraph(out, "note", &text);
    buffer_release(&text);
}

static void write_cell(struct buffer *out, double share)
{
    if (share < 0)
        buffer_add_string(out, "<td>not asked</td>");
    else
        buffer_printf(out, "<td class=\"number\">%.1f</td>", 4 * share);
}

static void write_dimension(const struct report *report, const struct dimension_score *d,
                            struct buffer *out)
{
    struct buffer name = BUFFER_INIT;
    double guess = digest_guess(&report->card, d->id);
    double share = report_share(report, report_grade(report, NULL), d);
    digest_dimension_name(d->id, &name);
    buffer_add_string(out, "<tr><th scope=\"row\">");
    html_flush(out, &name);
    buffer_printf(out,
                  "</th><td class=\"bar\" aria-hidden=\"true\"><div><b "
                  "style=\"width:%.0f%%\"></b></div></td>",
                  share < 0 ? 0 : 100 * share);
    for (const struct grade *g = NULL; (g = report_grade(report, g));)
        write_cell(out, report_share(report, g, d));
    if (report->card.guess_count && guess >= 0)
        buffer_printf(out, "<td class=\"number\">%.3g</td>", guess);
    else if (report->card.guess_count)
        buffer_add_string(out, "<td></td>");
    buffer_add_string(out, "</tr>\n");
    buffer_release(&name);
}

static void write_grader_heads(const struct report *report, struct buffer *out)
{
    for (const struct grade *g = NULL; (g = report_grade(report, g));) {
        buffer_add_string(out, "<th scope=\"col\">");
        html_add(out, g == report->now ? "Built-in" : g->who);
        buffer_add_string(out, "</th>");
    }
}

/* Beside several columns it has to be said whose the bar is. */
static void write_caption(const struct report *report, struct buffer *out)
{
    const struct grade *first = report_grade(report, NULL);
    buffer_add_string(out, "<caption>Areas, 0 to 4");
    if (first && report_grade(report, first)) {
        buffer_add_string(out, "; the bars are ");
        html_add(out, first == report->now ? "the built-in grader" : first->who);
        buffer_add_string(out, "'s");
    }
    buffer_add_string(out, "</caption>\n");
}

static void write_dimensions(const struct report *report, struct buffer *out)
{
    buffer_add_string(
        out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Areas, 0 "
             "to 4\"><table>\n");
    write_caption(report, out);
    buffer_add_string(out, "<thead><tr><th scope=\"col\">Area</th>"
                           "<td aria-hidden=\"true\"></td>");
    write_grader_heads(report, out);
    buffer_add_string(out,
                      report->card.guess_count
                          ? "<th scope=\"col\">Own guess</th></tr></thead>\n<tbody>\n"
                          : "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < report->card.score->dimension_count; i++)
        if (!report->card.score->part || report->card.score->dimensions[i].weight > 0)
            write_dimension(report, &report->card.score->dimensions[i], out);
    buffer_add_string(out, "</tbody></table></div>\n");
}

void html_people(const struct report *report, struct buffer *out)
{
    if (!report_other_grade(report, NULL))
        return;
    html_section(out, "people", html_people_title(report));
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));)
        if (g->kind == GRADER_PERSON)
            write_person(report, g, out);
    if (report_result(report))
        write_dimensions(report, out);
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));)
        if (g->kind == GRADER_MODEL)
            write_model(g, out);
    html_section_end(out);
}

static void write_slips(const struct report *report, struct buffer *out)
{
    const struct score *score = report->card.score;
    struct buffer text = BUFFER_INIT;
    if (score->slip_count)
        buffer_add_string(out, "<h3>Arithmetic</h3>\n<ul>\n");
    for (size_t i = 0; i < score->slip_count; i++) {
        digest_slip(&report->card, &score->slips[i], &text);
        buffer_add_string(out, "<li>");
        html_flush(out, &text);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, score->slip_count ? "</ul>\n" : "");
    if (score->guard_count)
        buffer_add_string(out, "<h3>What held the points down</h3>\n<ul>\n");
    for (size_t i = 0; i < score->guard_count; i++) {
        digest_guard(&report->card, &score->guards[i], &text);
        buffer_add_string(out, "<li>");
        html_flush(out, &text);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, score->guard_count ? "</ul>\n" : "");
    buffer_release(&text);
}

/* --- what earned, what cost --- */

static void write_strong(const struct report *report, const struct digest *d,
                         struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    if (d->strong_count)
        buffer_add_string(out, "<h3>What earned most</h3>\n<ul class=\"points\">\n");
    for (size_t i = 0; i < d->strong_count; i++) {
        buffer_printf(out, "<li><a href=\"#c-%zu\">", d->strong[i] + 1);
        html_add(out, report->card.rubric->criteria[d->strong[i]].title);
        buffer_add_string(out, "</a> <span class=\"note\">");
        digest_quote(report->card.answer,
                     &report->card.score->criteria[d->strong[i]].quote, &text);
        html_flush(out, &text);
        buffer_add_string(out, "</span></li>\n");
    }
    buffer_add_string(out, d->strong_count ? "</ul>\n" : "");
    buffer_release(&text);
}

static void write_gaps(const struct report *report, const struct digest *d,
                       struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    if (d->gap_count)
        buffer_add_string(out, "<h3>What cost most</h3>\n<ul class=\"points\">\n");
    for (size_t i = 0; i < d->gap_count; i++) {
        buffer_printf(out, "<li><a href=\"#c-%zu\">", d->gaps[i] + 1);
        html_add(out, report->card.rubric->criteria[d->gaps[i]].title);
        buffer_add_string(out, "</a> <span class=\"note\">");
        digest_gap_cost(&report->card, d->gaps[i], &text);
        buffer_add_string(&text, ". ");
        digest_seen(&report->card, d->gaps[i], &text);
        html_flush(out, &text);
        buffer_add_string(out, "</span></li>\n");
    }
    buffer_add_string(out, d->gap_count ? "</ul>\n" : "");
    buffer_release(&text);
}

static void write_points(const struct report *report, struct buffer *out)
{
    struct digest digest;
    digest_make(&report->card, &digest);
    write_strong(report, &digest, out);
    write_gaps(report, &digest, out);
}

/* --- every score that was given --- */

static void write_recorded(const struct grade *g, struct buffer *out)
{
    static const char *const kinds[] = { "rubric grader", "language model", "person" };
    struct buffer text = BUFFER_INIT;
    buffer_add_string(out, "<tr><td>");
    report_date(g->time, &text);
    html_flush(out, &text);
    buffer_add_string(out, "</td><th scope=\"row\">");
    html_add(out, g->who);
    buffer_printf(out, "</th><td>%s%s</td><td class=\"number\">", kinds[g->kind],
                  g->kind != GRADER_PERSON ? ""
                  : g->sealed              ? ", sealed"
                                           : ", not sealed");
    buffer_printf(out, "%.1f", g->total); /* a column: every number with its tenth */
    buffer_add_string(out, "</td><td>");
    others_recommendation(g, &text);
    html_flush(out, &text);
    if (g->sources.rubric_version)
        buffer_printf(out, "</td><td>rubric %d", g->sources.rubric_version);
    else
        buffer_add_string(out, "</td><td>");
    buffer_add_string(out, g->newest ? "</td></tr>\n"
                                     : ", replaced by a later one</td></tr>\n");
    buffer_release(&text);
}

static void write_all_scores(const struct report *report, struct buffer *out)
{
    if (!report->grade_count)
        return;
    buffer_add_string(
        out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Scores on "
             "record\"><table>\n"
             "<caption>Scores on record</caption>\n<thead><tr><th scope=\"col\">When</th>"
             "<th scope=\"col\">Who</th><th scope=\"col\">What</th><th "
             "scope=\"col\">Total</th>"
             "<th scope=\"col\">Recommends</th><th "
             "scope=\"col\">With</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < report->grade_count; i++)
        write_recorded(&report->grades[i], out);
    buffer_add_string(out, "</tbody></table></div>\n");
}

void html_score(const struct report *report, struct buffer *out)
{
    html_section(out, "score", "Score by the built-in grader");
    if (report->wordless)
        buffer_printf(out, "<p class=\"note\">%s</p>\n", report_wordless);
    else
        write_total(report, out);
    if (!report_result(report))
        write_dimensions(report, out);
    if (!report->wordless) {
        write_points(report, out);
        write_slips(report, out);
    }
    write_all_scores(report, out);
    html_section_end(out);
}

/* --- criteria --- */

static void write_quote(const struct report *report, const char *id,
                        const struct grade *g, struct buffer *out)
{
    const struct grade_quote *quote = &grade_verdict(g, id)->quote;
    const struct report_mark *mark = html_mark_of(report, MARK_EVIDENCE, id, g);
    size_t fit = utf8_fit_words(quote->text, quote->length, QUOTE_COLUMNS);
    struct buffer place = BUFFER_INIT;
    buffer_add_string(out, "<blockquote dir=\"auto\"><p>");
    html_text(out, quote->text, fit);
    buffer_add_string(out, fit < quote->length ? " ...</p>" : "</p>");
    if (quote->noted)
        buffer_add_string(out, "<p class=\"place\">a note</p>");
    if (mark) {
        html_place(report, html_line_of(report, mark), &place);
        if (report_other_grade(report, NULL)) {
            buffer_add_string(&place, ", ");
            report_graders(report, id, g, &place);
        }
        buffer_printf(out, "<p class=\"place\"><a href=\"#m-%zu\">", mark->number);
        html_flush(out, &place);
        buffer_add_string(out, "</a></p>");
    }
    buffer_add_string(out, "</blockquote>\n");
    buffer_release(&place);
}

static void write_verdict(const char *who, const struct grade_verdict *v,
                          struct buffer *out)
{
    buffer_printf(out, "<span class=\"%s\">", verdict_names[v->verdict]);
    html_add(out, who);
    buffer_add_string(out, ": ");
    html_add(out, grade_verdict_words(v->verdict));
    buffer_add_string(out, "</span>\n");
}

/* What would have led there, and what is missing: for a gap alone. */
static void write_advice(const struct report *report, const struct grade_verdict *v,
                         struct buffer *out)
{
    const struct criterion *c =
        v->criterion >= 0 ? &report->card.rubric->criteria[v->criterion] : NULL;
    if (!c || v->verdict == VERDICT_EXPLAINED || !v->graded || report->wordless)
        return;
    buffer_add_string(out, "<p class=\"advice\"><em>A question that leads there:</em> ");
    html_add(out, c->probe);
    buffer_add_string(out, "</p>\n<p class=\"advice\">");
    html_add(out, c->advice);
    buffer_add_string(out, "</p>\n");
}

static void write_weight(const struct report *report, const struct grade_verdict *v,
                         struct buffer *out)
{
    struct buffer text = BUFFER_INIT;
    if (v->criterion < 0)
        return;
    const struct criterion *c = &report->card.rubric->criteria[v->criterion];
    digest_dimension_name(c->dimension, &text);
    if (c->must_from != LEVEL_NONE)
        buffer_printf(&text, ", a must from %s on", level_names[c->must_from]);
    if (v->graded && !report->wordless && report->card.costs &&
        report->card.costs[v->criterion] >= 0.5) {
        buffer_add_string(&text, ", ");
        digest_cost(report->card.costs[v->criterion], &text);
        buffer_add_string(&text, " points");
    }
    paragraph(out, "note", &text);
    buffer_release(&text);
}

static void write_criterion(const struct report *report, size_t index, struct buffer *out)
{
    const struct grade_verdict *own = &report->now->verdicts[index];
    buffer_printf(out, "<li id=\"c-%zu\" class=\"criterion\">\n<h3>", index + 1);
    html_add(out, own->title);
    buffer_add_string(out, "</h3>\n<p class=\"verdicts\">");
    for (const struct grade *g = NULL; (g = report_grade(report, g));)
        if (grade_verdict(g, own->id))
            write_verdict(g->who, grade_verdict(g, own->id), out);
    buffer_add_string(out, "</p>\n");
    write_weight(report, own, out);
    for (const struct grade *g = NULL; (g = report_grade(report, g));)
        if (report_own_words(report, own->id, g))
            write_quote(report, own->id, g, out);
    write_advice(report, own, out);
    buffer_add_string(out, "</li>\n");
}

static void write_said(const struct grade_quote *quote, struct buffer *out)
{
    if (!quote->text)
        return;
    buffer_add_string(out, ": <q>");
    html_text(out, quote->text, quote->length);
    buffer_add_string(out, "</q>");
}

static void write_flag(const struct report *report, const struct grade *g,
                       const struct grade_flag *flag, struct buffer *out)
{
    const struct report_mark *mark = html_mark_of(report, MARK_FLAG, flag->id, g);
    int index = flag->id ? rubric_find_flag(report->card.rubric, flag->id) : -1;
    buffer_add_string(out, "<li class=\"wrong\">");
    html_add(out, flag->title);
    if (flag->cost > 0)
        buffer_printf(out, " (-%.3g)", flag->cost);
    buffer_add_string(out, flag->stood ? ", not settled when asked, " : ", ");
    html_add(out, g->who);
    if (mark)
        buffer_printf(out, ", <a href=\"#m-%zu\">where it was said</a>", mark->number);
    write_said(&flag->quote, out);
    if (index >= 0) {
        buffer_add_string(out, "<br>");
        html_add(out, report->card.rubric->red_flags[index].advice);
    }
    buffer_add_string(out, "</li>\n");
}

static void write_flags(const struct report *report, struct buffer *out)
{
    bool begun = false;
    for (const struct grade *g = NULL; (g = report_grade(report, g));)
        for (size_t i = 0; i < g->flag_count; i++) {
            buffer_add_string(
                out, begun ? "" : "<h3 id=\"flags\">What was wrong</h3>\n<ul>\n");
            begun = true;
            write_flag(report, g, &g->flags[i], out);
        }
    buffer_add_string(out, begun ? "</ul>\n" : "");
}

static void write_corrected(const struct report *report, struct buffer *out)
{
    const struct grade *g = report->now;
    if (!g->corrected_count)
        return;
    buffer_add_string(out, "<h3>Asked about and settled</h3>\n<ul>\n");
    for (size_t i = 0; i < g->corrected_count; i++) {
        buffer_add_string(out, "<li>");
        html_add(out, g->corrected[i].title);
        write_said(&g->corrected[i].quote, out);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul>\n");
}

static void write_never_asked(const struct report *report, struct buffer *out)
{
    if (!report->card.never_asked_count)
        return;
    buffer_printf(
        out, "<details><summary>Facts that were never asked for%s</summary>\n<ul>\n",
        report->card.unanswered ? ", or not in words that were understood" : "");
    for (size_t i = 0; i < report->card.never_asked_count; i++) {
        buffer_add_string(out, "<li>");
        html_add(out, report->card.never_asked[i].topic);
        buffer_add_string(out, ": ");
        html_add(out, report->card.never_asked[i].answer);
        buffer_add_string(out, "</li>\n");
    }
    buffer_add_string(out, "</ul></details>\n");
}

void html_criteria(const struct report *report, struct buffer *out)
{
    html_section(out, "criteria", "Criteria");
    write_flags(report, out);
    write_corrected(report, out);
    buffer_add_string(out, "<ol class=\"criteria\">\n");
    for (size_t i = 0; i < report->now->verdict_count; i++)
        if (!report->card.score->part || report->now->verdicts[i].graded)
            write_criterion(report, i, out);
    buffer_add_string(out, "</ol>\n");
    write_never_asked(report, out);
    html_section_end(out);
}
