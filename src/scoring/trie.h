/*
 * trie.h - many phrases found in one reading of a text.
 *
 * Phrases are paths of words, each compared by stem, by prefix or exactly. A phrase of two words is
 * also found written as one ("loadbalancer"), and a single word written as two ("web socket").
 * A word that is in no phrase and is a typing error away from one that is, counts as that word.
 */
#ifndef VIVA_SCORING_TRIE_H
#define VIVA_SCORING_TRIE_H

#include <stddef.h>
#include <stdint.h>

#include "scoring/expression.h"
#include "scoring/text.h"

struct trie;
struct trie *trie_new(struct dictionary *d) __attribute__((warn_unused_result));
void trie_free(struct trie *t);

/* Where a phrase ends; `joined` is where it ends when it is written as one word, 0: it cannot be. */
struct trie_end {
    uint32_t node, joined;
};
/* Adds a phrase, or finds it again. */
struct trie_end trie_add(struct trie *t, const struct expression *phrase);
/* Has a phrase hit for a group. All phrases of one group are to be added before the next group's. */
void trie_attach(struct trie *t, struct trie_end end, uint32_t group);
/* To be called once, behind the last phrase. */
void trie_seal(struct trie *t);
/* Forgets what was found out about words; to be called with dictionary_trim(). */
void trie_forget(struct trie *t);

/* How many nodes there are, and the groups that a phrase which ends at a node hits for. Sealed only. */
size_t trie_nodes(const struct trie *t);
const uint32_t *trie_groups(const struct trie *t, uint32_t node, size_t *count);

/* Called with the end of each phrase found, in the order of the phrase's first word. */
typedef void trie_take(void *state, uint32_t node, uint32_t first, uint32_t last);
void trie_read(struct trie *t, const struct text *text, trie_take *take, void *state);

#endif
