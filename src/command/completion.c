/*
 * viva completion SHELL: a script that lets bash, zsh or fish complete commands, options, their
 * choices, and the ids of scenarios and transcripts. Written from the tables of commands and
 * options, so it knows what they know. The scripts ask `viva completion scenarios` and `viva
 * completion transcripts` for the ids when they are needed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "command/command.h"
#include "transcript/reader.h"

/* What stands behind a command, as its usage calls it. */
enum subject { SUBJECT_NOTHING, SUBJECT_SCENARIO, SUBJECT_TRANSCRIPT, SUBJECT_COMMAND, SUBJECT_FILE };

static enum subject subject_of(const struct command *c)
{
    static const struct {
        const char *word;
        enum subject subject;
    } words[] = {
        { "SCENARIO", SUBJECT_SCENARIO }, { "ID", SUBJECT_TRANSCRIPT }, { "A B", SUBJECT_TRANSCRIPT },
        { "COMMAND", SUBJECT_COMMAND },   { "FILE", SUBJECT_FILE },
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (strstr(c->usage, words[i].word))
            return words[i].subject;
    return SUBJECT_NOTHING;
}

/* A name in capitals that begins with DIR or FILE is completed by the shell. */
static bool is_path(const struct option *o)
{
    return o->kind == OPTION_TEXT && (!strcmp(o->value, "DIR") || !strcmp(o->value, "FILE"));
}

static bool is_scenario(const struct option *o)
{
    return o->kind == OPTION_TEXT && !strcmp(o->name, "scenario");
}

/* For the inside of single quotes; `special` are characters that want a backslash. */
static void add_escaped(struct buffer *out, const char *text, const char *special)
{
    for (; *text; text++) {
        if (strchr(special, *text))
            buffer_add_char(out, '\\');
        if (*text == '\'')
            buffer_add_string(out, "'\\''");
        else
            buffer_add_char(out, *text);
    }
}

static void add_choices(struct buffer *out, const struct option *o)
{
    for (size_t i = 0; o->choices[i]; i++)
        buffer_printf(out, "%s%s", i ? " " : "", o->choices[i]);
}

static void add_commands(struct buffer *out)
{
    for (size_t i = 0; command_table[i]; i++)
        buffer_printf(out, "%s%s", i ? " " : "", command_table[i]->name);
}

/* --- bash --- */

static const char bash_scenarios[] = "_viva_words \"$(viva completion scenarios 2>/dev/null)\"";

static void bash_options(struct buffer *out, const struct option *o)
{
    for (; o && o->name; o++)
        buffer_printf(out, " --%s", o->name);
}

/* What can stand behind an option that takes a value. */
static void bash_values(struct buffer *out, const char *command, const struct option *o)
{
    for (; o && o->name; o++) {
        if (o->kind == OPTION_FLAG)
            continue;
        buffer_printf(out, "    \"%s --%s\") ", command, o->name);
        if (o->kind == OPTION_CHOICE) {
            buffer_add_string(out, "_viva_words \"");
            add_choices(out, o);
            buffer_add_string(out, "\"; return ;;\n");
        } else if (is_scenario(o)) {
            buffer_add_string(out, bash_scenarios);
            buffer_add_string(out, "; return ;;\n");
        } else {
            buffer_add_string(out, is_path(o) ? "compopt -o default; return ;;\n" : "return ;;\n");
        }
    }
}

static void bash_common_values(struct buffer *out)
{
    for (const struct option *o = common_options; o->name; o++)
        if (o->kind != OPTION_FLAG)
            buffer_printf(out, "    *\" --%s\") compopt -o default; return ;;\n", o->name);
}

static void bash_command(struct buffer *out, const struct command *c)
{
    static const char *const subjects[] = {
        [SUBJECT_NOTHING] = ":",
        [SUBJECT_SCENARIO] = bash_scenarios,
        [SUBJECT_TRANSCRIPT] = "_viva_words \"$(viva completion transcripts 2>/dev/null)\"",
        [SUBJECT_COMMAND] = "_viva_words \"$commands\"",
        [SUBJECT_FILE] = "compopt -o default",
    };
    buffer_printf(out, "    %s) options=\"", c->name);
    bash_options(out, c->options);
    bash_options(out, common_options);
    buffer_printf(out, "\"; [[ $current == -* ]] || { %s; return; } ;;\n", subjects[subject_of(c)]);
}

static void write_bash(struct buffer *out)
{
    buffer_add_string(out, "# bash completion of viva, made by: viva completion bash\n"
                           "_viva_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$current\")); }\n\n"
                           "_viva() {\n"
                           "    local current=${COMP_WORDS[COMP_CWORD]} "
                           "previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                           "    local command= options= i commands=\"");
    add_commands(out);
    buffer_add_string(out, "\"\n    COMPREPLY=()\n"
                           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                           "        case ${COMP_WORDS[i]} in\n        ");
    const char *gap = "";
    for (const struct option *o = common_options; o->name; o++)
        if (o->kind != OPTION_FLAG) {
            buffer_printf(out, "%s--%s", gap, o->name);
            gap = " | ";
        }
    buffer_add_string(out, ") ((i++)) ;;\n"
                           "        -*) ;;\n"
                           "        *) command=${COMP_WORDS[i]}; break ;;\n"
                           "        esac\n    done\n"
                           "    case \"$command $previous\" in\n");
    for (size_t i = 0; command_table[i]; i++)
        bash_values(out, command_table[i]->name, command_table[i]->options);
    bash_common_values(out);
    buffer_add_string(out, "    esac\n    case $command in\n    \"\") options=\"");
    bash_options(out, common_options);
    buffer_add_string(out, "\"; [[ $current == -* ]] || { _viva_words \"$commands\"; return; } ;;\n");
    for (size_t i = 0; command_table[i]; i++)
        bash_command(out, command_table[i]);
    buffer_add_string(out, "    esac\n    _viva_words \"$options\"\n}\n\ncomplete -F _viva viva\n");
}

/* --- zsh --- */

static void zsh_options(struct buffer *out, const struct option *o)
{
    for (; o && o->name; o++) {
        buffer_printf(out, " \\\n        '--%s%s[", o->name, o->kind == OPTION_FLAG ? "" : "=");
        add_escaped(out, o->help, "[]:\\");
        buffer_add_char(out, ']');
        if (o->kind != OPTION_FLAG)
            buffer_printf(out, ":%s:", o->value);
        if (o->kind == OPTION_CHOICE) {
            buffer_add_char(out, '(');
            add_choices(out, o);
            buffer_add_char(out, ')');
        } else if (is_path(o)) {
            buffer_add_string(out, "_files");
        } else if (is_scenario(o)) {
            buffer_add_string(out, " _viva_ids scenarios");
        }
        buffer_add_char(out, '\'');
    }
}

static void zsh_command(struct buffer *out, const struct command *c)
{
    static const char *const subjects[] = {
        [SUBJECT_NOTHING] = "",
        [SUBJECT_SCENARIO] = " \\\n        '*:scenario: _viva_ids scenarios'",
        [SUBJECT_TRANSCRIPT] = " \\\n        '*:transcript: _viva_ids transcripts'",
        [SUBJECT_COMMAND] = " \\\n        '*:command:_viva_commands'",
        [SUBJECT_FILE] = " \\\n        '*:file:_files'",
    };
    buffer_printf(out, "    (%s) _arguments -S", c->name);
    zsh_options(out, c->options);
    zsh_options(out, common_options);
    buffer_printf(out, "%s ;;\n", subjects[subject_of(c)]);
}

static void write_zsh(struct buffer *out)
{
    buffer_add_string(out, "#compdef viva\n"
                           "# zsh completion of viva, made by: viva completion zsh\n"
                           "_viva_ids() { compadd -- $(viva completion $1 2>/dev/null) }\n\n"
                           "_viva_commands() {\n    local -a commands=(");
    for (size_t i = 0; command_table[i]; i++) {
        buffer_printf(out, "\n        '%s:", command_table[i]->name);
        add_escaped(out, command_table[i]->help, ":\\");
        buffer_add_char(out, '\'');
    }
    buffer_add_string(out, ")\n    _describe command commands\n}\n\n"
                           "_viva() {\n    local curcontext=$curcontext state line\n"
                           "    _arguments -S -C");
    zsh_options(out, common_options);
    buffer_add_string(out, " \\\n        '1:command:_viva_commands' '*::argument:->command'\n"
                           "    [[ $state == command ]] || return\n"
                           "    case $words[1] in\n");
    for (size_t i = 0; command_table[i]; i++)
        zsh_command(out, command_table[i]);
    buffer_add_string(out, "    esac\n}\n\n"
                           "if [[ $funcstack[1] == _viva ]]; then\n"
                           "    _viva \"$@\" # loaded from a file of its own\n"
                           "else\n    compdef _viva viva\nfi\n");
}

/* --- fish --- */

static void fish_options(struct buffer *out, const char *when, const struct option *o)
{
    for (; o && o->name; o++) {
        buffer_printf(out, "complete -c viva%s -l %s -d '", when, o->name);
        add_escaped(out, o->help, "\\");
        buffer_add_char(out, '\'');
        if (o->kind == OPTION_CHOICE) {
            buffer_add_string(out, " -x -a '");
            add_choices(out, o);
            buffer_add_char(out, '\'');
        } else if (is_scenario(o)) {
            buffer_add_string(out, " -x -a '(viva completion scenarios 2>/dev/null)'");
        } else if (o->kind != OPTION_FLAG) {
            buffer_add_string(out, is_path(o) ? " -r -F" : " -x");
        }
        buffer_add_char(out, '\n');
    }
}

static void fish_command(struct buffer *out, const struct command *c)
{
    static const char *const subjects[] = {
        [SUBJECT_NOTHING] = NULL,
        [SUBJECT_SCENARIO] = "-a '(viva completion scenarios 2>/dev/null)'",
        [SUBJECT_TRANSCRIPT] = "-a '(viva completion transcripts 2>/dev/null)'",
        [SUBJECT_COMMAND] = NULL, /* below: all the names */
        [SUBJECT_FILE] = "-F",
    };
    struct buffer when = BUFFER_INIT;
    buffer_printf(&when, " -n '__fish_seen_subcommand_from %s'", c->name);
    buffer_printf(out, "complete -c viva -n __fish_use_subcommand -a %s -d '", c->name);
    add_escaped(out, c->help, "\\");
    buffer_add_string(out, "'\n");
    if (subjects[subject_of(c)])
        buffer_printf(out, "complete -c viva%s %s\n", when.data, subjects[subject_of(c)]);
    if (subject_of(c) == SUBJECT_COMMAND) {
        buffer_printf(out, "complete -c viva%s -a '", when.data);
        add_commands(out);
        buffer_add_string(out, "'\n");
    }
    fish_options(out, when.data, c->options);
    buffer_release(&when);
}

static void write_fish(struct buffer *out)
{
    buffer_add_string(out, "# fish completion of viva, made by: viva completion fish\n"
                           "complete -c viva -f\n");
    fish_options(out, "", common_options);
    for (size_t i = 0; command_table[i]; i++)
        fish_command(out, command_table[i]);
}

/* --- ids --- */

static void write_scenarios(struct command_context *ctx, struct buffer *out)
{
    char **ids;
    size_t count = catalogue_scenarios(command_catalogue(ctx), &ids);
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "%s\n", ids[i]);
        free(ids[i]);
    }
    free(ids);
}

/* The newest first, as many as one would look through. */
static void write_transcripts(struct command_context *ctx, struct buffer *out)
{
    enum { ID_DIGITS = 8, NEWEST = 100 };
    char **names;
    const char *folder = command_transcripts(ctx, NULL);
    if (!folder)
        return;
    size_t count = folder_list(folder, ".jsonl", &names);
    for (size_t i = count; i-- > 0;) {
        const char *id = transcript_id_in_name(names[i]);
        if (id && i + NEWEST >= count)
            buffer_printf(out, "%.*s\n", ID_DIGITS, id);
        free(names[i]);
    }
    free(names);
}

/* --- the command --- */

static int run(struct command_context *ctx, struct error *e)
{
    static const char *const wanted[] = { "bash", "zsh", "fish", "scenarios", "transcripts", NULL };
    struct buffer out = BUFFER_INIT;
    switch (json_choice(ctx->args[0], wanted)) {
    case 0:
        write_bash(&out);
        break;
    case 1:
        write_zsh(&out);
        break;
    case 2:
        write_fish(&out);
        break;
    case 3:
        write_scenarios(ctx, &out);
        break;
    case 4:
        write_transcripts(ctx, &out);
        break;
    default:
        return error_set(e, ERROR_USAGE, "no completion for '%s': bash, zsh or fish", ctx->args[0]),
               ERROR_USAGE;
    }
    screen_write(ctx->out, &out);
    buffer_release(&out);
    return ERROR_NONE;
}

const struct command command_completion = {
    .name = "completion",
    .usage = "SHELL",
    .help = "print a completion script for bash, zsh or fish",
    .details =
        "An installed viva completes already. Else: eval \"$(viva completion bash)\" "
        "in ~/.bashrc, the same with zsh in ~/.zshrc behind compinit, and in fish: "
        "viva completion fish | source. What the scripts ask for: viva completion "
        "scenarios, and viva completion transcripts.",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
