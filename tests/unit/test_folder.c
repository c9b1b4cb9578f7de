/* What has changed in a folder of transcripts. */
#define _POSIX_C_SOURCE 200809L
#include <stdlib.h>
#include <string.h>

#include "transcript/folder.h"
#include "table.h"

enum { NOW = 1000000 }; /* ms */

static const struct {
    int row;
    int64_t modified, changed; /* ms */
    int64_t size, inode;       /* beside 10 and 7 */
    bool equal;
} stamps[] = {
    ROW(5000, 5000, 10, 7, true),
    ROW(5000, 5000, 11, 7, false),
    ROW(5000, 5000, 10, 8, false),
    ROW(5001, 5000, 10, 7, false),
    ROW(5000, 5001, 10, 7, false), /* times put back by hand: that leaves a trace */
};

static struct stamp make(int64_t modified, int64_t changed, int64_t size, int64_t inode)
{
    struct stat st = { .st_size = size, .st_ino = (ino_t)inode };
    st.st_mtim.tv_sec = modified / 1000;
    st.st_mtim.tv_nsec = modified % 1000 * 1000000;
    st.st_ctim.tv_sec = changed / 1000;
    st.st_ctim.tv_nsec = changed % 1000 * 1000000;
    return stamp_of(&st, NOW);
}

static void test_stamps(void **state)
{
    (void)state;
    struct stamp was = make(5000, 5000, 10, 7);
    for (size_t i = 0; i < ROWS(stamps); i++) {
        struct stamp now =
            make(stamps[i].modified, stamps[i].changed, stamps[i].size, stamps[i].inode);
        if (stamp_equal(&was, &now) != stamps[i].equal)
            row_fails(__FILE__, stamps[i].row, "equal: %d", !stamps[i].equal);
    }
    table_ends();
}

/* A file that changed just now may change again in the same tick. */
static void test_young_stamps_equal_none(void **state)
{
    (void)state;
    static const int64_t ages[] = { -3600000, 0, 1, 1999 };
    for (size_t i = 0; i < ROWS(ages); i++) {
        struct stamp a = make(5000, NOW - ages[i], 1, 1), b = make(NOW - ages[i], 5000, 1, 1);
        assert_false(stamp_equal(&a, &a));
        assert_false(stamp_equal(&b, &b));
    }
    struct stamp old = make(NOW - 2001, NOW - 2001, 1, 1);
    assert_true(stamp_equal(&old, &old));
}

static const struct {
    int row;
    const char *before, *now, *look; /* names of one letter; upper case: with another stamp */
    const char *touched, *gone;
} compares[] = {
    ROW("", "", "", "", ""),
    ROW("", "abc", "", "abc", ""),
    ROW("abc", "", "", "", "abc"),
    ROW("abc", "abc", "", "", ""),
    ROW("abc", "abc", "b", "b", ""),
    ROW("ace", "bcd", "c", "bcd", "ae"),
    ROW("b", "abc", "", "ac", ""),
    ROW("abc", "c", "", "", "ab"),
    ROW("ab", "cd", "", "cd", "ab"),
};

static bool look_at(void *state, const char *name, struct stamp *stamp)
{
    const char *changed = state;
    *stamp = make(5000, 5000, strchr(changed, *name) ? 11 : 10, 7);
    return true;
}

static bool no_look(void *state, const char *name, struct stamp *stamp)
{
    (void)state;
    (void)name;
    (void)stamp;
    return false; /* it went away */
}

/* Letters as names. */
struct letters {
    char text[8][2];
    char *names[8];
    struct folder_file files[8];
    size_t count;
};

static void spell(struct letters *l, const char *word)
{
    l->count = strlen(word);
    for (size_t i = 0; i < l->count; i++) {
        l->text[i][0] = word[i];
        l->text[i][1] = '\0';
        l->names[i] = l->text[i];
        l->files[i] = (struct folder_file) { l->text[i], make(5000, 5000, 10, 7) };
    }
}

static void join(const char *const *names, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++)
        *out++ = *names[i];
    *out = '\0';
}

static void test_compares(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(compares); i++) {
        struct letters before, now;
        struct folder_changes changes;
        char touched[16], gone[16];
        spell(&before, compares[i].before);
        spell(&now, compares[i].now);
        struct folder_names names = { now.names, now.count };
        folder_compare(before.files, before.count, &names, look_at, (void *)compares[i].look,
                       &changes);
        join(changes.touched.items, changes.touched.count, touched);
        join(changes.gone.items, changes.gone.count, gone);
        if (strcmp(touched, compares[i].touched) != 0 || strcmp(gone, compares[i].gone) != 0)
            row_fails(__FILE__, compares[i].row, "touched '%s', gone '%s'", touched, gone);
        array_release(&changes.touched);
        array_release(&changes.gone);
    }
    table_ends();
}

static void test_without_looking(void **state)
{
    (void)state;
    struct letters before, now;
    struct folder_changes changes;
    spell(&before, "ab");
    spell(&now, "bc");
    struct folder_names names = { now.names, now.count };
    folder_compare(before.files, before.count, &names, NULL, NULL, &changes);
    assert_int_equal(changes.touched.count, 1);
    assert_string_equal(changes.touched.items[0], "c");
    array_release(&changes.touched);
    array_release(&changes.gone);
    folder_compare(before.files, before.count, &names, no_look, NULL, &changes);
    assert_int_equal(changes.touched.count, 2); /* whoever reads it finds out */
    array_release(&changes.touched);
    array_release(&changes.gone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stamps),
        cmocka_unit_test(test_young_stamps_equal_none),
        cmocka_unit_test(test_compares),
        cmocka_unit_test(test_without_looking),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
