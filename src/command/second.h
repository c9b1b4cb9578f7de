/*
 * second.h - the grade of a remote model beside the built-in one, for a session.
 */
#ifndef VIVA_COMMAND_SECOND_H
#define VIVA_COMMAND_SECOND_H

#include "command/model.h"
#include "session/debrief.h"
#include "session/talk.h"

/*
 * Asks the model about a session that was graded, and appends what it says beside the
 * card. 0, and `event` is filled and to be recorded or released; or -1 and an error, and
 * nothing is in either.
 */
int second_ask(struct model *m, const struct debrief *debrief,
               struct interviewer *interviewer, const struct talk *talk,
               struct arena *arena, struct buffer *out, struct event *event,
               struct error *e);

#endif
