/*
 * arithmetic.c - checks chains such as "100M / 30 / 86400 = 4000/s": numbers joined by signs or by the words
 * that are said for them, an equals sign, a result. A result is wrong when it is off by more than a factor of two,
 * which no rounding explains. What may be meant otherwise claims nothing: a sum that is not read from its
 * beginning ("N x 2 x 120 B"), one whose result is told right further on.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "scoring/operator.h"
#include "scoring/score_internal.h"
#include "scoring/sum.h"

static const double off_by = 2.0;
/* What a unit explains: 100,000 for the seconds of a day, months of 31 days. */
static const double off_by_unit = 1.3;
/* What a unit that is left out or read as another explains, and a number beside the sum. */
static const double off_by_letter = 1.1;
/* The same result, rounded. */
static const double off_as_rounded = 1.05;

static double ratio_of(double a, double b)
{
    return a > b ? a / b : b / a;
}

static bool is_within(double a, double b, double factor)
{
    return isfinite(b) && b > 0 && a > 0 && ratio_of(a, b) <= factor;
}

/* What cannot be compared is not wrong. */
static bool is_wrong(double claimed, double correct)
{
    return isfinite(correct) && correct > 0 && claimed > 0 &&
           ratio_of(claimed, correct) > off_by;
}

/* Whether a unit that is left out, or another one than the base unit, explains the difference: a month's links
 * over the seconds of a month. `kinds` take part. */
static bool is_in_other_unit(double claimed, double based, unsigned kinds)
{
    enum { TIME = 1u << QUANTITY_RATE | 1u << QUANTITY_DURATION };
    static const struct {
        double factor;
        unsigned kinds;
    } units[] = {
        { 60, TIME },
        { 3600, TIME },
        { 86400, TIME },
        { 2592000, TIME },
        { 31536000, TIME },
        { 1e3, 1u << QUANTITY_BYTES },
        { 1e6, 1u << QUANTITY_BYTES },
        { 1e9, 1u << QUANTITY_BYTES },
        { 1e12, 1u << QUANTITY_BYTES },
        { 100, 1u << QUANTITY_PERCENT },
    };
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if ((kinds & units[i].kinds) &&
            (is_within(claimed, based * units[i].factor, off_by_unit) ||
             is_within(claimed, based / units[i].factor, off_by_unit)))
            return true;
    return false;
}

/* A sum of a text, and the number that is claimed for it. */
struct claim {
    const struct text *text;
    const struct text_part *part;
    size_t first, result; /* quantities of the text */
    struct sum sum;
    struct operator_found equals;
    bool may_be_bits; /* a unit of it may mean bits, or an 8 makes the change */
    bool byte_letter; /* a "60B" of it may be bytes and no billions */
    double most;      /* the largest number in it */
    double span;      /* that the result is per, in seconds; 0: none is told */
};

static const struct quantity *quantity_at(const struct text *t, size_t i)
{
    return &t->quantities.items[i].quantity;
}

static uint32_t sentence_of(const struct text *t, size_t quantity)
{
    return t->words.items[t->quantities.items[quantity].word].sentence;
}

static bool is_in_sentence(const struct text *t, size_t quantity, size_t other)
{
    return quantity < t->quantities.count &&
           sentence_of(t, quantity) == sentence_of(t, other);
}

/* --- what may be meant by a result --- */

/* "365M rows * 50B = 18 GB", "60 * 86,400 = 5.2 TB" of megabytes, "200 KB x 8 = 1.6 Mbit". */
static bool lacks_byte_unit(const struct claim *c, double claimed)
{
    static const double left_out[] = { 1e3, 1e6, 1e9 };
    double based = sum_total(&c->sum, SUM_IN_BASE_UNITS);
    if (c->may_be_bits && (is_within(claimed * 8, based, off_by_letter) ||
                           is_within(claimed / 8, based, off_by_letter)))
        return true;
    for (size_t i = 0; i < 3 && c->sum.kind == QUANTITY_COUNT; i++)
        if (is_within(claimed, based * left_out[i], off_by_letter))
            return true;
    return c->byte_letter && is_within(claimed, based / 1e9, off_by_letter);
}

/* "30 x 365 = 11 PB" of terabytes, "100 / 30 = 3.3 million" of millions, "3 days x 3 copies = 47 TB": the scale, or the
 * number of bytes that is multiplied, was told before. */
static bool leaves_out_scale(const struct claim *c, const struct quantity *result)
{
    double written = sum_total(&c->sum, SUM_AS_WRITTEN);
    double based = sum_total(&c->sum, SUM_IN_BASE_UNITS);
    if (result->kind == QUANTITY_BYTES && !(c->sum.kinds >> QUANTITY_BYTES & 1) &&
        result->value > 1000 * fmax(written, based))
        return true;
    for (double scale = 1e3; c->most < 1000 && scale <= 1e12; scale *= 1000)
        if (is_within(result->number, written * scale, off_by_letter))
            return true;
    return false;
}

/* "62^7 = 3.5 bilion": a scale in another language, or with a decimal comma. */
static bool lacks_scale(const struct claim *c, double claimed)
{
    double written = sum_total(&c->sum, SUM_AS_WRITTEN);
    for (double scale = 1e6; claimed < 1000 && scale <= 1e12; scale *= 1000)
        if (is_within(claimed * scale, written, off_by_unit))
            return true;
    return false;
}

/* "25 TB + 30 TB a day -> 20 PB", ".999^5 -> 99.5": an arrow leads on to the year, and a share may lack its sign. */
static bool is_led_on(const struct claim *c, const struct quantity *result)
{
    static const double spans[] = { 7, 12, 24, 30, 365 };
    double written = sum_total(&c->sum, SUM_AS_WRITTEN);
    if (written <= 1 && is_within(result->number, 100 * written, off_by_letter))
        return true;
    double based = sum_total(&c->sum, SUM_IN_BYTES);
    for (size_t i = 0; c->equals.said && i < sizeof(spans) / sizeof(*spans); i++)
        if (is_within(result->number, written * spans[i], off_by_letter) ||
            is_within(sum_number(result, SUM_IN_BYTES), based * spans[i], off_by_letter))
            return true;
    return false;
}

/* The first reading that may be meant: of "1,000 rps * 200 ms" the units leave one. */
static enum sum_reading first_reading(const struct claim *c,
                                      const struct quantity *result)
{
    return result->kind == QUANTITY_COUNT && sum_is_rate_times_span(&c->sum)
               ? SUM_IN_BASE_UNITS
               : SUM_AS_WRITTEN;
}

static bool mixes_spans(const struct claim *c, const struct quantity *result)
{
    return sum_mixes_spans(&c->sum, result->kind, c->span);
}

/* Whether the result is right in some reading, or in another unit. */
static bool is_right(const struct claim *c, const struct quantity *result)
{
    const struct sum *sum = &c->sum;
    bool percent = result->kind == QUANTITY_PERCENT;
    double share = percent ? result->number / 100 : result->number; /* 3 / 4 = 75% */
    /* "50M x 10 x 400 = 200B": billions, where no bytes take part */
    bool billions = result->kind == QUANTITY_BYTES && result->number >= result->value &&
                    !(sum->kinds >> QUANTITY_BYTES & 1);
    const double claims[] = { result->number, result->value, share,
                              billions ? 1e9 * result->number : share };
    if (mixes_spans(c, result))
        return !is_wrong(result->kind == QUANTITY_RATE ? result->value
                                                       : result->value / c->span,
                         sum_total(sum, SUM_IN_BASE_UNITS));
    enum sum_reading from = first_reading(c, result);
    for (size_t i = 0; i < sizeof(claims) / sizeof(*claims); i++)
        for (enum sum_reading r = from; r < SUM_READINGS; r++)
            if (!is_wrong(claims[i], sum_total(sum, r)))
                return true;
    if (percent && is_within(1 - share, sum_total(sum, SUM_AS_WRITTEN), off_by_letter))
        return true; /* what is left of the whole */
    bool left_out =
        sum->spoken && sum->kind == QUANTITY_COUNT && result->kind == QUANTITY_RATE;
    if ((left_out || !sum_has_kind(sum, result->kind)) &&
        is_in_other_unit(result->value, sum_total(sum, SUM_IN_BASE_UNITS),
                         sum->kinds | 1u << result->kind))
        return true;
    if (result->kind == QUANTITY_BYTES)
        return lacks_byte_unit(c, result->value);
    return c->first + 1 == c->result && lacks_scale(c, result->value);
}

/* The same, where the result may be written as a sum itself ("= 2 * 10^4"). */
static bool result_is_right(const struct claim *c)
{
    struct quantity result = *quantity_at(c->text, c->result);
    for (size_t at = c->result;; at++) {
        if (is_right(c, &result))
            return true;
        if (!is_in_sentence(c->text, at + 1, at))
            return false;
        const struct quantity *next = quantity_at(c->text, at + 1);
        struct operator_found found = operator_between(c->part->text, c->part->length,
                                                       quantity_at(c->text, at), next);
        bool divides = found.sign == '/';
        if ((!divides && found.sign != '*') || found.spoken || next->number <= 0)
            return false;
        result.number *= divides ? 1 / next->number : next->number;
        result.value *= divides ? 1 / next->value : next->value;
    }
}

/* The place of the first byte behind a quantity that is no blank. */
static size_t behind(const struct text_part *part, const struct quantity *q)
{
    size_t at = q->end;
    while (at < part->length && part->text[at] == ' ')
        at++;
    return at;
}

/* "1/3 = 200", "5% x 200 KB = 100M": a share of what was said before. */
static bool is_share(const struct text_part *part, const struct quantity *q)
{
    size_t at = behind(part, q), left = part->length - at;
    const char *after = part->text + at;
    if (q->kind == QUANTITY_PERCENT)
        return left < 2 || memcmp(after, "of", 2) != 0;
    return q->end - q->start == 1 && at == q->end && left >= 2 && after[0] == '/' &&
           isdigit((unsigned char)after[1]) &&
           (left == 2 || !isdigit((unsigned char)after[2]));
}

/* "$0.10/1k -> $3k a day": what so many cost, of which a sum is told elsewhere. */
static bool is_price(const struct text_part *part, const struct quantity *q)
{
    static const char *const signs[] = { "$", "\xe2\x82\xac", "\xc2\xa3" };
    size_t at = behind(part, q) + 1;
    if (at > part->length || part->text[at - 1] != '/')
        return false;
    while (at < part->length && isdigit((unsigned char)part->text[at]))
        at++;
    if (at == part->length || !isalpha((unsigned char)part->text[at]))
        return false; /* "$100/4 = $25" */
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
        size_t size = strlen(signs[i]);
        if (q->start >= size && !memcmp(part->text + q->start - size, signs[i], size))
            return true;
    }
    return false;
}

/* "= 2 G msgs": of which only the 2 was read. */
static bool is_read_in_part(const struct text_part *part, const struct quantity *q)
{
    size_t at = behind(part, q);
    return at < part->length && isupper((unsigned char)part->text[at]) &&
           (at + 1 == part->length || !isalnum((unsigned char)part->text[at + 1]));
}

/* "4 machines x 2 replicas = 2.5k each": what falls to each is no product. */
static bool is_for_each(const struct text_part *part, const struct quantity *q)
{
    static const char *const words[] = { "each", "apiece" };
    size_t at = behind(part, q), left = part->length - at;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t size = strlen(words[i]);
        if (left >= size && !strncasecmp(part->text + at, words[i], size) &&
            (left == size || !isalpha((unsigned char)part->text[at + size])))
            return true;
    }
    return false;
}

/* The seconds that the result is per; 0: none are told. */
static double span_of(const struct claim *c)
{
    const struct quantity *result = quantity_at(c->text, c->result);
    size_t end;
    if (result->kind == QUANTITY_RATE)
        return result->value > 0 ? result->number / result->value : 0;
    return result->kind == QUANTITY_BYTES
               ? quantity_span(c->part->text, c->part->length, result->end, &end)
               : 0;
}

/* "300M links a month -> 300M / 86400 = 3,500/s": the first number of a sum was told per a span before. */
static double told_span(const struct claim *c)
{
    const struct quantity *first = quantity_at(c->text, c->first);
    uint32_t part = c->text->sentences.items[sentence_of(c->text, c->first)].part;
    for (size_t i = c->first; first->number >= 1000 && i-- > 0;) {
        const struct quantity *q = quantity_at(c->text, i);
        if (c->text->sentences.items[sentence_of(c->text, i)].part != part)
            return 0;
        if (q->kind == QUANTITY_RATE && q->number == first->number && q->value > 0)
            return q->number / q->value;
    }
    return 0;
}

/* Takes the first number for a rate where its span does not lead to that of the result. */
static void adopt_span(struct claim *c)
{
    bool result = quantity_at(c->text, c->result)->kind == QUANTITY_RATE;
    double span = c->sum.kind == QUANTITY_COUNT && result ? told_span(c) : 0;
    if (span <= 0)
        return;
    struct sum sum = sum_of_rate(&c->sum, span);
    if (sum_is_of_spans(&sum) && sum_mixes_spans(&sum, QUANTITY_RATE, c->span))
        c->sum = sum;
}

/* Whether the first number of a sum may belong to what stands before it: "50M users in 20 countries * 40". */
static bool is_torn(const struct claim *c)
{
    if (c->first == 0 || !is_in_sentence(c->text, c->first - 1, c->first))
        return false;
    size_t from = quantity_at(c->text, c->first - 1)->end;
    for (size_t i = from; i < quantity_at(c->text, c->first)->start; i++)
        if (strchr(",;:=(\n", c->part->text[i]))
            return false;
    return true;
}

/* "6 billion links in 5 years * 500 B": it is the links that are multiplied. */
static bool is_span_of_what_stands_before(const struct claim *c)
{
    return quantity_at(c->text, c->first)->kind == QUANTITY_DURATION && is_torn(c);
}

/* "5M x 10 = 50M a day, / 86400": whether the first number is what another sum came to. */
static bool begins_with_result(const struct claim *c)
{
    return c->first > 0 && is_in_sentence(c->text, c->first - 1, c->first) &&
           operator_between(c->part->text, c->part->length,
                            quantity_at(c->text, c->first - 1),
                            quantity_at(c->text, c->first))
                   .sign == '=';
}

/* In which a result that is wrong comes nearest; what is said in GB is told in bytes. */
static enum sum_reading nearest_reading(const struct claim *c)
{
    const struct quantity *q = quantity_at(c->text, c->result);
    enum sum_reading best =
        q->kind == QUANTITY_BYTES ? SUM_IN_BYTES : first_reading(c, q);
    double least = INFINITY;
    for (enum sum_reading r = best; r < SUM_READINGS; r++) {
        double ratio = ratio_of(sum_number(q, r), sum_total(&c->sum, r));
        if (ratio < least / off_by_letter) {
            least = ratio;
            best = r;
        }
    }
    return best;
}

static bool is_factor(double claimed, double based, double factor)
{
    return is_within(claimed, based * factor, off_by_letter) ||
           is_within(claimed, based / factor, off_by_letter);
}

/* "Over 5 years 100M links * 500 B = 3 TB": a number that is told beside the sum, a span of time also in hours, days
 * or months, makes up for the difference. */
static bool is_made_up_beside(const struct claim *c)
{
    enum sum_reading reading = nearest_reading(c);
    double claimed = sum_number(quantity_at(c->text, c->result), reading);
    double based = sum_total(&c->sum, reading);
    size_t from = begins_with_result(c) ? c->first : 0;
    for (size_t i = from; i < c->text->quantities.count; i++) {
        const struct quantity *q = quantity_at(c->text, i);
        if ((i >= c->first && i <= c->result) || !is_in_sentence(c->text, i, c->first))
            continue;
        if (is_factor(claimed, based, q->number) || is_factor(claimed, based, q->value))
            return true;
        if (q->kind == QUANTITY_DURATION &&
            (is_factor(claimed, based, q->value / 3600) ||
             is_factor(claimed, based, q->value / 86400) ||
             is_factor(claimed, based, q->value / 2592000)))
            return true;
    }
    return false;
}

/* "= 230k/s. So 23k, not 230k, sorry": the right result is told later. */
static bool is_mended(const struct claim *c)
{
    const struct text *t = c->text;
    enum sum_reading reading =
        quantity_at(t, c->result)->kind == QUANTITY_BYTES ? SUM_IN_BYTES : SUM_AS_WRITTEN;
    double right = sum_total(&c->sum, reading);
    for (size_t i = c->result + 1; i < t->quantities.count; i++)
        if (is_within(sum_number(quantity_at(t, i), reading), right, off_as_rounded))
            return true;
    return false;
}

/* "80/20 -> 66M", "5 x 99.9% in series = 99.5%", "every 3 s x 10M clients = 3.3M a second": a rule of thumb, chances
 * that are multiplied, and a span of time that divides. */
static bool is_other_than_written(const struct claim *c, const struct quantity *result)
{
    const struct quantity *a = quantity_at(c->text, c->first), *b = a;
    if (c->first + 1 < c->result)
        b = quantity_at(c->text, c->first + 1);
    if (a->number + b->number == 100 && c->part->text[a->end] == '/' &&
        b->start == a->end + 1)
        return true;
    if (result->kind == QUANTITY_PERCENT && c->sum.kinds >> QUANTITY_PERCENT & 1 &&
        c->sum.kinds >> QUANTITY_COUNT & 1)
        return true;
    const unsigned time = 1u << QUANTITY_DURATION | 1u << QUANTITY_COUNT;
    return result->kind == QUANTITY_RATE && c->sum.kind == QUANTITY_DURATION &&
           !(c->sum.kinds & ~time) && c->sum.power > 0;
}

/* Whether it is wrong, beyond doubt about how it is meant. */
static bool is_slip(const struct claim *c)
{
    const struct quantity *result = quantity_at(c->text, c->result);
    if (c->sum.unclear || is_read_in_part(c->part, result) ||
        is_for_each(c->part, result) || is_other_than_written(c, result) ||
        leaves_out_scale(c, result) || is_led_on(c, result) || result_is_right(c) ||
        is_mended(c) || is_span_of_what_stands_before(c))
        return false;
    bool of_kind = result->kind != QUANTITY_COUNT && c->sum.kinds >> result->kind & 1;
    if (c->equals.said && !of_kind && !sum_has_kind(&c->sum, result->kind))
        return false; /* "100M * 500 B is 5 disks" */
    bool alone = c->first + 1 == c->result;
    return alone || !c->sum.spoken || (!is_torn(c) && !is_made_up_beside(c));
}

/* --- the sums of a text --- */

void score_miscount(struct text *t, size_t result)
{
    const struct quantity *wrong = &t->quantities.items[result].quantity;
    for (size_t i = result; i < t->quantities.count; i++) {
        const struct quantity *q = &t->quantities.items[i].quantity;
        if (q->kind == wrong->kind && is_within(q->value, wrong->value, 1.005))
            t->sentences.items[sentence_of(t, i)].miscounted = true;
    }
}

static void add_slip(struct scorer *s, struct score *out, const struct claim *c)
{
    const struct quantity *q = quantity_at(c->text, c->result);
    enum sum_reading reading = nearest_reading(c);
    struct sentence *sentence = &s->text.sentences.items[sentence_of(c->text, c->first)];
    sentence->miscounted = true;
    score_miscount(&s->text, c->result);
    out->slips[out->slip_count++] = (struct arithmetic_slip) {
        .quote = { (int)sentence->part, quantity_at(c->text, c->first)->start, q->end },
        .claimed = q->kind == QUANTITY_PERCENT ? q->number : sum_number(q, reading),
        .correct = mixes_spans(c, q) ? sum_in_span(&c->sum, c->span)
                                     : sum_total(&c->sum, reading),
        .bytes = q->kind == QUANTITY_BYTES,
    };
}

/* "10m connected x 200": ten million, or minutes; "429/5xx": the digits of a name. */
static bool is_ambiguous(const struct claim *c, const struct quantity *q)
{
    if (q->kind == QUANTITY_DURATION)
        return q->value == 60 * q->number && c->part->text[q->end - 1] == 'm';
    size_t left = c->part->length - q->end;
    const char *after = c->part->text + q->end;
    bool times = left > 1 && after[0] == 'x' && after[1] != 'x';
    return q->kind == QUANTITY_COUNT && left > 0 && islower((unsigned char)after[0]) &&
           isdigit((unsigned char)after[-1]) && !times;
}

static bool is_in_bits(const struct text_part *part, const struct quantity *q)
{
    for (size_t i = q->start; i + 3 <= q->end; i++)
        if (!strncasecmp(part->text + i, "bit", 3) ||
            !strncasecmp(part->text + i, "bps", 3))
            return true;
    return false;
}

/* "48 kHz * 16 bit * 2 = 1.5 Mbit/s": bits, where no unit of the sum says so. */
static bool turns_to_bits(const struct claim *c)
{
    const struct quantity *q = quantity_at(c->text, c->result);
    return q->kind == QUANTITY_BYTES && is_in_bits(c->part, q) &&
           !(c->sum.kinds >> QUANTITY_BYTES & 1);
}

/* "10 Gb", "20 mb": bits or bytes. */
static bool has_bit_letter(const struct claim *c, const struct quantity *q)
{
    return q->kind == QUANTITY_BYTES && c->part->text[q->end - 1] == 'b';
}

static bool has_byte_letter(const struct claim *c, const struct quantity *q)
{
    return q->kind == QUANTITY_COUNT && c->part->text[q->end - 1] == 'B';
}

static struct claim claim_begin(const struct text *t, size_t at)
{
    const struct quantity *first = quantity_at(t, at);
    struct claim c = { .text = t,
                       .part = &t->parts[t->sentences.items[sentence_of(t, at)].part],
                       .first = at };
    sum_begin(&c.sum, first, operator_opens_before(c.part->text, first->start));
    c.sum.unclear = c.sum.unclear || operator_before(c.part->text, first->start) ||
                    is_share(c.part, first) || is_price(c.part, first);
    c.sum.unclear = c.sum.unclear || is_ambiguous(&c, first);
    c.byte_letter = has_byte_letter(&c, first);
    c.may_be_bits = has_bit_letter(&c, first);
    c.most = first->number;
    return c;
}

/* Whether one number alone is a sum: a power ("62^7 = 3.5 trillion"), or a result that is told again in another unit
 * ("= 8.6M a day = 100/s"). */
static bool is_sum(const struct claim *c)
{
    const struct quantity *q = quantity_at(c->text, c->first);
    const struct quantity *result = quantity_at(c->text, c->result);
    if (memchr(c->part->text + q->start, '^', q->end - q->start))
        return result->kind == q->kind;
    return !c->equals.spoken && q->kind == result->kind && q->kind != QUANTITY_COUNT &&
           q->kind != QUANTITY_PERCENT && begins_with_result(c);
}

/* Reads the chain that begins at quantity `at`; returns the quantity behind it. */
static size_t read_chain(struct scorer *s, struct score *out, size_t at)
{
    struct claim c = claim_begin(&s->text, at);
    size_t i = at;
    for (; is_in_sentence(c.text, i + 1, at); i++) {
        const struct quantity *next = quantity_at(c.text, i + 1);
        struct operator_found found =
            operator_between(c.part->text, c.part->length, quantity_at(c.text, i), next);
        if (!found.sign)
            break;
        if (found.sign == '=') {
            /* "at 40k a shard (60% of 65k) that's 7 of them": a remark on what stands before it */
            c.sum.unclear = c.sum.unclear || (found.closes > 0 && at > 0 &&
                                              is_in_sentence(c.text, at - 1, at));
            c.result = i + 1;
            c.equals = found;
            sum_end(&c.sum, &found);
            c.may_be_bits = c.may_be_bits || has_bit_letter(&c, next) ||
                            sum_has_factor(&c.sum, 8) || turns_to_bits(&c);
            c.span = span_of(&c);
            adopt_span(&c);
            if ((i > at || is_sum(&c)) && out->slip_count < SLIPS_MOST && is_slip(&c))
                add_slip(s, out, &c);
            return i + 1;
        }
        if (i == at && found.closes > 0) /* "50M users (5 of them) * 40": a remark */
            c.sum.unclear = true;
        sum_add(&c.sum, &found, next);
        c.sum.unclear = c.sum.unclear || is_ambiguous(&c, next);
        c.byte_letter = c.byte_letter || has_byte_letter(&c, next);
        c.may_be_bits = c.may_be_bits || has_bit_letter(&c, next);
        c.most = fmax(c.most, next->number);
    }
    return i > at ? i : at + 1;
}

void score_find_slips(struct scorer *s, struct arena *arena, struct score *out)
{
    out->slips = arena_array(arena, struct arithmetic_slip, SLIPS_MOST);
    for (size_t i = 0; i < s->text.quantities.count;)
        i = read_chain(s, out, i);
}
