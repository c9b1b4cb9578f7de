/*
 * ask.h - the interviewer asks about a point: in a model's words when there is one, else
 * in the rubric's.
 *
 * Which point, when and how often is decided by interviewer.h and listen.h, whoever words
 * it. When the model fails, the built-in words are said at once, and so for the rest of
 * the session when the endpoint is the reason.
 */
#ifndef VIVA_SESSION_ASK_H
#define VIVA_SESSION_ASK_H

#include "session/talk.h"

/* `about` as in transcript/event.h, NULL for a probe at /next. */
void ask_about(struct talk *t, const char *about, size_t criterion);

#endif
