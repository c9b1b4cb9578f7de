/*
 * keep.h - what is remembered about models between one call and the next.
 *
 *   $XDG_CACHE_HOME/viva/verdicts/<hash>.json   replies, so that nothing is paid twice
 *   $XDG_CACHE_HOME/viva/endpoints.json         what a server was found not to know
 *   $XDG_STATE_HOME/viva/consent                hosts that were said yes to, one a line
 *
 * The first two may be deleted at any time. All are readable by their owner alone. What
 * cannot be read or written is as good as not there, but for a yes that cannot be kept.
 */
#ifndef VIVA_JUDGE_KEEP_H
#define VIVA_JUDGE_KEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "judge/completion.h"
#include "judge/request.h"
#include "judge/settings.h"

enum { KEEP_HASH_SIZE = 33 };
/* Thirty-two hexadecimal digits for these bytes and a run. */
void keep_hash(const char *bytes, size_t length, int run, char *hash);

/* False when there is no such reply. It is not to be trusted more than one that comes
 * from the server. */
bool keep_reply_read(const char *hash, struct completion *out);
void keep_reply_write(const char *hash, const struct completion *reply);

/* What is known of an endpoint and model. */
struct endpoint_known {
    enum request_form form;
    bool temperature;
};
struct endpoint_known keep_known_read(const struct endpoint_settings *settings);
void keep_known_write(const struct endpoint_settings *settings,
                      const struct endpoint_known *known);

/* Whether the host may be sent anything: by the configuration, or because a person has
 * said yes. */
bool keep_consent(const struct endpoint_settings *settings);
int keep_consent_give(const struct endpoint_settings *settings, struct error *e);

#endif
