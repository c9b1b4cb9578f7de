/*
 * examine.h - an endpoint looked at step by step, as far as it goes: is it there, may we,
 * does it answer.
 *
 * It sends what doctor's reader can see: a question for the list of models, and two
 * requests for one word. What is found out about the shapes of replies that the server
 * knows is remembered (keep.h).
 */
#ifndef VIVA_JUDGE_EXAMINE_H
#define VIVA_JUDGE_EXAMINE_H

#include "base/error.h"
#include "judge/settings.h"

enum examine_result { EXAMINE_FINE, EXAMINE_NOTE, EXAMINE_FAILED };

/* Called for each step in turn: its name, how it went, and what to know or do. */
typedef void examine_teller(void *state, const char *step, enum examine_result result,
                            const char *words);

/* Ends behind the first step that fails. False when one did. */
bool examine_endpoint(const struct endpoint_settings *settings, examine_teller *tell,
                      void *state, void (*wait)(void *state, double seconds),
                      void *wait_state);

#endif
