/*
 * chance.h - numbers that nobody can foresee: fences, and the jitter of retries. With
 * VIVA_LLM_SEED set always the same sequence, so that a test can know the bytes of a
 * request.
 */
#ifndef VIVA_JUDGE_CHANCE_H
#define VIVA_JUDGE_CHANCE_H

#include <stddef.h>

/* In [0, 1). */
double chance_share(void);
/* Hexadecimal digits, and a zero behind them. */
void chance_digits(char *text, size_t count);

#endif
