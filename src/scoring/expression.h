/*
 * expression.h - the one-line evidence language of rubrics and facts, parsed.
 *
 *   expression := and-group ('|' and-group)*
 *   and-group  := ['!'] item ('&' ['!'] item)*, at least one of them without '!'
 *   item       := '(' expression ')' | phrase | '@'concept | quantity | '~reason'
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
#include "scoring/quantity_range.h"

enum expression_kind {
    EXPRESSION_PHRASE,
    EXPRESSION_CONCEPT,
    EXPRESSION_QUANTITY,
    EXPRESSION_REASON,
    EXPRESSION_AND,
    EXPRESSION_OR,
    EXPRESSION_NOT,
};

/* Far beyond what a person writes. */
enum { EXPRESSION_ITEMS_MAX = 256 };

enum word_match { WORD_STEM, WORD_PREFIX, WORD_EXACT };

struct phrase_word {
    const char *text; /* folded, except for WORD_EXACT */
    enum word_match match;
};

/* There are tens of thousands of them: 16 bytes each. */
struct expression {
    uint16_t kind;   /* enum expression_kind */
    uint16_t count;  /* of words or items */
    uint32_t offset; /* byte in the source where it begins; of a phrase, where it stood first */
    union {
        const struct phrase_word **words; /* PHRASE */
        const char *concept;              /* CONCEPT: its name */
        struct quantity_range *quantity;  /* QUANTITY */
        struct expression **items;        /* AND, OR; one for NOT */
    };
};

/* A hash table of what is kept once, by its text; a power of two long. */
struct expression_index {
    struct expression_slot *slots;
    size_t count, size;
};

/*
 * Where expressions are kept: a word, and the same words in several expressions, are there once.
 * What the index took is released with the room; what it holds stays in the arena.
 */
struct expression_room {
    struct arena *arena;
    struct expression_index phrases, words;
    bool drops_texts; /* evidence_read() does not keep what was parsed */
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

/* A lexicon entry: one phrase and nothing else. */
struct expression *expression_parse_phrase(struct expression_room *room, const char *text,
                                           size_t *where, struct error *e)
    __attribute__((warn_unused_result));

/* Calls `visit` for each node, parents first. */
void expression_walk(const struct expression *x,
                     void (*visit)(const struct expression *node, void *state), void *state);

#endif
