/*
 * highlight.h - a paragraph in which some words stand out: screen_wrap() for text with stretches in brackets, and in a
 * style where there is colour. The brackets say the same to those who do not see it.
 */
#ifndef VIVA_TERMINAL_HIGHLIGHT_H
#define VIVA_TERMINAL_HIGHLIGHT_H

#include "terminal/screen.h"

struct highlight {
    size_t start, end; /* bytes of the text, between characters */
    enum screen_style style;
};

/* A paragraph and its highlights, which are in order and do not overlap. */
struct highlighted {
    const char *text;
    size_t length;
    const struct highlight *highlights;
    size_t count;
};

/* As screen_wrap() for the screen's width: the first line begins at `first_indent`, later ones at `indent`. No style
 * goes on over the end of a line. */
void screen_wrap_highlighted(struct buffer *out, const struct screen *screen,
                             const struct highlighted *paragraph, int indent, int first_indent);

#endif
