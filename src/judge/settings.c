#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "judge/settings.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/buffer.h"
#include "base/file.h"
#include "base/json.h"

enum { CONFIG_BYTES_MAX = 256 << 10, KEY_BYTES_MAX = 8 << 10, URL_MAX = 2000 };

static void replace(char **where, const char *text)
{
    free(*where);
    *where = text && *text ? xstrdup(text) : NULL;
}

/* --- the key --- */

/* A crash with the key in memory leaves no file that holds it. */
static void leave_no_core(void)
{
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) &&                                                                \
    !defined(VIVA_ARENA_DEBUG) /* the leak checker traces its own process */
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

void settings_forget(char *secret)
{
    volatile char *p = secret;
    while (p && *p)
        *p++ = '\0';
}

static void set_key(struct endpoint_settings *s, const char *key, const char *from)
{
    if (!key || !*key)
        return;
    settings_forget(s->key);
    replace(&s->key, key);
    s->key_from = from;
    leave_no_core();
}

/* Also out of the memory that lists of processes show. */
static void take_from_environment(const char *name, char *value)
{
    settings_forget(value);
    unsetenv(name);
}

static bool owner_only(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & 077) == 0;
}

static void read_key_file(struct endpoint_settings *s, struct json_check *c,
                          const json_t *llm)
{
    const char *path = json_want_string(c, llm, "key_file");
    struct buffer text = BUFFER_INIT;
    struct error e;
    error_init(&e);
    if (!path || !*path)
        return;
    if (file_read(path, KEY_BYTES_MAX, &text, &e) < 0) {
        json_fail(c, json_object_get(llm, "key_file"), "%s", e.message);
    } else if (!owner_only(path)) {
        json_fail(c, json_object_get(llm, "key_file"),
                  "others can read '%s': chmod 600 it, since it holds a key", path);
    } else {
        text.data[strcspn(text.data, "\r\n")] = '\0';
        set_key(s, text.data, "llm.key_file");
    }
    settings_forget(text.length ? text.data : NULL);
    buffer_release(&text);
}

/* --- the file --- */

static const char *const top_keys[] = { "format", "llm", NULL };
static const char *const llm_keys[] = {
    "url",     "model",           "key",   "key_file", "ca_file", "timeouts", "retries",
    "backoff", "max_reply_bytes", "price", "redact",   "consent", NULL
};
static const char *const timeout_keys[] = { "connect", "first", "whole", "talk", NULL };
static const char *const price_keys[] = { "input", "output", "currency", NULL };

/* json_t strings of a list; the array is one of the two ARRAY(char *) of the settings. */
#define READ_STRINGS(c, object, name, array)                                             \
    do {                                                                                 \
        size_t index;                                                                    \
        json_t *item;                                                                    \
        json_array_foreach (json_want_array(c, object, name), index, item) {             \
            if (json_string_length(item))                                                \
                *array_add(array) = xstrdup(json_string_value(item));                    \
            else                                                                         \
                json_fail(c, item, "'%s' is a list of words", name);                     \
        }                                                                                \
    } while (0)

static void read_times(struct endpoint_settings *s, struct json_check *c,
                       const json_t *llm)
{
    const json_t *times = json_want_object(c, llm, "timeouts");
    if (!times || !json_check_object(c, times, "llm.timeouts", timeout_keys))
        return;
    s->connect = json_want_number(c, times, "connect", 0.1, 600, s->connect);
    s->first = json_want_number(c, times, "first", 0.1, 3600, s->first);
    s->whole = json_want_number(c, times, "whole", 0.1, 3600, s->whole);
    s->talk = json_want_number(c, times, "talk", 0.1, 600, s->talk);
}

static void read_price(struct endpoint_settings *s, struct json_check *c,
                       const json_t *llm)
{
    const json_t *price = json_want_object(c, llm, "price");
    if (!price || !json_check_object(c, price, "llm.price", price_keys))
        return;
    s->price_in = json_need_number(c, price, "input", 0, 1e6, -1);
    s->price_out = json_need_number(c, price, "output", 0, 1e6, -1);
    const char *currency = json_want_string(c, price, "currency");
    if (currency)
        replace(&s->currency, currency);
}

static void read_llm(struct endpoint_settings *s, struct json_check *c, const json_t *llm)
{
    if (!json_check_object(c, llm, "llm", llm_keys))
        return;
    replace(&s->url, json_want_string(c, llm, "url"));
    s->url_from = s->url ? "llm.url" : NULL;
    replace(&s->model, json_want_string(c, llm, "model"));
    replace(&s->ca_file, json_want_string(c, llm, "ca_file"));
    s->retries = (int)json_want_number(c, llm, "retries", 0, 10, s->retries);
    s->backoff = json_want_number(c, llm, "backoff", 0, 60, s->backoff);
    s->reply_bytes = (size_t)json_want_number(c, llm, "max_reply_bytes", 1024, 64 << 20,
                                              (double)s->reply_bytes);
    read_times(s, c, llm);
    read_price(s, c, llm);
    READ_STRINGS(c, llm, "redact", &s->redact);
    READ_STRINGS(c, llm, "consent", &s->consent);
    const char *key = json_want_string(c, llm, "key");
    if (key && *key && !owner_only(c->doc->source))
        json_fail_key(c, llm, "key",
                      "others can read this file: chmod 600 it, since it holds a key");
    else
        set_key(s, key, "llm.key");
    read_key_file(s, c, llm);
}

/* The line that is wrong may hold the key: its place is enough. */
static void add_without_excerpt(struct error_list *errors, const struct error_list *own)
{
    for (size_t i = 0; i < own->count; i++) {
        struct error e = own->items[i];
        memset(e.excerpt, 0, sizeof(e.excerpt));
        e.caret = 0;
        error_list_add(errors, &e);
    }
}

/* So may what a parser quotes of the text. */
static void add_syntax_error(struct error_list *errors, const struct error *parser)
{
    struct error e;
    error_init(&e);
    error_set(&e, ERROR_INPUT, "this is not valid JSON");
    error_set_source(&e, parser->source);
    e.line = parser->line;
    e.column = parser->column;
    error_list_add(errors, &e);
}

static void read_document(struct endpoint_settings *s, const struct json_document *doc,
                          struct error_list *errors)
{
    struct error_list own = ERROR_LIST_INIT;
    struct json_check c = { doc, &own };
    if (json_check_file(&c, doc->root, "the configuration", top_keys)) {
        const json_t *llm = json_want_object(&c, doc->root, "llm");
        if (llm)
            read_llm(s, &c, llm);
    }
    add_without_excerpt(errors, &own);
    error_list_release(&own);
}

static void read_file(struct endpoint_settings *s, struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    struct json_document doc;
    struct error e;
    error_init(&e);
    if (!s->path || !file_exists(s->path))
        return;
    if (file_read(s->path, CONFIG_BYTES_MAX, &text, &e) < 0) {
        error_list_add(errors, &e);
    } else if (json_load_document(&doc, s->path, text.data, text.length, &e) < 0) {
        add_syntax_error(errors, &e);
    } else {
        read_document(s, &doc, errors);
        json_release_document(&doc);
    }
    settings_forget(text.length ? text.data : NULL);
    buffer_release(&text);
}

/* --- the environment --- */

static bool ends_with(const char *text, const char *tail)
{
    size_t a = strlen(text), b = strlen(tail);
    return a >= b && !strcmp(text + a - b, tail);
}

static void read_environment(struct endpoint_settings *s)
{
    const char *url = getenv("VIVA_LLM_URL"), *other = getenv("OPENAI_BASE_URL");
    if (url && *url) {
        replace(&s->url, url);
        s->url_from = "VIVA_LLM_URL";
    } else if (!s->url && other && *other) {
        replace(&s->url, other);
        s->url_from = "OPENAI_BASE_URL";
    }
    const char *model = getenv("VIVA_LLM_MODEL");
    if (model && *model)
        replace(&s->model, model);
    const char *ca = getenv("VIVA_LLM_CA");
    if (ca && *ca)
        replace(&s->ca_file, ca);
    const char *consent = getenv("VIVA_LLM_CONSENT");
    if (consent && *consent)
        *array_add(&s->consent) = xstrdup(consent);
}

/* After the address is settled: a key goes where it belongs. */
static void take_keys(struct endpoint_settings *s)
{
    char *own = getenv("VIVA_LLM_KEY"), *openai = getenv("OPENAI_API_KEY");
    size_t length = s->host ? strcspn(s->host, ":") : 0;
    char *name = s->host ? xstrndup(s->host, length) : NULL;
    bool theirs = s->url_from && !strcmp(s->url_from, "OPENAI_BASE_URL");
    theirs = theirs ||
             (name && (ends_with(name, ".openai.com") || !strcmp(name, "openai.com")));
    if (own && *own)
        set_key(s, own, "VIVA_LLM_KEY");
    else if (openai && theirs && !s->key)
        set_key(s, openai, "OPENAI_API_KEY");
    if (own)
        take_from_environment("VIVA_LLM_KEY", own);
    if (openai)
        take_from_environment("OPENAI_API_KEY", openai);
    free(name);
}

/* --- the address --- */

static bool host_is(const char *host, const char *name)
{
    size_t length = strlen(name);
    return !strncmp(host, name, length) && (host[length] == '\0' || host[length] == ':');
}

bool settings_is_local(const struct endpoint_settings *s)
{
    const char *host = s->host ? s->host : "";
    if (host_is(host, "localhost") || host_is(host, "[::1]"))
        return true;
    return !strncmp(host, "127.", 4) && strspn(host, "0123456789.") == strcspn(host, ":");
}

static int check_url(struct endpoint_settings *s, struct error *e)
{
    const char *rest = !strncmp(s->url, "https://", 8)  ? s->url + 8
                       : !strncmp(s->url, "http://", 7) ? s->url + 7
                                                        : NULL;
    size_t length = strlen(s->url);
    if (!rest)
        return error_set(e, ERROR_USAGE,
                         "the endpoint's address must begin with http:// or https://");
    for (size_t i = 0; i < length; i++)
        if (s->url[i] <= ' ' || s->url[i] >= 0x7f)
            return error_set(
                e, ERROR_USAGE,
                "the endpoint's address has a character that no address has");
    size_t host = strcspn(rest, "/");
    if (strcspn(rest, "@") < host)
        return error_set(
            e, ERROR_USAGE,
            "the endpoint's address must hold no name and no key: set VIVA_LLM_KEY");
    if (host == 0 || rest[0] == ':' || length > URL_MAX || strpbrk(rest, "?#"))
        return error_set(
            e, ERROR_USAGE,
            "the endpoint's address must look like http://localhost:11434/v1");
    free(s->host);
    s->host = xstrndup(rest, host);
    return 0;
}

static int settle_url(struct endpoint_settings *s, struct error *e)
{
    if (!s->url)
        return 0;
    size_t length = strlen(s->url);
    while (length && s->url[length - 1] == '/')
        s->url[--length] = '\0';
    if (ends_with(s->url, "/chat/completions")) /* as some manuals give it */
        s->url[length - strlen("/chat/completions")] = '\0';
    return check_url(s, e);
}

/* A key on an open line is anybody's. */
static int check_secrecy(const struct endpoint_settings *s, struct error *e)
{
    if (s->url && s->key && !strncmp(s->url, "http://", 7) && !settings_is_local(s))
        return error_set(
            e, ERROR_USAGE,
            "the key would travel unencrypted to '%s': use https, or leave the key out",
            s->host);
    return 0;
}

/* "https://host:port" of an address that is one */
static size_t origin_length(const char *url)
{
    const char *rest = strstr(url, "://");
    return rest ? (size_t)(rest + 3 - url) + strcspn(rest + 3, "/") : strlen(url);
}

/* A key that stands beside an address in the file is for that address. */
static void keep_key_at_home(struct endpoint_settings *s, const char *file_url)
{
    if (!s->key || !s->url || !file_url || strncmp(s->key_from, "llm.", 4) != 0)
        return;
    size_t length = origin_length(file_url);
    if (length == origin_length(s->url) && !strncmp(file_url, s->url, length))
        return;
    settings_forget(s->key);
    replace(&s->key, NULL);
    s->key_from = NULL;
}

/* --- all of it --- */

int settings_load(struct endpoint_settings *s, const struct settings_options *options,
                  struct error_list *errors)
{
    struct error e;
    error_init(&e);
    *s = (struct endpoint_settings) { .connect = 10,
                                      .first = 60,
                                      .whole = 180,
                                      .talk = 20,
                                      .backoff = 0.5,
                                      .retries = 2,
                                      .reply_bytes = 2 << 20,
                                      .price_in = -1,
                                      .price_out = -1 };
    char *home = path_config_home();
    s->path = home ? path_join(home, "config.json") : NULL;
    free(home);
    size_t before = error_list_total(errors);
    read_file(s, errors);
    char *file_url = xstrdup(s->url);
    read_environment(s);
    if (options && options->url) {
        replace(&s->url, options->url);
        s->url_from = "--llm-url";
    }
    if (options && options->model)
        replace(&s->model, options->model);
    int settled = settle_url(s, &e);
    keep_key_at_home(s, file_url);
    take_keys(s);
    free(file_url);
    if (settled < 0 || check_secrecy(s, &e) < 0)
        error_list_add(errors, &e);
    return error_list_total(errors) > before ? -1 : 0;
}

void settings_release(struct endpoint_settings *s)
{
    settings_forget(s->key);
    free(s->key);
    free(s->url);
    free(s->model);
    free(s->host);
    free(s->ca_file);
    free(s->currency);
    free(s->path);
    for (size_t i = 0; i < s->redact.count; i++)
        free(s->redact.items[i]);
    for (size_t i = 0; i < s->consent.count; i++)
        free(s->consent.items[i]);
    array_release(&s->redact);
    array_release(&s->consent);
    memset(s, 0, sizeof(*s));
}

bool settings_complete(const struct endpoint_settings *s, struct error *e)
{
    const char *file = s->path ? s->path : "viva/config.json";
    if (!s->url)
        error_set(e, ERROR_USAGE,
                  "no model is configured: set VIVA_LLM_URL and VIVA_LLM_MODEL, or "
                  "llm.url in '%s'",
                  file);
    else if (!s->model)
        error_set(e, ERROR_USAGE,
                  "no model is named for '%s': set VIVA_LLM_MODEL, or llm.model in '%s'",
                  s->host, file);
    return s->url && s->model;
}
