/*
 * wrapped.h - the line that is being typed, broken between words for a window.
 *
 * Pure: it makes of the line a copy to be shown, with a newline and an indent wherever a row ends,
 * and says where in it the cursor stands. prompt.c has readline display the copy in place of the
 * line, so that readline knows at any time what stands on the screen and where; the line itself is
 * never changed.
 *
 * A row is filled up to the column before the last, so that no terminal wraps on its own. A word
 * that does not fit goes to the next row, one that fits on no row is broken by columns; wide
 * characters may be parted from their neighbours, since their scripts have no spaces. Blanks at a
 * row's end hang beyond it: they are not shown, and the cursor stays at the end of the row. Tabs
 * are shown as spaces, control characters as ^X.
 *
 * Of a line with more rows than there is room for those around the cursor are shown; behind the
 * prompt stands "..." when they do not begin with the first.
 */
#ifndef VIVA_TERMINAL_WRAPPED_H
#define VIVA_TERMINAL_WRAPPED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum {
    WRAPPED_INDENT = 2,     /* columns before each row but the first */
    WRAPPED_NARROWEST = 20, /* a window below this is none to wrap in */
};

/* Columns that a character takes, 0..2; it is asked of no control character. */
typedef int (*wrapped_columns)(int32_t codepoint);

struct wrapped_line {
    const char *text; /* borrowed; any bytes */
    size_t length;
    size_t point, mark; /* byte offsets; one behind the end is the end */
    int prompt; /* columns that stand before the line on its first row, below `width` */
    int width;  /* columns of the window, WRAPPED_NARROWEST or more */
    int height; /* rows that may be shown, 2 or more; INT_MAX: all */
    wrapped_columns columns;
};

struct wrapped {
    struct buffer shown;
    size_t point, mark; /* byte offsets of the same places in `shown` */
    bool cut;           /* some rows were left out */
    int prompt;
    wrapped_columns columns;
};

#define WRAPPED_INIT                                                                     \
    {                                                                                    \
        .shown = BUFFER_INIT                                                             \
    }

/* Fills *w, whatever was in it, which the caller releases: wrapped_release(). */
void wrapped_lay_out(struct wrapped *w, const struct wrapped_line *line);
void wrapped_release(struct wrapped *w);

/*
 * Rows between the first and that of the cursor on a terminal of `width` columns that has broken
 * rows which it has no room for: what a window that was made narrower shows of an older *w. With
 * INT_MAX: on one that cuts them off.
 */
int wrapped_rows_above(const struct wrapped *w, int width);
/* Rows that are shown; one at the end with nothing in it does not count. */
int wrapped_rows(const struct wrapped *w);

/*
 * Columns of a prompt as readline has it, without what stands between \001 and \002; -1 when it has
 * several lines.
 */
int wrapped_prompt(const char *prompt, wrapped_columns columns);

#endif
