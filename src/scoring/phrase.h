/*
 * phrase.h - short patterns of words, for what English says in several of them.
 *
 * A pattern is one string, its elements parted by blanks: a|b is either word, `*` any one word, and
 * a `?` before an element makes it optional. The word ":" stands for a colon, semicolon, dash or
 * parenthesis between two words.
 */
#ifndef VIVA_SCORING_PHRASE_H
#define VIVA_SCORING_PHRASE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PHRASE_KINDS = 64 /* of words, told apart by letters and length */,
    PHRASE_PATTERNS = 128 /* at most */
};
typedef _Atomic uint64_t phrase_set[PHRASE_PATTERNS / 64];

/* By the kind of their first word, and of the second: the patterns to be tried. Found when it is first
 * needed, the same whoever finds it, so that threads may share a list. */
struct phrase_kinds {
    phrase_set first[PHRASE_KINDS], second[PHRASE_KINDS];
    _Atomic bool ready;
};

/* Patterns, ended by NULL. */
struct phrase_list {
    const char *const *patterns;
    struct phrase_kinds *kinds;
};
#define PHRASE_LIST(patterns)                                                            \
    {                                                                                    \
        patterns, &(struct phrase_kinds)                                                 \
        {                                                                                \
            .ready = false                                                               \
        }                                                                                \
    }

/* How many words the longest of the patterns takes at the start of `words`; 0 when none fits. */
size_t phrase_longest(const struct phrase_list *list, const char *const *words, size_t count);

/* Called with words that are lent, not ended by a zero byte. */
typedef void phrase_take(void *state, const char *word, size_t length);
/* The words that any of the patterns may begin with, some of them more than once; no pattern may begin with
 * `*`. */
void phrase_starts(const struct phrase_list *list, phrase_take *take, void *state);
/* The words of a list, parted by blanks. */
void phrase_words(const char *list, phrase_take *take, void *state);

/* Whether a list, words parted by blanks, has this word. */
bool phrase_in_list(const char *list, const char *word);

#endif
