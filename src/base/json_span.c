#include "base/json_span.h"

#include <stdlib.h>
#include <string.h>

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
    while (at < length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' ||
                           text[at] == '\r'))
        at++;
    return at;
}

/* Behind the string that begins at `at`; `length` when it does not end. */
static size_t string_end(const char *text, size_t length, size_t at)
{
    const char *quote;
    for (at++; at < length && (quote = memchr(text + at, '"', length - at));) {
        size_t end = (size_t)(quote - text), escapes = end;
        while (escapes > at && text[escapes - 1] == '\\')
            escapes--;
        at = end + 1;
        if ((end - escapes) % 2 == 0)
            return at;
    }
    return length;
}

/* Behind the value that begins at `at`. */
static size_t value_end(const char *text, size_t length, size_t at)
{
    size_t depth = 0;
    do {
        char c = text[at];
        if (c == '"') {
            at = string_end(text, length, at);
        } else if (c == '{' || c == '[') {
            depth++;
            at++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0;
            at++;
        } else if (depth) {
            at++;
        } else {
            while (at < length && !strchr(" \n\t\r,]}:", text[at]))
                at++;
        }
    } while (depth && at < length);
    return at < length ? at : length;
}

struct json_span json_span_of(const char *text, size_t length)
{
    size_t at = skip_blanks(text, length, 0);
    while (length > at && skip_blanks(text, length, length - 1) == length)
        length--;
    return (struct json_span) { text + at, length - at };
}

/* Takes the value that `rest` begins with off it; false when there is none. */
static bool take(struct json_span *rest, struct json_span *out)
{
    size_t at = skip_blanks(rest->text, rest->length, 0);
    if (at == rest->length || strchr(",:]}", rest->text[at]))
        return false;
    size_t end = value_end(rest->text, rest->length, at);
    *out = (struct json_span) { rest->text + at, end - at };
    end = skip_blanks(rest->text, rest->length, end);
    *rest = (struct json_span) { rest->text + end, rest->length - end };
    return true;
}

static bool take_char(struct json_span *rest, char wanted)
{
    if (!rest->length || *rest->text != wanted)
        return false;
    rest->text++;
    rest->length--;
    return true;
}

bool json_walk(struct json_walk *walk)
{
    struct json_span *rest = &walk->rest;
    bool first = !walk->begun;
    walk->begun = true;
    if (first ? !take_char(rest, '{') && !take_char(rest, '[') : !take_char(rest, ','))
        return false;
    walk->key = (struct json_span) { rest->text, 0 };
    if (!take(rest, &walk->value))
        return false;
    if (!take_char(rest, ':'))
        return true;
    walk->key = walk->value;
    return take(rest, &walk->value);
}

struct json_span json_span_member(struct json_span object, const char *key)
{
    struct json_walk walk = JSON_WALK(object);
    if (object.length && *object.text == '{')
        while (json_walk(&walk))
            if (json_span_is(walk.key, key))
                return walk.value;
    return (struct json_span) { object.text, 0 };
}

bool json_span_is(struct json_span span, const char *text)
{
    size_t length = strlen(text);
    return span.length == length + 2 && *span.text == '"' &&
           memcmp(span.text + 1, text, length) == 0 && !memchr(text, '\\', length);
}

double json_span_number(struct json_span span, double otherwise)
{
    char digits[32];
    char *end;
    if (!span.length || span.length >= sizeof(digits))
        return otherwise;
    memcpy(digits, span.text, span.length);
    digits[span.length] = '\0';
    double value = strtod(digits, &end);
    return *end ? otherwise : value;
}
