/*
 * events.h - server-sent events (WHATWG HTML, section 9.2), read as the bytes come in.
 * Pure.
 *
 * Lines may end in LF, CR or CRLF, and a chunk may end anywhere, in the middle of a
 * character too. Only `data` matters here: its lines are joined with LF and handed over
 * at the blank line that ends the event; names, ids, retry times and comments are passed
 * over.
 */
#ifndef VIVA_JUDGE_EVENTS_H
#define VIVA_JUDGE_EVENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum { EVENTS_DATA_MAX = 1 << 20 }; /* bytes of one line, and of one event's data */

/* Takes the data of one event; false: no more is wanted. */
typedef bool events_taker(void *state, const char *data, size_t length);

struct events {
    struct buffer line, data;
    bool has_data;  /* a data line, maybe an empty one */
    bool after_cr;  /* an LF that comes now belongs to the CR before it */
    bool begun;     /* a byte order mark can only stand before all else */
    bool stopped;   /* the taker wanted no more */
    bool too_large; /* so nothing more is read */
    events_taker *take;
    void *state;
};

void events_init(struct events *v, events_taker *take, void *state);
void events_release(struct events *v);

/* False when the taker has said stop, or a line or event is beyond EVENTS_DATA_MAX. */
bool events_feed(struct events *v, const char *bytes, size_t length);

/* The stream is over: hands over what a last line or blank line was missing for. */
bool events_end(struct events *v);

#endif
