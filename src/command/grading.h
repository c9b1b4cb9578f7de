/*
 * grading.h - what the commands that grade answers share: scorers made on demand, and an answer read
 * from JSON. One `struct grading` a thread; they may share a catalogue, which is guarded by a lock.
 */
#ifndef VIVA_COMMAND_GRADING_H
#define VIVA_COMMAND_GRADING_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "content/catalogue.h"
#include "scoring/score.h"

struct grading;
struct grading *grading_new(struct catalogue *catalogue) __attribute__((warn_unused_result));
void grading_free(struct grading *g);

/* A scenario made ready for grading; borrowed from the grading. `scenario` is NULL when there is a
 * rubric and no scenario file: the rubric alone can grade. */
struct grading_subject {
    const struct rubric *rubric;
    const struct scenario *scenario;
    struct scorer *scorer;
};

/* 0, or -1 with an error; an id that failed once fails again at once. */
int grading_subject(struct grading *g, const char *scenario, struct grading_subject *out,
                    struct error *e);

/* The subject's own name of a phase; NULL: it has none of that name. */
const char *grading_phase(const struct grading_subject *subject, const char *phase);

/*
 * The answer of one line: "answers" (phase -> text) or "text". Parts live in the arena, their texts
 * are the line's. Phases that the scenario does not have count as every phase.
 */
int grading_answer(const struct grading_subject *subject, const json_t *line, struct arena *arena,
                   struct answer *out, struct error *e);

#endif
