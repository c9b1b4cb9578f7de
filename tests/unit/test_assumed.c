/* What was settled without being asked. */
#include <stdlib.h>
#include <string.h>

#include "session/assumed.h"
#include "shipped.h"

static const struct {
    int row;
    const char *said; /* to the URL shortener; a question ends in '?' */
    const char *fact;
    bool assumed;
} cases[] = {
    ROW("I assume that links expire after five years.", "lifetime", true),
    ROW("I assume that links expire after five years.", "statistics", false),
    ROW("Links expire after five years.", "lifetime",
        false), /* no assumption, a mistake perhaps */
    ROW("Let's say an alias has 30 letters.", "custom-alias", true),
    ROW("Statistics on clicks are out of scope.", "statistics", true),
    ROW("We count clicks in a stream; custom aliases are out of scope.", "statistics",
        false),
    ROW("We count clicks in a stream; custom aliases are out of scope.", "custom-alias",
        true),
    /* who asks gets the answer, or is told that there is none */
    ROW("I assume that links expire after five years?", "lifetime", false),
};

static bool is_assumed(const char *said, const char *fact)
{
    const struct scenario *scenario = shipped_find("url-shortener")->scenario;
    struct answer_part part = { .text = said, .length = strlen(said) };
    struct answer_place place = { .question = said[part.length - 1] == '?' };
    struct session_answer answer = { { .parts = &part, .count = 1 }, &place };
    bool assumed[64], found = false;
    assert_true(scenario->fact_count <= 64);
    assumed_find(&answer, scenario, shipped.lexicon, assumed);
    for (size_t i = 0; i < scenario->fact_count; i++)
        found = found || (!strcmp(scenario->facts[i].id, fact) && assumed[i]);
    return found;
}

static void test_assumed(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++)
        if (is_assumed(cases[i].said, cases[i].fact) != cases[i].assumed)
            row_fails(__FILE__, cases[i].row, "%s: '%s'", cases[i].fact, cases[i].said);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_assumed) };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
