/* The table of commands, and options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buffer.h"
#include "command/command.h"

/* --- the table --- */

static void check_help(const char *whose, const char *help)
{
    if (!help || !*help || strchr(help, '\n') || help[strlen(help) - 1] == '.' ||
        (help[0] >= 'A' && help[0] <= 'Z'))
        fail_msg("%s: help is one line, lower case, without a full stop: '%s'", whose,
                 help ? help : "");
}

static void check_options(const char *whose, const struct option *table)
{
    size_t common = 0, own = 0;
    for (const struct option *o = common_options; o->name; o++)
        common++;
    for (const struct option *o = table; o && o->name; o++, own++) {
        check_help(o->name, o->help);
        if ((o->kind == OPTION_FLAG) != (o->value == NULL))
            fail_msg("%s --%s: a flag has no value, all others name theirs", whose, o->name);
        if ((o->kind == OPTION_CHOICE) != (o->choices != NULL))
            fail_msg("%s --%s: choices belong to a choice", whose, o->name);
        if (o->kind == OPTION_NUMBER && !(o->low < o->high))
            fail_msg("%s --%s: no range", whose, o->name);
        for (const struct option *other = table; other < o; other++)
            assert_string_not_equal(other->name, o->name);
        for (const struct option *other = common_options; table != common_options && other->name;
             other++)
            assert_string_not_equal(other->name, o->name);
    }
    assert_true(common + own <= OPTION_MAX);
}

static void test_table(void **state)
{
    (void)state;
    check_options("common", common_options);
    for (size_t i = 0; command_table[i]; i++) {
        const struct command *c = command_table[i];
        assert_non_null(c->run);
        assert_non_null(c->usage);
        check_help(c->name, c->help);
        check_options(c->name, c->options);
        assert_true(c->max_args < 0 || c->min_args <= c->max_args);
        assert_int_equal(c->max_args == 0, c->usage[0] == '\0');
        assert_true(c->min_args > 0 || c->usage[0] != '<');
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(command_table[k]->name, c->name);
        assert_ptr_equal(command_find(c->name, NULL), c);
    }
}

/* --- the text of help --- */

static void check_width(const char *whose, const char *text, int width)
{
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
        if ((int)strcspn(line, "\n") > width)
            fail_msg("%s at %d columns: %.*s", whose, width, (int)strcspn(line, "\n"),
                     line);
}

/* Whether both have the same words: none was broken, none left out. */
static void check_words(const char *whose, const char *text, const char *wide)
{
    while (*text || *wide) {
        text += strspn(text, " \n");
        wide += strspn(wide, " \n");
        size_t length = strcspn(text, " \n");
        if (length != strcspn(wide, " \n") || memcmp(text, wide, length) != 0)
            fail_msg("%s breaks a word: %.*s", whose, (int)length, text);
        text += length;
        wide += length;
    }
}

static void check_help_text(const struct command *command, int width)
{
    struct screen screen = { .width = width }, widest = { .width = 400 };
    struct buffer text = BUFFER_INIT, wide = BUFFER_INIT;
    if (command) {
        command_help_text(&text, &screen, command);
        command_help_text(&wide, &widest, command);
    } else {
        command_list_help(&text, &screen);
        command_list_help(&wide, &widest);
    }
    const char *whose = command ? command->name : "viva help";
    check_width(whose, text.data, width);
    check_words(whose, text.data, wide.data);
    buffer_release(&text);
    buffer_release(&wide);
}

static void test_help_fits(void **state)
{
    (void)state;
    static const int widths[] = { SCREEN_NARROWEST, 60, SCREEN_USUAL, SCREEN_WIDEST };
    for (size_t w = 0; w < sizeof(widths) / sizeof(*widths); w++) {
        check_help_text(NULL, widths[w]);
        for (size_t i = 0; command_table[i]; i++)
            check_help_text(command_table[i], widths[w]);
    }
}

/* --- options --- */

static const char *const colours[] = { "red", "green", NULL };
static const struct option own[] = {
    { "flag", OPTION_FLAG, NULL, "a flag", NULL, 0, 0 },
    { "text", OPTION_TEXT, "TEXT", "a text", NULL, 0, 0 },
    { "number", OPTION_NUMBER, "N", "a number", NULL, 1, 10 },
    { "colour", OPTION_CHOICE, "COLOUR", "a colour", colours, 0, 0 },
    { "colours", OPTION_FLAG, NULL, "another", NULL, 0, 0 },
    { NULL, OPTION_FLAG, NULL, NULL, NULL, 0, 0 },
};

/* Arguments, then what comes of them: "name=text ... | arguments", or the message. */
static const struct {
    const char *argv[8], *want;
} rows[] = {
    { { NULL }, "|" },
    { { "a", "b" }, "| a b" },
    { { "--flag", "a", "--text", "x", "b" }, "flag= text=x | a b" },
    { { "--text=x=y", "--text=" }, "text= |" },
    { { "--te", "x", "--fl" }, "text=x flag= |" },
    { { "--text", "--flag" }, "text=--flag |" },
    { { "--", "--flag", "-x" }, "| --flag -x" },
    { { "-", "--number", "2.5" }, "number=2.5 | -" },
    { { "--colour", "green" }, "colour=green |" },
    { { "-h" }, "help= |" },
    { { "--plain" }, "plain= |" },
    { { "--colo" }, "'--colo' could be '--colour' or '--colours'" },
    { { "--flga" }, "unknown option '--flga'; did you mean '--flag'?" },
    { { "--zzzzzzzzz" }, "unknown option '--zzzzzzzzz'" },
    { { "-f" }, "unknown option '-f'; options begin with two dashes" },
    { { "--text" }, "'--text' wants a value: --text TEXT" },
    { { "--flag=yes" }, "'--flag' takes no value" },
    { { "--number", "x" }, "'--number' wants a number, not 'x'" },
    { { "--number", "" }, "'--number' wants a number, not ''" },
    { { "--number", "nan" }, "'--number' must be between 1 and 10" },
    { { "--number=11" }, "'--number' must be between 1 and 10" },
    { { "--colour", "blue" }, "'--colour' cannot be 'blue'; choose from red, green" },
};

static void test_options(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char *argv[10] = { (char *)"viva" };
        int argc = 1, count;
        for (size_t k = 0; rows[i].argv[k]; k++)
            argv[argc++] = (char *)rows[i].argv[k];
        struct option_values values = { .own = own, .common = common_options };
        struct buffer got = BUFFER_INIT;
        struct error e;
        error_init(&e);
        if (options_parse(argc, argv, &values, &count, &e) < 0) {
            buffer_add_string(&got, e.message);
        } else {
            for (size_t k = 0; k < values.count; k++)
                buffer_printf(&got, "%s=%s ", values.items[k].option->name, values.items[k].text);
            buffer_add_char(&got, '|');
            for (int k = 1; k <= count; k++)
                buffer_printf(&got, " %s", argv[k]);
        }
        if (strcmp(got.data, rows[i].want) != 0)
            fail_msg("row %zu: %s", i, got.data);
        buffer_release(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_help_fits),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
