/* Reading transcripts that crashes, hands and later versions have left. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "transcript/reader.h"

#define NOTE(n) "{\"n\":" n ",\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"note\",\"text\":\"\"}"
#define BARE "{\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"note\",\"text\":\"\"}"

static const struct {
    const char *what, *text, *numbers;
    size_t problems;
    bool torn;
} rows[] = {
    { "empty", "", "", 0, false },
    { "whole", NOTE("1") "\n" NOTE("2") "\n", "1 2 ", 0, false },
    { "no newline at the end", NOTE("1") "\n" NOTE("2"), "1 2 ", 0, false },
    { "torn", NOTE("1") "\n{\"n\":2,\"t\":", "1 ", 0, true },
    { "torn within a character", NOTE("1") "\n{\"n\":2,\"text\":\"\xc3", "1 ", 0, true },
    { "a torn line in the middle", NOTE("1") "\n{\"n\":2\n" NOTE("3") "\n", "1 3 ", 1, false },
    { "blank lines and Windows' ends", "\r\n" NOTE("1") "\r\n\n \n" NOTE("2") "\r\n", "1 2 ", 0,
      false },
    { "numbers that do not rise", NOTE("5") "\n" NOTE("5") "\n" NOTE("2") "\n" NOTE("9") "\n",
      "5 6 7 9 ", 0, false },
    { "no numbers", BARE "\n" BARE "\n", "1 2 ", 0, false },
    { "numbers beyond reason", NOTE("-1") "\n" NOTE("1e300") "\n", "1 2 ", 0, false },
    { "zero bytes", "\n\n" NOTE("1") "\n", "1 ", 0, false },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct transcript t;
        struct buffer numbers = BUFFER_INIT;
        transcript_parse(&t, "x", rows[i].text, strlen(rows[i].text));
        for (size_t k = 0; k < t.count; k++)
            buffer_printf(&numbers, "%zu ", t.events[k].number);
        if (strcmp(numbers.data, rows[i].numbers) != 0 || t.problems.count != rows[i].problems ||
            t.torn != rows[i].torn)
            fail_msg("%s: '%s', %zu problems, %storn", rows[i].what, numbers.data, t.problems.count,
                     t.torn ? "" : "not ");
        buffer_release(&numbers);
        transcript_release(&t);
    }
}

static void test_place_of_a_problem(void **state)
{
    (void)state;
    struct transcript t;
    const char *text = NOTE("1") "\n" NOTE("2") "\n{\"type\":7}\n";
    transcript_parse(&t, "a.jsonl", text, strlen(text));
    assert_int_equal(t.problems.count, 1);
    const struct error *e = &t.problems.items[0];
    assert_string_equal(e->source, "a.jsonl");
    assert_int_equal(e->line, 3);
    assert_int_equal(e->column, 9);
    assert_string_equal(e->message, "'type' must be a string");
    transcript_release(&t);
}

static void test_line_too_long(void **state)
{
    (void)state;
    struct transcript t;
    struct buffer text = BUFFER_INIT;
    buffer_repeat(&text, " ", 5);
    buffer_repeat(&text, "x", TRANSCRIPT_LINE_MAX);
    buffer_add_string(&text, "\n" NOTE("2") "\n");
    transcript_parse(&t, "x", text.data, text.length);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.problems.count, 1);
    assert_int_equal(t.problems.items[0].line, 1);
    transcript_release(&t);
    buffer_release(&text);
}

/* --- finding --- */

static char folder[] = "/tmp/viva-reader-XXXXXX";

static void put(const char *name, const char *id)
{
    struct buffer text = BUFFER_INIT;
    buffer_printf(
        &text,
        "{\"n\":1,\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"session.start\",\"id\":\"%s\","
        "\"scenario\":{\"id\":\"s\"}}\n",
        id);
    char *path = path_join(folder, name);
    assert_int_equal(file_write(path, text.data, *id ? text.length : 0, 0600, NULL), 0);
    free(path);
    buffer_release(&text);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    put("20260101T000000Z-tea-aaaaaaaa.jsonl", "aaaaaaaa-1111-4000-8000-000000000000");
    put("20260102T000000Z-tea-aaaabbbb.jsonl", "aaaabbbb-1111-4000-8000-000000000000");
    put("20260103T000000Z-a-b-cccccccc.jsonl", "cccccccc-1111-4000-8000-000000000000");
    put("20260104T000000Z-a-b-cccccccc.jsonl", "cccccccc-2222-4000-8000-000000000000");
    put("20260105T000000Z-tea-dddddddd.jsonl", ""); /* a crash before the first line */
    put("notes.jsonl", "x");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char **names;
    size_t count = folder_list(folder, ".jsonl", &names);
    for (size_t i = 0; i < count; i++) {
        char *path = path_join(folder, names[i]);
        unlink(path);
        free(path);
        free(names[i]);
    }
    free(names);
    return rmdir(folder);
}

static const struct {
    const char *id, *found, *message;
} searches[] = {
    { NULL, "20260104T000000Z-a-b-cccccccc.jsonl", NULL },
    { "aaaaa", "20260101T000000Z-tea-aaaaaaaa.jsonl", NULL },
    { "aaaabbbb", "20260102T000000Z-tea-aaaabbbb.jsonl", NULL },
    { "aaaabbbb-1111", "20260102T000000Z-tea-aaaabbbb.jsonl", NULL },
    { "cccccccc-2", "20260104T000000Z-a-b-cccccccc.jsonl", NULL },
    { "20260102T000000Z-tea-aaaabbbb", "20260102T000000Z-tea-aaaabbbb.jsonl", NULL },
    { "notes.jsonl", "notes.jsonl", NULL },
    { "aaaa", NULL, "more than one transcript begins with 'aaaa': aaaaaaaa and aaaabbbb" },
    { "aaaabbbb-2", NULL, "no transcript 'aaaabbbb-2' in '/tmp/viva-reader-" },
    { "", NULL, "no transcript '' in '/tmp/viva-reader-" },
    { "tea", NULL, "no transcript 'tea' in" },
};

static void test_searches(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
        struct error e;
        error_init(&e);
        char *path = transcript_find(folder, searches[i].id, &e);
        const char *name = path ? strrchr(path, '/') + 1 : NULL;
        if (!name != !searches[i].found || (name && strcmp(name, searches[i].found) != 0))
            fail_msg("row %zu: %s, %s", i, name ? name : "none", e.message);
        if (searches[i].message &&
            strncmp(e.message, searches[i].message, strlen(searches[i].message)) != 0)
            fail_msg("row %zu: %s", i, e.message);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_place_of_a_problem),
        cmocka_unit_test(test_line_too_long),
        cmocka_unit_test(test_searches),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
