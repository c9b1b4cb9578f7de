#include "scoring/combine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct root {
    uint32_t part;
    bool awake; /* the text may have it */
};

/* A group without which, and the likes of it, there is no match of a root. */
struct key {
    uint32_t group, root;
};

struct combiner {
    struct hits *hits;
    ARRAY(struct query) queries;
    ARRAY(struct root) roots;
    ARRAY(struct key) keys; /* sorted by group once sealed */
    uint32_t *keys_from;    /* per group, and one more: where its keys begin */
    ARRAY(uint32_t) awake;  /* roots */
    /* A part pushes its matches; what combines them takes them off. */
    ARRAY(struct match) stack;
    ARRAY(struct hit) spans; /* where matches on the stack stand */
    const struct text *text;
    struct sentence_set reasons; /* sentences with a reason marker */
};

struct combiner *combiner_new(struct hits *hits)
{
    struct combiner *c = xcalloc(1, sizeof(*c));
    c->hits = hits;
    return c;
}

void combiner_free(struct combiner *c)
{
    if (!c)
        return;
    array_release(&c->queries);
    array_release(&c->roots);
    array_release(&c->keys);
    array_release(&c->awake);
    free(c->keys_from);
    array_release(&c->stack);
    array_release(&c->spans);
    free(c);
}

uint32_t combiner_add(struct combiner *c, const struct query *query)
{
    *array_add(&c->queries) = *query;
    return (uint32_t)c->queries.count - 1;
}

size_t combiner_add_root(struct combiner *c, uint32_t part)
{
    *array_add(&c->roots) = (struct root) { part, false };
    return c->roots.count - 1;
}

/* --- which roots a text may have: asking each of them would take as long as a short text --- */

/* In how many ways the part that is hit in the fewest of them may be. */
static uint32_t ways(const struct combiner *c, uint32_t part, uint32_t *rarest)
{
    *rarest = part;
    if (part & GROUP_PART)
        return hits_ways(c->hits, part & ~(uint32_t)GROUP_PART);
    const struct query *q = &c->queries.items[part];
    uint32_t least = UINT32_MAX, sum = 0, ignored;
    for (uint32_t i = 0; i < q->positive; i++) {
        uint32_t one = ways(c, q->parts[i], &ignored);
        sum += one;
        if (q->all && one < least) {
            least = one;
            *rarest = q->parts[i];
        }
    }
    return q->all ? least : sum;
}

static void add_keys(struct combiner *c, uint32_t part, uint32_t root)
{
    uint32_t rarest;
    ways(c, part, &rarest);
    if (part & GROUP_PART) {
        *array_add(&c->keys) = (struct key) { part & ~(uint32_t)GROUP_PART, root };
        return;
    }
    const struct query *q = &c->queries.items[part];
    if (q->all)
        add_keys(c, rarest, root);
    for (uint32_t i = 0; !q->all && i < q->positive; i++)
        add_keys(c, q->parts[i], root);
}

static int by_group(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    return x->group < y->group ? -1 : x->group > y->group;
}

void combiner_seal(struct combiner *c)
{
    uint32_t groups = hits_groups(c->hits), at = 0;
    for (uint32_t i = 0; i < c->roots.count; i++)
        add_keys(c, c->roots.items[i].part, i);
    if (c->keys.count)
        qsort(c->keys.items, c->keys.count, sizeof(*c->keys.items), by_group);
    c->keys_from = xcalloc((size_t)groups + 1, sizeof(*c->keys_from));
    for (uint32_t group = 0; group <= groups; group++) {
        while (at < c->keys.count && c->keys.items[at].group < group)
            at++;
        c->keys_from[group] = at;
    }
}

static void wake(struct combiner *c)
{
    size_t count;
    const uint32_t *groups = hits_found(c->hits, &count);
    for (size_t i = 0; i < c->awake.count; i++)
        c->roots.items[c->awake.items[i]].awake = false;
    c->awake.count = 0;
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = c->keys_from[groups[i]]; k < c->keys_from[groups[i] + 1]; k++) {
            struct root *root = &c->roots.items[c->keys.items[k].root];
            if (!root->awake)
                *array_add(&c->awake) = c->keys.items[k].root;
            root->awake = true;
        }
}

/* --- reading --- */

void combiner_read(struct combiner *c, const struct text *text)
{
    wake(c);
    c->text = text;
    c->reasons = (struct sentence_set) { 0 };
    for (uint32_t i = 0; i < text->sentences.count; i++)
        if (text->sentences.items[i].reason)
            c->reasons = sentences_either(c->reasons, sentences_of(i));
}

static uint32_t sentence_of(const struct combiner *c, uint32_t word)
{
    return c->text->words.items[word].sentence;
}

static uint32_t part_of(const struct combiner *c, uint32_t word)
{
    return c->text->sentences.items[sentence_of(c, word)].part;
}

/* --- in which sentences --- */

static struct sentence_set where_query(const struct combiner *c, const struct query *q);

/* The sentences from which on `reach` sentences hold one of these. */
static struct sentence_set in_reach(struct sentence_set sentences, struct reach reach)
{
    struct sentence_set all = sentences;
    for (uint32_t i = 1; i < reach.sentences; i++) {
        sentences = sentences_before(sentences);
        all = sentences_either(all, sentences);
    }
    return all;
}

/* Sentences outside of which a part has nothing; most parts are groups. */
static inline struct sentence_set where(const struct combiner *c, uint32_t part)
{
    return part & GROUP_PART ? hits_sentences(c->hits, part & ~(uint32_t)GROUP_PART)
                             : where_query(c, &c->queries.items[part]);
}

/* Where a match of all parts may begin. */
static struct sentence_set where_all(const struct combiner *c, const struct query *q)
{
    struct sentence_set both = { UINT64_MAX, UINT64_MAX };
    if (q->wants_reason)
        both = in_reach(c->reasons, q->reach);
    for (uint32_t i = 0; i < q->positive && !sentences_none(both); i++)
        both = sentences_both(both, in_reach(where(c, q->parts[i]), q->reach));
    return both;
}

/* The sentences of a match that begins in one of these. */
static struct sentence_set reached_from(struct sentence_set sentences, struct reach reach)
{
    struct sentence_set all = sentences;
    for (uint32_t i = 1; i < reach.sentences; i++) {
        sentences = sentences_behind(sentences);
        all = sentences_either(all, sentences);
    }
    return all;
}

static struct sentence_set where_query(const struct combiner *c, const struct query *q)
{
    struct sentence_set any = { 0 };
    if (q->all)
        return reached_from(where_all(c, q), q->reach);
    for (uint32_t i = 0; i < q->positive; i++)
        any = sentences_either(any, where(c, q->parts[i]));
    return any;
}

/* --- places --- */

/* Where a part stands: the hits of a group, or as much of its matches on the stack. */
struct places {
    bool group;
    uint32_t longest; /* the most words from the first to the last of any */
    uint32_t
        astray; /* how far one may begin before one that it stands behind; of a group 0 */
    size_t start, count;
    size_t matches; /* of what is no group: the first on the stack */
};

static const struct hit *places_at(const struct combiner *c, const struct places *p)
{
    struct hit_list list = { .start = (uint32_t)p->start };
    return p->group ? hits_at(c->hits, list) : c->spans.items + p->start;
}

static struct match match_of(const struct hit *h)
{
    return (struct match) { .first = h->first,
                            .last = h->last,
                            .count = 1,
                            .words = { h->first },
                            .ends = { h->taken } };
}

static size_t find(struct combiner *c, uint32_t part);

static struct places group_places(struct combiner *c, uint32_t part)
{
    struct hit_list list = hits_list(c->hits, part & ~(uint32_t)GROUP_PART);
    return (struct places) { true, list.longest, 0, list.start, list.count, 0 };
}

static struct places find_places(struct combiner *c, uint32_t part)
{
    if (part & GROUP_PART)
        return group_places(c, part);
    struct places p = { .start = c->spans.count, .matches = c->stack.count };
    p.count = find(c, part);
    for (size_t i = 0, furthest = 0; i < p.count; i++) {
        const struct match *m = &c->stack.items[p.matches + i];
        furthest = m->first > furthest ? m->first : furthest;
        if (furthest - m->first > p.astray)
            p.astray = (uint32_t)furthest - m->first;
        if (m->last - m->first > p.longest)
            p.longest = m->last - m->first;
        *array_add(&c->spans) =
            (struct hit) { m->first, m->last, m->last, sentence_of(c, m->first) };
    }
    return p;
}

/* A place from which on one may reach word `first`; none before it does. */
static size_t first_near(const struct hit *at, const struct places *p, uint32_t first,
                         uint32_t window)
{
    size_t low = 0, high = p->count;
    window += p->longest + p->astray;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at[middle].first + window < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- all parts together --- */

static uint32_t distance(const struct hit *a, const struct match *b)
{
    if (a->first <= b->last && b->first <= a->last)
        return 0;
    return a->first < b->first ? b->first - a->last : a->first - b->last;
}

static void join(struct match *into, const struct match *other)
{
    if (other->first < into->first)
        into->first = other->first;
    if (other->last > into->last)
        into->last = other->last;
    for (uint32_t i = 0; i < other->count && into->count < MATCH_WORDS; i++) {
        into->words[into->count] = other->words[i];
        into->ends[into->count++] = other->ends[i];
    }
}

/* Whether a semicolon, dash or parenthesis parts the words, or where their sentence ends is a guess: then
 * one word may well be of another sentence. */
static bool is_parted(const struct combiner *c, uint32_t first, uint32_t last)
{
    const struct sentence *s = &c->text->sentences.items[sentence_of(c, first)];
    if (s->cut || (s > c->text->sentences.items && s[-1].cut))
        return true;
    for (uint32_t w = first + 1; w <= last; w++)
        if (c->text->words.items[w].flags & WORD_AFTER_BREAK)
            return true;
    return false;
}

static bool within_reach(const struct combiner *c, struct reach reach, uint32_t first,
                         uint32_t last)
{
    if (last - first > reach.window ||
        (last - first > reach.parted && is_parted(c, first, last)))
        return false;
    uint32_t apart = sentence_of(c, last) - sentence_of(c, first);
    return apart < reach.sentences && (!apart || part_of(c, first) == part_of(c, last));
}

/* Whether `one` uses a word that `so_far` has already. */
static bool is_taken(const struct match *so_far, const struct hit *one)
{
    for (uint32_t w = 0; w < so_far->count; w++)
        if (one->first <= so_far->ends[w] && one->last >= so_far->words[w])
            return true;
    return false;
}

/* The place that is nearest to `so_far` and keeps it within reach; p->count: there is none. */
static size_t nearest(const struct combiner *c, const struct query *q,
                      const struct places *p, const struct match *so_far)
{
    const struct hit *at = places_at(c, p);
    size_t best = p->count;
    uint32_t best_distance = UINT32_MAX, window = q->reach.window;
    for (size_t i = first_near(at, p, so_far->first, window);
         i < p->count && at[i].first <= so_far->last + window; i++) {
        const struct hit *one = &at[i];
        if (one->last + window < so_far->first ||
            distance(one, so_far) >= best_distance || is_taken(so_far, one))
            continue;
        uint32_t first = one->first < so_far->first ? one->first : so_far->first;
        uint32_t last = one->last > so_far->last ? one->last : so_far->last;
        if (!within_reach(c, q->reach, first, last))
            continue;
        best = i;
        best_distance = distance(one, so_far);
    }
    return best;
}

static bool join_nearest(const struct combiner *c, const struct query *q,
                         const struct places *p, struct match *so_far)
{
    size_t best = nearest(c, q, p, so_far);
    if (best == p->count)
        return false;
    struct match hit;
    if (p->group)
        hit = match_of(places_at(c, p) + best);
    join(so_far, p->group ? &hit : &c->stack.items[p->matches + best]);
    return true;
}

static bool has_reason(const struct combiner *c, const struct match *x)
{
    for (uint32_t s = sentence_of(c, x->first); s <= sentence_of(c, x->last); s++)
        if (c->text->sentences.items[s].reason)
            return true;
    return false;
}

/* Grows one match of the rarest part by the nearest of each other; false when one is missing. */
static bool grow(const struct combiner *c, const struct query *q,
                 const struct places *parts, size_t rarest, struct match *so_far)
{
    if (!within_reach(c, q->reach, so_far->first, so_far->last))
        return false;
    for (size_t i = 0; i < q->positive; i++)
        if (i != rarest && !join_nearest(c, q, &parts[i], so_far))
            return false;
    return !q->wants_reason || has_reason(c, so_far);
}

/* Pushes what grows out of the rarest part; only what stands in one of the sentences can. */
static void grow_all(struct combiner *c, const struct query *q,
                     const struct places *parts, size_t rarest,
                     struct sentence_set sentences)
{
    const struct places *p = &parts[rarest];
    for (size_t k = 0; k < p->count; k++) {
        const struct hit *at = places_at(c, p) + k;
        if (sentences_none(sentences_both(sentences, sentences_of(at->sentence))))
            continue;
        struct match so_far = p->group ? match_of(at) : c->stack.items[p->matches + k];
        if (grow(c, q, parts, rarest, &so_far))
            *array_add(&c->stack) = so_far;
    }
}

/* --- what must not stand there --- */

/* A "not" or a "no" alone. */
static bool is_negation(const struct combiner *c, const struct hit *one)
{
    const struct word *word = &c->text->words.items[one->first];
    return one->first == one->last && word->traits & (TRAIT_NOT | TRAIT_NO);
}

/* Whether one of the places stands near the match, in its sentences. */
static bool is_near_any(const struct combiner *c, struct reach reach,
                        const struct match *x, const struct places *p)
{
    const struct hit *at = places_at(c, p);
    for (size_t i = first_near(at, p, x->first, reach.excluded); i < p->count; i++) {
        const struct hit *one = &at[i];
        if (one->first > x->last + reach.excluded + p->astray)
            return false;
        if (distance(one, x) <= (is_negation(c, one) ? reach.negated : reach.excluded) &&
            sentence_of(c, one->last) >= sentence_of(c, x->first) &&
            sentence_of(c, one->first) <= sentence_of(c, x->last))
            return true;
    }
    return false;
}

static struct sentence_set sentences_of_matches(const struct combiner *c, size_t start,
                                                size_t count)
{
    struct sentence_set all = { 0 };
    for (size_t i = start; i < start + count; i++) {
        uint32_t last = sentence_of(c, c->stack.items[i].last);
        for (uint32_t s = sentence_of(c, c->stack.items[i].first); s <= last; s++)
            all = sentences_either(all, sentences_of(s));
    }
    return all;
}

/* Leaves those of the `count` matches from `start` on that are not near the part. */
static size_t drop_near(struct combiner *c, struct reach reach, uint32_t part,
                        size_t start, size_t count)
{
    const struct query *q = part & GROUP_PART ? NULL : &c->queries.items[part];
    if (!count || sentences_none(sentences_both(where(c, part),
                                                sentences_of_matches(c, start, count))))
        return count;
    if (q && !q->all) {
        for (uint32_t i = 0; i < q->positive; i++)
            count = drop_near(c, reach, q->parts[i], start, count);
        return count;
    }
    size_t kept = 0, spans = c->spans.count, matches = c->stack.count;
    struct places no = find_places(c, part);
    if (!no.count)
        return count;
    for (size_t i = start; i < start + count; i++) {
        struct match one = c->stack.items[i];
        if (!is_near_any(c, reach, &one, &no))
            c->stack.items[start + kept++] = one;
    }
    c->spans.count = spans;
    c->stack.count = matches;
    return kept;
}

/* Leaves those of the last `count` matches on the stack that nothing excludes. */
static size_t drop_excluded(struct combiner *c, const struct query *q, size_t count)
{
    size_t start = c->stack.count - count;
    for (size_t i = q->positive; i < q->count && count; i++)
        count = drop_near(c, q->reach, q->parts[i], start, count);
    c->stack.count = start + count;
    return count;
}

/* --- finding --- */

enum { PARTS_MAX = 256 }; /* the parser allows no more */

/* Finds every part; false when one has nothing. */
static bool find_parts(struct combiner *c, const struct query *q, struct places *parts,
                       size_t *rarest)
{
    assert(q->positive > 0 && q->positive <= PARTS_MAX); /* the parser sees to it */
    *rarest = 0;
    for (size_t i = 0; i < q->positive; i++) {
        parts[i] = find_places(c, q->parts[i]);
        if (!parts[i].count)
            return false;
        if (parts[i].count < parts[*rarest].count)
            *rarest = i;
    }
    return true;
}

/* Few of the places where the parts meet are left, so what must not stand there is looked for last. */
static size_t find_all(struct combiner *c, const struct query *q)
{
    struct places parts[PARTS_MAX];
    size_t base = c->stack.count, spans = c->spans.count, rarest, count = 0;
    struct sentence_set from = where_all(c, q);
    if (sentences_none(from))
        return 0;
    if (find_parts(c, q, parts, &rarest)) {
        size_t grown = c->stack.count;
        grow_all(c, q, parts, rarest, reached_from(from, q->reach));
        count = drop_excluded(c, q, c->stack.count - grown);
        if (count)
            memmove(c->stack.items + base, c->stack.items + grown,
                    count * sizeof(struct match));
    }
    c->stack.count = base + count;
    c->spans.count = spans;
    return count;
}

static int by_first(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->last < y->last ? -1 : x->last > y->last;
}

enum { FEW_MATCHES = 64 };

/* Mostly they are a few sorted runs; those in one place stay as they came. */
static void sort_matches(struct match *matches, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (by_first(&matches[i - 1], &matches[i]) <= 0)
            continue;
        if (count > FEW_MATCHES) {
            qsort(matches, count, sizeof(*matches), by_first);
            return;
        }
        struct match one = matches[i];
        size_t at = i;
        for (; at && by_first(&matches[at - 1], &one) > 0; at--)
            matches[at] = matches[at - 1];
        matches[at] = one;
    }
}

static size_t find_any(struct combiner *c, const struct query *q)
{
    size_t count = 0;
    for (size_t i = 0; i < q->positive; i++)
        count += find(c, q->parts[i]);
    if (count)
        sort_matches(c->stack.items + c->stack.count - count, count);
    return count;
}

/* All hits of a group: a longer phrase must not hide the shorter one that leaves its other words to the
 * rest of an `&`. */
static size_t find_group(struct combiner *c, uint32_t part)
{
    struct places p = group_places(c, part);
    for (size_t i = 0; i < p.count; i++)
        *array_add(&c->stack) = match_of(places_at(c, &p) + i);
    return p.count;
}

/* Pushes the matches of a part; returns how many. */
static size_t find(struct combiner *c, uint32_t part)
{
    if (part & GROUP_PART)
        return find_group(c, part);
    const struct query *q = &c->queries.items[part];
    return q->all ? find_all(c, q) : find_any(c, q);
}

size_t combiner_find(struct combiner *c, size_t root, struct match *out, size_t room)
{
    const struct root *r = &c->roots.items[root];
    if (!r->awake || sentences_none(where(c, r->part))) /* of most there is nothing */
        return 0;
    c->stack.count = c->spans.count = 0;
    hits_tidy(c->hits);
    size_t count = find(c, r->part), kept = 0;
    struct match *found = c->stack.items;
    sort_matches(found, count);
    /* Of those with one first word, the shortest. */
    for (size_t i = 0; i < count && kept < room; i++)
        if (!kept || out[kept - 1].first != found[i].first)
            out[kept++] = found[i];
    return kept;
}
