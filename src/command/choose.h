/*
 * choose.h - picking a scenario from the table, by its number or by what one remembers of it.
 */
#ifndef VIVA_COMMAND_CHOOSE_H
#define VIVA_COMMAND_CHOOSE_H

#include "command/command.h"

/* What people type at a question, whatever it is about. */
enum yes_no { SAID_OTHER, SAID_YES, SAID_NO, SAID_LEAVE };
enum yes_no yes_no_read(const char *text); /* blanks around it do not matter */

/*
 * Shows the table and asks for a number, a name or a word; a word that fits several shows these and
 * asks again, as does one of less than three letters that fits one. The caller frees the id. NULL
 * when nothing was chosen, and with an error when nobody is there to choose.
 */
char *scenario_choose(struct command_context *ctx, struct error *e)
    __attribute__((warn_unused_result));

#endif
