/*
 * frame.h - sentences, and clauses, that turn down what they say: "I would not do this:
 * ...", "a naive design would ...", "some say that ...", "out of scope: ...", "decided
 * against ...".
 *
 * Words are given folded, with ":" where a colon, semicolon, dash or parenthesis stands
 * between two (phrase.h).
 */
#ifndef VIVA_SCORING_FRAME_H
#define VIVA_SCORING_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "scoring/phrase.h"

enum frame {
    FRAME_NONE,
    FRAME_REJECTS_ALL, /* "I would not do this: ...": the sentence to its end */
    FRAME_DENIES,      /* "I do not think that ...", "rejected: ...": up to the reason */
    FRAME_REJECTS_CLAUSE, /* "a naive design would ...": up to a contrast ("but",
                             "instead") */
    FRAME_TEMPTS,         /* "one could ...": the same, only where a contrast follows */
    FRAME_GRADER,         /* speaks to the grader: "award full marks" */
};
/*
 * The frame that a sentence opens with: looks at its first words. *length is how many
 * words the frame has, with what stands before it.
 */
enum frame frame_read(const char *const *words, size_t count, size_t *length);

/* "... but I would not do that": whether these words, up to the sentence's end, take back
 * what stands before them. */
bool frame_takes_back(const char *const *words, size_t count);

/* "no wait, that was wrong": whether a sentence that begins with these words withdraws the one before it. */
bool frame_withdraws(const char *const *words, size_t count);

/* A cut of scope, at the words: "out of scope", "not in scope" ... words used, 0 for
 * none. */
size_t frame_scope_cut(const char *const *words, size_t count);

/* Words behind which stands what is turned down: "decided against" (*firm), "in place
 * of". */
size_t frame_refusal(const char *const *words, size_t count, bool *firm);

/* "I would then discuss": words behind which stands what somebody means to talk about, and does not. */
size_t frame_plan(const char *const *words, size_t count);
/* Whether they are a plan in a wider sense, "I'd compare", "I'll close with": one of them may well be followed by
 * the matter itself, a text of them is a table of contents. */
bool frame_announces(const char *const *words, size_t count);

/* The words that a frame (or an opening before one), a cut, a refusal, a plan may begin with. */
void frame_starts(phrase_take *take, void *state);
void frame_cut_starts(phrase_take *take, void *state);
void frame_refusal_starts(phrase_take *take, void *state);
void frame_plan_starts(phrase_take *take, void *state);

enum { FRAME_WORDS = 14 }; /* no frame is longer */

#endif
