/*
 * completion.h - what a chat-completions server sends back: one object, or the chunks of
 * a stream. Pure.
 *
 * Nothing of it is believed: numbers out of range are unknown, and text is whatever bytes
 * are valid UTF-8.
 */
#ifndef VIVA_JUDGE_COMPLETION_H
#define VIVA_JUDGE_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct completion {
    struct buffer text;
    long tokens_in, tokens_out; /* -1: not said */
    bool refused;               /* `text` is the refusal then */
    bool cut;                   /* it ended at the server's limit of length */
    bool done;                  /* a stream said that it is whole */
};

void completion_init(struct completion *c);
void completion_release(struct completion *c);

/* A whole reply. -1 and an error (without the host's name) when it is none. */
int completion_read(struct completion *c, const char *body, size_t length,
                    struct error *e);

/* The data of one event of a stream; what is new of the text stands behind the old.
 * "[DONE]" sets `done`. */
int completion_add(struct completion *c, const char *data, size_t length,
                   struct error *e);

/* -1 and an error when there is nothing to use in it: refused, cut off, or empty. */
int completion_check(const struct completion *c, struct error *e);

/* Bytes of a "<think>...</think>" block at the beginning, which some models put before
 * what they say. *open: it, or what may become one, has no end yet. */
size_t completion_thoughts(const char *text, size_t length, bool *open);

/* {"data": [{"id": ...}]}: 1 when the model is in the list, 0 when it is not, -1 when it
 * is no list. */
int completion_lists_model(const char *body, size_t length, const char *model);

#endif
