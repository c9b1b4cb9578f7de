/*
 * screen.h - what the terminal can show, and text laid out for it.
 *
 * Everything is rendered into a `struct buffer` by pure functions and written once by whoever owns
 * the stream. Text from people is made harmless here: screen_wrap() and screen_cell() pass it
 * through utf8_add_harmless(), so no escape sequence of a transcript reaches a terminal.
 *
 * Colour only repeats what words already say: bold, dim, and the base colours that read on light
 * and dark grounds.
 */
#ifndef VIVA_TERMINAL_SCREEN_H
#define VIVA_TERMINAL_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"

enum { SCREEN_NARROWEST = 40, SCREEN_WIDEST = 120, SCREEN_USUAL = 80 };

struct screen {
    int width; /* columns, SCREEN_NARROWEST..SCREEN_WIDEST */
    bool colour;
    bool plain;    /* nothing redrawn, no block characters, every state in words */
    bool terminal; /* the stream is one */
    int height;    /* lines; 0 when there is no window */
};

enum screen_style {
    SCREEN_NORMAL,
    SCREEN_BOLD,
    SCREEN_DIM,
    SCREEN_GOOD,    /* green */
    SCREEN_WARN,    /* yellow */
    SCREEN_BAD,     /* red */
    SCREEN_SPEAKER, /* cyan: who says it */
};

/*
 * Finds out about a stream: width from $COLUMNS, else from the terminal, else 80; colour unless
 * NO_COLOR, TERM=dumb, no terminal or plain; plain when asked for or by ACCESSIBLE=1.
 */
void screen_init(struct screen *s, FILE *stream, bool plain);

/* Width and height again, after a resize; $COLUMNS and $LINES go before the window. */
void screen_measure(struct screen *s, FILE *stream);

/* Turns a style on; SCREEN_NORMAL ends it. Adds nothing without colour. */
void screen_style(struct buffer *out, const struct screen *s, enum screen_style style);
/* The text, harmless, in a style. */
void screen_styled(struct buffer *out, const struct screen *s, enum screen_style style,
                   const char *text);

/*
 * Appends the text in lines of at most `width` columns, broken at spaces (a longer word is cut at
 * a character), without a newline at its end. Later lines begin with `indent` spaces; the first
 * with `first_indent`, or, when that is negative, at column -first_indent, where the cursor stands
 * already. Newlines in the text begin a line; runs of spaces are kept within a line.
 */
void screen_wrap(struct buffer *out, const char *text, size_t length, int width, int indent,
                 int first_indent);

/* A paragraph with its newline, every line of it indented. */
void screen_paragraph(struct buffer *out, const struct screen *s, const char *text, int indent);
/* An empty line, and a line in bold. */
void screen_heading(struct buffer *out, const struct screen *s, const char *text);

/* The text cut or padded with spaces to exactly `columns`; a cut ends in "…", or "." in plain. */
void screen_cell(struct buffer *out, const struct screen *s, const char *text, int columns);

/* A bar of `columns` for a share of 0..1; nothing in plain mode, where words say it. */
void screen_bar(struct buffer *out, const struct screen *s, double share, int columns);

/* "left ... right" over the whole width; on two lines when it does not fit. */
void screen_ends(struct buffer *out, const struct screen *s, const char *left, const char *right);

/* Writes all of it and flushes; false when the stream did not take it. */
bool screen_write(FILE *stream, const struct buffer *text);

/*
 * Shows long output: by way of $PAGER (or less, when it is there) if `stream` is a terminal that
 * is shorter than the text, else plainly. In plain mode never a pager.
 */
void screen_page(const struct screen *s, FILE *stream, const struct buffer *text);

#endif
