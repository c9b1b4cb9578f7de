/* The shipped weights load; each mistake in them is told. Rows replace one value by
 * another. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "scoring/weights.h"
#include "table.h"

static json_t *root;

static int make_ready(void **state)
{
    (void)state;
    root = json_load_file(VIVA_SOURCE_DIR "/rubrics/weights.json", 0, NULL);
    return root ? 0 : -1;
}

static int clean_up(void **state)
{
    (void)state;
    json_decref(root);
    return 0;
}

static struct weights *load(const json_t *value, struct error_list *errors)
{
    char *text = json_dumps(value, 0);
    struct weights *w = weights_load("weights.json", text, strlen(text), errors);
    free(text);
    return w;
}

static void test_shipped(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    struct weights *w = load(root, &errors);
    assert_non_null(w);
    assert_int_equal(errors.count, 0);
    assert_true(w->cut_mentioned < w->cut_explained);
    const struct coverage_map *maps[] = { &w->map, &w->dialogue.map };
    for (size_t i = 0; i < 2; i++)
        assert_true(maps[i]->count >= 2 &&
                    maps[i]->points[0].coverage <
                        maps[i]->points[maps[i]->count - 1].coverage);
    assert_true(w->dialogue.words_from < w->dialogue.words_to);
    for (int g = 0; g < GUARD_COUNT; g++) {
        assert_true(w->guards[g].from < w->guards[g].to);
        assert_true(w->guards[g].floor >= 0 && w->guards[g].floor < 1);
    }
    weights_free(w);
    weights_free(NULL);
}

/* `path` is two keys; `value` is JSON, or NULL to take the key away. */
static const struct {
    int row;
    const char *object, *key, *value, *message;
} mistakes[] = {
    ROW(NULL, "version", NULL, "'version' is missing"),
    ROW(NULL, "verdict", NULL, "'verdict' is missing"),
    ROW(NULL, "verdict", "[]", "'verdict' must be an object"),
    ROW(NULL, "features", NULL, "'features' is missing"),
    ROW(NULL, "guards", NULL, "'guards' is missing"),
    ROW(NULL, "map", "[[0, 0]]", "'map' must have 2 to"),
    ROW(NULL, "map", "[[0, 0], [0, 1]]", "points rise"),
    ROW(NULL, "map", "[[0, 5], [1, 1]]", "points rise"),
    ROW(NULL, "map", "[[0, 0], [1]]", "points rise"),
    ROW(NULL, "map", "[[0, 0], 1]", "points rise"),
    ROW(NULL, "map", "[[0, 0], [\"1\", 2]]", "points rise"),
    ROW(NULL, "map", "[[0, 0], [1, \"2\"]]", "points rise"),
    ROW(NULL, "maps", "1", "did you mean 'map'?"),
    ROW(NULL, "dialogue", "[]", "'dialogue' must be an object"),
    ROW("dialogue", "growth", NULL, "'growth' is missing"),
    ROW("dialogue", "growth", "2", "must be between"),
    ROW("dialogue", "words", "2", "unknown key 'words'"),
    ROW("dialogue", "map", "[[0, 0]]", "'map' must have 2 to"),
    ROW("verdict", "cut_mentioned", NULL, "'cut_mentioned' is missing"),
    ROW("verdict", "cut_mentioned", "\"1\"", "must be a number"),
    ROW("verdict", "cut_mentoined", "1", "did you mean 'cut_mentioned'?"),
    ROW("verdict", "mentioned_credit", "2", "must be between"),
    ROW("features", "named", "1000", "must be between"),
    ROW("features", "name", "1", "did you mean 'named'?"),
    ROW("guards", "list", "{}", "is missing"),
    ROW("guards", "lists", "{}", "did you mean 'list'?"),
    ROW("guards", "list", "{\"from\": 1, \"to\": 2, \"floor\": 3, \"minimum\": 1}",
        "must be between"),
    ROW("score", "depth_from", "-1", "must be between"),
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(mistakes); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        json_t *copy = json_deep_copy(root);
        json_t *at =
            mistakes[i].object ? json_object_get(copy, mistakes[i].object) : copy;
        if (mistakes[i].value)
            json_object_set_new(at, mistakes[i].key,
                                json_loads(mistakes[i].value, JSON_DECODE_ANY, NULL));
        else
            json_object_del(at, mistakes[i].key);
        struct weights *w = load(copy, &errors);
        bool told = false;
        for (size_t k = 0; k < errors.count; k++)
            told = told || strstr(errors.items[k].message, mistakes[i].message);
        if (w || !told)
            row_fails(__FILE__, mistakes[i].row, "%s.%s: %s",
                      mistakes[i].object ? mistakes[i].object : "", mistakes[i].key,
                      errors.count ? errors.items[0].message : "taken");
        weights_free(w);
        json_decref(copy);
        error_list_release(&errors);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
