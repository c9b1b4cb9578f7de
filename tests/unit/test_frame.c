/* Which words say that somebody means to talk about a thing, and which say what he does. */
#include <stdio.h>
#include <string.h>

#include "scoring/frame.h"
#include "table.h"

static const struct {
    int row;
    const char *text;
    size_t used; /* words of the plan; 0: none */
    bool announces;
} plans[] = {
    ROW("i would discuss the hash", 3, true),
    ROW("i would then go through the failures", 5, true),
    ROW("i'd cover the second factor", 0, true),
    ROW("we would go on serving from the replicas", 0, false),
    ROW("i would touch on the clicks", 4, false),
    ROW("i'd define a row for each code", 0, false),
    ROW("id list per group", 0, false),
    ROW("we will also briefly describe the tables", 5, true),
    ROW("i'd like to talk about kafka", 5, true),
    ROW("we're going to explain the queue", 4, true),
    ROW("i would walk you through a booking", 5, true),
    ROW("i would go for postgres", 0, false),
    ROW("i'd compare the two hashes", 0, true),
    ROW("i would show an error", 0, true),
    ROW("we'd cover it with an index", 0, true),
    ROW("i discuss it with the team", 0, false),
    ROW("i'd close with the numbers", 0, true),
    ROW("i'll estimate the reads", 0, false),
    ROW("i'd close the account", 0, false),
    ROW("i would put it into a queue", 0, false),
    ROW("i'd pick postgres", 0, false),
    ROW("i'd start with one server", 0, true),
    ROW("the request would go through the balancer", 0, false),
};

static void test_plans(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(plans); i++) {
        char copy[80];
        const char *words[FRAME_WORDS];
        size_t count = 0;
        snprintf(copy, sizeof(copy), "%s", plans[i].text);
        for (char *at = strtok(copy, " "); at && count < FRAME_WORDS;
             at = strtok(NULL, " "))
            words[count++] = at;
        size_t used = frame_plan(words, count);
        if (used != plans[i].used)
            row_fails(__FILE__, plans[i].row, "'%s' plans in %zu words, not %zu",
                      plans[i].text, used, plans[i].used);
        if (frame_announces(words, count) != plans[i].announces)
            row_fails(__FILE__, plans[i].row, "'%s' announces: not %d", plans[i].text,
                      plans[i].announces);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_plans) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
