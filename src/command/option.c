#include "command/option.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* Whether `name` (of `length` bytes) is the option's name or a beginning of it. */
static bool begins(const struct option *o, const char *name, size_t length)
{
    return !strncmp(o->name, name, length);
}

struct search {
    const struct option *found;
    const struct option *other; /* a second one with the same beginning */
};

/* Looks in one table; true when the name is exact, which ends the search. */
static bool search_table(const struct option *table, const char *name, size_t length,
                         struct search *s)
{
    for (; table && table->name; table++) {
        if (!begins(table, name, length))
            continue;
        if (strlen(table->name) == length) {
            *s = (struct search) { table, NULL };
            return true;
        }
        if (s->found)
            s->other = table;
        else
            s->found = table;
    }
    return false;
}

static void fail_unknown(const struct option *own, const struct option *common, const char *name,
                         struct error *e)
{
    const char *names[OPTION_MAX + 1];
    size_t count = 0;
    for (; own && own->name && count < OPTION_MAX; own++)
        names[count++] = own->name;
    for (; common && common->name && count < OPTION_MAX; common++)
        names[count++] = common->name;
    names[count] = NULL;
    const char *near = nearest_word(name, names);
    error_set(e, ERROR_USAGE, "unknown option '--%s'%s%s%s", name, near ? "; did you mean '--" : "",
              near ? near : "", near ? "'?" : "");
}

static const struct option *find_option(const struct option *own, const struct option *common,
                                        const char *name, size_t length, struct error *e)
{
    struct search s = { NULL, NULL };
    if (search_table(own, name, length, &s) || search_table(common, name, length, &s))
        return s.found;
    char shown[64];
    size_t size = length < sizeof(shown) - 1 ? length : sizeof(shown) - 1;
    memcpy(shown, name, size);
    shown[size] = '\0';
    if (!s.found) {
        fail_unknown(own, common, shown, e);
    } else if (s.other) {
        error_set(e, ERROR_USAGE, "'--%s' could be '--%s' or '--%s'", shown, s.found->name,
                  s.other->name);
        return NULL;
    }
    return s.found;
}

static int check_number(const struct option *o, struct option_value *value, struct error *e)
{
    char *end;
    value->number = strtod(value->text, &end);
    if (!*value->text || *end)
        return error_set(e, ERROR_USAGE, "'--%s' wants a number, not '%s'", o->name, value->text);
    if (!(value->number >= o->low && value->number <= o->high))
        return error_set(e, ERROR_USAGE, "'--%s' must be between %g and %g", o->name, o->low,
                         o->high);
    return 0;
}

static int check_choice(const struct option *o, struct option_value *value, struct error *e)
{
    int index = json_choice(value->text, o->choices);
    if (index >= 0) {
        value->number = index;
        return 0;
    }
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; o->choices[i]; i++)
        buffer_printf(&list, "%s%s", i ? ", " : "", o->choices[i]);
    error_set(e, ERROR_USAGE, "'--%s' cannot be '%s'; choose from %s", o->name,
              value->text, list.data);
    buffer_release(&list);
    return -1;
}

static int add_value(struct option_values *values, const struct option *o, const char *text,
                     struct error *e)
{
    struct option_value value = { o, text, 0 };
    if (o->kind == OPTION_NUMBER && check_number(o, &value, e) < 0)
        return -1;
    if (o->kind == OPTION_CHOICE && check_choice(o, &value, e) < 0)
        return -1;
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].option == o) {
            values->items[i] = value;
            return 0;
        }
    assert(values->count < OPTION_MAX);
    values->items[values->count++] = value;
    return 0;
}

/* One "--name", "--name=value" or "--name value"; *used is how many arguments it took. */
static int parse_one(char **argv, int left, struct option_values *values, int *used,
                     struct error *e)
{
    const char *name = argv[0] + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const struct option *o = find_option(values->own, values->common, name, length, e);
    if (!o)
        return -1;
    *used = 1;
    if (o->kind == OPTION_FLAG)
        return equals ? error_set(e, ERROR_USAGE, "'--%s' takes no value", o->name)
                      : add_value(values, o, "", e);
    if (equals)
        return add_value(values, o, equals + 1, e);
    if (left < 2)
        return error_set(e, ERROR_USAGE, "'--%s' wants a value: --%s %s", o->name, o->name,
                         o->value ? o->value : "VALUE");
    *used = 2;
    return add_value(values, o, argv[1], e);
}

int options_parse(int argc, char **argv, struct option_values *values, int *arg_count,
                  struct error *e)
{
    static char help[] = "--help";
    int kept = 1;
    for (int i = 1; i < argc;) {
        char *argument = argv[i];
        if (!strcmp(argument, "-h"))
            argv[i] = argument = help;
        if (!strcmp(argument, "--")) {
            for (i++; i < argc; i++)
                argv[kept++] = argv[i];
            break;
        }
        if (argument[0] != '-' || !argument[1]) { /* a lone dash is standard input */
            argv[kept++] = argument;
            i++;
            continue;
        }
        if (argument[1] != '-')
            return error_set(e, ERROR_USAGE, "unknown option '%s'; options begin with two dashes",
                             argument);
        int used;
        if (parse_one(argv + i, argc - i, values, &used, e) < 0)
            return -1;
        i += used;
    }
    argv[kept] = NULL;
    *arg_count = kept - 1;
    return 0;
}

const struct option_value *options_find(const struct option_values *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (!strcmp(values->items[i].option->name, name))
            return &values->items[i];
    return NULL;
}

enum {
    HELP_COLUMN = 25, /* where explanations begin */
    HELP_BENEATH = 8, /* where they do in a window without room for two columns */
    HELP_TWO_COLUMNS = 56,
};

void options_help_line(struct buffer *out, const struct screen *screen, const char *left,
                       const char *help)
{
    bool narrow = screen->width < HELP_TWO_COLUMNS;
    int column = narrow ? HELP_BENEATH : HELP_COLUMN;
    int taken = 2 + (int)strlen(left); /* ASCII */
    buffer_printf(out, "  %s", left);
    if (narrow || taken >= column) {
        buffer_add_char(out, '\n');
        taken = 0;
    }
    buffer_repeat(out, " ", (size_t)(column - taken));
    screen_wrap(out, help, strlen(help), screen->width, column, -column);
    buffer_add_char(out, '\n');
}

void options_help(struct buffer *out, const struct screen *screen,
                  const struct option *table)
{
    for (; table && table->name; table++) {
        struct buffer left = BUFFER_INIT;
        buffer_printf(&left, "--%s%s%s", table->name, table->value ? " " : "",
                      table->value ? table->value : "");
        options_help_line(out, screen, left.data, table->help);
        buffer_release(&left);
    }
}
