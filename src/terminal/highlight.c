#include "terminal/highlight.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

/* The text made harmless; `spans` says where each highlight stands in it. */
static void lay_down(const struct highlighted *p, struct buffer *out,
                     struct highlight *spans)
{
    size_t at = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct highlight *h = &p->highlights[i];
        utf8_add_harmless(out, p->text + at, h->start - at);
        spans[i].style = h->style;
        spans[i].start = out->length;
        buffer_add_char(out, '[');
        utf8_add_harmless(out, p->text + h->start, h->end - h->start);
        buffer_add_char(out, ']');
        spans[i].end = out->length;
        at = h->end;
    }
    utf8_add_harmless(out, p->text + at, p->length - at);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* The same characters, but for blanks, in both: goes through them side by side and puts
 * the styles in. */
static void put_styles(struct buffer *out, const struct screen *screen,
                       const struct buffer *flat, const struct buffer *wrapped,
                       const struct highlight *spans)
{
    const struct highlight *span = spans;
    enum screen_style now = SCREEN_NORMAL;
    for (size_t i = 0, k = 0; k < wrapped->length; k++) {
        char c = wrapped->data[k];
        if (is_blank(c)) {
            if (c == '\n' && now != SCREEN_NORMAL)
                screen_style(out, screen, now = SCREEN_NORMAL);
            buffer_add_char(out, c);
            continue;
        }
        while (is_blank(flat->data[i]))
            i++;
        while (span->end && span->end <= i)
            span++;
        enum screen_style wanted =
            span->end && span->start <= i ? span->style : SCREEN_NORMAL;
        if (wanted != now) {
            if (now != SCREEN_NORMAL)
                screen_style(out, screen, SCREEN_NORMAL);
            if (wanted != SCREEN_NORMAL)
                screen_style(out, screen, wanted);
            now = wanted;
        }
        buffer_add_char(out, c);
        i++;
    }
    if (now != SCREEN_NORMAL)
        screen_style(out, screen, SCREEN_NORMAL);
}

void screen_wrap_highlighted(struct buffer *out, const struct screen *screen,
                             const struct highlighted *p, int indent, int first_indent)
{
    struct buffer flat = BUFFER_INIT, wrapped = BUFFER_INIT;
    struct highlight *spans =
        xcalloc(p->count + 1, sizeof(*spans)); /* the last ends at 0 */
    lay_down(p, &flat, spans);
    screen_wrap(&wrapped, flat.data, flat.length, screen->width, indent, first_indent);
    put_styles(out, screen, &flat, &wrapped, spans);
    free(spans);
    buffer_release(&flat);
    buffer_release(&wrapped);
}
