#include "base/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

int json_load_document(struct json_document *doc, const char *source, const char *text,
                       size_t length, struct error *e)
{
    json_error_t problem;
    *doc = (struct json_document){ .source = source, .text = text, .length = length };
    doc->root = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (doc->root)
        return 0;
    if (e && e->code == ERROR_NONE) {
        error_set(e, ERROR_INPUT, "not valid JSON: %s", problem.text);
        error_set_source(e, source);
        size_t at = problem.position > 0 ? (size_t)problem.position : 0;
        error_locate(e, text, length, at > 0 && at <= length ? at - 1 : at);
    }
    return -1;
}

void json_release_document(struct json_document *doc)
{
    json_decref(doc->root);
    doc->root = NULL;
}

bool json_open(struct json_opened *file, const char *source, const char *text, size_t length,
               struct error_list *errors)
{
    struct error e;
    error_init(&e);
    file->check = (struct json_check){ &file->doc, errors };
    file->mistakes_before = error_list_total(errors);
    if (json_load_document(&file->doc, source, text, length, &e) == 0)
        return true;
    error_list_add(errors, &e);
    return false;
}

bool json_close(struct json_opened *file)
{
    json_release_document(&file->doc);
    return error_list_total(file->check.errors) == file->mistakes_before;
}

/* --- positions: a walk over text that is known to be valid --- */

struct walk {
    const char *text;
    size_t length, at;
    const json_t *target;     /* the value to find, or the object whose key is sought */
    const char *key;          /* the key to find, or NULL */
    size_t found;
    bool done;
};

static void skip_space(struct walk *w)
{
    while (w->at < w->length && strchr(" \t\r\n", w->text[w->at]))
        w->at++;
}

static void skip_string(struct walk *w)
{
    for (w->at++; w->at < w->length && w->text[w->at] != '"'; w->at++)
        if (w->text[w->at] == '\\')
            w->at++;
    w->at++;
}

static void skip_scalar(struct walk *w)
{
    if (w->text[w->at] == '"') {
        skip_string(w);
        return;
    }
    while (w->at < w->length && !strchr(",]} \t\r\n", w->text[w->at]))
        w->at++;
}

/* The raw key at w->at, decoded by jansson itself. */
static char *key_at(struct walk *w)
{
    size_t start = w->at;
    skip_string(w);
    json_t *key = json_loadb(w->text + start, w->at - start, JSON_DECODE_ANY, NULL);
    char *name = xstrdup(key ? json_string_value(key) : "");
    json_decref(key);
    return name;
}

static void walk_value(struct walk *w, const json_t *value);

static void walk_object(struct walk *w, const json_t *object)
{
    w->at++;
    for (skip_space(w); w->at < w->length && w->text[w->at] != '}' && !w->done; skip_space(w)) {
        size_t start = w->at;
        char *name = key_at(w);
        if (w->key && object == w->target && !strcmp(name, w->key)) {
            w->found = start;
            w->done = true;
        }
        skip_space(w);
        w->at++; /* the colon */
        skip_space(w);
        walk_value(w, json_object_get(object, name));
        free(name);
        skip_space(w);
        if (w->at < w->length && w->text[w->at] == ',')
            w->at++;
    }
    w->at++;
}

static void walk_array(struct walk *w, const json_t *array)
{
    w->at++;
    skip_space(w);
    for (size_t i = 0; w->at < w->length && w->text[w->at] != ']' && !w->done; i++) {
        walk_value(w, json_array_get(array, i));
        skip_space(w);
        if (w->at < w->length && w->text[w->at] == ',')
            w->at++;
        skip_space(w);
    }
    w->at++;
}

static void walk_value(struct walk *w, const json_t *value)
{
    if (w->done || w->at >= w->length)
        return;
    if (value == w->target && !w->key) {
        w->found = w->at;
        w->done = true;
    } else if (w->text[w->at] == '{') {
        walk_object(w, value);
    } else if (w->text[w->at] == '[') {
        walk_array(w, value);
    } else {
        skip_scalar(w);
    }
}

static size_t locate(const struct json_document *doc, const json_t *target, const char *key)
{
    struct walk w = { .text = doc->text, .length = doc->length, .target = target, .key = key };
    skip_space(&w);
    walk_value(&w, doc->root);
    return w.found;
}

size_t json_locate(const struct json_document *doc, const json_t *value)
{
    return locate(doc, value, NULL);
}

size_t json_locate_key(const struct json_document *doc, const json_t *object, const char *name)
{
    if (!json_object_get(object, name))
        return json_locate(doc, object);
    return locate(doc, object, name);
}

/* Bytes that the escape at `text` (which begins with a backslash) stands for once decoded. */
static size_t escape_size(const char *text, size_t length, size_t *decoded)
{
    *decoded = 1;
    if (length < 6 || text[1] != 'u')
        return 2;
    char digits[5] = { text[2], text[3], text[4], text[5], '\0' };
    unsigned long cp = strtoul(digits, NULL, 16);
    if (cp >= 0xd800 && cp < 0xdc00) {
        *decoded = 4;
        return 12;
    }
    *decoded = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;
    return 6;
}

size_t json_locate_in_string(const struct json_document *doc, const json_t *value, size_t inside)
{
    size_t at = json_locate(doc, value) + 1;
    for (size_t seen = 0; seen < inside && at < doc->length && doc->text[at] != '"';) {
        size_t decoded = 1, size = 1;
        if (doc->text[at] == '\\')
            size = escape_size(doc->text + at, doc->length - at, &decoded);
        at += size;
        seen += decoded;
    }
    return at < doc->length ? at : doc->length;
}

/* --- mistakes --- */

bool json_fails_in_vain(struct json_check *c)
{
    if (!c->errors || c->errors->count < ERROR_LIST_MAX)
        return false;
    c->errors->omitted++;
    return true;
}

static void fail(struct json_check *c, size_t offset, const char *format, va_list args)
{
    struct buffer message = BUFFER_INIT;
    buffer_vprintf(&message, format, args);
    struct error e;
    error_init(&e);
    error_set(&e, ERROR_INPUT, "%s", message.data);
    error_set_source(&e, c->doc->source);
    error_locate(&e, c->doc->text, c->doc->length, offset);
    error_list_add(c->errors, &e);
    buffer_release(&message);
}

void json_fail_at(struct json_check *c, size_t offset, const char *format, ...)
{
    va_list args;
    if (json_fails_in_vain(c))
        return;
    va_start(args, format);
    fail(c, offset, format, args);
    va_end(args);
}

void json_fail(struct json_check *c, const json_t *value, const char *format, ...)
{
    va_list args;
    if (json_fails_in_vain(c))
        return;
    va_start(args, format);
    fail(c, json_locate(c->doc, value), format, args);
    va_end(args);
}

void json_fail_key(struct json_check *c, const json_t *object, const char *name,
                   const char *format, ...)
{
    va_list args;
    if (json_fails_in_vain(c))
        return;
    va_start(args, format);
    fail(c, json_locate_key(c->doc, object, name), format, args);
    va_end(args);
}

void json_fail_in_string(struct json_check *c, const json_t *value, size_t inside,
                         const char *format, ...)
{
    va_list args;
    if (json_fails_in_vain(c))
        return;
    va_start(args, format);
    fail(c, json_locate_in_string(c->doc, value, inside), format, args);
    va_end(args);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

enum { WORD_MOST = 63 };

size_t word_distance(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    if (la > WORD_MOST || lb > WORD_MOST)
        return SIZE_MAX;
    size_t rows[3][WORD_MOST + 1];
    for (size_t j = 0; j <= lb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            now[j] = smaller(last[j - 1] + (a[i - 1] != b[j - 1]),
                             smaller(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = smaller(now[j], before[j - 2] + 1);
        }
    }
    return rows[la % 3][lb];
}

const char *nearest_word(const char *word, const char *const *known)
{
    const char *best = NULL;
    size_t best_distance = strlen(word) / 3 + 2;
    for (; *known; known++) {
        size_t distance = word_distance(word, *known);
        if (distance < best_distance) {
            best = *known;
            best_distance = distance;
        }
    }
    return best;
}

bool json_check_object(struct json_check *c, const json_t *value, const char *what,
                       const char *const *keys)
{
    if (!json_is_object(value)) {
        json_fail(c, value, "%s must be an object", what);
        return false;
    }
    const char *key;
    json_t *child;
    json_object_foreach((json_t *)value, key, child)
    {
        if (json_choice(key, keys) >= 0 || json_fails_in_vain(c))
            continue;
        const char *near = nearest_word(key, keys);
        json_fail_key(c, value, key, "unknown key '%s' in %s%s%s%s", key, what,
                      near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    }
    return true;
}

static json_t *member(struct json_check *c, const json_t *object, const char *key, bool needed)
{
    json_t *value = json_object_get(object, key);
    if (!value && needed)
        json_fail(c, object, "'%s' is missing", key);
    return value;
}

static const char *get_string(struct json_check *c, const json_t *object, const char *key,
                              bool needed)
{
    json_t *value = member(c, object, key, needed);
    if (!value)
        return NULL;
    if (!json_is_string(value)) {
        json_fail(c, value, "'%s' must be a string", key);
        return NULL;
    }
    if (needed && !json_string_length(value)) {
        json_fail(c, value, "'%s' is empty", key);
        return NULL;
    }
    return json_string_value(value);
}

const char *json_need_string(struct json_check *c, const json_t *object, const char *key)
{
    return get_string(c, object, key, true);
}

const char *json_want_string(struct json_check *c, const json_t *object, const char *key)
{
    return get_string(c, object, key, false);
}

static double get_number(struct json_check *c, const json_t *value, const char *key, double low,
                         double high, double otherwise)
{
    if (!value)
        return otherwise;
    if (!json_is_number(value)) {
        json_fail(c, value, "'%s' must be a number", key);
        return otherwise;
    }
    double number = json_number_value(value);
    if (number >= low && number <= high)
        return number;
    json_fail(c, value, "'%s' must be between %g and %g", key, low, high);
    return otherwise;
}

double json_need_number(struct json_check *c, const json_t *object, const char *key, double low,
                        double high, double otherwise)
{
    return get_number(c, member(c, object, key, true), key, low, high, otherwise);
}

double json_want_number(struct json_check *c, const json_t *object, const char *key, double low,
                        double high, double otherwise)
{
    return get_number(c, member(c, object, key, false), key, low, high, otherwise);
}

bool json_want_bool(struct json_check *c, const json_t *object, const char *key, bool otherwise)
{
    json_t *value = member(c, object, key, false);
    if (!value)
        return otherwise;
    if (!json_is_boolean(value)) {
        json_fail(c, value, "'%s' must be true or false", key);
        return otherwise;
    }
    return json_is_true(value);
}

static json_t *get_container(struct json_check *c, const json_t *object, const char *key,
                             bool needed, json_type type)
{
    json_t *value = member(c, object, key, needed);
    if (!value || json_typeof(value) == type)
        return value;
    json_fail(c, value, "'%s' must be %s", key, type == JSON_ARRAY ? "a list" : "an object");
    return NULL;
}

json_t *json_need_array(struct json_check *c, const json_t *object, const char *key)
{
    return get_container(c, object, key, true, JSON_ARRAY);
}

json_t *json_want_array(struct json_check *c, const json_t *object, const char *key)
{
    return get_container(c, object, key, false, JSON_ARRAY);
}

json_t *json_need_object(struct json_check *c, const json_t *object, const char *key)
{
    return get_container(c, object, key, true, JSON_OBJECT);
}

json_t *json_want_object(struct json_check *c, const json_t *object, const char *key)
{
    return get_container(c, object, key, false, JSON_OBJECT);
}

bool json_format_is_newer(const json_t *object)
{
    return json_number_value(json_object_get(object, "format")) > JSON_FORMAT_NEWEST;
}

bool json_check_file(struct json_check *c, const json_t *root, const char *what,
                     const char *const *keys)
{
    if (json_format_is_newer(root)) {
        const json_t *format = json_object_get(root, "format");
        json_fail(
            c, format,
            "%s written for a newer viva (format %g; this one reads up to %d): update viva, "
            "or use an older version of the file",
            what, json_number_value(format), JSON_FORMAT_NEWEST);
        return false;
    }
    if (!json_check_object(c, root, what, keys))
        return false;
    json_want_number(c, root, "format", 1, JSON_FORMAT_NEWEST, 1);
    return true;
}

int json_choice(const char *text, const char *const *choices)
{
    for (int i = 0; choices[i]; i++)
        if (!strcmp(text, choices[i]))
            return i;
    return -1;
}

/* --- writing --- */

static int add_chunk(const char *text, size_t length, void *out)
{
    buffer_add(out, text, length);
    return 0;
}

void json_write(struct buffer *out, const json_t *value)
{
    json_dump_callback(value, add_chunk, out, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
}

json_t *json_figure(double value)
{
    return isnan(value) ? json_null() : json_real(round(value * 1000) / 1000);
}

json_t *json_text_new(const char *text, size_t length)
{
    if (utf8_valid_prefix(text, length) == length)
        return json_stringn_nocheck(text, length);
    struct buffer clean = BUFFER_INIT;
    int32_t cp;
    for (size_t at = 0, size; at < length; at += size) {
        size = utf8_decode(text + at, length - at, &cp);
        if (cp == 0xfffd && size == 1)
            buffer_add_string(&clean, "\xef\xbf\xbd");
        else
            buffer_add(&clean, text + at, size);
    }
    json_t *value = json_stringn_nocheck(clean.data, clean.length);
    buffer_release(&clean);
    return value;
}

void json_write_string(struct buffer *out, const char *text, size_t length)
{
    json_t *value = json_text_new(text, length);
    json_write(out, value);
    json_decref(value);
}

const char *json_library_version(void)
{
    return jansson_version_str();
}
