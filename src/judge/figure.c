#include "judge/figure.h"

#include <stddef.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_mark(char c)
{
    return c == '.' || c == ',';
}

/* Length of the figure that begins at this digit. */
static size_t figure_length(const char *text)
{
    size_t length = 0;
    while (is_digit(text[length]) ||
           (is_mark(text[length]) && is_digit(text[length + 1])))
        length++;
    return length;
}

/* The next figure at or behind `text`, or NULL. */
static const char *next_figure(const char *text)
{
    while (*text && !is_digit(*text))
        text++;
    return *text ? text : NULL;
}

static bool is_known(const char *known, const char *figure, size_t length)
{
    for (const char *p = next_figure(known); p; p = next_figure(p)) {
        size_t other = figure_length(p);
        if (other == length && !memcmp(p, figure, length))
            return true;
        p += other;
    }
    return false;
}

bool figure_is_new(const char *known, const char *word)
{
    for (const char *p = next_figure(word); p; p = next_figure(p)) {
        size_t length = figure_length(p);
        if (!is_known(known, p, length))
            return true;
        p += length;
    }
    return false;
}
