/* calibration_internal.h - what calibration.c and calibration_write.c share. Nobody else includes
 * it. */
#ifndef VIVA_REPORT_CALIBRATION_INTERNAL_H
#define VIVA_REPORT_CALIBRATION_INTERNAL_H

#include "base/memory.h"
#include "report/calibration.h"

/* All that is shown, computed once, in an arena. */
struct calibration_row {
    const char *name; /* of the scenario */
    struct calibration_figures figures;
};

struct criterion_row {
    const char *scenario, *criterion;
    struct agreement_table verdicts; /* counts[ours][theirs] */
};

struct calibration_sheet {
    struct calibration_row *scenarios; /* in the order of first use */
    size_t scenario_count;
    struct calibration_figures all, mean; /* mean over the scenarios */
    struct criterion_row *criteria;       /* by scenario, in the order of first use */
    size_t criterion_count;
    struct worst_point {
        const struct calibration_answer *answer;
        const struct calibration_point *point;
        size_t order; /* in the input */
    } * points;       /* worst first */
    size_t point_count;
    const struct calibration_answer **totals; /* worst first */
    size_t total_count;
};

void calibration_sheet_make(const struct calibration *c, struct arena *arena,
                            struct calibration_sheet *out);

#endif
