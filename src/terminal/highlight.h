/*
 * highlight.h - a paragraph with some of its words in a style: screen_wrap() for text in which something stands
 * out. Where there is no colour the words stand in brackets, so the paragraph says the same.
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
