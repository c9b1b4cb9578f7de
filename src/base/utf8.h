/*
 * utf8.h - UTF-8 text: validity, characters, folding, widths. The one file with utf8proc.
 *
 * Nothing here fails on bad input: an invalid byte is one character, U+FFFD, one column wide.
 */
#ifndef VIVA_BASE_UTF8_H
#define VIVA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* How many bytes from the start are valid UTF-8. */
size_t utf8_valid_prefix(const char *text, size_t length);

/* Decodes one character at `text` (length > 0); returns its size in bytes, 1 for a bad byte. */
size_t utf8_decode(const char *text, size_t length, int32_t *codepoint);

/* Characters (code points, bad bytes counting one each). */
size_t utf8_count(const char *text, size_t length);

/*
 * Appends the text in compatibility form, case folded, without accents or invisible characters:
 * what words are compared by. ASCII passes through lower-cased.
 */
void utf8_fold(struct buffer *out, const char *text, size_t length);
/* The same of plain ASCII, which nearly all words are, into room for `length` bytes; false for anything else. */
bool utf8_fold_plain(char *room, const char *text, size_t length);

/*
 * Writes the text into `out`, with each blank that is not ASCII (no-break, thin, ideographic) as so many
 * spaces as it has bytes, so that places stay. False, and nothing is written, when there is none.
 */
bool utf8_plain_blanks(struct buffer *out, const char *text, size_t length);

bool utf8_is_letter(int32_t codepoint);
bool utf8_is_digit(int32_t codepoint);

/* Columns that the text takes on a terminal: wide characters 2, combining marks 0. */
int utf8_width(const char *text, size_t length);

/* Bytes of the longest prefix of at most `columns` columns; marks stay with their base. */
size_t utf8_fit(const char *text, size_t length, int columns);
/* The same, but ends behind a word; only one that is longer than half of the columns is cut. */
size_t utf8_fit_words(const char *text, size_t length, int columns);

/*
 * Appends the text so that a terminal shows it and does nothing else: control characters, escape
 * sequences' ESC and bidirectional overrides become visible (^[ , \u202e), bad bytes U+FFFD;
 * newlines and tabs stay.
 */
void utf8_add_harmless(struct buffer *out, const char *text, size_t length);

const char *utf8_library_version(void);

/* How many runs of what is no blank. */
size_t utf8_words(const char *text, size_t length);

#endif
