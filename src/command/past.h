/*
 * past.h - a session of the past: its transcript read, replayed and graded, for the
 * commands that look back.
 */
#ifndef VIVA_COMMAND_PAST_H
#define VIVA_COMMAND_PAST_H

#include "command/command.h"
#include "report/report.h"
#include "session/debrief.h"
#include "transcript/reader.h"

struct past {
    struct command_context *ctx;
    char *path;
    struct scenario *scenario; /* the catalogue's */
    struct rubric *rubric;     /* the catalogue's */
    struct interviewer *interviewer;
    struct session *session;
    struct debrief debrief;
    struct arena arena;
    struct card card;
    char *next; /* id that the card speaks of */
    struct report report;
};

struct past_plan {
    const char *id; /* as in transcript_find(); NULL: the newest */
    bool anonymous;
    bool unsealed; /* show grades of an interview before its score is sealed; that is
                      noted in it */
};

/*
 * Opens a transcript, tells of bad lines and of content that has changed since, and fills
 * all of `out`. An exit status; close it in any case.
 */
int past_open(struct command_context *ctx, struct past_plan plan, struct past *out,
              struct error *e);
void past_close(struct past *past);

/* Where a grade was asked for that is not to be seen yet: says so, and is the exit
 * status. */
int past_unsealed(struct past *past, struct error *e);
/* The same as chatter, for what can be shown without a grade. */
void past_tell_unsealed(struct past *past);

/* Appends an event to the transcript, which this process does not have open: an exit
 * status. */
int past_append(struct past *past, struct event *event, struct error *e);

/* The time, as $VIVA_CLOCK has it if it is set: an exit status. */
int past_time(struct past *past, int64_t *now, struct error *e);

#endif
