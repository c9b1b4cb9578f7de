/* Files and folders, in a folder of the test's own. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "table.h"

static char folder[] = "/tmp/viva-file-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static char *inside(const char *name)
{
    return path_join(folder, name);
}

static void test_write_and_read(void **state)
{
    (void)state;
    char *path = inside("a.txt");
    struct buffer out = BUFFER_INIT;
    struct error e;
    error_init(&e);
    assert_int_equal(file_write(path, "one\0two", 7, 0600, &e), 0);
    assert_int_equal(file_read(path, 7, &out, &e), 0);
    assert_int_equal(out.length, 7);
    assert_memory_equal(out.data, "one\0two", 7);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(file_write(path, "new", 3, 0600, &e), 0);
    buffer_clear(&out);
    assert_int_equal(file_read(path, 100, &out, &e), 0);
    assert_string_equal(out.data, "new");
    char **names;
    size_t count = folder_list(folder, "", &names); /* no temporary file is left */
    assert_int_equal(count, 1);
    free(names[0]);
    free(names);
    buffer_release(&out);
    free(path);
}

static void test_failures(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    struct error e;
    char *path = inside("big"), *missing = inside("no/such/file");
    error_init(&e);
    assert_int_equal(file_write(path, "12345678", 8, 0600, &e), 0);
    assert_int_equal(file_read(path, 7, &out, &e), -1);
    assert_non_null(strstr(e.message, "larger than 7 bytes"));
    error_init(&e);
    assert_int_equal(file_read(missing, 7, &out, &e), -1);
    assert_int_equal(e.code, ERROR_INPUT);
    assert_non_null(strstr(e.message, "no such file"));
    error_init(&e);
    assert_int_equal(file_read(folder, 7, &out, &e), -1);
    assert_non_null(strstr(e.message, "is a folder"));
    error_init(&e);
    assert_int_equal(file_write(missing, "x", 1, 0600, &e), -1);
    assert_int_equal(e.code, ERROR_STORAGE);
    error_init(&e);
    assert_int_equal(file_make_folders(path, &e), -1); /* a file is in the way */
    assert_int_equal(e.code, ERROR_STORAGE);
    buffer_release(&out);
    free(path);
    free(missing);
}

static void test_folders(void **state)
{
    (void)state;
    struct error e;
    char *deep = inside("x/y/z"), *top = inside("x");
    error_init(&e);
    assert_int_equal(file_make_folders(deep, &e), 0);
    assert_int_equal(file_make_folders(deep, &e), 0);
    assert_true(file_is_folder(deep) && file_exists(deep));
    struct stat st;
    stat(top, &st);
    assert_int_equal(st.st_mode & 0777, 0700);
    static const char *const files[] = { "b.json", "a.json", ".hidden.json", "c.txt",
                                         ".json" };
    for (size_t i = 0; i < ROWS(files); i++) {
        char *path = path_join(deep, files[i]);
        assert_int_equal(file_write(path, "", 0, 0600, &e), 0);
        free(path);
    }
    char **names;
    size_t count = folder_list(deep, ".json", &names);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "a.json");
    assert_string_equal(names[1], "b.json");
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    assert_int_equal(folder_list("/no/such/folder", ".json", &names), 0);
    free(names);
    free(deep);
    free(top);
}

static const struct {
    int row;
    const char *a, *b, *joined;
} joins[] = {
    ROW("a", "b", "a/b"), ROW("a/", "b", "a/b"), ROW("/", "b", "/b"),
    ROW("a", "", "a/"),   ROW("", "b", "/b"),
};

static void test_joins(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(joins); i++) {
        char *path = path_join(joins[i].a, joins[i].b);
        if (strcmp(path, joins[i].joined) != 0)
            row_fails(__FILE__, joins[i].row, "'%s'", path);
        free(path);
    }
    table_ends();
}

static const struct {
    int row;
    const char *xdg, *home, *data;
} homes[] = {
    ROW("/x", "/h", "/x/viva"),
    ROW(NULL, "/h", "/h/.local/share/viva"),
    ROW("relative", "/h", "/h/.local/share/viva"),
    ROW("", "/h", "/h/.local/share/viva"),
    ROW(NULL, NULL, NULL),
    ROW(NULL, "relative", NULL),
};

static void put(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void test_homes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(homes); i++) {
        put("XDG_DATA_HOME", homes[i].xdg);
        put("HOME", homes[i].home);
        char *path = path_data_home();
        if (!path != !homes[i].data || (path && strcmp(path, homes[i].data) != 0))
            row_fails(__FILE__, homes[i].row, "'%s'", path ? path : "none");
        free(path);
    }
    put("HOME", "/h");
    static const struct {
        char *(*home)(void);
        const char *variable, *path;
    } others[] = { { path_config_home, "XDG_CONFIG_HOME", "/h/.config/viva" },
                   { path_cache_home, "XDG_CACHE_HOME", "/h/.cache/viva" },
                   { path_state_home, "XDG_STATE_HOME", "/h/.local/state/viva" } };
    for (size_t i = 0; i < ROWS(others); i++) {
        put(others[i].variable, NULL);
        char *path = others[i].home();
        assert_string_equal(path, others[i].path);
        free(path);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_and_read), cmocka_unit_test(test_failures),
        cmocka_unit_test(test_folders),        cmocka_unit_test(test_joins),
        cmocka_unit_test(test_homes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
