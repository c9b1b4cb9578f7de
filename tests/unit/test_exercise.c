/* Where else a criterion can be practised: in a library of its own, so that no new scenario moves it. */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "command/exercise.h"
#include "table.h"

/* A criterion is "id dimension weight". */
static const struct {
    const char *id;
    const char *criteria[4];
} library[] = {
    { "audit", { "failures reliability 2", "tamper depth 4" } },
    { "booking", { "failures reliability 3", "data api-and-data 2", "holds depth 3" } },
    { "chat", { "failures reliability 3", "fan-out architecture 4", "order depth 2" } },
    { "jobs", { "failures reliability 1", "leases depth 5", "retries reliability 4" } },
    { "links", { "codes depth 4", "failures reliability 3" } },
};

static char sandbox[] = "/tmp/viva-exercise-XXXXXX";

static void put(const char *folder, const char *id, const char *text)
{
    struct error e;
    struct buffer path = BUFFER_INIT;
    error_init(&e);
    buffer_printf(&path, "%s/%s", sandbox, folder);
    assert_int_equal(file_make_folders(path.data, &e), 0);
    buffer_printf(&path, "/%s.json", id);
    assert_int_equal(file_write(path.data, text, strlen(text), 0644, &e), 0);
    buffer_release(&path);
}

enum { LONG_BLANK = 100000 };

static void put_rubric(size_t index)
{
    struct buffer text = BUFFER_INIT;
    buffer_add_string(&text, "{\n  \"about\": \"no \\\"criteria\\\": [] here\", \"criteria\": [");
    for (size_t i = 0; i < 4 && library[index].criteria[i]; i++) {
        char id[32], dimension[32];
        int weight;
        assert_int_equal(sscanf(library[index].criteria[i], "%31s %31s %d", id, dimension, &weight), 3);
        /* so long that no step of reading ends behind it, but on a blank within */
        buffer_printf(
            &text,
            "%s { \"id\": \"%s\", \"evidence\": { \"names\": [\"a | (b%*s & c)\"] }, "
            "\"dimension\": \"%s\", \"weight\": %d }",
            i ? "," : "", id, LONG_BLANK, "", dimension, weight);
    }
    buffer_add_string(&text, " ], \"samples\": [] }\n");
    put("rubrics", library[index].id, text.data);
    put("scenarios", library[index].id, "{}");
    buffer_release(&text);
}

static int make_library(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(sandbox));
    assert_int_equal(chdir(sandbox), 0);
    setenv("VIVA_SHARE", "/nonexistent", 1);
    setenv("XDG_DATA_HOME", "/nonexistent", 1);
    unsetenv("VIVA_CONTENT");
    for (size_t i = 0; i < sizeof(library) / sizeof(*library); i++)
        put_rubric(i);
    put("scenarios", "without-rubric", "{}");
    put("scenarios", "torn", "{}");
    put("rubrics", "torn", "{ \"criteria\": [ { \"id\": \"codes");
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static int remove_library(void **state)
{
    (void)state;
    return chdir("/") || nftw(sandbox, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const struct {
    int row;
    const char *scenario, *criterion, *dimension, *elsewhere;
} cases[] = {
    /* the same criterion where it weighs most; of equal ones the next in the list, not the first */
    ROW("links", "failures", "reliability", "booking"),
    ROW("booking", "failures", "reliability", "chat"),
    ROW("audit", "failures", "reliability", "booking"),
    /* else where its dimension weighs most */
    ROW("links", "codes", "depth", "jobs"),
    ROW("jobs", "leases", "depth", "links"),
    ROW("chat", "fan-out", "architecture", NULL),
    ROW("links", "wording", "communication", NULL),
};

static void test_elsewhere(void **state)
{
    (void)state;
    struct catalogue *catalogue = catalogue_new(NULL);
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct rubric own = { .scenario = cases[i].scenario };
        struct criterion criterion = { .id = cases[i].criterion, .dimension = cases[i].dimension };
        char *found = exercise_find(catalogue, &own, &criterion);
        if ((found != NULL) != (cases[i].elsewhere != NULL) ||
            (found && strcmp(found, cases[i].elsewhere) != 0))
            row_fails(__FILE__, cases[i].row, "'%s' is practised at %s", cases[i].criterion,
                      found ? found : "nothing");
        free(found);
    }
    catalogue_free(catalogue);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_elsewhere) };
    return cmocka_run_group_tests(tests, make_library, remove_library);
}
