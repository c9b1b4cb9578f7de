/* Where content is looked for, what shadows what, and what is said when it is not there. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "content/catalogue.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* --- a folder for each test: option/ env/ here/ data/viva/ share/ --- */

static char sandbox[] = "/tmp/viva-catalogue-XXXXXX";
static char *before;

static char *in(const char *path)
{
    return path_join(sandbox, path);
}

static void put(const char *path, const char *text)
{
    struct error e;
    char *full = in(path), *folder = xstrdup(full);
    error_init(&e);
    *strrchr(folder, '/') = '\0';
    if (file_make_folders(folder, &e) < 0 || file_write(full, text, strlen(text), 0644, &e) < 0)
        fail_msg("%s", e.message);
    free(folder);
    free(full);
}

static void put_scenario(const char *root, const char *id, const char *title)
{
    struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
    buffer_printf(&path, "%s/scenarios/%s.json", root, id);
    buffer_printf(&text,
                  "{ \"kind\": \"design\", \"id\": \"%s\", \"title\": \"%s\", \"version\": 1,"
                  "  \"prompt\": \"Design it.\", \"facts\": [ { \"id\": \"a\", \"topic\": \"t\","
                  "  \"answer\": \"yes\", \"asks\": \"how many & @kettle\" } ], \"phases\":"
                  "  [ { \"id\": \"all\", \"title\": \"all\", \"minutes\": 20 } ] }",
                  id, title);
    put(path.data, text.data);
    buffer_release(&path);
    buffer_release(&text);
}

static void put_rubric(const char *root, const char *id, const char *about)
{
    struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
    buffer_printf(&path, "%s/rubrics/%s.json", root, id);
    buffer_printf(
        &text,
        "{ \"scenario\": \"%s\", \"version\": 1, \"about\": \"%s\", \"criteria\": ["
        "  { \"id\": \"c\", \"title\": \"C\", \"phase\": \"all\", \"dimension\": \"depth\","
        "    \"weight\": 1, \"probe\": \"And?\", \"advice\": \"Say it.\","
        "    \"evidence\": { \"names\": \"@kettle\" } } ] }",
        id, about);
    put(path.data, text.data);
    buffer_release(&path);
    buffer_release(&text);
}

#define LEXICON(version)                                                                           \
    "{ \"version\": " version ", \"concepts\": { \"kettle\": { \"says\": [\"kettle\"] } } }"

static void set_environment(const char *name, const char *folder)
{
    char *path = in(folder);
    setenv(name, path, 1);
    free(path);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(sandbox + strlen(sandbox) - 6, "XXXXXX");
    assert_non_null(mkdtemp(sandbox));
    before = getcwd(NULL, 0);
    put("here/nothing", "");
    put("share/rubrics/lexicon.json", LEXICON("1"));
    put_scenario("share", "tea-house", "shipped");
    put_rubric("share", "tea-house", "shipped");
    char *here = in("here");
    assert_int_equal(chdir(here), 0);
    free(here);
    set_environment("XDG_DATA_HOME", "data");
    set_environment("VIVA_SHARE", "share");
    unsetenv("VIVA_CONTENT");
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    if (chdir(before) != 0)
        return -1;
    free(before);
    return nftw(sandbox, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* --- what is expected --- */

static void expect_title(struct catalogue *c, const char *id, const char *title)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *s = NULL;
    if (catalogue_scenario(c, id, &s, &errors) < 0)
        fail_msg("%s: %s", id, errors.items[0].message);
    assert_string_equal(s->title, title);
}

static void expect_error(struct error_list *errors, const char *message)
{
    assert_int_equal(errors->count, 1);
    if (!strstr(errors->items[0].message, message))
        fail_msg("'%s' instead of '%s'", errors->items[0].message, message);
    error_list_release(errors);
}

/* --- roots --- */

static void test_roots(void **state)
{
    (void)state;
    char *option = in("option"), *env = in("env"), *data = in("data/viva"), *share = in("share");
    put("here/scenarios/.keep", "");
    set_environment("VIVA_CONTENT", "env");
    struct catalogue *c = catalogue_new(option);
    const char *const *roots = catalogue_roots(c);
    assert_string_equal(roots[0], option);
    assert_string_equal(roots[1], env);
    assert_string_equal(roots[2], data); /* no rubrics/ here: not a content folder */
    assert_string_equal(roots[3], share);
    assert_null(roots[4]);
    catalogue_free(c);

    put("here/rubrics/.keep", "");
    c = catalogue_new(NULL);
    roots = catalogue_roots(c);
    assert_string_equal(roots[0], env);
    assert_string_equal(roots[1], ".");
    assert_string_equal(roots[2], data);
    catalogue_free(c);

    set_environment("VIVA_CONTENT", "share"); /* named twice, looked into once */
    unsetenv("VIVA_SHARE");
    c = catalogue_new(share);
    roots = catalogue_roots(c);
    assert_string_equal(roots[0], share);
    assert_string_equal(roots[3], VIVA_SHARE_DIR);
    assert_null(roots[4]);
    catalogue_free(c);
    free(option);
    free(env);
    free(data);
    free(share);
}

/* In the order of the roots each of them takes over what the last one had. */
static void test_shadowing(void **state)
{
    static const char *const folders[] = { "share", "data/viva", "here", "env", "option" };
    (void)state;
    for (size_t i = 0; i < COUNT(folders); i++) {
        if (!strcmp(folders[i], "here"))
            put("here/rubrics/.keep", "");
        if (!strcmp(folders[i], "env"))
            set_environment("VIVA_CONTENT", "env");
        put_scenario(folders[i], "tea-house", folders[i]);
        char *option = in("option");
        struct catalogue *c = catalogue_new(i == 4 ? option : NULL);
        expect_title(c, "tea-house", folders[i]);
        catalogue_free(c);
        free(option);
    }
}

/* File by file: the team's scenario, the shipped rubric and lexicon. */
static void test_each_file_by_itself(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *rubric;
    (void)state;
    put_scenario("env", "tea-house", "the team's");
    put_scenario("env", "coffee", "the team's own");
    put_rubric("env", "coffee", "the team's own");
    set_environment("VIVA_CONTENT", "env");
    struct catalogue *c = catalogue_new(NULL);
    expect_title(c, "tea-house", "the team's");
    assert_int_equal(catalogue_rubric(c, "tea-house", &rubric, &errors), 0);
    assert_string_equal(rubric->about, "shipped");
    assert_int_equal(catalogue_rubric(c, "coffee", &rubric, &errors), 0);
    assert_int_equal(catalogue_lexicon(c, NULL, &errors)->version, 1);
    catalogue_free(c);

    put("env/rubrics/lexicon.json", LEXICON("7"));
    c = catalogue_new(NULL);
    assert_int_equal(catalogue_lexicon(c, NULL, &errors)->version, 7);
    catalogue_free(c);
}

/* --- finding --- */

static void test_list(void **state)
{
    static const char *const expected[] = { "coffee", "tea-house", "water" };
    char **ids;
    (void)state;
    put_scenario("data/viva", "water", "mine");
    put_scenario("data/viva", "tea-house", "mine");
    put("data/viva/scenarios/notes.txt", "not a scenario");
    put("data/viva/scenarios/.hidden.json", "{}");
    put("share/scenarios/coffee.json", "this is never opened");
    struct catalogue *c = catalogue_new(NULL);
    size_t count = catalogue_scenarios(c, &ids);
    assert_int_equal(count, COUNT(expected));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(ids[i], expected[i]);
        free(ids[i]);
    }
    free(ids);
    catalogue_free(c);
}

static void test_path(void **state)
{
    (void)state;
    char *want = in("share/rubrics/lexicon.json");
    struct catalogue *c = catalogue_new(NULL);
    char *path = catalogue_path(c, "rubrics", "lexicon.json");
    assert_string_equal(path, want);
    assert_null(catalogue_path(c, "rubrics", "nothing.json"));
    free(path);
    free(want);
    catalogue_free(c);
}

static void test_same_pointer(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *a, *b;
    struct rubric *r, *q;
    (void)state;
    struct catalogue *c = catalogue_new(NULL);
    assert_int_equal(catalogue_scenario(c, "tea-house", &a, &errors), 0);
    assert_int_equal(catalogue_rubric(c, "tea-house", &r, &errors), 0);
    put_scenario("data/viva", "tea-house", "came later");
    assert_int_equal(catalogue_scenario(c, "tea-house", &b, &errors), 0);
    assert_int_equal(catalogue_rubric(c, "tea-house", &q, &errors), 0);
    assert_ptr_equal(a, b);
    assert_ptr_equal(r, q);
    assert_ptr_equal(catalogue_lexicon(c, NULL, &errors), catalogue_lexicon(c, NULL, &errors));
    catalogue_free(c);
    catalogue_free(NULL);
}

static void test_summary(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario_summary s;
    (void)state;
    char *lexicon = in("share/rubrics/lexicon.json");
    unlink(lexicon); /* a list needs none */
    struct catalogue *c = catalogue_new(NULL);
    assert_int_equal(catalogue_summary(c, "tea-house", &s, &errors), 0);
    assert_string_equal(s.title, "shipped");
    assert_true(s.minutes == 20);
    scenario_summary_release(&s);
    catalogue_free(c);
    free(lexicon);
}

/* --- what is not there --- */

static const struct {
    const char *id, *message;
} unknown[] = {
    { "tea-hose", "no scenario is called 'tea-hose'; did you mean 'tea-house'?" },
    { "tea", "did you mean 'green-tea' or 'tea-house'?" },
    { "quantum", "no scenario is called 'quantum'; 'viva list' shows what there is" },
    { "", "no scenario is called ''" },
    { "../rubrics/lexicon", "no scenario is called '../rubrics/lexicon'" },
    { "/etc/passwd", "no scenario is called '/etc/passwd'" },
};

static void test_unknown(void **state)
{
    (void)state;
    put_scenario("data/viva", "green-tea", "mine");
    struct catalogue *c = catalogue_new(NULL);
    for (size_t i = 0; i < COUNT(unknown); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        struct scenario *s;
        struct rubric *r;
        assert_int_equal(catalogue_scenario(c, unknown[i].id, &s, &errors), -1);
        assert_null(s);
        expect_error(&errors, unknown[i].message);
        assert_int_equal(catalogue_rubric(c, unknown[i].id, &r, &errors), -1);
        assert_null(r);
        expect_error(&errors, unknown[i].message);
    }
    catalogue_free(c);
}

static void test_no_rubric(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *r;
    (void)state;
    put_scenario("data/viva", "water", "mine");
    struct catalogue *c = catalogue_new(NULL);
    assert_int_equal(catalogue_rubric(c, "water", &r, &errors), -1);
    expect_error(&errors, "the scenario 'water' has no rubric");
    catalogue_free(c);
}

static void test_other_id(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *s;
    (void)state;
    char *old = in("share/scenarios/tea-house.json"), *fresh = in("share/scenarios/copy.json");
    assert_int_equal(rename(old, fresh), 0);
    struct catalogue *c = catalogue_new(NULL);
    assert_int_equal(catalogue_scenario(c, "copy", &s, &errors), -1);
    assert_string_equal(errors.items[0].source, fresh);
    expect_error(&errors, "the file is called 'copy.json', but its id is 'tea-house'");
    catalogue_free(c);
    free(old);
    free(fresh);
}

static void test_no_lexicon(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *s;
    (void)state;
    char *lexicon = in("share/rubrics/lexicon.json");
    unlink(lexicon);
    struct catalogue *c = catalogue_new(NULL);
    assert_int_equal(catalogue_scenario(c, "tea-house", &s, &errors), -1);
    expect_error(&errors, "no content folder has 'rubrics/lexicon.json'");
    assert_null(catalogue_weights(c, &errors));
    expect_error(&errors, "no content folder has 'rubrics/weights.json'");
    assert_null(catalogue_red_flags(c, NULL, &errors)); /* nobody needs them */
    assert_int_equal(errors.count, 0);
    catalogue_free(c);
    free(lexicon);
}

/* A folder that somebody named and that is not there is no reason to show another one. */
static void test_named_folder(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *s;
    struct error e;
    (void)state;
    struct catalogue *c = catalogue_new("nowhere");
    error_init(&e);
    assert_int_equal(catalogue_check(c, &e), -1);
    assert_string_equal(e.message, "--content: there is no folder 'nowhere'");
    assert_int_equal(catalogue_scenario(c, "tea-house", &s, &errors), -1);
    expect_error(&errors, "--content: there is no folder 'nowhere'");
    catalogue_free(c);

    setenv("VIVA_CONTENT", "nowhere", 1);
    c = catalogue_new(NULL);
    error_init(&e);
    assert_int_equal(catalogue_check(c, &e), -1);
    assert_string_equal(e.message, "$VIVA_CONTENT: there is no folder 'nowhere'");
    catalogue_free(c);

    c = catalogue_new("");
    error_init(&e);
    assert_int_equal(catalogue_check(c, &e), -1);
    assert_string_equal(e.message, "--content: there is no folder ''");
    catalogue_free(c);

    unsetenv("VIVA_CONTENT");
    c = catalogue_new(".");
    error_init(&e);
    assert_int_equal(catalogue_check(c, &e), -1);
    assert_string_equal(e.message,
                        "--content: '.' has neither scenarios/ nor rubrics/ in it");
    put("here/rubrics/x.json", "");
    assert_int_equal(catalogue_check(c, &e), 0);
    catalogue_free(c);
}

/* Which root a scenario comes from, what it hides, and rubrics without one. */
static void test_origin(void **state)
{
    (void)state;
    char *option = in("option"), *share = in("share"), **ids;
    const char *hidden;
    put("option/scenarios/tea.json", "{}");
    put("option/rubrics/lost.json", "{}");
    put("option/rubrics/lexicon.json", "{}");
    put("share/scenarios/tea.json", "{}");
    put("share/scenarios/coffee.json", "{}");
    put("share/rubrics/tea.json", "{}");
    struct catalogue *c = catalogue_new(option);
    assert_string_equal(catalogue_root_of(c, "tea", &hidden), option);
    assert_string_equal(hidden, share);
    assert_string_equal(catalogue_root_of(c, "coffee", &hidden), share);
    assert_null(hidden);
    assert_null(catalogue_root_of(c, "lost", &hidden));
    assert_int_equal(catalogue_orphans(c, &ids), 1);
    assert_string_equal(ids[0], "lost");
    free(ids[0]);
    free(ids);
    catalogue_free(c);
    free(option);
    free(share);
}

/* A bad file is told of each time, and does not hide the others. */
static void test_bad_file(void **state)
{
    struct scenario *s;
    (void)state;
    put("data/viva/scenarios/broken.json", "{ \"kind\": ");
    put("data/viva/scenarios/folder.json/inside", "");
    struct catalogue *c = catalogue_new(NULL);
    for (int i = 0; i < 2; i++) {
        struct error_list errors = ERROR_LIST_INIT;
        assert_int_equal(catalogue_scenario(c, "broken", &s, &errors), -1);
        expect_error(&errors, "not valid JSON");
        assert_int_equal(catalogue_scenario(c, "folder", &s, &errors), -1);
        expect_error(&errors, "is a folder, not a file");
    }
    expect_title(c, "tea-house", "shipped");
    catalogue_free(c);
}

/* --- what is shipped --- */

static void test_shipped(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    char **ids;
    (void)state;
    setenv("VIVA_SHARE", VIVA_SOURCE_DIR, 1);
    struct catalogue *c = catalogue_new(NULL);
    size_t count = catalogue_scenarios(c, &ids);
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++) {
        struct scenario *s;
        struct rubric *r;
        if (catalogue_scenario(c, ids[i], &s, &errors) < 0 ||
            catalogue_rubric(c, ids[i], &r, &errors) < 0)
            fail_msg("%s:%d:%d: %s", errors.items[0].source, errors.items[0].line,
                     errors.items[0].column, errors.items[0].message);
        for (size_t k = 0; k < s->fact_count; k++)
            if (s->facts[k].criterion && rubric_find(r, s->facts[k].criterion) < 0)
                fail_msg("%s: fact '%s' belongs to '%s', which is no criterion", ids[i],
                         s->facts[k].id, s->facts[k].criterion);
        for (size_t k = 0; k < s->hint_count; k++)
            if (rubric_find(r, s->hints[k].criterion) < 0)
                fail_msg("%s: hints for '%s', which is no criterion", ids[i],
                         s->hints[k].criterion);
        if (s->twist.says && rubric_find(r, s->twist.criterion) < 0)
            fail_msg("%s: the twist's '%s' is no criterion", ids[i], s->twist.criterion);
        free(ids[i]);
    }
    free(ids);
    assert_non_null(catalogue_weights(c, &errors));
    catalogue_free(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_roots),    TEST(test_shadowing),  TEST(test_each_file_by_itself),
        TEST(test_list),     TEST(test_path),       TEST(test_same_pointer),
        TEST(test_summary),  TEST(test_unknown),    TEST(test_no_rubric),
        TEST(test_other_id), TEST(test_no_lexicon), TEST(test_named_folder),
        TEST(test_origin),   TEST(test_bad_file),   TEST(test_shipped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
