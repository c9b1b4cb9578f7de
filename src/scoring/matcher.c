#include "scoring/matcher.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "scoring/trie.h"

const struct reach reach_evidence = { 25, 2 }, reach_red_flag = { 12, 1 };

/* Something found at words first..last. */
struct hit {
    uint32_t first, last;
    uint32_t taken; /* words first..taken serve nothing else: of a quantity the number alone */
};

typedef ARRAY(struct hit) hit_array;

/*
 * A set of alternatives without inner structure; equal sets are kept once. A common word is in hundreds of
 * groups of which few are ever asked for, so a phrase that is found is written down once, at its end
 * in the trie; its groups learn that the end was reached, and gather the hits when asked.
 */
struct group {
    hit_array hits;
    uint32_t ends; /* chain through `reached`, 0: none */
    bool in_order; /* `hits` has everything, in the order of the text */
    uint64_t key;
    uint32_t query; /* that looks for this group alone, counted from 1; 0: none yet */
};

struct group_quantity {
    uint32_t group;
    struct quantity_range range;
};

enum query_kind { QUERY_GROUP, QUERY_AND, QUERY_OR };

/* What was found at an end of the trie: a chain through `found`, in the order of the text. */
struct end_hits {
    uint32_t first, last; /* 0: nothing in this text */
};
struct found_phrase {
    uint32_t first, last, next;
};
struct reached_end {
    uint32_t end, next;
};

/* An expression, made ready. Children are indices into `queries`. */
struct query {
    enum query_kind kind;
    uint32_t group;
    struct reach reach;
    uint32_t *children; /* positive ones first */
    size_t positive, count;
    bool wants_reason;
};

struct matcher {
    const struct lexicon *lexicon;
    struct dictionary *dictionary;
    struct trie *trie;
    struct trie_end **ends; /* per concept, NULL until it is used; see kind_ends() */
    ARRAY(uint32_t) group_slots; /* hash table of groups by key, index + 1; a power of two long */
    ARRAY(struct group) groups;
    ARRAY(struct group_quantity) quantities;
    ARRAY(uint32_t) reasons; /* groups that a reason hits */
    ARRAY(struct query) queries;
    ARRAY(uint32_t) roots;      /* query number -> index into queries */
    ARRAY(uint32_t) touched;    /* groups with hits in this text */
    struct end_hits *end_hits;  /* per node of the trie */
    ARRAY(struct found_phrase) found;  /* 0 is none */
    ARRAY(struct reached_end) reached; /* 0 is none */
    ARRAY(uint32_t) ends_reached;      /* nodes with hits in this text */
    ARRAY(uint8_t) term;        /* per word of the text */
    ARRAY(struct match) stack;  /* see "combining" */
    const struct text *text;
    struct arena arena;
};

struct matcher *matcher_new(const struct lexicon *lexicon)
{
    struct matcher *m = xcalloc(1, sizeof(*m));
    m->lexicon = lexicon;
    m->dictionary = dictionary_new();
    for (size_t i = 0; lexicon && i < lexicon->abbreviation_count; i++)
        dictionary_abbreviate(m->dictionary, lexicon->abbreviations[i].written,
                              lexicon->abbreviations[i].full);
    m->trie = trie_new(m->dictionary);
    return m;
}

void matcher_free(struct matcher *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->groups.count; i++)
        array_release(&m->groups.items[i].hits);
    array_release(&m->groups);
    array_release(&m->group_slots);
    array_release(&m->quantities);
    array_release(&m->reasons);
    array_release(&m->queries);
    array_release(&m->roots);
    array_release(&m->touched);
    free(m->end_hits);
    array_release(&m->found);
    array_release(&m->reached);
    array_release(&m->ends_reached);
    array_release(&m->term);
    array_release(&m->stack);
    trie_free(m->trie);
    dictionary_free(m->dictionary);
    arena_release(&m->arena);
    free(m);
}

struct dictionary *matcher_dictionary(struct matcher *m)
{
    return m->dictionary;
}

/* --- building --- */

static bool is_leaf(const struct expression *x)
{
    return x->kind == EXPRESSION_PHRASE || x->kind == EXPRESSION_CONCEPT ||
           x->kind == EXPRESSION_QUANTITY || x->kind == EXPRESSION_REASON;
}

static uint64_t leaf_key(const struct expression *x)
{
    uint64_t key = hash_bytes(HASH_START, &x->kind, sizeof(x->kind));
    switch (x->kind) {
    case EXPRESSION_PHRASE:
        for (size_t i = 0; i < x->count; i++) {
            const struct phrase_word *w = x->words[i];
            key = hash_bytes(key, &w->match, sizeof(w->match));
            key = hash_bytes(key, w->text, strlen(w->text) + 1);
        }
        return key;
    case EXPRESSION_CONCEPT:
        return hash_bytes(key, x->concept, strlen(x->concept));
    case EXPRESSION_QUANTITY:
        key = hash_bytes(key, &x->quantity->kind, sizeof(x->quantity->kind));
        key = hash_bytes(key, &x->quantity->low, sizeof(double));
        return hash_bytes(key, &x->quantity->high, sizeof(double));
    default:
        return key;
    }
}

/* Where the phrases of a concept end; concepts stand in many expressions, so it is kept. */
static const struct trie_end *kind_ends(struct matcher *m, size_t concept)
{
    const struct concept *c = &m->lexicon->concepts[concept];
    if (!m->ends)
        m->ends = arena_array(&m->arena, struct trie_end *, m->lexicon->count);
    if (!m->ends[concept]) {
        m->ends[concept] = arena_array(&m->arena, struct trie_end, c->says_count);
        for (size_t i = 0; i < c->says_count; i++)
            m->ends[concept][i] = trie_add(m->trie, c->says[i]);
    }
    return m->ends[concept];
}

static void add_concept(struct matcher *m, const char *name, uint32_t group)
{
    int at = lexicon_find(m->lexicon, name);
    if (at < 0)
        return;
    const struct concept *wide = &m->lexicon->concepts[at];
    for (size_t k = 0; k < wide->kinds_count; k++) {
        const struct concept *kind = &m->lexicon->concepts[wide->kinds[k]];
        for (size_t i = 0; i < kind->says_count; i++)
            trie_attach(m->trie, kind_ends(m, wide->kinds[k])[i], group);
    }
}

static void add_leaf(struct matcher *m, const struct expression *x, uint32_t group)
{
    switch (x->kind) {
    case EXPRESSION_PHRASE:
        trie_attach(m->trie, trie_add(m->trie, x), group);
        break;
    case EXPRESSION_CONCEPT:
        add_concept(m, x->concept, group);
        break;
    case EXPRESSION_QUANTITY:
        *array_add(&m->quantities) = (struct group_quantity){ group, *x->quantity };
        break;
    default:
        *array_add(&m->reasons) = group;
    }
}

static void put_group_slot(struct matcher *m, uint32_t group)
{
    size_t mask = m->group_slots.count - 1, at = m->groups.items[group].key & mask;
    while (m->group_slots.items[at])
        at = (at + 1) & mask;
    m->group_slots.items[at] = group + 1;
}

/* Puts the newest group in; the table stays at most half full. */
static void keep_group_slot(struct matcher *m, uint32_t group)
{
    if (m->groups.count * 2 < m->group_slots.count) {
        put_group_slot(m, group);
        return;
    }
    size_t size = m->group_slots.count ? m->group_slots.count * 2 : 1024;
    m->group_slots.count = 0;
    while (m->group_slots.count < size)
        *array_add(&m->group_slots) = 0;
    for (uint32_t i = 0; i <= group; i++)
        put_group_slot(m, i);
}

static uint32_t find_group_slot(const struct matcher *m, uint64_t key)
{
    if (!m->group_slots.count)
        return UINT32_MAX;
    size_t mask = m->group_slots.count - 1;
    for (size_t at = key & mask; m->group_slots.items[at]; at = (at + 1) & mask)
        if (m->groups.items[m->group_slots.items[at] - 1].key == key)
            return m->group_slots.items[at] - 1;
    return UINT32_MAX;
}

/* The group of some leaves, found again when the same leaves stood somewhere before. */
static uint32_t group_of(struct matcher *m, struct expression *const *leaves, size_t count)
{
    uint64_t key = 0;
    for (size_t i = 0; i < count; i++)
        key += leaf_key(leaves[i]); /* order does not matter */
    uint32_t known = find_group_slot(m, key);
    if (known != UINT32_MAX)
        return known;
    uint32_t group = (uint32_t)m->groups.count;
    *array_add(&m->groups) = (struct group){ .key = key };
    keep_group_slot(m, group);
    for (size_t i = 0; i < count; i++)
        add_leaf(m, leaves[i], group);
    return group;
}

static uint32_t add_query(struct matcher *m, struct query query)
{
    *array_add(&m->queries) = query;
    return (uint32_t)m->queries.count - 1;
}

static uint32_t add_group_query(struct matcher *m, struct expression *const *leaves, size_t count,
                                struct reach reach)
{
    uint32_t group = group_of(m, leaves, count);
    if (!m->groups.items[group].query) /* the reach matters to an `&` alone */
        m->groups.items[group].query =
            add_query(m, (struct query){ .kind = QUERY_GROUP, .group = group, .reach = reach }) + 1;
    return m->groups.items[group].query - 1;
}

static uint32_t build(struct matcher *m, const struct expression *x, struct reach reach);

static uint32_t build_or(struct matcher *m, const struct expression *x, struct reach reach)
{
    struct query query = { .kind = QUERY_OR, .reach = reach };
    query.children = arena_array(&m->arena, uint32_t, x->count + 1);
    struct expression **leaves = arena_array(&m->arena, struct expression *, x->count);
    size_t leaf_count = 0;
    for (size_t i = 0; i < x->count; i++) {
        if (is_leaf(x->items[i]))
            leaves[leaf_count++] = x->items[i];
        else
            query.children[query.count++] = build(m, x->items[i], reach);
    }
    if (leaf_count == x->count)
        return add_group_query(m, leaves, leaf_count, reach);
    if (leaf_count)
        query.children[query.count++] = add_group_query(m, leaves, leaf_count, reach);
    query.positive = query.count;
    return add_query(m, query);
}

/*
 * What must not stand there is looked up seldom, and long lists of it share most of their words: each
 * alternative is a group of its own, so that a "but" in the text is one hit and not one for each list.
 */
static uint32_t build_excluded(struct matcher *m, const struct expression *x, struct reach reach)
{
    if (x->kind != EXPRESSION_OR)
        return build(m, x, reach);
    struct query query = { .kind = QUERY_OR, .reach = reach };
    query.children = arena_array(&m->arena, uint32_t, x->count);
    for (size_t i = 0; i < x->count; i++)
        query.children[query.count++] = build(m, x->items[i], reach);
    query.positive = query.count;
    return add_query(m, query);
}

static uint32_t build_and(struct matcher *m, const struct expression *x, struct reach reach)
{
    struct query query = { .kind = QUERY_AND, .reach = reach };
    query.children = arena_array(&m->arena, uint32_t, x->count);
    for (size_t i = 0; i < x->count; i++) {
        struct expression *item = x->items[i];
        if (item->kind == EXPRESSION_REASON)
            query.wants_reason = true;
        else if (item->kind != EXPRESSION_NOT)
            query.children[query.positive++] = build(m, item, reach);
    }
    query.count = query.positive;
    for (size_t i = 0; i < x->count; i++)
        if (x->items[i]->kind == EXPRESSION_NOT)
            query.children[query.count++] =
                build_excluded(m, x->items[i]->items[0], reach);
    if (!query.positive) { /* "~reason & !x": the marker itself is what is looked for */
        struct expression reason = { .kind = EXPRESSION_REASON };
        struct expression *leaf = &reason;
        query.children = arena_array(&m->arena, uint32_t, 1);
        query.children[query.positive++] = add_group_query(m, &leaf, 1, reach);
        query.count = 1;
    }
    return add_query(m, query);
}

static uint32_t build(struct matcher *m, const struct expression *x, struct reach reach)
{
    if (x->kind == EXPRESSION_OR)
        return build_or(m, x, reach);
    if (x->kind == EXPRESSION_AND)
        return build_and(m, x, reach);
    if (x->kind == EXPRESSION_NOT) /* "!!a" */
        return build(m, x->items[0], reach);
    struct expression *leaf = (struct expression *)x;
    return add_group_query(m, &leaf, 1, reach);
}

size_t matcher_add(struct matcher *m, const struct expression *x, struct reach reach)
{
    uint32_t root = build(m, x, reach);
    *array_add(&m->roots) = root;
    return m->roots.count - 1;
}

size_t matcher_add_marked(struct matcher *m, enum concept_mark mark)
{
    uint32_t group = (uint32_t)m->groups.count;
    *array_add(&m->groups) = (struct group){ .key = HASH_START };
    keep_group_slot(m, group);
    for (size_t i = 0; m->lexicon && i < m->lexicon->count; i++) {
        const struct concept *c = &m->lexicon->concepts[i];
        for (size_t k = 0; (c->marks & mark) && k < c->says_count; k++)
            trie_attach(m->trie, kind_ends(m, i)[k], group);
    }
    uint32_t root = add_query(m, (struct query){ .kind = QUERY_GROUP, .group = group });
    *array_add(&m->roots) = root;
    return m->roots.count - 1;
}

void matcher_seal(struct matcher *m)
{
    trie_seal(m->trie);
    m->end_hits = xcalloc(trie_nodes(m->trie), sizeof(*m->end_hits));
    dictionary_mark(m->dictionary);
}

/* --- reading --- */

/* Whether something was found for it in this text. */
static bool is_hit(const struct group *g)
{
    return g->ends || g->hits.count;
}

/* The group, of which something is found now. */
static struct group *touch(struct matcher *m, uint32_t group)
{
    struct group *g = &m->groups.items[group];
    if (!is_hit(g))
        *array_add(&m->touched) = group;
    return g;
}

static void add_hit(struct matcher *m, uint32_t group, struct hit hit)
{
    *array_add(&touch(m, group)->hits) = hit;
}

/* An end that was not reached before in this text: all its groups learn of it. */
static void reach_end(struct matcher *m, uint32_t end)
{
    size_t count;
    const uint32_t *groups = trie_groups(m->trie, end, &count);
    *array_add(&m->ends_reached) = end;
    for (size_t i = 0; i < count; i++) {
        struct group *g = touch(m, groups[i]);
        uint32_t fresh = (uint32_t)m->reached.count;
        *array_add(&m->reached) = (struct reached_end) { end, g->ends };
        g->ends = fresh;
    }
}

static void take_phrase(void *state, uint32_t end, uint32_t first, uint32_t last)
{
    struct matcher *m = state;
    struct end_hits *hits = &m->end_hits[end];
    uint32_t fresh = (uint32_t)m->found.count;
    *array_add(&m->found) = (struct found_phrase) { first, last, 0 };
    if (hits->first)
        m->found.items[hits->last].next = fresh;
    else {
        hits->first = fresh;
        reach_end(m, end);
    }
    hits->last = fresh;
    for (uint32_t w = first; w <= last; w++)
        m->term.items[w] = 1;
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

static void read_quantities(struct matcher *m, const struct text *text)
{
    for (size_t i = 0; i < text->quantities.count; i++) {
        const struct text_quantity *q = &text->quantities.items[i];
        uint32_t last = last_word_of(text, q);
        for (size_t k = 0; k < m->quantities.count; k++)
            if (quantity_fits(&m->quantities.items[k].range, &q->quantity))
                add_hit(m, m->quantities.items[k].group, (struct hit){ q->word, last, q->word });
    }
}

/* Of a phrase and a quantity in one place the phrase, which takes all its words, comes first. */
static int by_place(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    return x->taken > y->taken ? -1 : x->taken < y->taken;
}

enum { FEW_HITS = 48 };

/* Most sets have a handful of hits, nearly in order. */
static void sort_hits(struct hit *hits, size_t count)
{
    if (count > FEW_HITS) {
        qsort(hits, count, sizeof(*hits), by_place);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        struct hit one = hits[i];
        size_t at = i;
        for (; at && by_place(&hits[at - 1], &one) > 0; at--)
            hits[at] = hits[at - 1];
        hits[at] = one;
    }
}

/* The hits of a group in the order of the text, from all the ends that it was told of. */
static const hit_array *hits_of(struct matcher *m, uint32_t group)
{
    struct group *g = &m->groups.items[group];
    if (!is_hit(g) || g->in_order)
        return &g->hits;
    for (uint32_t r = g->ends; r; r = m->reached.items[r].next)
        for (uint32_t i = m->end_hits[m->reached.items[r].end].first; i;
             i = m->found.items[i].next) {
            const struct found_phrase *f = &m->found.items[i];
            *array_add(&g->hits) = (struct hit) { f->first, f->last, f->last };
        }
    g->in_order = true;
    sort_hits(g->hits.items, g->hits.count);
    return &g->hits;
}

static void forget_hits(struct matcher *m)
{
    for (size_t i = 0; i < m->touched.count; i++) {
        struct group *g = &m->groups.items[m->touched.items[i]];
        g->hits.count = 0;
        g->ends = 0;
        g->in_order = false;
    }
    for (size_t i = 0; i < m->ends_reached.count; i++)
        m->end_hits[m->ends_reached.items[i]] = (struct end_hits) { 0 };
    m->touched.count = m->ends_reached.count = m->term.count = 0;
    m->found.count = m->reached.count = 0;
    *array_add(&m->found) = (struct found_phrase) { 0 };
    *array_add(&m->reached) = (struct reached_end) { 0 };
}

/* Distinct words kept before all but the rubric's own are forgotten; some megabytes at most. */
enum { WORDS_KEPT = 100000 };

void matcher_tidy(struct matcher *m)
{
    if (dictionary_count(m->dictionary) < WORDS_KEPT)
        return;
    dictionary_trim(m->dictionary);
    trie_forget(m->trie);
}

void matcher_read(struct matcher *m, const struct text *text)
{
    forget_hits(m);
    m->text = text;
    for (size_t i = 0; i < text->words.count; i++)
        *array_add(&m->term) = 0;
    trie_read(m->trie, text, take_phrase, m);
    read_quantities(m, text);
    for (size_t g = 0; g < m->reasons.count; g++)
        for (size_t i = 0; i < text->reasons.count; i++) {
            uint32_t word = text->reasons.items[i];
            add_hit(m, m->reasons.items[g], (struct hit) { word, word, word });
        }
}

bool matcher_is_term(const struct matcher *m, uint32_t word)
{
    return word < m->term.count && m->term.items[word];
}

/* --- combining --- */

/*
 * Results of the parts of an expression live on a stack: a part pushes its matches and says how many;
 * what combines them replaces them by its own.
 */
enum { MATCHES_MAX = 256 }; /* of one part; more say nothing new */

static uint32_t sentence_of(const struct matcher *m, uint32_t word)
{
    return m->text->words.items[word].sentence;
}

static uint32_t part_of(const struct matcher *m, uint32_t word)
{
    return m->text->sentences.items[sentence_of(m, word)].part;
}

static size_t find(struct matcher *m, uint32_t index);

/* Whether a part can have a match at all: cheap, and mostly "no". */
static bool may_hit(const struct matcher *m, uint32_t index)
{
    const struct query *q = &m->queries.items[index];
    if (q->kind == QUERY_GROUP)
        return is_hit(&m->groups.items[q->group]);
    for (size_t i = 0; i < q->positive; i++)
        if (may_hit(m, q->children[i]) != (q->kind == QUERY_AND))
            return q->kind == QUERY_OR;
    return q->kind == QUERY_AND;
}

/* Group hits as matches. All of them: a longer phrase must not hide the shorter one that leaves its
 * other words to the rest of an `&`. */
static size_t find_group(struct matcher *m, const struct query *q)
{
    const hit_array *hits = hits_of(m, q->group);
    size_t count = 0;
    for (size_t i = 0; i < hits->count && count < MATCHES_MAX; i++) {
        const struct hit *h = &hits->items[i];
        if (i && hits->items[i - 1].first == h->first && hits->items[i - 1].last == h->last)
            continue;
        struct match *one = array_add(&m->stack);
        *one = (struct match){ .first = h->first, .last = h->last, .count = 1,
                               .words = { h->first }, .ends = { h->taken } };
        count++;
    }
    return count;
}

static int by_first(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->last < y->last ? -1 : x->last > y->last;
}

static void sort_matches(struct match *matches, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (by_first(&matches[i - 1], &matches[i]) > 0) {
            qsort(matches, count, sizeof(*matches), by_first);
            return;
        }
}

static size_t find_or(struct matcher *m, const struct query *q)
{
    size_t count = 0;
    for (size_t i = 0; i < q->count; i++)
        if (may_hit(m, q->children[i]))
            count += find(m, q->children[i]);
    sort_matches(m->stack.items + m->stack.count - count, count);
    return count;
}

static bool overlaps(const struct match *a, const struct match *b)
{
    return a->first <= b->last && b->first <= a->last;
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

static bool within_reach(const struct matcher *m, const struct query *q, const struct match *x)
{
    if (x->last - x->first > q->reach.window || part_of(m, x->first) != part_of(m, x->last))
        return false;
    return sentence_of(m, x->last) - sentence_of(m, x->first) < q->reach.sentences;
}

static uint32_t distance(const struct match *a, const struct match *b)
{
    if (overlaps(a, b))
        return 0;
    return a->first < b->first ? b->first - a->last : a->first - b->last;
}

/* A part's matches on the stack. */
struct found {
    size_t start, count;
};

/* Whether `one` uses a word that `so_far` has already. */
static bool is_taken(const struct match *so_far, const struct match *one)
{
    for (uint32_t w = 0; w < so_far->count; w++)
        if (one->first <= so_far->ends[w] && one->last >= so_far->words[w])
            return true;
    return false;
}

/* Joins the match of a child that is nearest to `so_far` and keeps it within reach. */
static bool join_nearest(const struct matcher *m, const struct query *q, struct found child,
                         struct match *so_far)
{
    const struct match *best = NULL;
    struct match joined;
    for (size_t i = 0; i < child.count; i++) {
        const struct match *one = &m->stack.items[child.start + i];
        if (one->first > so_far->last + q->reach.window)
            break;
        if (one->last + q->reach.window < so_far->first || is_taken(so_far, one) ||
            (best && distance(one, so_far) >= distance(best, so_far)))
            continue;
        struct match trial = *so_far;
        join(&trial, one);
        if (!within_reach(m, q, &trial))
            continue;
        best = one;
        joined = trial;
    }
    if (best)
        *so_far = joined;
    return best != NULL;
}

/* Whether something excluded stands within `window` words of the match, in its sentences. */
static bool is_excluded(const struct matcher *m, const struct query *q,
                        const struct match *x, struct found no)
{
    for (size_t i = 0; i < no.count; i++) {
        const struct match *one = &m->stack.items[no.start + i];
        if (sentence_of(m, one->last) >= sentence_of(m, x->first) &&
            sentence_of(m, one->first) <= sentence_of(m, x->last) &&
            distance(one, x) <= q->reach.window)
            return true;
    }
    return false;
}

static bool has_reason(const struct matcher *m, const struct match *x)
{
    for (uint32_t s = sentence_of(m, x->first); s <= sentence_of(m, x->last); s++)
        if (m->text->sentences.items[s].reason)
            return true;
    return false;
}

/* Grows one match of the rarest child by the nearest of each other; false when one is missing. */
static bool grow(const struct matcher *m, const struct query *q, const struct found *children,
                 size_t rarest, struct match *so_far)
{
    if (!within_reach(m, q, so_far))
        return false;
    for (size_t i = 0; i < q->positive; i++)
        if (i != rarest && !join_nearest(m, q, children[i], so_far))
            return false;
    return !q->wants_reason || has_reason(m, so_far);
}

/* Leaves those of the last `count` matches on the stack that nothing excludes. */
static size_t drop_excluded(struct matcher *m, const struct query *q, size_t count)
{
    for (size_t i = q->positive; i < q->count && count; i++) {
        struct found kept = { m->stack.count - count, 0 }, no = { m->stack.count, 0 };
        no.count = find(m, q->children[i]);
        for (size_t k = 0; k < count; k++) {
            struct match one = m->stack.items[kept.start + k];
            if (!is_excluded(m, q, &one, no))
                m->stack.items[kept.start + kept.count++] = one;
        }
        count = kept.count;
        m->stack.count = kept.start + count;
    }
    return count;
}

enum { CHILDREN_MAX = 256 }; /* the parser allows no more */

/* Few of the places where the parts meet are left, so what must not stand there is looked for last. */
static size_t find_and(struct matcher *m, const struct query *q)
{
    struct found children[CHILDREN_MAX];
    size_t base = m->stack.count, rarest = 0, count = 0;
    assert(q->positive > 0 && q->positive <= q->count); /* the parser sees to it */
    for (size_t i = 0; i < q->positive; i++)
        if (!may_hit(m, q->children[i]))
            return 0;
    for (size_t i = 0; i < q->positive; i++) {
        children[i].start = m->stack.count;
        children[i].count = find(m, q->children[i]);
        if (!children[i].count) {
            m->stack.count = base;
            return 0;
        }
        if (children[i].count < children[rarest].count)
            rarest = i;
    }
    size_t grown = m->stack.count;
    for (size_t k = 0; k < children[rarest].count; k++) {
        struct match so_far = m->stack.items[children[rarest].start + k];
        if (grow(m, q, children, rarest, &so_far))
            *array_add(&m->stack) = so_far;
    }
    count = drop_excluded(m, q, m->stack.count - grown);
    if (count > MATCHES_MAX)
        count = MATCHES_MAX;
    memmove(m->stack.items + base, m->stack.items + grown, count * sizeof(struct match));
    m->stack.count = base + count;
    return count;
}

static size_t find(struct matcher *m, uint32_t index)
{
    const struct query *q = &m->queries.items[index];
    if (q->kind == QUERY_GROUP)
        return find_group(m, q);
    return q->kind == QUERY_OR ? find_or(m, q) : find_and(m, q);
}

size_t matcher_find(struct matcher *m, size_t q, struct match *out, size_t room)
{
    if (!may_hit(m, m->roots.items[q]))
        return 0;
    m->stack.count = 0;
    size_t count = find(m, m->roots.items[q]), kept = 0;
    struct match *found = m->stack.items;
    sort_matches(found, count);
    for (size_t i = 0; i < count && kept < room; i++) /* of those with one first word, the shortest */
        if (!kept || out[kept - 1].first != found[i].first)
            out[kept++] = found[i];
    return kept;
}
