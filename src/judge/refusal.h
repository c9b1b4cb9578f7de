/*
 * refusal.h - what an HTTP status that is no success means, and what the server says of
 * it. Pure.
 */
#ifndef VIVA_JUDGE_REFUSAL_H
#define VIVA_JUDGE_REFUSAL_H

#include <stdbool.h>

#include "base/buffer.h"

/* Whether it may pass: 408, 429, and those of 500 and more that say "not now". */
bool refusal_is_passing(long status);

/* What to say and to do, behind the host's name; NULL: the server's own words say more.
 */
const char *refusal_advice(long status);

/* The server's own words on one line, harmless, cut, and without the key (may be NULL);
 * nothing when it says nothing that is meant to be read. */
void refusal_words(const char *body, size_t length, const char *key, struct buffer *out);

#endif
