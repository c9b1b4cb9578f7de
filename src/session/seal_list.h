/*
 * seal_list.h - strengths and gaps as they are typed on the way to a verdict: "a; b". A list that is kept has its
 * pieces trimmed, each once, and is "" where there are none.
 */
#ifndef VIVA_SESSION_SEAL_LIST_H
#define VIVA_SESSION_SEAL_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/json.h"

enum seal_list {
    SEAL_LIST_FINE,
    SEAL_LIST_RECOMMENDS, /* whether to hire, which is neither a strength nor a gap */
    SEAL_LIST_NO_NUMBER,  /* a number for which nothing is proposed */
};

/* Reads what was typed into `out`. Bare numbers, "1 3", are those places of what is proposed; pieces that say "none" or
 * "-" are none. Only where it is fine `out` is filled. */
enum seal_list seal_list_read(const char *words, const char *proposed,
                              struct buffer *out);

/* Whether it says that there are none. */
bool seal_list_is_none(const char *words);
size_t seal_list_count(const char *words);
/* The pieces; with `numbered` and more than one "1 a; 2 b". */
void seal_list_show(const char *words, bool numbered, struct buffer *out);
json_t *seal_list_json(const char *words);

/* "y but weak on rollout", "no hire", "lean yes": not the words of seal_parse_recommendation() alone. */
bool seal_list_recommends(const char *words);

#endif
