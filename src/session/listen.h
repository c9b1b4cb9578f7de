/*
 * listen.h - when the interviewer speaks without being asked, between one line and the next.
 */
#ifndef VIVA_SESSION_LISTEN_H
#define VIVA_SESSION_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/talk.h"

/*
 * After an answer: at most one question, about a contradiction (in the last phase), a
 * vague answer, or what a long phase has not touched; see interviewer.h. A model asks
 * once a phase about what was said but not explained.
 */
void listen_to(struct talk *t, const char *text, size_t length);

/* Asks about a contradiction if there is one; false: there is none. */
bool listen_contradiction(struct talk *t);

/* Asks about a doubtful claim of the open phase: "You said: ..., and the question. The same. */
bool listen_challenge(struct talk *t);

#endif
