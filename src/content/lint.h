/*
 * lint.h - what a scenario and a rubric owe to the people who will be graded by them.
 *
 * A file is linted once it loads: its mistakes of form are the loader's business. Each finding
 * names its place in the file. Some rules hold for everybody (DESIGN, section 5: what is named
 * exists, a probe gives nothing away, a rubric ranks its own samples); the standards of the shipped
 * content (how many facts, samples, hints) hold with `strict` alone.
 */
#ifndef VIVA_CONTENT_LINT_H
#define VIVA_CONTENT_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "content/scenario.h"
#include "scoring/lexicon.h"
#include "scoring/rubric.h"
#include "scoring/weights.h"

/* The text that was loaded, for places; borrowed. */
struct lint_file {
    const char *source, *text;
    size_t length;
};

struct lint_content {
    const struct lexicon *lexicon;
    const struct weights *weights;
    const struct scenario *scenario; /* NULL: there is none; what it would show goes unchecked */
    const struct rubric *rubric;     /* the same */
    bool strict;
};

/* What the strict rules ask for. */
enum {
    LINT_CRITERIA_LEAST = 14,
    LINT_FACTS_LEAST = 10,
    LINT_SAMPLES_LEAST = 8,
    LINT_RED_FLAGS_LEAST = 8,
    LINT_HINTS_LEAST = 6,
    LINT_STEPS_LEAST = 2,
    LINT_SOUND_LEAST = 2, /* examples of a red flag */
    LINT_WRONG_LEAST = 1,
};

/* `c->scenario` is the file's own. */
void lint_scenario(const struct lint_content *c, const struct lint_file *file,
                   struct error_list *findings);

/* `c->rubric` is the file's own. */
void lint_rubric(const struct lint_content *c, const struct lint_file *file,
                 struct error_list *findings);

/*
 * No criterion may find more in another problem's strong sample than in its own: then it is about
 * system design in general and not about this problem. What only the interviewer raises is left
 * out. `others` may hold the rubric itself.
 */
void lint_neighbours(const struct lint_content *c, const struct rubric *const *others, size_t count,
                     const struct lint_file *file, struct error_list *findings);

/* The shared red flags by themselves. Needs lexicon and weights. */
void lint_red_flags(const struct lint_content *c, const struct shared_red_flags *flags,
                    const struct lint_file *file, struct error_list *findings);

#endif
