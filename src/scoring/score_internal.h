/* score_internal.h - what score.c, points.c and arithmetic.c share. Nobody else includes it. */
#ifndef VIVA_SCORING_SCORE_INTERNAL_H
#define VIVA_SCORING_SCORE_INTERNAL_H

#include "scoring/guard.h"
#include "scoring/matcher.h"
#include "scoring/score.h"
#include "scoring/stance.h"
#include "scoring/verdict.h"

/* What makes an answer deep, in the sentences that gave evidence: different content words; numbers, words that
 * weigh one thing against another, and words that set a limit, in 100 words. */
struct depth {
    double words, numbers, weighing, limits;
};

/* Words of a text, in its order: an ARRAY(uint32_t) with a name. */
struct told_words {
    uint32_t *items;
    size_t count, space;
};

struct scorer {
    const struct rubric *rubric;
    const struct lexicon *lexicon;
    const struct weights *weights;
    struct matcher *matcher;
    struct verdict_queries *queries;
    size_t products, advertising, drawbacks,
        mishaps;          /* queries of the lexicon's marked concepts */
    size_t *flag_queries; /* first query of each red flag */
    size_t topic; /* first query of the rubric's topic */
    ARRAY(uint32_t) prompt; /* stems in order */
    struct depth strong;    /* the most that strong samples of the rubric have of each */
    bool has_strong;
    double drop;
    uint64_t seed;
    /* of the answer at hand */
    struct text text;
    struct stances stances;
    struct guard_reading reading;
    struct depth depth;
    ARRAY(struct text_part) parts;
    ARRAY(const char *) phases;
    ARRAY(uint64_t) sentence_hashes; /* a hash table, see score.c */
    ARRAY(uint8_t) dropped;          /* per sentence as read */
    struct told_words drawbacks_read,
        mishaps_read;               /* words at which one is told, see red_flag.c */
    ARRAY(struct match) claims;     /* where the red flags stand */
    ARRAY(struct red_flag_score) flagged, uncounted;
    struct finding *findings, *unprompted, *twisted;
};

/* The sentences that hold words first..last, narrowed when they are long. */
struct quote score_quote(const struct scorer *s, uint32_t first, uint32_t last);

/*
 * Red flags: their expressions are added before the matcher is sealed, and found in a text that was read.
 * Once they are voided, the sentences in which one stands give no evidence any more.
 */
void score_add_red_flags(struct scorer *s);
void score_find_red_flags(struct scorer *s, const struct answer *answer,
                          struct arena *arena, struct score *out);
void score_void_claims(struct scorer *s);
/* Whether a red flag stands in the phase of a part; where a part has no phase, one may stand anywhere. */
bool score_is_flagged(const struct scorer *s, const struct score *out, uint32_t part);

/* Lists, filler and templates name things and explain none. */
/* Whether a part came after the interviewer led to the criterion. */
bool score_is_prompted(const struct answer *answer, size_t part, size_t criterion);
bool score_is_no_prose(const struct scorer *s);

/*
 * How far the red flags go beyond what may be a false alarm: 0 for fewer than `flag_void_from`, from there on
 * one more each. Where they stand among absolute claims, the claims count towards one more.
 */
double score_flags_beyond(const struct scorer *s, const struct score *out);

/* How far a dialogue is a long one: 0 to 1. */
double score_dialogue_share(const struct scorer *s);

/* Puts verdicts from elsewhere in the place of the own ones; see scorer_grade_outside().
 */
void score_take_outside(const struct scorer *s, const struct answer *answer,
                        struct outside_verdict *verdicts, struct score *out);

/* The parts of score_add_up() that person.c shares; see points.c. */
double score_map_coverage(const struct weights *w, double dialogue, double coverage);
double score_limit(double points);
double score_flag_cost(const struct weights *w, struct score *out);
double score_flag_cap(const struct score *out);
void score_add_dimensions(const struct scorer *s, struct arena *arena, struct score *out,
                          double factor);
void score_add_levels(const struct scorer *s, struct arena *arena, struct score *out);

/* The share of all weights that was earned, over the graded criteria. */
double score_coverage(const struct rubric *r, const struct score *out);

/* What the guards leave of an answer: 1 when none acts. */
double score_guards_factor(const struct weights *w, const struct guard_reading *r);
void score_find_guards(struct scorer *s, struct arena *arena, struct score *out);
enum { SLIPS_MOST = 12 };
/* The sentence of a wrong result explains nothing, nor does one that tells it again. */
void score_miscount(struct text *t, size_t result);
void score_find_slips(struct scorer *s, struct arena *arena, struct score *out);
/* Adds those of figures that are told again: see conversion.c. */
void score_find_conversions(struct scorer *s, struct score *out);
/* The rest, once the coverage is known. */
void score_add_up(struct scorer *s, const struct answer *answer, struct arena *arena,
                  struct score *out);

#endif
