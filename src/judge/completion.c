#define _POSIX_C_SOURCE 200809L
#include "judge/completion.h"

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

enum { TOKENS_MAX = 1000000000 };

void completion_init(struct completion *c)
{
    *c = (struct completion) { .text = BUFFER_INIT, .tokens_in = -1, .tokens_out = -1 };
}

void completion_release(struct completion *c)
{
    buffer_release(&c->text);
}

static long tokens(const json_t *usage, const char *key)
{
    const json_t *value = json_object_get(usage, key);
    json_int_t number = json_integer_value(value);
    return json_is_integer(value) && number >= 0 && number <= TOKENS_MAX ? (long)number
                                                                         : -1;
}

static void read_usage(struct completion *c, const json_t *root)
{
    const json_t *usage = json_object_get(root, "usage");
    if (!json_is_object(usage))
        return;
    c->tokens_in = tokens(usage, "prompt_tokens");
    c->tokens_out = tokens(usage, "completion_tokens");
}

/* A string, or a list of {"type": "text", "text": ...}. */
static void add_content(struct completion *c, const json_t *content)
{
    size_t index;
    json_t *part;
    buffer_add(&c->text, json_is_string(content) ? json_string_value(content) : "",
               json_is_string(content) ? json_string_length(content) : 0);
    json_array_foreach (content, index, part) {
        const json_t *text = json_object_get(part, "text");
        if (json_is_string(text))
            buffer_add(&c->text, json_string_value(text), json_string_length(text));
    }
}

/* `message` of a whole reply or `delta` of a chunk, and why it ended. */
static void read_choice(struct completion *c, const json_t *choice, const char *key)
{
    const json_t *message = json_object_get(choice, key),
                 *refusal = json_object_get(message, "refusal");
    const char *reason = json_string_value(json_object_get(choice, "finish_reason"));
    add_content(c, json_object_get(message, "content"));
    if (json_is_string(refusal) && json_string_length(refusal)) {
        c->refused = true;
        add_content(c, refusal);
    }
    if (reason && !strcmp(reason, "content_filter"))
        c->refused = true;
    if (reason && !strcmp(reason, "length"))
        c->cut = true;
    if (reason)
        c->done = true;
}

static int read_error(const json_t *root, struct error *e)
{
    const json_t *error = json_object_get(root, "error");
    const char *words = json_is_string(error)
                            ? json_string_value(error)
                            : json_string_value(json_object_get(error, "message"));
    struct buffer text = BUFFER_INIT;
    if (!error || json_is_null(error))
        return 0;
    if (words)
        utf8_add_harmless(&text, words, utf8_valid_prefix(words, strnlen(words, 120)));
    error_set(e, ERROR_NETWORK, "the server broke off%s%s", text.length ? ": " : "",
              text.data);
    buffer_release(&text);
    return -1;
}

static int not_a_completion(struct error *e)
{
    return error_set(e, ERROR_NETWORK,
                     "the answer is no chat completion: does the url end as it should, "
                     "mostly in /v1?");
}

int completion_read(struct completion *c, const char *body, size_t length,
                    struct error *e)
{
    json_t *root = json_loadb(body, length, 0, NULL);
    const json_t *choices = json_object_get(root, "choices");
    int result = 0;
    if (read_error(root, e) < 0)
        result = -1;
    else if (!json_is_array(choices))
        result = not_a_completion(e);
    else {
        read_choice(c, json_array_get(choices, 0), "message");
        read_usage(c, root);
        c->done = true;
    }
    json_decref(root);
    return result;
}

int completion_add(struct completion *c, const char *data, size_t length, struct error *e)
{
    if (length == strlen("[DONE]") && !memcmp(data, "[DONE]", length)) {
        c->done = true;
        return 0;
    }
    json_t *root = json_loadb(data, length, 0, NULL);
    int result = 0;
    if (read_error(root, e) < 0)
        result = -1;
    else if (!json_is_object(root))
        result = not_a_completion(e);
    else {
        const json_t *choice = json_array_get(json_object_get(root, "choices"), 0);
        read_choice(c, choice, json_object_get(choice, "delta") ? "delta" : "message");
        read_usage(c, root);
    }
    json_decref(root);
    return result;
}

int completion_check(const struct completion *c, struct error *e)
{
    struct buffer words = BUFFER_INIT;
    int result = 0;
    if (c->refused) {
        utf8_add_harmless(&words, c->text.data,
                          utf8_valid_prefix(c->text.data, strnlen(c->text.data, 100)));
        result = error_set(e, ERROR_NETWORK, "the model refuses to answer%s%s",
                           words.length ? ": " : "", words.data);
    } else if (c->cut) {
        result = error_set(e, ERROR_NETWORK,
                           "the model's answer was cut off at its limit of length; it "
                           "needs a larger one");
    } else if (strspn(c->text.data, " \t\r\n") >= c->text.length) {
        result = error_set(e, ERROR_NETWORK, "the model gave an empty answer");
    }
    buffer_release(&words);
    return result;
}

size_t completion_thoughts(const char *text, size_t length, bool *open)
{
    static const char begin[] = "<think>", end[] = "</think>";
    size_t at = 0, same = 0;
    while (at < length && strchr(" \t\r\n", text[at]) && text[at])
        at++;
    while (same < sizeof(begin) - 1 && at + same < length &&
           text[at + same] == begin[same])
        same++;
    *open = at + same == length;
    if (same < sizeof(begin) - 1)
        return 0;
    for (size_t i = at + same; i + sizeof(end) - 1 <= length; i++)
        if (!memcmp(text + i, end, sizeof(end) - 1)) {
            *open = false;
            return i + sizeof(end) - 1;
        }
    *open = true;
    return 0;
}

int completion_lists_model(const char *body, size_t length, const char *model)
{
    json_t *root = json_loadb(body, length, 0, NULL), *item;
    const json_t *list = json_object_get(root, "data");
    size_t index;
    int found = json_is_array(list) ? 0 : -1;
    json_array_foreach (list, index, item) {
        const char *id = json_string_value(json_object_get(item, "id"));
        size_t bare = strlen(model);
        /* Ollama lists "llama3:latest" for what may be asked for as "llama3" */
        if (id && (!strcmp(id, model) ||
                   (!strncmp(id, model, bare) && !strcmp(id + bare, ":latest"))))
            found = 1;
    }
    json_decref(root);
    return found;
}
