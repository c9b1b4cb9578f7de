/* A transcript: read with forgiveness; what was read is written and read again as the
 * same, but for digits of a fraction beyond the twelfth, which are not written. */
#include "fuzz.h"

#include "transcript/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct transcript t, again;
    struct buffer out = BUFFER_INIT, twice = BUFFER_INIT;
    transcript_parse(&t, "transcript", (const char *)data, size);
    for (size_t i = 0; i < t.problems.count; i++)
        must(t.problems.items[i].message[0] && t.problems.items[i].line >= 1);
    for (size_t i = 0; i < t.count; i++) {
        must(i == 0 || t.events[i].number > t.events[i - 1].number);
        must(event_text(&t.events[i], "text") != NULL);
        if (t.events[i].type == EVENT_SAY)
            event_say_kind(&t.events[i]);
        event_write(&t.events[i], &out);
    }
    transcript_start(&t);
    transcript_ended(&t);
    transcript_parse(&again, "written again", out.data, out.length);
    must(!again.torn && error_list_total(&again.problems) == 0 && again.count == t.count);
    for (size_t i = 0; i < t.count; i++) {
        must(t.events[i].type == again.events[i].type);
        must(t.events[i].number == again.events[i].number);
        event_write(&again.events[i], &twice);
    }
    must(out.length == twice.length &&
         (!out.length || !memcmp(out.data, twice.data, out.length)));
    buffer_release(&twice);
    transcript_release(&again);
    transcript_release(&t);
    buffer_release(&out);
    return 0;
}
