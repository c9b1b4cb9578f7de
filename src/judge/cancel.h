/*
 * cancel.h - Ctrl-C while a request is under way gives up the request and not the
 * program. A hang-up or a request to end gives it up too, and is passed on to whoever
 * listened before.
 */
#ifndef VIVA_JUDGE_CANCEL_H
#define VIVA_JUDGE_CANCEL_H

#include <stdbool.h>

void cancel_listen(void); /* from here on */
void cancel_ignore(void); /* as it was before */
bool cancel_wanted(void);

#endif
