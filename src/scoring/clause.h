/*
 * clause.h - a sentence as stance.c walks through it: its words, and where clauses, lists and noun
 * phrases end. Nobody else includes it.
 */
#ifndef VIVA_SCORING_CLAUSE_H
#define VIVA_SCORING_CLAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "scoring/stance.h"
#include "scoring/text.h"

/* Of one word: the first word of its clause, and 1 more than the last "if" and its like before it, 0: none. */
struct clause_place {
    uint32_t start, condition;
};
struct clauses {
    ARRAY(struct clause_place)
    places; /* from the sentence's first word on, as far as was asked */
};

/* One sentence while its stances are found. */
struct view {
    struct stances *out;
    const struct text *text;
    const struct dictionary *dictionary;
    uint32_t first, end;
    struct clauses *clauses; /* borrowed; empty at first */
    bool announced;          /* the sentence says what would be talked about */
    bool framed; /* the sentence opens with what others say, a bad design does, I doubt */
};

/* A word behind the sentence's end has no trait and is no word. */
const struct word_form *view_form(const struct view *v, uint32_t word);
enum word_class view_class(const struct view *v, uint32_t word);
bool view_has(const struct view *v, uint32_t word, unsigned trait);
bool view_is(const struct view *v, uint32_t word, const char *text);
/* Whether it is in a list of words parted by blanks. */
bool view_any(const struct view *v, uint32_t word, const char *list);
/* What stands before the word: enum word_flag; a colon, semicolon, dash or parenthesis. */
bool view_parted(const struct view *v, uint32_t word, unsigned flags);
bool view_breaks(const struct view *v, uint32_t word);

/* Where a clause that begins at `at` ends: at a break, or where another one begins; `most` words at
 * most. */
uint32_t clause_end(const struct view *v, uint32_t at, uint32_t most);
/* First word of the clause that `at` stands in. */
uint32_t clause_start(const struct view *v, uint32_t at);
/* Whether "if" or the like stands before `at` in its clause, or parts it from the one before. */
bool clause_is_condition(const struct view *v, uint32_t at);

/* The end of the piece that begins at `at`: the next comma, break or end. */
uint32_t piece_end(const struct view *v, uint32_t at);
/* Whether words first..end have a pronoun or an auxiliary verb: they are more than a list. */
bool has_verb(const struct view *v, uint32_t first, uint32_t end);
/* The end of the noun phrase at `at`, and of more such behind commas, "or" and "and". */
uint32_t noun_phrase_end(const struct view *v, uint32_t at);

#endif
