/*
 * feature.h - what is measured of an answer for one criterion; the weights say what it means.
 * All counts enter as log(1 + n), so that a second sentence adds less than the first.
 */
#ifndef VIVA_SCORING_FEATURE_H
#define VIVA_SCORING_FEATURE_H

enum feature {
    FEATURE_NAMED,               /* 1: it is called by a name */
    FEATURE_NAMES,               /* distinct name expressions that hit */
    FEATURE_EXPLAINED,           /* 1: a mechanism is at work */
    FEATURE_MECHANISMS,          /* distinct mechanisms that hit */
    FEATURE_MECHANISM_SENTENCES, /* sentences in which one hits */
    FEATURE_NAME_SENTENCES,      /* sentences with a name and no mechanism */
    FEATURE_NUMBERS,             /* quantities in the sentences of mechanisms */
    FEATURE_NAME_NUMBERS,        /* quantities in the sentences of names alone */
    FEATURE_SPECIFIC,      /* distinct content words in the sentences of mechanisms */
    FEATURE_NAME_SPECIFIC, /* ... of names alone */
    FEATURE_OVERLAP,       /* 0..1: the criterion's own words in the best two sentences */
    FEATURE_OVERLAP_ALL,   /* 0..1: ... in the whole answer */
    FEATURE_REASON,        /* sentences of mechanisms with a reason */
    FEATURE_EARLY, /* 1: mechanisms hit in the first criterion's phase only, or in the first words of a
                                   text that is not divided, and are not expected there */
    FEATURE_ASKED, /* 1: it stands in a question only */
    FEATURE_COUNT,
};

extern const char *const feature_names[]; /* "named", ..., NULL */

#endif
