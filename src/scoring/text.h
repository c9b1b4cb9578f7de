/*
 * text.h - text as the grader reads it: words with stems, sentences, quantities. The one file with
 * Snowball.
 *
 * A word is a run of letters (an apostrophe inside belongs to it) or a number with what joins its
 * digits (62^7, 99.99, 4,000); letters and digits part, so p99 is two words, and so is base62, like
 * base-62 and base 62. Words compare by stem, after folding and after British spelling has become
 * American. Everything about a word's form is found once and kept in the dictionary.
 */
#ifndef VIVA_SCORING_TEXT_H
#define VIVA_SCORING_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "scoring/english.h"
#include "scoring/quantity.h"

/* End of the word that begins at `at`; `at` itself when none does. */
size_t text_word_end(const char *text, size_t length, size_t at);

/* --- dictionary --- */

struct word_form {
    const char *text; /* folded; of an abbreviation the word that it stands for */
    uint32_t length;
    uint32_t written_length;
    const char *written; /* folded, as it stands in texts; mostly `text` itself */
    uint32_t stem;     /* equal for words that compare equal */
    uint32_t traits;   /* enum word_trait; this and the class are found by dictionary_form() */
    uint8_t word_class, order; /* order.h */
    bool number;
    bool measures;     /* a quantity may begin with it; found like the class */
    bool described;    /* they have been found */
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

/* The stem of a word; words with equal stems compare equal. Adds the word. */
uint32_t dictionary_stem(struct dictionary *d, const char *word, size_t length);
/* The same, or UINT32_MAX when no word with this stem was ever added. Adds nothing. */
uint32_t dictionary_find_stem(struct dictionary *d, const char *word, size_t length);

/* Remembers what there is now; dictionary_trim() forgets what was added since, so that a stream of
 * strange words cannot fill the memory. Indices are used again. */
void dictionary_mark(struct dictionary *d);
void dictionary_trim(struct dictionary *d);

/* --- a text --- */

enum word_flag {
    WORD_AFTER_COMMA = 1,
    WORD_AFTER_COLON = 2,
    WORD_AFTER_BREAK = 4,  /* semicolon, dash, parenthesis, bar */
    WORD_JOINED = 8,       /* a hyphen alone stands before it */
    WORD_SPACED = 16,      /* one blank alone stands before it */
    WORD_CAPITAL = 32,     /* begins with a capital */
    WORD_STARTS_LINE = 64,
    WORD_AFTER_SEMICOLON = 128, /* beside WORD_AFTER_BREAK */
};

/* What is asked of every word stands in it: the forms lie about in memory. */
struct word {
    uint32_t form;
    uint32_t start, end; /* bytes in its part */
    uint32_t sentence;
    uint16_t flags;
    uint8_t word_class, order; /* these and the rest are those of its form */
    bool number;
    uint32_t stem, traits;
};

struct sentence {
    uint32_t first, end; /* words; end is exclusive */
    uint32_t part;
    uint32_t start, stop; /* bytes in the part */
    uint32_t numbers;     /* quantities that were written, see below */
    bool question;
    bool bullet;   /* begins with a list mark */
    bool reason;   /* holds a reason marker */
    bool cut;      /* no stop ends it, see runon.h */
    bool enumeration; /* most of it are four or more short pieces between commas, without verbs */
};

struct text_quantity {
    struct quantity quantity; /* start and end are bytes in the part */
    uint32_t word;            /* where it begins */
    bool written;             /* with digits or a unit: not a mere "two" */
};

struct text_part {
    const char *text;
    size_t length;
};

struct text {
    const struct text_part *parts; /* borrowed */
    size_t part_count;
    ARRAY(struct word) words;
    ARRAY(struct sentence) sentences;
    ARRAY(struct text_quantity) quantities;
    ARRAY(uint32_t) reasons; /* words at which a reason marker begins */
};

/*
 * Reads the parts into `out`, replacing what was there (its memory is used again). At most
 * TEXT_WORDS_MAX words are read; what is beyond them does not count.
 */
enum { TEXT_WORDS_MAX = 200000 };
void text_read(struct text *out, struct dictionary *d, const struct text_part *parts, size_t count);
/* Takes out the sentences whose `drop` is not 0, as if they had never been said. */
void text_drop(struct text *text, const uint8_t *drop);
void text_release(struct text *text);

#endif
