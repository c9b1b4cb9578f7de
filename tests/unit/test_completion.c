/* What a chat-completions server sends back, whole or in chunks. */
#include <string.h>

#include "judge/completion.h"
#include "table.h"

#define MESSAGE(fields, more) "{\"choices\":[{\"message\":{" fields "}" more "}]}"

static const struct {
    int row;
    const char *body, *text, *mistake; /* NULL: none */
    long in, out;
} whole[] = {
    ROW(MESSAGE("\"content\":\"hello\"", ""), "hello", NULL, -1, -1),
    ROW("{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":7,"
        "\"completion_tokens\":3}}",
        "a", NULL, 7, 3),
    ROW("{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":-"
        "7,\"completion_tokens\":1e9}}",
        "a", NULL, -1, -1),
    ROW("{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"usage\":[]}", "a", NULL, -1,
        -1),
    ROW(MESSAGE("\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"x\"},{"
                "\"text\":\"b\"}]",
                ""),
        "ab", NULL, -1, -1),
    ROW(MESSAGE("\"content\":\"a\"", ",\"finish_reason\":\"stop\""), "a", NULL, -1, -1),
    ROW(MESSAGE("\"content\":\"a\"", ",\"finish_reason\":\"length\""), "a",
        "cut off at its limit", -1, -1),
    ROW(MESSAGE("\"content\":\"a\"", ",\"finish_reason\":\"content_filter\""), "a",
        "refuses to answer: a", -1, -1),
    ROW(MESSAGE("\"content\":null,\"refusal\":\"no\"", ""), "no", "refuses to answer: no",
        -1, -1),
    ROW(MESSAGE("\"content\":\"a\",\"refusal\":null", ""), "a", NULL, -1, -1),
    ROW(MESSAGE("\"content\":\"\"", ""), "", "an empty answer", -1, -1),
    ROW(MESSAGE("\"content\":\" \\n\"", ""), " \n", "an empty answer", -1, -1),
    ROW(MESSAGE("\"content\":42", ""), "", "an empty answer", -1, -1),
    ROW("{\"choices\":[]}", "", "an empty answer", -1, -1),
    ROW("{\"choices\":{}}", "", "no chat completion", -1, -1),
    ROW("{}", "", "no chat completion", -1, -1),
    ROW("[1]", "", "no chat completion", -1, -1),
    ROW("", "", "no chat completion", -1, -1),
    ROW("{\"choices\":", "", "no chat completion", -1, -1),
    ROW("{\"error\":\"no \\u001bmemory\"}", "", "the server broke off: no ^[memory", -1,
        -1),
    ROW("{\"error\":{\"message\":\"gone\"},\"choices\":[]}", "",
        "the server broke off: gone", -1, -1),
    ROW("{\"error\":{}}", "", "the server broke off", -1, -1),
    ROW("{\"error\":null,\"choices\":[{\"message\":{\"content\":\"a\"}}]}", "a", NULL, -1,
        -1),
};

static void check(int row, const struct completion *c, const struct error *e,
                  const char *text, const char *mistake)
{
    if (strcmp(c->text.data, text) != 0)
        row_fails(__FILE__, row, "the text is '%s'", c->text.data);
    if (mistake ? !strstr(e->message, mistake) : e->code != ERROR_NONE)
        row_fails(__FILE__, row, "the mistake is '%s'", e->message);
    if (mistake && e->code != ERROR_NETWORK)
        row_fails(__FILE__, row, "the code is %d", (int)e->code);
}

static void test_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(whole); i++) {
        struct completion c;
        struct error e;
        error_init(&e);
        completion_init(&c);
        if (completion_read(&c, whole[i].body, strlen(whole[i].body), &e) == 0)
            completion_check(&c, &e);
        check(whole[i].row, &c, &e, whole[i].text, whole[i].mistake);
        if (c.tokens_in != whole[i].in || c.tokens_out != whole[i].out)
            row_fails(__FILE__, whole[i].row, "%ld tokens in, %ld out", c.tokens_in,
                      c.tokens_out);
        completion_release(&c);
    }
    table_ends();
}

#define DELTA(text) "{\"choices\":[{\"delta\":{\"content\":\"" text "\"}}]}"

static const struct {
    int row;
    const char *events[5], *text, *mistake;
    bool done;
} streams[] = {
    ROW({ DELTA("a"), DELTA(" b"), "[DONE]" }, "a b", NULL, true),
    ROW({ DELTA("a"), DELTA("b") }, "ab", NULL, false),
    ROW({ "{\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}", DELTA("a") }, "a", NULL,
        false),
    ROW({ DELTA("a"), "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}" }, "a",
        NULL, true),
    ROW({ DELTA("a"),
          "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}" },
        "a", NULL, false),
    ROW({ DELTA("a"), "{\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}" },
        "a", "cut off", true),
    ROW({ DELTA("a"), "{\"error\":{\"message\":\"gone\"}}" }, "a",
        "the server broke off: gone", false),
    ROW({ DELTA("a"), "nonsense" }, "a", "no chat completion", false),
    ROW({ "[DONE]" }, "", "an empty answer", true),
};

static void test_streams(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(streams); i++) {
        struct completion c;
        struct error e;
        error_init(&e);
        completion_init(&c);
        int result = 0;
        for (size_t k = 0; result == 0 && streams[i].events[k]; k++)
            result = completion_add(&c, streams[i].events[k],
                                    strlen(streams[i].events[k]), &e);
        if (result == 0)
            completion_check(&c, &e);
        check(streams[i].row, &c, &e, streams[i].text, streams[i].mistake);
        if (c.done != streams[i].done)
            row_fails(__FILE__, streams[i].row, "done is %d", c.done);
        completion_release(&c);
    }
    table_ends();
}

static const struct {
    int row;
    const char *text;
    size_t want;
    bool open;
} thoughts[] = {
    ROW("", 0, true),
    ROW("<th", 0, true),
    ROW(" \n<think>", 0, true),
    ROW("<think>so</thin", 0, true),
    ROW("<think>so</think>", 17, false),
    ROW("<think></think>What?", 15, false),
    ROW("<thin> What?", 0, false),
    ROW("What? <think>so</think>", 0, false),
};

static void test_thoughts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(thoughts); i++) {
        bool open;
        size_t got = completion_thoughts(thoughts[i].text, strlen(thoughts[i].text), &open);
        if (got != thoughts[i].want || open != thoughts[i].open)
            row_fails(__FILE__, thoughts[i].row, "%zu, %s", got, open ? "open" : "ended");
    }
    table_ends();
}

static void test_models(void **state)
{
    (void)state;
    const char *list = "{\"data\":[{\"id\":\"a\"},{\"id\":\"b:latest\"},{\"id\":7},{}]}";
    assert_int_equal(completion_lists_model(list, strlen(list), "a"), 1);
    assert_int_equal(completion_lists_model(list, strlen(list), "b"), 1);
    assert_int_equal(completion_lists_model(list, strlen(list), "c"), 0);
    assert_int_equal(completion_lists_model("{}", 2, "a"), -1);
    assert_int_equal(completion_lists_model("x", 1, "a"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_whole),
                                        cmocka_unit_test(test_streams),
                                        cmocka_unit_test(test_models),
                                        cmocka_unit_test(test_thoughts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
