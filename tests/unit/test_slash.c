/* What a line in a session is: said, a command, or a mistaken one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "session/cockpit.h"

struct row {
    const char *line;
    enum slash_found found;
    const char *command, *words, *message; /* the beginning of it */
};

static const struct row candidate_rows[] = {
    { "we cache", SLASH_SAID, NULL, NULL, NULL },
    { "", SLASH_SAID, NULL, NULL, NULL },
    { "//next", SLASH_SAID, NULL, NULL, NULL },
    { " /next", SLASH_COMMAND, "next", "", NULL },
    { "  /ready", SLASH_SAID, NULL, NULL, NULL },
    { " //next", SLASH_SAID, NULL, NULL, NULL },
    { "/next", SLASH_COMMAND, "next", "", NULL },
    { "/ne", SLASH_COMMAND, "next", "", NULL },
    { "/next  ", SLASH_COMMAND, "next", "", NULL },
    { "/b", SLASH_COMMAND, "back", "", NULL },
    { "/ask how many?", SLASH_COMMAND, "ask", "how many?", NULL },
    { "/a\nhow\nmany", SLASH_COMMAND, "ask", "how\nmany", NULL },
    { "/hint", SLASH_COMMAND, "hint", "", NULL },
    { "/hint 2", SLASH_COMMAND, "hint", "2", NULL },
    { "/ask", SLASH_WRONG, NULL, NULL, "/ask wants words behind it" },
    { "/ask  ", SLASH_WRONG, NULL, NULL, "/ask wants words behind it" },
    { "/next please", SLASH_WRONG, NULL, NULL, "nothing follows /next" },
    { "/n", SLASH_WRONG, NULL, NULL, "/n could be /next or /note" },
    { "/h", SLASH_WRONG, NULL, NULL, "/h could be /hint or /help" },
    { "/", SLASH_WRONG, NULL, NULL, "/help shows" },
    { "/nxet", SLASH_WRONG, NULL, NULL,
      "there is no command /nxet; did you mean /next?" },
    { "/pasue", SLASH_WRONG, NULL, NULL,
      "there is no command /pasue; did you mean /pause?" },
    { "/end", SLASH_WRONG, NULL, NULL, "there is no command /end; did you mean /quit?" },
    { "/exit", SLASH_WRONG, NULL, NULL,
      "there is no command /exit; did you mean /quit?" },
    { "/links/{id} returns 301", SLASH_SAID, NULL, NULL, NULL },
    { "/var/log fills the disk", SLASH_SAID, NULL, NULL, NULL },
    { "/v1 is the first version", SLASH_SAID, NULL, NULL, NULL },
    { "/nxet please", SLASH_WRONG, NULL, NULL,
      "there is no command /nxet; did you mean /next? Two slashes say the line" },
    { "/users/{id}", SLASH_SAID, NULL, NULL, NULL },
    { "/health endpoint for the LB", SLASH_SAID, NULL, NULL, NULL },
    { "/score the drivers by distance", SLASH_SAID, NULL, NULL, NULL },
    { "/v1", SLASH_SAID, NULL, NULL, NULL },
    { "/health\n/ready", SLASH_SAID, NULL, NULL, NULL },
    { "/Next is said", SLASH_SAID, NULL, NULL, NULL },
    { "/Next", SLASH_COMMAND, "next", "", NULL },
    { "/xylophone", SLASH_WRONG, NULL, NULL,
      "there is no command /xylophone; /help lists them, //xylophone says it" },
    { "/criteria ", SLASH_WRONG, NULL, NULL,
      "there is no command /criteria; /help lists them, //criteria says it" },
    { "/grade", SLASH_WRONG, NULL, NULL,
      "there is no command /grade; did you mean /quit? //grade says it" },
    { "//grade", SLASH_SAID, NULL, NULL, NULL },
    { "/healthcheckendpoint", SLASH_WRONG, NULL, NULL, "there is no command /healthche" },
    { "/healthcheckendpoint says so", SLASH_SAID, NULL, NULL, NULL },
    { "/xylophone solo", SLASH_SAID, NULL, NULL, NULL },
};

/* Of an interviewer: whatever begins with one slash is a command or refused. */
static const struct row cockpit_rows[] = {
    { "we cache", SLASH_SAID, NULL, NULL, NULL },
    { "> we cache", SLASH_SAID, NULL, NULL, NULL },
    { "//t 3 2", SLASH_SAID, NULL, NULL, NULL },
    { "/t 3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/t3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/T 3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/T3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { " /t 3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/TAG 3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/tag3 2", SLASH_COMMAND, "tag", "3 2", NULL },
    { "/p7", SLASH_COMMAND, "probe", "7", NULL },
    { "/N", SLASH_COMMAND, "next", "", NULL },
    { "/n2", SLASH_WRONG, NULL, NULL, "nothing follows /next" },
    { "/ta 3 2", SLASH_WRONG, NULL, NULL, "/ta could be /tag or /tags" },
    { "/", SLASH_WRONG, NULL, NULL, "/help shows" },
    { "/?", SLASH_WRONG, NULL, NULL, "there is no command /?; did you mean /help?" },
    { "/nxt", SLASH_WRONG, NULL, NULL, "there is no command /nxt; did you mean /next?" },
    { "/note calm", SLASH_WRONG, NULL, NULL, "words without a slash are a note" },
    { "/3 2", SLASH_WRONG, NULL, NULL, "there is no command /3; /help" },
    { "/t3x 2", SLASH_WRONG, NULL, NULL, "there is no command /t3x" },
    { "/links2 was weak", SLASH_WRONG, NULL, NULL, "there is no command /links2" },
    { "/links/{id} was weak", SLASH_WRONG, NULL, NULL,
      "there is no command /links/{id}; /help lists them, two slashes note the line" },
    { "/a\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
      "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
      SLASH_WRONG, NULL, NULL,
      "there is no command /a\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
      "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4;" },
};

static void try_lines(const struct slash *table, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct slash *command = NULL;
        const char *words = NULL;
        struct error e;
        error_init(&e);
        enum slash_found found = slash_find(table, rows[i].line, &command, &words, &e);
        if (found != rows[i].found)
            fail_msg("'%s': %d, %s", rows[i].line, (int)found, e.message);
        if (rows[i].command) {
            assert_string_equal(command->name, rows[i].command);
            assert_string_equal(words, rows[i].words);
        }
        if (rows[i].message && strncmp(e.message, rows[i].message, strlen(rows[i].message)) != 0)
            fail_msg("'%s': %s", rows[i].line, e.message);
    }
}

static void test_lines(void **state)
{
    (void)state;
    try_lines(slash_table, candidate_rows,
              sizeof(candidate_rows) / sizeof(*candidate_rows));
}

static void test_lines_of_an_interviewer(void **state)
{
    (void)state;
    try_lines(cockpit_table, cockpit_rows, sizeof(cockpit_rows) / sizeof(*cockpit_rows));
}

/* The table is whole, and each command can be reached by its name. */
static void test_table(void **state)
{
    (void)state;
    for (const struct slash *row = slash_table; row->name; row++) {
        assert_non_null(row->words);
        assert_non_null(row->run);
        assert_true(*row->help >= 'a' && *row->help <= 'z');
        assert_true(row->help[strlen(row->help) - 1] != '.');
        assert_true(!row->needs_words || row->takes_words);
        assert_int_equal(row->takes_words, *row->words != '\0');
        for (const struct slash *other = slash_table; other < row; other++)
            assert_string_not_equal(row->name, other->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_lines_of_an_interviewer),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
