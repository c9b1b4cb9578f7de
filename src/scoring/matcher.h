/*
 * matcher.h - finds where evidence expressions hit a text.
 *
 * All phrases of all expressions, and of the lexicon concepts they name, go into one trie over word
 * stems, so a text is read once however many expressions there are. What follows from a distinct
 * word (its stem, the prefixes it has, the word it is a typing error of) is found once and kept.
 *
 * A match of `a & b` is a smallest stretch that holds both: at most `window` words, in one part,
 * over at most `sentences` sentences, no single word serving as both. `!c` forbids c within `window`
 * words in the same sentences. `~reason` asks for a reason marker in one of the sentences.
 *
 * No I/O and no clock; not to be shared between threads.
 */
#ifndef VIVA_SCORING_MATCHER_H
#define VIVA_SCORING_MATCHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "scoring/expression.h"
#include "scoring/lexicon.h"
#include "scoring/text.h"

struct matcher;
struct matcher *matcher_new(const struct lexicon *lexicon) __attribute__((warn_unused_result));
void matcher_free(struct matcher *m);

/*
 * How near `&` wants things, in words: 25; evidence looks into the next sentence too, a red flag does not,
 * and where a semicolon, dash or parenthesis stands between, or the end of the sentence is a guess (runon.h), it
 * reaches 12.
 * What `& !` keeps out of a red flag stands within 7 words of it, a bare "not", "never" or "no" within 4:
 * further off it is about something else. (A "no" is often the very mistake: "so it needs no check".)
 */
struct reach {
    uint8_t window, parted, sentences;
    uint8_t excluded, negated;
};
extern const struct reach reach_evidence, reach_red_flag;

/* Adds an expression; returns its query number, counted from 0. */
size_t matcher_add(struct matcher *m, const struct expression *x, struct reach reach);
/* The same of one that the program itself has, so that it parses; it is evidence, and names no concept. */
size_t matcher_add_own(struct matcher *m, const char *expression);

/* Adds all concepts of the lexicon that bear the mark as one query. */
size_t matcher_add_marked(struct matcher *m, enum concept_mark mark);

/* Phrases of two words and more that are added while this is on are told by matcher_in_phrase(). */
void matcher_mark_phrases(struct matcher *m, bool marks);

/* To be called once, when all expressions are added and before the first text is read. */
void matcher_seal(struct matcher *m);

/* The words that the matcher compares; texts for it are read with text_read(). */
struct dictionary *matcher_dictionary(struct matcher *m);

/* To be called before a text is read: forgets strange words when there are too many. */
void matcher_tidy(struct matcher *m);

/* Reads the hits of all phrases in a text, which matcher_find() then combines. */
void matcher_read(struct matcher *m, const struct text *text);

enum { MATCH_WORDS = 6 };
struct match {
    uint32_t first, last;          /* words, inclusive */
    uint32_t words[MATCH_WORDS];   /* the first word of each thing that was found */
    uint32_t ends[MATCH_WORDS];    /* and its last */
    uint32_t count;
};

/*
 * Writes the matches of query `q` in the order of the text, no two sharing their first word, at
 * most `room`; returns how many.
 */
size_t matcher_find(struct matcher *m, size_t q, struct match *out, size_t room);

/* Whether a word is part of any phrase that hit: it is a term of the subject. */
bool matcher_is_term(const struct matcher *m, uint32_t word);
/* Whether it is part of a phrase of two words and more that was marked. */
bool matcher_in_phrase(const struct matcher *m, uint32_t word);

#endif
