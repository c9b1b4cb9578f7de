/* Which words say that somebody means to talk about a thing, and which say what he does. */
#include <stdio.h>
#include <string.h>

#include "scoring/frame.h"
#include "table.h"

static const struct {
    int row;
    const char *text;
    size_t used; /* words of the plan; 0: none */
} plans[] = {
    ROW("i would discuss the hash", 3),
    ROW("i would then go through the failures", 5),
    ROW("i'd cover the second factor", 2),
    ROW("we will also briefly describe the tables", 5),
    ROW("i'd like to talk about kafka", 5),
    ROW("we're going to explain the queue", 4),
    ROW("i would walk you through a booking", 5),
    ROW("i would go for postgres", 0),
    ROW("i'd compare the two hashes", 0),
    ROW("i would show an error", 0),
    ROW("we'd cover it with an index", 0),
    ROW("i discuss it with the team", 0),
    ROW("the request would go through the balancer", 0),
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
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_plans) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
