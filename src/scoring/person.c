/*
 * person.c - a person's verdicts in points. What the words of an answer are worth is that
 * person's business; what the verdicts are worth is the same as for every grader.
 */
#include <math.h>

#include "scoring/score_internal.h"

static double credit_of(const struct weights *w, enum verdict verdict, bool prompted)
{
    double credit = verdict == VERDICT_EXPLAINED   ? 1
                    : verdict == VERDICT_MENTIONED ? w->mentioned_credit
                                                   : 0;
    return prompted ? credit * w->prompted_credit : credit;
}

static void take_verdicts(const struct scorer *s, const struct person_grade *grade,
                          struct arena *arena, struct score *out)
{
    const struct rubric *r = s->rubric;
    out->criterion_count = r->criterion_count;
    out->criteria = arena_array(arena, struct criterion_score, r->criterion_count);
    for (size_t i = 0; i < r->criterion_count; i++) {
        enum verdict verdict = grade->verdicts[i];
        bool found = verdict == VERDICT_MENTIONED || verdict == VERDICT_EXPLAINED;
        /* what only the interviewer can raise is always prompted, and loses nothing by it
         */
        bool prompted = found && grade->prompted[i] && !r->criteria[i].only_if_asked;
        out->criteria[i] = (struct criterion_score) {
            .verdict = verdict,
            .credit = credit_of(s->weights, verdict, prompted),
            .unasked = credit_of(s->weights, verdict, false),
            .certainty = 1,
            .graded = verdict != VERDICT_NOT_ASKED,
            .prompted = prompted,
            .quote = { -1, 0, 0 },
        };
    }
}

static void take_flags(const struct scorer *s, const struct person_grade *grade,
                       struct arena *arena, struct score *out)
{
    out->red_flag_count = out->red_flags_found = grade->flag_count;
    out->red_flags = arena_array(arena, struct red_flag_score, grade->flag_count);
    for (size_t i = 0; i < grade->flag_count; i++)
        out->red_flags[i] = (struct red_flag_score) { .flag = grade->flags[i],
                                                      .quote = { -1, 0, 0 },
                                                      .reply = { -1, 0, 0 } };
    out->flags_beyond =
        fmax(0, (double)grade->flag_count - s->weights->flag_void_from + 1);
    out->factor = pow(1 - s->weights->flag_void_each, out->flags_beyond);
    out->flag_cost = score_flag_cost(s->weights, out);
}

/* What they took, shared out by their costs, so that each has a price on the sheet: nobody's flag is a
 * false alarm, and the factor is theirs alone. */
static double price_flags(struct score *out, double unflagged)
{
    double sum = 0, took = unflagged * (1 - out->factor) + out->flag_cost;
    for (size_t i = 0; i < out->red_flag_count; i++)
        sum += out->red_flags[i].flag->cost;
    took = fmin(took, unflagged);
    for (size_t i = 0; i < out->red_flag_count && sum > 0; i++)
        out->red_flags[i].cost = took * out->red_flags[i].flag->cost / sum;
    return took;
}

/* The mean of the dimensions by weight, with the person's own in their place. */
static double coverage_of(const struct person_grade *grade, struct score *out)
{
    double earned = 0, possible = 0;
    for (size_t i = 0; i < out->dimension_count; i++) {
        struct dimension_score *d = &out->dimensions[i];
        if (grade->shares && grade->shares[i] >= 0 && d->weight > 0)
            d->share = fmin(1, grade->shares[i]);
        earned += d->weight * d->share;
        possible += d->weight;
    }
    return possible > 0 ? earned / possible : 0;
}

/* What was never looked at is no gap, and clears nothing either. */
static void require_musts(const struct scorer *s, struct score *out)
{
    for (int level = 0; level < LEVEL_COUNT; level++)
        for (size_t i = 0; i < out->criterion_count; i++)
            if ((int)s->rubric->criteria[i].must_from <= level &&
                !out->criteria[i].graded)
                out->levels[level].cleared = false;
}

void scorer_grade_person(const struct scorer *s, const struct person_grade *grade,
                         struct arena *arena, struct score *out)
{
    *out = (struct score) { .unfinished = grade->unfinished, .limit = 100 };
    take_verdicts(s, grade, arena, out);
    take_flags(s, grade, arena, out);
    score_add_dimensions(s, arena, out, 1);
    out->coverage = coverage_of(grade, out);
    double unflagged = score_limit(score_map_coverage(s->weights, 0, out->coverage));
    out->flag_cost = price_flags(out, unflagged);
    out->without_hints = fmin(unflagged - out->flag_cost, score_flag_cap(out));
    out->total = score_limit(out->without_hints - grade->hint_cost);
    score_add_levels(s, arena, out);
    require_musts(s, out);
}
