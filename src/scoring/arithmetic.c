/*
 * arithmetic.c - checks chains such as "100M / 30 / 86400 = 4000/s": numbers joined by signs, an
 * equals sign, a result. A result is wrong when it is off by more than a factor of two, which no
 * rounding explains. What is not read to its end claims nothing: a sum with brackets, or one that begins
 * with words ("100k active x 2 x 120 B").
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

/* As written, or in base units; 65% is 0.65 in both. */
static double number_of(const struct quantity *q, bool base)
{
    if (q->kind == QUANTITY_PERCENT)
        return q->number / 100;
    return base ? q->value : q->number;
}

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

/* What stands between two quantities: one of * / + - = and nothing else but blanks, brackets or a tilde. */
struct joint {
    char sign; /* 0: something else */
    bool bracket;
};

/* The sign that begins at `at`, and its bytes; 0 when there is none. */
static char sign_at(const char *text, size_t at, size_t to, size_t *size)
{
    static const struct {
        const char *bytes;
        char sign;
    } signs[] = {
        { "*", '*' },        { "/", '/' },
        { "+", '+' },        { "-", '-' },
        { "=", '=' },        { "x", '*' },
        { "X", '*' },        { "\xc3\x97", '*' },
        { "\xc3\xb7", '/' }, { "\xe2\x89\x88", '=' },
        { "of ", '*' },
    };
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        size_t length = strlen(signs[i].bytes);
        if (to - at >= length && !memcmp(text + at, signs[i].bytes, length)) {
            *size = length;
            return signs[i].sign;
        }
    }
    return 0;
}

static size_t before_blanks(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '~' || text[at - 1] == '('))
        at--;
    return at;
}

/* Whether it stands behind an equals sign. */
static bool is_result(const char *text, size_t start)
{
    size_t at = before_blanks(text, start);
    return (at > 0 && text[at - 1] == '=') ||
           (at > 2 && !memcmp(text + at - 3, "\xe2\x89\x88", 3));
}

static struct joint joint_between(const char *text, const struct quantity *before,
                                  size_t to)
{
    struct joint joint = { 0, false };
    bool comma = false;
    for (size_t i = before->end, size = 1; i < to; i += size, size = 1) {
        char c = text[i];
        if (isspace((unsigned char)c) || c == '~')
            continue;
        if (c == '(' || c == ')') {
            joint.bracket = true;
            continue;
        }
        if (c == ',' && !joint.sign && !comma && is_result(text, before->start)) {
            comma = true; /* "= 3.3M a day, / 86400" goes on; a list does not */
            continue;
        }
        char sign = sign_at(text, i, to, &size);
        bool again = joint.sign && !(joint.sign == '=' && sign == '=');
        if (!sign || again || (c == 'o' && before->kind != QUANTITY_PERCENT))
            return (struct joint) { 0, false };
        joint.sign = sign;
    }
    if (comma && joint.sign != '*' && joint.sign != '/')
        joint.sign = 0;
    return joint;
}

/* The bytes of the sign, or of the "of", that ends at `at`; 0 when there is none. */
static size_t sign_before(const char *text, size_t at)
{
    if (at >= 2 && text[at - 2] == '\xc3' &&
        (text[at - 1] == '\x97' || text[at - 1] == '\xb7'))
        return 2;
    if (at >= 1 && (text[at - 1] == '*' || text[at - 1] == '/'))
        return 1;
    if (at >= 2 && (text[at - 1] == 'x' || text[at - 1] == 'X') &&
        !isalpha((unsigned char)text[at - 2]))
        return 1;
    return at >= 3 && !memcmp(text + at - 3, " of", 3) ? 3 : 0;
}

/* "100k active x 2": what stands before belongs to the sum, and was not read. A star that begins a line is none. */
static bool goes_on_before(const char *text, size_t start)
{
    size_t at = before_blanks(text, start), size = sign_before(text, at);
    at = before_blanks(text, at - size);
    return size > 0 && at > 0 && text[at - 1] != '\n';
}

/* What is said in GB is compared in bytes. */
static void add_slip(struct scorer *s, struct score *out,
                     const struct text_quantity *first,
                     const struct text_quantity *result, double written, double based)
{
    const struct quantity *q = &result->quantity;
    bool bytes = q->kind == QUANTITY_BYTES;
    uint32_t part = s->text.sentences.items[s->text.words.items[first->word].sentence].part;
    s->text.sentences.items[s->text.words.items[first->word].sentence].miscounted = true;
    out->slips[out->slip_count++] = (struct arithmetic_slip) {
        .quote = { (int)part, first->quantity.start, q->end },
        .claimed = bytes ? q->value : q->number,
        .correct = bytes ? based : written,
        .bytes = bytes,
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
    if (kind == QUANTITY_COUNT || kind == QUANTITY_PERCENT) /* a share has no unit */
        return;
    if (d->kind != QUANTITY_COUNT && d->kind != kind)
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

/* A chain up to its equals sign. */
struct sum {
    struct chain written, based;
    struct dimension units;
    bool unclear; /* with brackets, or not read from its beginning */
};

/* "1/3 = 200": a share of what was said before. */
static bool is_share(const struct text_part *part, const struct quantity *q)
{
    const char *after = part->text + q->end;
    size_t left = part->length - q->end;
    return q->end - q->start == 1 && left >= 2 && after[0] == '/' &&
           isdigit((unsigned char)after[1]) &&
           (left == 2 || !isdigit((unsigned char)after[2]));
}

static struct sum sum_begin(const struct quantity *first, const struct text_part *part)
{
    struct sum sum = { .written = { .product = number_of(first, false) },
                       .based = { .product = number_of(first, true) },
                       .units = { .clear = true },
                       .unclear = goes_on_before(part->text, first->start) ||
                                  is_share(part, first) };
    take_kind(&sum.units, 0, first->kind);
    return sum;
}

static void sum_add(struct sum *sum, struct joint joint, const struct quantity *q)
{
    sum->unclear = sum->unclear || joint.bracket;
    take_kind(&sum->units, joint.sign, q->kind);
    take(&sum->written, joint.sign, number_of(q, false));
    take(&sum->based, joint.sign, number_of(q, true));
}

/* Whether the result, which may be written as a product ("= 2 * 10^4"), is that of the sum. */
static bool result_is_right(const struct scorer *s, const struct sum *sum, size_t at,
                            const char *text)
{
    const struct text *t = &s->text;
    struct quantity result = t->quantities.items[at].quantity;
    double written = sum->written.value + sum->written.product;
    double based = sum->based.value + sum->based.product;
    bool plain = units_agree(&sum->units, result.kind);
    for (;;) {
        if (is_right(&result, written, based, plain))
            return true;
        if (at + 1 >= t->quantities.count || sentence_of(t, at + 1) != sentence_of(t, at))
            return false;
        const struct quantity *now = &t->quantities.items[at].quantity,
                              *next = &t->quantities.items[at + 1].quantity;
        if (joint_between(text, now, next->start).sign != '*')
            return false;
        result.number *= next->number;
        result.value *= next->value;
        at++;
    }
}

/* Reads the chain that begins at quantity `at`; returns the quantity behind it. */
static size_t read_chain(struct scorer *s, struct score *out, size_t at)
{
    const struct text *t = &s->text;
    const struct text_part *part = &t->parts[t->sentences.items[sentence_of(t, at)].part];
    const char *text = part->text;
    struct sum sum = sum_begin(&t->quantities.items[at].quantity, part);
    size_t i = at;
    for (; i + 1 < t->quantities.count && sentence_of(t, i + 1) == sentence_of(t, at); i++) {
        const struct text_quantity *now = &t->quantities.items[i], *next = now + 1;
        struct joint joint = joint_between(text, &now->quantity, next->quantity.start);
        if (!joint.sign)
            break;
        if (joint.sign == '=') {
            if (i > at && !sum.unclear && out->slip_count < CHAIN_MAX &&
                !result_is_right(s, &sum, i + 1, text))
                add_slip(s, out, &t->quantities.items[at], next,
                         sum.written.value + sum.written.product,
                         sum.based.value + sum.based.product);
            return i + 1;
        }
        sum_add(&sum, joint, &next->quantity);
    }
    return i > at ? i : at + 1;
}

void score_find_slips(struct scorer *s, struct arena *arena, struct score *out)
{
    out->slips = arena_array(arena, struct arithmetic_slip, CHAIN_MAX);
    for (size_t i = 0; i < s->text.quantities.count;)
        i = read_chain(s, out, i);
}
