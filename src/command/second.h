/*
 * second.h - the grade of a remote model beside the built-in one, for a session.
 */
#ifndef VIVA_COMMAND_SECOND_H
#define VIVA_COMMAND_SECOND_H

#include "command/model.h"
#include "session/debrief.h"
#include "session/talk.h"

/* A session that was graded, and what comes of asking a model about it. */
struct second {
    const struct debrief *debrief;
    struct interviewer *interviewer;
    const struct talk *talk; /* for its screen and clock */
    struct buffer text;      /* what stands beside the card; begins as BUFFER_INIT */
    struct event event;      /* the score, to be recorded or released */
};

/* Prints what would be sent to `out`, and sends nothing. */
void second_show(struct model *m, const struct second *second, struct arena *arena, FILE *out);

/* Asks. 0, and text and event are filled; or -1 and an error, and nothing is in either.
 */
int second_ask(struct model *m, struct second *second, struct arena *arena,
               struct error *e);

#endif
