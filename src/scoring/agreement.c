#include "scoring/agreement.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* --- numbers --- */

static double mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

double agreement_pearson(const double *x, const double *y, size_t n)
{
    if (n < 2)
        return NAN;
    double mean_x = mean(x, n), mean_y = mean(y, n), xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : NAN;
}

struct ranked {
    double value;
    size_t place;
};

static int compare_ranked(const void *a, const void *b)
{
    double x = ((const struct ranked *)a)->value, y = ((const struct ranked *)b)->value;
    return (x > y) - (x < y);
}

static double *ranks_of(const double *x, size_t n)
{
    double *ranks = xcalloc(n, sizeof(*ranks));
    struct ranked *sorted = xcalloc(n, sizeof(*sorted));
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct ranked) { x[i], i };
    qsort(sorted, n, sizeof(*sorted), compare_ranked);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && sorted[to].value <= sorted[from].value; to++)
            ;
        for (size_t i = from; i < to; i++)
            ranks[sorted[i].place] = (double)(from + 1 + to) / 2;
    }
    free(sorted);
    return ranks;
}

double agreement_spearman(const double *x, const double *y, size_t n)
{
    if (n < 2)
        return NAN;
    double *ranks_x = ranks_of(x, n), *ranks_y = ranks_of(y, n);
    double r = agreement_pearson(ranks_x, ranks_y, n);
    free(ranks_x);
    free(ranks_y);
    return r;
}

double agreement_error(const double *x, const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += fabs(x[i] - y[i]);
    return n ? sum / (double)n : NAN;
}

double agreement_bias(const double *x, const double *y, size_t n)
{
    return n ? mean(x, n) - mean(y, n) : NAN;
}

/* --- classes --- */

static size_t class_of(const struct agreement_table *t, int value)
{
    if (value < 0)
        return 0;
    return (size_t)value < t->classes ? (size_t)value : t->classes - 1;
}

void agreement_count(struct agreement_table *t, int x, int y)
{
    t->counts[class_of(t, x)][class_of(t, y)]++;
}

size_t agreement_total(const struct agreement_table *t)
{
    size_t total = 0;
    for (size_t i = 0; i < t->classes; i++)
        for (size_t j = 0; j < t->classes; j++)
            total += t->counts[i][j];
    return total;
}

double agreement_kappa(const struct agreement_table *t)
{
    double rows[AGREEMENT_CLASSES_MAX] = { 0 }, columns[AGREEMENT_CLASSES_MAX] = { 0 };
    double total = (double)agreement_total(t), observed = 0, expected = 0;
    for (size_t i = 0; i < t->classes; i++)
        for (size_t j = 0; j < t->classes; j++) {
            rows[i] += (double)t->counts[i][j];
            columns[j] += (double)t->counts[i][j];
        }
    for (size_t i = 0; i < t->classes; i++)
        for (size_t j = 0; j < t->classes; j++) {
            double apart = (double)i - (double)j;
            observed += apart * apart * (double)t->counts[i][j];
            expected += apart * apart * rows[i] * columns[j];
        }
    return expected > 0 ? 1 - observed * total / expected : NAN;
}

double agreement_within(const struct agreement_table *t, size_t distance)
{
    size_t total = agreement_total(t), near = 0;
    for (size_t i = 0; i < t->classes; i++)
        for (size_t j = 0; j < t->classes; j++)
            if ((i > j ? i - j : j - i) <= distance)
                near += t->counts[i][j];
    return total ? (double)near / (double)total : NAN;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

struct agreement_finding agreement_finding(const struct agreement_table *t, size_t positive)
{
    double both = 0, ours = 0, theirs = 0;
    for (size_t i = 0; i < t->classes; i++)
        for (size_t j = 0; j < t->classes; j++) {
            double count = (double)t->counts[i][j];
            ours += i >= positive ? count : 0;
            theirs += j >= positive ? count : 0;
            both += i >= positive && j >= positive ? count : 0;
        }
    return (struct agreement_finding) { share(both, ours), share(both, theirs),
                                        share(2 * both, ours + theirs) };
}

/* --- many raters --- */

/* Adds the pairs of one unit to the coincidences: each pair weighs 1 / (ratings - 1). */
static void add_unit(const int *ratings, size_t raters, size_t classes, double *coincidences)
{
    size_t given = 0;
    for (size_t r = 0; r < raters; r++)
        given += ratings[r] >= 0 && (size_t)ratings[r] < classes;
    for (size_t a = 0; given > 1 && a < raters; a++)
        for (size_t b = 0; b < raters; b++)
            if (a != b && ratings[a] >= 0 && ratings[b] >= 0 && (size_t)ratings[a] < classes &&
                (size_t)ratings[b] < classes)
                coincidences[(size_t)ratings[a] * classes + (size_t)ratings[b]] +=
                    1 / (double)(given - 1);
}

/* How far apart classes c < k are: all that lies between them, the ends by half. */
static double ordinal_distance(const double *margins, size_t c, size_t k)
{
    double sum = 0;
    for (size_t g = c; g <= k; g++)
        sum += margins[g];
    sum -= (margins[c] + margins[k]) / 2;
    return sum * sum;
}

double agreement_alpha(const int *ratings, size_t units, size_t raters, size_t classes)
{
    if (!units || !raters || classes < 2)
        return NAN;
    double *coincidences = xcalloc(classes * classes, sizeof(*coincidences));
    double *margins = xcalloc(classes, sizeof(*margins)), n = 0, observed = 0, expected = 0;
    for (size_t u = 0; u < units; u++)
        add_unit(ratings + u * raters, raters, classes, coincidences);
    for (size_t c = 0; c < classes; c++)
        for (size_t k = 0; k < classes; k++) {
            margins[c] += coincidences[c * classes + k];
            n += coincidences[c * classes + k];
        }
    for (size_t c = 0; c < classes; c++)
        for (size_t k = c + 1; k < classes; k++) {
            double distance = ordinal_distance(margins, c, k);
            observed += coincidences[c * classes + k] * distance;
            expected += margins[c] * margins[k] * distance;
        }
    free(coincidences);
    free(margins);
    return expected > 0 ? 1 - (n - 1) * observed / expected : NAN;
}
