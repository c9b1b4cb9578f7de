/*
 * buffer.h - the one string builder.
 *
 * Invariants: `data` is never NULL and data[length] is 0, also in a fresh BUFFER_INIT, so a buffer
 * can be passed wherever a C string is wanted. Embedded zero bytes are allowed.
 */
#ifndef VIVA_BASE_BUFFER_H
#define VIVA_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *data;
    size_t length, space;
};

extern char buffer_empty[]; /* what `data` of a fresh buffer points at; never written */
#define BUFFER_INIT { buffer_empty, 0, 0 }

void buffer_release(struct buffer *b); /* frees, and makes it fresh again */
void buffer_clear(struct buffer *b);   /* length 0, memory kept */

/* The string, now the caller's to free(); the buffer is fresh again. */
char *buffer_detach(struct buffer *b) __attribute__((warn_unused_result));

void buffer_add(struct buffer *b, const char *text, size_t length);
void buffer_add_string(struct buffer *b, const char *text);
void buffer_add_char(struct buffer *b, char c);
void buffer_repeat(struct buffer *b, const char *text, size_t times);
void buffer_printf(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *b, const char *format, va_list args);

/* Cuts to `length`, which must not be beyond the end. */
void buffer_truncate(struct buffer *b, size_t length);

#endif
