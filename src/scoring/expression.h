/*
 * expression.h - the one-line evidence language of rubrics and facts, parsed.
 *
 *   expression := and-group ('|' and-group)*
 *   and-group  := item ('&' item)*
 *   item       := '!' item | '(' expression ')' | phrase | '@'concept | quantity | '~reason'
 *   phrase     := words, compared by stem; word* is a prefix; "word" compares letters exactly
 *   quantity   := '#'kind [ '[' from '..' to unit? ']' ]
 *
 * Only the syntax lives here; what a hit is, is matcher.h's business.
 */
#ifndef VIVA_SCORING_EXPRESSION_H
#define VIVA_SCORING_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"
#include "scoring/quantity.h"

enum expression_kind {
    EXPRESSION_PHRASE,
    EXPRESSION_CONCEPT,
    EXPRESSION_QUANTITY,
    EXPRESSION_REASON,
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_NOT,
};

enum word_match { WORD_STEM, WORD_PREFIX, WORD_EXACT };

struct phrase_word {
    const char *text; /* folded, except for WORD_EXACT */
    enum word_match match;
};

/* There are tens of thousands of them: 24 bytes each. */
struct expression {
    enum expression_kind kind;
    uint32_t offset; /* byte in the source where it begins; of a phrase, where it stood first */
    union {
        struct {
            struct phrase_word *words;
            size_t count;
        } phrase;
        struct {
            const char *name;
        } concept;
        struct quantity_range *quantity;
        struct {
            struct expression **items; /* one for NOT */
            size_t count;
        } group;
    };
};

/*
 * Where expressions are kept: the same words in several of them become one node. What the room was
 * given up for its index is released with it; the nodes stay in the arena.
 */
struct expression_room {
    struct arena *arena;
    struct expression_slot *slots; /* hash table by the words' text; a power of two long */
    size_t count, size;
};
void expression_room_release(struct expression_room *room);

/* expression_parse() into a room; the text must live as long as the room's index. */
struct expression *expression_parse_in(struct expression_room *room, const char *text,
                                       size_t *where, struct error *e)
    __attribute__((warn_unused_result));

/*
 * Parses `text` into `arena`. NULL on a mistake: the error's message says what, and *where (may be
 * NULL) is the byte it stands at; the caller, who knows file and line, calls error_locate().
 */
struct expression *expression_parse(struct arena *arena, const char *text, size_t *where,
                                    struct error *e) __attribute__((warn_unused_result));

/* Parses a lexicon entry: one phrase and nothing else. */
struct expression *expression_parse_phrase(struct arena *arena, const char *text, size_t *where,
                                           struct error *e) __attribute__((warn_unused_result));

/* Calls `visit` for each node, parents first. */
void expression_walk(const struct expression *x,
                     void (*visit)(const struct expression *node, void *state), void *state);

#endif
