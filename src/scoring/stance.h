/*
 * stance.h - whether the writer stands behind a word: asserted, negated, rejected, cut from scope,
 * asked, or said to the grader.
 *
 *   NEGATED   "never waits behind marketing": the words may still explain a mechanism
 *   REJECTED  "we do not use a queue", "no cache": counts only with a reason in the sentence
 *   VOID      "I would not do this: ...": nothing in the sentence counts
 *   CUT       "analytics is out of scope": counts only for what looks for the cut itself
 *   ASKED     a question, or a plan ("I would discuss ..."): names things, explains nothing
 *   GRADER    speaks to the grader: nothing counts
 *   ECHO      repeats the prompt: nothing counts
 */
#ifndef VIVA_SCORING_STANCE_H
#define VIVA_SCORING_STANCE_H

#include <stdint.h>

#include "base/memory.h"
#include "scoring/matcher.h"
#include "scoring/text.h"

enum stance {
    STANCE_ASSERTED,
    STANCE_NEGATED,
    STANCE_REJECTED,
    STANCE_VOID,
    STANCE_CUT,
    STANCE_ASKED,
    STANCE_GRADER,
    STANCE_ECHO,
    STANCE_WRONG, /* in a sentence with a red flag */
};

/* One per word of a text. `marker` is the word that made it so: what matches the marker itself
 * looked for the negation and is not touched by it. UINT32_MAX: none. */
struct word_stance {
    uint8_t stance;
    uint32_t marker;
};

struct stances {
    ARRAY(struct word_stance) words;
    uint32_t rejected_sentences, grader_sentences, echo_sentences;
    uint32_t announced_sentences; /* see frame_announces() */
};

void stances_release(struct stances *s);

/* Finds the stance of each word; ECHO is set by stance_mark_echo(). */
void stance_read(struct stances *out, const struct text *text, const struct dictionary *d);

/*
 * Marks sentences that repeat the prompt: most of their runs of three stems stand in it too.
 * `prompt` are its stems in order.
 */
void stance_mark_echo(struct stances *out, const struct text *text,
                      const uint32_t *prompt, size_t prompt_count);

/* Whether words first..last count: what stands behind them, at its worst. */
enum stance stance_of(const struct stances *s, uint32_t first, uint32_t last);
/* The worst among the places of a match; a marker that is itself looked for does no harm. */
enum stance stance_of_match(const struct stances *s, const struct match *m);

#endif
