/*
 * dictionary.h - every distinct word once: folded, stemmed and described. The one file with Snowball.
 */
#ifndef VIVA_SCORING_DICTIONARY_H
#define VIVA_SCORING_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct word_form {
    const char *text; /* folded; of an abbreviation the word that it stands for */
    uint32_t length;
    uint32_t written_length;
    const char *written; /* folded, as it stands in texts; mostly `text` itself */
    uint32_t stem;       /* equal for words that compare equal */
    uint32_t
        traits; /* enum word_trait; this and the class are found by dictionary_form() */
    uint8_t word_class, order; /* order.h */
    bool number;
    bool measures;  /* a quantity may begin with it; found like the class */
    bool described; /* they have been found */
};

struct dictionary;
struct dictionary *dictionary_new(void) __attribute__((warn_unused_result));
void dictionary_free(struct dictionary *d);

/* Has one word be read as another wherever it stands from now on: "msg" as "message". Both folded; to be
 * called before the word is added in any other way. */
void dictionary_abbreviate(struct dictionary *d, const char *written, const char *full);

/* The index of a word's form, added if it is new. `word` need not be folded. */
uint32_t dictionary_form(struct dictionary *d, const char *word, size_t length);
/* The same for words of phrases, by the thousand: stem alone, neither class nor traits. */
uint32_t dictionary_phrase_form(struct dictionary *d, const char *word, size_t length);
const struct word_form *dictionary_get(const struct dictionary *d, uint32_t form);
size_t dictionary_count(const struct dictionary *d);

/* The stem of a word; words with equal stems compare equal. Adds the stem, and no form. */
uint32_t dictionary_stem(struct dictionary *d, const char *word, size_t length);
/* The same, or UINT32_MAX when no word with this stem was ever added. Adds nothing. */
uint32_t dictionary_find_stem(struct dictionary *d, const char *word, size_t length);

/* Remembers what there is now; dictionary_trim() forgets what was added since, so that a stream of
 * strange words cannot fill the memory. Indices are used again. */
void dictionary_mark(struct dictionary *d);
void dictionary_trim(struct dictionary *d);

#endif
