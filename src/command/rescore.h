/*
 * rescore.h - `viva score ID`: a session of the transcripts folder is graded once more, and the score is added to its
 * transcript. A FILE is only read: what names a file never gets here.
 */
#ifndef VIVA_COMMAND_RESCORE_H
#define VIVA_COMMAND_RESCORE_H

#include <stdbool.h>

#include "command/model.h"
#include "command/past.h"

/* Whether an argument is no file, but the beginning of one session's id (or of more than one's). */
bool rescore_is_id(struct command_context *ctx, const char *argument);

/* A session that was graded again, and the score that stands for it. */
struct rescored {
    struct past past;
    const struct score *score;
    const char *grader;
    struct buffer more; /* further members of the JSON line, each with a comma before it */
};

/*
 * Grades by the model, or by the built-in grader when it is NULL, and appends the score; one that would say the same as
 * the last of the built-in grader is not. An exit status; close it in any case.
 */
int rescore_open(struct command_context *ctx, const char *id, struct model *model, struct rescored *out,
                 struct error *e);
void rescore_close(struct rescored *r);

#endif
