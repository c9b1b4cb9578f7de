/*
 * marks.h - brackets and signs that do not stand where writers put them: of notes, which have few small words
 * whose order could tell that they were shuffled.
 */
#ifndef VIVA_SCORING_MARKS_H
#define VIVA_SCORING_MARKS_H

#include <stddef.h>

#include "scoring/text.h"

/*
 * The share, from 0 to 1, of brackets and signs that are astray, beyond what happens to everybody: one of them
 * and one in twelve. A bracket is astray when it has no partner in its part. A sign is one of = + × ≈ -> => → between
 * blanks; it is astray without something on either side: nothing, another sign, a stop before it, a comma
 * or a closing bracket behind it. An arrow may begin a sentence. At the start of a line a sign marks an item.
 *
 * With it the scores of 521 graded answers and of 32 write-ups, whole, broken at 40 columns or on one line,
 * stay what they are; of 4,464 sound answers with the words of their sentences shuffled (twelve times 372) those
 * that get more than 25 points fall from 27 to 8. Short lines without such marks remain.
 */
double marks_astray(const struct text_part *parts, size_t count);

#endif
