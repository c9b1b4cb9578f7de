/*
 * shelf.h - what history, search, trends, compare and list share: the index opened and brought up to
 * date with a word about it when that takes long, the options that choose sessions, and titles.
 */
#ifndef VIVA_COMMAND_SHELF_H
#define VIVA_COMMAND_SHELF_H

#include "command/command.h"
#include "transcript/library.h"

/* Which sessions; for the option tables. */
#define SHELF_CHOICE_OPTIONS                                                               \
    { .name = "scenario",                                                                  \
      .kind = OPTION_TEXT,                                                                 \
      .value = "ID",                                                                       \
      .help = "only sessions on this scenario" },                                          \
        { .name = "level",                                                                 \
          .kind = OPTION_CHOICE,                                                           \
          .value = "LEVEL",                                                                \
          .choices = shelf_levels,                                                         \
          .help = "only sessions that aimed at mid, senior or staff" },                    \
        { .name = "candidate",                                                             \
          .kind = OPTION_TEXT,                                                             \
          .value = "XY",                                                                   \
          .help = "only interviews of this candidate" },                                   \
        { .name = "since",                                                                 \
          .kind = OPTION_TEXT,                                                             \
          .value = "DATE",                                                                 \
          .help = "only from this day on: 2026-11-20, 2026-11 or 2026" },                  \
    {                                                                                      \
        .name = "until", .kind = OPTION_TEXT, .value = "DATE",                             \
        .help = "only up to the end of this day, month or year"                            \
    }
#define SHELF_OPTIONS                                                                      \
    SHELF_CHOICE_OPTIONS,                                                                  \
    {                                                                                      \
        .name = "format", .kind = OPTION_CHOICE, .value = "FORMAT",                        \
        .choices = shelf_formats, .help = "text (the default) or json"                     \
    }
#define SHELF_LIMIT_OPTION(what)                                                           \
    {                                                                                      \
        .name = "limit", .kind = OPTION_NUMBER, .value = "N", .low = 0, .high = 100000,    \
        .help = (what)                                                                     \
    }
extern const char *const shelf_levels[];  /* mid, senior, staff */
extern const char *const shelf_formats[]; /* text, json */
enum { SHELF_LIMIT = 20 };

/* What the options choose; limit 0. -1 and an ERROR_USAGE for a date that is none. */
int shelf_filter(const struct command_context *ctx, struct library_filter *out, struct error *e);
/* Whether the filter leaves anything out. */
bool shelf_filters(const struct library_filter *filter);

/* The index of the transcripts' folder, up to date; NULL and an error. Close it with shelf_close(). */
struct shelf;
struct shelf *shelf_open(struct command_context *ctx, enum library_depth depth, struct error *e)
    __attribute__((warn_unused_result));
struct library *shelf_library(const struct shelf *shelf);
/* What a person has to know of the index, to ctx->err. */
void shelf_tell_note(const struct shelf *shelf);
void shelf_close(struct shelf *shelf);

/* "No sessions yet ...": or, when a filter is to blame, that no session fits. To ctx->out. */
void shelf_tell_none(struct command_context *ctx, const struct library_filter *filter);

/* The scores by the grader of --grader, or the built-in one. A grader who graded nothing at all is a
 * mistake, which names those that there are. */
int shelf_scores(struct command_context *ctx, const struct shelf *shelf,
                 const struct library_filter *filter, struct arena *arena,
                 struct library_scores *out, struct error *e);

/* A trends_title() over the catalogue: `state` is the context. Rubrics that cannot be read have no
 * titles, and nothing is said of it. */
const char *shelf_title(void *state, const char *scenario, const char *criterion);

#endif
