/*
 * endpoint.h - one HTTP request to the configured endpoint, with retries. The one file
 * with libcurl, which is loaded when the first request is made and not before: without it
 * installed everything else goes on.
 *
 * - The certificate is always verified. Nothing follows a redirect to another host, port
 * or scheme.
 * - `seconds` is for all of it: connecting, waiting, reading, retries and the pauses
 * between them. Never longer.
 * - 408, 429, 500, 502, 503, 504, 529 and dropped connections are tried again, after a
 * pause that doubles, with jitter, or after Retry-After; what was handed to a taker
 * already is never asked for twice.
 * - A reply larger than the settings allow (after unpacking) is given up.
 * - Ctrl-C gives up the request and not the program.
 * - Proxies are as curl has them (http_proxy, https_proxy, NO_PROXY), but for this
 * machine there is none.
 * - Messages name the host and never the key, whatever the server says.
 */
#ifndef VIVA_JUDGE_ENDPOINT_H
#define VIVA_JUDGE_ENDPOINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "judge/settings.h"

/* What went wrong, for whoever has more to say than the message. */
enum endpoint_fault {
    FAULT_NONE,
    FAULT_LIBRARY,   /* libcurl is not there */
    FAULT_CANCELLED, /* Ctrl-C, or the program was asked to end */
    FAULT_NAME,      /* no such host */
    FAULT_CONNECT,   /* refused, or not reachable */
    FAULT_TLS,       /* certificate or handshake */
    FAULT_TIME,      /* some time-out */
    FAULT_DROPPED,   /* the connection broke */
    FAULT_LARGE,     /* the reply is beyond the cap */
    FAULT_REDIRECT,  /* to somewhere else */
    FAULT_STATUS,    /* an HTTP status that is no success; `status` has it */
    FAULT_STOPPED,   /* the taker wanted no more; no error is set */
};

struct endpoint;

struct endpoint_request {
    const char *path; /* behind the url: "/chat/completions" */
    const char *body; /* JSON to post; NULL: a GET */
    size_t length;
    double seconds; /* for all of it */
    /* Takes the body of a good reply as it comes; false: no more is wanted. NULL: it is
     * collected. */
    bool (*take)(void *state, const char *bytes, size_t length);
    /* Called some ten times a second while waiting; may be NULL. */
    void (*wait)(void *state, double seconds);
    void *state;
};

struct endpoint_reply {
    enum endpoint_fault fault;
    long status; /* 0: there was none */
    int tries;
    struct buffer body; /* of a reply that was no success, at most ENDPOINT_ERROR_MAX; of
                           a good one when nobody took it */
};
enum { ENDPOINT_ERROR_MAX = 64 << 10 };

/* Borrows the settings, which must be complete and outlive it. Opens nothing. */
struct endpoint *endpoint_new(const struct endpoint_settings *settings)
    __attribute__((warn_unused_result));
void endpoint_free(struct endpoint *endpoint);

/* 0 when the status was 2xx and the whole body was taken; else -1 and an error (code
 * ERROR_NETWORK). The reply is to be released in both cases. */
int endpoint_call(struct endpoint *endpoint, const struct endpoint_request *request,
                  struct endpoint_reply *reply, struct error *e)
    __attribute__((warn_unused_result));
void endpoint_reply_release(struct endpoint_reply *reply);

/* "libcurl/7.88.1 OpenSSL/3.0.15 ...", or NULL when it is not installed. Loads it. */
const char *endpoint_library_version(void);

#endif
