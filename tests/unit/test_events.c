/* Server-sent events, whatever the line ends and however the bytes are cut. */
#include <string.h>

#include "judge/events.h"
#include "table.h"

static bool collect(void *state, const char *data, size_t length)
{
    struct buffer *all = state;
    buffer_add_char(all, '<');
    buffer_add(all, data, length);
    buffer_add_char(all, '>');
    return length != 4 || memcmp(data, "stop", 4) != 0;
}

static const struct {
    int row;
    const char *stream, *want;
} cases[] = {
    ROW("data: a\n\ndata: b\n\n", "<a><b>"),
    ROW("data: a\r\n\r\ndata: b\r\n\r\n", "<a><b>"),
    ROW("data: a\r\rdata: b\r\r", "<a><b>"),
    ROW("data: a\n\r\ndata: b\r\n\n", "<a><b>"),
    ROW("data:a\n\n", "<a>"),
    ROW("data:  a\n\n", "< a>"),
    ROW("data: a\ndata: b\n\n", "<a\nb>"),
    ROW("data\n\n", "<>"),
    ROW("data\ndata\n\n", "<\n>"),
    ROW("data:\n\n", "<>"),
    ROW("\n\n\n", ""),
    ROW(": a comment\n\ndata: a\n\n", "<a>"),
    ROW("event: x\nid: 7\nretry: 10\ndata: a\n\n", "<a>"),
    ROW("database: a\n\n", ""),
    ROW(" data: a\n\n", ""),
    ROW("\xef\xbb\xbf"
        "data: a\n\n",
        "<a>"),
    ROW("data: b\n\n\xef\xbb\xbf"
        "data: a\n\n",
        "<b>"),
    ROW("data: gr\xc3\xb6\xc3\x9f"
        "er\n\n",
        "<gr\xc3\xb6\xc3\x9f"
        "er>"),
    ROW("data: a", "<a>"), /* some servers leave out the end */
    ROW("data: a\n", "<a>"),
    ROW("data: a\n\ndata: stop\n\ndata: b\n\n", "<a><stop>"),
    ROW("data: {\"x\": 1}\n\ndata: [DONE]\n\n", "<{\"x\": 1}><[DONE]>"),
};

/* In pieces of `size` bytes. */
static void read_in_pieces(const char *stream, size_t size, struct buffer *got)
{
    struct events v;
    size_t length = strlen(stream);
    bool more = true;
    events_init(&v, collect, got);
    for (size_t at = 0; at < length && more; at += size)
        more = events_feed(&v, stream + at, length - at < size ? length - at : size);
    events_end(&v);
    events_release(&v);
}

static void test_streams(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++)
        for (size_t size = 1; size <= strlen(cases[i].stream); size++) {
            struct buffer got = BUFFER_INIT;
            read_in_pieces(cases[i].stream, size, &got);
            if (strcmp(got.data, cases[i].want) != 0)
                row_fails(__FILE__, cases[i].row, "in pieces of %zu: '%s'", size,
                          got.data);
            buffer_release(&got);
        }
    table_ends();
}

static void test_too_large(void **state)
{
    (void)state;
    struct events v;
    struct buffer got = BUFFER_INIT;
    char piece[4096];
    bool more = true;
    memset(piece, 'x', sizeof(piece));
    events_init(&v, collect, &got);
    assert_true(events_feed(&v, "data: ", 6));
    for (size_t i = 0; i < 2 * EVENTS_DATA_MAX / sizeof(piece) && more; i++)
        more = events_feed(&v, piece, sizeof(piece));
    assert_false(more);
    assert_true(v.too_large);
    assert_true(v.line.length <= EVENTS_DATA_MAX);
    assert_false(events_end(&v));
    assert_int_equal(got.length, 0);
    events_release(&v);
    buffer_release(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_streams),
                                        cmocka_unit_test(test_too_large) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
