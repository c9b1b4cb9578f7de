/*
 * check.h - what `viva check` shares: a line of its summary, and the checks of each kind of file.
 */
#ifndef VIVA_COMMAND_CHECK_H
#define VIVA_COMMAND_CHECK_H

#include "base/buffer.h"
#include "base/error.h"
#include "content/catalogue.h"
#include "content/lint.h"

enum kind {
    KIND_SCENARIO,
    KIND_RUBRIC,
    KIND_LEXICON,
    KIND_RED_FLAGS,
    KIND_WEIGHTS,
    KIND_TRANSCRIPT,
    KIND_COUNT
};

/* How many of what there are, for the summary. */
struct check_tally {
    const char *one, *many;
    size_t count;
};

/* One line of the summary: a scenario with its rubric, or a file. */
struct check_item {
    const char *name;
    struct error_list mistakes; /* why it cannot be used */
    struct error_list findings; /* what is wrong with it */
    struct check_tally tallies[6];
    size_t tally_count;
    const char *untried; /* what its mistakes kept from being tried; NULL: nothing */
};

/* What a check may use. */
struct check_view {
    struct catalogue *catalogue;
    bool strict;
};

/* A file in memory. */
struct check_file {
    char *path;
    struct buffer text;
};

/* False, and a mistake, when it cannot be read; to be closed in either case. */
bool check_open(struct check_file *file, const char *path, struct check_item *item);
void check_close(struct check_file *file);

/* The last folder of a path, "" when there is none; `name` is what follows it. */
void check_split_path(const char *path, struct buffer *folder, const char **name);

/* By its place, else by its keys; -1 and a mistake when neither tells. */
int check_kind(const struct check_file *file, struct check_item *item);

/* Checks a file of that kind by itself. */
void check_one(const struct check_view *view, enum kind kind, const struct check_file *file,
               struct check_item *item);

/* Lexicon and weights, which every check needs; false with mistakes when they are not to be had. */
bool check_shared(const struct check_view *view, const char *path, struct lint_content *content,
                  struct check_item *item);

/* A scenario and its rubric, which the catalogue finds, on one line of the summary. */
void check_pair(const struct check_view *view, const char *id, const struct lint_content *shared,
                struct check_item *item);

#endif
