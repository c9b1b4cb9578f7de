/* Concepts, what is a kind of what, and each mistake with its place. */
#include <string.h>

#include "scoring/lexicon.h"
#include "table.h"

static struct lexicon *load(const char *text, struct error_list *errors)
{
    return lexicon_load("lexicon.json", text, strlen(text), errors);
}

static const char good[] =
    "{\"format\": 1, \"version\": 3, \"concepts\": {"
    "\"redis\": {\"says\": [\"redis\"], \"is\": [\"memory-store\"], \"product\": true},"
    "\"memory-store\": {\"says\": [\"memory store\"], \"is\": [\"cache\", \"store\"]},"
    "\"cache\": {\"says\": [\"cache\", \"kept warm\"], \"is\": []},"
    "\"store\": {\"says\": [\"store\"]}}}";

/* Whether `narrow` is among the kinds of `wide`. */
static const struct {
    int row;
    const char *wide, *narrow;
    bool kind;
} kinds[] = {
    ROW("cache", "cache", true),        ROW("cache", "memory-store", true),
    ROW("cache", "redis", true),        ROW("store", "redis", true),
    ROW("redis", "cache", false),       ROW("cache", "store", false),
    ROW("memory-store", "redis", true), ROW("memory-store", "cache", false),
};

static void test_kinds(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    struct lexicon *l = load(good, &errors);
    assert_non_null(l);
    assert_int_equal(l->count, 4);
    assert_int_equal(l->version, 3);
    for (size_t i = 0; i < ROWS(kinds); i++) {
        int wide = lexicon_find(l, kinds[i].wide),
            narrow = lexicon_find(l, kinds[i].narrow);
        size_t times = 0;
        for (size_t k = 0; k < l->concepts[wide].kinds_count; k++)
            times += l->concepts[wide].kinds[k] == (size_t)narrow;
        if (times != kinds[i].kind)
            row_fails(__FILE__, kinds[i].row, "'%s' is %zu times a kind of '%s'",
                      kinds[i].narrow, times, kinds[i].wide);
    }
    assert_true(l->concepts[lexicon_find(l, "redis")].marks & CONCEPT_PRODUCT);
    assert_false(l->concepts[lexicon_find(l, "cache")].marks);
    assert_int_equal(l->concepts[lexicon_find(l, "cache")].says_count, 2);
    assert_int_equal(lexicon_find(l, "nothing"), -1);
    assert_int_equal(lexicon_find(NULL, "cache"), -1);
    lexicon_free(l);
    lexicon_free(NULL);
    table_ends();
}

static const struct {
    int row;
    const char *text;
    int column;
    const char *message;
} mistakes[] = {
    ROW("", 1, "not valid JSON"),
    ROW("[]", 1, "a lexicon must be an object"),
    ROW("{}", 1, "'concepts' is missing"),
    ROW("{\"concepts\": []}", 14, "'concepts' must be an object"),
    ROW("{\"concept\": {}, \"concepts\": {}}", 2, "did you mean 'concepts'?"),
    ROW("{\"concepts\": {\"a\": []}}", 20, "a concept must be an object"),
    ROW("{\"concepts\": {\"a\": {}}}", 20, "'says' is missing"),
    ROW("{\"concepts\": {\"a\": {\"says\": \"a\"}}}", 29, "'says' must be a list"),
    ROW("{\"concepts\": {\"a\": {\"says\": [3]}}}", 30, "must be a string"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"b | c\"]}}}", 33,
        "only words may stand here"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"\"]}}}", 31, "a phrase is wanted here"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"\\u00e9 (x)\"]}}}", 38,
        "only words may stand here"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"a\"], \"iz\": []}}}", 36,
        "did you mean 'is'?"),
    ROW("{\"concepts\": {\"cache\": {\"says\": [\"a\"], \"is\": [\"cahce\"]}}}", 47,
        "did you mean 'cache'?"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"a\"], \"is\": [\"a\"]}}}", 20,
        "leads back to itself"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"a\"], \"is\": [\"b\"]}, "
        "\"b\": {\"says\": [\"b\"], \"is\": [\"a\"]}}}",
        0, "leads back to itself"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"a\"]}, \"a\": {\"says\": [\"b\"]}}}", 0,
        "duplicate"),
    ROW("{\"format\": 2, \"concepts\": {}}", 12, "update viva"),
    ROW("{\"concepts\": {\"a\": {\"says\": [\"a\"], \"product\": 1}}}", 47,
        "true or false"),
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(mistakes); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        struct lexicon *l = load(mistakes[i].text, &errors);
        const struct error *e = errors.count ? &errors.items[0] : NULL;
        if (l || errors.count != 1)
            row_fails(__FILE__, mistakes[i].row, "'%s': %zu errors%s", mistakes[i].text,
                      errors.count, l ? ", and loaded" : "");
        else if (!strstr(e->message, mistakes[i].message) ||
                 strcmp(e->source, "lexicon.json") ||
                 (mistakes[i].column && e->column != mistakes[i].column))
            row_fails(__FILE__, mistakes[i].row, "'%s': %d:%d %s", mistakes[i].text,
                      e->line, e->column, e->message);
        lexicon_free(l);
        error_list_release(&errors);
    }
    table_ends();
}

static void test_all_are_told(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    assert_null(load(
        "{\"concepts\": {\"a\": {\"says\": [\"(\", \"&\"], \"is\": [\"x\", \"y\"]},\n"
        "\"b\": {\"say\": []}}}",
        &errors));
    assert_int_equal(errors.count, 6);
    assert_int_equal(errors.items[5].line, 2);
    error_list_release(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_all_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
