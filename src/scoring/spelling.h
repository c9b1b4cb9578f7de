/*
 * spelling.h - typing errors forgiven: which known word a strange one was meant to be.
 *
 * Compared are stems of six letters and more with the same first letter, one error apart (a letter
 * missing, doubled, wrong, or two swapped), two apart from nine letters on; swapped letters alone
 * from five on. Shorter words are too near to each other for a guess to be fair.
 */
#ifndef VIVA_SCORING_SPELLING_H
#define VIVA_SCORING_SPELLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct spelling;
struct spelling *spelling_new(void) __attribute__((warn_unused_result));
void spelling_free(struct spelling *s);

/* Adds a folded word and its stem's number. */
void spelling_add(struct spelling *s, const char *word, size_t length, uint32_t stem);
void spelling_seal(struct spelling *s);

/* The stem that a folded word stands for: its own when that is known or nothing is near. */
uint32_t spelling_correct(const struct spelling *s, const char *word, size_t length,
                          uint32_t stem);

/* The letters with which known words that begin with this one go on: "s" for "web", of "websocket"; 0 where
 * none does. spelling_letter() is the bit of one; all that are not a to z share one. */
uint32_t spelling_next_letters(const struct spelling *s, const char *word, size_t length);
uint32_t spelling_letter(char letter);

#endif
