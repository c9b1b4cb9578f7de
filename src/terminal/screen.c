#define _GNU_SOURCE /* winsize, popen */
#include "terminal/screen.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

static int clamp(long width)
{
    if (width < SCREEN_NARROWEST)
        return SCREEN_NARROWEST;
    return width > SCREEN_WIDEST ? SCREEN_WIDEST : (int)width;
}

static bool window_of(FILE *stream, struct winsize *size)
{
    return ioctl(fileno(stream), TIOCGWINSZ, size) == 0;
}

static long number_of(const char *value)
{
    return value ? strtol(value, NULL, 10) : 0;
}

void screen_measure(struct screen *s, FILE *stream)
{
    struct winsize size;
    if (!window_of(stream, &size))
        size = (struct winsize) { 0 };
    long columns = number_of(getenv("COLUMNS")), lines = number_of(getenv("LINES"));
    if (columns <= 0)
        columns = size.ws_col > 0 ? size.ws_col : SCREEN_USUAL;
    s->width = clamp(columns);
    s->height = lines > 0 && lines < INT_MAX ? (int)lines : size.ws_row;
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value && strcmp(value, "0") != 0;
}

void screen_init(struct screen *s, FILE *stream, bool plain)
{
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    s->terminal = isatty(fileno(stream));
    s->plain = plain || is_set("ACCESSIBLE");
    s->colour = s->terminal && !s->plain && !(no_colour && *no_colour) && term && *term &&
                strcmp(term, "dumb") != 0;
    screen_measure(s, stream);
}

void screen_style(struct buffer *out, const struct screen *s, enum screen_style style)
{
    static const char *const codes[] = {
        [SCREEN_NORMAL] = "\033[0m",   [SCREEN_BOLD] = "\033[1m",  [SCREEN_DIM] = "\033[2m",
        [SCREEN_GOOD] = "\033[32m",    [SCREEN_WARN] = "\033[33m", [SCREEN_BAD] = "\033[31m",
        [SCREEN_SPEAKER] = "\033[36m",
    };
    if (s->colour)
        buffer_add_string(out, codes[style]);
}

void screen_styled(struct buffer *out, const struct screen *s, enum screen_style style,
                   const char *text)
{
    screen_style(out, s, style);
    utf8_add_harmless(out, text, strlen(text));
    screen_style(out, s, SCREEN_NORMAL);
}

void screen_heading(struct buffer *out, const struct screen *s, const char *text)
{
    buffer_add_char(out, '\n');
    screen_styled(out, s, SCREEN_BOLD, text);
    buffer_add_char(out, '\n');
}

void screen_paragraph(struct buffer *out, const struct screen *s, const char *text, int indent)
{
    screen_wrap(out, text, strlen(text), s->width, indent, indent);
    buffer_add_char(out, '\n');
}

/* --- wrapping --- */

struct wrap {
    struct buffer *out;
    int width, indent;
    int column;    /* where the cursor is */
    bool indented; /* the line has its indent; the first one is given its own */
    bool content;  /* and more than that */
};

static void new_line(struct wrap *w)
{
    buffer_add_char(w->out, '\n');
    w->column = 0;
    w->indented = w->content = false;
}

static void begin_line(struct wrap *w)
{
    if (w->indented)
        return;
    buffer_repeat(w->out, " ", (size_t)w->indent);
    w->column = w->indent;
    w->indented = true;
}

/* A word wider than a line goes down in pieces. */
static void put_long(struct wrap *w, const char *word, size_t length)
{
    while (length > 0) {
        begin_line(w);
        size_t size = utf8_fit(word, length, w->width - w->column);
        if (size == 0 && w->content) {
            new_line(w);
            continue;
        }
        if (size == 0) { /* narrower than one character: better too wide than never done */
            int32_t cp;
            size = utf8_decode(word, length, &cp);
        }
        buffer_add(w->out, word, size);
        w->column += utf8_width(word, size);
        w->content = true;
        word += size;
        length -= size;
        if (length > 0)
            new_line(w);
    }
}

static void put_word(struct wrap *w, const char *word, size_t length, int spaces)
{
    int columns = utf8_width(word, length);
    if (w->content && w->column + spaces + columns > w->width)
        new_line(w);
    begin_line(w);
    if (w->content) {
        buffer_repeat(w->out, " ", (size_t)spaces);
        w->column += spaces;
    }
    if (w->column + columns > w->width) {
        put_long(w, word, length);
        return;
    }
    buffer_add(w->out, word, length);
    w->column += columns;
    w->content = true;
}

static void wrap_line(struct wrap *w, const char *line, size_t length)
{
    for (size_t at = 0; at < length;) {
        int spaces = 0;
        for (; at < length && (line[at] == ' ' || line[at] == '\t'); at++)
            spaces += line[at] == '\t' ? 4 : 1;
        size_t start = at;
        while (at < length && line[at] != ' ' && line[at] != '\t')
            at++;
        if (at > start)
            put_word(w, line + start, at - start, spaces < 8 ? spaces : 8);
    }
}

void screen_wrap(struct buffer *out, const char *text, size_t length, int width, int indent,
                 int first_indent)
{
    struct buffer safe = BUFFER_INIT;
    utf8_add_harmless(&safe, text, length);
    struct wrap w = { .out = out, .width = width, .indent = indent, .indented = true };
    if (first_indent > 0)
        buffer_repeat(out, " ", (size_t)first_indent);
    w.column = first_indent < 0 ? -first_indent : first_indent;
    for (const char *line = safe.data; line;) {
        const char *end = strchr(line, '\n');
        wrap_line(&w, line, end ? (size_t)(end - line) : strlen(line));
        if (end)
            new_line(&w);
        line = end ? end + 1 : NULL;
    }
    buffer_release(&safe);
}

/* --- pieces of a line --- */

void screen_cell(struct buffer *out, const struct screen *s, const char *text, int columns)
{
    struct buffer safe = BUFFER_INIT;
    utf8_add_harmless(&safe, text, strlen(text));
    int width = utf8_width(safe.data, safe.length);
    if (width > columns && columns > 0) {
        size_t size = utf8_fit(safe.data, safe.length, columns - 1);
        buffer_add(out, safe.data, size);
        buffer_add_string(out, s->plain ? "." : "…");
        width = utf8_width(safe.data, size) + 1;
    } else {
        buffer_add(out, safe.data, safe.length);
    }
    for (; width < columns; width++)
        buffer_add_char(out, ' ');
    buffer_release(&safe);
}

void screen_bar(struct buffer *out, const struct screen *s, double share, int columns)
{
    if (s->plain)
        return;
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    int filled = (int)(share * columns + 0.5);
    buffer_repeat(out, "▇", (size_t)filled);
    buffer_repeat(out, "▁", (size_t)(columns - filled));
}

void screen_ends(struct buffer *out, const struct screen *s, const char *left, const char *right)
{
    int taken = utf8_width(left, strlen(left)), wanted = utf8_width(right, strlen(right));
    if (taken > s->width)
        screen_wrap(out, left, strlen(left), s->width, 0, 0);
    else
        utf8_add_harmless(out, left, strlen(left));
    if (!wanted) {
        buffer_add_char(out, '\n');
        return;
    }
    if (taken + 2 + wanted > s->width) {
        buffer_add_char(out, '\n');
        taken = 0;
    }
    int gap = s->width - taken - wanted;
    if (taken == 0) /* on a line of its own it stands at the left */
        gap = 0;
    buffer_repeat(out, " ", gap > 0 ? (size_t)gap : 0);
    utf8_add_harmless(out, right, strlen(right));
    buffer_add_char(out, '\n');
}

/* --- writing --- */

bool screen_write(FILE *stream, const struct buffer *text)
{
    bool done = fwrite(text->data, 1, text->length, stream) == text->length;
    return fflush(stream) == 0 && done;
}

static bool fits_window(const struct screen *s, const struct buffer *text)
{
    int lines = 0;
    for (const char *p = text->data; (p = strchr(p, '\n')); p++)
        lines++;
    return !s->height || lines < s->height;
}

/* Its prompt says how to get out; what was read stays in the window. */
static const char usual_pager[] =
    "less -RX '-P?e(end) q leaves:space shows more, q leaves.' 2>/dev/null || cat";

void screen_page(const struct screen *s, FILE *stream, const struct buffer *text)
{
    const char *pager = getenv("PAGER");
    if (!s->terminal || s->plain || fits_window(s, text) ||
        (pager && (!*pager || !strcmp(pager, "cat")))) {
        screen_write(stream, text);
        return;
    }
    fflush(stream);
    FILE *pipe = popen(pager ? pager : usual_pager, "w");
    if (!pipe) {
        screen_write(stream, text);
        return;
    }
    void (*before)(int) = signal(SIGPIPE, SIG_IGN); /* left by its reader: no mistake */
    screen_write(pipe, text);
    pclose(pipe);
    signal(SIGPIPE, before);
}
