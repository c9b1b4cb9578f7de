/*
 * order.h - what a word is to the words beside it. Most words are of their class; the commonest
 * function words are each of a kind of their own, since "the of" is rarer in prose than "of the", and
 * content words go by their endings. The weights say of each pair how likely it is (weights.h).
 */
#ifndef VIVA_SCORING_ORDER_H
#define VIVA_SCORING_ORDER_H

#include <stddef.h>
#include <stdint.h>

#include "scoring/english.h"

/* A kind is an enum word_class, or a sentence's start or end, or an ending, or one word. */
enum {
    ORDER_START = CLASS_COUNT,
    ORDER_END,
    ORDER_FIRST_ENDING,
    ORDER_FIRST_WORD = ORDER_FIRST_ENDING + 6,
    ORDER_COUNT = ORDER_FIRST_WORD + 54,
};

/* "content", "number" ..., "-ing" ..., "the" ...: as they stand in the weights. */
extern const char *const order_names[ORDER_COUNT];

/* The kind that has this name, of `length` bytes; ORDER_COUNT: none. */
size_t order_find(const char *name, size_t length);

/* The kind of a word of content, by its ending. */
uint8_t order_of_content(const char *word, size_t length);

#endif
