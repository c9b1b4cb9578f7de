#define _GNU_SOURCE
#include "judge/endpoint.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "judge/cancel.h"
#include "judge/chance.h"
#include "judge/refusal.h"

/* --- the library, loaded when it is needed --- */

#undef curl_easy_setopt /* the macros check types and stand in the way of a table */
#undef curl_easy_getinfo

static struct {
    char *(*version)(void);
    CURLcode (*global_init)(long flags);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *easy);
    CURLcode (*easy_setopt)(CURL *easy, CURLoption option, ...);
    CURLcode (*easy_getinfo)(CURL *easy, CURLINFO info, ...);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *multi);
    CURLMcode (*multi_add_handle)(CURLM *multi, CURL *easy);
    CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *easy);
    CURLMcode (*multi_perform)(CURLM *multi, int *running);
    CURLMcode (*multi_poll)(CURLM *multi, struct curl_waitfd *extra, unsigned count,
                            int ms, int *ready);
    CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
    void (*slist_free_all)(struct curl_slist *list);
} curl;

static const struct {
    const char *name;
    void *where;
} functions[] = {
    { "curl_version", &curl.version },
    { "curl_global_init", &curl.global_init },
    { "curl_easy_init", &curl.easy_init },
    { "curl_easy_cleanup", &curl.easy_cleanup },
    { "curl_easy_setopt", &curl.easy_setopt },
    { "curl_easy_getinfo", &curl.easy_getinfo },
    { "curl_multi_init", &curl.multi_init },
    { "curl_multi_cleanup", &curl.multi_cleanup },
    { "curl_multi_add_handle", &curl.multi_add_handle },
    { "curl_multi_remove_handle", &curl.multi_remove_handle },
    { "curl_multi_perform", &curl.multi_perform },
    { "curl_multi_poll", &curl.multi_poll },
    { "curl_multi_info_read", &curl.multi_info_read },
    { "curl_slist_append", &curl.slist_append },
    { "curl_slist_free_all", &curl.slist_free_all },
};

/* $VIVA_LIBCURL names another file, for tests of what happens without it. */
static void *open_library(void)
{
    static const char *const names[] = { "libcurl.so.4", "libcurl-gnutls.so.4",
                                         "libcurl.4.dylib" };
    const char *own = getenv("VIVA_LIBCURL");
    if (own && *own)
        return dlopen(own, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (library)
            return library;
    }
    return NULL;
}

static bool loaded;

static void load_once(void)
{
    void *library = open_library();
    for (size_t i = 0; library && i < sizeof(functions) / sizeof(*functions); i++) {
        void *found = dlsym(library, functions[i].name);
        if (!found)
            return;
        memcpy(functions[i].where, &found, sizeof(found));
    }
    loaded = library && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static bool load(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_once);
    return loaded;
}

const char *endpoint_library_version(void)
{
    return load() ? curl.version() : NULL;
}

/* --- one try --- */

struct endpoint {
    const struct endpoint_settings *settings;
    CURLM *multi;
};

enum stage { STAGE_CONNECTING, STAGE_WAITING, STAGE_READING };

struct attempt {
    struct endpoint *endpoint;
    const struct endpoint_request *request;
    struct endpoint_reply *reply;
    struct error *error;
    CURL *easy;
    double began, deadline; /* seconds of the clock that never goes back */
    double read_since;      /* when the connection stood */
    size_t bytes;           /* of the body */
    bool handed_over;       /* the taker has had some */
    bool retry;             /* it may be tried again */
    double retry_after;     /* seconds that the server asks for; 0: it does not say */
    char text[CURL_ERROR_SIZE];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int fail(struct attempt *a, enum endpoint_fault fault, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int fail(struct attempt *a, enum endpoint_fault fault, const char *format, ...)
{
    struct buffer text = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    a->reply->fault = fault;
    error_set(a->error, ERROR_NETWORK, "%s", text.data);
    buffer_release(&text);
    return -1;
}

static long status_of(const struct attempt *a)
{
    long status = 0;
    curl.easy_getinfo(a->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *state)
{
    struct attempt *a = state;
    size_t length = size * count;
    bool good = status_of(a) / 100 == 2;
    size_t most = good ? a->endpoint->settings->reply_bytes : ENDPOINT_ERROR_MAX;
    a->bytes += length;
    if (a->bytes > most) {
        if (good)
            a->reply->fault = FAULT_LARGE;
        return good ? 0 : length; /* of a refusal the beginning is enough */
    }
    if (good && a->request->take) {
        a->handed_over = true;
        if (!a->request->take(a->request->state, bytes, length))
            a->reply->fault = FAULT_STOPPED;
        return a->reply->fault == FAULT_STOPPED ? 0 : length;
    }
    buffer_add(&a->reply->body, bytes, length);
    return length;
}

static void set_time(struct attempt *a, CURLoption option, double seconds)
{
    curl.easy_setopt(a->easy, option, (long)ceil(1000 * fmax(0.001, seconds)));
}

static struct curl_slist *make_headers(const struct attempt *a)
{
    struct curl_slist *list = curl.slist_append(NULL, "Content-Type: application/json");
    list = curl.slist_append(list, a->request->take ? "Accept: text/event-stream"
                                                    : "Accept: application/json");
    list = curl.slist_append(list, "Expect:"); /* no pause before the body */
    if (a->endpoint->settings->key) {
        struct buffer line = BUFFER_INIT;
        buffer_printf(&line, "Authorization: Bearer %s", a->endpoint->settings->key);
        list = curl.slist_append(list, line.data);
        settings_forget(line.data);
        buffer_release(&line);
    }
    return list;
}

static void set_up(struct attempt *a, const char *url, struct curl_slist *headers)
{
    const struct endpoint_settings *s = a->endpoint->settings;
    CURL *easy = a->easy;
    curl.easy_setopt(easy, CURLOPT_URL, url);
    curl.easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl.easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl.easy_setopt(easy, CURLOPT_USERAGENT, "viva/" VIVA_VERSION);
    curl.easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl.easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl.easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl.easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl.easy_setopt(easy, CURLOPT_ERRORBUFFER, a->text);
    curl.easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl.easy_setopt(easy, CURLOPT_WRITEDATA, a);
    if (settings_is_local(s)) /* nothing for this machine takes a way round */
        curl.easy_setopt(easy, CURLOPT_NOPROXY, "*");
    if (s->ca_file)
        curl.easy_setopt(easy, CURLOPT_CAINFO, s->ca_file);
    if (a->request->body) {
        curl.easy_setopt(easy, CURLOPT_POST, 1L);
        curl.easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)a->request->length);
        curl.easy_setopt(easy, CURLOPT_POSTFIELDS, a->request->body);
    }
    set_time(a, CURLOPT_CONNECTTIMEOUT_MS, fmin(s->connect, a->deadline - now()));
    set_time(a, CURLOPT_TIMEOUT_MS, a->deadline - now());
}

static enum stage stage_of(const struct attempt *a)
{
    curl_off_t sent = 0, first = 0;
    curl.easy_getinfo(a->easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
    curl.easy_getinfo(a->easy, CURLINFO_STARTTRANSFER_TIME_T, &first);
    return first > 0 ? STAGE_READING : sent > 0 ? STAGE_WAITING : STAGE_CONNECTING;
}

static int fail_first(struct attempt *a)
{
    return fail(a, FAULT_TIME,
                "'%s' took the request and gave no answer within %.3g s; for a slow "
                "model raise llm.timeouts.first",
                a->endpoint->settings->host, a->endpoint->settings->first);
}

/* Seconds as a person would say them: what is left of four is 3.99. */
static double told(double seconds)
{
    return round(seconds * 10) / 10;
}

static int fail_whole(struct attempt *a)
{
    if (stage_of(a) == STAGE_CONNECTING)
        return fail(a, FAULT_TIME,
                    "no connection to '%s' within %.3g s: is it reachable from here?",
                    a->endpoint->settings->host,
                    told(fmin(a->endpoint->settings->connect, a->request->seconds)));
    return fail(a, FAULT_TIME, "'%s' had not finished its answer after %.3g s",
                a->endpoint->settings->host, told(a->request->seconds));
}

/* What curl's own codes mean to a person. */
static int explain(struct attempt *a, CURLcode code)
{
    const char *host = a->endpoint->settings->host;
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return fail(a, FAULT_NAME,
                    "cannot find '%s': is the name right, and is there a network?", host);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return fail(a, FAULT_NAME, "cannot find the proxy that the environment names");
    case CURLE_COULDNT_CONNECT:
        return fail(a, FAULT_CONNECT, "nothing answers at '%s': is the server running?",
                    host);
    case CURLE_OPERATION_TIMEDOUT:
        return fail_whole(a);
    case CURLE_PEER_FAILED_VERIFICATION:
        return fail(a, FAULT_TLS,
                    "the certificate of '%s' is not to be trusted; for a server of your "
                    "own name its authority in "
                    "llm.ca_file",
                    host);
    case CURLE_SSL_CACERT_BADFILE:
        return fail(a, FAULT_TLS, "cannot read the certificates in '%s' (llm.ca_file)",
                    a->endpoint->settings->ca_file ? a->endpoint->settings->ca_file
                                                   : "the system's file");
    case CURLE_SSL_CONNECT_ERROR:
        return fail(a, FAULT_TLS,
                    "no secure connection to '%s': does it speak https at all?", host);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return fail(a, FAULT_CONNECT, "the endpoint's address is none: '%s'",
                    a->endpoint->settings->url);
    case CURLE_BAD_CONTENT_ENCODING:
        return fail(a, FAULT_DROPPED,
                    "the answer of '%s' is packed in a way that cannot be undone", host);
    default:
        a->retry = !a->handed_over;
        return fail(a, FAULT_DROPPED, "'%s' dropped the connection%s", host,
                    a->bytes ? " in the middle of its answer" : "");
    }
}

/* Waits for the transfer to end; -1 when it is given up before. */
static int wait_for(struct attempt *a, CURLcode *code)
{
    CURLM *multi = a->endpoint->multi;
    int running = 1, left;
    for (;;) {
        curl.multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl.multi_info_read(multi, &left));)
            if (message->msg == CURLMSG_DONE) {
                *code = message->data.result;
                return 0;
            }
        if (cancel_wanted())
            return fail(a, FAULT_CANCELLED, "the request to '%s' was given up",
                        a->endpoint->settings->host);
        if (a->read_since <= 0 && stage_of(a) == STAGE_WAITING)
            a->read_since = now();
        if (stage_of(a) == STAGE_WAITING &&
            now() - a->read_since > a->endpoint->settings->first)
            return fail_first(a);
        if (now() >
            a->deadline +
                0.5) /* curl keeps the time itself; this is for a resolver that hangs */
            return fail_whole(a);
        if (a->request->wait)
            a->request->wait(a->request->state, now() - a->began);
        curl.multi_poll(multi, NULL, 0, 100, NULL);
    }
}

/* --- statuses --- */

static int explain_status(struct attempt *a, long status)
{
    struct buffer words = BUFFER_INIT, tries = BUFFER_INIT;
    const char *host = a->endpoint->settings->host, *advice = refusal_advice(status);
    a->reply->status = status;
    a->retry = refusal_is_passing(status);
    if (a->reply->tries > 1)
        buffer_printf(&tries, "; tried %d times", a->reply->tries);
    if (!advice ||
        status >= 500) /* who refuses a key repeats it, so its words are not shown */
        refusal_words(a->reply->body.data, a->reply->body.length,
                      a->endpoint->settings->key, &words);
    if (advice && status < 500)
        fail(a, FAULT_STATUS, "'%s' %s%s", host, advice, tries.data);
    else if (status >= 500)
        fail(a, FAULT_STATUS, "'%s' %s (%ld)%s%s%s", host,
             advice ? "cannot answer now" : "failed", status, tries.data,
             words.length ? ": "
             : advice     ? ": try again later"
                          : "",
             words.data);
    else
        fail(a, FAULT_STATUS, "'%s' refuses the request (%ld)%s%s", host, status,
             words.length ? ": " : "", words.data);
    buffer_release(&words);
    buffer_release(&tries);
    return -1;
}

/* --- redirects --- */

/* "https://host:8080" of an address */
static size_t origin_length(const char *url)
{
    const char *rest = strstr(url, "://");
    return rest ? (size_t)(rest + 3 - url) + strcspn(rest + 3, "/?#") : 0;
}

static bool same_origin(const char *a, const char *b)
{
    size_t length = origin_length(a);
    return length && length == origin_length(b) && !strncasecmp(a, b, length);
}

/* Sets `url` to where it goes on, on the same host; else an error. */
static int follow(struct attempt *a, struct buffer *url, int hops)
{
    char *to = NULL;
    struct buffer harmless = BUFFER_INIT;
    curl.easy_getinfo(a->easy, CURLINFO_REDIRECT_URL, &to);
    if (to && hops < 3 && same_origin(a->endpoint->settings->url, to)) {
        buffer_clear(url);
        buffer_add_string(url, to);
        return 0;
    }
    if (to)
        utf8_add_harmless(&harmless, to, origin_length(to));
    if (to && !same_origin(a->endpoint->settings->url, to))
        fail(a, FAULT_REDIRECT,
             "'%s' points to '%s', where nothing is sent: set VIVA_LLM_URL to it if you "
             "trust it",
             a->endpoint->settings->host, harmless.data);
    else
        fail(a, FAULT_REDIRECT, "'%s' sends the request round and round",
             a->endpoint->settings->host);
    buffer_release(&harmless);
    return -1;
}

/* --- tries --- */

/* One request and what it redirects to. 0 for a whole 2xx. */
static int try_url(struct attempt *a, struct buffer *url, struct curl_slist *headers,
                   bool *again)
{
    CURLcode code = CURLE_OK;
    *again = false;
    a->easy = curl.easy_init();
    a->read_since = 0;
    a->bytes = 0;
    a->retry = false;
    a->retry_after = 0;
    buffer_clear(&a->reply->body);
    set_up(a, url->data, headers);
    curl.multi_add_handle(a->endpoint->multi, a->easy);
    int result = wait_for(a, &code);
    long status = status_of(a);
    if (result == 0 && a->reply->fault == FAULT_STOPPED) {
        result = -1;
    } else if (result == 0 && a->reply->fault == FAULT_LARGE) {
        result =
            fail(a, FAULT_LARGE,
                 "the answer of '%s' is larger than %zu bytes; nothing of it is used",
                 a->endpoint->settings->host, a->endpoint->settings->reply_bytes);
    } else if (result == 0 && code != CURLE_OK) {
        result = explain(a, code);
    } else if (result == 0 && status / 100 == 3) {
        *again = true;
    } else if (result == 0 && status / 100 != 2) {
        curl_off_t wait = 0;
        curl.easy_getinfo(a->easy, CURLINFO_RETRY_AFTER, &wait);
        a->retry_after = (double)wait;
        result = explain_status(a, status);
    }
    a->reply->status = status;
    return result;
}

static void end_try(struct attempt *a)
{
    curl.multi_remove_handle(a->endpoint->multi, a->easy);
    curl.easy_cleanup(a->easy);
    a->easy = NULL;
}

static int try_once(struct attempt *a, struct curl_slist *headers)
{
    struct buffer url = BUFFER_INIT;
    buffer_printf(&url, "%s%s", a->endpoint->settings->url, a->request->path);
    int result = -1;
    bool again = true;
    for (int hops = 0; again; hops++) {
        result = try_url(a, &url, headers, &again);
        if (again)
            result = follow(a, &url, hops);
        end_try(a);
        again = again && result == 0;
    }
    buffer_release(&url);
    return result;
}

/* False when it was given up, or the time would not suffice. */
static bool pause_before(struct attempt *a, int tries)
{
    double pause =
        a->endpoint->settings->backoff * pow(2, tries - 1) * (0.5 + 0.5 * chance_share());
    if (a->retry_after > pause)
        pause = a->retry_after;
    double until = now() + pause;
    if (until >= a->deadline)
        return false;
    while (!cancel_wanted() && now() < until) {
        double left = until - now();
        struct timespec nap = { 0, (long)(1e9 * fmin(0.1, fmax(0.001, left))) };
        nanosleep(&nap, NULL);
        if (a->request->wait)
            a->request->wait(a->request->state, now() - a->began);
    }
    return !cancel_wanted();
}

/* The server asks for more patience than there is. */
static void add_retry_after(const struct attempt *a, struct error *e)
{
    struct error longer;
    error_init(&longer);
    error_set(&longer, e->code, "%s; it asks to wait %.0f s", e->message, a->retry_after);
    *e = longer;
}

static int try_until(struct attempt *a, struct curl_slist *headers, struct error *e)
{
    int result = -1;
    for (int tries = 1;; tries++) {
        struct error one;
        error_init(&one);
        /* cppcheck-suppress autoVariables; taken back below, before it is gone */
        a->error = &one;
        a->reply->tries = tries;
        a->reply->fault = FAULT_NONE;
        result = try_once(a, headers);
        bool more = result < 0 && a->retry && tries <= a->endpoint->settings->retries;
        if (more && pause_before(a, tries))
            continue;
        if (more && cancel_wanted()) {
            error_init(&one);
            fail(a, FAULT_CANCELLED, "the request to '%s' was given up",
                 a->endpoint->settings->host);
        } else if (result < 0 && a->retry_after > 0) {
            add_retry_after(a, &one);
        }
        if (one.code != ERROR_NONE)
            error_set(e, one.code, "%s", one.message);
        a->error = NULL;
        return result;
    }
}

struct endpoint *endpoint_new(const struct endpoint_settings *settings)
{
    struct endpoint *endpoint = xcalloc(1, sizeof(*endpoint));
    endpoint->settings = settings;
    return endpoint;
}

void endpoint_free(struct endpoint *endpoint)
{
    if (endpoint && endpoint->multi)
        curl.multi_cleanup(endpoint->multi);
    free(endpoint);
}

int endpoint_call(struct endpoint *endpoint, const struct endpoint_request *request,
                  struct endpoint_reply *reply, struct error *e)
{
    *reply = (struct endpoint_reply) { .body = BUFFER_INIT };
    if (!load()) {
        reply->fault = FAULT_LIBRARY;
        return error_set(
            e, ERROR_NETWORK,
            "libcurl is not installed, and without it no model can be asked");
    }
    if (!endpoint->multi)
        endpoint->multi = curl.multi_init();
    struct attempt a = {
        .endpoint = endpoint, .request = request, .reply = reply, .began = now()
    };
    a.deadline = a.began + request->seconds;
    struct curl_slist *headers = make_headers(&a);
    cancel_listen();
    int result = try_until(&a, headers, e);
    cancel_ignore();
    for (struct curl_slist *line = headers; line; line = line->next)
        settings_forget(line->data);
    curl.slist_free_all(headers);
    return result;
}

void endpoint_reply_release(struct endpoint_reply *reply)
{
    buffer_release(&reply->body);
}
