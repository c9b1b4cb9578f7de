/*
 * part.h - some of a scenario's phases by themselves: a short exercise.
 *
 * A part is a scenario like any other with `part` set: the chosen phases in the scenario's order,
 * all of its facts and hints, and the twist when the criterion of it is expected in a chosen phase.
 */
#ifndef VIVA_CONTENT_PART_H
#define VIVA_CONTENT_PART_H

#include <stdbool.h>

#include "base/error.h"
#include "content/scenario.h"
#include "scoring/rubric.h"

/*
 * Reads "estimation,api": ids of phases, or unique beginnings of them, into chosen[], one a phase.
 * On -1 the error (ERROR_USAGE) names the nearest phase and all there are.
 */
int part_parse(const struct scenario *scenario, const char *list, bool *chosen, struct error *e);

/* At least one phase must be chosen. Borrows from `whole`, which must outlive it; free with
 * scenario_free(). */
struct scenario *part_new(const struct scenario *whole, const struct rubric *rubric,
                          const bool *chosen) __attribute__((warn_unused_result));

#endif
