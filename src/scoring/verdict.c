#include "scoring/verdict.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

enum { MATCHES_MAX = 64 };

/* One word of a criterion's own text. */
struct overlap_word {
    uint32_t stem;
    uint32_t criterion;
    double weight;
    uint32_t seen_sentence; /* +1; the last sentence that had it */
    bool seen;
};

struct criterion_queries {
    size_t first_name, name_count, first_mechanism, mechanism_count;
    double overlap_total;
};

/* Evidence that may be quoted. */
struct quotable {
    uint32_t criterion, first, last;
    double rank;
    struct expression_place by;
};

/* The criterion with most hits in a sentence, and how many the next one has. */
struct leader {
    uint32_t criterion;
    uint8_t most, next;
};

struct verdict_queries {
    struct matcher *matcher;
    const struct rubric *rubric;
    struct criterion_queries *criteria;
    ARRAY(struct overlap_word) words; /* sorted by stem */
    ARRAY(uint32_t) word_at; /* per stem: the first of its words, or of those behind it */
    ARRAY(bool) prompt;      /* per stem: the prompt has it */
    ARRAY(uint8_t) sentence;          /* per sentence: bits below */
    ARRAY(uint8_t) useful;            /* per sentence: evidence for anything */
    ARRAY(uint8_t)
    agreeing; /* hits, 255 at most; one criterion's sentences after another's */
    ARRAY(struct leader) leaders; /* per sentence */
    ARRAY(struct quotable) quotables;
    ARRAY(uint32_t) stem_mark;        /* per stem: the last round that counted it */
    uint32_t round;
    double *overlap_now;              /* per criterion: in the sentence at hand */
};

enum { SENTENCE_NAME = 1, SENTENCE_MECHANISM = 2, SENTENCE_REASON = 4 };

/* --- making ready --- */

size_t evidence_add(struct matcher *m, const struct evidence *e, struct reach reach,
                    size_t *first)
{
    struct arena scratch = ARENA_INIT;
    assert(e->items || e->sources || !e->count); /* see rubric_forget_texts() */
    *first = 0;
    for (size_t i = 0; i < e->count; i++) {
        size_t q =
            matcher_add(m,
                        e->items ? e->items[i]
                                 : expression_parse(&scratch, e->sources[i], NULL, NULL),
                        reach);
        if (i == 0)
            *first = q;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return e->count;
}

bool verdict_in_prompt(const struct verdict_queries *q, uint32_t stem)
{
    return stem < q->prompt.count && q->prompt.items[stem];
}

/* The content words of a text, each once for this criterion. */
static void add_overlap_words(struct verdict_queries *q, const char *text, uint32_t criterion)
{
    struct dictionary *d = matcher_dictionary(q->matcher);
    size_t length = text ? strlen(text) : 0, first = q->words.count;
    for (size_t at = 0; at < length;) {
        size_t end = text_word_end(text, length, at);
        if (end == at) {
            at++;
            continue;
        }
        const struct word_form *form = dictionary_get(d, dictionary_form(d, text + at, end - at));
        at = end;
        if (form->word_class != CLASS_CONTENT || form->length < 3)
            continue;
        bool seen = false;
        for (size_t i = first; i < q->words.count; i++)
            seen = seen || q->words.items[i].stem == form->stem;
        if (!seen)
            *array_add(&q->words) = (struct overlap_word){ .stem = form->stem,
                                                           .criterion = criterion };
    }
}

static void read_prompt(struct verdict_queries *q, const char *prompt)
{
    struct dictionary *d = matcher_dictionary(q->matcher);
    size_t length = prompt ? strlen(prompt) : 0;
    for (size_t at = 0; at < length;) {
        size_t end = text_word_end(prompt, length, at);
        if (end > at) {
            uint32_t stem = dictionary_stem(d, prompt + at, end - at);
            while (q->prompt.count <= stem)
                *array_add(&q->prompt) = false;
            q->prompt.items[stem] = true;
        }
        at = end > at ? end : at + 1;
    }
}

static int by_stem(const void *a, const void *b)
{
    const struct overlap_word *x = a, *y = b;
    if (x->stem != y->stem)
        return x->stem < y->stem ? -1 : 1;
    return x->criterion < y->criterion ? -1 : x->criterion > y->criterion;
}

/* The prompt's words tell nothing: everybody repeats them. */
static const double prompt_word_weight = 0.3;

/* Words that many criteria share weigh less (inverse document frequency over the criteria). */
static void weigh_overlap_words(struct verdict_queries *q)
{
    size_t count = q->words.count;
    if (count)
        qsort(q->words.items, count, sizeof(*q->words.items), by_stem);
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && q->words.items[end].stem == q->words.items[i].stem)
            end++;
        while (q->word_at.count <= q->words.items[i].stem)
            *array_add(&q->word_at) = (uint32_t)i;
        double weight = log(((double)q->rubric->criterion_count + 1) / ((double)(end - i) + 0.5));
        if (verdict_in_prompt(q, q->words.items[i].stem))
            weight *= prompt_word_weight;
        for (; i < end; i++) {
            q->words.items[i].weight = weight;
            q->criteria[q->words.items[i].criterion].overlap_total += weight;
        }
    }
}

struct verdict_queries *verdict_queries_new(struct matcher *m, const struct rubric *rubric,
                                            const char *prompt)
{
    struct verdict_queries *q = xcalloc(1, sizeof(*q));
    q->matcher = m;
    q->rubric = rubric;
    q->criteria = xcalloc(rubric->criterion_count, sizeof(*q->criteria));
    q->overlap_now = xcalloc(rubric->criterion_count, sizeof(*q->overlap_now));
    read_prompt(q, prompt);
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *c = &rubric->criteria[i];
        struct criterion_queries *cq = &q->criteria[i];
        cq->name_count = evidence_add(m, &c->names, reach_evidence, &cq->first_name);
        cq->mechanism_count =
            evidence_add(m, &c->mechanisms, reach_evidence, &cq->first_mechanism);
        add_overlap_words(q, c->title, (uint32_t)i);
        add_overlap_words(q, c->description ? c->description : c->advice, (uint32_t)i);
    }
    weigh_overlap_words(q);
    return q;
}

void verdict_queries_free(struct verdict_queries *q)
{
    if (!q)
        return;
    array_release(&q->words);
    array_release(&q->word_at);
    array_release(&q->prompt);
    array_release(&q->sentence);
    array_release(&q->useful);
    array_release(&q->agreeing);
    array_release(&q->leaders);
    array_release(&q->quotables);
    array_release(&q->stem_mark);
    free(q->criteria);
    free(q->overlap_now);
    free(q);
}

/* --- finding --- */

struct search {
    struct verdict_queries *q;
    const struct finding_request *request;
    struct finding *finding;
    const struct criterion *criterion;
    uint32_t index;              /* of the criterion */
    struct expression_place now; /* what is looked for */
    double best;
    bool only_asked, only_early;
};

static uint32_t sentence_of(const struct search *s, uint32_t word)
{
    return s->request->text->words.items[word].sentence;
}

static uint32_t part_of(const struct search *s, uint32_t word)
{
    return s->request->text->sentences.items[sentence_of(s, word)].part;
}

static bool part_is_for(const struct finding_request *r, uint32_t part,
                        uint32_t criterion)
{
    return !r->counts || r->counts(r->state, part, criterion);
}

/* A reason in its sentences that is not denied itself: "not faster than that" gives none. */
static bool gives_reason(const struct search *s, const struct match *m)
{
    const struct text *text = s->request->text;
    uint32_t first = text->sentences.items[sentence_of(s, m->first)].first;
    uint32_t end = text->sentences.items[sentence_of(s, m->last)].end;
    for (size_t i = 0; i < text->reasons.count; i++) {
        uint32_t word = text->reasons.items[i];
        if (word >= first && word < end &&
            stance_of(s->request->stances, word, word) == STANCE_ASSERTED)
            return true;
    }
    return false;
}

/* "does not lock when two requests come": the case that is denied, up to word `said`, is no word of one's own. */
static bool is_condition(const struct search *s, uint32_t denied, uint32_t said)
{
    const struct word *words = s->request->text->words.items;
    for (uint32_t w = denied + 1; w <= said; w++) {
        if (words[w].flags & (WORD_AFTER_COMMA | WORD_AFTER_COLON | WORD_AFTER_BREAK))
            return false;
        if (words[w].traits & TRAIT_CONDITION)
            return true;
    }
    return false;
}

/* Most of it is said in another sentence, or what stands behind all that is denied: "we do not send the old
 * receipt, we turn him away". */
static bool denies_little(const struct search *s, const struct match *m)
{
    uint32_t last_denied = 0, last_said = 0, elsewhere = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        bool said =
            stance_of(s->request->stances, m->words[i], m->ends[i]) == STANCE_ASSERTED;
        uint32_t *last = said ? &last_said : &last_denied;
        *last = m->words[i] > *last ? m->words[i] : *last;
    }
    for (uint32_t i = 0; i < m->count; i++)
        elsewhere += sentence_of(s, m->words[i]) != sentence_of(s, last_denied);
    return 2 * elsewhere > m->count ||
           (last_said > last_denied &&
            (sentence_of(s, last_said) != sentence_of(s, last_denied) ||
             !is_condition(s, last_denied, last_said)));
}

static bool in_expected_phase(const struct search *s, uint32_t word)
{
    const char *phase = s->request->phases ? s->request->phases[part_of(s, word)] : NULL;
    return !phase || !strcmp(phase, s->criterion->phase);
}

/* Where a text has no phases, its beginning is where the problem is stated. */
static const double opening_share = 0.15;
static const size_t opening_from = 150; /* words; a shorter text has no beginning */

/* What is said where the problem is only being stated is a wish more often than an explanation. */
static bool is_early(const struct search *s, uint32_t word)
{
    const struct text *text = s->request->text;
    const char *here = s->request->phases ? s->request->phases[part_of(s, word)] : NULL;
    const char *first = s->q->rubric->criteria[0].phase;
    if (!strcmp(first, s->criterion->phase))
        return false;
    if (!here)
        return text->words.count >= opening_from &&
               word < opening_share * (double)text->words.count;
    return !strcmp(here, first);
}

/* A bare list of things to do explains none of them, but where a list of them is what is wanted. */
static bool is_listed_elsewhere(const struct search *s, const struct match *m)
{
    const struct sentence *sentence =
        &s->request->text->sentences.items[sentence_of(s, m->first)];
    return sentence->enumeration && !in_expected_phase(s, m->first);
}

enum worth { WORTH_NOTHING, WORTH_NAME, WORTH_MECHANISM };

static enum worth worth_of(const struct search *s, const struct match *m,
                           enum stance stance, bool mechanism)
{
    /* a wrong sum says what is to be worked out, and derives nothing */
    bool works = mechanism && !s->request->names_only &&
                 !s->request->text->sentences.items[sentence_of(s, m->first)].miscounted;
    enum worth full = works ? WORTH_MECHANISM : WORTH_NAME;
    switch (stance) {
    case STANCE_ASSERTED:
        return is_listed_elsewhere(s, m) ? WORTH_NAME : full;
    case STANCE_NEGATED:
        return gives_reason(s, m) || (mechanism && denies_little(s, m)) ? full
                                                                        : WORTH_NOTHING;
    case STANCE_REJECTED:
        return gives_reason(s, m) ? full : WORTH_NOTHING;
    case STANCE_ASKED:
        return WORTH_NAME;
    default:
        return WORTH_NOTHING;
    }
}

static uint8_t *agreeing_at(struct verdict_queries *q, const struct text *text,
                            size_t criterion, size_t sentence)
{
    return &q->agreeing.items[criterion * text->sentences.count + sentence];
}

/* Notes a piece of evidence and its rank for being quoted: mechanisms first, then what is more specific. */
static void consider_quote(struct search *s, const struct match *m, enum worth worth)
{
    const struct sentence *sentence =
        &s->request->text->sentences.items[sentence_of(s, m->first)];
    double rank = worth * 10 + m->count * 2 + (sentence->reason ? 1.5 : 0) +
                  fmin(sentence->end - sentence->first, 30) / 30.0 +
                  (in_expected_phase(s, m->first) ? 1 : 0);
    uint32_t criterion = (uint32_t)(s->criterion - s->q->rubric->criteria);
    uint8_t *agreeing =
        agreeing_at(s->q, s->request->text, criterion, sentence_of(s, m->first));
    *agreeing = (uint8_t)(*agreeing + (*agreeing < UINT8_MAX));
    *array_add(&s->q->quotables) =
        (struct quotable) { criterion, m->first, m->last, rank, s->now };
    s->best = fmax(s->best, rank);
}

/* What a red flag voided is shown where there is nothing better. */
static void note_wrong(struct search *s, const struct match *m)
{
    if (!s->finding->wrong && s->best <= 0) {
        s->finding->best_first = m->first;
        s->finding->best_last = m->last;
        s->finding->by = s->now;
    }
    s->finding->wrong = true;
}

static bool is_dropped(const struct search *s, size_t query)
{
    uint64_t hash = hash_bytes(HASH_START ^ s->request->seed, &query, sizeof(query));
    return (double)(hash >> 11) / 9007199254740992.0 < s->request->drop; /* 2^53 */
}

/* One expression: marks the sentences it hits; returns the most that a hit was worth. */
static enum worth search_one(struct search *s, size_t query, bool mechanism)
{
    struct match matches[MATCHES_MAX];
    if (s->request->drop > 0 && is_dropped(s, query))
        return WORTH_NOTHING;
    size_t count = matcher_find(s->q->matcher, query, matches, MATCHES_MAX);
    enum worth most = WORTH_NOTHING;
    for (size_t i = 0; i < count; i++) {
        const struct match *m = &matches[i];
        if (!part_is_for(s->request, part_of(s, m->first), s->index))
            continue;
        enum stance stance = stance_of_match(s->request->stances, m);
        enum worth worth = worth_of(s, m, stance, mechanism);
        if (stance == STANCE_WRONG)
            note_wrong(s, m);
        if (worth == WORTH_NOTHING)
            continue;
        uint8_t bit = worth == WORTH_MECHANISM ? SENTENCE_MECHANISM : SENTENCE_NAME;
        s->q->sentence.items[sentence_of(s, m->first)] |= bit;
        if (!s->request->counts)
            s->q->useful.items[sentence_of(s, m->first)] = 1;
        if (worth == WORTH_MECHANISM)
            s->only_early = s->only_early && is_early(s, m->first);
        s->only_asked = s->only_asked && stance == STANCE_ASKED;
        consider_quote(s, m, worth);
        if (worth > most)
            most = worth;
    }
    return most;
}

/* Distinct content words of a sentence that no sentence of this kind had before. */
static uint32_t new_content_words(struct search *s, const struct sentence *sentence)
{
    struct verdict_queries *q = s->q;
    uint32_t count = 0;
    for (uint32_t w = sentence->first; w < sentence->end; w++) {
        const struct word *word = &s->request->text->words.items[w];
        if (word->word_class != CLASS_CONTENT || verdict_in_prompt(q, word->stem))
            continue;
        while (q->stem_mark.count <= word->stem)
            *array_add(&q->stem_mark) = 0;
        count += q->stem_mark.items[word->stem] != q->round;
        q->stem_mark.items[word->stem] = q->round;
    }
    return count;
}

struct tally {
    uint32_t sentences, numbers, words, reasons;
};

static struct tally tally_sentences(struct search *s, bool mechanism)
{
    const struct text *text = s->request->text;
    struct tally t = { 0 };
    s->q->round++;
    for (size_t i = 0; i < text->sentences.count; i++) {
        uint8_t bits = s->q->sentence.items[i];
        bool wanted = mechanism ? bits & SENTENCE_MECHANISM
                                : (bits & SENTENCE_NAME) && !(bits & SENTENCE_MECHANISM);
        if (!wanted)
            continue;
        const struct sentence *sentence = &text->sentences.items[i];
        t.sentences++;
        t.numbers += sentence->numbers;
        t.words += new_content_words(s, sentence);
        t.reasons += sentence->reason;
    }
    return t;
}

/* Hits among few expressions: one of two says as much as four of eight. */
static double hits_among(double hits, size_t expressions, double usual)
{
    return expressions > 0 ? hits * fmax(1, usual / (double)expressions) : hits;
}

static void find_criterion(struct search *s, const struct criterion_queries *cq,
                           const struct weights *w)
{
    struct finding *f = s->finding;
    struct verdict_queries *q = s->q;
    memset(q->sentence.items, 0, q->sentence.count);
    uint32_t names = 0, mechanisms = 0;
    for (size_t i = 0; i < cq->name_count; i++) {
        s->now = (struct expression_place) { "names", i };
        names += search_one(s, cq->first_name + i, false) != WORTH_NOTHING;
    }
    for (size_t i = 0; i < cq->mechanism_count; i++) {
        s->now = (struct expression_place) { "mechanisms", i };
        enum worth worth = search_one(s, cq->first_mechanism + i, true);
        mechanisms += worth == WORTH_MECHANISM;
        names += worth == WORTH_NAME;
    }
    struct tally with = tally_sentences(s, true), without = tally_sentences(s, false);
    f->any = names || mechanisms;
    f->features[FEATURE_NAMED] = names > 0;
    f->features[FEATURE_NAMES] = log1p(hits_among(names, cq->name_count, w->usual_names));
    f->features[FEATURE_EXPLAINED] = mechanisms > 0;
    f->features[FEATURE_MECHANISMS] =
        log1p(hits_among(mechanisms, cq->mechanism_count, w->usual_mechanisms));
    f->features[FEATURE_MECHANISM_SENTENCES] = log1p(with.sentences);
    f->features[FEATURE_NAME_SENTENCES] = log1p(without.sentences);
    f->features[FEATURE_NUMBERS] = log1p(with.numbers);
    f->features[FEATURE_NAME_NUMBERS] = log1p(without.numbers);
    f->features[FEATURE_SPECIFIC] = log1p(with.words);
    f->features[FEATURE_NAME_SPECIFIC] = log1p(without.words);
    f->features[FEATURE_REASON] = log1p(with.reasons);
    f->features[FEATURE_EARLY] = mechanisms > 0 && s->only_early;
    f->features[FEATURE_ASKED] = f->any && s->only_asked;
}

/* --- what is quoted --- */

/*
 * What several expressions find is about the matter more surely than what one finds in passing, and what more of
 * another criterion's find is about that one rather. In answers that were put together of passages about one
 * criterion each, a seventh less of the quotes come from another's passage than without the rivals, on the half
 * that was kept back (script/passages has the answers).
 */
static const double agreement_rank = 2, rival_rank = 1, outdone_rank = 3;
static const int agreement_most = 4;

static void find_leaders(struct verdict_queries *q, const struct text *text)
{
    q->leaders.count = 0;
    for (size_t at = 0; at < text->sentences.count; at++) {
        struct leader leader = { 0 };
        for (uint32_t i = 0; i < q->rubric->criterion_count; i++) {
            uint8_t agreeing = *agreeing_at(q, text, i, at);
            if (agreeing > leader.most)
                leader = (struct leader) { i, agreeing, leader.most };
            else if (agreeing > leader.next)
                leader.next = agreeing;
        }
        *array_add(&q->leaders) = leader;
    }
}

struct ranks {
    double strongest, quoted;
};

static struct ranks ranks_of(struct verdict_queries *q, const struct text *text,
                             const struct quotable *c)
{
    uint32_t sentence = text->words.items[c->first].sentence;
    const struct leader *leader = &q->leaders.items[sentence];
    int agreeing = *agreeing_at(q, text, c->criterion, sentence);
    int rival = leader->criterion == c->criterion ? leader->next : leader->most;
    double strongest = c->rank + agreement_rank * fmin(agreeing - 1, agreement_most);
    return (struct ranks) { strongest, strongest -
                                           rival_rank * fmin(rival, agreement_most) -
                                           (rival > agreeing ? outdone_rank : 0) };
}

/* Quotables stand criterion by criterion. */
static void choose_quotes(struct verdict_queries *q, const struct text *text,
                          struct finding *out)
{
    struct ranks best = { 0 };
    find_leaders(q, text);
    for (size_t i = 0; i < q->quotables.count; i++) {
        const struct quotable *c = &q->quotables.items[i];
        if (!i || c->criterion != c[-1].criterion)
            best = (struct ranks) { -INFINITY, -INFINITY };
        struct ranks ranks = ranks_of(q, text, c);
        struct finding *f = &out[c->criterion];
        if (ranks.strongest > best.strongest) {
            best.strongest = ranks.strongest;
            f->strongest = c->first;
        }
        if (ranks.quoted > best.quoted) {
            best.quoted = ranks.quoted;
            f->best_first = c->first;
            f->best_last = c->last;
            f->by = c->by;
        }
    }
}

/* --- overlap with the criterion's own words --- */

static struct overlap_word *words_with_stem(const struct verdict_queries *q, uint32_t stem)
{
    size_t at = stem < q->word_at.count ? q->word_at.items[stem] : q->words.count;
    return q->words.items + at;
}

static bool sentence_counts(const struct finding_request *r, size_t sentence)
{
    const struct sentence *s = &r->text->sentences.items[sentence];
    enum stance stance = stance_of(r->stances, s->first, s->first);
    return stance != STANCE_VOID && stance != STANCE_GRADER && stance != STANCE_ECHO &&
           stance != STANCE_WRONG;
}

/* Adds the words of sentence `at` that neither it nor the one before had yet. */
static void overlap_sentence(struct verdict_queries *q, const struct finding_request *r, size_t at,
                             struct finding *out)
{
    const struct sentence *s = &r->text->sentences.items[at];
    if (!q->words.count) /* a rubric that says nothing of its criteria */
        return;
    const struct overlap_word *end = q->words.items + q->words.count;
    for (uint32_t w = s->first; w < s->end; w++) {
        uint32_t stem = r->text->words.items[w].stem;
        for (struct overlap_word *x = words_with_stem(q, stem); x < end && x->stem == stem; x++) {
            if (x->seen_sentence == at + 1 || !part_is_for(r, s->part, x->criterion))
                continue;
            if (!x->seen)
                out[x->criterion].features[FEATURE_OVERLAP_ALL] += x->weight;
            x->seen = true;
            x->seen_sentence = (uint32_t)at + 1;
            q->overlap_now[x->criterion] += x->weight;
        }
    }
}

static void find_overlap(struct verdict_queries *q, const struct finding_request *r,
                         struct finding *out)
{
    size_t criteria = q->rubric->criterion_count;
    double *before = xcalloc(criteria, sizeof(*before));
    for (size_t i = 0; i < q->words.count; i++)
        q->words.items[i].seen_sentence = q->words.items[i].seen = 0;
    for (size_t i = 0; i < r->text->sentences.count; i++) {
        memset(q->overlap_now, 0, criteria * sizeof(*q->overlap_now));
        if (sentence_counts(r, i))
            overlap_sentence(q, r, i, out);
        for (size_t c = 0; c < criteria; c++) {
            double total = q->criteria[c].overlap_total;
            double here = q->overlap_now[c] + before[c];
            double share = here < total ? here / total : total > 0;
            if (share > out[c].features[FEATURE_OVERLAP])
                out[c].features[FEATURE_OVERLAP] = share;
        }
        memcpy(before, q->overlap_now, criteria * sizeof(*before));
    }
    for (size_t c = 0; c < criteria; c++)
        if (q->criteria[c].overlap_total > 0)
            out[c].features[FEATURE_OVERLAP_ALL] /= q->criteria[c].overlap_total;
    free(before);
}

/* --- all together --- */

static void fit_arrays(struct verdict_queries *q, const struct text *text, bool whole)
{
    q->quotables.count = 0;
    array_zero(&q->sentence, text->sentences.count);
    array_zero(&q->agreeing, text->sentences.count * q->rubric->criterion_count);
    if (whole)
        array_zero(&q->useful, text->sentences.count);
}

bool verdict_sentence_counts(const struct verdict_queries *q, size_t sentence)
{
    return sentence < q->useful.count && q->useful.items[sentence];
}

void verdict_find(struct verdict_queries *q, const struct finding_request *request,
                  const struct weights *weights, struct finding *out)
{
    size_t criteria = q->rubric->criterion_count;
    memset(out, 0, criteria * sizeof(*out));
    fit_arrays(q, request->text, !request->counts);
    if (!request->text->words.count)
        return;
    find_overlap(q, request, out);
    for (size_t i = 0; i < criteria; i++) {
        struct search s = { .q = q,
                            .request = request,
                            .finding = &out[i],
                            .criterion = &q->rubric->criteria[i],
                            .index = (uint32_t)i,
                            .only_asked = true,
                            .only_early = true };
        find_criterion(&s, &q->criteria[i], weights);
        for (int k = 0; k < FEATURE_COUNT; k++)
            out[i].latent += weights->feature[k] * out[i].features[k];
    }
    choose_quotes(q, request->text, out);
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* Credit for explaining rises steeper than the chance of it: a mention close to an explanation is still a mention. */
static double credit_of(const struct weights *w, double latent)
{
    double any = logistic(latent - w->cut_mentioned);
    double explained =
        fmin(any, logistic(w->credit_steepness * (latent - w->cut_explained)));
    return explained + w->mentioned_credit * (any - explained);
}

enum verdict verdict_decide(const struct weights *w, const struct finding *f, double shift,
                            double *credit, double *certainty)
{
    double latent = f->latent + shift;
    double any = f->any ? logistic(latent - w->cut_mentioned) : 0;
    double explained = f->any ? fmin(any, logistic(latent - w->cut_explained)) : 0;
    *credit = f->any ? credit_of(w, latent) : 0;
    enum verdict verdict = explained >= 0.5 ? VERDICT_EXPLAINED
                           : any >= 0.5    ? VERDICT_MENTIONED
                                           : VERDICT_ABSENT;
    *certainty = verdict == VERDICT_EXPLAINED   ? explained
                 : verdict == VERDICT_MENTIONED ? fmin(any, 1 - explained)
                                                : 1 - any;
    return verdict;
}
