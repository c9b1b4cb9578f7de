#include "base/buffer.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

char buffer_empty[1];

void buffer_release(struct buffer *b)
{
    if (b->space)
        free(b->data);
    *b = (struct buffer)BUFFER_INIT;
}

void buffer_clear(struct buffer *b)
{
    buffer_truncate(b, 0);
}

char *buffer_detach(struct buffer *b)
{
    char *text = b->space ? b->data : xstrdup("");
    *b = (struct buffer)BUFFER_INIT;
    return text;
}

static void reserve(struct buffer *b, size_t more)
{
    size_t wanted = b->length + more + 1;
    if (wanted <= b->space)
        return;
    size_t space = b->space ? b->space : 64;
    while (space < wanted)
        space *= 2;
    b->data = xrealloc(b->space ? b->data : NULL, space);
    b->space = space;
}

void buffer_add(struct buffer *b, const char *text, size_t length)
{
    if (!length)
        return;
    reserve(b, length);
    memcpy(b->data + b->length, text, length);
    b->length += length;
    b->data[b->length] = '\0';
}

void buffer_add_string(struct buffer *b, const char *text)
{
    buffer_add(b, text, strlen(text));
}

void buffer_add_char(struct buffer *b, char c)
{
    buffer_add(b, &c, 1);
}

void buffer_repeat(struct buffer *b, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buffer_add_string(b, text);
}

void buffer_vprintf(struct buffer *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    assert(length >= 0);
    reserve(b, (size_t)length);
    vsnprintf(b->data + b->length, (size_t)length + 1, format, again);
    va_end(again);
    b->length += (size_t)length;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_vprintf(b, format, args);
    va_end(args);
}

void buffer_truncate(struct buffer *b, size_t length)
{
    assert(length <= b->length);
    b->length = length;
    if (b->space)
        b->data[length] = '\0';
}
