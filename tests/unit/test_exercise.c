#define _POSIX_C_SOURCE 200809L /* setenv */
/* Where else a criterion of the shipped content can be practised. */
#include <string.h>

#include "command/exercise.h"
#include "shipped.h"

static const struct {
    int row;
    const char *scenario, *criterion, *elsewhere;
} cases[] = {
    /* the same criterion elsewhere; of equal ones the next in the list, not always the first */
    ROW("url-shortener", "failure-handling", "booking-system"),
    ROW("booking-system", "failure-handling", "chat-app"),
    ROW("chat-app", "observability", "job-queue"),
    ROW("rate-limiter", "partitioning", "booking-system"),
    ROW("booking-system", "data-model", "notification-system"),
    /* else where its dimension weighs most */
    ROW("url-shortener", "key-generation", "booking-system"),
    ROW("job-queue", "broker-choice", "chat-app"),
};

static const struct shipped *shipped_find(const char *id)
{
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, id))
            return &shipped.items[i];
    fail_msg("no '%s'", id);
    return NULL;
}

static void test_elsewhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        const struct rubric *rubric = shipped_find(cases[i].scenario)->rubric;
        int c = rubric_find(rubric, cases[i].criterion);
        assert_true(c >= 0);
        char *found = exercise_find(shipped.catalogue, rubric, &rubric->criteria[c]);
        if (!found || strcmp(found, cases[i].elsewhere) != 0)
            row_fails(__FILE__, cases[i].row, "'%s' is practised at %s", cases[i].criterion,
                      found ? found : "nothing");
        free(found);
    }
    table_ends();
}

static void test_nowhere_else(void **state)
{
    (void)state;
    struct catalogue *alone = catalogue_new(VIVA_SOURCE_DIR "/tests/golden/content");
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *rubric = NULL;
    setenv("VIVA_SHARE", "/nonexistent", 1);
    assert_int_equal(catalogue_rubric(alone, "tiny", &rubric, &errors), 0);
    for (size_t i = 0; i < rubric->criterion_count; i++)
        assert_null(exercise_find(alone, rubric, &rubric->criteria[i]));
    error_list_release(&errors);
    catalogue_free(alone);
}

int main(void)
{
    setenv("VIVA_SHARE", "/nonexistent", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elsewhere),
        cmocka_unit_test(test_nowhere_else),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
