#include "scoring/sum.h"

#include <math.h>

double sum_number(const struct quantity *q, enum sum_reading reading)
{
    if (q->kind == QUANTITY_PERCENT) /* 65% is 0.65 in each */
        return q->number / 100;
    bool base = reading == SUM_IN_BASE_UNITS ||
                (reading == SUM_IN_BYTES && q->kind == QUANTITY_BYTES);
    return base ? q->value : q->number;
}

static void take(struct sum_level *level, char sign, double x)
{
    switch (sign) {
    case '*':
        level->product *= x;
        break;
    case '/':
        level->product = x != 0 ? level->product / x : NAN;
        break;
    case '-':
        level->value += level->product;
        level->product = -x;
        break;
    default:
        level->value += level->product;
        level->product = x;
    }
}

/* Whether a bracket stands open behind a sign of division. */
static bool is_inverted(const struct sum *sum)
{
    bool inverted = false;
    for (int i = 1; i <= sum->depth; i++)
        inverted = inverted || sum->levels[0][i].sign == '/';
    return inverted;
}

/* Of a rate its span, of what else a rate may be multiplied by the number. */
static void take_factor(struct sum *sum, char sign, const struct quantity *q)
{
    bool divides = (sign == '/') != is_inverted(sum);
    bool plain = q->kind == QUANTITY_COUNT || q->kind == QUANTITY_PERCENT ||
                 q->kind == QUANTITY_DURATION;
    sum->added = sum->added || sign == '+' || sign == '-' || (divides && !plain);
    sum->rates += q->kind == QUANTITY_RATE;
    sum->spans += q->kind == QUANTITY_DURATION ? divides ? 2 : 1 : 0;
    if (q->kind == QUANTITY_RATE)
        sum->span = q->value > 0 ? q->number / q->value : 0;
    else if (q->kind == QUANTITY_BYTES)
        return;
    else if (sum->factor_count == SUM_FACTORS)
        sum->too_many = true;
    else if (q->number > 0)
        sum->factors[sum->factor_count++] = divides ? 1 / q->number : q->number;
}

static void take_kind(struct sum *sum, char sign, enum quantity_kind kind)
{
    sum->kinds |= 1u << kind;
    bool added = sign == '+' || sign == '-';
    if (kind == QUANTITY_COUNT || kind == QUANTITY_PERCENT) { /* a share has no unit */
        sum->clear = sum->clear && (!added || sum->kind == QUANTITY_COUNT);
        return;
    }
    if (is_inverted(sum) || ((added || sum->kind != QUANTITY_COUNT) && sum->kind != kind))
        sum->clear = false;
    sum->kind = kind;
    if (!added)
        sum->power += sign == '/' ? -1 : 1;
}

/* Opens brackets behind a sign, then takes the number. */
static void take_number(struct sum *sum, char sign, int opens, const struct quantity *q)
{
    for (; opens > 0 && sum->depth < SUM_DEPTH - 1; opens--, sign = 0) {
        sum->depth++;
        for (int r = 0; r < SUM_READINGS; r++)
            sum->levels[r][sum->depth] = (struct sum_level) { .sign = sign };
    }
    sum->unclear = sum->unclear || opens > 0;
    take_kind(sum, sign, q->kind);
    take_factor(sum, sign, q);
    for (int r = 0; r < SUM_READINGS; r++)
        take(&sum->levels[r][sum->depth], sign, sum_number(q, (enum sum_reading)r));
}

static void close_brackets(struct sum *sum, int count)
{
    for (; count > 0 && sum->depth > 0; count--, sum->depth--) {
        for (int r = 0; r < SUM_READINGS; r++) {
            const struct sum_level *inner = &sum->levels[r][sum->depth];
            take(&sum->levels[r][sum->depth - 1], inner->sign,
                 inner->value + inner->product);
        }
        if (sum->leading >= sum->depth)
            sum->leading--;
    }
    sum->unclear = sum->unclear || count > 0;
}

void sum_begin(struct sum *sum, const struct quantity *first, int opens)
{
    *sum = (struct sum) { .clear = true, .leading = opens };
    take_number(sum, 0, opens, first);
}

void sum_add(struct sum *sum, const struct operator_found *found,
             const struct quantity *q)
{
    close_brackets(sum, found->closes);
    sum->spoken = sum->spoken || found->spoken;
    take_number(sum, found->sign, found->opens, q);
}

void sum_end(struct sum *sum, const struct operator_found *equals)
{
    close_brackets(sum, equals->closes);
    sum->unclear = sum->unclear || sum->depth > sum->leading;
    sum->spoken = sum->spoken || equals->spoken;
    close_brackets(sum, sum->depth);
}

double sum_total(const struct sum *sum, enum sum_reading reading)
{
    const struct sum_level *level = &sum->levels[reading][0];
    return level->value + level->product;
}

static bool is_change(const struct sum *sum, unsigned subset, double change)
{
    static const double busy_hours = 4;
    double product = 1;
    for (int i = 0; i < sum->factor_count; i++)
        product *= subset >> i & 1 ? sum->factors[i] : 1;
    return product < change * busy_hours && product > change / busy_hours;
}

bool sum_mixes_spans(const struct sum *sum, enum quantity_kind result, double span)
{
    bool bytes = sum->kinds >> QUANTITY_BYTES & 1;
    if (result != (bytes ? QUANTITY_BYTES : QUANTITY_RATE) || sum->rates != 1 ||
        sum->added || sum->too_many || sum->span <= 0 || span <= 0)
        return false;
    double change = span / sum->span;
    for (unsigned subset = 0; subset < 1u << sum->factor_count; subset++)
        if (is_change(sum, subset, change))
            return false;
    return true;
}

struct sum sum_of_rate(const struct sum *sum, double span)
{
    struct sum rate = *sum;
    struct sum_level *level = &rate.levels[SUM_IN_BASE_UNITS][0];
    level->value /= span;
    level->product /= span;
    rate.kind = QUANTITY_RATE;
    rate.kinds |= 1u << QUANTITY_RATE;
    rate.power = 1;
    rate.clear = true;
    rate.rates = 1;
    rate.span = span;
    rate.factor_count = 0;
    for (int i = 1; i < sum->factor_count; i++)
        rate.factors[rate.factor_count++] = sum->factors[i];
    return rate;
}

/* Of hours in a day, days in a month, and so on; or one divided by it. */
static bool is_of_spans(double factor)
{
    static const double known[] = { 7,   12,   24,   30,    31,  52,      60,
                                    365, 1440, 3600, 86400, 1e5, 2592000, 31536000 };
    double number = factor < 1 ? 1 / factor : factor;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (fabs(number / known[i] - 1) < 0.02)
            return true;
    return false;
}

bool sum_is_of_spans(const struct sum *sum)
{
    for (int i = 0; i < sum->factor_count; i++) {
        double factor = sum->factors[i];
        if (!is_of_spans(factor) && fmax(factor, 1 / factor) >= 1000)
            return false;
    }
    return true;
}

double sum_in_span(const struct sum *sum, double span)
{
    double total = sum_total(sum, SUM_IN_BASE_UNITS);
    for (int i = 0; i < sum->factor_count; i++)
        if (is_of_spans(sum->factors[i]))
            total /= sum->factors[i];
    return total * span;
}

bool sum_is_rate_times_span(const struct sum *sum)
{
    if (sum->rates != 1 || sum->spans != 1 || sum->added || sum->too_many ||
        sum->kinds >> QUANTITY_BYTES & 1)
        return false;
    for (int i = 0; i < sum->factor_count; i++) /* "5k a day * 1 h / 24" */
        if (is_of_spans(sum->factors[i]) && sum->factors[i] < 1)
            return false;
    return true;
}

bool sum_has_factor(const struct sum *sum, double number)
{
    for (int i = 0; i < sum->factor_count; i++)
        if (fabs(sum->factors[i] / number - 1) < 1e-6 ||
            fabs(sum->factors[i] * number - 1) < 1e-6)
            return true;
    return false;
}

bool sum_has_kind(const struct sum *sum, enum quantity_kind result)
{
    if (sum->kind == QUANTITY_COUNT) /* bare numbers, whatever the result is of */
        return true;
    if (!sum->clear)
        return false;
    return sum->power == 0 ? result == QUANTITY_COUNT
                           : sum->power == 1 && result == sum->kind;
}
