/*
 * points.c - from verdicts to points: coverage, the concave map, depth, guards, red flags, levels.
 *
 *   coverage = sum(weight * credit) / sum(weight), over the graded criteria
 *   base     = map(coverage): steep first, flatter later: graders are lenient about the last bits
 *   depth    = what tells 81 from 94, in points: density of numbers, of weighing and of limits, mass of specific
 *              words; it counts in full from `depth_from` of coverage on
 *   total    = (base + depth) * product of the guards, less red flags and hints
 */
#include <math.h>
#include <string.h>

#include "scoring/score_internal.h"

static double on_map(const struct coverage_map *map, double coverage)
{
    size_t i = 1;
    while (i + 1 < map->count && coverage > map->points[i].coverage)
        i++;
    double x0 = map->points[i - 1].coverage, x1 = map->points[i].coverage;
    double y0 = map->points[i - 1].score, y1 = map->points[i].score;
    double way = (coverage - x0) / (x1 - x0);
    return y0 + fmax(0, fmin(1, way)) * (y1 - y0);
}

double score_map_coverage(const struct weights *w, double dialogue, double coverage)
{
    double points = on_map(&w->map, coverage);
    return dialogue > 0
               ? points + dialogue * (on_map(&w->dialogue.map, coverage) - points)
               : points;
}

/* --- long dialogues --- */

double score_dialogue_share(const struct scorer *s)
{
    const struct dialogue_weights *d = &s->weights->dialogue;
    double words = (double)s->text.words.count;
    if (d->words_to <= d->words_from)
        return 0;
    return fmax(0, fmin(1, (words - d->words_from) / (d->words_to - d->words_from)));
}

/* How many times longer a dialogue is than what is written to the same problem. */
static double times_longer(const struct scorer *s, const struct score *out)
{
    double words = (double)s->text.words.count, from = s->weights->dialogue.words_from;
    return out->dialogue > 0 ? words / from : 1;
}

/* --- guards --- */

enum { TOLD_MOST = 6 }; /* beside the guards: what else acts, and what is only told */

/* Something for the card to say, that takes nothing by itself; `words` are its own. */
static void tell(struct score *out, struct arena *arena, const char *id,
                 struct buffer *words)
{
    out->guards[out->guard_count++] =
        (struct guard_score) { id, arena_strndup(arena, words->data, words->length), 1 };
    buffer_release(words);
}

void score_find_guards(struct scorer *s, struct arena *arena, struct score *out)
{
    out->guards = arena_array(arena, struct guard_score, GUARD_COUNT + TOLD_MOST);
    for (int g = 0; g < GUARD_COUNT; g++) {
        double factor = guard_factor(s->weights, (enum guard)g, &s->reading);
        if (factor < 1)
            out->guards[out->guard_count++] =
                (struct guard_score){ guard_names[g], guard_words[g], factor };
    }
    if (s->stances.rejected_sentences > 2)
        out->guards[out->guard_count++] = (struct guard_score){
            "rejected", "sentences that say what you would not do earn nothing", 1 };
    if (s->stances.grader_sentences)
        out->guards[out->guard_count++] = (struct guard_score){
            "grader", "words to the grader change nothing", 1 };
}

/*
 * Lists, names, filler, templates, advertising, plans, empty reasons, the prompt and words in no order are one failing
 * seen from several sides: the harshest speaks for all. Another subject comes on top.
 */
double score_guards_factor(const struct weights *w, const struct guard_reading *r)
{
    double empty = 1;
    for (int g = 0; g < GUARD_COUNT; g++)
        if (g != GUARD_TOPIC)
            empty = fmin(empty, guard_factor(w, (enum guard)g, r));
    return empty * guard_factor(w, GUARD_TOPIC, r);
}

/* --- depth --- */

/* Distinct content words of the sentences that gave evidence: padding has none. */
static double content_words(struct scorer *s, struct arena *arena)
{
    size_t stems = 0, count = 0;
    for (size_t i = 0; i < s->text.words.count; i++) {
        size_t stem = s->text.words.items[i].stem;
        stems = stem > stems ? stem : stems;
    }
    unsigned char *seen = arena_alloc(arena, stems / 8 + 1);
    for (size_t i = 0; i < s->text.words.count; i++) {
        const struct word *word = &s->text.words.items[i];
        unsigned char bit = (unsigned char)(1u << (word->stem % 8));
        bool counts = word->word_class == CLASS_CONTENT &&
                      verdict_sentence_counts(s->queries, word->sentence);
        count += counts && !(seen[word->stem / 8] & bit);
        if (counts)
            seen[word->stem / 8] |= bit;
    }
    return (double)count;
}

static struct depth depth_of(struct scorer *s, struct arena *arena)
{
    double numbers = 0, weighing = 0, limits = 0, words = 0;
    for (uint32_t i = 0; i < s->text.sentences.count; i++)
        if (verdict_sentence_counts(s->queries, i))
            numbers += s->text.sentences.items[i].numbers;
    for (size_t i = 0; i < s->text.words.count; i++) {
        const struct word *w = &s->text.words.items[i];
        if (!verdict_sentence_counts(s->queries, w->sentence))
            continue;
        weighing += (w->traits & TRAIT_WEIGH) != 0;
        limits += (w->traits & TRAIT_LIMIT) != 0;
        words++;
    }
    if (words <= 0)
        return (struct depth) { 0 };
    return (struct depth) { .words = content_words(s, arena),
                            .numbers = 100 * numbers / words,
                            .weighing = 100 * weighing / words,
                            .limits = 100 * limits / words };
}

/* What a usual answer has: words per criterion, so that a rubric of seven asks for shorter answers; the others
 * in 100 words. */
static const struct depth usual = {
    .words = 7.5, .numbers = 6, .weighing = 4, .limits = 1
};
/* A strong sample with less of it shows that the subject does without; those of design have 159, 4.3, 1.4 and 0.56
 * at least. */
static const struct depth enough = {
    .words = 150, .numbers = 4.2, .weighing = 1.2, .limits = 0.5
};

/* Of an exercise in a part only what is expected there. */
static size_t criteria_that_count(const struct scorer *s, const struct score *out)
{
    size_t count = 0;
    for (size_t i = 0; i < out->criterion_count; i++)
        count += !out->part || out->criteria[i].graded;
    return count ? count : s->rubric->criterion_count;
}

/* Where the rubric's own strong answer is shorter, that is what is asked for. */
static double words_asked_for(const struct scorer *s, const struct score *out)
{
    double count = (double)criteria_that_count(s, out);
    double strong = s->strong.words * count / (double)s->rubric->criterion_count;
    double asked =
        s->has_strong ? fmin(usual.words * count, fmax(1, strong)) : usual.words * count;
    return asked * pow(times_longer(s, out), s->weights->dialogue.growth);
}

/* The share of a kind of depth that is asked for: all, unless the strong sample hardly has it. */
static double asked_for(const struct scorer *s, double strong, double from)
{
    return s->has_strong ? fmin(1, strong / from) : 1;
}

/* From here on a loss is told: below, the gaps between criteria say more. */
static const double depth_told = 4, depth_told_from = 0.5;

enum depth_kind { DEPTH_NUMBERS, DEPTH_WORDS, DEPTH_WEIGHING, DEPTH_LIMITS, DEPTH_KINDS };
static const char *const depth_words[DEPTH_KINDS] = {
    [DEPTH_NUMBERS] = "few numbers are said: give sizes, rates, times",
    [DEPTH_WORDS] = "much is said in a few words: say how it works, step by step",
    [DEPTH_WEIGHING] =
        "choices are hardly weighed: say what each costs, and when another would be right",
    [DEPTH_LIMITS] =
        "few limits are set: say until when, how many at most, only for whom",
};

/* What took most of the points, when enough are gone that the card owes a word about it. */
static void tell_depth(const double *points, struct arena *arena, struct score *out)
{
    double sum = 0;
    int worst = 0;
    for (int i = 0; i < DEPTH_KINDS; i++) {
        sum += points[i];
        worst = points[i] < points[worst] ? i : worst;
    }
    if (sum > -depth_told || points[worst] > -depth_told ||
        out->coverage < depth_told_from)
        return;
    struct buffer words = BUFFER_INIT;
    buffer_printf(&words, "%s; that can bring up to %.0f points more", depth_words[worst],
                  floor(-points[worst]));
    tell(out, arena, "depth", &words);
}

/* All four are 0 for a usual answer: in 100 words 6 numbers, 4 words of weighing (but, not, only, unless) and
 * one that sets a limit (until, only, own, within); 7.5 different content words for each criterion of the rubric;
 * or less, if a strong sample has less. */
static double depth_points(struct scorer *s, struct arena *arena, struct score *out)
{
    const struct weights *w = s->weights;
    struct depth d = s->depth = depth_of(s, arena);
    double numbers = fmax(-1.5, fmin(0.75, log((1 + d.numbers) / (1 + usual.numbers))));
    double weighing = fmax(-1, fmin(1, log((1 + d.weighing) / (1 + usual.weighing))));
    out->depth_numbers = asked_for(s, s->strong.numbers, enough.numbers) * numbers;
    out->depth_weighing = asked_for(s, s->strong.weighing, enough.weighing) * weighing;
    double limits = fmax(-1, fmin(1, log((1 + d.limits) / (1 + usual.limits))));
    out->depth_limits = asked_for(s, s->strong.limits, enough.limits) * limits;
    double words = fmax(-1, fmin(1, log(fmax(1, d.words) / words_asked_for(s, out))));
    out->depth_words = asked_for(s, s->strong.words, enough.words) * words;
    double way = w->depth_from > 0 ? fmin(1, out->coverage / w->depth_from) : 1;
    double points[DEPTH_KINDS] = {
        [DEPTH_NUMBERS] = way * w->depth_numbers * out->depth_numbers,
        [DEPTH_WORDS] = way * w->depth_words * out->depth_words,
        [DEPTH_WEIGHING] = way * w->depth_weighing * out->depth_weighing,
        [DEPTH_LIMITS] = way * w->depth_limits * out->depth_limits,
    };
    tell_depth(points, arena, out);
    return points[DEPTH_NUMBERS] + points[DEPTH_WORDS] + points[DEPTH_WEIGHING] +
           points[DEPTH_LIMITS];
}

/* --- red flags --- */

/* Words that claim without limit, for each that weighs (guarantee, always; roughly, cost, unless). */
static double claim_ratio(const struct scorer *s)
{
    double claims = 0, hedges = 0, words = (double)s->text.words.count;
    for (size_t i = 0; i < s->text.words.count; i++) {
        unsigned traits = s->text.words.items[i].traits;
        claims += (traits & TRAIT_ABSOLUTE) != 0;
        hedges += (traits & TRAIT_HEDGE) != 0;
    }
    return words > 0 ? claims / (hedges + 0.003 * words) : 0;
}

static double count_challenged(const struct score *out, enum challenged outcome)
{
    double count = 0;
    for (size_t i = 0; i < out->red_flag_count; i++)
        count += out->red_flags[i].challenged == outcome;
    return count;
}

double score_flags_beyond(const struct scorer *s, const struct score *out)
{
    const struct weights *w = s->weights;
    double stood = count_challenged(out, CHALLENGE_STOOD);
    double unasked =
        (double)out->red_flag_count - stood - count_challenged(out, CHALLENGE_OPEN);
    /* who says three times as much says more often what merely sounds like a mistake; who was asked about it and
     * stands by it has made it; where the reply leaves it open, it is as likely that he has not */
    double spared = fmin(unasked, out->dialogue * w->dialogue.flags_spared);
    double count = stood + unasked - spared +
                   fmin(stood, 1) * (w->dialogue.stood_counts - 1);
    /* of few, which may be false, the tone says nothing */
    if (count >= w->flag_void_from) {
        double way = (claim_ratio(s) - w->claims_from) / (w->claims_to - w->claims_from);
        count += w->claims_most * fmax(0, fmin(1, way));
    }
    return fmax(0, count - w->flag_void_from + 1);
}

/* The share of the words that stand in phases without a red flag; none of a text that has no phases. */
static double clean_share(const struct scorer *s, const struct score *out)
{
    double clean = 0, words = (double)s->text.words.count;
    for (size_t i = 0; i < s->text.sentences.count; i++) {
        const struct sentence *sentence = &s->text.sentences.items[i];
        if (!score_is_flagged(s, out, sentence->part))
            clean += sentence->end - sentence->first;
    }
    return words > 0 ? clean / words : 0;
}

/* Who is wrong in some phases alone keeps what the others earned, down to `flag_void_floor` of it. */
static double flag_factor(const struct scorer *s, const struct score *out)
{
    const struct weights *w = s->weights;
    double factor = pow(1 - w->flag_void_each, out->flags_beyond);
    if (factor >= w->flag_void_floor)
        return factor;
    double way = (clean_share(s, out) - w->clean_from) / (w->clean_to - w->clean_from);
    return fmax(factor, w->flag_void_floor * fmax(0, fmin(1, way)));
}

/* What a few flags cost: those that may be false alarms together `flag_few_most` at most, in full what was asked about
 * and stood by; where the factor acts, it is the cost. */
double score_flag_cost(const struct weights *w, struct score *out)
{
    double doubtful = 0, sum = 0;
    for (size_t i = 0; i < out->red_flag_count; i++)
        if (out->red_flags[i].challenged != CHALLENGE_STOOD)
            doubtful += out->red_flags[i].flag->cost;
    double in_full = out->flags_beyond > 0 ? 0 : 1, most = in_full * w->flag_few_most;
    double scale = doubtful > most ? most / doubtful : 1;
    for (size_t i = 0; i < out->red_flag_count; i++) {
        struct red_flag_score *flag = &out->red_flags[i];
        flag->cost =
            flag->flag->cost * (flag->challenged == CHALLENGE_STOOD ? in_full : scale);
        sum += flag->cost;
    }
    return sum;
}

double score_flag_cap(const struct score *out)
{
    double cap = 100;
    for (size_t i = 0; i < out->red_flag_count; i++)
        if (out->red_flags[i].flag->cap > 0)
            cap = fmin(cap, out->red_flags[i].flag->cap);
    return cap;
}

/* --- dimensions and levels --- */

static struct dimension_score *dimension(struct score *out, const char *id)
{
    for (size_t i = 0; i < out->dimension_count; i++)
        if (!strcmp(out->dimensions[i].id, id))
            return &out->dimensions[i];
    struct dimension_score *fresh = &out->dimensions[out->dimension_count++];
    *fresh = (struct dimension_score){ .id = id };
    return fresh;
}

void score_add_dimensions(const struct scorer *s, struct arena *arena, struct score *out,
                           double factor)
{
    const struct rubric *r = s->rubric;
    out->dimensions = arena_array(arena, struct dimension_score, r->criterion_count);
    for (size_t i = 0; i < r->criterion_count; i++) {
        struct dimension_score *d = dimension(out, r->criteria[i].dimension);
        if (!out->criteria[i].graded)
            continue;
        d->weight += r->criteria[i].weight;
        d->share += r->criteria[i].weight * out->criteria[i].credit * factor;
    }
    for (size_t i = 0; i < out->dimension_count; i++)
        if (out->dimensions[i].weight > 0)
            out->dimensions[i].share /= out->dimensions[i].weight;
}

void score_add_levels(const struct scorer *s, struct arena *arena, struct score *out)
{
    const struct rubric *r = s->rubric;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        struct level_score *l = &out->levels[level];
        l->short_of = arena_array(arena, const struct criterion *, r->criterion_count);
        for (size_t i = 0; i < r->criterion_count; i++)
            if ((int)r->criteria[i].must_from <= level && out->criteria[i].graded &&
                out->criteria[i].verdict != VERDICT_EXPLAINED)
                l->short_of[l->short_count++] = &r->criteria[i];
        l->cleared = !out->unfinished && !out->part && out->total >= level_bars[level] && l->short_count == 0;
    }
}

/* --- the total --- */

double score_coverage(const struct rubric *r, const struct score *out)
{
    double earned = 0, possible = 0;
    for (size_t i = 0; i < r->criterion_count; i++) {
        if (!out->criteria[i].graded)
            continue;
        earned += r->criteria[i].weight * out->criteria[i].credit;
        possible += r->criteria[i].weight;
    }
    return possible > 0 ? earned / possible : 0;
}

double score_limit(double points)
{
    return fmax(0, fmin(100, points));
}

/*
 * A long text that names much and explains hardly anything gets `no_prose_most` points when nothing is explained,
 * and `unexplained_rise` more times the share of what is explained among what is found. A short one had no room to
 * explain: the limit comes down from `unexplained_from` words to `unexplained_to`.
 */
static double unexplained_limit(const struct scorer *s, const struct score *out)
{
    const struct weights *w = s->weights;
    double found = 0, explained = 0, words = (double)s->text.words.count;
    if (words <= w->unexplained_from)
        return 100;
    for (size_t i = 0; i < out->criterion_count; i++) {
        enum verdict verdict = out->criteria[i].verdict;
        explained += verdict == VERDICT_EXPLAINED;
        found += verdict == VERDICT_EXPLAINED || verdict == VERDICT_MENTIONED;
    }
    double limit = w->no_prose_most + w->unexplained_rise * explained / fmax(1, found);
    double way =
        (words - w->unexplained_from) / (w->unexplained_to - w->unexplained_from);
    return score_limit(100 + fmin(1, way) * (limit - 100));
}

/* `points` within the limit; a guard says so when that is less. What is above the last `unexplained_room` points
 * below it is pressed into these, so that more stays more. */
static double limit_unexplained(const struct scorer *s, struct score *out, double points)
{
    out->limit = unexplained_limit(s, out);
    double room = s->weights->unexplained_room, above = points - (out->limit - room);
    if (out->limit >= 100 || above <= 0)
        return points;
    double left = out->limit - room * exp(-above / room);
    out->guards[out->guard_count++] = (struct guard_score) {
        "unexplained", "much is named, and hardly anything is explained", left / points
    };
    return left;
}

/* The share of the words that a red flag voids. */
static double void_share(const struct scorer *s)
{
    double wrong = 0, words = (double)s->text.words.count;
    for (size_t i = 0; i < s->text.words.count; i++)
        wrong += s->stances.words.items[i].stance == STANCE_WRONG;
    return words > 0 ? wrong / words : 0;
}

/*
 * One red flag alone may be a false alarm: from an answer that is sound without it, it takes `flag_alone_most` points,
 * with all that its sentence would have given. It takes more from one that is less than sound, and, since a short
 * answer may rest on it, `flag_alone_rise` times the share of the words that it voids beyond `flag_alone_share`.
 */
static double floor_of_one_flag(const struct scorer *s, double unflagged)
{
    const struct weights *w = s->weights;
    return unflagged - w->flag_alone_most - fmax(0, w->flag_alone_from - unflagged) -
           w->flag_alone_rise * fmax(0, void_share(s) - w->flag_alone_share);
}

/* The card owes a word where the length of a dialogue takes as much as a gap would. */
static void tell_dialogue(const struct scorer *s, struct arena *arena, struct score *out)
{
    double less = score_map_coverage(s->weights, 0, out->coverage) -
                  score_map_coverage(s->weights, out->dialogue, out->coverage);
    if (less < depth_told)
        return;
    struct buffer words = BUFFER_INIT;
    buffer_printf(
        &words,
        "questions help, so a session is held to more than a written answer: %.0f points "
        "less than for the same in writing",
        floor(less));
    tell(out, arena, "dialogue", &words);
}

void score_add_up(struct scorer *s, const struct answer *answer, struct arena *arena,
                  struct score *out)
{
    double points = score_map_coverage(s->weights, out->dialogue, out->coverage) +
                    depth_points(s, arena, out);
    double flags = flag_factor(s, out);
    tell_dialogue(s, arena, out);
    out->factor = score_guards_factor(s->weights, &s->reading) * flags;
    if (flags < 1)
        out->guards[out->guard_count++] = (struct guard_score) {
            "red-flags",
            out->red_flag_count > 1
                ? "several known misconceptions put the rest in doubt"
                : "a known misconception that was stood by puts the rest in doubt",
            flags
        };
    out->flag_cost = score_flag_cost(s->weights, out);
    points =
        limit_unexplained(s, out, score_limit(points) * out->factor) - out->flag_cost;
    if (out->unflagged > 0)
        points = fmax(points, floor_of_one_flag(s, out->unflagged));
    if (score_is_no_prose(s))
        points = fmin(points, s->weights->no_prose_most);
    out->without_hints = fmin(score_limit(points), score_flag_cap(out));
    out->total = score_limit(out->without_hints - answer->hint_cost);
    score_add_dimensions(s, arena, out, out->factor);
    score_add_levels(s, arena, out);
}

double score_cost_of_gap(const struct scorer *s, const struct score *score, size_t criterion)
{
    const struct rubric *r = s->rubric;
    double possible = 0, now = score_coverage(r, score);
    if (!score->criteria[criterion].graded || now >= 1)
        return 0;
    for (size_t i = 0; i < r->criterion_count; i++)
        possible += score->criteria[i].graded ? r->criteria[i].weight : 0;
    double missing =
        r->criteria[criterion].weight * (1 - score->criteria[criterion].credit);
    double lost = 100 - score_map_coverage(s->weights, 0, now);
    return missing / possible * fmin(100, lost / (1 - now));
}

static const struct {
    double from;
    const char *words;
} bands[] = {
    { 0, "nothing usable" }, { 10, "strong no hire" },   { 30, "no hire" },
    { 45, "borderline" },    { 60, "hire at mid level" }, { 75, "hire at senior level" },
    { 88, "outstanding, staff" },
};

int score_band_index(double total)
{
    int band = 0;
    for (int i = 1; i < (int)(sizeof(bands) / sizeof(*bands)); i++)
        if (total >= bands[i].from)
            band = i;
    return band;
}

const char *score_band(double total)
{
    return bands[score_band_index(total)].words;
}
