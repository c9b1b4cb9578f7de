/*
 * phrase.h - short patterns of words, for what English says in several of them.
 *
 * A pattern is one string, its elements parted by blanks: a|b is either word, `*` any one word, and
 * a `?` before an element makes it optional. The word ":" stands for a colon, semicolon, dash or
 * parenthesis between two words.
 */
#ifndef VIVA_SCORING_PHRASE_H
#define VIVA_SCORING_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

/* How many words the longest of the patterns takes at the start of `words`; 0 when none fits. The
 * patterns end with NULL. */
size_t phrase_longest(const char *const *patterns, const char *const *words, size_t count);

/* Whether any of the patterns may begin with this word. */
bool phrase_may_start(const char *const *patterns, const char *word);

/* Whether a list, words parted by blanks, has this word. */
bool phrase_in_list(const char *list, const char *word);

#endif
