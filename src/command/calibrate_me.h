/*
 * calibrate_me.h - viva calibrate --me: a person grades five of a rubric's own samples and sees
 * how far from their anchors.
 *
 * The anchor of a sample is the band of points that its author gives it, and that `viva check`
 * holds the built-in grader to. One sample of each kind below is drawn, so that the whole scale is
 * there. Nothing is saved.
 */
#ifndef VIVA_COMMAND_CALIBRATE_ME_H
#define VIVA_COMMAND_CALIBRATE_ME_H

#include "command/command.h"

/* `scenario` NULL: it is asked for. `seed` chooses the samples and their order. The exit status. */
int calibrate_me(struct command_context *ctx, const char *scenario, unsigned long seed,
                 struct error *e);

#endif
