/*
 * manner.h - how it was said: what can be counted of it, and when it was first said. No judgement.
 *
 * Counted are clarifying questions, sentences that state an assumption, sentences that name a
 * trade-off, numbers, and sentences that announce an order or sum up.
 */
#ifndef VIVA_SESSION_MANNER_H
#define VIVA_SESSION_MANNER_H

#include <stddef.h>
#include <stdint.h>

#include "scoring/lexicon.h"
#include "scoring/score.h"
#include "session/answer.h"

enum manner_kind {
    MANNER_QUESTIONS,
    MANNER_ASSUMPTIONS,
    MANNER_TRADE_OFFS,
    MANNER_NUMBERS,
    MANNER_STRUCTURE,
    MANNER_FAILURES, /* for its first time only */
    MANNER_KINDS,
};

/* What states an assumption, in the language of rubrics. */
extern const char *const manner_assumption;

struct manner {
    size_t counts[MANNER_KINDS];
    struct quote quotes[MANNER_KINDS]; /* the first of each; part -1: none */
};

void manner_read(const struct session_answer *answer, const struct lexicon *lexicon,
                 struct manner *out);

/* Milliseconds of the session at which the first of a kind was said, or -1. */
int64_t manner_first(const struct manner *manner, const struct session_answer *answer,
                     enum manner_kind kind);

#endif
