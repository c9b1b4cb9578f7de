/*
 * score.h - from an answer to verdicts, from verdicts to points. Pure: no I/O, no clock; the same
 * answer, rubric, lexicon and weights give the same score on every machine.
 *
 * A `struct scorer` is a rubric made ready: its expressions compiled, its words stemmed. It keeps a
 * cache of words that it has seen, so it is cheap to grade many answers with one scorer; it is not
 * to be shared between threads.
 */
#ifndef VIVA_SCORING_SCORE_H
#define VIVA_SCORING_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "scoring/challenge.h"
#include "scoring/rubric.h"
#include "scoring/weights.h"

/* Said with every score; raised when the same text can get another score. */
#define SCORER_VERSION "1.0"

/* What the candidate said, in order. Nothing else of a transcript is evidence. */
struct answer_part {
    const char *text; /* borrowed; any bytes */
    size_t length;
    const char *phase; /* where it was said; NULL: counts for all phases */
    size_t
        said; /* grows in the order in which things were said, whatever the order of parts; from 1 */
    bool prompted;     /* said in reply to a question about no criterion in particular */
    bool after_twist;  /* only_if_asked criteria look at these parts alone */
};

/* The parts of a rubric's own sample, as many as it has; they borrow its text. */
struct answer_part *answer_parts_of(const struct sample *sample, struct arena *arena)
    __attribute__((warn_unused_result));

/* A red flag that the interviewer asked about, and the parts that are the reply; of no part: there was none. */
struct answer_challenge {
    size_t flag; /* index in the rubric */
    size_t first, count;
};

struct answer {
    const struct answer_part *parts;
    size_t count;
    const char *const *phases; /* ids of the phases that were opened, NULL-terminated; NULL: all */
    bool unfinished;           /* ended early: clears no level */
    bool part;                 /* of the problem, on purpose: clears no level either */
    bool dialogue; /* said to somebody who asks: what it is about need not be repeated */
    const bool *asked;         /* per criterion: raised by the interviewer; NULL: none was */
    const size_t *
        raised; /* per criterion: what was `said` later came after a probe or hint on it, and earns a
                             little less; 0 and NULL: nothing did */
    double hint_cost;          /* points that the hints taken cost */
    const struct answer_challenge *challenges;
    size_t challenge_count;
};

/* A stretch of one part. */
struct quote {
    int part; /* -1: none */
    size_t start, end;
};

struct criterion_score {
    enum verdict verdict;
    double credit;   /* 0..1, what of the weight was earned */
    double
        unasked; /* the credit that the same words would have earned without a probe or hint before them */
    double certainty; /* 0..1, of the verdict */
    bool graded;     /* false: not asked, or its phase was not opened: in no sum */
    bool prompted;   /* the evidence came after a probe or hint */
    bool
        contested; /* some of its evidence stands in the sentence of a red flag, where it counts for nothing */
    bool wrong; /* absent: what there is of it stands in the sentence of a red flag */
    double doubt; /* red flags that make the evidence doubtful; see score.c */
    struct quote quote;
    struct expression_place by; /* what found the quote */
};

struct red_flag_score {
    const struct red_flag *flag;
    enum challenged challenged;
    struct quote reply; /* of one that was challenged; part -1: none */
    double cost; /* points really taken */
    struct quote quote;
    size_t first,
        last; /* of the quote's part: from the first to behind the last word that was found */
    struct expression_place by;
};

/* A guard that acted: what it saw, in words for the card, and what it left of the credit. */
struct guard_score {
    const char *id;    /* "list", "filler", "repetition", ... */
    const char *words; /* "most of this is a list of names" */
    double factor;     /* 0..1 */
};

struct dimension_score {
    const char *id;
    double share; /* 0..1 of the weights in it; the card shows it as 0..4 */
    double weight; /* sum of the graded weights; 0: nothing of it was asked */
};

struct level_score {
    bool cleared;
    const struct criterion **short_of; /* musts that are not explained */
    size_t short_count;
};

struct arithmetic_slip {
    struct quote quote;
    double claimed, correct;
    bool bytes; /* both are in bytes */
};

struct score {
    double total;             /* 0..100, what counts, with hints paid */
    double without_hints;     /* what it would be had the hints been free */
    struct criterion_score *criteria; /* as in the rubric */
    size_t criterion_count;
    struct red_flag_score *red_flags;
    size_t
        red_flag_count; /* one a sentence; behind them, up to red_flags_found, those that count for nothing:
                              found in the same sentences, or put right when the interviewer asked */
    size_t red_flags_found;
    double
        unflagged; /* of one red flag alone: the points there would be without it; else 0 */
    struct guard_score *guards;
    size_t guard_count;
    struct dimension_score *dimensions; /* in the order of first use in the rubric */
    size_t dimension_count;
    struct level_score levels[LEVEL_COUNT];
    struct arithmetic_slip *slips;
    size_t slip_count;
    size_t word_count;
    bool unfinished, part;
    /* What the total was made of, for fitting and for people who want to follow it. */
    double coverage;                   /* 0..1 of the weights */
    double
        dialogue; /* 0..1: how far it is a long dialogue, and treated as one; see points.c */
    double depth_numbers, depth_words, depth_weighing,
        depth_limits; /* as points.c measures them, before their weights */
    double factor;                     /* what guards and red flags left, 0..1 */
    double limit; /* points that it can have, since little is explained; else 100 */
    double flag_cost;                  /* points */
    double flags_beyond;               /* red flags that are no false alarm; see points.c */
};

struct scorer;

/* What was asked: its words earn nothing by being repeated, and tell what the subject is. */
struct subject {
    const char *title, *prompt; /* may be NULL */
};

/* Borrows rubric, lexicon and weights, which must outlive it. Free with scorer_free(). */
struct scorer *scorer_new(const struct rubric *rubric, const struct lexicon *lexicon,
                          const struct weights *weights, struct subject subject)
    __attribute__((warn_unused_result));
/* The same of a rubric that was loaded to grade, and the last that is made of it: its texts are forgotten
 * as soon as they are read (rubric_forget_texts()). */
struct scorer *scorer_new_last(struct rubric *rubric, const struct lexicon *lexicon,
                               const struct weights *weights, struct subject subject)
    __attribute__((warn_unused_result));
void scorer_free(struct scorer *scorer);

/* What a score depends on beside the answer and SCORER_VERSION: hashes of the files; "" where there is none. */
struct scorer_sources {
    char rubric[HASH_TEXT_SIZE], lexicon[HASH_TEXT_SIZE], red_flags[HASH_TEXT_SIZE], weights[HASH_TEXT_SIZE];
};
void scorer_sources(const struct scorer *scorer, struct scorer_sources *out);

/* Grades an answer. All of `out` lives in `arena`; quotes refer to the answer's parts. */
void scorer_grade(struct scorer *scorer, const struct answer *answer, struct arena *arena,
                  struct score *out);

/* Why a verdict from elsewhere does not stand although its quote is there: the words
 * speak to the grader, repeat the prompt, or are what the writer would not do. */
enum outside_void { OUTSIDE_STANDS, OUTSIDE_GRADER, OUTSIDE_ECHO, OUTSIDE_DENIED, OUTSIDE_WRONG };
extern const char *const outside_void_names[]; /* "", "grader", "echo", "denied", "wrong", NULL */

/* A verdict that a model or a person gave, and the candidate's words that it rests on. */
struct outside_verdict {
    enum verdict verdict;     /* absent, mentioned or explained */
    struct quote quote;       /* part -1: there is none, so that it counts as absent */
    enum outside_void voided; /* set when it is graded */
};

/*
 * Grades an answer with verdicts from elsewhere, one a criterion; those of criteria that
 * are not graded (not asked, phase not opened) are passed over. Everything else is as in
 * scorer_grade(): the same weights, guards, red flags, slips and levels, by the same
 * code.
 */
void scorer_grade_outside(struct scorer *scorer, const struct answer *answer,
                          struct outside_verdict *verdicts, struct arena *arena,
                          struct score *out);

/* What a person who was there makes of an answer. */
struct person_grade {
    const enum verdict *verdicts; /* per criterion; VERDICT_NOT_ASKED: in no sum */
    const bool *prompted;         /* per criterion: it came after a question or hint about it */
    const double *shares;         /* per dimension, in the order of struct score: 0..1 in place of
                                     what the verdicts come to, or below 0; NULL: none is */
    const struct red_flag *const *flags; /* that the person raised */
    size_t flag_count;
    bool unfinished;
    double hint_cost;
};

/*
 * Points for a person's verdicts: the same weights, map, price of hints, costs of red flags and
 * bars as for every grader, but nothing that looks at words. The verdicts need no quote, no guard
 * acts, no depth is added, and a red flag counts only when the person raised it. With `shares` the
 * coverage is the mean of the dimensions by weight, which is what it is without them too. A level
 * is cleared only when all its musts were asked about or judged. Quotes of the score are none; whoever has the evidence fills them in.
 */
void scorer_grade_person(const struct scorer *scorer, const struct person_grade *grade,
                         struct arena *arena, struct score *out);

/* For fitting: from now on a share of the expressions, chosen by `seed`, is overlooked. */
void scorer_drop(struct scorer *scorer, double share, unsigned long seed);

/* The features of criterion `i` in the answer graded last; FEATURE_COUNT numbers. */
const double *scorer_features(const struct scorer *scorer, size_t i);
/* What each guard read in it; GUARD_COUNT numbers (guard.h). */
const double *scorer_guards(const struct scorer *scorer);

/* The red flags that were put right when asked about, one after the other: *at is 0 before the first; NULL behind the last. */
const struct red_flag_score *score_next_corrected(const struct score *score, size_t *at);

/* Points lost to this criterion: its share, by weight, of what the coverage of a written answer leaves to 100, and no more
 * than its weight in a hundred. The gaps of an answer together cost just that where they are not few; with what a dialogue,
 * depth, red flags and hints take it is all that is missing. */
double score_cost_of_gap(const struct scorer *scorer, const struct score *score, size_t criterion);

/* The word for a total on the common scale: "no hire", "hire at mid", ... (DESIGN, section 2). */
const char *score_band(double total);
int score_band_index(double total); /* 0..6 */

#endif
