/*
 * model.h - what a strong answer says: shown on request, and only to phases that were attempted.
 */
#ifndef VIVA_SESSION_MODEL_H
#define VIVA_SESSION_MODEL_H

#include <stdbool.h>

#include "base/buffer.h"
#include "scoring/rubric.h"
#include "session/session.h"
#include "terminal/screen.h"

/* A strong answer to a phase, from the rubric's samples; NULL: there is none. */
const char *model_answer(const struct rubric *rubric, const char *phase);

/* Whether the candidate has said anything but questions in the phase. */
bool model_attempted(const struct session *session, size_t phase);

/* Appends a strong answer to each phase that was attempted, laid out for the screen. */
void model_write(const struct session *session, const struct screen *screen, struct buffer *out);

#endif
