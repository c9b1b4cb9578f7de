#include "scoring/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "scoring/guard.h"
#include "scoring/matcher.h"
#include "scoring/score_internal.h"
#include "scoring/stance.h"
#include "scoring/verdict.h"

/* The prompt's stems in order, for the echo guard. */
static void read_prompt(struct scorer *s, const char *prompt)
{
    struct text_part part = { prompt, strlen(prompt) };
    text_read(&s->text, matcher_dictionary(s->matcher), &part, 1);
    for (size_t i = 0; i < s->text.words.count; i++)
        *array_add(&s->prompt) = s->text.words.items[i].stem;
}

static void grade(struct scorer *s, const struct answer *answer,
                  struct outside_verdict *verdicts, struct arena *arena,
                  struct score *out);

struct answer_part *answer_parts_of(const struct sample *sample, struct arena *arena)
{
    struct answer_part *parts =
        arena_array(arena, struct answer_part, sample->part_count);
    for (size_t i = 0; i < sample->part_count; i++)
        parts[i] = (struct answer_part) { .text = sample->parts[i].text,
                                          .length = strlen(sample->parts[i].text),
                                          .phase = sample->parts[i].phase };
    return parts;
}

/* How deep the rubric's own strong answers are: an answer is not asked for more. */
static void measure_sample(struct scorer *s, const struct sample *sample)
{
    struct arena arena = ARENA_INIT;
    struct score score;
    struct answer answer = { .parts = answer_parts_of(sample, &arena),
                             .count = sample->part_count };
    grade(s, &answer, NULL, &arena, &score);
    arena_release(&arena);
    s->strong.words = fmax(s->strong.words, s->depth.words);
    s->strong.numbers = fmax(s->strong.numbers, s->depth.numbers);
    s->strong.weighing = fmax(s->strong.weighing, s->depth.weighing);
    s->strong.limits = fmax(s->strong.limits, s->depth.limits);
}

static void measure_strong(struct scorer *s)
{
    bool any = false;
    for (size_t i = 0; i < s->rubric->sample_count; i++)
        if (s->rubric->samples[i].kind && !strcmp(s->rubric->samples[i].kind, "strong")) {
            measure_sample(s, &s->rubric->samples[i]);
            any = true;
        }
    s->has_strong = any;
}

/* `last` is the rubric, where nobody else will want its texts. */
static struct scorer *make(const struct rubric *rubric, const struct lexicon *lexicon,
                           const struct weights *weights, struct subject subject,
                           struct rubric *last)
{
    struct scorer *s = xcalloc(1, sizeof(*s));
    struct buffer asked = BUFFER_INIT;
    if (subject.prompt)
        buffer_printf(&asked, "%s. %s", subject.title ? subject.title : "", subject.prompt);
    s->rubric = rubric;
    s->lexicon = lexicon;
    s->weights = weights;
    s->matcher = matcher_new(lexicon);
    matcher_mark_phrases(s->matcher, true);
    s->queries = verdict_queries_new(s->matcher, rubric, asked.data);
    matcher_mark_phrases(s->matcher, false);
    score_add_red_flags(s);
    s->products = matcher_add_marked(s->matcher, CONCEPT_PRODUCT);
    s->advertising = matcher_add_marked(s->matcher, CONCEPT_ADVERTISING);
    for (size_t i = 0; i < rubric->topic.count; i++) {
        size_t q = matcher_add(s->matcher, rubric->topic.items[i], reach_evidence);
        s->topic = i ? s->topic : q;
    }
    read_prompt(s, asked.data);
    if (last)
        rubric_forget_texts(last);
    matcher_seal(s->matcher);
    s->findings = xcalloc(rubric->criterion_count, sizeof(*s->findings));
    s->unprompted = xcalloc(rubric->criterion_count, sizeof(*s->unprompted));
    s->twisted = xcalloc(rubric->criterion_count, sizeof(*s->twisted));
    buffer_release(&asked);
    measure_strong(s);
    return s;
}

struct scorer *scorer_new(const struct rubric *rubric, const struct lexicon *lexicon,
                          const struct weights *weights, struct subject subject)
{
    return make(rubric, lexicon, weights, subject, NULL);
}

struct scorer *scorer_new_last(struct rubric *rubric, const struct lexicon *lexicon,
                               const struct weights *weights, struct subject subject)
{
    return make(rubric, lexicon, weights, subject, rubric);
}

void scorer_sources(const struct scorer *s, struct scorer_sources *out)
{
    memcpy(out->rubric, s->rubric->hash, HASH_TEXT_SIZE);
    memcpy(out->red_flags, s->rubric->shared_hash, HASH_TEXT_SIZE);
    memcpy(out->weights, s->weights->hash, HASH_TEXT_SIZE);
    hash_text(s->lexicon->hash, out->lexicon);
}

void scorer_free(struct scorer *s)
{
    if (!s)
        return;
    verdict_queries_free(s->queries);
    matcher_free(s->matcher);
    text_release(&s->text);
    stances_release(&s->stances);
    array_release(&s->prompt);
    array_release(&s->parts);
    array_release(&s->phases);
    array_release(&s->sentence_hashes);
    array_release(&s->dropped);
    free(s->flag_queries);
    array_release(&s->drawbacks_read);
    array_release(&s->mishaps_read);
    array_release(&s->claims);
    array_release(&s->flagged);
    array_release(&s->uncounted);
    free(s->findings);
    free(s->unprompted);
    free(s->twisted);
    free(s);
}

void scorer_drop(struct scorer *s, double share, unsigned long seed)
{
    s->drop = share;
    s->seed = seed;
}

const double *scorer_features(const struct scorer *s, size_t i)
{
    return s->findings[i].features;
}

const double *scorer_guards(const struct scorer *s)
{
    return s->reading.share;
}

/* --- reading the answer --- */

static uint64_t sentence_hash(const struct scorer *s, const struct sentence *sentence)
{
    uint64_t hash = HASH_START;
    for (uint32_t w = sentence->first; w < sentence->end; w++) {
        uint32_t stem = s->text.words.items[w].stem;
        hash = hash_bytes(hash, &stem, sizeof(stem));
    }
    return hash;
}

/* Makes room for the hashes of as many sentences as there are: a power of two, at most half of it filled. */
static void empty_hashes(struct scorer *s)
{
    size_t size = 16;
    while (size < 2 * s->text.sentences.count)
        size *= 2;
    array_zero(&s->sentence_hashes, size);
}

/* Whether it was there before; 0 is a free place. */
static bool keep_hash(struct scorer *s, uint64_t hash)
{
    size_t mask = s->sentence_hashes.count - 1, at = (hash ^ hash >> 32) & mask;
    uint64_t *hashes = s->sentence_hashes.items;
    hash = hash ? hash : 1;
    while (hashes[at] && hashes[at] != hash)
        at = (at + 1) & mask;
    bool known = hashes[at] != 0;
    hashes[at] = hash;
    return known;
}

/* A sentence said twice counts once, as if it had been said once. */
static void drop_doubled_sentences(struct scorer *s)
{
    bool any = false;
    empty_hashes(s);
    s->dropped.count = 0;
    for (size_t i = 0; i < s->text.sentences.count; i++) {
        bool seen = keep_hash(s, sentence_hash(s, &s->text.sentences.items[i]));
        *array_add(&s->dropped) = seen;
        any = any || seen;
    }
    if (any)
        text_drop(&s->text, s->dropped.items);
}

/* What hangs on the sentences there are. */
static void read_sentences(struct scorer *s)
{
    matcher_read(s->matcher, &s->text);
    stance_read(&s->stances, &s->text, matcher_dictionary(s->matcher));
    stance_mark_echo(&s->stances, &s->text, s->prompt.items, s->prompt.count);
}

static void read_text(struct scorer *s)
{
    text_read(&s->text, matcher_dictionary(s->matcher), s->parts.items, s->parts.count);
    drop_doubled_sentences(s);
    read_sentences(s);
}

/* What the guards leave of the text as it is read. */
static double read_guards(struct scorer *s, const struct answer *answer)
{
    struct guard_view view = { s->weights,       &s->text,
                               s->matcher,       &s->stances,
                               s->products,      s->advertising,
                               s->topic,         s->rubric->topic.count,
                               answer->dialogue, s->queries };
    guard_read(&s->reading, &view);
    s->reading.topic_lift = s->reading.topic_allowed = 0;
    return score_guards_factor(s->weights, &s->reading);
}

/* Fills for each sentence whether it is a question; false when none is. */
static bool find_questions(struct scorer *s)
{
    bool any = false;
    s->dropped.count = 0;
    for (size_t i = 0; i < s->text.sentences.count; i++) {
        *array_add(&s->dropped) = s->text.sentences.items[i].question;
        any = any || s->text.sentences.items[i].question;
    }
    return any;
}

/*
 * "which regions?" and five more like it are no sentences, and who asks them has done nothing wrong: where a guard
 * acts on an answer, and less without its questions, these are left out as if they had not been asked. A
 * list of names with question marks is left out too, and earns nothing.
 */
static void read_answer(struct scorer *s, const struct answer *answer, size_t *words)
{
    s->parts.count = s->phases.count = 0;
    for (size_t i = 0; i < answer->count; i++) {
        *array_add(&s->parts) =
            (struct text_part){ answer->parts[i].text, answer->parts[i].length };
        *array_add(&s->phases) = answer->parts[i].phase;
    }
    matcher_tidy(s->matcher);
    read_text(s);
    *words = s->text.words.count;
    double factor = read_guards(s, answer);
    if (factor >= 1 || !find_questions(s))
        return;
    text_drop(&s->text, s->dropped.items);
    read_sentences(s);
    if (read_guards(s, answer) > factor)
        return;
    read_text(s);
    (void)read_guards(s, answer);
}

/* --- quotes --- */

/* A quote longer than this is narrowed to the words around the evidence. */
enum { QUOTE_MOST = 260, QUOTE_AROUND = 10 };

struct quote score_quote(const struct scorer *s, uint32_t first, uint32_t last)
{
    const struct text *t = &s->text;
    const struct sentence *a = &t->sentences.items[t->words.items[first].sentence];
    const struct sentence *b = &t->sentences.items[t->words.items[last].sentence];
    struct quote quote = { (int)a->part, a->start, b->stop };
    if (quote.end - quote.start > QUOTE_MOST) {
        uint32_t from = first > a->first + QUOTE_AROUND ? first - QUOTE_AROUND : a->first;
        uint32_t to = last + QUOTE_AROUND < b->end ? last + QUOTE_AROUND : b->end - 1;
        quote.start = t->words.items[from].start;
        quote.end = t->words.items[to].end;
    }
    return quote;
}

/* --- verdicts --- */

struct part_choice {
    const struct answer *answer;
    bool unprompted_only, twist_only;
};

bool score_is_prompted(const struct answer *answer, size_t part, size_t criterion)
{
    const struct answer_part *p = &answer->parts[part];
    size_t raised = answer->raised ? answer->raised[criterion] : 0;
    return p->prompted || (raised && p->said > raised);
}

static bool part_chosen(const void *state, uint32_t part, uint32_t criterion)
{
    const struct part_choice *choice = state;
    if (choice->twist_only)
        return choice->answer->parts[part].after_twist;
    return !score_is_prompted(choice->answer, part, criterion);
}

bool score_is_no_prose(const struct scorer *s)
{
    static const enum guard kinds[] = {
        GUARD_LIST,        GUARD_NAMES,   GUARD_FILLER, GUARD_REPETITION, GUARD_PHRASES,
        GUARD_ADVERTISING, GUARD_REASONS, GUARD_PLAN,   GUARD_PROMPT
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (guard_factor(s->weights, kinds[i], &s->reading) < s->weights->names_only_from)
            return true;
    return false;
}

static void find_all(struct scorer *s, const struct answer *answer, struct part_choice choice,
                     struct finding *out)
{
    choice.answer = answer;
    bool all = !choice.unprompted_only && !choice.twist_only;
    struct finding_request request = {
        .text = &s->text,
        .stances = &s->stances,
        .phases = s->phases.items,
        .counts = all ? NULL : part_chosen,
        .state = &choice,
        .names_only = score_is_no_prose(s),
        .drop = s->drop,
        .seed = s->seed,
    };
    verdict_find(s->queries, &request, s->weights, out);
}

static bool phase_opened(const struct answer *answer, const char *phase)
{
    if (!answer->phases)
        return true;
    for (size_t i = 0; answer->phases[i]; i++)
        if (!strcmp(answer->phases[i], phase))
            return true;
    return false;
}

static bool is_graded(const struct scorer *s, const struct answer *answer, size_t i)
{
    const struct criterion *c = &s->rubric->criteria[i];
    if (c->only_if_asked)
        return answer->asked && answer->asked[i];
    if (phase_opened(answer, c->phase))
        return true;
    /* who was cut short is not held to what came too early */
    return !answer->part && s->findings[i].features[FEATURE_EXPLAINED] > 0;
}

/* Over the criteria with evidence, drawn to what is usual when there are few. */
static double mean_latent(const struct scorer *s, const struct finding *findings,
                          const struct score *out)
{
    double count = s->weights->pull_usual_count, sum = count * s->weights->pull_usual;
    for (size_t i = 0; i < s->rubric->criterion_count; i++)
        if (out->criteria[i].graded && !s->rubric->criteria[i].only_if_asked && findings[i].any) {
            sum += findings[i].latent;
            count++;
        }
    return count > 0 ? sum / count : 0;
}

static bool any_after_twist(const struct answer *answer)
{
    for (size_t i = 0; i < answer->count; i++)
        if (answer->parts[i].after_twist)
            return true;
    return false;
}

static bool any_prompted(const struct answer *answer, size_t criteria)
{
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < criteria; k++)
            if (score_is_prompted(answer, i, k))
                return true;
    return false;
}

static void decide_one(struct scorer *s, const struct finding *f, double shift,
                       struct criterion_score *out)
{
    out->quote.part = -1;
    if (!out->graded) {
        out->verdict = VERDICT_NOT_ASKED;
        return;
    }
    out->verdict = verdict_decide(s->weights, f, shift, &out->credit, &out->certainty);
    out->wrong = f->wrong && !f->any;
    out->contested = f->wrong && f->any;
    if (!f->any && !f->wrong)
        return;
    out->quote = score_quote(s, f->best_first, f->best_last);
    out->by = f->by;
}

/*
 * How much the red flags make of what a criterion's evidence says doubtful, in flags. Who is wrong in the
 * deep dive may still have asked the right questions: outside the phases where the flags stand it
 * is a share. Text without phases is doubted throughout.
 */
static double doubt_of(const struct scorer *s, const struct score *out, const struct finding *f)
{
    double doubt = fmin(s->weights->flag_doubt_most, out->flags_beyond);
    if (!f->any || doubt <= 0)
        return doubt;
    const struct sentence *sentence =
        &s->text.sentences.items[s->text.words.items[f->strongest].sentence];
    bool near = score_is_flagged(s, out, sentence->part);
    return near ? doubt : doubt * s->weights->flag_doubt_elsewhere;
}

static void decide_all(struct scorer *s, const struct answer *answer, struct arena *arena,
                       struct score *out)
{
    const struct rubric *r = s->rubric;
    out->criterion_count = r->criterion_count;
    out->criteria = arena_array(arena, struct criterion_score, r->criterion_count);
    find_all(s, answer, (struct part_choice){ 0 }, s->findings);
    bool twisted = any_after_twist(answer);
    bool prompted = any_prompted(answer, r->criterion_count);
    if (twisted)
        find_all(s, answer, (struct part_choice){ .twist_only = true }, s->twisted);
    if (prompted)
        find_all(s, answer, (struct part_choice){ .unprompted_only = true }, s->unprompted);
    for (size_t i = 0; i < r->criterion_count; i++)
        out->criteria[i].graded = is_graded(s, answer, i);
    double pull = s->weights->pull * mean_latent(s, s->findings, out);
    for (size_t i = 0; i < r->criterion_count; i++) {
        bool late = r->criteria[i].only_if_asked && twisted;
        struct criterion_score *c = &out->criteria[i];
        const struct finding *found = late ? &s->twisted[i] : &s->findings[i];
        c->doubt = doubt_of(s, out, found);
        double shift = pull - s->weights->flag_doubt * c->doubt;
        decide_one(s, found, shift, c);
        c->unasked = c->credit;
        if (!prompted || late || !c->graded)
            continue;
        double before, certainty;
        verdict_decide(s->weights, &s->unprompted[i], shift, &before, &certainty);
        before = fmin(before, c->credit);
        c->prompted = c->credit - before > 0.25;
        c->credit = before + s->weights->prompted_credit * (c->credit - before);
    }
}

/*
 * Who explains what is asked for, to somebody who asks for it phase by phase, has not answered another question, in
 * whatever words. Without a dialogue that shows nothing: a strong answer to a neighbouring problem covers up to .92.
 */
static double topic_lift(const struct weights *w, const struct answer *answer,
                         double coverage)
{
    double from = w->dialogue.lift_from, to = w->dialogue.lift_to;
    return answer->dialogue && to > from
               ? fmax(0, fmin(1, (coverage - from) / (to - from)))
               : 0;
}

/*
 * Of 1,386 answers to other problems none that covers .7 of the weights reads less than .72, and none that covers .6
 * less than .69, but one that passes anyhow; of 640 to the problem itself none that is worth 50 and more reads .66.
 */
static double topic_allowed(const struct weights *w, double coverage)
{
    double way = (coverage - w->topic_from) / (w->topic_to - w->topic_from);
    return w->topic_to > w->topic_from ? w->topic_allowed * fmax(0, fmin(1, way)) : 0;
}

/* Verdicts and points of an answer whose red flags and slips were found. */
static void settle(struct scorer *s, const struct answer *answer,
                   struct outside_verdict *verdicts, struct arena *arena,
                   struct score *out)
{
    decide_all(s, answer, arena, out);
    if (verdicts)
        score_take_outside(s, answer, verdicts, out);
    out->coverage = score_coverage(s->rubric, out);
    s->reading.topic_lift = topic_lift(s->weights, answer, out->coverage);
    s->reading.topic_allowed = topic_allowed(s->weights, out->coverage);
    score_find_guards(s, arena, out);
    score_add_up(s, answer, arena, out);
}

/* What the answer would get without its red flag, the evidence of its sentence included. */
static double points_unflagged(struct scorer *s, const struct answer *answer,
                               struct arena *arena, const struct score *flagged)
{
    struct score out = *flagged;
    out.red_flag_count = out.red_flags_found = 0;
    settle(s, answer, NULL, arena, &out);
    return out.without_hints;
}

static void grade(struct scorer *s, const struct answer *answer,
                  struct outside_verdict *verdicts, struct arena *arena,
                  struct score *out)
{
    memset(out, 0, sizeof(*out));
    read_answer(s, answer, &out->word_count);
    out->dialogue = answer->dialogue ? score_dialogue_share(s) : 0;
    out->unfinished = answer->unfinished;
    out->part = answer->part;
    score_find_red_flags(s, answer, arena, out);
    score_find_slips(s, arena, out);
    score_find_conversions(s, out);
    out->flags_beyond = score_flags_beyond(s, out);
    if (out->red_flag_count == 1 && out->flags_beyond <= 0 && !verdicts)
        out->unflagged = points_unflagged(s, answer, arena, out);
    score_void_claims(s);
    settle(s, answer, verdicts, arena, out);
}

void scorer_grade(struct scorer *s, const struct answer *answer, struct arena *arena,
                  struct score *out)
{
    grade(s, answer, NULL, arena, out);
}

void scorer_grade_outside(struct scorer *s, const struct answer *answer,
                          struct outside_verdict *verdicts, struct arena *arena,
                          struct score *out)
{
    grade(s, answer, verdicts, arena, out);
}
