/*
 * agenda.h - what an interviewer has still to ask about. Goes by the interviewer's own
 * tags and questions and never by what the grader makes of the candidate's words: a hint
 * of its grade would be no better than the grade itself, before the interviewer's own is
 * sealed.
 */
#ifndef VIVA_SESSION_AGENDA_H
#define VIVA_SESSION_AGENDA_H

#include <stddef.h>

#include "session/session.h"
#include "session/tags.h"

/*
 * Criteria of the phases first..last that are not tagged, the most urgent at the
 * session's level first; those that only the interviewer can raise are among them once
 * the twist is said. Fills at most `room` and returns how many there are.
 */
size_t agenda_untouched(const struct session *session, const struct tags *tags,
                        size_t first, size_t last, size_t *list, size_t room);

/*
 * The criterion to ask about next, or -1: it was not asked about yet, and is not tagged,
 * or tagged less than explained. Those of the open phase come first, but for a weighty
 * one that an earlier phase left behind; how the candidate talks comes last.
 */
int agenda_probe(const struct session *session, const struct tags *tags);

/* Ladders with a step left, of criteria up to the open phase that are not tagged
 * explained. */
size_t agenda_hints(const struct session *session, const struct tags *tags,
                    size_t *ladders, size_t room);

#endif
