#include "judge/refusal.h"

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

static void mask_key(const char *key, struct buffer *text)
{
    size_t length = key ? strlen(key) : 0;
    for (char *p = text->data; length && (p = strstr(p, key)); p += length)
        memset(p, '*', length);
}

static const char *words_of(const json_t *root)
{
    const json_t *error = json_object_get(root, "error");
    const char *keys[] = { "message", "detail", NULL };
    if (json_is_string(error))
        return json_string_value(error);
    for (int i = 0; keys[i]; i++) {
        const json_t *inside = json_object_get(error, keys[i]),
                     *outside = json_object_get(root, keys[i]);
        if (json_is_string(inside))
            return json_string_value(inside);
        if (json_is_string(outside))
            return json_string_value(outside);
    }
    return NULL;
}

void refusal_words(const char *body, size_t length, const char *key, struct buffer *out)
{
    enum { WORDS_MAX = 120 };
    json_t *root = json_loadb(body, length, 0, NULL);
    const char *words = words_of(root);
    struct buffer text = BUFFER_INIT;
    if (words) {
        buffer_add_string(&text, words);
        mask_key(key, &text); /* before it is cut */
        for (size_t i = 0; i < text.length; i++)
            text.data[i] = (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i];
        size_t shown = text.length > WORDS_MAX ? WORDS_MAX : text.length;
        utf8_add_harmless(out, text.data, utf8_valid_prefix(text.data, shown));
        if (shown < text.length)
            buffer_add_string(out, " ...");
    }
    buffer_release(&text);
    json_decref(root);
}

bool refusal_is_passing(long status)
{
    return status == 408 || status == 429 || status == 500 ||
           (status >= 502 && status <= 504) || status == 529;
}

const char *refusal_advice(long status)
{
    switch (status) {
    case 401:
        return "does not accept the key (401): check VIVA_LLM_KEY";
    case 403:
        return "does not allow this (403): may this key use the model?";
    case 404:
        return "has no such address or model (404): does the url end as it should, "
               "mostly in /v1, and is the model "
               "there?";
    case 408:
        return "was not quick enough for itself (408): try again later";
    case 413:
        return "finds the request too long (413): a shorter transcript or another model";
    case 429:
        return "is busy, or the quota is used up (429): try again later";
    case 502:
    case 503:
    case 504:
    case 529:
        return "cannot answer now: try again later";
    default:
        return NULL;
    }
}
