#include "judge/events.h"

#include <string.h>

void events_init(struct events *v, events_taker *take, void *state)
{
    *v = (struct events) {
        .line = BUFFER_INIT, .data = BUFFER_INIT, .take = take, .state = state
    };
}

void events_release(struct events *v)
{
    buffer_release(&v->line);
    buffer_release(&v->data);
}

static void hand_over(struct events *v)
{
    if (v->has_data && !v->take(v->state, v->data.data, v->data.length))
        v->stopped = true;
    v->has_data = false;
    buffer_clear(&v->data);
}

static void add_data(struct events *v, const char *text, size_t length)
{
    if (v->data.length + length + 1 > EVENTS_DATA_MAX) {
        v->too_large = true;
        return;
    }
    if (v->has_data)
        buffer_add_char(&v->data, '\n');
    v->has_data = true;
    buffer_add(&v->data, text, length);
}

static void end_line(struct events *v)
{
    const char *line = v->line.data;
    size_t length = v->line.length;
    if (!v->begun && length >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
        line += 3;
        length -= 3;
    }
    v->begun = true;
    if (length == 0) {
        hand_over(v);
    } else if (length >= 4 && !memcmp(line, "data", 4) &&
               (length == 4 || line[4] == ':')) {
        size_t skip = length > 5 && line[5] == ' ' ? 6 : length > 4 ? 5 : 4;
        add_data(v, line + skip, length - skip);
    }
    buffer_clear(&v->line);
}

bool events_feed(struct events *v, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length && !v->stopped && !v->too_large;) {
        if (v->after_cr && bytes[at] == '\n') {
            v->after_cr = false;
            at++;
            continue;
        }
        v->after_cr = false;
        size_t run = 0;
        while (at + run < length && bytes[at + run] != '\n' && bytes[at + run] != '\r')
            run++;
        if (v->line.length + run > EVENTS_DATA_MAX) {
            v->too_large = true;
            break;
        }
        buffer_add(&v->line, bytes + at, run);
        at += run;
        if (at == length)
            break;
        v->after_cr = bytes[at++] == '\r';
        end_line(v);
    }
    return !v->stopped && !v->too_large;
}

bool events_end(struct events *v)
{
    if (v->stopped || v->too_large)
        return false;
    if (v->line.length)
        end_line(v);
    hand_over(v);
    return !v->stopped && !v->too_large;
}
