/*
 * text.h - text as the grader reads it: words, sentences, quantities.
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

#include "base/buffer.h"
#include "base/memory.h"
#include "scoring/dictionary.h"
#include "scoring/english.h"
#include "scoring/quantity.h"

/* End of the word that begins at `at`; `at` itself when none does. */
size_t text_word_end(const char *text, size_t length, size_t at);

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
    uint32_t
        numbers; /* quantities that were written, see below, or "three" and more in words */
    bool question;
    bool bullet;   /* begins with a list mark */
    bool reason;   /* holds a reason marker */
    bool cut;      /* no stop ends it, see runon.h */
    bool enumeration; /* most of it are four or more short pieces between commas, without verbs */
    bool miscounted; /* a sum in it is wrong; set by arithmetic.c, not by text_read() */
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
    struct buffer plain;     /* of the part that is read: see utf8_plain_blanks() */
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
