/*
 * given.h - what the prompt says in figures. Who asks "how many links a month?" has overlooked it, and is
 * told the sentence again.
 */
#ifndef VIVA_SESSION_GIVEN_H
#define VIVA_SESSION_GIVEN_H

#include <stddef.h>

#include "scoring/text.h"

/*
 * The number of the sentence of `prompt` that answers `question`; -1 when none does, or it asks for no
 * figure. What answers is a clause (what commas, colons and breaks divide) with a number that shares a word
 * with "how many", "the rate of" and the like; to "what traffic?" any clause with a number does. Both texts
 * were read with `d`.
 */
int given_find(const struct text *prompt, const struct text *question,
               const struct dictionary *d);

#endif
