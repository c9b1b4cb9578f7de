/*
 * figure.h - figures that nobody has named. Pure.
 *
 * A figure is a run of digits with points and commas between them: "40", "1,000",
 * "99.99". It is known when it stands as one in what was said before: "40" is not in
 * "400", "1.40" or "40,000".
 */
#ifndef VIVA_JUDGE_FIGURE_H
#define VIVA_JUDGE_FIGURE_H

#include <stdbool.h>

/* Whether `word` holds a figure that is not in `known`. */
bool figure_is_new(const char *known, const char *word);

#endif
