#include "scoring/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* What is known of a group in the text at hand. */
struct group {
    struct sentence_set sentences; /* none: nothing was found */
    uint32_t ends;                 /* chain through `told`, 0: none */
    uint32_t list;                 /* index into `lists` + 1, 0: not made yet */
};

/* Where phrases, quantities or reasons end up: a node of the trie, behind them all distinct ranges of
 * quantities, and last the reason markers. What is found is written down once, for its end. */
struct reached_end {
    uint32_t end;
    uint32_t start, count; /* its places, in `at_end` */
    struct sentence_set sentences;
};

struct told {
    uint32_t reached, next;
};

struct found {
    struct hit hit;
    uint32_t reached;
};

struct range_groups {
    struct quantity_range range;
    ARRAY(uint32_t) groups;
};

enum { TERM = 1, PHRASE = 2 };

struct hits {
    struct trie *trie;
    ARRAY(struct group) groups;
    ARRAY(struct range_groups) ranges;         /* sorted by kind once sealed */
    uint32_t ranges_from[QUANTITY_NUMBER + 2]; /* where those of a kind begin */
    ARRAY(uint32_t) reasons; /* groups that a reason hits */
    uint32_t *ways;          /* per group: how many ends it has */
    uint32_t *reached_by;    /* per end: index into `reached` + 1, 0: not reached */
    ARRAY(struct reached_end) reached;
    struct told *told; /* 0 is none; room for every group of every end */
    uint32_t *touched; /* groups that were told of anything; room for all */
    uint32_t told_count, touched_count;
    ARRAY(struct found) found;  /* as it was found */
    ARRAY(struct found) places; /* in the order of the text */
    ARRAY(uint32_t) before;     /* per word: how many places begin before it */
    ARRAY(uint32_t) at_end;     /* places, one end's after another's */
    ARRAY(uint64_t) marks;      /* bit per place; none is set between two lists */
    ARRAY(struct hit) pool;
    ARRAY(struct hit_list) lists;
    ARRAY(uint32_t) listed;  /* the groups of the lists */
    ARRAY(uint8_t) term;     /* per word: TERM, PHRASE */
    ARRAY(uint64_t) phrases; /* a bit per node of the trie */
    const struct text *text;
};

struct hits *hits_new(struct trie *trie)
{
    struct hits *h = xcalloc(1, sizeof(*h));
    h->trie = trie;
    return h;
}

void hits_free(struct hits *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->ranges.count; i++)
        array_release(&h->ranges.items[i].groups);
    array_release(&h->groups);
    array_release(&h->ranges);
    array_release(&h->reasons);
    free(h->ways);
    free(h->reached_by);
    array_release(&h->reached);
    free(h->told);
    free(h->touched);
    array_release(&h->found);
    array_release(&h->places);
    array_release(&h->before);
    array_release(&h->at_end);
    array_release(&h->marks);
    array_release(&h->pool);
    array_release(&h->lists);
    array_release(&h->listed);
    array_release(&h->term);
    array_release(&h->phrases);
    free(h);
}

/* --- building --- */

uint32_t hits_add_group(struct hits *h)
{
    *array_add(&h->groups) = (struct group) { 0 };
    return (uint32_t)h->groups.count - 1;
}

static bool same_range(const struct quantity_range *a, const struct quantity_range *b)
{
    return a->kind == b->kind && !(a->low < b->low) && !(b->low < a->low) &&
           !(a->high < b->high) && !(b->high < a->high);
}

void hits_add_quantity(struct hits *h, uint32_t group, const struct quantity_range *range)
{
    struct range_groups *at = NULL;
    for (size_t i = 0; i < h->ranges.count && !at; i++)
        if (same_range(&h->ranges.items[i].range, range))
            at = &h->ranges.items[i];
    if (!at) {
        at = array_add(&h->ranges);
        *at = (struct range_groups) { .range = *range };
    }
    *array_add(&at->groups) = group;
}

void hits_add_reason(struct hits *h, uint32_t group)
{
    *array_add(&h->reasons) = group;
}

static const uint32_t *groups_of(const struct hits *h, uint32_t end, size_t *count)
{
    size_t nodes = trie_nodes(h->trie), ranges = h->ranges.count;
    if (end < nodes)
        return trie_groups(h->trie, end, count);
    bool reasons = end == nodes + ranges;
    *count = reasons ? h->reasons.count : h->ranges.items[end - nodes].groups.count;
    return reasons ? h->reasons.items : h->ranges.items[end - nodes].groups.items;
}

void hits_mark_phrase(struct hits *h, uint32_t node)
{
    while (h->phrases.count <= node / 64)
        *array_add(&h->phrases) = 0;
    h->phrases.items[node / 64] |= UINT64_C(1) << node % 64;
}

static int by_kind(const void *a, const void *b)
{
    const struct range_groups *x = a, *y = b;
    return (int)x->range.kind - (int)y->range.kind;
}

static void sort_ranges(struct hits *h)
{
    uint32_t at = 0;
    if (h->ranges.count)
        qsort(h->ranges.items, h->ranges.count, sizeof(*h->ranges.items), by_kind);
    for (int kind = 0; kind <= QUANTITY_NUMBER + 1; kind++) {
        while (at < h->ranges.count && (int)h->ranges.items[at].range.kind < kind)
            at++;
        h->ranges_from[kind] = at;
    }
}

void hits_seal(struct hits *h)
{
    sort_ranges(h);
    uint32_t ends = (uint32_t)(trie_nodes(h->trie) + h->ranges.count + 1);
    size_t told = 1, count;
    h->ways = xcalloc(h->groups.count + 1, sizeof(*h->ways));
    for (uint32_t end = 0; end < ends; end++) {
        const uint32_t *groups = groups_of(h, end, &count);
        told += count;
        for (size_t i = 0; i < count; i++)
            h->ways[groups[i]]++;
    }
    h->reached_by = xcalloc(ends, sizeof(*h->reached_by));
    h->told = xcalloc(told, sizeof(*h->told));
    h->touched = xcalloc(h->groups.count + 1, sizeof(*h->touched));
}

/* --- reading --- */

static void forget(struct hits *h)
{
    for (size_t i = 0; i < h->touched_count; i++)
        h->groups.items[h->touched[i]] = (struct group) { 0 };
    for (size_t i = 0; i < h->reached.count; i++)
        h->reached_by[h->reached.items[i].end] = 0;
    h->touched_count = h->told_count = 0;
    h->reached.count = h->found.count = 0;
    h->pool.count = h->lists.count = h->listed.count = 0;
}

static void take(struct hits *h, uint32_t end, struct hit hit)
{
    hit.sentence = h->text->words.items[hit.first].sentence;
    if (!h->reached_by[end]) {
        *array_add(&h->reached) = (struct reached_end) { .end = end };
        h->reached_by[end] = (uint32_t)h->reached.count;
    }
    uint32_t reached = h->reached_by[end] - 1;
    struct reached_end *e = &h->reached.items[reached];
    e->count++;
    e->sentences = sentences_either(e->sentences, sentences_of(hit.sentence));
    *array_add(&h->found) = (struct found) { hit, reached };
}

static bool is_marked(const struct hits *h, uint32_t node)
{
    return node / 64 < h->phrases.count && h->phrases.items[node / 64] >> node % 64 & 1;
}

static void take_phrase(void *state, uint32_t node, uint32_t first, uint32_t last)
{
    struct hits *h = state;
    take(h, node, (struct hit) { first, last, last, 0 });
    for (uint32_t w = first; w <= last; w++)
        h->term.items[w] |= is_marked(h, node) ? TERM | PHRASE : TERM;
}

/* The last word that begins before byte `end` of the quantity's part. */
static uint32_t last_word_of(const struct text *text, const struct text_quantity *q)
{
    uint32_t last = q->word;
    uint32_t stop = text->sentences.items[text->words.items[q->word].sentence].end;
    while (last + 1 < stop && text->words.items[last + 1].start < q->quantity.end)
        last++;
    return last;
}

/* There are hundreds of ranges, and a quantity fits those of its own kind and those of any. */
static void read_quantity(struct hits *h, const struct text_quantity *q,
                          enum quantity_kind kind)
{
    uint32_t nodes = (uint32_t)trie_nodes(h->trie), last = last_word_of(h->text, q);
    for (uint32_t k = h->ranges_from[kind]; k < h->ranges_from[kind + 1]; k++)
        if (quantity_fits(&h->ranges.items[k].range, &q->quantity))
            take(h, nodes + k, (struct hit) { q->word, last, q->word, 0 });
}

static void read_quantities(struct hits *h)
{
    for (size_t i = 0; i < h->text->quantities.count; i++) {
        const struct text_quantity *q = &h->text->quantities.items[i];
        read_quantity(h, q, q->quantity.kind);
        read_quantity(h, q, QUANTITY_NUMBER);
    }
}

static void read_reasons(struct hits *h)
{
    uint32_t end = (uint32_t)(trie_nodes(h->trie) + h->ranges.count);
    for (size_t i = 0; h->reasons.count && i < h->text->reasons.count; i++) {
        uint32_t word = h->text->reasons.items[i];
        take(h, end, (struct hit) { word, word, word, 0 });
    }
}

/* Of a phrase and a quantity in one place the phrase, which takes all its words, comes first. */
static bool comes_before(const struct hit *a, const struct hit *b)
{
    if (a->first != b->first)
        return a->first < b->first;
    return a->last != b->last ? a->last < b->last : a->taken > b->taken;
}

/* Lays what was found out by its first word, then by the rest of its place. */
static void put_in_order(struct hits *h)
{
    array_zero(&h->before, h->text->words.count + 1);
    array_reserve(&h->places, h->found.count);
    h->places.count = h->found.count;
    uint32_t *before = h->before.items;
    for (size_t i = 0; i < h->found.count; i++)
        before[h->found.items[i].hit.first + 1]++;
    for (size_t w = 1; w <= h->text->words.count; w++)
        before[w] += before[w - 1];
    struct found *places = h->places.items;
    for (size_t i = 0; i < h->found.count; i++)
        places[before[h->found.items[i].hit.first]++] = h->found.items[i];
    for (size_t i = 1; i < h->places.count; i++) {
        struct found one = places[i];
        size_t at = i;
        for (; at && comes_before(&one.hit, &places[at - 1].hit); at--)
            places[at] = places[at - 1];
        places[at] = one;
    }
}

/* Puts the places of each end side by side. */
static void share_out(struct hits *h)
{
    uint32_t start = 0;
    for (size_t i = 0; i < h->reached.count; i++) {
        h->reached.items[i].start = start;
        start += h->reached.items[i].count;
        h->reached.items[i].count = 0;
    }
    array_reserve(&h->at_end, h->places.count);
    while (h->marks.count <= h->places.count / 64)
        *array_add(&h->marks) = 0;
    for (uint32_t i = 0; i < h->places.count; i++) {
        struct reached_end *e = &h->reached.items[h->places.items[i].reached];
        h->at_end.items[e->start + e->count++] = i;
    }
}

/* All groups of an end learn that it was reached. A common word has hundreds, so this is kept tight. */
static void tell_groups(struct hits *h, uint32_t reached)
{
    size_t count;
    const struct reached_end *e = &h->reached.items[reached];
    const uint32_t *groups = groups_of(h, e->end, &count);
    struct sentence_set sentences = e->sentences;
    struct group *all = h->groups.items;
    struct told *told = h->told + h->told_count;
    uint32_t fresh = h->told_count, *touched = h->touched + h->touched_count;
    for (size_t i = 0; i < count; i++) {
        struct group *g = &all[groups[i]];
        *touched = groups[i];
        touched += !g->ends;
        g->sentences = sentences_either(g->sentences, sentences);
        *++told = (struct told) { reached, g->ends };
        g->ends = ++fresh;
    }
    h->told_count = fresh;
    h->touched_count = (uint32_t)(touched - h->touched);
}

void hits_read(struct hits *h, const struct text *text)
{
    forget(h);
    h->text = text;
    array_zero(&h->term, text->words.count);
    trie_read(h->trie, text, take_phrase, h);
    read_quantities(h);
    read_reasons(h);
    put_in_order(h);
    share_out(h);
    for (uint32_t i = 0; i < h->reached.count; i++)
        tell_groups(h, i);
}

bool hits_in_phrase(const struct hits *h, uint32_t word)
{
    return word < h->term.count && h->term.items[word] & PHRASE;
}

bool hits_is_term(const struct hits *h, uint32_t word)
{
    return word < h->term.count && h->term.items[word];
}

/* --- asking --- */

uint32_t hits_groups(const struct hits *h)
{
    return (uint32_t)h->groups.count;
}

uint32_t hits_ways(const struct hits *h, uint32_t group)
{
    return h->ways[group];
}

const uint32_t *hits_found(const struct hits *h, size_t *count)
{
    *count = h->touched_count;
    return h->touched;
}

struct sentence_set hits_sentences(const struct hits *h, uint32_t group)
{
    return h->groups.items[group].sentences;
}

/* A list while it is made. */
struct making {
    const struct found *places;
    struct hit *hits;
    uint32_t count, longest;
};

/* With room for all places that there are. */
static struct making make_room(struct hits *h)
{
    array_reserve(&h->pool, h->pool.count + h->places.count);
    return (struct making) { h->places.items, h->pool.items + h->pool.count, 0, 0 };
}

/* Adds a place behind those before it, but for one that is the same. */
static inline void add_place(struct making *m, uint32_t place)
{
    const struct hit *hit = &m->places[place].hit;
    if (m->count) {
        const struct hit *last = &m->hits[m->count - 1];
        if (last->first == hit->first && last->last == hit->last)
            return;
    }
    m->longest =
        hit->last - hit->first > m->longest ? hit->last - hit->first : m->longest;
    m->hits[m->count++] = *hit;
}

/* Several ends: their places are marked, and taken off again from the first to the last. */
static void add_ends(struct hits *h, struct making *m, uint32_t ends)
{
    uint32_t from = UINT32_MAX, to = 0;
    uint64_t *marks = h->marks.items;
    for (uint32_t t = ends; t; t = h->told[t].next) {
        const struct reached_end *e = &h->reached.items[h->told[t].reached];
        const uint32_t *places = h->at_end.items + e->start;
        uint32_t count = e->count;
        for (uint32_t i = 0; i < count; i++)
            marks[places[i] / 64] |= UINT64_C(1) << places[i] % 64;
        from = places[0] / 64 < from ? places[0] / 64 : from;
        to = places[count - 1] / 64 > to ? places[count - 1] / 64 : to;
    }
    for (uint32_t at = from; at <= to; at++) {
        for (uint64_t bits = marks[at]; bits; bits &= bits - 1)
            add_place(m, at * 64 + (uint32_t)__builtin_ctzll(bits));
        marks[at] = 0;
    }
}

static void make_list(struct hits *h, uint32_t ends, struct hit_list *list)
{
    struct making m = make_room(h);
    const struct reached_end *e = &h->reached.items[h->told[ends].reached];
    if (h->told[ends].next)
        add_ends(h, &m, ends);
    else
        for (uint32_t i = 0; i < e->count; i++)
            add_place(&m, h->at_end.items[e->start + i]);
    h->pool.count += m.count;
    list->count = m.count;
    list->longest = m.longest;
}

struct hit_list hits_list(struct hits *h, uint32_t group)
{
    struct group *g = &h->groups.items[group];
    if (g->list)
        return h->lists.items[g->list - 1];
    struct hit_list list = { .start = (uint32_t)h->pool.count };
    if (!g->ends)
        return list;
    make_list(h, g->ends, &list);
    *array_add(&h->lists) = list;
    *array_add(&h->listed) = group;
    g->list = (uint32_t)h->lists.count;
    return list;
}

const struct hit *hits_at(const struct hits *h, struct hit_list list)
{
    return h->pool.items + list.start;
}

enum { HITS_KEPT = 1 << 16 }; /* in all lists; an answer of an hour has a tenth of it */

void hits_tidy(struct hits *h)
{
    if (h->pool.count < HITS_KEPT)
        return;
    for (size_t i = 0; i < h->listed.count; i++)
        h->groups.items[h->listed.items[i]].list = 0;
    h->pool.count = h->lists.count = h->listed.count = 0;
}
