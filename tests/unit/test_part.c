/* Some phases of a scenario: which ones are meant, and what becomes of the twist. */
#include <string.h>

#include "content/part.h"
#include "table.h"

static struct phase phases[] = {
    { "requirements", "requirements", NULL, 5 },
    { "estimation", "estimation", NULL, 4 },
    { "design", "the design", NULL, 10 },
    { "deep-dive", "deep dive", NULL, 12 },
};
static struct scenario scenario = {
    .id = "kitchen", .phases = phases, .phase_count = 4,
    .twist = { "A coach stops.", "coach", 20 }, /* a minute into the deep dive */
};
static struct criterion criteria[] = { { .id = "coach", .phase = "design" } };
static struct rubric rubric = { .criteria = criteria, .criterion_count = 1 };

static const struct {
    int row;
    const char *list, *chosen; /* a letter a phase; "": refused */
    const char *message;       /* a piece of it */
} lists[] = {
    ROW("estimation", "-x--", NULL),
    ROW("est", "-x--", NULL),
    ROW("de", "", "'de' may be the phase 'design' or 'deep-dive'"),
    ROW("dee,req", "x--x", NULL),
    ROW("design, design", "--x-", NULL),
    ROW(" est , des ", "-xx-", NULL),
    ROW("requirements,estimation,design,deep-dive", "xxxx", NULL),
    ROW("estimaton", "", "did you mean 'estimation'?"),
    ROW("lunch", "", "its phases are requirements, estimation, design, deep-dive"),
    ROW("design,", "", "no phase ''"),
    ROW(",design", "", "no phase ''"),
    ROW("", "", "which phases?"),
    ROW(" , ", "", "which phases?"),
};

static void test_lists(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(lists); i++) {
        struct error e;
        bool chosen[4];
        char got[5] = "";
        error_init(&e);
        if (part_parse(&scenario, lists[i].list, chosen, &e) == 0)
            for (int k = 0; k < 4; k++)
                got[k] = chosen[k] ? 'x' : '-';
        if (strcmp(got, lists[i].chosen) != 0 ||
            (lists[i].message && !strstr(e.message, lists[i].message)))
            row_fails(__FILE__, lists[i].row, "'%s' is '%s', \"%s\"", lists[i].list, got, e.message);
    }
    table_ends();
}

static const struct {
    int row;
    const char *list;
    double minutes;
    double twist; /* the minute; -1: there is none */
} parts[] = {
    ROW("estimation", 4, -1),               /* its criterion is expected elsewhere */
    ROW("deep-dive", 12, -1),
    ROW("design", 10, 10.0 / 3),            /* the phase it came in is left out */
    ROW("est,design", 14, 4 + 10.0 / 3),
    ROW("design,deep-dive", 22, 11),        /* as in the whole, less what is left out */
    ROW("req,est,design", 19, 9 + 10.0 / 3),
};

static void test_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(parts); i++) {
        bool chosen[4];
        assert_int_equal(part_parse(&scenario, parts[i].list, chosen, NULL), 0);
        struct scenario *part = part_new(&scenario, &rubric, chosen);
        double twist = part->twist.says ? part->twist.minute : -1;
        if (!part->part || scenario_minutes(part) != parts[i].minutes ||
            twist - parts[i].twist > 1e-9 || parts[i].twist - twist > 1e-9)
            row_fails(__FILE__, parts[i].row, "%g minutes, twist at %g", scenario_minutes(part),
                      twist);
        scenario_free(part);
    }
    assert_false(scenario.part);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_lists), cmocka_unit_test(test_parts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
