/* Loading with places, checked access, writing. */
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "table.h"

static const struct {
    int row;
    const char *text;
    int line, column;
    const char *message;
} broken[] = {
    ROW("", 1, 1, "not valid JSON"),
    ROW("{", 1, 1, "not valid JSON"),
    ROW("{\"a\": 1,}", 1, 9, "not valid JSON"),
    ROW("{\n  \"a\": 1\n  \"b\": 2}", 3, 5, "not valid JSON"),
    ROW("{\"a\": 1, \"a\": 2}", 1, 12, "duplicate"),
    ROW("[1, 2", 1, 5, "not valid JSON"),
    ROW("\"\xff\"", 1, 1, "not valid JSON"),
    ROW("1 2", 1, 3, "not valid JSON"),
    ROW("\"\\ud800\"", 1, 8, "not valid JSON"),
};

static void test_broken(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(broken); i++) {
        struct json_document doc;
        struct error e;
        error_init(&e);
        int result = json_load_document(&doc, "x.json", broken[i].text,
                                        strlen(broken[i].text), &e);
        if (result == 0)
            row_fails(__FILE__, broken[i].row, "'%s' is taken", broken[i].text);
        else if (!strstr(e.message, broken[i].message) ||
                 strcmp(e.source, "x.json") != 0 || e.line != broken[i].line ||
                 e.column < broken[i].column - 3 || e.column > broken[i].column + 3)
            row_fails(__FILE__, broken[i].row, "'%s': %d:%d %s", broken[i].text, e.line,
                      e.column, e.message);
        json_release_document(&doc);
    }
    table_ends();
}

/* --- places --- */

static const char sample[] = "{ \"a\": [1, {\"b\": \"x\\ny\\u00e9z\"}],\n"
                             "  \"c\\\"d\": {\"e\": null, \"f\": [[], [true]]},\n"
                             "  \"g\": -1.5e3 }";

static const struct {
    int row;
    const char *path; /* keys and indices, parted by "." */
    const char *at;   /* the text there */
} places[] = {
    ROW("", "{ \"a\""),    ROW("a", "[1,"),           ROW("a.0", "1,"),
    ROW("a.1", "{\"b\""),  ROW("a.1.b", "\"x\\n"),    ROW("c\"d", "{\"e\""),
    ROW("c\"d.e", "null"), ROW("c\"d.f.1", "[true]"), ROW("c\"d.f.1.0", "true]"),
    ROW("g", "-1.5e3"),
};

static json_t *at_path(json_t *root, const char *path)
{
    char copy[64];
    snprintf(copy, sizeof(copy), "%s", path);
    for (char *step = strtok(copy, "."); step; step = strtok(NULL, "."))
        root = json_is_array(root) ? json_array_get(root, (size_t)(*step - '0'))
                                   : json_object_get(root, step);
    return root;
}

static void test_places(void **state)
{
    (void)state;
    struct json_document doc;
    assert_int_equal(json_load_document(&doc, "s", sample, strlen(sample), NULL), 0);
    for (size_t i = 0; i < ROWS(places); i++) {
        size_t at = json_locate(&doc, at_path(doc.root, places[i].path));
        if (strncmp(sample + at, places[i].at, strlen(places[i].at)) != 0)
            row_fails(__FILE__, places[i].row, "'%s' is at '%.12s'", places[i].path,
                      sample + at);
    }
    size_t key = json_locate_key(&doc, at_path(doc.root, "c\"d"), "f");
    assert_memory_equal(sample + key, "\"f\"", 3);
    key = json_locate_key(&doc, at_path(doc.root, "c\"d"), "no");
    assert_memory_equal(sample + key, "{\"e\"", 4);
    const json_t *text = at_path(doc.root, "a.1.b");
    assert_int_equal(sample[json_locate_in_string(&doc, text, 0)], 'x');
    assert_int_equal(sample[json_locate_in_string(&doc, text, 2)], 'y');
    assert_int_equal(sample[json_locate_in_string(&doc, text, 5)], 'z');
    json_t *stranger = json_true();
    json_t *other = json_string("no");
    assert_int_equal(json_locate(&doc, other), 0);
    json_decref(other);
    json_decref(stranger);
    json_release_document(&doc);
    table_ends();
}

/* --- checked access --- */

static const char *const keys[] = { "name",  "weight", "list", "flag",
                                    "inner", "format", NULL };

static void read_all(struct json_check *c)
{
    const json_t *o = c->doc->root;
    if (!json_check_file(c, o, "a thing", keys))
        return;
    json_need_string(c, o, "name");
    json_want_string(c, o, "name");
    json_need_number(c, o, "weight", 0, 10, 1);
    json_want_bool(c, o, "flag", false);
    json_want_array(c, o, "list");
    json_want_object(c, o, "inner");
}

static const struct {
    int row;
    const char *text;
    size_t count;
    const char *message;
    int column;
} checks[] = {
    ROW("{\"name\": \"a\", \"weight\": 3}", 0, "", 0),
    ROW("[]", 1, "a thing must be an object", 1),
    ROW("{\"name\": \"a\"}", 1, "'weight' is missing", 1),
    ROW("{\"nane\": \"a\", \"name\": \"b\", \"weight\": 1}", 1,
        "unknown key 'nane' in a thing; did you mean 'name'?", 2),
    ROW("{\"zzzzzz\": 1, \"name\": \"b\", \"weight\": 1}", 1,
        "unknown key 'zzzzzz' in a thing", 2),
    ROW("{\"name\": 5, \"weight\": 1}", 2, "'name' must be a string", 10),
    ROW("{\"name\": \"\", \"weight\": 1}", 1, "'name' is empty", 10),
    ROW("{\"name\": \"a\", \"weight\": \"1\"}", 1, "'weight' must be a number", 25),
    ROW("{\"name\": \"a\", \"weight\": 11}", 1, "'weight' must be between 0 and 10", 25),
    ROW("{\"name\": \"a\", \"weight\": 1, \"flag\": 1}", 1,
        "'flag' must be true or false", 36),
    ROW("{\"name\": \"a\", \"weight\": 1, \"list\": {}}", 1, "'list' must be a list", 36),
    ROW("{\"name\": \"a\", \"weight\": 1, \"inner\": []}", 1, "'inner' must be an object",
        37),
    ROW("{\"name\": \"a\", \"weight\": 1, \"format\": 2}", 1, "update viva", 38),
    ROW("{\"name\": 5, \"new\": 1, \"format\": 2.5}", 1,
        "a thing written for a newer viva (format 2.5; this one reads up to 1)", 33),
    ROW("{\"name\": \"a\", \"weight\": 1, \"format\": \"9\"}", 1,
        "'format' must be a number", 38),
    ROW("{\"name\": \"a\", \"weight\": 1, \"format\": 0}", 1,
        "'format' must be between 1 and 1", 38),
    ROW("{\"weigth\": 1}", 3, "unknown key 'weigth' in a thing; did you mean 'weight'?",
        2),
};

static void test_checks(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(checks); i++) {
        struct json_document doc;
        struct error_list errors = ERROR_LIST_INIT;
        assert_int_equal(
            json_load_document(&doc, "s", checks[i].text, strlen(checks[i].text), NULL),
            0);
        read_all(&(struct json_check) { &doc, &errors });
        const struct error *e = errors.count ? &errors.items[0] : NULL;
        if (errors.count != checks[i].count ||
            (e &&
             (!strstr(e->message, checks[i].message) || e->column != checks[i].column)))
            row_fails(__FILE__, checks[i].row, "'%s': %zu errors, %d: %s", checks[i].text,
                      errors.count, e ? e->column : 0, e ? e->message : "");
        error_list_release(&errors);
        json_release_document(&doc);
    }
    table_ends();
}

/* --- writing --- */

static const struct {
    int row;
    const char *text, *written;
} writes[] = {
    ROW("{\"b\": 1, \"a\": [1.5, null, true]}", "{\"b\":1,\"a\":[1.5,null,true]}"),
    ROW("\"\\u00e9\\n\"", "\"\xc3\xa9\\n\""),
    ROW("0.1", "0.1"),
    ROW("3", "3"),
    ROW("[]", "[]"),
};

static void test_writes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(writes); i++) {
        struct buffer out = BUFFER_INIT;
        json_t *value = json_loads(writes[i].text, JSON_DECODE_ANY, NULL);
        json_write(&out, value);
        if (strcmp(out.data, writes[i].written) != 0)
            row_fails(__FILE__, writes[i].row, "'%s'", out.data);
        json_decref(value);
        buffer_release(&out);
    }
    struct buffer out = BUFFER_INIT;
    json_write_string(&out, "a\xff\"\0b", 5);
    assert_string_equal(out.data, "\"a\xef\xbf\xbd\\\"\\u0000b\"");
    buffer_release(&out);
    table_ends();
}

static const struct {
    int row;
    const char *word, *near;
} nears[] = {
    ROW("nmae", "name"), ROW("wieght", "weight"), ROW("lists", "list"),
    ROW("name", "name"), ROW("qqqqqqqq", NULL),   ROW("", NULL),
};

static void test_nearest(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(nears); i++) {
        const char *near = nearest_word(nears[i].word, keys);
        if (!near != !nears[i].near || (near && strcmp(near, nears[i].near) != 0))
            row_fails(__FILE__, nears[i].row, "'%s' is nearest to '%s'", nears[i].word,
                      near ? near : "none");
    }
    char longest[200];
    memset(longest, 'n', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    assert_null(nearest_word(longest, keys));
    assert_int_equal(json_choice("list", keys), 2);
    assert_int_equal(json_choice("none", keys), -1);
    table_ends();
}

/* What is only counted is not looked for in the file, or this takes half a minute. */
static void test_many_mistakes(void **state)
{
    (void)state;
    enum { MISTAKES = 30000 };
    struct buffer text = BUFFER_INIT;
    buffer_add_string(&text, "{\"list\": [\"one\"");
    buffer_repeat(&text, ",\n \"another\"", MISTAKES - 1);
    buffer_add_string(&text, "]}");
    struct json_document doc;
    struct error_list errors = ERROR_LIST_INIT;
    assert_int_equal(json_load_document(&doc, "s", text.data, text.length, NULL), 0);
    struct json_check c = { &doc, &errors };
    const json_t *list = json_want_array(&c, doc.root, "list");
    for (size_t i = 0; i < MISTAKES; i++)
        json_fail_in_string(&c, json_array_get(list, i), 1, "mistake %zu", i);
    assert_int_equal(errors.count, ERROR_LIST_MAX);
    assert_int_equal(error_list_total(&errors), MISTAKES);
    assert_int_equal(errors.items[127].line, 128);
    assert_int_equal(errors.items[127].column, 4);
    assert_string_equal(errors.items[127].message, "mistake 127");
    assert_true(json_fails_in_vain(&c));
    assert_int_equal(error_list_total(&errors), MISTAKES + 1);
    error_list_release(&errors);
    json_release_document(&doc);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_broken),  cmocka_unit_test(test_places),
        cmocka_unit_test(test_checks),  cmocka_unit_test(test_writes),
        cmocka_unit_test(test_nearest), cmocka_unit_test(test_many_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
