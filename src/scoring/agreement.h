/*
 * agreement.h - how well two ways of grading the same things agree. Pure numbers: no text, no I/O.
 *
 * What cannot be said (fewer than two pairs, no variance, an empty table) is NAN, and a caller
 * shows it as unknown. `x` is what is judged, `y` what it is held against, wherever the order
 * matters.
 */
#ifndef VIVA_SCORING_AGREEMENT_H
#define VIVA_SCORING_AGREEMENT_H

#include <stddef.h>

/* Product-moment correlation (Pearson 1896; Galton's r). */
double agreement_pearson(const double *x, const double *y, size_t n);

/* Rank correlation (Spearman 1904): Pearson's r of the ranks, equal values sharing the mean of
 * theirs (Kendall, Rank Correlation Methods, 1948, chapter 3). */
double agreement_spearman(const double *x, const double *y, size_t n);

/* Mean of |x - y| and mean of x - y (Bland and Altman, Lancet 1986). NAN for none. */
double agreement_error(const double *x, const double *y, size_t n);
double agreement_bias(const double *x, const double *y, size_t n);

enum { AGREEMENT_CLASSES_MAX = 16 };

/* How often class i on one side met class j on the other. */
struct agreement_table {
    size_t classes; /* 2..AGREEMENT_CLASSES_MAX, in their order */
    size_t counts[AGREEMENT_CLASSES_MAX][AGREEMENT_CLASSES_MAX];
};

/* Classes beyond the table are counted as its last, below 0 as its first. */
void agreement_count(struct agreement_table *t, int x, int y);
size_t agreement_total(const struct agreement_table *t);

/*
 * Cohen's kappa with quadratic weights (Cohen 1968; Fleiss and Cohen 1973, where it is an
 * intraclass correlation): 1 - sum (i-j)^2 observed / sum (i-j)^2 expected from the margins. NAN
 * when both sides used one and the same class alone.
 */
double agreement_kappa(const struct agreement_table *t);

/* Share of the pairs whose classes are at most `distance` apart: 0 is exact agreement. */
double agreement_within(const struct agreement_table *t, size_t distance);

/* Finding what is there, for classes from `positive` on (van Rijsbergen, Information Retrieval,
 * 1979, chapter 7). f1 = 2 tp / (2 tp + fp + fn); each is NAN when its denominator is 0. */
struct agreement_finding {
    double precision, recall, f1;
};
struct agreement_finding agreement_finding(const struct agreement_table *t, size_t positive);

/*
 * Krippendorff's alpha for ordered classes 0..classes-1, any number of raters, with gaps
 * (Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, section C and E, ordinal
 * difference). ratings[unit * raters + rater]; a negative one is a gap. Units with fewer than two
 * ratings say nothing.
 */
double agreement_alpha(const int *ratings, size_t units, size_t raters, size_t classes);

#endif
