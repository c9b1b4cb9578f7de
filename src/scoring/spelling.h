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

/* Whether a known word begins with this one and goes on: "web", of "websocket". */
bool spelling_begins_word(const struct spelling *s, const char *word, size_t length);

#endif
