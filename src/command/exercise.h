/*
 * exercise.h - where else the same thing can be practised.
 */
#ifndef VIVA_COMMAND_EXERCISE_H
#define VIVA_COMMAND_EXERCISE_H

#include "content/catalogue.h"
#include "scoring/rubric.h"

/*
 * The id of another scenario whose rubric has the same criterion (by id), or else the one that has
 * most weight in its dimension; owned by the caller, NULL when there is none. Reads the rubrics of
 * the catalogue, so it is for the end of a session; those that cannot be read are passed over.
 */
char *exercise_find(struct catalogue *catalogue, const struct rubric *own,
                    const struct criterion *criterion) __attribute__((warn_unused_result));

#endif
