/*
 * sitting.h - what practice, resume and home share: a session from its first line to its card.
 */
#ifndef VIVA_COMMAND_SITTING_H
#define VIVA_COMMAND_SITTING_H

#include "command/command.h"
#include "command/model.h"
#include "scoring/rubric.h"

struct sitting_plan {
    const char *scenario;
    enum level level; /* LEVEL_NONE: the scenario's own */
    double minutes;   /* in all; 0: the scenario's own */
    const char *phases; /* "estimation,api": these alone; NULL: all */
    bool pressure, no_clock;
    const char *candidate, *interviewer; /* of an interview; NULL: practice */
    struct model *model; /* that grades or asks too; NULL: none */
};

/* --minutes and --no-clock, into the plan: false when both are there. */
bool sitting_read_clock(const struct command_context *ctx, struct sitting_plan *plan,
                        struct error *e);

/* A new session. The exit status. */
int sitting_begin(struct command_context *ctx, const struct sitting_plan *plan, struct error *e);

/* Goes on with a transcript; one that ended without a grade is graded. */
int sitting_resume(struct command_context *ctx, const char *path, struct model *model,
                   struct error *e);

/* Somebody's own score of an interview that is over: the transcript, tags, the verdict. */
int sitting_score(struct command_context *ctx, const char *path, const char *by, struct error *e);

/* Sessions that one can go on with: neither over nor open elsewhere. */
struct open_session {
    char *path; /* the newest, which the caller frees; NULL: none of the last few */
    size_t count, looked; /* how many they are among the last `looked` transcripts */
    bool all;             /* which are all there are */
};

/* Finds the newest, and if they are to be `counted` looks further back. */
void sitting_open_session(struct command_context *ctx, bool counted,
                          struct open_session *out);

#endif
