/*
 * stem.h - what the forms of a word have in common: "jobs" and "job", "cancelled" and "cancel".
 *
 * Snowball's English stemmer (Porter 2, snowballstem.org), with British spellings made American, and
 * with words kept apart that it takes for one although they mean different things: "evening" and
 * "even", "settings" and "set", "customer" and "custom", "businesses" and "busy".
 */
#ifndef VIVA_SCORING_STEM_H
#define VIVA_SCORING_STEM_H

#include <stddef.h>

enum { STEM_WORD_MAX = 64, STEM_ROOM = STEM_WORD_MAX + 8 };

struct stemmer;
struct stemmer *stemmer_new(void) __attribute__((warn_unused_result));
void stemmer_free(struct stemmer *s);

/*
 * The stem of a folded word (utf8_fold()) of at most STEM_WORD_MAX bytes, and its length; no zero
 * stands behind it. It lives until the next call. Words of one or two letters and those that begin with
 * a digit are their own stems.
 */
const char *stemmer_stem(struct stemmer *s, const char *folded, size_t length,
                         size_t *stem_length);

#endif
