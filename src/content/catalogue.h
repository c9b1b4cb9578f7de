/*
 * catalogue.h - finding content (DESIGN, section 4), and loading each file at most once.
 *
 * The roots, in this order:
 *   1. --content DIR
 *   2. $VIVA_CONTENT
 *   3. the current folder, when it has scenarios/ and rubrics/
 *   4. $XDG_DATA_HOME/viva
 *   5. $VIVA_SHARE, else share/viva beside the program's own bin, else the source tree that it was built
 *      in, else where it was installed to
 * For each file by itself the first root that has it wins: a user's rubric shadows the shipped one,
 * and a team's folder without a lexicon uses the shipped lexicon.
 *
 * What is returned belongs to the catalogue, stays until catalogue_free(), and is the same pointer
 * when asked for again. A failure adds to `errors`; asking again for a bad file reports it again.
 */
#ifndef VIVA_CONTENT_CATALOGUE_H
#define VIVA_CONTENT_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "content/scenario.h"
#include "scoring/lexicon.h"
#include "scoring/rubric.h"
#include "scoring/weights.h"

/* A content file larger than this is not read. */
enum { CONTENT_BYTES_MAX = 8 << 20 };

struct catalogue;

/* `content_option` is the value of --content, or NULL. Reads the environment; opens nothing. */
struct catalogue *catalogue_new(const char *content_option) __attribute__((warn_unused_result));
void catalogue_free(struct catalogue *catalogue);

/* From now on rubrics are loaded for grading alone (rubric_load_to_grade()). */
void catalogue_only_grades(struct catalogue *catalogue);

/* -1 when the folder named by --content or $VIVA_CONTENT is not there, or has no content at all. */
int catalogue_check(const struct catalogue *catalogue, struct error *e);

/* The roots in order, NULL-terminated, whether they exist or not. */
const char *const *catalogue_roots(const struct catalogue *catalogue);

/* Path of, say, "rubrics", "url-shortener.json" in the first root that has it, or NULL. The caller
 * frees. */
char *catalogue_path(const struct catalogue *catalogue, const char *folder, const char *name)
    __attribute__((warn_unused_result));

/* Ids of the scenarios of all roots, sorted, each once: a listing of folders, nothing is opened.
 * The caller frees each and the array. Returns the count. */
size_t catalogue_scenarios(const struct catalogue *catalogue, char ***ids);

/* The same of rubrics that no root has a scenario for: nobody can sit in them. */
size_t catalogue_orphans(const struct catalogue *catalogue, char ***ids);

/* Whether a root has a scenario of that id. */
bool catalogue_has(const struct catalogue *catalogue, const char *id);

/* The root that a scenario comes from, and the next one, whose scenario it hides; NULL: none. Borrowed. */
const char *catalogue_root_of(const struct catalogue *catalogue, const char *id,
                              const char **hidden);

/* Title, level, minutes and tags of one scenario. Release with scenario_summary_release(). */
int catalogue_summary(struct catalogue *catalogue, const char *id, struct scenario_summary *out,
                      struct error_list *errors);

/*
 * The lexicon of a root's content is the root's own; a root without one uses the first that there is.
 * So a folder on another subject brings its lexicon for itself and changes nothing for the rest. The
 * first form is the lexicon of a scenario's rubric, the second that of a file of content; `path` NULL
 * is for what is found first of all.
 */
const struct lexicon *catalogue_lexicon_of(struct catalogue *catalogue, const char *id,
                                           struct error_list *errors);
const struct lexicon *catalogue_lexicon(struct catalogue *catalogue, const char *path,
                                        struct error_list *errors);
const struct weights *catalogue_weights(struct catalogue *catalogue, struct error_list *errors);
/* rubrics/red-flags.json, found as the lexicon is. A folder without one is fine only as long as no rubric needs it: NULL
 * without an error when no root has it. */
const struct shared_red_flags *catalogue_red_flags(struct catalogue *catalogue, const char *path,
                                                   struct error_list *errors);

/* 0, or -1 with an error. An unknown id names the nearest ones. */
int catalogue_scenario(struct catalogue *catalogue, const char *id, struct scenario **out,
                       struct error_list *errors);
int catalogue_rubric(struct catalogue *catalogue, const char *id, struct rubric **out,
                     struct error_list *errors);
/*
 * The same without the shared red flags, which are most of the work, when rubrics are loaded for grading
 * alone: catalogue_rubric() adds them to it later. Nothing may be graded with it before that.
 */
int catalogue_rubric_begin(struct catalogue *catalogue, const char *id,
                           struct rubric **out, struct error_list *errors);

#endif
