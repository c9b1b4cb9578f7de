/*
 * option.h - options as tables: declared once, used for parsing, --help, completion and the manual.
 *
 * GNU long options: `--name`, `--name value`, `--name=value`, any unique beginning of a name, and
 * `--` to end them. There are no short options except -h for --help.
 */
#ifndef VIVA_COMMAND_OPTION_H
#define VIVA_COMMAND_OPTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "terminal/screen.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER, OPTION_CHOICE };

struct option {
    const char *name; /* without the dashes; NULL ends a table */
    enum option_kind kind;
    const char *value;          /* what to call the value in --help: "DIR" */
    const char *help;           /* one line, lower case, no full stop */
    const char *const *choices; /* OPTION_CHOICE: NULL-terminated */
    double low, high;           /* OPTION_NUMBER: inclusive */
};

enum { OPTION_MAX = 24 }; /* options of one command, the common ones included */

struct option_value {
    const struct option *option;
    const char *text; /* borrowed from the arguments; "" for a flag */
    double number;
};

struct option_values {
    const struct option *own,
        *common; /* where they are looked up, in this order; may be NULL */
    struct option_value items[OPTION_MAX];
    size_t count;
};

/*
 * Parses argv[1..] into values that have their tables and nothing else. What is no option is
 * moved to the front of argv[1..] in its order and counted in *arg_count. A repeated option
 * counts last. On a mistake -1 and an ERROR_USAGE that names the nearest option.
 */
int options_parse(int argc, char **argv, struct option_values *values, int *arg_count,
                  struct error *e);

/* The value of an option, or NULL when it was not given. */
const struct option_value *options_find(const struct option_values *values, const char *name);

/* A line of help: what it is about, and its explanation in a column of its own, for the width. */
void options_help_line(struct buffer *out, const struct screen *screen, const char *left,
                       const char *help);
/* The lines of --help for a table. */
void options_help(struct buffer *out, const struct screen *screen,
                  const struct option *table);

#endif
