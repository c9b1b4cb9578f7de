#include "judge/keep.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

enum { KEPT_BYTES_MAX = 4 << 20 };

/* "HOME/name", or NULL; takes the home. */
static char *below(char *home_take, const char *name)
{
    char *path = home_take ? path_join(home_take, name) : NULL;
    free(home_take);
    return path;
}

static json_t *read_object(const char *path)
{
    struct buffer text = BUFFER_INIT;
    json_t *root = NULL;
    if (path && file_read(path, KEPT_BYTES_MAX, &text, NULL) == 0)
        root = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);
    buffer_release(&text);
    if (json_is_object(root))
        return root;
    json_decref(root);
    return NULL;
}

static int write_text(const char *path, const char *text, size_t length, struct error *e)
{
    char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));
    int result = file_make_folders(folder, e);
    if (result == 0)
        result = file_write(path, text, length, 0600, e);
    free(folder);
    return result;
}

static void write_object(const char *path, json_t *root_take)
{
    struct buffer text = BUFFER_INIT;
    json_write(&text, root_take);
    buffer_add_char(&text, '\n');
    if (path)
        write_text(path, text.data, text.length, NULL);
    buffer_release(&text);
    json_decref(root_take);
}

/* --- replies --- */

void keep_hash(const char *bytes, size_t length, int run, char *hash)
{
    uint64_t a = hash_bytes(HASH_START, bytes, length),
             b = hash_bytes(~HASH_START, bytes, length);
    hash_text(hash_bytes(a, &run, sizeof(run)), hash);
    hash_text(hash_bytes(b, &run, sizeof(run)), hash + HASH_TEXT_SIZE - 1);
}

static char *reply_path(const char *hash)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "verdicts/%s.json", hash);
    char *path = below(path_cache_home(), name.data);
    buffer_release(&name);
    return path;
}

bool keep_reply_read(const char *hash, struct completion *out)
{
    char *path = reply_path(hash);
    json_t *root = read_object(path);
    const json_t *text = json_object_get(root, "text");
    bool found = json_is_string(text);
    if (found)
        buffer_add(&out->text, json_string_value(text), json_string_length(text));
    json_decref(root);
    free(path);
    return found;
}

void keep_reply_write(const char *hash, const struct completion *reply)
{
    char *path = reply_path(hash);
    json_t *root = json_object();
    json_object_set_new(root, "text",
                        json_text_new(reply->text.data, reply->text.length));
    write_object(path, root);
    free(path);
}

/* --- endpoints --- */

static void known_key(const struct endpoint_settings *s, struct buffer *out)
{
    buffer_printf(out, "%s %s", s->url, s->model);
}

struct endpoint_known keep_known_read(const struct endpoint_settings *s)
{
    struct endpoint_known known = { FORM_SCHEMA, true };
    struct buffer key = BUFFER_INIT;
    char *path = below(path_cache_home(), "endpoints.json");
    json_t *root = read_object(path);
    known_key(s, &key);
    const json_t *entry = json_object_get(root, key.data);
    const char *form = json_string_value(json_object_get(entry, "form"));
    int which = form ? json_choice(form, request_form_names) : -1;
    if (which >= 0)
        known.form = (enum request_form)which;
    known.temperature = !json_is_false(json_object_get(entry, "temperature"));
    json_decref(root);
    buffer_release(&key);
    free(path);
    return known;
}

void keep_known_write(const struct endpoint_settings *s,
                      const struct endpoint_known *known)
{
    struct buffer key = BUFFER_INIT;
    char *path = below(path_cache_home(), "endpoints.json");
    json_t *root = read_object(path), *entry = json_object();
    known_key(s, &key);
    json_object_set_new(entry, "form", json_string(request_form_names[known->form]));
    json_object_set_new(entry, "temperature", json_boolean(known->temperature));
    if (!root)
        root = json_object();
    json_object_set_new(root, key.data, entry);
    write_object(path, root);
    buffer_release(&key);
    free(path);
}

/* --- consent --- */

static bool has_line(const char *text, const char *line)
{
    size_t length = strlen(line);
    for (const char *p = text; (p = strstr(p, line)); p += length)
        if ((p == text || p[-1] == '\n') && (p[length] == '\n' || p[length] == '\0'))
            return true;
    return false;
}

bool keep_consent(const struct endpoint_settings *s)
{
    for (size_t i = 0; i < s->consent.count; i++)
        if (!strcmp(s->consent.items[i], s->host))
            return true;
    struct buffer text = BUFFER_INIT;
    char *path = below(path_state_home(), "consent");
    bool found = path && file_read(path, KEPT_BYTES_MAX, &text, NULL) == 0 &&
                 has_line(text.data, s->host);
    buffer_release(&text);
    free(path);
    return found;
}

int keep_consent_give(const struct endpoint_settings *s, struct error *e)
{
    struct buffer text = BUFFER_INIT;
    char *path = below(path_state_home(), "consent");
    if (!path)
        return error_set(e, ERROR_STORAGE, "no folder to keep your yes in: set HOME");
    file_read(path, KEPT_BYTES_MAX, &text, NULL);
    buffer_printf(&text, "%s\n", s->host);
    int result = write_text(path, text.data, text.length, e);
    buffer_release(&text);
    free(path);
    return result;
}
