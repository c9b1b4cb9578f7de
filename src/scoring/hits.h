/*
 * hits.h - what was found in a text, for each of many sets of alternatives.
 *
 * A group is a set of phrases, quantities and reason markers, any of which will do. A common word is in
 * hundreds of groups of which few are ever asked for: a group is told in which sentences it has something
 * while the text is read, and gathers its hits when it is asked for them. Nobody but the matcher
 * includes it.
 *
 * What a text leaves behind is cleared by what was found in it, not by what there is to find.
 */
#ifndef VIVA_SCORING_HITS_H
#define VIVA_SCORING_HITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scoring/quantity_range.h"
#include "scoring/text.h"
#include "scoring/trie.h"

/* Sentences of a text. Sentence 128 stands in the place of sentence 0, so that a set may seem to have one
 * that it has not; it never lacks one that it has, and neighbours stay neighbours. */
enum { SENTENCE_PLACES = 128 };
struct sentence_set {
    uint64_t low, high;
};

static inline bool sentences_none(struct sentence_set s)
{
    return !(s.low | s.high);
}

static inline struct sentence_set sentences_both(struct sentence_set a,
                                                 struct sentence_set b)
{
    return (struct sentence_set) { a.low & b.low, a.high & b.high };
}

static inline struct sentence_set sentences_either(struct sentence_set a,
                                                   struct sentence_set b)
{
    return (struct sentence_set) { a.low | b.low, a.high | b.high };
}

/* The sentences before these. */
static inline struct sentence_set sentences_before(struct sentence_set s)
{
    return (struct sentence_set) { s.low >> 1 | s.high << 63, s.high >> 1 | s.low << 63 };
}

/* The sentences behind these. */
static inline struct sentence_set sentences_behind(struct sentence_set s)
{
    return (struct sentence_set) { s.low << 1 | s.high >> 63, s.high << 1 | s.low >> 63 };
}

static inline struct sentence_set sentences_of(uint32_t sentence)
{
    uint64_t bit = UINT64_C(1) << sentence % 64;
    bool low = sentence % SENTENCE_PLACES < 64;
    return (struct sentence_set) { low ? bit : 0, low ? 0 : bit };
}

/* Something found at words first..last, which are in one sentence. */
struct hit {
    uint32_t first, last;
    /* Words first..taken serve nothing else: of a quantity the number alone. */
    uint32_t taken;
    uint32_t sentence;
};

struct hit_list {
    uint32_t start, count; /* see hits_at() */
    uint32_t longest;      /* the most words from the first to the last of any */
};

struct hits;
/* Borrows the trie. */
struct hits *hits_new(struct trie *trie) __attribute__((warn_unused_result));
void hits_free(struct hits *h);

/* A new group; phrases are attached to it in the trie. */
uint32_t hits_add_group(struct hits *h);
void hits_add_quantity(struct hits *h, uint32_t group,
                       const struct quantity_range *range);
void hits_add_reason(struct hits *h, uint32_t group);
/* Words of hits that end at this node of the trie are counted by hits_in_phrase(). */
void hits_mark_phrase(struct hits *h, uint32_t node);
/* To be called once, behind trie_seal(). */
void hits_seal(struct hits *h);

void hits_read(struct hits *h, const struct text *text);

/* How many groups there are, and in how many ways one may be hit. Sealed only. */
uint32_t hits_groups(const struct hits *h);
uint32_t hits_ways(const struct hits *h, uint32_t group);

/* The groups that have anything in the text. */
const uint32_t *hits_found(const struct hits *h, size_t *count);
/* In which sentences a group has something. */
struct sentence_set hits_sentences(const struct hits *h, uint32_t group);
/* All hits of a group in the order of the text, each place once. */
struct hit_list hits_list(struct hits *h, uint32_t group);
/* The first of a list; good until hits_list() is called again. */
const struct hit *hits_at(const struct hits *h, struct hit_list list);
/* To be called where no list is in use: forgets them when they have become many, so that the memory for them
 * is bounded by the text and not by how many groups were asked for. */
void hits_tidy(struct hits *h);

/* Whether a word is part of any phrase that hit. */
bool hits_is_term(const struct hits *h, uint32_t word);
/* Whether it is part of a marked one. */
bool hits_in_phrase(const struct hits *h, uint32_t word);

#endif
