/* doctor_model.h - what doctor says of the remote model. */
#ifndef VIVA_COMMAND_DOCTOR_MODEL_H
#define VIVA_COMMAND_DOCTOR_MODEL_H

#include "command/command.h"

/* Writes it to ctx->out as it finds out: the settings, and, when one has said yes, each
 * step of the way. The exit status. */
int doctor_model(struct command_context *ctx);

#endif
