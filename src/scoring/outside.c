/*
 * outside.c - verdicts that were not found here: a model's or a person's. They take the
 * place of the grader's own; what they come to is added up by points.c as ever, with the
 * same guards and red flags.
 */
#include "scoring/score_internal.h"

const char *const outside_void_names[] = { "", "grader", "echo", "denied",
                                           "wrong", NULL };

/* The one stance of all words of a quote; ASSERTED when they differ, or none is there. */
static enum stance stance_of_quote(const struct scorer *s, const struct quote *quote)
{
    bool any = false;
    enum stance one = STANCE_ASSERTED;
    for (size_t i = 0; i < s->text.words.count; i++) {
        const struct word *w = &s->text.words.items[i];
        if ((int)s->text.sentences.items[w->sentence].part != quote->part ||
            w->start < quote->start || w->end > quote->end)
            continue;
        enum stance stance = (enum stance)s->stances.words.items[i].stance;
        if (any && stance != one)
            return STANCE_ASSERTED;
        one = stance;
        any = true;
    }
    return one;
}

static enum outside_void why_void(enum stance stance)
{
    return stance == STANCE_GRADER ? OUTSIDE_GRADER
           : stance == STANCE_ECHO ? OUTSIDE_ECHO
           : stance == STANCE_VOID ? OUTSIDE_DENIED
           : stance == STANCE_WRONG ? OUTSIDE_WRONG
                                   : OUTSIDE_STANDS;
}

static double credit_of(const struct scorer *s, enum verdict verdict)
{
    return verdict == VERDICT_EXPLAINED   ? 1
           : verdict == VERDICT_MENTIONED ? s->weights->mentioned_credit
                                          : 0;
}

static void take_one(const struct scorer *s, const struct answer *answer,
                     struct outside_verdict *v, size_t criterion,
                     struct criterion_score *c)
{
    enum verdict verdict = v->verdict;
    v->voided = OUTSIDE_STANDS;
    if (verdict != VERDICT_ABSENT && v->quote.part >= 0) {
        enum stance stance = stance_of_quote(s, &v->quote);
        v->voided = why_void(stance);
        if (stance == STANCE_ASKED) /* a question names things and explains nothing */
            verdict = VERDICT_MENTIONED;
    }
    if (v->voided != OUTSIDE_STANDS || (verdict != VERDICT_ABSENT && v->quote.part < 0))
        verdict = VERDICT_ABSENT;
    c->verdict = verdict;
    c->certainty = 1;
    c->credit = c->unasked = credit_of(s, verdict);
    c->quote = verdict == VERDICT_ABSENT ? (struct quote) { -1, 0, 0 } : v->quote;
    c->by = (struct expression_place) { 0 };
    c->wrong = false;
    c->prompted = verdict != VERDICT_ABSENT &&
                  !s->rubric->criteria[criterion].only_if_asked &&
                  score_is_prompted(answer, (size_t)v->quote.part, criterion);
    if (c->prompted)
        c->credit *= s->weights->prompted_credit;
}

void score_take_outside(const struct scorer *s, const struct answer *answer,
                        struct outside_verdict *verdicts, struct score *out)
{
    for (size_t i = 0; i < out->criterion_count; i++)
        if (out->criteria[i].graded)
            take_one(s, answer, &verdicts[i], i, &out->criteria[i]);
}
