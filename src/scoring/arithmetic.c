/*
 * arithmetic.c - checks chains such as "100M / 30 / 86400 = 4000/s": numbers joined by signs, an
 * equals sign, a result. A result is wrong when it is off by more than a factor of two, which no
 * rounding explains.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "scoring/score_internal.h"

enum { CHAIN_MAX = 12 };
static const double off_by = 2.0;

/* One sum; numbers are taken as written and, beside that, in their base units. */
struct chain {
    double value, product; /* sum so far, and the product that is being built */
};

static void take(struct chain *c, char sign, double x)
{
    switch (sign) {
    case '*':
        c->product *= x;
        break;
    case '/':
        c->product = x != 0 ? c->product / x : NAN;
        break;
    case '-':
        c->value += c->product;
        c->product = -x;
        break;
    default:
        c->value += c->product;
        c->product = x;
    }
}

/* The sign between two quantities: one of * / + - = and nothing else but a few words; 0: none. */
static char sign_between(const char *text, size_t from, size_t to)
{
    char sign = 0;
    for (size_t i = from; i < to; i++) {
        char c = text[i];
        if (isspace((unsigned char)c) || c == '~' || c == '(' || c == ')')
            continue;
        if (c == '\xc3' && i + 1 < to && text[i + 1] == '\x97') { /* multiplication sign */
            c = '*';
            i++;
        } else if (c == '\xe2' && i + 2 < to && !memcmp(text + i, "\xe2\x89\x88", 3)) {
            c = '=';
            i += 2;
        } else if (c == '\xc3' && i + 1 < to && text[i + 1] == '\xb7') { /* division sign */
            c = '/';
            i++;
        } else if (c == 'x' || c == 'X') {
            c = '*';
        }
        if (!strchr("*/+-=", c) || (sign && !(sign == '=' && c == '=')))
            return 0;
        sign = c;
    }
    return sign;
}

static void add_slip(struct scorer *s, struct score *out, const struct text_quantity *first,
                     const struct text_quantity *last, double claimed, double correct)
{
    uint32_t part = s->text.sentences.items[s->text.words.items[first->word].sentence].part;
    out->slips[out->slip_count++] = (struct arithmetic_slip){
        .quote = { (int)part, first->quantity.start, last->quantity.end },
        .claimed = claimed,
        .correct = correct,
    };
}

static bool is_wrong(double claimed, double correct)
{
    if (!isfinite(correct) || correct <= 0 || claimed <= 0)
        return false;
    double ratio = claimed > correct ? claimed / correct : correct / claimed;
    return ratio > off_by;
}

/*
 * Whether the result is right in some reading: as written or in base units, and where numbers had
 * units, in another unit (a month's links over the seconds of a month).
 */
static bool is_right(const struct quantity *result, double written, double based, bool plain)
{
    static const double units[] = { 60, 3600, 86400, 2592000, 31536000, 1e3, 1e6, 1e9, 1e12,
                                    1024, 1048576, 100, 8 };
    /* a share may be given in percent: 3 / 4 = 75% */
    double share = result->kind == QUANTITY_PERCENT ? result->number / 100 : result->number;
    const double claims[] = { result->number, result->value, share };
    for (int i = 0; i < 3; i++) {
        if (!is_wrong(claims[i], written) || !is_wrong(claims[i], based))
            return true;
        for (size_t k = 0; !plain && k < sizeof(units) / sizeof(*units); k++)
            if (!is_wrong(claims[i], based * units[k]) || !is_wrong(claims[i], based / units[k]))
                return true;
    }
    return false;
}

/* What the units of a chain come to: products and quotients of one kind, or a muddle. */
struct dimension {
    enum quantity_kind kind; /* QUANTITY_COUNT: no unit so far */
    int power;
    bool clear;
};

static void take_kind(struct dimension *d, char sign, enum quantity_kind kind)
{
    if (sign == '+' || sign == '-')
        d->clear = false;
    if (kind == QUANTITY_COUNT)
        return;
    if (kind == QUANTITY_PERCENT || (d->kind != QUANTITY_COUNT && d->kind != kind))
        d->clear = false;
    d->kind = kind;
    d->power += sign == '/' ? -1 : 1;
}

/* Whether the result's unit follows from the chain's, so that none can explain a difference:
 * "500 bytes * 100M = 50 GB", "10k rps / 500 rps = 20". */
static bool units_agree(const struct dimension *d, enum quantity_kind result)
{
    if (d->kind == QUANTITY_COUNT) /* bare numbers, whatever the result is of */
        return true;
    if (!d->clear)
        return false;
    return d->power == 0 ? result == QUANTITY_COUNT : d->power == 1 && result == d->kind;
}

static uint32_t sentence_of(const struct text *t, size_t quantity)
{
    return t->words.items[t->quantities.items[quantity].word].sentence;
}

/* Reads the chain that begins at quantity `at`; returns the quantity behind it. */
static size_t read_chain(struct scorer *s, struct score *out, size_t at)
{
    const struct text *t = &s->text;
    const char *text = t->parts[t->sentences.items[sentence_of(t, at)].part].text;
    const struct quantity *first = &t->quantities.items[at].quantity;
    struct chain written = { .product = first->number }, based = { .product = first->value };
    struct dimension units = { .clear = true };
    take_kind(&units, 0, first->kind);
    size_t i = at;
    for (; i + 1 < t->quantities.count && sentence_of(t, i + 1) == sentence_of(t, at); i++) {
        const struct text_quantity *now = &t->quantities.items[i], *next = now + 1;
        char sign = sign_between(text, now->quantity.end, next->quantity.start);
        if (!sign)
            break;
        if (sign == '=') {
            if (i > at && out->slip_count < CHAIN_MAX &&
                !is_right(&next->quantity, written.value + written.product,
                          based.value + based.product,
                          units_agree(&units, next->quantity.kind)))
                add_slip(s, out, &t->quantities.items[at], next, next->quantity.number,
                         written.value + written.product);
            return i + 1;
        }
        take_kind(&units, sign, next->quantity.kind);
        take(&written, sign, next->quantity.number);
        take(&based, sign, next->quantity.value);
    }
    return i > at ? i : at + 1;
}

void score_find_slips(struct scorer *s, struct arena *arena, struct score *out)
{
    out->slips = arena_array(arena, struct arithmetic_slip, CHAIN_MAX);
    for (size_t i = 0; i < s->text.quantities.count;)
        i = read_chain(s, out, i);
}
