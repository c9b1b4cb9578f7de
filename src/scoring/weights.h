/*
 * weights.h - the fitted numbers of the grader, from rubrics/weights.json. They are data: one set
 * for every criterion of every scenario, placed by script/fit-weights on graded answers.
 *
 * How they are used is said where they are used: verdict.h (features, cuts), guard.h (ramps),
 * score.h (map, depth, red flags).
 */
#ifndef VIVA_SCORING_WEIGHTS_H
#define VIVA_SCORING_WEIGHTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "scoring/english.h"
#include "scoring/feature.h"
#include "scoring/order.h"

/* A guard takes nothing up to `from`, all it may from `to` on, leaving `floor` of the credit, and
 * does not act on fewer than `minimum` words. One that the file does not name never acts. */
struct ramp {
    double from, to, floor, minimum;
};

enum guard {
    GUARD_LIST,
    GUARD_NAMES,
    GUARD_FILLER,
    GUARD_REPETITION,
    GUARD_ORDER,
    GUARD_PHRASES,
    GUARD_ADVERTISING,
    GUARD_REASONS,
    GUARD_PLAN,
    GUARD_PROMPT,
    GUARD_TOPIC,
    GUARD_COUNT,
};
extern const char *const guard_names[]; /* "list", ..., NULL */

enum { MAP_POINTS_MAX = 12 };

/* From weighted coverage to points, rising, linear between. */
struct coverage_map {
    struct {
        double coverage, score;
    } points[MAP_POINTS_MAX];
    size_t count;
};

/*
 * What is different where somebody asks. Off-topic words: the share that is allowed, and the coverage between which the
 * guard is lifted (score.c). Length: who is asked on and on touches everything in the end, so that a long dialogue
 * covers more at the same depth, needs more different words, and holds more false alarms (points.c); all of it comes in
 * between `words_from` and `words_to`. A file without it treats dialogues as written answers.
 */
struct dialogue_weights {
    double topic, lift_from, lift_to;
    double words_from, words_to;
    double
        flags_spared; /* so many red flags of a long dialogue are held to be false alarms */
    double
        stood_counts; /* the first red flag that was asked about and stood by counts for so many */
    double
        growth; /* different words grow with this power of the length (Heaps' law, Heaps 1978) */
    struct coverage_map map;
};

struct weights {
    int version;
    char hash[HASH_TEXT_SIZE]; /* of the file's bytes */
    double feature[FEATURE_COUNT];
    double cut_mentioned, cut_explained; /* of the latent value */
    double
        names_only_from; /* a guard but order and topic that leaves less than this makes
                               mechanisms count as names */
    double flag_doubt;      /* taken off each latent value per red flag that is no accident, of which */
    double flag_doubt_most; /* no more than so many count; and a share of it where the */
    double flag_doubt_elsewhere; /* evidence stands in a phase without a flag */
    double pull; /* how far the answer's mean latent value moves each criterion; the mean is over
                    those with evidence and `pull_usual_count` more with the value `pull_usual`, so
                    that a short text is not held to be a weak one */
    double pull_usual, pull_usual_count;
    double mentioned_credit;  /* what a mere mention is worth of an explanation */
    double
        credit_steepness; /* how much steeper than its chance the credit for explaining rises */
    double
        prompted_credit; /* what is kept of credit won after a probe or hint on the criterion */
    double usual_names,
        usual_mechanisms; /* so many expressions a criterion has in the rubrics of the fit, at
                                             least: where there are fewer, a hit counts for more; 0: never */
    struct coverage_map map;
    struct dialogue_weights dialogue;
    double depth_numbers, depth_words, depth_weighing, depth_limits,
        depth_from; /* see points.c */
    double flag_void_from, flag_void_each, flag_void_floor, flag_few_most,
        flag_alone_most, flag_alone_from, flag_alone_share,
        flag_alone_rise; /* see points.c */
    double
        phrases_disorder; /* how much the order of words adds to the reading of phrases (guard.c) */
    /* points at most for a list, filler or a template, and for a text that explains nothing */
    double no_prose_most;
    /* Words off the topic that are allowed, as a share, to who covers so much of what is asked for: none up to
     * `from`, all from `to` on. */
    double topic_allowed, topic_from, topic_to;
    double unexplained_from, unexplained_to, unexplained_rise,
        unexplained_room;                       /* see points.c */
    double claims_from, claims_to, claims_most; /* see points.c */
    double clean_from,
        clean_to; /* share of words in phases without a flag, see points.c */
    struct ramp guards[GUARD_COUNT];
    /* How much likelier two kinds of words (order.h) stand beside each other in prose than in the same
     * words shuffled, as a logarithm. In the file: "of the": 0.9; 0 for a pair that is not there. */
    float order[ORDER_COUNT][ORDER_COUNT];
};

/* Reads weights from JSON text; every mistake is added to `errors`; NULL when there was one. */
struct weights *weights_load(const char *source, const char *text, size_t length,
                             struct error_list *errors) __attribute__((warn_unused_result));
void weights_free(struct weights *weights);

#endif
