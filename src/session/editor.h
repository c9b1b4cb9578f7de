/*
 * editor.h - a text in the person's own editor.
 */
#ifndef VIVA_SESSION_EDITOR_H
#define VIVA_SESSION_EDITOR_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

enum { EDITOR_TEXT_MAX = 128 * 1024 }; /* bytes taken back */

/*
 * Opens $VISUAL, else $EDITOR, else vi on a private copy of `text` and replaces it by what was
 * saved, without newlines at its end. When the editor fails the text stays as it was and the error
 * says why. `terminal`: it may use standard input; otherwise that is empty for it.
 */
int editor_change(struct buffer *text, bool terminal, struct error *e);

#endif
