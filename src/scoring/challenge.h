/*
 * challenge.h - what becomes of a known misconception when the interviewer has asked about it.
 *
 * The question does not say what is right. Of replies by people who had seen no expression, six in ten of those
 * that put the matter right hit two expressions and more, as 2 in 100 of the others do; of those that stand by it
 * five in six hit none, as 1 in 11 of the others does. So two settle it, none confirms it, and one leaves it open. To own a mistake
 * ("my mistake", "you're right", "that was wrong: ...") is one more, to defend it ("I see no problem") one less; who says
 * "I stand by that" has not settled it, whatever else is right. Denied words do not count ("it is not lost"), but where the
 * expression has the denial itself ("not durable").
 */
#ifndef VIVA_SCORING_CHALLENGE_H
#define VIVA_SCORING_CHALLENGE_H

#include <stddef.h>

#include "scoring/lexicon.h"
#include "scoring/rubric.h"
#include "scoring/text.h"

enum challenged {
    CHALLENGE_NONE,      /* not asked about, or nothing was said to it */
    CHALLENGE_OPEN, /* neither: costs a little, and puts nothing else in doubt */
    CHALLENGE_CORRECTED, /* put right: counts for nothing */
    CHALLENGE_STOOD,     /* not put right: no false alarm */
};

struct challenge_reader;
/* Borrows the lexicon. Free with challenge_reader_free(). */
struct challenge_reader *challenge_reader_new(const struct challenge *challenge,
                                              const struct lexicon *lexicon)
    __attribute__((warn_unused_result));
void challenge_reader_free(struct challenge_reader *r);

/* What a reply of `count` parts makes of it; sets *best to the part that says most of it. */
enum challenged challenge_outcome(struct challenge_reader *r,
                                  const struct text_part *reply, size_t count,
                                  size_t *best);

#endif
