/*
 * challenge.h - whether what somebody replied, when asked about a known misconception, puts it right.
 *
 * The question does not say what is right; who says it knows better than the claim did. Denied
 * words do not count ("it is not lost"), but where the expression has the denial itself ("not durable").
 */
#ifndef VIVA_SCORING_CHALLENGE_H
#define VIVA_SCORING_CHALLENGE_H

#include <stdbool.h>
#include <stddef.h>

#include "scoring/lexicon.h"
#include "scoring/rubric.h"
#include "scoring/text.h"

/* Fewer words are no reply: neither right nor wrong. */
enum { CHALLENGE_WORDS_LEAST = 5 };

struct challenge_reader;
/* Borrows the lexicon. Free with challenge_reader_free(). */
struct challenge_reader *challenge_reader_new(const struct challenge *challenge,
                                              const struct lexicon *lexicon)
    __attribute__((warn_unused_result));
void challenge_reader_free(struct challenge_reader *r);

bool challenge_is_corrected(struct challenge_reader *r, const struct text_part *reply,
                            size_t count);

#endif
