/*
 * agree.h - how far graders of the same transcripts agree with each other: persons, the built-in
 * grader, models.
 *
 * What is compared is a list of units: a criterion (0 absent, 1 mentioned, 2 explained), a dimension
 * (0..4) or the total (0..100) of one transcript, with a value per grader. All pointers are
 * borrowed.
 *
 * Two graders are compared by exact agreement, agreement within one step, and kappa with quadratic
 * weights; all of more than two by Krippendorff's alpha for ordered classes (scoring/agreement.h
 * has the sources). Kappa and alpha are of little worth below AGREE_FEW units, and the report says
 * so.
 */
#ifndef VIVA_REPORT_AGREE_H
#define VIVA_REPORT_AGREE_H

#include <stddef.h>

#include "base/buffer.h"
#include "terminal/screen.h"

enum agree_kind { AGREE_CRITERION, AGREE_DIMENSION, AGREE_TOTAL, AGREE_KINDS };
extern const char *const agree_kind_names[]; /* "criteria", "dimensions", "totals", NULL */

struct agree_unit {
    enum agree_kind kind;
    const char *transcript, *scenario;
    const char *what;     /* id of the criterion or dimension; "" of a total */
    const double *values; /* per grader; NAN: has none (not asked, or never graded it) */
    const char *const *quotes; /* per grader, each may be NULL; NULL: none has one */
};

struct agree {
    const char *const *graders; /* "person:AB", "rubric", "llm:<model>" */
    size_t grader_count;
    const struct agree_unit *units;
    size_t unit_count;
    size_t transcripts; /* graded by two or more */
    size_t left_out;    /* scores of persons that were not sealed */
    size_t worst;       /* how many disputed criteria are shown */
};

enum { AGREE_FEW = 20 };

/* Of two graders, or of all pairs pooled when both are -1. NAN: cannot be said. */
struct agree_figures {
    size_t n;             /* units that both have */
    double exact, within; /* shares; within one class */
    double kappa;         /* totals: of the seven bands; NAN below two units */
    double apart, bias;   /* mean |a - b| and mean a - b, in the unit's own points */
};

/* `what`: only units of that criterion or dimension; NULL: all of the kind. */
void agree_figures(const struct agree *a, enum agree_kind kind, const char *what, int first,
                   int second, struct agree_figures *out);

/* Krippendorff's alpha of all graders; the same `what`. Totals are compared by band. */
double agree_alpha(const struct agree *a, enum agree_kind kind, const char *what);

/* Appends the report, laid out for the screen's width. */
void agree_write(const struct agree *a, const struct screen *screen, struct buffer *out);

/* Appends it as one line of JSON: {"graders":[],"transcripts","left_out","criteria":{"pairs":
 * [{"graders":[2],"n","exact","within_one","kappa","apart","bias"}],"alpha","each":[{"id","n",
 * "exact","within_one","kappa","alpha"}]},"dimensions":...,"totals":...,"disputed":[{"transcript","scenario",
 * "criterion","grades":[{"grader","verdict","quote"}]}]}; what cannot be said is null. */
void agree_json(const struct agree *a, struct buffer *out);

#endif
