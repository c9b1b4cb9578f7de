/* How near questions are to the examples of a small scenario's facts. */
#include <string.h>

#include "session/nearest.h"
#include "table.h"

static const char *hours[] = { "when is the house open", "which are the hours" };
static const char *sorts[] = { "how many sorts of tea are there", "is there green tea" };
static struct fact facts[] = {
    { .id = "hours",
      .topic = "when the house is open",
      .answer = "From seven to seven.",
      .examples = hours,
      .example_count = 2 },
    { .id = "sorts",
      .topic = "which tea there is",
      .answer = "Eight sorts.",
      .examples = sorts,
      .example_count = 2 },
};
static struct scenario kitchen = { .title = "Heavy tea kitchen",
                                   .prompt = "Design the kitchen of a tea house.",
                                   .facts = facts,
                                   .fact_count = 2 };

/* The question is nearer to the first fact, and nearer to it than another question is. */
static const struct {
    int row;
    size_t fact;
    const char *question, *less;
} rows[] = {
    ROW(0, "when is the house open?", "when is the garden open?"),
    ROW(0, "which hours?", "which tea?"),
    ROW(1, "which sorts of tea?", "which of the cups?"),
    /* the title's word counts, though no example has it */
    ROW(1, "which sorts of tea?", "which heavy sorts of tea?"),
    ROW(1, "which heavy sorts of tea?", "which blue sorts of tea?"),
    ROW(0, "when is it open?", ""),
};

static double near_to(struct nearest *n, struct dictionary *d, const char *question,
                      double near[2], size_t fact)
{
    struct text text = { 0 };
    struct text_part part = { question, strlen(question) };
    text_read(&text, d, &part, 1);
    nearest_rank(n, &text, near);
    text_release(&text);
    return near[fact];
}

static void test_nearness(void **state)
{
    (void)state;
    struct dictionary *d = dictionary_new();
    struct nearest *n = nearest_new(&kitchen, d);
    for (size_t i = 0; i < ROWS(rows); i++) {
        double near[2], less[2];
        double nearness = near_to(n, d, rows[i].question, near, rows[i].fact);
        if (nearness <= near[1 - rows[i].fact] ||
            nearness <= near_to(n, d, rows[i].less, less, rows[i].fact))
            row_fails(__FILE__, rows[i].row,
                      "'%s' is as near as %.2f and %.2f, '%s' %.2f", rows[i].question,
                      near[0], near[1], rows[i].less, less[rows[i].fact]);
    }
    nearest_free(n);
    dictionary_free(d);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_nearness) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
