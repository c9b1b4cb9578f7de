/*
 * partner.h - a remote model that words the interviewer's questions. What to ask about,
 * and whether, is decided by the caller; the model knows the problem, what was said, and
 * the facts that were asked for.
 *
 * Its words are handed over one by one as they come, and each is looked at first: a
 * figure that nobody has named, a reply that goes on and on, or one that asks nothing
 * ends it with an error. It ends at its first question mark; what would follow is not
 * read. Control characters are made harmless.
 */
#ifndef VIVA_JUDGE_PARTNER_H
#define VIVA_JUDGE_PARTNER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "judge/request.h"
#include "judge/settings.h"

enum { PARTNER_WORDS_MAX = 400 }; /* bytes of a question */

/* Why there is no question. */
enum partner_fault {
    PARTNER_FINE,
    PARTNER_ENDPOINT,  /* it cannot be asked */
    PARTNER_CANCELLED, /* Ctrl-C */
    PARTNER_WORDS,     /* what it said is not to be shown */
};

struct partner;

/* Borrows the settings, which must be complete and outlive it. `redact`: hide the words
 * that they name. */
struct partner *partner_new(const struct endpoint_settings *settings, bool redact)
    __attribute__((warn_unused_result));
void partner_free(struct partner *partner);

const char *partner_name(const struct partner *partner); /* "llm:<model>" */
const char *partner_host(const struct partner *partner);

/* Where the words go while they come. */
struct partner_listener {
    void (*word)(void *state, const char *word, size_t length); /* without spaces */
    void (*wait)(void *state, double seconds); /* while there is none yet; may be NULL */
    void *state;
};

/* The exact body that partner_ask() would post, with a fence of its own. */
void partner_show(const struct partner *partner, const struct talk_request *question,
                  struct buffer *body);

/* Asks; `question` is without model, temperature and fence, which are filled in. The
 * whole of it is appended to `text`. On anything but PARTNER_FINE the error says why, and
 * `text` is what came before. */
enum partner_fault partner_ask(struct partner *partner,
                               const struct talk_request *question,
                               const struct partner_listener *listener,
                               struct buffer *text, struct error *e);

#endif
