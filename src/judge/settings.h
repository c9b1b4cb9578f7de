/*
 * settings.h - which model, where, with which key, and how long to wait for it.
 *
 * From $XDG_CONFIG_HOME/viva/config.json (docs/schema/config.schema.json), the
 * environment over it, the caller's options over both. Without an address there is no
 * endpoint, and nothing is ever sent.
 *
 * The key is a secret: it is taken out of the environment as soon as it is read, so that
 * no child and no list of processes shows it, and from then on the process leaves no core
 * behind. A file that holds one must be readable by its owner alone. OPENAI_API_KEY goes
 * to OPENAI_BASE_URL and to
 * openai.com, nowhere else; a key that stands in the file beside an address goes to that
 * host alone.
 */
#ifndef VIVA_JUDGE_SETTINGS_H
#define VIVA_JUDGE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

struct endpoint_settings {
    char *url;     /* without a slash at its end: "http://localhost:11434/v1"; NULL: not
                      configured */
    char *model;   /* NULL: not configured */
    char *key;     /* NULL: none is sent */
    char *host;    /* of the url, with its port if it names one; what messages call the
                      endpoint */
    char *ca_file; /* NULL: the system's */
    double connect, first,
        whole; /* seconds: to connect, to the first byte, for a request and its retries */
    double talk;    /* seconds: for one reply in a session */
    double backoff; /* seconds before the first retry, doubled for each further one */
    int retries;
    size_t reply_bytes;         /* a reply larger than this is not read */
    double price_in, price_out; /* for a million tokens; below 0: not configured */
    char *currency;
    ARRAY(char *) redact;  /* words that --redact hides */
    ARRAY(char *) consent; /* hosts that the configuration says yes to */
    const char *url_from,
        *key_from; /* what they were read from, for doctor; NULL: nothing */
    char *path;    /* of the file, whether it is there or not; NULL without a home */
};

/* What the command line says; NULL where it says nothing. */
struct settings_options {
    const char *url, *model;
};

/* Reads all of it. 0, or -1 with an error for each mistake. Release it in both cases. */
int settings_load(struct endpoint_settings *s, const struct settings_options *options,
                  struct error_list *errors);
void settings_release(struct endpoint_settings *s);

/* Writes zeros over a secret, up to its end; NULL is fine. */
void settings_forget(char *secret);

/* Whether there is an address and a model; the error says what to set. */
bool settings_complete(const struct endpoint_settings *s, struct error *e);

/* Whether the endpoint is this machine: localhost, 127.0.0.0/8 or [::1]. */
bool settings_is_local(const struct endpoint_settings *s);

#endif
