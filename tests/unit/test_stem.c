/* Stems: what is one word, and what is kept apart. */
#include <stdbool.h>
#include <string.h>

#include "scoring/stem.h"
#include "table.h"

static const struct {
    int row;
    const char *a, *b;
    bool same;
} pairs[] = {
    ROW("job", "jobs", true),
    ROW("cancelled", "cancel", true),
    ROW("db", "dbs", false), /* two letters are their own stem */
    ROW("3rd", "3rds", false),
    ROW("serialise", "serialized", true),
    ROW("centre", "centers", true),
    ROW("catalogue", "catalog", true),
    ROW("synchronised", "synchronizes", true),
    ROW("authorisation", "authorize", true),
    /* kept apart */
    ROW("synchronised", "synchronous", false),
    ROW("authorise", "authors", false),
    ROW("authorise", "authority", false),
    ROW("evening", "even", false),
    ROW("evenly", "evening", false),
    ROW("settings", "set", false),
    ROW("setting", "set", true),
    ROW("customers", "custom", false),
    ROW("customer", "customers", true),
    ROW("businesses", "busy", false),
    ROW("pasted", "past", false),
    ROW("paste", "pastes", true),
    ROW("conversion", "conversation", false),
    ROW("contention", "contents", false),
    ROW("unusable", "unused", false),
    /* what only begins like one of those */
    ROW("customersstop", "customer", false),
    ROW("customersstop", "customersstops", true),
    ROW("directions", "directionless", false),
};

static void test_pairs(void **state)
{
    struct stemmer *s = stemmer_new();
    (void)state;
    for (size_t i = 0; i < ROWS(pairs); i++) {
        char first[STEM_ROOM];
        size_t a, b;
        const char *stem = stemmer_stem(s, pairs[i].a, strlen(pairs[i].a), &a);
        memcpy(first, stem, a);
        stem = stemmer_stem(s, pairs[i].b, strlen(pairs[i].b), &b);
        if ((a == b && !memcmp(first, stem, a)) != pairs[i].same)
            row_fails(__FILE__, pairs[i].row, "'%s' is '%.*s', '%s' is '%.*s'",
                      pairs[i].a, (int)a, first, pairs[i].b, (int)b, stem);
    }
    stemmer_free(s);
    stemmer_free(NULL);
    table_ends();
}

/* The longest word, made longer by its American spelling. */
static void test_longest(void **state)
{
    char word[STEM_WORD_MAX + 1] = "";
    size_t length;
    struct stemmer *s = stemmer_new();
    (void)state;
    memset(word, 'a', STEM_WORD_MAX);
    memcpy(word + STEM_WORD_MAX - 3, "ise", 3);
    stemmer_stem(s, word, STEM_WORD_MAX, &length);
    assert_true(length > 0 && length <= STEM_WORD_MAX);
    stemmer_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_pairs),
                                        cmocka_unit_test(test_longest) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
