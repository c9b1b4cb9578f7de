/*
 * doctor_trouble.h - what stands in the way of a session, each with what to do about it.
 */
#ifndef VIVA_COMMAND_DOCTOR_TROUBLE_H
#define VIVA_COMMAND_DOCTOR_TROUBLE_H

#include <stdbool.h>

#include "command/command.h"

/*
 * Loads all content as a session would, and looks at the folders that are written to: writes the
 * section "to mend" to ctx->out, "nothing" when there is nothing. Whether there was anything.
 */
bool doctor_trouble(struct command_context *ctx);

#endif
