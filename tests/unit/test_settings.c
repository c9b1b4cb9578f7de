/* Which endpoint: file, environment and options, and what is refused of them. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "judge/settings.h"
#include "table.h"

static char folder[64];

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void write_config(const char *text, unsigned mode)
{
    char path[128];
    snprintf(path, sizeof(path), "%s/viva", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof(path), "%s/viva/config.json", folder);
    unlink(path);
    if (text) {
        assert_int_equal(file_write(path, text, strlen(text), mode, NULL), 0);
        chmod(path, (mode_t)mode);
    }
}

static const struct {
    int row;
    const char *file;
    unsigned mode;
    const char *url, *openai_url, *key, *openai_key; /* environment */
    const char *option;
    const char *want_url, *want_host, *want_key, *mistake; /* NULL: none */
} cases[] = {
    ROW(NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ROW(NULL, 0, "http://localhost:11434/v1", NULL, NULL, NULL, NULL,
        "http://localhost:11434/v1", "localhost:11434", NULL, NULL),
    ROW(NULL, 0, "http://a/v1/", NULL, NULL, NULL, NULL, "http://a/v1", "a", NULL, NULL),
    ROW(NULL, 0, "http://a/v1/chat/completions", NULL, NULL, NULL, NULL, "http://a/v1",
        "a", NULL, NULL),
    /* which is over which */
    ROW("{\"llm\":{\"url\":\"https://file/v1\"}}", 0644, NULL, NULL, NULL, NULL, NULL,
        "https://file/v1", "file", NULL, NULL),
    ROW("{\"llm\":{\"url\":\"https://file/v1\"}}", 0644, "https://env/v1", NULL, NULL,
        NULL, NULL, "https://env/v1", "env", NULL, NULL),
    ROW("{\"llm\":{\"url\":\"https://file/v1\"}}", 0644, "https://env/v1", NULL, NULL,
        NULL, "https://opt/v1", "https://opt/v1", "opt", NULL, NULL),
    ROW("{\"llm\":{\"url\":\"https://file/v1\"}}", 0644, NULL, "https://other/v1", NULL,
        NULL, NULL, "https://file/v1", "file", NULL, NULL),
    ROW(NULL, 0, NULL, "https://other/v1", NULL, "sk-o", NULL, "https://other/v1",
        "other", "sk-o", NULL),
    /* a key goes where it belongs */
    ROW(NULL, 0, "https://a/v1", NULL, "sk-a", "sk-o", NULL, "https://a/v1", "a", "sk-a",
        NULL),
    ROW(NULL, 0, "https://a/v1", NULL, NULL, "sk-o", NULL, "https://a/v1", "a", NULL,
        NULL),
    ROW(NULL, 0, "https://api.openai.com/v1", NULL, NULL, "sk-o", NULL,
        "https://api.openai.com/v1", "api.openai.com", "sk-o", NULL),
    ROW(NULL, 0, "https://api.openai.com.evil.example/v1", NULL, NULL, "sk-o", NULL,
        "https://api.openai.com.evil.example/v1", "api.openai.com.evil.example", NULL,
        NULL),
    ROW(NULL, 0, "https://notopenai.com/v1", NULL, NULL, "sk-o", NULL,
        "https://notopenai.com/v1", "notopenai.com", NULL, NULL),
    ROW(NULL, 0, "http://127.0.0.1:1/v1", NULL, "sk-a", NULL, NULL,
        "http://127.0.0.1:1/v1", "127.0.0.1:1", "sk-a", NULL),
    ROW(NULL, 0, "http://[::1]:1/v1", NULL, "sk-a", NULL, NULL, "http://[::1]:1/v1",
        "[::1]:1", "sk-a", NULL),
    ROW(NULL, 0, "http://far.example/v1", NULL, "sk-a", NULL, NULL,
        "http://far.example/v1", "far.example", "sk-a",
        "would travel unencrypted to 'far.example'"),
    ROW(NULL, 0, "http://127.evil.example/v1", NULL, "sk-a", NULL, NULL,
        "http://127.evil.example/v1", "127.evil.example", "sk-a",
        "would travel unencrypted"),
    ROW("{\"llm\":{\"url\":\"https://a\",\"key\":\"sk-f\"}}", 0600, NULL, NULL, NULL,
        NULL, NULL, "https://a", "a", "sk-f", NULL),
    ROW("{\"llm\":{\"url\":\"https://a\",\"key\":\"sk-f\"}}", 0640, NULL, NULL, NULL,
        NULL, NULL, "https://a", "a", NULL, "others can read this file: chmod 600 it"),
    ROW("{\"llm\":{\"key_file\":\"/no/such\"}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, "cannot open '/no/such'"),
    /* a key of the file is for the address of the file */
    ROW("{\"llm\":{\"url\":\"https://a/v1\",\"key\":\"sk-f\"}}", 0600, "https://b/v1",
        NULL, NULL, NULL, NULL, "https://b/v1", "b", NULL, NULL),
    ROW("{\"llm\":{\"url\":\"https://a/v1\",\"key\":\"sk-f\"}}", 0600, NULL, NULL, NULL,
        NULL, "https://b/v1", "https://b/v1", "b", NULL, NULL),
    ROW("{\"llm\":{\"url\":\"https://a/v1\",\"key\":\"sk-f\"}}", 0600, NULL, NULL, NULL,
        NULL, "https://a/v2/", "https://a/v2", "a", "sk-f", NULL),
    ROW("{\"llm\":{\"url\":\"https://a/v1\",\"key\":\"sk-f\"}}", 0600, NULL, NULL, NULL,
        NULL, "https://a.evil/v1", "https://a.evil/v1", "a.evil", NULL, NULL),
    ROW("{\"llm\":{\"key\":\"sk-f\"}}", 0600, "https://b/v1", NULL, NULL, NULL, NULL,
        "https://b/v1", "b", "sk-f", NULL),
    /* addresses that are none */
    ROW(NULL, 0, "localhost:11434", NULL, NULL, NULL, NULL, "localhost:11434", NULL, NULL,
        "must begin with http"),
    ROW(NULL, 0, "file:///etc/passwd", NULL, NULL, NULL, NULL, "file:///etc/passwd", NULL,
        NULL, "must begin with http"),
    ROW(NULL, 0, "https://me:secret@a/v1", NULL, NULL, NULL, NULL,
        "https://me:secret@a/v1", NULL, NULL, "must hold no name and no key"),
    ROW(NULL, 0, "https://", NULL, NULL, NULL, NULL, "https:", NULL, NULL, "must"),
    ROW(NULL, 0, "https://:80/v1", NULL, NULL, NULL, NULL, "https://:80/v1", NULL, NULL,
        "must look like"),
    ROW(NULL, 0, "https://a/v1?key=x", NULL, NULL, NULL, NULL, "https://a/v1?key=x", NULL,
        NULL, "must look like"),
    ROW(NULL, 0, "https://a b/v1", NULL, NULL, NULL, NULL, "https://a b/v1", NULL, NULL,
        "that no address has"),
    ROW(NULL, 0, "https://a/v1\r\nX: y", NULL, NULL, NULL, NULL, "https://a/v1\r\nX: y",
        NULL, NULL, "that no address has"),
    /* files that are none */
    ROW("{\"llm\":{\"urll\":\"x\"}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, "unknown key 'urll' in llm; did you mean 'url'?"),
    ROW("{\"lml\":{}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        "unknown key 'lml' in the configuration"),
    ROW("{\"llm\":7}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        "'llm' must be an object"),
    ROW("{\"llm\":{\"retries\":99}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, "'retries' must be between 0 and 10"),
    ROW("{\"llm\":{\"timeouts\":{\"whole\":0}}}", 0600, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, "'whole' must be between 0.1 and 3600"),
    ROW("{\"llm\":{\"price\":{\"input\":1}}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, "'output' is missing"),
    ROW("{\"llm\":{\"redact\":[7]}}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, "'redact' is a list of words"),
    ROW("{\"format\":9}", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        "update viva"),
    ROW("{", 0600, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ""),
};

static bool same(const char *a, const char *b)
{
    return (!a && !b) || (a && b && !strcmp(a, b));
}

static void check_row(size_t i)
{
    struct endpoint_settings s;
    struct error_list errors = ERROR_LIST_INIT;
    struct settings_options options = { .url = cases[i].option };
    write_config(cases[i].file, cases[i].mode);
    set("VIVA_LLM_URL", cases[i].url);
    set("OPENAI_BASE_URL", cases[i].openai_url);
    set("VIVA_LLM_KEY", cases[i].key);
    set("OPENAI_API_KEY", cases[i].openai_key);
    int result = settings_load(&s, &options, &errors);
    const char *said = errors.count ? errors.items[0].message : NULL;
    if (!said != !cases[i].mistake || (said && !strstr(said, cases[i].mistake)))
        row_fails(__FILE__, cases[i].row, "the mistake is '%s'", said ? said : "none");
    if ((result < 0) != (said != NULL))
        row_fails(__FILE__, cases[i].row, "the result is %d", result);
    if (!same(s.url, cases[i].want_url) || !same(s.host, cases[i].want_host) ||
        !same(s.key, cases[i].want_key))
        row_fails(__FILE__, cases[i].row, "url '%s', host '%s', key '%s'",
                  s.url ? s.url : "-", s.host ? s.host : "-", s.key ? s.key : "-");
    if (getenv("VIVA_LLM_KEY") || getenv("OPENAI_API_KEY"))
        row_fails(__FILE__, cases[i].row, "the key is still in the environment");
    settings_release(&s);
    error_list_release(&errors);
}

static void test_settings(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++)
        check_row(i);
    table_ends();
}

static void test_values(void **state)
{
    (void)state;
    struct endpoint_settings s;
    struct error_list errors = ERROR_LIST_INIT;
    struct error e;
    error_init(&e);
    write_config("{\"llm\":{\"url\":\"http://"
                 "a\",\"timeouts\":{\"first\":5},\"max_reply_bytes\":4096,\"retries\":0,"
                 "\"price\":{\"input\":2.5,\"output\":10,\"currency\":\"EUR\"},"
                 "\"redact\":[\"Jane\"],\"consent\":[\"a\"]}}",
                 0600);
    set("VIVA_LLM_URL", NULL);
    set("VIVA_LLM_MODEL", NULL);
    assert_int_equal(settings_load(&s, NULL, &errors), 0);
    assert_true(s.first == 5 && s.connect == 10 && s.reply_bytes == 4096 &&
                s.retries == 0);
    assert_true(s.price_in == 2.5 && s.price_out == 10);
    assert_string_equal(s.currency, "EUR");
    assert_string_equal(s.redact.items[0], "Jane");
    assert_string_equal(s.consent.items[0], "a");
    assert_false(settings_complete(&s, &e));
    assert_non_null(strstr(e.message, "no model is named for 'a': set VIVA_LLM_MODEL"));
    settings_release(&s);
    error_list_release(&errors);
}

/* --- docs/schema/config.schema.json --- */

/* A value with every key that the schema knows. */
static json_t *with_all_keys(const json_t *schema)
{
    json_t *object = json_object(), *child;
    const char *key;
    if (!json_object_get(schema, "properties")) {
        json_decref(object);
        return json_null();
    }
    json_object_foreach (json_object_get(schema, "properties"), key, child)
        json_object_set_new(object, key, with_all_keys(child));
    return object;
}

/* Every key of the schema is known to the loader. The other way round the loader's lists
 * are in one place. */
static void test_schema(void **state)
{
    (void)state;
    struct endpoint_settings s;
    struct error_list errors = ERROR_LIST_INIT;
    json_t *schema =
        json_load_file(VIVA_SOURCE_DIR "/docs/schema/config.schema.json", 0, NULL);
    assert_non_null(schema);
    json_t *value = with_all_keys(schema);
    json_object_del(value, "format");
    char *text = json_dumps(value, 0);
    write_config(text, 0600);
    settings_load(&s, NULL, &errors);
    for (size_t i = 0; i < errors.count; i++)
        if (strstr(errors.items[i].message, "unknown key"))
            fail_msg("the schema has what the loader has not: %s",
                     errors.items[i].message);
    settings_release(&s);
    error_list_release(&errors);
    free(text);
    json_decref(value);
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_settings),
                                        cmocka_unit_test(test_values),
                                        cmocka_unit_test(test_schema) };
    snprintf(folder, sizeof(folder), "/tmp/viva-settings-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    setenv("XDG_CONFIG_HOME", folder, 1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    write_config(NULL, 0);
    char path[128];
    snprintf(path, sizeof(path), "%s/viva", folder);
    rmdir(path);
    rmdir(folder);
    return failed;
}
