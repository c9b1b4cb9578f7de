#include "report/second.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "report/digest.h"

enum { INDENT = 2, INNER = 4, QUOTE_MOST = 160 };

struct sheet {
    const struct card *card;
    const struct second_opinion *second;
    const struct screen *screen;
    struct buffer *out;
    struct buffer line;
};

static void flush(struct sheet *s, int indent)
{
    screen_wrap(s->out, s->line.data, s->line.length, s->screen->width, indent, indent);
    buffer_add_char(s->out, '\n');
    buffer_clear(&s->line);
}

static void heading(struct sheet *s, const char *text)
{
    buffer_add_char(s->out, '\n');
    screen_styled(s->out, s->screen, SCREEN_BOLD, text);
    buffer_add_char(s->out, '\n');
}

static const char *model_name(const struct second_opinion *second)
{
    return strncmp(second->grader, "llm:", 4) ? second->grader : second->grader + 4;
}

/* --- the totals --- */

static void write_total(struct sheet *s, double total, const char *whose)
{
    struct buffer number = BUFFER_INIT;
    card_total(total, &number);
    buffer_printf(s->out, "%5s  %s\n", number.data, whose);
    buffer_release(&number);
}

static void write_head(struct sheet *s)
{
    const struct second_opinion *o = s->second;
    buffer_add_char(s->out, '\n');
    buffer_printf(&s->line, "A second grade, by the language model %s", model_name(o));
    screen_style(s->out, s->screen, SCREEN_BOLD);
    flush(s, 0);
    screen_style(s->out, s->screen, SCREEN_NORMAL);
    buffer_add_char(s->out, '\n');
    write_total(s, s->card->score->total, "the built-in grader");
    buffer_add_string(&s->line, "the model");
    if (o->runs > 1 && round(o->low) == round(o->high))
        buffer_printf(&s->line, ", the same in %d runs", o->runs);
    else if (o->runs > 1)
        buffer_printf(&s->line, ", %.0f to %.0f in %d runs", o->low, o->high, o->runs);
    write_total(s, o->score->total, s->line.data);
    buffer_clear(&s->line);
}

/* --- where they differ --- */

static double weight_of(const struct sheet *s, size_t i)
{
    double apart =
        s->card->score->criteria[i].credit - s->second->score->criteria[i].credit;
    return s->card->rubric->criteria[i].weight * fabs(apart);
}

static bool differs(const struct sheet *s, size_t i)
{
    return s->card->score->criteria[i].verdict != s->second->score->criteria[i].verdict;
}

static void write_side(struct sheet *s, const char *who, const struct criterion_score *c)
{
    buffer_printf(&s->line, "%s: %s", who, verdict_names[c->verdict]);
    if (digest_has_quote(s->card->answer, &c->quote)) {
        buffer_add_string(&s->line, ", ");
        digest_quote(s->card->answer, &c->quote, &s->line);
    }
    flush(s, INNER);
}

/* The index of the heaviest difference that was not taken yet, or -1. */
static int take_heaviest(const struct sheet *s, bool *taken)
{
    int best = -1;
    for (size_t i = 0; i < s->card->rubric->criterion_count; i++)
        if (!taken[i] && differs(s, i) &&
            (best < 0 || weight_of(s, i) > weight_of(s, (size_t)best)))
            best = (int)i;
    if (best >= 0)
        taken[best] = true;
    return best;
}

static void write_differences(struct sheet *s)
{
    size_t count = 0, shown = 0, all = s->card->rubric->criterion_count;
    for (size_t i = 0; i < all; i++)
        count += differs(s, i);
    if (!count) {
        buffer_add_char(s->out, '\n');
        bool apart = fabs(s->card->score->total - s->second->score->total) >= 1;
        buffer_printf(&s->line, "The two agree on every criterion%s.",
                      apart ? "; where it is not sure the built-in grader gives a part of the points" : "");
        flush(s, 0);
        return;
    }
    struct arena arena = ARENA_INIT;
    bool *taken = arena_array(&arena, bool, all);
    heading(s, "Where the two differ");
    for (int i; shown < DIFFERENCES_MOST && (i = take_heaviest(s, taken)) >= 0; shown++) {
        buffer_add_string(&s->line, s->card->rubric->criteria[i].title);
        flush(s, INDENT);
        write_side(s, "built in", &s->card->score->criteria[i]);
        write_side(s, "model", &s->second->score->criteria[i]);
    }
    if (count > shown) {
        buffer_printf(&s->line, "and %zu more", count - shown);
        flush(s, INDENT);
    }
    arena_release(&arena);
}

/* --- what does not count --- */

static const char *why(const char *voided)
{
    static const struct {
        const char *id, *words;
    } reasons[] = {
        { "not said", "which you did not say" },
        { "short", "which is less than a clause" },
        { "grader", "which speaks to the grader" },
        { "echo", "which repeats the problem" },
        { "denied", "which you said you would not do" },
        { "wrong", "where a known misconception stands" },
    };
    for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
        if (!strcmp(voided, reasons[i].id))
            return reasons[i].words;
    return "";
}

static void write_voided_one(struct sheet *s, size_t i)
{
    const struct second_verdict *v = &s->second->verdicts[i];
    buffer_add_string(&s->line, s->card->rubric->criteria[i].title);
    flush(s, INDENT);
    buffer_printf(&s->line, "said to be %s", verdict_names[v->claimed]);
    if (*v->quote) {
        size_t length = strlen(v->quote);
        size_t cut = utf8_fit_words(v->quote, length, QUOTE_MOST);
        buffer_add_string(&s->line, " by \"");
        for (size_t k = 0; k < cut; k++)
            buffer_add_char(&s->line, strchr("\r\n\t", v->quote[k]) ? ' ' : v->quote[k]);
        buffer_printf(&s->line, "%s\", %s", cut < length ? " ..." : "", why(v->voided));
    } else {
        buffer_add_string(&s->line, ", without a quote");
    }
    buffer_add_string(&s->line, ": it counts for nothing");
    flush(s, INNER);
}

static void write_voided(struct sheet *s)
{
    size_t count = 0;
    for (size_t i = 0; i < s->card->rubric->criterion_count; i++) {
        if (!*s->second->verdicts[i].voided)
            continue;
        if (count == 0)
            heading(s, "What the model said and could not show");
        if (count++ < VOIDED_MOST)
            write_voided_one(s, i);
    }
    if (count > VOIDED_MOST) {
        buffer_printf(&s->line, "and %zu more", count - VOIDED_MOST);
        flush(s, INDENT);
    }
}

/* --- the end --- */

static void write_stability(struct sheet *s)
{
    size_t same = 0, graded = 0;
    for (size_t i = 0; i < s->card->rubric->criterion_count; i++) {
        graded += s->second->score->criteria[i].graded;
        same +=
            s->second->score->criteria[i].graded && s->second->verdicts[i].stability >= 1;
    }
    if (s->second->runs > 1) {
        buffer_printf(&s->line, "The same verdict in every run: %zu of %zu criteria.",
                      same, graded);
        flush(s, 0);
    }
}

void second_write(const struct card *card, const struct second_opinion *second,
                  const struct screen *screen, struct buffer *out)
{
    struct sheet s = {
        .card = card, .second = second, .screen = screen, .out = out, .line = BUFFER_INIT
    };
    write_head(&s);
    write_differences(&s);
    write_voided(&s);
    buffer_add_char(out, '\n');
    write_stability(&s);
    buffer_printf(&s.line,
                  "The model: %s. How far to trust it: viva calibrate --grader llm FILE.",
                  second->usage);
    screen_style(out, screen, SCREEN_DIM);
    flush(&s, 0);
    screen_style(out, screen, SCREEN_NORMAL);
    buffer_release(&s.line);
}
