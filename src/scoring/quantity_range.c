#include "scoring/quantity_range.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { WORD_MAX = 16 };

struct range_text {
    const char *text;
    size_t length, at;
};

static char peek(const struct range_text *c, size_t ahead)
{
    return c->at + ahead < c->length ? c->text[c->at + ahead] : '\0';
}

static void skip_blanks(struct range_text *c)
{
    while (peek(c, 0) == ' ')
        c->at++;
}

/* The name of a kind, and its bytes; 0 when none stands there. */
static size_t read_kind(const struct range_text *c, char *word)
{
    size_t n = 0;
    while (n < WORD_MAX - 1 && isalpha((unsigned char)peek(c, n))) {
        word[n] = (char)tolower((unsigned char)peek(c, n));
        n++;
    }
    word[n] = '\0';
    return n;
}

bool quantity_fits(const struct quantity_range *range, const struct quantity *q)
{
    if (range->kind != QUANTITY_NUMBER && range->kind != q->kind)
        return false;
    double slack = 0.005 * fabs(q->value);
    return q->value >= range->low - slack && q->value <= range->high + slack;
}

/* A number with a unit that fits the kind; false when it does not. */
static bool range_end(struct range_text *c, enum quantity_kind kind, double *value)
{
    struct quantity q;
    skip_blanks(c);
    size_t stop = c->at;
    while (stop < c->length && c->text[stop] != ']' &&
           !(c->text[stop] == '.' && stop + 1 < c->length && c->text[stop + 1] == '.'))
        stop++;
    if (stop == c->at || !quantity_read(c->text, stop, false, c->at, &q))
        return false;
    if (kind == QUANTITY_BYTES && q.kind == QUANTITY_COUNT && c->text[q.end - 1] == 'B')
        q.value /= 1e9; /* "80B" is bytes here, not billions */
    if (q.kind != kind && q.kind != QUANTITY_COUNT)
        return false;
    *value = q.value;
    c->at = q.end;
    skip_blanks(c);
    return c->at == stop;
}

static bool range_body(struct range_text *c, struct quantity_range *range,
                       const char **message)
{
    enum quantity_kind kind =
        range->kind == QUANTITY_NUMBER ? QUANTITY_COUNT : range->kind;
    *message = "a number is wanted here, with a unit of the kind or none";
    if (!range_end(c, kind, &range->low))
        return false;
    if (peek(c, 0) != '.' || peek(c, 1) != '.') {
        *message = "a range is written 'from..to'";
        return false;
    }
    c->at += 2;
    size_t second = c->at;
    if (!range_end(c, kind, &range->high))
        return false;
    if (peek(c, 0) != ']') {
        *message = "']' is missing";
        return false;
    }
    c->at++;
    if (range->low <= range->high)
        return true;
    *message = "the range ends before it begins";
    c->at = second;
    return false;
}

size_t quantity_range_parse(const char *text, struct quantity_range *range,
                            const char **message, size_t *where)
{
    struct range_text c = { text, strlen(text), 0 };
    char word[WORD_MAX];
    size_t n = read_kind(&c, word);
    int kind = -1;
    for (int i = 0; n && quantity_names[i]; i++)
        if (!strcmp(quantity_names[i], word))
            kind = i;
    *where = 0;
    if (kind < 0) {
        *message =
            "unknown quantity; there are #count, #rate, #bytes, #duration, #percent and #number";
        return 0;
    }
    *range = (struct quantity_range) { (enum quantity_kind)kind, -INFINITY, INFINITY };
    c.at = n;
    if (peek(&c, 0) != '[')
        return c.at;
    c.at++;
    bool good = range_body(&c, range, message);
    *where = c.at;
    return good ? c.at : 0;
}
