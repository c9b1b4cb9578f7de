/*
 * Scenarios: what a good one becomes, what is optional, and that every file of tests/bad/scenario
 * gets the diagnostics that stand beside it (tests/bad/run asks the program the same).
 * VIVA_BLESS=1 rewrites those; read the difference before committing it.
 */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "content/scenario.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static struct lexicon *lexicon;

static int load_lexicon(void **state)
{
    struct buffer text = BUFFER_INIT;
    struct error_list errors = ERROR_LIST_INIT;
    (void)state;
    assert_int_equal(
        file_read(VIVA_SOURCE_DIR "/tests/bad/content/rubrics/lexicon.json", 1 << 20, &text, NULL),
        0);
    lexicon = lexicon_load("lexicon.json", text.data, text.length, &errors);
    buffer_release(&text);
    return lexicon ? 0 : -1;
}

static int free_lexicon(void **state)
{
    (void)state;
    lexicon_free(lexicon);
    return 0;
}

static struct scenario *load(const char *text, struct error_list *errors)
{
    return scenario_load("tea.json", text, strlen(text), lexicon, errors);
}

/* --- a whole one --- */

static const char whole[] =
    "{ \"format\": 1, \"kind\": \"design\", \"id\": \"tea\", \"title\": \"Tea kitchen\","
    "  \"version\": 3, \"level\": \"senior\", \"tags\": [\"storage\", \"api\"],"
    "  \"prompt\": \"Design the kitchen of a tea house.\","
    "  \"facts\": [ { \"id\": \"sorts\", \"topic\": \"how many sorts\", \"answer\": \"Eight.\","
    "                 \"asks\": [\"sort & @kettle\", \"menu\"], \"criterion\": \"scope\" },"
    "               { \"id\": \"hours\", \"topic\": \"when\", \"answer\": \"Seven to seven.\","
    "                 \"asks\": \"open\" } ],"
    "  \"phases\": [ { \"id\": \"design\", \"title\": \"the kitchen\", \"minutes\": 7.5,"
    "                  \"opening\": \"Walk one order through it.\" },"
    "                { \"id\": \"wrap-up\", \"title\": \"wrap-up\", \"minutes\": 2.5 } ],"
    "  \"hints\": [ { \"criterion\": \"kettles\", \"ladder\": ["
    "                 { \"text\": \"Think.\", \"price\": 1 },"
    "                 { \"text\": \"Think of water.\", \"price\": 2.5 } ] } ],"
    "  \"twist\": { \"minute\": 6, \"says\": \"A coach stops.\", \"criterion\": \"twist\" },"
    "  \"figures\": [ { \"name\": \"cups\", \"kind\": \"rate\", \"value\": 0.1667,"
    "                   \"how\": \"600 / 3600\" } ],"
    "  \"sources\": [ \"arithmetic\" ] }";

static void test_whole(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    (void)state;
    struct scenario *s = load(whole, &errors);
    assert_non_null(s);
    assert_int_equal(error_list_total(&errors), 0);
    assert_string_equal(s->kind, "design");
    assert_string_equal(s->id, "tea");
    assert_string_equal(s->title, "Tea kitchen");
    assert_int_equal(s->version, 3);
    assert_string_equal(s->level, "senior");
    assert_int_equal(s->tag_count, 2);
    assert_string_equal(s->tags[1], "api");
    assert_int_equal(s->fact_count, 2);
    assert_string_equal(s->facts[0].answer, "Eight.");
    assert_string_equal(s->facts[0].criterion, "scope");
    assert_int_equal(s->facts[0].asks.count, 2);
    assert_int_equal(s->facts[0].asks.items[0]->kind, EXPRESSION_AND);
    assert_int_equal(s->facts[1].asks.count, 1);
    assert_null(s->facts[1].criterion);
    assert_int_equal(s->phase_count, 2);
    assert_string_equal(s->phases[0].opening, "Walk one order through it.");
    assert_null(s->phases[1].opening);
    assert_true(scenario_minutes(s) == 10);
    assert_int_equal(s->hint_count, 1);
    assert_int_equal(s->hints[0].count, 2);
    assert_true(s->hints[0].steps[1].price == 2.5);
    assert_string_equal(s->twist.says, "A coach stops.");
    assert_true(s->twist.minute == 6);
    assert_int_equal(s->figures[0].kind, QUANTITY_RATE);
    assert_int_equal(s->source_count, 1);
    assert_int_equal(strlen(s->hash), HASH_TEXT_SIZE - 1);
    scenario_free(s);
    scenario_free(NULL);
}

/* Only the hash tells two texts apart that mean the same. */
static void test_hash(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct buffer other = BUFFER_INIT;
    (void)state;
    buffer_printf(&other, "%s\n", whole);
    struct scenario *a = load(whole, &errors), *b = load(other.data, &errors),
                    *c = load(whole, &errors);
    assert_string_not_equal(a->hash, b->hash);
    assert_string_equal(a->hash, c->hash);
    scenario_free(a);
    scenario_free(b);
    scenario_free(c);
    buffer_release(&other);
}

static const char smallest[] =
    "{ \"kind\": \"design\", \"id\": \"tea\", \"title\": \"Tea\", \"version\": 1, \"prompt\": "
    "\"Tea?\","
    "  \"phases\": [ { \"id\": \"all\", \"title\": \"all\", \"minutes\": 45 } ] }";

static void test_smallest(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    (void)state;
    struct scenario *s = load(smallest, &errors);
    assert_non_null(s);
    assert_null(s->level);
    assert_null(s->twist.says);
    assert_int_equal(s->tag_count + s->fact_count + s->hint_count + s->figure_count, 0);
    scenario_free(s);
}

/* Each key that is needed is missed when it is gone. */
static void test_needed(void **state)
{
    static const char *const needed[] = { "kind", "id", "title", "version", "prompt", "phases" };
    (void)state;
    for (size_t i = 0; i < COUNT(needed); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        json_t *root = json_loads(smallest, 0, NULL);
        json_object_del(root, needed[i]);
        char *text = json_dumps(root, 0);
        assert_null(load(text, &errors));
        assert_int_equal(errors.count, 1);
        if (!strstr(errors.items[0].message, needed[i]))
            fail_msg("without '%s': %s", needed[i], errors.items[0].message);
        error_list_release(&errors);
        free(text);
        json_decref(root);
    }
}

/* However a file is cut off, it is an error and nothing worse. */
static void test_cut_anywhere(void **state)
{
    (void)state;
    for (size_t length = 0; length + 1 < strlen(whole); length++) {
        struct error_list errors = ERROR_LIST_INIT;
        assert_null(scenario_load("tea.json", whole, length, lexicon, &errors));
        assert_true(errors.count > 0);
        assert_true(errors.items[0].line > 0);
        error_list_release(&errors);
    }
}

/* --- summary --- */

static void test_summary(void **state)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario_summary s;
    (void)state;
    assert_int_equal(scenario_summarise("tea.json", whole, strlen(whole), &s, &errors), 0);
    assert_string_equal(s.title, "Tea kitchen");
    assert_string_equal(s.level, "senior");
    assert_string_equal(s.tags[0], "storage");
    assert_null(s.tags[2]);
    assert_true(s.minutes == 10);
    assert_int_equal(s.version, 3);
    scenario_summary_release(&s);
    assert_int_equal(scenario_summarise("tea.json", "{}", 2, &s, &errors), -1);
    assert_true(errors.count > 0);
    scenario_summary_release(&s);
    error_list_release(&errors);
}

/* --- mistakes --- */

static void add_error(struct buffer *out, const struct error *e)
{
    if (!e->line) {
        buffer_printf(out, "viva: %s: %s\n", e->source, e->message);
        return;
    }
    buffer_printf(out, "%s:%d:%d: %s\n", e->source, e->line, e->column, e->message);
    if (e->excerpt[0] && e->caret > 0)
        buffer_printf(out, "  %s\n  %*s^\n", e->excerpt, e->caret - 1, "");
}

static void check_bad_file(const char *name)
{
    struct buffer path = BUFFER_INIT, text = BUFFER_INIT, want = BUFFER_INIT, got = BUFFER_INIT;
    struct error_list errors = ERROR_LIST_INIT;
    buffer_printf(&path, "%s/tests/bad/scenario/%s", VIVA_SOURCE_DIR, name);
    assert_int_equal(file_read(path.data, 1 << 20, &text, NULL), 0);
    struct buffer source = BUFFER_INIT;
    buffer_printf(&source, "scenario/%s", name);
    assert_null(scenario_load(source.data, text.data, text.length, lexicon, &errors));
    for (size_t i = 0; i < errors.count; i++)
        add_error(&got, &errors.items[i]);

    buffer_truncate(&path, path.length - strlen(".json"));
    buffer_add_string(&path, ".expected");
    if (getenv("VIVA_BLESS"))
        assert_int_equal(file_write(path.data, got.data, got.length, 0644, NULL), 0);
    if (file_read(path.data, 1 << 20, &want, NULL) < 0)
        fail_msg("there is no %s", path.data);
    if (strcmp(want.data, got.data) != 0)
        fail_msg("%s: the diagnostics are now:\n%s", name, got.data);
    buffer_release(&path);
    buffer_release(&text);
    buffer_release(&want);
    buffer_release(&got);
    buffer_release(&source);
    error_list_release(&errors);
}

static void test_bad_files(void **state)
{
    char **names;
    (void)state;
    size_t count = folder_list(VIVA_SOURCE_DIR "/tests/bad/scenario", ".json", &names);
    assert_true(count >= 12);
    for (size_t i = 0; i < count; i++) {
        check_bad_file(names[i]);
        free(names[i]);
    }
    free(names);
}

/* --- docs/schema/scenario.schema.json --- */

/* A value with every key that the schema knows. */
static json_t *with_all_keys(const json_t *schema)
{
    const char *type = json_string_value(json_object_get(schema, "type")), *key;
    json_t *object = json_object(), *child;
    if (type && !strcmp(type, "array")) {
        json_decref(object);
        return json_pack("[o]", with_all_keys(json_object_get(schema, "items")));
    }
    if (!type || strcmp(type, "object") != 0) {
        json_decref(object);
        return json_null();
    }
    json_object_foreach (json_object_get(schema, "properties"), key, child)
        json_object_set_new(object, key, with_all_keys(child));
    return object;
}

/* Every key of the schema is known to the loader, and what it requires is missed by the loader. */
static void test_schema(void **state)
{
    (void)state;
    json_t *schema = json_load_file(VIVA_SOURCE_DIR "/docs/schema/scenario.schema.json", 0, NULL);
    assert_non_null(schema);
    json_t *value = with_all_keys(schema), *name;
    json_object_del(value, "format");
    char *text = json_dumps(value, 0);
    struct error_list errors = ERROR_LIST_INIT, missing = ERROR_LIST_INIT;
    assert_null(load(text, &errors));
    for (size_t i = 0; i < errors.count; i++)
        if (strstr(errors.items[i].message, "unknown key"))
            fail_msg("the schema has what the loader has not: %s", errors.items[i].message);
    assert_int_equal(errors.omitted, 0);

    assert_null(load("{}", &missing));
    assert_int_equal(missing.count, json_array_size(json_object_get(schema, "required")));
    size_t index;
    json_array_foreach (json_object_get(schema, "required"), index, name) {
        size_t i = 0;
        while (i < missing.count && !strstr(missing.items[i].message, json_string_value(name)))
            i++;
        if (i == missing.count)
            fail_msg("the loader does not need '%s'", json_string_value(name));
    }
    error_list_release(&errors);
    error_list_release(&missing);
    free(text);
    json_decref(value);
    json_decref(schema);
}

/* More mistakes than are kept are counted. */
static void test_many_mistakes(void **state)
{
    struct buffer text = BUFFER_INIT;
    struct error_list errors = ERROR_LIST_INIT;
    (void)state;
    buffer_add(&text, smallest, strlen(smallest) - 1);
    buffer_add_string(&text, ", \"tags\": [");
    for (int i = 0; i < 200; i++)
        buffer_printf(&text, "%s%d", i ? "," : "", i);
    buffer_add_string(&text, "] }");
    assert_null(load(text.data, &errors));
    assert_int_equal(errors.count, ERROR_LIST_MAX);
    assert_int_equal(error_list_total(&errors), 200);
    error_list_release(&errors);
    buffer_release(&text);
}

static void test_too_many_entries(void **state)
{
    struct buffer text = BUFFER_INIT;
    struct error_list errors = ERROR_LIST_INIT;
    (void)state;
    buffer_add(&text, smallest, strlen(smallest) - 1);
    buffer_add_string(&text, ", \"sources\": [");
    for (int i = 0; i < 1001; i++)
        buffer_printf(&text, "%s\"s\"", i ? "," : "");
    buffer_add_string(&text, "] }");
    assert_null(load(text.data, &errors));
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].message, "'sources' has more than 1000 entries");
    error_list_release(&errors);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_smallest),
        cmocka_unit_test(test_needed),
        cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_summary),
        cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_many_mistakes),
        cmocka_unit_test(test_too_many_entries),
        cmocka_unit_test(test_schema),
    };
    return cmocka_run_group_tests(tests, load_lexicon, free_lexicon);
}
