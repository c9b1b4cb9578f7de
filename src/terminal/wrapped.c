#include "terminal/wrapped.h"

#include <string.h>

#include "base/utf8.h"

enum { TAB = 8, DELETE = 0x7f };

struct layout {
    struct wrapped *w;
    const struct wrapped_line *line;
    size_t at;  /* in the line */
    int column; /* where the next character goes */
    int begin;  /* where a word stands that has the row for itself */
    int edge;   /* the column that stays free */
};

static bool is_control(int32_t codepoint)
{
    return codepoint < ' ' || codepoint == DELETE;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes of the character at `at`, and its columns. */
static size_t character(const struct wrapped_line *line, size_t at, int *columns)
{
    int32_t codepoint;
    size_t size = utf8_decode(line->text + at, line->length - at, &codepoint);
    *columns = is_control(codepoint) ? 2 : line->columns(codepoint);
    return size;
}

static bool is_wide(const struct wrapped_line *line, size_t at, int columns)
{
    return columns > 1 && (unsigned char)line->text[at] >= 0x80; /* and not a ^X */
}

/* Where the word at `at` ends, and its columns: a wide character with its marks is a word. */
static size_t word_end(const struct wrapped_line *line, size_t at, int *total)
{
    size_t end = at, size;
    int columns;
    bool wide = false;
    for (*total = 0; end < line->length; end += size, *total += columns) {
        if (is_blank(line->text[end]) || line->text[end] == '\n')
            break;
        size = character(line, end, &columns);
        if (end > at && columns && (wide || is_wide(line, end, columns)))
            break;
        wide = wide || is_wide(line, end, columns);
    }
    return end;
}

/* A place within a character, where none should be, is the one behind it. */
static void note_places(struct layout *l)
{
    if (l->w->point == SIZE_MAX && l->at >= l->line->point)
        l->w->point = l->w->shown.length;
    if (l->w->mark == SIZE_MAX && l->at >= l->line->mark)
        l->w->mark = l->w->shown.length;
}

static void next_row(struct layout *l)
{
    buffer_add_char(&l->w->shown, '\n');
    buffer_repeat(&l->w->shown, " ", WRAPPED_INDENT);
    l->column = l->begin = WRAPPED_INDENT;
}

static void put_character(struct layout *l)
{
    int columns;
    size_t size = character(l->line, l->at, &columns);
    const char *text = l->line->text + l->at;
    if (l->column + columns > l->edge && l->column > l->begin)
        next_row(l);
    note_places(l);
    if (is_control((unsigned char)*text)) {
        buffer_add_char(&l->w->shown, '^');
        buffer_add_char(&l->w->shown, (char)(*text ^ 0x40));
    } else {
        buffer_add(&l->w->shown, text, size);
    }
    l->column += columns;
    l->at += size;
}

static void put_word(struct layout *l)
{
    int columns;
    size_t end = word_end(l->line, l->at, &columns);
    if (l->column + columns > l->edge && l->column > l->begin)
        next_row(l);
    while (l->at < end)
        put_character(l);
}

static void put_blank(struct layout *l)
{
    int to = l->line->text[l->at] == '\t' ? (l->column / TAB + 1) * TAB : l->column + 1;
    note_places(l);
    for (; l->column < to && l->column < l->edge; l->column++)
        buffer_add_char(&l->w->shown, ' ');
    l->at++;
}

/* The last row of all has no indent as long as it is empty: readline ends a line there without
 * another row. */
static void put_newline(struct layout *l)
{
    note_places(l);
    l->at++;
    if (l->at < l->line->length) {
        next_row(l);
        return;
    }
    buffer_add_char(&l->w->shown, '\n');
    l->column = l->begin = 0;
}

static int count_breaks(const char *text, size_t length)
{
    int breaks = 0;
    for (size_t i = 0; i < length; i++)
        breaks += text[i] == '\n';
    return breaks;
}

/* The newline that row `row`, 1 or more, begins with. */
static size_t row_at(const struct buffer *shown, int row)
{
    size_t at = 0;
    while (at < shown->length && (row -= shown->data[at] == '\n'))
        at++;
    return at;
}

/* Takes bytes away before `from`, and puts the dots there. */
static void cut_before(struct wrapped *w, size_t from)
{
    static const char dots[] = "...";
    struct buffer kept = BUFFER_INIT;
    buffer_add_string(&kept, dots);
    buffer_add(&kept, w->shown.data + from, w->shown.length - from);
    buffer_release(&w->shown);
    w->shown = kept;
    w->point = w->point < from ? 0 : w->point - from + strlen(dots);
    w->mark = w->mark < from ? 0 : w->mark - from + strlen(dots);
}

static void cut_rows(struct wrapped *w, int height)
{
    int rows = count_breaks(w->shown.data, w->shown.length) + 1;
    int first = count_breaks(w->shown.data, w->point) - height / 2;
    w->cut = rows > height;
    if (!w->cut)
        return;
    if (first > rows - height)
        first = rows - height;
    if (first < 0)
        first = 0;
    if (first + height < rows)
        buffer_truncate(&w->shown, row_at(&w->shown, first + height));
    if (first > 0)
        cut_before(w, row_at(&w->shown, first + 1));
    if (w->mark > w->shown.length)
        w->mark = w->shown.length;
}

void wrapped_lay_out(struct wrapped *w, const struct wrapped_line *line)
{
    struct layout l = { w, line, 0, line->prompt, 0, line->width - 1 };
    buffer_clear(&w->shown);
    w->point = w->mark = SIZE_MAX;
    w->prompt = line->prompt;
    w->columns = line->columns;
    while (l.at < line->length) {
        if (line->text[l.at] == '\n')
            put_newline(&l);
        else if (is_blank(line->text[l.at]))
            put_blank(&l);
        else
            put_word(&l);
    }
    l.at = SIZE_MAX;
    note_places(&l);
    cut_rows(w, line->height);
}

void wrapped_release(struct wrapped *w)
{
    buffer_release(&w->shown);
}

int wrapped_rows_above(const struct wrapped *w, int width)
{
    int rows = 0, column = w->prompt;
    int32_t codepoint;
    for (size_t at = 0; at < w->point;) {
        at += utf8_decode(w->shown.data + at, w->shown.length - at, &codepoint);
        if (codepoint != '\n') {
            column += w->columns(codepoint);
            continue;
        }
        rows += 1 + (column > width ? (column - 1) / width : 0);
        column = 0;
    }
    return rows + column / width;
}

int wrapped_rows(const struct wrapped *w)
{
    size_t length = w->shown.length;
    bool empty = length && w->shown.data[length - 1] == '\n';
    return count_breaks(w->shown.data, length) + !empty;
}

int wrapped_prompt(const char *prompt, wrapped_columns columns)
{
    size_t length = strlen(prompt);
    int32_t codepoint;
    int total = 0;
    bool hidden = false;
    for (size_t at = 0; at < length;) {
        at += utf8_decode(prompt + at, length - at, &codepoint);
        if (codepoint == '\n')
            return -1;
        if (codepoint == '\001' || codepoint == '\002')
            hidden = codepoint == '\001';
        else if (!hidden)
            total += is_control(codepoint) ? 0 : columns(codepoint);
    }
    return total;
}
