/*
 * A rubric as it should be, and the same with one thing changed: each row replaces a
 * piece of the good text and names the mistake that must be found, and where.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "scoring/rubric.h"
#include "table.h"

static const char good[] =
    "{\n"
    "\"format\": 1, \"scenario\": \"tea\", \"version\": 2, \"about\": \"Tea.\",\n"
    "\"topic\": [\"tea | cup\"],\n"
    "\"criteria\": [\n"
    "{\"id\": \"hot\", \"title\": \"Hot water\", \"phase\": \"design\", \"dimension\": "
    "\"depth\",\n"
    " \"weight\": 3, \"must_from\": \"mid\",\n"
    " \"evidence\": {\"names\": [\"@kettle\"], \"mechanisms\": [\"water & (hot | "
    "boil)\"]},\n"
    " \"probe\": \"What is ready?\", \"advice\": \"Keep it hot.\"},\n"
    "{\"id\": \"spare\", \"title\": \"A spare\", \"phase\": \"wrap-up\", \"dimension\": "
    "\"reliability\",\n"
    " \"weight\": 1, \"only_if_asked\": true, \"evidence\": {\"names\": \"spare\"},\n"
    " \"probe\": \"And then?\", \"advice\": \"Two.\"}],\n"
    "\"red_flags\": [{\"id\": \"cold\", \"title\": \"Hot\", \"evidence\": [\"cold & "
    "tea\"], \"cost\": 4,\n"
    " \"advice\": \"Boil.\", \"examples\": {\"wrong\": [\"Cold tea.\"], \"sound\": "
    "[\"Hot tea.\"]}}],\n"
    "\"shared_red_flags\": [\"milk\"],\n"
    "\"consistency\": [{\"id\": \"open\", \"claim\": [\"open\"], \"against\": "
    "[\"closed\"],\n"
    " \"question\": \"Which?\"}],\n"
    "\"samples\": [{\"id\": \"s\", \"kind\": \"strong\", \"answers\": {\"design\": "
    "\"Hot.\"},\n"
    " \"score\": [60, 100]},\n"
    "{\"id\": \"v\", \"kind\": \"verdict\", \"text\": \"Hot.\", \"verdicts\": {\"hot\": "
    "\"explained\"}}]\n"
    "}\n";

static const char lexicon_text[] =
    "{\"concepts\": {\"kettle\": {\"says\": [\"kettle\"]}, \"boiler\": {\"says\": "
    "[\"boiler\"]}}}";
static const char shared_text[] = "{\"red_flags\": [{\"id\": \"milk\", \"title\": \"No "
                                  "milk\", \"evidence\": [\"milk\"], \"cap\": 59, "
                                  "\"advice\": \"None.\"}]}";

static struct lexicon *lexicon;
static struct shared_red_flags *shared;

static int make_ready(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    lexicon = lexicon_load("lexicon", lexicon_text, strlen(lexicon_text), &errors);
    shared = shared_red_flags_load("shared", shared_text, strlen(shared_text), lexicon,
                                   &errors);
    return lexicon && shared ? 0 : -1;
}

static int clean_up(void **state)
{
    (void)state;
    shared_red_flags_free(shared);
    shared_red_flags_free(NULL);
    lexicon_free(lexicon);
    return 0;
}

static struct rubric *load(const char *text, struct error_list *errors)
{
    return rubric_load("tea.json", text, strlen(text), lexicon, shared, errors);
}

static void test_good(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *r = load(good, &errors);
    for (size_t i = 0; i < errors.count; i++)
        print_error("%d: %s\n", errors.items[i].line, errors.items[i].message);
    assert_non_null(r);
    assert_string_equal(r->scenario, "tea");
    assert_int_equal(r->version, 2);
    assert_int_equal(r->topic.count, 1);
    assert_int_equal(r->criterion_count, 2);
    assert_int_equal(rubric_find(r, "spare"), 1);
    assert_int_equal(rubric_find(r, "none"), -1);
    assert_int_equal(r->criteria[0].must_from, LEVEL_MID);
    assert_int_equal(r->criteria[1].must_from, LEVEL_NONE);
    assert_true(r->criteria[1].only_if_asked);
    assert_int_equal(r->red_flag_count, 2);
    assert_int_equal(r->own_red_flag_count, 1);
    assert_true(r->red_flags[0].cost > 3.9 && r->red_flags[1].cap > 58.9);
    assert_int_equal(r->rule_count, 1);
    assert_int_equal(r->sample_count, 2);
    assert_string_equal(r->samples[0].parts[0].phase, "design");
    assert_null(r->samples[1].parts[0].phase);
    assert_int_equal(r->samples[1].verdicts[0].verdict, VERDICT_EXPLAINED);
    assert_int_equal(strlen(r->hash), HASH_TEXT_SIZE - 1);
    rubric_free(r);
    rubric_free(NULL);
}

static const struct {
    int row;
    const char *piece, *instead;
    int line;
    const char *message;
} mistakes[] = {
    ROW("\"format\": 1", "\"format\": 7", 2, "update viva"),
    ROW("\"scenario\": \"tea\", ", "", 1, "'scenario' is missing"),
    ROW("\"version\": 2", "\"version\": 0", 2, "'version' must be between"),
    ROW("\"version\": 2", "\"version\": \"2\"", 2, "'version' must be a number"),
    ROW("\"about\"", "\"abuot\"", 2, "did you mean 'about'?"),
    ROW("\"topic\": [\"tea | cup\"]", "\"topic\": [\"tea |\"]", 3,
        "something is wanted here"),
    ROW("\"id\": \"hot\", ", "", 5, "'id' is missing"),
    ROW("\"id\": \"spare\"", "\"id\": \"hot\"", 9, "'hot' stands here twice"),
    ROW("\"title\": \"Hot water\"", "\"title\": \"\"", 5, "'title' is empty"),
    ROW("\"weight\": 3", "\"weight\": 30", 6, "'weight' must be between"),
    ROW("\"must_from\": \"mid\"", "\"must_from\": \"boss\"", 6,
        "must be mid, senior or staff"),
    ROW("\"must_from\"", "\"must_form\"", 6, "did you mean 'must_from'?"),
    ROW("\"@kettle\"", "\"@ketle\"", 7,
        "the lexicon has no concept 'ketle'; did you mean 'kettle'?"),
    ROW("water & (hot", "water & ((hot", 7, "the parenthesis is not closed"),
    ROW("\"mechanisms\": [\"water", "\"mechanism\": [\"water", 7,
        "did you mean 'mechanisms'?"),
    ROW("{\"names\": [\"@kettle\"], \"mechanisms\": [\"water & (hot | boil)\"]}", "{}", 7,
        "evidence needs 'names' or 'mechanisms'"),
    ROW("{\"names\": \"spare\"}", "{\"names\": 5}", 10, "an expression must be a string"),
    ROW("\"only_if_asked\": true", "\"only_if_asked\": 1", 10, "must be true or false"),
    ROW("\"probe\": \"And then?\", ", "", 9, "'probe' is missing"),
    ROW("\"evidence\": [\"cold & tea\"], ", "", 12, "'evidence' is missing"),
    ROW("[\"cold & tea\"]", "[]", 12, "'evidence' is empty"),
    ROW("\"cost\": 4,", "", 12, "a red flag needs 'cost' or 'cap'"),
    ROW("\"wrong\": [\"Cold tea.\"]", "\"wrong\": [7]", 13, "this must be a string"),
    ROW("[\"milk\"]", "[\"mlik\"]", 14, "has no red flag 'mlik'"),
    ROW("\"claim\": [\"open\"], ", "", 15, "'claim' is missing"),
    ROW("\"kind\": \"strong\"", "\"kind\": \"weird\"", 17, "kind"),
    ROW("\"score\": [60, 100]", "\"score\": [100, 60]", 18, "two numbers, lowest first"),
    ROW("\"score\": [60, 100]", "\"score\": [60]", 18, "two numbers, lowest first"),
    ROW("\"text\": \"Hot.\", ", "", 19, "a sample needs 'text' or 'answers'"),
    ROW("{\"design\": \"Hot.\"}", "{\"design\": 3}", 17, "an answer must be a string"),
    ROW("\"hot\": \"explained\"", "\"hto\": \"explained\"", 19, "hto"),
    ROW("\"hot\": \"explained\"", "\"hot\": \"great\"", 19,
        "a verdict is absent, mentioned or explained"),
    ROW("\"criteria\": [\n", "\"criteria\": 5, \"x\": [\n", 4,
        "'criteria' must be a list"),
    ROW("\"format\"", "\"scenario\": 1, \"format\"", 2, "duplicate"),
};

static char *changed(const char *piece, const char *instead)
{
    const char *at = strstr(good, piece);
    struct buffer out = BUFFER_INIT;
    if (!at)
        fail_msg("'%s' is not in the rubric", piece);
    buffer_add(&out, good, (size_t)(at - good));
    buffer_printf(&out, "%s%s", instead, at + strlen(piece));
    return buffer_detach(&out);
}

static bool is_told(const struct error_list *errors, const char *message, int line)
{
    for (size_t i = 0; i < errors->count; i++)
        if (strstr(errors->items[i].message, message) && errors->items[i].line == line)
            return true;
    return false;
}

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(mistakes); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        char *text = changed(mistakes[i].piece, mistakes[i].instead);
        struct rubric *r = load(text, &errors);
        if (r || !is_told(&errors, mistakes[i].message, mistakes[i].line))
            row_fails(__FILE__, mistakes[i].row, "'%s' %s; told: %d: %s",
                      mistakes[i].instead, r ? "is taken" : "is refused",
                      errors.count ? errors.items[0].line : 0,
                      errors.count ? errors.items[0].message : "");
        rubric_free(r);
        error_list_release(&errors);
        free(text);
    }
    table_ends();
}

/* Cut anywhere, it is refused with a reason. */
static void test_torn(void **state)
{
    (void)state;
    for (size_t length = 0; length + 2 < sizeof(good); length++) {
        struct error_list errors = ERROR_LIST_INIT;
        assert_null(rubric_load("torn", good, length, lexicon, shared, &errors));
        assert_int_equal(errors.count, 1);
        error_list_release(&errors);
    }
}

static const struct {
    int row;
    const char *text;
    const char *message;
} shared_mistakes[] = {
    ROW("", "not valid JSON"),
    ROW("{}", "'red_flags' is missing"),
    ROW("{\"red_flags\": [{\"id\": \"a\"}]}", "is missing"),
    ROW("{\"red_flag\": []}", "did you mean 'red_flags'?"),
};

static void test_shared(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(shared_mistakes); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        const char *text = shared_mistakes[i].text;
        struct shared_red_flags *f =
            shared_red_flags_load("shared", text, strlen(text), lexicon, &errors);
        if (f || !errors.count ||
            !strstr(errors.items[0].message, shared_mistakes[i].message))
            row_fails(__FILE__, shared_mistakes[i].row, "'%s': %s", text,
                      errors.count ? errors.items[0].message : "taken");
        shared_red_flags_free(f);
        error_list_release(&errors);
    }
    table_ends();
}

/* Who grades gets what he needs, under the same hash, and no more. */
static void test_to_grade(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    const struct rubric_file file = { "tea.json", good, strlen(good) };
    const struct rubric_file flags_file = { "shared", shared_text, strlen(shared_text) };
    struct rubric *whole = load(good, &errors);
    struct rubric *r = rubric_load_to_grade(&file, lexicon, &errors);
    assert_non_null(r);
    assert_int_equal(r->red_flag_count, whole->own_red_flag_count);
    assert_int_equal(rubric_add_shared_red_flags(r, &flags_file, lexicon, &errors), 0);
    assert_string_equal(r->hash, whole->hash);
    assert_string_equal(r->shared_hash, whole->shared_hash);
    assert_int_equal(r->criterion_count, whole->criterion_count);
    assert_int_equal(r->red_flag_count, whole->red_flag_count);
    for (size_t i = 0; i < r->red_flag_count; i++)
        assert_string_equal(r->red_flags[i].id, whole->red_flags[i].id);
    assert_int_equal(r->criteria[0].mechanisms.count, 1);
    assert_non_null(whole->criteria[0].mechanisms.items);
    assert_null(r->criteria[0].mechanisms.items);
    assert_string_equal(r->criteria[0].mechanisms.sources[0],
                        whole->criteria[0].mechanisms.sources[0]);
    for (size_t i = 0; i < r->red_flag_count; i++)
        assert_string_equal(r->red_flags[i].evidence.sources[0],
                            whole->red_flags[i].evidence.sources[0]);
    assert_non_null(r->criteria[0].names.items);
    assert_null(r->criteria[0].names.sources);
    rubric_forget_texts(r);
    assert_null(r->red_flags[0].evidence.sources);
    assert_int_equal(whole->red_flags[0].examples.wrong_count, 1);
    assert_int_equal(r->red_flags[0].examples.wrong_count, 0);
    assert_int_equal(r->sample_count, 1);
    assert_string_equal(r->samples[0].kind, "strong");
    rubric_free(r);
    rubric_free(whole);
    assert_int_equal(error_list_total(&errors), 0);
    const char bad[] = "{\"scenario\": \"tea\", \"version\": 1, \"criteria\": []}";
    const struct rubric_file bad_file = { "tea.json", bad, strlen(bad) };
    assert_null(rubric_load_to_grade(&bad_file, lexicon, &errors));
    assert_int_equal(error_list_total(&errors), 1);
    error_list_release(&errors);
}

static const struct {
    int row;
    const char *text;
    const char *message; /* NULL: none */
} named[] = {
    ROW("{\"red_flags\": [{\"id\": \"another\", \"evidence\": \"((\"}, "
        "{\"id\": \"milk\", \"title\": \"t\", \"advice\": \"a\", \"cost\": 4, "
        "\"evidence\": \"milk\"}]}",
        NULL),
    ROW("{\"red_flags\": [{\"id\": \"milk\"}]}", "is missing"),
    ROW("{\"red_flags\": [{\"id\": \"milk\", \"title\": \"t\", \"advice\": \"a\", \"cost\": 4, "
        "\"evidence\": \"milk\"}",
        "not valid JSON"),
    ROW("{\"red_flags\": [{\"id\": \"milk\", \"title\": \"t\", \"advice\": \"a\", \"cost\": 4, "
        "\"evidence\": \"milk\"}, {\"id\": ]}",
        "not valid JSON"),
    ROW("{\"red_flags\": [{\"id\": \"milk\", \"title\": \"t\", \"advice\": \"a\", \"cost\": 4, "
        "\"evidence\": \"((\"}]}",
        "something is wanted here"),
    ROW("{\"red_flags\": []}",
        "there is no red flag 'milk'; the rubric of 'tea' names it"),
    ROW("{}", "'red_flags' is missing"),
    ROW("{", "not valid JSON"),
};

/* Those that the rubric names have to be there and right; of the others nothing is looked at. */
static void test_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(named); i++) {
        struct error_list errors = ERROR_LIST_INIT;
        const struct rubric_file file = { "tea.json", good, strlen(good) };
        const struct rubric_file flags = { "shared", named[i].text,
                                           strlen(named[i].text) };
        struct rubric *r = rubric_load_to_grade(&file, lexicon, &errors);
        bool added = rubric_add_shared_red_flags(r, &flags, lexicon, &errors) == 0;
        const char *message = errors.count ? errors.items[0].message : "";
        if (added != !named[i].message ||
            (named[i].message && !strstr(message, named[i].message)))
            row_fails(__FILE__, named[i].row, "'%s': %s", named[i].text, message);
        rubric_free(r);
        error_list_release(&errors);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_grade), cmocka_unit_test(test_good),
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_torn),
        cmocka_unit_test(test_shared),   cmocka_unit_test(test_named),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
