/* A stream of events: the same data comes out however it is cut; what a model streams is
 * read to its end. */
#include "fuzz.h"

#include "judge/completion.h"
#include "judge/events.h"

static bool collect(void *state, const char *data, size_t length)
{
    struct buffer *all = state;
    must(length <= EVENTS_DATA_MAX && data[length] == '\0');
    buffer_printf(all, "%zu:", length);
    buffer_add(all, data, length);
    return true;
}

static bool read_chunk(void *state, const char *data, size_t length)
{
    struct completion *c = state;
    struct error e;
    error_init(&e);
    int result = completion_add(c, data, length, &e);
    must((result == 0) == (e.code == ERROR_NONE));
    must(c->tokens_in >= -1 && c->tokens_out >= -1);
    return result == 0;
}

/* Pieces of 1 to `most` bytes, by what stands in the data itself. */
static void feed(events_taker *take, void *state, const uint8_t *data, size_t size,
                 size_t most)
{
    struct events v;
    bool more = true;
    events_init(&v, take, state);
    for (size_t at = 0; at < size && more;) {
        size_t piece = 1 + data[at] % most;
        piece = piece < size - at ? piece : size - at;
        more = events_feed(&v, (const char *)data + at, piece);
        at += piece;
    }
    events_end(&v);
    events_release(&v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer whole = BUFFER_INIT, pieces = BUFFER_INIT, bytes = BUFFER_INIT;
    struct completion c;
    struct events v;
    events_init(&v, collect, &whole);
    events_feed(&v, (const char *)data, size);
    events_end(&v);
    events_release(&v);
    feed(collect, &pieces, data, size, 7);
    feed(collect, &bytes, data, size, 1);
    must(whole.length == pieces.length && !memcmp(whole.data, pieces.data, whole.length));
    must(whole.length == bytes.length && !memcmp(whole.data, bytes.data, whole.length));
    completion_init(&c);
    feed(read_chunk, &c, data, size, 64);
    completion_check(&c, NULL);
    completion_release(&c);
    buffer_release(&whole);
    buffer_release(&pieces);
    buffer_release(&bytes);
    return 0;
}
