/*
 * english.h - what the grader knows of English and of no subject: classes of function words, words
 * that negate, give reasons, hedge or claim absolutely. Whole frames are in frame.h.
 *
 * Words are given folded (lower case, see utf8_fold).
 */
#ifndef VIVA_SCORING_ENGLISH_H
#define VIVA_SCORING_ENGLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_class {
    CLASS_CONTENT, /* everything that is in no list */
    CLASS_NUMBER,
    CLASS_DETERMINER,
    CLASS_PREPOSITION,
    CLASS_PRONOUN,
    CLASS_AUXILIARY,
    CLASS_CONJUNCTION,
    CLASS_NEGATOR,
    CLASS_ADVERB, /* also, then, very ...: says nothing of the subject */
    CLASS_FILLER, /* important, good, use, handle ...: content that says nothing by itself */
    CLASS_COUNT,
};

enum word_trait {
    TRAIT_REASON = 1,    /* because, so, otherwise, unless ... */
    TRAIT_HEDGE = 2,     /* maybe, roughly, I guess ... */
    TRAIT_ABSOLUTE = 4,  /* guarantee, impossible, always, automatically ... */
    TRAIT_CONTRAST = 8,  /* but, however, instead ... */
    TRAIT_POSSIBLE = 16, /* could, might, may */
    TRAIT_WISH =
        32, /* would, should, will, want, need: verbs that a "not" turns to rejection */
    TRAIT_AVOID = 64,   /* avoid, skip, drop, reject: rejects what follows */
    TRAIT_NOT = 128,    /* not, never, and n't */
    TRAIT_NO = 256,     /* no, without, neither, nor: negates the noun that follows */
    TRAIT_PRAISE = 512, /* great, excellent, robust ...: says how good it is */
    TRAIT_USE = 1024,   /* use, need, have, do, add ...: what "not" rejects a thing by */
    TRAIT_STARTS_REASON =
        2048,                  /* a phrase of english_reason_phrase() may begin with it */
    TRAIT_STARTS_CUT = 4096,   /* ... of frame_scope_cut() */
    TRAIT_STARTS_FRAME = 8192, /* ... of frame_read(), or an opening before one */
    TRAIT_HARM = 16384,        /* lose, wait, block ...: events, which nobody chooses */
    TRAIT_STARTS_REFUSAL = 32768, /* a phrase of frame_refusal() may begin with it */
    TRAIT_UNNEEDED =
        262144, /* overkill, pointless ...: turns down what stands before it */
    TRAIT_TAKES_BACK =
        131072, /* but, which, and ...: behind it the sentence may be taken back */
    TRAIT_WEIGH =
        65536, /* but, not, only, unless ...: who weighs says what is not so, and when */
    TRAIT_HESITATION = 524288, /* um, uh, er: text_read() passes them over */
    TRAIT_CONDITION =
        2097152, /* when, if, while ...: what is denied is denied for that case */
    TRAIT_LIMIT = 1048576, /* until, only, own, within ...: says how far something goes */
    TRAIT_STARTS_PLAN = 4194304, /* a phrase of frame_plan() may begin with it */
    TRAIT_CAUSE = 8388608,       /* because: the reason itself follows */
};

/* The lists, made ready for looking up: a text has more words that are in none of them than in any. */
struct english;
struct english *english_new(void) __attribute__((warn_unused_result));
void english_free(struct english *e);

struct english_word {
    enum word_class word_class;
    uint8_t order;   /* see order.h */
    unsigned traits; /* enum word_trait */
};
struct english_word english_find(const struct english *e, const char *word,
                                 size_t length);

/*
 * Several words that give a reason: "so that", "at the cost of", "rather than" ... `words` are the
 * next `count` folded words; returns how many belong to the marker, 0 for none.
 */
size_t english_reason_phrase(const char *const *words, size_t count);

#endif
