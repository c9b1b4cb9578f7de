#include "command/command.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "scoring/score.h"
#include "terminal/prompt.h"

const struct command *const command_table[] = {
    &command_practice,
    &command_interview,
    &command_resume,
    &command_list,
    &command_history,
    &command_review,
    &command_report,
    &command_compare,
    &command_search,
    &command_trends,
    &command_score,
    &command_check,
    &command_calibrate,
    &command_agree,
    &command_new,
    &command_doctor,
    &command_completion,
    &command_help,
    NULL,
};

const struct option common_options[] = {
    { "content", OPTION_TEXT, "DIR", "read scenarios and rubrics there first", NULL, 0, 0 },
    { "transcripts", OPTION_TEXT, "DIR", "keep transcripts there", NULL, 0, 0 },
    { "plain", OPTION_FLAG, NULL, "no colour, no drawing, every state in words", NULL, 0, 0 },
    { "help", OPTION_FLAG, NULL, "show what a command does", NULL, 0, 0 },
    { "version", OPTION_FLAG, NULL, "show the version", NULL, 0, 0 },
    { NULL, OPTION_FLAG, NULL, NULL, NULL, 0, 0 },
};

/* --- finding a command --- */

static void name_candidates(const char *name, struct error *e)
{
    struct buffer list = BUFFER_INIT;
    for (size_t i = 0; command_table[i]; i++)
        if (!strncmp(command_table[i]->name, name, strlen(name)))
            buffer_printf(&list, "%s'%s'", list.length ? " or " : "", command_table[i]->name);
    error_set(e, ERROR_USAGE, "'%s' could be %s", name, list.data);
    buffer_release(&list);
}

static void name_nearest(const char *name, struct error *e)
{
    const char *names[sizeof(command_table) / sizeof(*command_table)]; /* its NULL too */
    size_t count = 0;
    for (; command_table[count]; count++)
        names[count] = command_table[count]->name;
    names[count] = NULL;
    const char *near = nearest_word(name, names);
    if (near)
        error_set(e, ERROR_USAGE, "no command '%s'; did you mean '%s'?", name, near);
    else
        error_set(e, ERROR_USAGE, "no command '%s'; 'viva help' lists them", name);
}

const struct command *command_find(const char *name, struct error *e)
{
    const struct command *found = NULL;
    size_t candidates = 0;
    for (size_t i = 0; command_table[i]; i++) {
        if (!strcmp(command_table[i]->name, name))
            return command_table[i];
        if (*name && !strncmp(command_table[i]->name, name, strlen(name))) {
            found = command_table[i];
            candidates++;
        }
    }
    if (candidates > 1)
        name_candidates(name, e);
    else if (candidates == 0)
        name_nearest(name, e);
    return candidates == 1 ? found : NULL;
}

/* --- options --- */

static bool is_known(const struct option *table, const char *name)
{
    for (; table && table->name; table++)
        if (!strcmp(table->name, name))
            return true;
    return false;
}

static const struct option_value *value_of(const struct command_context *ctx, const char *name)
{
    bool known = is_known(ctx->command->options, name) || is_known(common_options, name);
    assert(known);
    (void)known; /* without assertions */
    return options_find(&ctx->options, name);
}

bool command_flag(const struct command_context *ctx, const char *name)
{
    return value_of(ctx, name) != NULL;
}

const char *command_text(const struct command_context *ctx, const char *name)
{
    const struct option_value *value = value_of(ctx, name);
    return value ? value->text : NULL;
}

double command_number(const struct command_context *ctx, const char *name, double otherwise)
{
    const struct option_value *value = value_of(ctx, name);
    return value ? value->number : otherwise;
}

int command_choice(const struct command_context *ctx, const char *name, int otherwise)
{
    const struct option_value *value = value_of(ctx, name);
    return value ? (int)value->number : otherwise;
}

/* --- what is made on first use --- */

struct catalogue *command_catalogue(struct command_context *ctx)
{
    if (!ctx->catalogue)
        ctx->catalogue = catalogue_new(command_text(ctx, "content"));
    return ctx->catalogue;
}

/* As a shell reads it back: a name that is not plain stands in single quotes. */
static void add_word(struct buffer *out, const char *word)
{
    const char *plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+,:@%";
    if (word[strspn(word, plain)] == 0) {
        buffer_add_string(out, word);
        return;
    }
    buffer_add_char(out, '\'');
    for (; *word; word++)
        if (*word == '\'')
            buffer_add_string(out, "'\\''");
        else
            buffer_add_char(out, *word);
    buffer_add_char(out, '\'');
}

const char *command_again(struct command_context *ctx)
{
    static const char *const names[] = { "content", "transcripts" };
    if (!ctx->again) {
        struct buffer text = BUFFER_INIT;
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
            const char *value = command_text(ctx, names[i]);
            if (!value)
                continue;
            buffer_printf(&text, " --%s ", names[i]);
            add_word(&text, value);
        }
        ctx->again = xstrdup(text.data ? text.data : "");
        buffer_release(&text);
    }
    return ctx->again;
}

int command_needs_content(struct command_context *ctx, const char *scenario,
                          struct error *e)
{
    struct catalogue *catalogue = command_catalogue(ctx);
    if (catalogue_has(catalogue, scenario) || catalogue_check(catalogue, NULL) < 0)
        return ERROR_NONE; /* loading it says what is wrong */
    error_set(e, ERROR_INPUT,
              "the session is on '%s', which is not found here; --content DIR names the "
              "folder that has it",
              scenario);
    return ERROR_INPUT;
}

static char *find_transcripts(const struct command_context *ctx)
{
    const char *folder = command_text(ctx, "transcripts");
    if (!folder)
        folder = getenv("VIVA_TRANSCRIPTS");
    if (folder && *folder)
        return xstrdup(folder);
    if (file_is_folder("scenarios") && file_is_folder("rubrics"))
        return xstrdup("transcripts");
    char *home = path_data_home();
    char *path = home ? path_join(home, "transcripts") : NULL;
    free(home);
    return path;
}

const char *command_transcripts(struct command_context *ctx, struct error *e)
{
    if (!ctx->transcripts)
        ctx->transcripts = find_transcripts(ctx);
    if (!ctx->transcripts)
        error_set(e, ERROR_STORAGE, "no folder for transcripts: set HOME or --transcripts DIR");
    return ctx->transcripts;
}

/* --- mistakes --- */

void command_print_error(struct command_context *ctx, const struct error *e)
{
    if (!e->line) {
        struct buffer text = BUFFER_INIT, out = BUFFER_INIT;
        struct screen screen;
        screen_init(&screen, ctx->err, true);
        buffer_printf(&text, "viva: %s%s%s", e->source, e->source[0] ? ": " : "",
                      e->message);
        if (screen.terminal) /* a window breaks words; elsewhere a message is a line */
            screen_wrap(&out, text.data, text.length, screen.width, 0, 0);
        fprintf(ctx->err, "%s\n", screen.terminal ? out.data : text.data);
        buffer_release(&text);
        buffer_release(&out);
        return;
    }
    fprintf(ctx->err, "%s:%d:%d: %s\n", e->source, e->line, e->column, e->message);
    if (e->excerpt[0] && e->caret > 0)
        fprintf(ctx->err, "  %s\n  %*s^\n", e->excerpt, e->caret - 1, "");
}

int command_print_errors(struct command_context *ctx, const struct error_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        command_print_error(ctx, &list->items[i]);
    if (list->omitted)
        fprintf(ctx->err, "viva: and %zu more\n", list->omitted);
    return list->count ? list->items[0].code : ERROR_NONE;
}

/* --- help --- */

void command_list_help(struct buffer *out, const struct screen *screen)
{
    screen_paragraph(out, screen,
                     "viva: a mock system-design interview in the terminal\n\n"
                     "usage: viva [COMMAND] [OPTIONS]\n",
                     0);
    for (size_t i = 0; command_table[i]; i++) {
        struct buffer left = BUFFER_INIT;
        const struct command *c = command_table[i];
        buffer_printf(&left, "%s%s%s", c->name, *c->usage ? " " : "", c->usage);
        options_help_line(out, screen, left.data, c->help);
        buffer_release(&left);
    }
    buffer_add_string(out, "\nOptions of every command:\n");
    options_help(out, screen, common_options);
    buffer_add_char(out, '\n');
    screen_paragraph(
        out, screen,
        "Without a command, viva shows where you are and what can be practised.", 0);
}

/* What stands above the options. */
static void add_description(struct buffer *out, const struct screen *screen,
                            const struct command *command)
{
    struct buffer text = BUFFER_INIT;
    char first = command->help[0];
    buffer_printf(&text, "usage: viva %s%s%s%s\n\n", command->name,
                  *command->usage ? " " : "", command->usage,
                  command->options ? " [OPTIONS]" : "");
    buffer_printf(&text, "%c%s.\n", first - ('a' <= first && first <= 'z' ? 32 : 0),
                  command->help + 1);
    if (command->details)
        buffer_printf(&text, "\n%s\n", command->details);
    screen_paragraph(out, screen, text.data, 0);
    buffer_release(&text);
}

void command_help_text(struct buffer *out, const struct screen *screen,
                       const struct command *command)
{
    add_description(out, screen, command);
    if (command->options) {
        buffer_add_string(out, "Options:\n");
        options_help(out, screen, command->options);
        buffer_add_char(out, '\n');
    }
    buffer_add_string(out, "Options of every command:\n");
    options_help(out, screen, common_options);
}

/* Asked for with --help; nothing of the screen is known yet. */
static int show_help(struct command_context *ctx)
{
    struct buffer text = BUFFER_INIT;
    screen_init(&ctx->screen, ctx->out, command_flag(ctx, "plain"));
    if (ctx->command == &command_home)
        command_list_help(&text, &ctx->screen);
    else
        command_help_text(&text, &ctx->screen, ctx->command);
    screen_write(ctx->out, &text);
    buffer_release(&text);
    return ERROR_NONE;
}

/* The first line is for machines. libcurl is not asked: it would have to be loaded, which `viva
 * doctor` does. */
static int show_version(struct command_context *ctx)
{
    fprintf(ctx->out, "viva %s\n", VIVA_VERSION);
    fprintf(ctx->out, "grader %s, jansson %s, readline %s, utf8proc %s\n", SCORER_VERSION,
            json_library_version(), prompt_library_version(), utf8_library_version());
    return ERROR_NONE;
}

/* --- running --- */

/* Whether the argument is a common option whose value is the next one. */
static bool takes_next(const char *argument)
{
    size_t length = strlen(argument);
    if (length < 3 || strchr(argument, '='))
        return false;
    for (const struct option *o = common_options; o->name; o++)
        if (o->kind != OPTION_FLAG && !strncmp(o->name, argument + 2, length - 2))
            return true;
    return false;
}

/* The first argument that is no option, past the values of common options before it. */
static int find_name(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-')
            return i;
        if (takes_next(argv[i]))
            i++;
    }
    return 0;
}

static int check_arguments(const struct command_context *ctx, struct error *e)
{
    const struct command *c = ctx->command;
    if (ctx->arg_count < c->min_args)
        return error_set(
            e, ERROR_USAGE,
            "something is missing; the command is viva %s %s, and viva %s --help says more",
            c->name, c->usage, c->name);
    if (c->max_args >= 0 && ctx->arg_count > c->max_args)
        return error_set(e, ERROR_USAGE,
                         "'%s' is not expected here; the command is viva%s%s%s%s",
                         ctx->args[c->max_args], *c->name ? " " : "", c->name,
                         *c->usage ? " " : "", c->usage);
    return 0;
}

static int run_command(struct command_context *ctx, struct error *e)
{
    if (command_flag(ctx, "version"))
        return show_version(ctx);
    if (command_flag(ctx, "help"))
        return show_help(ctx);
    if (check_arguments(ctx, e) < 0)
        return ERROR_USAGE;
    screen_init(&ctx->screen, ctx->out, command_flag(ctx, "plain"));
    return ctx->command->run(ctx, e);
}

/* `viva url-shortener`: what is wanted is clear, and said. */
static void name_practice(struct command_context *ctx, const char *name, struct error *e)
{
    const char *hidden;
    ctx->command = &command_home; /* for the options, of which none was read */
    if (strchr(name, '/') || !catalogue_root_of(command_catalogue(ctx), name, &hidden))
        return;
    error_init(e);
    error_set(e, ERROR_USAGE, "'%s' is a scenario: 'viva practice %s' starts it", name,
              name);
}

int command_main(int argc, char **argv)
{
    struct error e;
    error_init(&e);
    struct command_context ctx = {
        .in = stdin,
        .out = stdout,
        .err = stderr,
        .command = &command_home,
        .options = { .common = common_options },
        .time = time_system,
    };
    int status = ERROR_USAGE, name = find_name(argc, argv);
    if (name)
        ctx.command = command_find(argv[name], &e);
    if (ctx.command)
        ctx.options.own = ctx.command->options;
    else
        name_practice(&ctx, argv[name], &e);
    if (e.code == ERROR_NONE &&
        options_parse(argc, argv, &ctx.options, &ctx.arg_count, &e) == 0) {
        ctx.args = argv + 1;
        if (name) { /* its name is the first of what is left */
            ctx.args++;
            ctx.arg_count--;
        }
        status = run_command(&ctx, &e);
    }
    if (e.code != ERROR_NONE) {
        command_print_error(&ctx, &e);
        status = (int)e.code;
    }
    if (ctx.catalogue)
        catalogue_free(ctx.catalogue);
    free(ctx.transcripts);
    free(ctx.again);
    return status;
}
