#include "report/markdown.h"

#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"

/* Document, and a text in the making. */
struct page {
    const struct card *card;
    struct buffer *out;
    struct buffer text;
    struct digest digest;
};

/* --- text --- */

void markdown_text(struct buffer *out, const char *text, size_t length)
{
    struct buffer safe = BUFFER_INIT;
    utf8_add_harmless(&safe, text, length);
    for (const char *c = safe.data; *c; c++) {
        if (strchr("\\`*_[]<>|#~&", *c))
            buffer_add_char(out, '\\');
        buffer_add_char(out, *c == '\n' || *c == '\t' ? ' ' : *c);
    }
    buffer_release(&safe);
}

/* Appends what is in p->text with everything escaped that Markdown would act on, and empties it. */
static void flush(struct page *p)
{
    markdown_text(p->out, p->text.data, p->text.length);
    buffer_clear(&p->text);
}

static void add(struct page *p, const char *text)
{
    buffer_add_string(&p->text, text);
    flush(p);
}

static void mark(struct page *p, const char *markup)
{
    buffer_add_string(p->out, markup);
}

/* What is in p->text as a paragraph, if there is anything. */
static void paragraph(struct page *p)
{
    if (!p->text.length)
        return;
    mark(p, "\n");
    flush(p);
    mark(p, "\n");
}

/* A paragraph within a list entry. */
static void within(struct page *p, const char *before)
{
    if (!p->text.length)
        return;
    mark(p, "\n\n  ");
    mark(p, before);
    flush(p);
}

static void heading(struct page *p, const char *text)
{
    mark(p, "\n## ");
    mark(p, text);
    mark(p, "\n");
}

/* "- **title** (note)"; the note is what is in p->text. */
static void entry(struct page *p, const char *title)
{
    struct buffer note = p->text;
    p->text = (struct buffer)BUFFER_INIT;
    mark(p, "\n- **");
    add(p, title);
    mark(p, "**");
    if (note.length) {
        mark(p, " (");
        add(p, note.data);
        mark(p, ")");
    }
    buffer_release(&note);
}

/* --- sections --- */

static void write_head(struct page *p)
{
    digest_grader(p->card, &p->text);
    if (p->card->duration >= 0) {
        buffer_add_string(&p->text, " ");
        digest_duration(p->card->duration, &p->text);
        buffer_add_char(&p->text, '.');
    }
    paragraph(p);
    digest_unfinished(&p->digest, &p->text);
    paragraph(p);
}

static void write_total(struct page *p)
{
    const struct score *score = p->card->score;
    mark(p, "\n**");
    digest_total(p->card, p->out);
    mark(p, score->unfinished ? " of 100** so far\n" :
         score->part          ? " of 100** for this part\n" :
                                " of 100**\n");
    for (int level = 0; level < LEVEL_COUNT && !score->unfinished && !score->part; level++) {
        mark(p, "\n- ");
        buffer_printf(p->out, "%s: ", level_names[level]);
        digest_level(p->card, (enum level)level, &p->text);
        flush(p);
    }
    mark(p, score->unfinished || score->part ? "" : "\n");
    digest_hints(p->card, &p->text);
    paragraph(p);
    digest_short_of(p->card, &p->text);
    paragraph(p);
}

static void write_dimensions(struct page *p)
{
    const struct score *score = p->card->score;
    bool guesses = p->card->guess_count > 0;
    mark(p, guesses ? "\n| area | of 4 | your guess |\n| --- | ---: | ---: |\n"
                    : "\n| area | of 4 |\n| --- | ---: |\n");
    for (size_t i = 0; i < score->dimension_count; i++) {
        const struct dimension_score *d = &score->dimensions[i];
        double guess = digest_guess(p->card, d->id);
        if (score->part && !(d->weight > 0))
            continue;
        mark(p, "| ");
        digest_dimension_name(d->id, &p->text);
        flush(p);
        if (d->weight > 0)
            buffer_printf(p->out, " | %.1f |", 4 * d->share);
        else
            mark(p, " | not asked |");
        if (guess >= 0)
            buffer_printf(p->out, " %.3g |", guess);
        else if (guesses)
            mark(p, "  |");
        mark(p, "\n");
    }
}

static void write_strong(struct page *p)
{
    const struct digest *d = &p->digest;
    if (!d->strong_count)
        return;
    heading(p, "What earned most");
    for (size_t i = 0; i < d->strong_count; i++) {
        const struct criterion_score *c = &p->card->score->criteria[d->strong[i]];
        digest_place(p->card, &c->quote, &p->text);
        entry(p, p->card->rubric->criteria[d->strong[i]].title);
        digest_quote(p->card->answer, &c->quote, &p->text);
        within(p, "> ");
        mark(p, "\n");
    }
}

static void write_gaps(struct page *p)
{
    const struct digest *d = &p->digest;
    if (!d->gap_count)
        return;
    heading(p, "What cost most");
    for (size_t i = 0; i < d->gap_count; i++) {
        const struct criterion *c = &p->card->rubric->criteria[d->gaps[i]];
        digest_gap_cost(p->card, d->gaps[i], &p->text);
        entry(p, c->title);
        digest_seen(p->card, d->gaps[i], &p->text);
        within(p, "");
        buffer_add_string(&p->text, c->probe);
        within(p, p->card->interview ? "*Leads there:* " : "*Ask yourself:* ");
        buffer_add_string(&p->text, c->advice);
        within(p, "");
        mark(p, "\n");
    }
    if (d->smaller_gaps)
        buffer_printf(p->out, "\nAnd %zu that cost less.\n", d->smaller_gaps);
}

static void write_flags(struct page *p)
{
    const struct score *score = p->card->score;
    if (score->red_flag_count)
        heading(p, "What was wrong");
    for (size_t i = 0; i < score->red_flag_count; i++) {
        const struct red_flag_score *flag = &score->red_flags[i];
        digest_flag_cost(flag, &p->text);
        entry(p, flag->flag->title);
        digest_quote(p->card->answer, &flag->quote, &p->text);
        within(p, "> ");
        if (digest_reply(p->card, flag, &p->text))
            within(p, "");
        buffer_add_string(&p->text, flag->flag->advice);
        within(p, "");
        mark(p, "\n");
    }
}

static void write_corrected(struct page *p)
{
    const struct red_flag_score *flag;
    size_t first = 0;
    if (score_next_corrected(p->card->score, &first))
        heading(p, "Asked about and settled");
    for (size_t at = 0; (flag = score_next_corrected(p->card->score, &at)) != NULL;) {
        entry(p, flag->flag->title);
        if (digest_reply(p->card, flag, &p->text))
            within(p, "");
        mark(p, "\n");
    }
}

static void write_remarks(struct page *p)
{
    const struct score *score = p->card->score;
    if (score->slip_count)
        heading(p, "Arithmetic");
    for (size_t i = 0; i < score->slip_count; i++) {
        mark(p, "\n- ");
        digest_slip(p->card, &score->slips[i], &p->text);
        flush(p);
    }
    mark(p, score->slip_count ? "\n" : "");
    if (score->guard_count)
        heading(p, "What held the points down");
    for (size_t i = 0; i < score->guard_count; i++) {
        mark(p, "\n- ");
        digest_guard(p->card, &score->guards[i], &p->text);
        flush(p);
    }
    mark(p, score->guard_count ? "\n" : "");
}

static void write_manner(struct page *p)
{
    if (p->card->manner_count)
        heading(p, "How it was said");
    for (size_t i = 0; i < p->card->manner_count; i++) {
        mark(p, "\n- ");
        digest_manner(p->card, &p->card->manner[i], &p->text);
        flush(p);
    }
    mark(p, p->card->manner_count ? "\n" : "");
}

static void write_facts(struct page *p)
{
    const struct digest *d = &p->digest;
    if (d->fact_count)
        heading(p, digest_never_asked(p->card));
    for (size_t i = 0; i < d->fact_count; i++) {
        mark(p, "\n- ");
        digest_fact(&p->card->never_asked[d->facts[i]], &p->text);
        flush(p);
    }
    mark(p, d->fact_count ? "\n" : "");
    if (p->card->never_asked_count > d->fact_count)
        buffer_printf(p->out, "\nAnd %zu more.\n", p->card->never_asked_count - d->fact_count);
}

static void write_end(struct page *p)
{
    struct buffer times = BUFFER_INIT;
    digest_times(p->card, &times);
    if (times.length)
        buffer_printf(&p->text, "Time: %s", times.data);
    buffer_release(&times);
    paragraph(p);
    digest_moments(p->card, &p->text);
    paragraph(p);
    digest_next(&p->digest, &p->text);
    paragraph(p);
}

void card_markdown(const struct card *card, struct buffer *out)
{
    struct buffer title = BUFFER_INIT;
    digest_title(card, &title);
    buffer_add_string(out, "# ");
    markdown_text(out, title.data, title.length);
    buffer_add_char(out, '\n');
    buffer_release(&title);
    card_markdown_body(card, true, out);
}

void card_markdown_body(const struct card *card, bool areas, struct buffer *out)
{
    struct page p = { .card = card, .out = out, .text = BUFFER_INIT };
    digest_make(card, &p.digest);
    write_head(&p);
    write_total(&p);
    if (areas)
        write_dimensions(&p);
    write_strong(&p);
    write_gaps(&p);
    write_flags(&p);
    write_corrected(&p);
    write_remarks(&p);
    write_facts(&p);
    write_manner(&p);
    write_end(&p);
    buffer_release(&p.text);
}
