/*
 * query.h - what somebody wants to find, as typed: words, "phrases in quotes", and beginnings with
 * a star, all of which one utterance must have.
 *
 * Each argument is read on its own. One with a space in it and no quotes is a phrase, since the
 * shell took its quotes away; in any other, quotes group words. Everything else is looked for as it
 * stands: there is no operator, so no input is wrong but one without a letter or digit, or one of
 * more than QUERY_WORDS words
 * or QUERY_BYTES bytes, since each word of a phrase costs time. A quote that is not closed ends with its argument.
 */
#ifndef VIVA_TRANSCRIPT_QUERY_H
#define VIVA_TRANSCRIPT_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

enum { QUERY_WORDS = 16, QUERY_BYTES = 1000 };

struct query {
    struct buffer match; /* the expression for FTS5's MATCH: "a" AND "b c" AND "d" * */
    size_t terms; /* words and phrases */
    size_t words; /* in all of them */
    bool phrase;  /* a term of several words stands in it */
};
#define QUERY_INIT { BUFFER_INIT, 0, 0, false }

/* 0, or -1 with an ERROR_USAGE. Release with query_release() in either case. */
int query_parse(struct query *q, char *const *args, size_t count, struct error *e)
    __attribute__((warn_unused_result));
void query_release(struct query *q);

#endif
