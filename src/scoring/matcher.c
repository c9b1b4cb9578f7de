#include "scoring/matcher.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "scoring/combine.h"
#include "scoring/hits.h"
#include "scoring/trie.h"

const struct reach reach_evidence = { 25, 25, 2, 25, 25 },
                   reach_red_flag = { 25, 12, 1, 7, 4 };

struct matcher {
    const struct lexicon *lexicon;
    struct dictionary *dictionary;
    struct trie *trie;
    struct hits *hits;
    struct combiner *combiner;
    struct trie_end **ends; /* per concept, NULL until it is used; see kind_ends() */
    ARRAY(uint32_t) group_slots; /* hash table of groups by key, index + 1; a power of two long */
    /* Of a group's alternatives: equal sets of them are one group. */
    ARRAY(uint64_t) group_keys;
    bool marks_phrases;
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
    m->hits = hits_new(m->trie);
    m->combiner = combiner_new(m->hits);
    return m;
}

void matcher_free(struct matcher *m)
{
    if (!m)
        return;
    array_release(&m->group_slots);
    array_release(&m->group_keys);
    combiner_free(m->combiner);
    hits_free(m->hits);
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

/* FNV-1a adds up where texts share their ends: "one first" and "async later" have the sum of "one later" and
 * "async first". What has gone through this, the finalizer of SplitMix64, has not. */
static uint64_t mixed(uint64_t key)
{
    key = (key ^ key >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    key = (key ^ key >> 27) * UINT64_C(0x94d049bb133111eb);
    return key ^ key >> 31;
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

static void attach(struct matcher *m, struct trie_end end,
                   const struct expression *phrase, uint32_t group)
{
    trie_attach(m->trie, end, group);
    if (m->marks_phrases && phrase->count > 1)
        hits_mark_phrase(m->hits, end.node);
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
            attach(m, kind_ends(m, wide->kinds[k])[i], kind->says[i], group);
    }
}

static void add_leaf(struct matcher *m, const struct expression *x, uint32_t group)
{
    switch (x->kind) {
    case EXPRESSION_PHRASE:
        attach(m, trie_add(m->trie, x), x, group);
        break;
    case EXPRESSION_CONCEPT:
        add_concept(m, x->concept, group);
        break;
    case EXPRESSION_QUANTITY:
        hits_add_quantity(m->hits, group, x->quantity);
        break;
    default:
        hits_add_reason(m->hits, group);
    }
}

static void put_group_slot(struct matcher *m, uint32_t group)
{
    size_t mask = m->group_slots.count - 1, at = m->group_keys.items[group] & mask;
    while (m->group_slots.items[at])
        at = (at + 1) & mask;
    m->group_slots.items[at] = group + 1;
}

/* Puts the newest group in; the table stays at most half full. */
static void keep_group_slot(struct matcher *m, uint32_t group)
{
    if (m->group_keys.count * 2 < m->group_slots.count) {
        put_group_slot(m, group);
        return;
    }
    size_t size = m->group_slots.count ? m->group_slots.count * 2 : 1024;
    array_zero(&m->group_slots, size);
    for (uint32_t i = 0; i <= group; i++)
        put_group_slot(m, i);
}

static uint32_t find_group_slot(const struct matcher *m, uint64_t key)
{
    if (!m->group_slots.count)
        return UINT32_MAX;
    size_t mask = m->group_slots.count - 1;
    for (size_t at = key & mask; m->group_slots.items[at]; at = (at + 1) & mask)
        if (m->group_keys.items[m->group_slots.items[at] - 1] == key)
            return m->group_slots.items[at] - 1;
    return UINT32_MAX;
}

static uint32_t add_group(struct matcher *m, uint64_t key)
{
    uint32_t group = hits_add_group(m->hits);
    *array_add(&m->group_keys) = key;
    keep_group_slot(m, group);
    return group;
}

/* The group of some leaves, found again when the same leaves stood somewhere before. */
static uint32_t group_of(struct matcher *m, struct expression *const *leaves, size_t count)
{
    uint64_t key = 0;
    for (size_t i = 0; i < count; i++)
        key += mixed(leaf_key(leaves[i])); /* order does not matter */
    uint32_t known = find_group_slot(m, key);
    if (known != UINT32_MAX)
        return known;
    uint32_t group = add_group(m, key);
    for (size_t i = 0; i < count; i++)
        add_leaf(m, leaves[i], group);
    return group;
}

static uint32_t group_part(struct matcher *m, struct expression *const *leaves,
                           size_t count)
{
    return group_of(m, leaves, count) | GROUP_PART;
}

static uint32_t any_of(struct matcher *m, const uint32_t *parts, uint32_t count)
{
    uint32_t *kept = arena_array(&m->arena, uint32_t, count);
    memcpy(kept, parts, count * sizeof(*kept));
    struct query query = { .parts = kept, .positive = count, .count = count };
    return combiner_add(m->combiner, &query);
}

static uint32_t build(struct matcher *m, const struct expression *x, struct reach reach);

static uint32_t build_or(struct matcher *m, const struct expression *x, struct reach reach)
{
    uint32_t parts[EXPRESSION_ITEMS_MAX], count = 0;
    struct expression *leaves[EXPRESSION_ITEMS_MAX];
    size_t leaf_count = 0;
    for (size_t i = 0; i < x->count; i++) {
        if (is_leaf(x->items[i]))
            leaves[leaf_count++] = x->items[i];
        else
            parts[count++] = build(m, x->items[i], reach);
    }
    if (leaf_count == x->count)
        return group_part(m, leaves, leaf_count);
    if (leaf_count)
        parts[count++] = group_part(m, leaves, leaf_count);
    return any_of(m, parts, count);
}

/*
 * What must not stand there is looked up seldom, and long lists of it share most of their words: each
 * alternative is a group of its own, so that a "but" in the text is one hit and not one for each list.
 */
static uint32_t build_excluded(struct matcher *m, const struct expression *x, struct reach reach)
{
    if (x->kind != EXPRESSION_OR)
        return build(m, x, reach);
    uint32_t parts[EXPRESSION_ITEMS_MAX], count = 0;
    for (size_t i = 0; i < x->count; i++)
        parts[count++] = build(m, x->items[i], reach);
    return any_of(m, parts, count);
}

static uint32_t build_and(struct matcher *m, const struct expression *x, struct reach reach)
{
    uint32_t *parts = arena_array(&m->arena, uint32_t, x->count);
    struct query query = { .all = true, .reach = reach, .parts = parts };
    for (size_t i = 0; i < x->count; i++) {
        struct expression *item = x->items[i];
        if (item->kind == EXPRESSION_REASON)
            query.wants_reason = true;
        else if (item->kind != EXPRESSION_NOT)
            parts[query.positive++] = build(m, item, reach);
    }
    query.count = query.positive;
    for (size_t i = 0; i < x->count; i++)
        if (x->items[i]->kind == EXPRESSION_NOT)
            parts[query.count++] = build_excluded(m, x->items[i]->items[0], reach);
    if (!query.positive) { /* "~reason & !x": the marker itself is what is looked for */
        struct expression reason = { .kind = EXPRESSION_REASON };
        struct expression *leaf = &reason;
        memmove(parts + 1, parts, query.count * sizeof(*parts));
        parts[0] = group_part(m, &leaf, 1);
        query.positive = 1;
        query.count++;
    }
    return combiner_add(m->combiner, &query);
}

static uint32_t build(struct matcher *m, const struct expression *x, struct reach reach)
{
    if (x->kind == EXPRESSION_OR)
        return build_or(m, x, reach);
    if (x->kind == EXPRESSION_AND)
        return build_and(m, x, reach);
    struct expression *leaf = (struct expression *)x;
    return group_part(m, &leaf, 1);
}

size_t matcher_add(struct matcher *m, const struct expression *x, struct reach reach)
{
    return combiner_add_root(m->combiner, build(m, x, reach));
}

size_t matcher_add_own(struct matcher *m, const char *expression)
{
    struct arena arena = ARENA_INIT;
    struct error e;
    error_init(&e);
    struct expression *x = expression_parse(&arena, expression, NULL, &e);
    assert(x);
    size_t query = matcher_add(m, x, reach_evidence);
    arena_release(&arena);
    return query;
}

size_t matcher_add_marked(struct matcher *m, enum concept_mark mark)
{
    uint32_t group = add_group(m, HASH_START);
    for (size_t i = 0; m->lexicon && i < m->lexicon->count; i++) {
        const struct concept *c = &m->lexicon->concepts[i];
        for (size_t k = 0; (c->marks & mark) && k < c->says_count; k++)
            trie_attach(m->trie, kind_ends(m, i)[k], group);
    }
    return combiner_add_root(m->combiner, group | GROUP_PART);
}

void matcher_seal(struct matcher *m)
{
    trie_seal(m->trie);
    hits_seal(m->hits);
    combiner_seal(m->combiner);
    dictionary_mark(m->dictionary);
    array_release(&m->group_slots); /* nothing is added any more */
    array_release(&m->group_keys);
}

/* --- reading --- */

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
    hits_read(m->hits, text);
    combiner_read(m->combiner, text);
}

void matcher_mark_phrases(struct matcher *m, bool marks)
{
    m->marks_phrases = marks;
}

bool matcher_in_phrase(const struct matcher *m, uint32_t word)
{
    return hits_in_phrase(m->hits, word);
}

bool matcher_is_term(const struct matcher *m, uint32_t word)
{
    return hits_is_term(m->hits, word);
}

size_t matcher_find(struct matcher *m, size_t q, struct match *out, size_t room)
{
    return combiner_find(m->combiner, q, out, room);
}
