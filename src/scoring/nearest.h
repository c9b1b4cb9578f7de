/* nearest.h - the sentence of a text that comes nearest to what was looked for and not found. */
#ifndef VIVA_SCORING_NEAREST_H
#define VIVA_SCORING_NEAREST_H

#include "scoring/text.h"

/*
 * Index of the first of the sentences that share most distinct content words with the strings of
 * `about` (NULL-terminated); -1 when none shares any. The words of `about` are added to the
 * dictionary that the text was read with.
 */
int nearest_sentence(const struct text *text, struct dictionary *d, const char *const *about);

#endif
