#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

void error_init(struct error *e)
{
    memset(e, 0, sizeof(*e));
}

static void mask_controls(char *text)
{
    for (char *p = text; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = ' ';
}

/* snprintf may cut a character in two: end before it instead. */
static void trim_partial(char *text)
{
    size_t length = strlen(text);
    size_t whole = utf8_valid_prefix(text, length);
    text[whole] = '\0';
}

int error_set(struct error *e, enum error_code code, const char *format, ...)
{
    if (!e || e->code != ERROR_NONE)
        return -1;
    e->code = code;
    va_list args;
    va_start(args, format);
    vsnprintf(e->message, sizeof(e->message), format, args);
    va_end(args);
    mask_controls(e->message);
    trim_partial(e->message);
    return -1;
}

int error_set_errno(struct error *e, enum error_code code, int errno_value, const char *format,
                    ...)
{
    if (!e || e->code != ERROR_NONE)
        return -1;
    char what[220];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    trim_partial(what);
    char reason[96];
    snprintf(reason, sizeof(reason), "%s", strerror(errno_value));
    if (reason[0] >= 'A' && reason[0] <= 'Z')
        reason[0] = (char)(reason[0] - 'A' + 'a');
    return error_set(e, code, "%s: %s", what, reason);
}

void error_set_source(struct error *e, const char *source)
{
    if (!e || e->source[0] || !source)
        return;
    size_t length = strlen(source), room = sizeof(e->source) - 1;
    if (length <= room) {
        memcpy(e->source, source, length + 1);
        return;
    }
    snprintf(e->source, sizeof(e->source), "...%s", source + length - (room - 3));
}

/* Start and end of the line that holds `offset`. */
static void line_bounds(const char *text, size_t length, size_t offset, size_t *start, size_t *end)
{
    *start = offset;
    while (*start > 0 && text[*start - 1] != '\n')
        (*start)--;
    *end = offset;
    while (*end < length && text[*end] != '\n' && text[*end] != '\r')
        (*end)++;
}

/* Moves `at` forward to the beginning of a character. */
static size_t character_start(const char *text, size_t at, size_t end)
{
    while (at < end && ((unsigned char)text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

void error_locate(struct error *e, const char *text, size_t length, size_t offset)
{
    if (!e || e->line)
        return;
    if (offset > length)
        offset = length;
    size_t start, end;
    line_bounds(text, length, offset, &start, &end);
    e->line = 1;
    for (size_t i = 0; i < start; i++)
        e->line += text[i] == '\n';
    e->column = (int)utf8_count(text + start, offset - start) + 1;

    const size_t before = 48, window = 76;
    size_t from = start;
    if (offset - start > before)
        from = character_start(text, offset - before, end);
    size_t to = from + window < end ? character_start(text, from + window, end) : end;
    size_t size = to - from < sizeof(e->excerpt) - 1 ? to - from : sizeof(e->excerpt) - 1;
    memcpy(e->excerpt, text + from, size);
    e->excerpt[size] = '\0';
    mask_controls(e->excerpt);
    trim_partial(e->excerpt);
    size_t shown = offset > from ? offset - from : 0;
    e->caret = (int)utf8_count(text + from, shown) + 1;
}

void error_list_add(struct error_list *list, const struct error *e)
{
    if (!list)
        return;
    if (list->count == ERROR_LIST_MAX) {
        list->omitted++;
        return;
    }
    if (!list->items)
        list->items = xcalloc(ERROR_LIST_MAX, sizeof(*list->items));
    list->items[list->count++] = *e;
}

void error_list_release(struct error_list *list)
{
    free(list->items);
    *list = (struct error_list)ERROR_LIST_INIT;
}
