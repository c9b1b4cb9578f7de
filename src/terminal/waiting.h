/*
 * waiting.h - a quiet line while something takes its time: "asking localhost, 3 s". It
 * appears after a second, says how long it has been, and is gone afterwards. Nothing of
 * it on what is no terminal, or in plain mode.
 */
#ifndef VIVA_TERMINAL_WAITING_H
#define VIVA_TERMINAL_WAITING_H

#include <stdio.h>

#include "terminal/screen.h"

struct waiting {
    FILE *stream;
    const struct screen *screen; /* of the stream */
    const char *what;            /* "asking localhost" */
    int shown;                   /* columns that stand there now */
    int seconds;                 /* that it says */
};

/* Shows or renews the line; `state` is a struct waiting. */
void waiting_show(void *state, double seconds);
/* Takes it away. */
void waiting_clear(struct waiting *w);

#endif
