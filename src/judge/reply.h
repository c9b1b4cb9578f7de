/*
 * reply.h - a model's verdicts, read strictly. Pure; the text is not to be trusted.
 *
 *     {"verdicts": [{"id": "...", "quote": "...", "verdict": "absent" | "mentioned" |
 * "explained"}, ...]}
 *
 * Each criterion that was asked for must stand in it once, and no other. The object may
 * stand in a code fence, or among prose, or behind a <think> block, as long as it is the
 * only one; within it nothing is guessed: an unknown key, a wrong type, a verdict of
 * another name is a mistake, and the whole reply is refused.
 */
#ifndef VIVA_JUDGE_REPLY_H
#define VIVA_JUDGE_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"
#include "scoring/rubric.h"

enum { REPLY_QUOTE_MAX = 2000 }; /* bytes */

struct reply_verdict {
    enum verdict verdict;
    const char *quote; /* in the arena; "" for none */
    size_t quote_length;
};

/* What was asked for, and where quotes are kept. */
struct reply_form {
    const struct rubric *rubric;
    const bool *wanted; /* one a criterion */
    struct arena *arena;
};

/* `out` has one entry a criterion; those not wanted are absent. On -1 the message says
 * what is wrong, fit to be shown and to be sent back. */
int reply_read(const char *text, size_t length, const struct reply_form *form,
               struct reply_verdict *out, struct error *e);

#endif
