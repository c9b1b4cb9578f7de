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

static void take_kind(struct sum *sum, char sign, enum quantity_kind kind)
{
    sum->kinds |= 1u << kind;
    bool added = sign == '+' || sign == '-';
    if (kind == QUANTITY_COUNT || kind == QUANTITY_PERCENT) { /* a share has no unit */
        sum->clear = sum->clear && (!added || sum->kind == QUANTITY_COUNT);
        return;
    }
    bool inverted = false;
    for (int i = 1; i <= sum->depth; i++)
        inverted = inverted || sum->levels[0][i].sign == '/';
    if (inverted || ((added || sum->kind != QUANTITY_COUNT) && sum->kind != kind))
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

bool sum_has_kind(const struct sum *sum, enum quantity_kind result)
{
    if (sum->kind == QUANTITY_COUNT) /* bare numbers, whatever the result is of */
        return true;
    if (!sum->clear)
        return false;
    return sum->power == 0 ? result == QUANTITY_COUNT
                           : sum->power == 1 && result == sum->kind;
}
