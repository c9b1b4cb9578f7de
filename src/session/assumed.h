/*
 * assumed.h - what the candidate did not ask, and settled without: facts whose subject stands in a sentence that states
 * an assumption, or is put out of scope. Who has done that is not told that it was never asked.
 */
#ifndef VIVA_SESSION_ASSUMED_H
#define VIVA_SESSION_ASSUMED_H

#include <stdbool.h>

#include "content/scenario.h"
#include "scoring/lexicon.h"
#include "session/answer.h"

/* Fills `out`, one a fact. */
void assumed_find(const struct session_answer *answer, const struct scenario *scenario,
                  const struct lexicon *lexicon, bool *out);

#endif
