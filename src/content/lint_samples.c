/* lint_samples.c - what a rubric says of itself, tried out: samples, and examples of its red flags
 * and consistency rules. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/lint_internal.h"
#include "scoring/challenge.h"

/* A rubric with its scorer, and what its samples scored. */
struct trial {
    struct lint *lint;
    const struct rubric *rubric;
    struct scorer *scorer;
    double *totals;
};

static struct scorer *scorer_for(const struct lint_content *c, const struct rubric *rubric)
{
    struct subject subject = { 0 };
    if (c->scenario)
        subject = (struct subject) { c->scenario->title, c->scenario->prompt };
    return scorer_new(rubric, c->lexicon, c->weights, subject);
}

/* --- samples --- */

/* Which kinds there are, what DESIGN wants of each, and which of them every rubric must have. */
static const struct kind {
    const char *name;
    double least, most; /* the least is a strict rule: short answers to a small rubric earn less */
    bool needed, needed_strictly;
} kinds[] = {
    { "strong", 75, 100, true, true },   { "middling", 0, 100, true, true },
    { "weak", 0, 100, false, true },     { "list", 0, 20, true, true },
    { "filler", 0, 20, false, true },    { "negated", 0, 20, true, true },
    { "off-topic", 0, 20, true, true },  { "wrong", 0, 100, false, true },
    { "verdict", 0, 100, false, false },
};
enum { KIND_COUNT = sizeof(kinds) / sizeof(*kinds) };

static const struct kind *kind_of(const struct sample *sample)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (!strcmp(kinds[i].name, sample->kind))
            return &kinds[i];
    return &kinds[KIND_COUNT - 1];
}

/* A sample that tells something of what only the interviewer can raise is graded as if he had. */
static bool mark_asked(const struct rubric *rubric, const struct sample *sample, bool *asked)
{
    bool any = false;
    for (size_t i = 0; i < sample->verdict_count; i++) {
        int criterion = rubric_find(rubric, sample->verdicts[i].criterion);
        if (criterion >= 0 && rubric->criteria[criterion].only_if_asked)
            any = asked[criterion] = true;
    }
    return any;
}

static void grade_sample(struct trial *t, const struct sample *sample, struct score *out)
{
    struct arena *arena = &t->lint->arena;
    bool *asked = arena_array(arena, bool, t->rubric->criterion_count);
    struct answer_part *parts = answer_parts_of(sample, arena);
    bool any = mark_asked(t->rubric, sample, asked);
    for (size_t i = 0; i < sample->part_count; i++)
        parts[i].after_twist = any;
    struct answer answer = { .parts = parts, .count = sample->part_count, .asked = asked };
    scorer_grade(t->scorer, &answer, arena, out);
}

enum { CAUSES_MOST = 4 };

/* "; 'gradient' is absent, 'shrinks' is mentioned": what makes a score low, or what made it high. */
static void add_causes(const struct trial *t, struct buffer *out,
                       const struct score *score, bool low)
{
    size_t count = 0;
    for (size_t i = 0; i < score->criterion_count; i++) {
        const struct criterion_score *c = &score->criteria[i];
        bool cause = low ? c->verdict != VERDICT_EXPLAINED : c->verdict != VERDICT_ABSENT;
        if (c->graded && cause && ++count <= CAUSES_MOST)
            buffer_printf(out, "%s'%s' is %s", count > 1 ? ", " : "; ",
                          t->rubric->criteria[i].id, verdict_names[c->verdict]);
    }
    if (count > CAUSES_MOST)
        buffer_printf(out, ", and %zu more", count - CAUSES_MOST);
    for (size_t i = 0; low && i < score->guard_count; i++)
        buffer_printf(out, "; guard '%s'", score->guards[i].id);
    for (size_t i = 0; low && i < score->red_flag_count && i < CAUSES_MOST; i++)
        buffer_printf(out, "; red flag '%s'", score->red_flags[i].flag->id);
}

static void tell_band(struct trial *t, const struct sample *sample, const json_t *at,
                      const struct score *score, const double *band)
{
    struct buffer causes = BUFFER_INIT;
    add_causes(t, &causes, score, score->total < band[0]);
    json_fail(&t->lint->check, at, "sample '%s': score %.3g is not within %g..%g%s",
              sample->id, score->total, band[0], band[1],
              causes.length ? causes.data : "");
    buffer_release(&causes);
}

static void check_band(struct trial *t, size_t index, const struct score *score)
{
    const struct sample *sample = &t->rubric->samples[index];
    const struct kind *kind = kind_of(sample);
    const json_t *at = lint_member(t->lint, "samples", index, sample->has_band ? "score" : "id");
    double least = t->lint->content->strict ? kind->least : 0, low = least, high = kind->most;
    if (sample->has_band && sample->low > low)
        low = sample->low;
    if (sample->has_band && sample->high < high)
        high = sample->high;
    if (low > high)
        json_fail(&t->lint->check, at, "sample '%s': a %s sample must be within %g..%g", sample->id,
                  kind->name, least, kind->most);
    else if (score->total < low || score->total > high)
        tell_band(t, sample, at, score, (double[]) { low, high });
    if (t->lint->content->strict && !sample->has_band && strcmp(kind->name, "verdict") != 0)
        json_fail(&t->lint->check, at, "sample '%s' has no band", sample->id);
}

static void check_verdicts(struct trial *t, size_t index, const struct score *score)
{
    const struct sample *sample = &t->rubric->samples[index];
    const json_t *verdicts = lint_member(t->lint, "samples", index, "verdicts");
    for (size_t i = 0; i < sample->verdict_count; i++) {
        const struct sample_verdict *wanted = &sample->verdicts[i];
        int criterion = rubric_find(t->rubric, wanted->criterion);
        enum verdict got = score->criteria[criterion].verdict;
        char share[40] = ""; /* how far it is from what was wanted */
        if (got == VERDICT_MENTIONED || got == VERDICT_EXPLAINED)
            snprintf(share, sizeof(share), " (%.2f of its weight)",
                     score->criteria[criterion].credit);
        if (got != wanted->verdict)
            json_fail(&t->lint->check, json_object_get(verdicts, wanted->criterion),
                      "sample '%s': '%s' is %s%s, not %s", sample->id, wanted->criterion,
                      verdict_names[got], share, verdict_names[wanted->verdict]);
    }
}

/* A sound answer that trips a red flag is a false alarm. */
static void check_strong_is_sound(struct trial *t, size_t index, const struct score *score)
{
    const struct sample *sample = &t->rubric->samples[index];
    for (size_t i = 0; i < score->red_flag_count; i++)
        json_fail(&t->lint->check, lint_member(t->lint, "samples", index, "id"),
                  "sample '%s' is strong and trips the red flag '%s'", sample->id,
                  score->red_flags[i].flag->id);
}

static void check_parts(struct trial *t, size_t index)
{
    const struct sample *sample = &t->rubric->samples[index];
    const struct scenario *scenario = t->lint->content->scenario;
    const json_t *answers = lint_member(t->lint, "samples", index, "answers");
    for (size_t i = 0; scenario && i < sample->part_count; i++) {
        const char *phase = sample->parts[i].phase;
        bool known = !phase;
        for (size_t k = 0; k < scenario->phase_count && !known; k++)
            known = !strcmp(scenario->phases[k].id, phase);
        if (!known)
            json_fail_key(&t->lint->check, answers, phase,
                          "the scenario has no phase '%s'", phase);
    }
}

static bool is_draft(const struct sample *sample)
{
    for (size_t i = 0; i < sample->part_count; i++)
        if (lint_is_draft(sample->parts[i].text))
            return true;
    return false;
}

static void check_sample(struct trial *t, size_t index)
{
    const struct sample *sample = &t->rubric->samples[index];
    struct score score;
    for (size_t i = 0; i < index; i++)
        if (!strcmp(t->rubric->samples[i].id, sample->id))
            json_fail(&t->lint->check, lint_member(t->lint, "samples", index, "id"),
                      "'%s' stands here twice", sample->id);
    check_parts(t, index);
    t->totals[index] = NAN;
    if (is_draft(sample))
        return;
    grade_sample(t, sample, &score);
    t->totals[index] = score.total;
    check_band(t, index, &score);
    check_verdicts(t, index, &score);
    if (t->lint->content->strict && !strcmp(sample->kind, "strong"))
        check_strong_is_sound(t, index, &score);
}

static void check_kinds(struct trial *t)
{
    for (size_t k = 0; k < KIND_COUNT; k++) {
        bool found = !(t->lint->content->strict ? kinds[k].needed_strictly : kinds[k].needed);
        for (size_t i = 0; i < t->rubric->sample_count && !found; i++)
            found = !strcmp(t->rubric->samples[i].kind, kinds[k].name);
        if (!found)
            json_fail(&t->lint->check, lint_item(t->lint, "samples", t->rubric->sample_count),
                      "there is no sample of kind '%s'", kinds[k].name);
    }
}

/* --- ranks --- */

/* The lowest (sign 1) or highest (sign -1) graded sample of a kind; -1: there is none. */
static int extreme(const struct trial *t, const char *kind, double sign)
{
    int best = -1;
    for (size_t i = 0; i < t->rubric->sample_count; i++)
        if (!isnan(t->totals[i]) && !strcmp(t->rubric->samples[i].kind, kind) &&
            (best < 0 || sign * t->totals[i] < sign * t->totals[best]))
            best = (int)i;
    return best;
}

static void check_ranks(struct trial *t)
{
    static const char *const order[] = { "strong", "middling", "weak", "list" };
    int above = -1;
    for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
        int below = extreme(t, order[i], -1);
        if (above >= 0 && below >= 0 && t->totals[below] >= t->totals[above])
            json_fail(&t->lint->check, lint_member(t->lint, "samples", (size_t)below, "id"),
                      "sample '%s' with %.3g points is not below '%s' with %.3g",
                      t->rubric->samples[below].id, t->totals[below], t->rubric->samples[above].id,
                      t->totals[above]);
        if (below >= 0)
            above = extreme(t, order[i], 1);
    }
}

/* --- examples of red flags --- */

static void grade_text(struct trial *t, const char *text, struct score *out)
{
    struct answer_part part = { .text = text, .length = strlen(text) };
    scorer_grade(t->scorer, &(struct answer) { .parts = &part, .count = 1 }, &t->lint->arena, out);
}

static bool trips(const struct score *score, const struct red_flag *flag)
{
    for (size_t i = 0; i < score->red_flags_found; i++)
        if (score->red_flags[i].flag == flag)
            return true;
    return false;
}

/* `at` is the flag's place: examples of shared flags stand in another file. */
static void check_flag(struct trial *t, const struct red_flag *flag, const json_t *at)
{
    const json_t *examples = json_object_get(at, "examples"), *text;
    struct score score;
    if (lint_is_draft(flag->title))
        return;
    for (size_t i = 0; i < flag->examples.wrong_count; i++) {
        text = json_array_get(json_object_get(examples, "wrong"), i);
        grade_text(t, flag->examples.wrong[i], &score);
        if (!trips(&score, flag))
            json_fail(&t->lint->check, text ? text : at,
                      "'%s' is silent on its own wrong example: \"%s\"", flag->id,
                      flag->examples.wrong[i]);
    }
    for (size_t i = 0; i < flag->examples.sound_count; i++) {
        text = json_array_get(json_object_get(examples, "sound"), i);
        grade_text(t, flag->examples.sound[i], &score);
        for (size_t k = 0; k < score.red_flags_found; k++)
            json_fail(&t->lint->check, text ? text : at,
                      "a sound example of '%s' trips '%s': \"%s\"", flag->id,
                      score.red_flags[k].flag->id, flag->examples.sound[i]);
    }
}

/* --- what is asked about a red flag --- */

static void check_question(struct trial *t, const struct red_flag *flag, const json_t *at)
{
    const char *question = flag->challenge.question;
    size_t length = strlen(question);
    const json_t *where = json_object_get(at, "question");
    if (!length || question[length - 1] != '?')
        json_fail(&t->lint->check, where ? where : at,
                  "the question of '%s' does not end with a question mark", flag->id);
}

static void check_replies(struct trial *t, const struct red_flag *flag,
                          struct challenge_reader *reader, bool sound, const json_t *at)
{
    const struct examples *x = &flag->challenge.examples;
    const json_t *list =
        json_object_get(json_object_get(at, "examples"), sound ? "sound" : "wrong");
    for (size_t i = 0; i < (sound ? x->sound_count : x->wrong_count); i++) {
        const json_t *where = json_array_get(list, i);
        const char *text = sound ? x->sound[i] : x->wrong[i];
        struct text_part reply = { text, strlen(text) };
        size_t best;
        enum challenged outcome = challenge_outcome(reader, &reply, 1, &best);
        bool hit = outcome == CHALLENGE_CORRECTED || outcome == CHALLENGE_OPEN;
        if (hit != sound)
            json_fail(
                &t->lint->check, where ? where : at,
                sound ? "'%s' sees nothing in this reply that puts it right: \"%s\""
                      : "'%s' sees something in this reply that puts it right: \"%s\"",
                flag->id, text);
    }
}

static void check_challenge(struct trial *t, const struct red_flag *flag,
                            const json_t *at)
{
    if (!flag->challenge.question)
        return;
    struct challenge_reader *reader =
        challenge_reader_new(&flag->challenge, t->lint->content->lexicon);
    check_question(t, flag, at);
    check_replies(t, flag, reader, true, at);
    check_replies(t, flag, reader, false, at);
    challenge_reader_free(reader);
}

/* --- examples of all flags --- */

static void need_examples(struct trial *t, const struct red_flag *flag, const json_t *at)
{
    const struct examples *x = &flag->examples;
    if (x->sound_count < LINT_SOUND_LEAST || x->wrong_count < LINT_WRONG_LEAST)
        json_fail(&t->lint->check, at,
                  "the red flag '%s' has %zu sound and %zu wrong examples; %d and %d are wanted",
                  flag->id, x->sound_count, x->wrong_count, LINT_SOUND_LEAST, LINT_WRONG_LEAST);
}

static void check_flags(struct trial *t)
{
    const struct rubric *r = t->rubric;
    for (size_t i = 0; i < r->red_flag_count; i++) {
        bool own = i < r->own_red_flag_count;
        const json_t *at = own ? lint_item(t->lint, "red_flags", i)
                               : lint_item(t->lint, "shared_red_flags", i - r->own_red_flag_count);
        if (own && t->lint->content->strict)
            need_examples(t, &r->red_flags[i], lint_member(t->lint, "red_flags", i, "id"));
        check_flag(t, &r->red_flags[i], at);
        if (own)
            check_challenge(t, &r->red_flags[i], json_object_get(at, "challenge"));
        arena_reset(&t->lint->arena);
    }
}

/* --- examples of consistency rules --- */

/* The rules' expressions: claims of rule i are queries first[i].., what is against them follows. */
struct rule_trial {
    struct matcher *matcher;
    size_t *first;
    struct text text;
};

static void rule_trial_open(struct rule_trial *t, const struct lint_content *c)
{
    size_t queries = 0;
    t->matcher = matcher_new(c->lexicon);
    t->first = xcalloc(c->rubric->rule_count + 1, sizeof(*t->first));
    for (size_t i = 0; i < c->rubric->rule_count; i++) {
        const struct consistency_rule *rule = &c->rubric->rules[i];
        t->first[i] = queries;
        for (size_t k = 0; k < rule->claim.count; k++)
            queries = matcher_add(t->matcher, rule->claim.items[k], reach_evidence) + 1;
        for (size_t k = 0; k < rule->against.count; k++)
            queries = matcher_add(t->matcher, rule->against.items[k], reach_evidence) + 1;
    }
    matcher_seal(t->matcher);
}

static bool any_hits(struct rule_trial *t, size_t first, size_t count)
{
    struct match match;
    for (size_t i = 0; i < count; i++)
        if (matcher_find(t->matcher, first + i, &match, 1))
            return true;
    return false;
}

static void check_rule_text(struct lint *l, struct rule_trial *t, size_t index, const char *text,
                            bool wrong, const json_t *at)
{
    const struct consistency_rule *rule = &l->content->rubric->rules[index];
    struct text_part part = { text, strlen(text) };
    text_read(&t->text, matcher_dictionary(t->matcher), &part, 1);
    matcher_read(t->matcher, &t->text);
    bool claim = any_hits(t, t->first[index], rule->claim.count);
    bool against = any_hits(t, t->first[index] + rule->claim.count, rule->against.count);
    if (wrong && !(claim && against))
        json_fail(&l->check, at, "the rule '%s' does not see %s in its wrong example: \"%s\"",
                  rule->id, claim ? "what is against it" : "the claim", text);
    else if (!wrong && claim && against)
        json_fail(&l->check, at, "the rule '%s' sees a contradiction in its sound example: \"%s\"",
                  rule->id, text);
}

static void check_rules(struct lint *l)
{
    struct rule_trial t = { 0 };
    if (!l->content->rubric->rule_count)
        return;
    rule_trial_open(&t, l->content);
    for (size_t i = 0; i < l->content->rubric->rule_count; i++) {
        const struct examples *x = &l->content->rubric->rules[i].examples;
        const json_t *examples = lint_member(l, "consistency", i, "examples");
        for (size_t k = 0; k < x->wrong_count; k++)
            check_rule_text(l, &t, i, x->wrong[k], true,
                            json_array_get(json_object_get(examples, "wrong"), k));
        for (size_t k = 0; k < x->sound_count; k++)
            check_rule_text(l, &t, i, x->sound[k], false,
                            json_array_get(json_object_get(examples, "sound"), k));
    }
    text_release(&t.text);
    matcher_free(t.matcher);
    free(t.first);
}

/* --- all of it --- */

void lint_samples(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    struct trial t = { .lint = l, .rubric = rubric, .scorer = scorer_for(l->content, rubric) };
    t.totals = xcalloc(rubric->sample_count + 1, sizeof(*t.totals));
    check_kinds(&t);
    for (size_t i = 0; i < rubric->sample_count; i++) {
        check_sample(&t, i);
        arena_reset(&l->arena);
    }
    check_ranks(&t);
    check_flags(&t);
    check_rules(l);
    scorer_free(t.scorer);
    free(t.totals);
}

void lint_red_flags(const struct lint_content *c, const struct shared_red_flags *flags,
                    const struct lint_file *file, struct error_list *findings)
{
    struct lint l;
    if (!lint_open(&l, c, file, findings))
        return;
    /* A rubric of nothing but these flags; a scorer wants one criterion at least. */
    struct criterion none = {
        .id = "", .title = "", .phase = "", .dimension = "", .weight = 1, .must_from = LEVEL_NONE
    };
    struct rubric rubric = {
        .scenario = "",
        .criteria = &none,
        .criterion_count = 1,
        .red_flags = flags->items,
        .red_flag_count = flags->count,
        .own_red_flag_count = flags->count,
    };
    struct trial t = { .lint = &l, .rubric = &rubric, .scorer = scorer_for(c, &rubric) };
    check_flags(&t);
    scorer_free(t.scorer);
    if (c->strict)
        lint_repeats(&l, &rubric);
    lint_drafts(&l);
    lint_close(&l);
}
