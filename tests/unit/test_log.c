/* Writing transcripts: whole lines or none, kept when they cannot be written, locked. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "transcript/log.h"

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/viva-log-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
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

static struct log *make(void)
{
    struct error e;
    error_init(&e);
    struct log *log = log_create(folder, "tea", "3f2a91c0-0000-4000-8000-000000000001", 0, &e);
    if (!log)
        fail_msg("%s", e.message);
    return log;
}

static int append(struct log *log, const char *text)
{
    struct event e;
    event_init(&e, EVENT_NOTE, 0);
    event_set(&e, "text", text);
    int result = log_append(log, &e, NULL);
    event_release(&e);
    return result;
}

/* Texts of all notes in the file, with their numbers: "1 a, 2 b, ". */
static char *notes_of(const char *path)
{
    struct transcript t;
    struct buffer out = BUFFER_INIT;
    assert_int_equal(transcript_read(&t, path, NULL), 0);
    for (size_t i = 0; i < t.count; i++)
        buffer_printf(&out, "%zu %.3s, ", t.events[i].number, event_text(&t.events[i], "text"));
    buffer_printf(&out, "%zu bad", t.problems.count);
    transcript_release(&t);
    return buffer_detach(&out);
}

static void expect_notes(const char *path, const char *want)
{
    char *got = notes_of(path);
    assert_string_equal(got, want);
    free(got);
}

static void test_new_file(void **state)
{
    (void)state;
    struct log *log = make();
    struct stat st;
    char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
    assert_string_equal(log_path(log), path);
    assert_int_equal(append(log, "one"), 0);
    assert_int_equal(append(log, "two"), 0);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    log_close(log);
    expect_notes(path, "1 one, 2 two, 0 bad");
    free(path);
}

static void test_same_name_twice(void **state)
{
    (void)state;
    struct error e;
    error_init(&e);
    log_close(make());
    assert_null(log_create(folder, "tea", "3f2a91c0-0000-4000-8000-000000000001", 0, &e));
    assert_int_equal(e.code, ERROR_STORAGE);
}

static void test_numbers_go_on(void **state)
{
    (void)state;
    struct log *log = make();
    char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
    append(log, "one");
    log_close(log);
    struct transcript t;
    log = log_open(path, NULL);
    assert_non_null(log);
    assert_int_equal(log_read(log, &t, NULL), 0);
    transcript_release(&t);
    append(log, "two");
    log_close(log);
    expect_notes(path, "1 one, 2 two, 0 bad");
    free(path);
}

static void add_bytes(const char *path, const char *bytes)
{
    struct buffer all = BUFFER_INIT;
    file_read(path, 1 << 20, &all, NULL);
    buffer_add_string(&all, bytes);
    file_write(path, all.data, all.length, 0600, NULL);
    buffer_release(&all);
}

/* What stands behind the last newline, and what the file reads as after one more append. */
static const struct {
    const char *tail, *notes;
} tails[] = {
    { "{\"n\":2,\"t\":\"2026-11-20T1", "1 one, 2 new, 1 bad" },
    { "{\"n\":2,\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"note\",\"text\":\"who\"}",
      "1 one, 2 who, 3 new, 0 bad" },
    { "\n", "1 one, 2 new, 0 bad" },
};

static void test_torn_tail(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
        struct log *log = make();
        char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
        append(log, "one");
        log_close(log);
        add_bytes(path, tails[i].tail);
        struct transcript t;
        log = log_open(path, NULL);
        assert_int_equal(log_read(log, &t, NULL), 0);
        transcript_release(&t);
        append(log, "new");
        log_close(log);
        expect_notes(path, tails[i].notes);
        unlink(path);
        free(path);
    }
}

/* A limit on the file's size stands for a full disk: it cuts a write short just the same. */
static void limit(rlim_t bytes)
{
    struct rlimit size;
    getrlimit(RLIMIT_FSIZE, &size);
    size.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &size);
}

static void test_full_disk(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct log *log = make();
    char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
    struct stat before, after;
    append(log, "one");
    stat(path, &before);
    for (rlim_t room = 0; room < 70; room += 23) { /* not a byte, half a line, most of one */
        limit((rlim_t)before.st_size + room);
        assert_int_equal(append(log, "two"), -1);
        stat(path, &after);
        assert_int_equal(before.st_size, after.st_size);
    }
    assert_int_equal(log_waiting(log), 4);
    assert_int_equal(strncmp(log_waiting_text(log), "{\"n\":2,", 7), 0);
    assert_int_equal(log_flush(log, NULL), -1);
    limit(RLIM_INFINITY);
    assert_int_equal(append(log, "six"), 0);
    assert_int_equal(log_waiting(log), 0);
    log_close(log);
    expect_notes(path, "1 one, 2 two, 3 two, 4 two, 5 two, 6 six, 0 bad");
    free(path);
}

/* Somebody's editor put a new file in the place of ours: what we write would be gone. */
static void test_replaced_file(void **state)
{
    (void)state;
    struct log *log = make();
    append(log, "one");
    add_bytes(log_path(log), ""); /* by way of a rename */
    assert_int_equal(append(log, "two"), -1);
    assert_int_equal(log_waiting(log), 1);
    log_close(log);
}

static void test_lines_added_by_hand(void **state)
{
    (void)state;
    struct log *log = make();
    append(log, "one");
    FILE *file = fopen("/dev/null", "a");
    fclose(file);
    char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
    pid_t child = fork(); /* in this process closing the file would drop the lock */
    if (child == 0) {
        file = fopen(path, "a");
        fputs("{\"t\":\"2026-11-20T10:15:00Z\",\"type\":\"note\",\"text\":\"by hand\"}\n", file);
        fclose(file);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    append(log, "two");
    log_close(log);
    expect_notes(path, "1 one, 2 by , 3 two, 0 bad");
    free(path);
}

static void test_lock(void **state)
{
    (void)state;
    struct log *log = make();
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        struct error e;
        error_init(&e);
        char want[160];
        snprintf(want, sizeof(want), "'%s' is open in another viva (process %ld)", log_path(log),
                 (long)parent);
        bool told = !log_open(log_path(log), &e) && !strcmp(e.message, want) &&
                    log_holder(log_path(log)) == parent;
        _exit(told ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    char *path = path_join(folder, "19700101T000000Z-tea-3f2a91c0.jsonl");
    log_close(log);
    assert_int_equal(log_holder(path), 0);
    free(path);
}

static void test_no_folder(void **state)
{
    (void)state;
    struct error e;
    error_init(&e);
    assert_null(log_create("/dev/null/x", "tea", "3f2a91c0", 0, &e));
    assert_int_equal(e.code, ERROR_STORAGE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_new_file),
        TEST(test_same_name_twice),
        TEST(test_numbers_go_on),
        TEST(test_torn_tail),
        TEST(test_full_disk),
        TEST(test_replaced_file),
        TEST(test_lines_added_by_hand),
        TEST(test_lock),
        TEST(test_no_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
