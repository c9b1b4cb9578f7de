/*
 * sealing.h - when grades of an interview are shown, and which: nobody's before the
 * interviewer's own is sealed; then all of them, side by side.
 */
#ifndef VIVA_COMMAND_SEALING_H
#define VIVA_COMMAND_SEALING_H

#include "command/command.h"
#include "session/seal.h"
#include "transcript/reader.h"

/* The verdict of whoever sits in the cockpit; once it is sealed the built-in grade is
 * recorded, if words of the candidate were typed, and all grades are shown. */
void sealing_run(struct talk *t);
/* Says that it is left open, and how to go on. */
void sealing_tell_open(struct talk *t);

/* Appends what people gave, each on a sheet, then all graders side by side. */
void sealing_write(const struct session *session, const struct screen *screen, struct buffer *out);

/*
 * Whether a grade of this session may be shown: false with an error (the answer is no) as
 * long as an interview's score is not sealed. With `anyway` it may, and the transcript at
 * `path` gets a note that says so, which keeps that person's later score out of
 * agreement. Whom it is shown to is $VIVA_INTERVIEWER; without it anybody who has still to seal may have
 * looked, so there is a note for each.
 */
bool sealing_may_show(struct command_context *ctx, const struct session *session,
                      const char *path, bool anyway, struct error *e);

/* The same of a transcript, for those that never show it anyway. */
bool sealing_allows(struct command_context *ctx, const struct transcript *t,
                    struct error *e);

#endif
