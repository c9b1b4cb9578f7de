/*
 * command.h - the table of commands, and what each of them is given.
 *
 * To add a command:
 *   1. src/command/<name>.c: a comment that says what it does, its option table, a static run
 *      function, and `const struct command command_<name>` (designated initialisers).
 *   2. Declare it below and add its row to `command_table` in command.c, where --help shall list
 * it.
 *   3. tests/golden/<name>-*: its output, its mistakes and their exit status.
 *   4. docs/man/viva-<name>.1.scd: the tests compare the page with the table.
 * The table drives dispatch, the number of arguments, --help, completion and the manual; a test
 * walks it and fails on a row without help, usage or option text.
 *
 * A command writes results to ctx->out and chatter to ctx->err, and never calls exit(). It returns
 * an enum error_code as exit status. When it also sets the error that it was given, the dispatcher
 * prints that; mistakes in files are printed by command_print_errors() as they are found.
 */
#ifndef VIVA_COMMAND_COMMAND_H
#define VIVA_COMMAND_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/time.h"
#include "command/option.h"
#include "content/catalogue.h"
#include "terminal/screen.h"

struct command_context {
    FILE *in, *out, *err;
    const struct command *command;
    char **args; /* positional arguments, NULL-terminated, without options */
    int arg_count;
    struct option_values options;
    struct screen screen; /* of `out` */
    struct time_source time;
    struct catalogue *catalogue; /* made on first use; see command_catalogue() */
    char *transcripts;           /* found on first use; see command_transcripts() */
    char *again;                 /* made on first use; see command_again() */
};

struct command {
    const char *name;
    const char *usage;            /* what follows the name: "[SCENARIO]"; "" for nothing */
    const char *help;             /* one line for the list of commands, lower case, no full stop */
    const char *details; /* what --help says beneath it, wrapped there; may be NULL */
    const struct option *options; /* beside the common ones; NULL: none */
    int min_args, max_args;       /* max -1: any number */
    int (*run)(struct command_context *ctx, struct error *e);
};

extern const struct command command_interview;
extern const struct command command_home, command_practice, command_resume, command_list,
    command_review, command_doctor, command_help;
extern const struct command command_history, command_compare, command_search, command_trends;
extern const struct command command_score, command_report, command_check, command_calibrate,
    command_agree, command_new, command_completion;

/* All commands in the order of --help, NULL-terminated. `command_home` is not among them. */
extern const struct command *const command_table[];
/* --help, --content, --transcripts, --plain, --version */
extern const struct option common_options[];

/* What main() calls: parses, dispatches, prints what went wrong; the exit status. */
int command_main(int argc, char **argv);

/* Exact name, else unique beginning. NULL with an error that names candidates or the nearest. */
const struct command *command_find(const char *name, struct error *e);

/* Options of this call, by name. A name that is in no table is a programming error. */
bool command_flag(const struct command_context *ctx, const char *name);
const char *command_text(const struct command_context *ctx, const char *name);
double command_number(const struct command_context *ctx, const char *name, double otherwise);
/* Index among the option's choices, or `otherwise`. */
int command_choice(const struct command_context *ctx, const char *name, int otherwise);

/* The content as --content and the environment have it; made once, freed by the dispatcher. */
struct catalogue *command_catalogue(struct command_context *ctx);

/* What a command that is named to go on with has to be told as this one was: " --content my
 * --transcripts there", quoted as a shell needs it, or "". Borrowed. */
const char *command_again(struct command_context *ctx);
/* The content of a session: ERROR_NONE, or the status and an error when nothing here has its scenario. */
int command_needs_content(struct command_context *ctx, const char *scenario,
                          struct error *e);

/* The folder of transcripts (DESIGN, section 4); borrowed. NULL and an error without a home. */
const char *command_transcripts(struct command_context *ctx, struct error *e);

/* "path:line:column: message", the line and a caret; or "viva: message". To ctx->err. */
void command_print_error(struct command_context *ctx, const struct error *e);
/* All of a list. Returns the code of its first entry, ERROR_NONE when it is empty. */
int command_print_errors(struct command_context *ctx, const struct error_list *list);

/* The text of `viva help` and of `viva COMMAND --help`, for the screen's width. */
void command_list_help(struct buffer *out, const struct screen *screen);
void command_help_text(struct buffer *out, const struct screen *screen,
                       const struct command *command);

#endif
