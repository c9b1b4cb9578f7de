/* RFC 3339 text, both ways, and days where the computer stands. */
#define _DEFAULT_SOURCE
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"
#include "table.h"

static const struct {
    int row;
    int64_t ms;
    const char *text, *basic;
} formats[] = {
    ROW(0, "1970-01-01T00:00:00Z", "19700101T000000Z"),
    ROW(INT64_C(1795169700123), "2026-11-20T10:15:00.123Z", "20261120T101500Z"),
    ROW(INT64_C(1795169700000), "2026-11-20T10:15:00Z", "20261120T101500Z"),
    ROW(INT64_C(951782400000), "2000-02-29T00:00:00Z", "20000229T000000Z"),
    ROW(INT64_C(253402300799999), "9999-12-31T23:59:59.999Z", "99991231T235959Z"),
    ROW(1, "1970-01-01T00:00:00.001Z", "19700101T000000Z"),
};

static void test_formats(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(formats); i++) {
        char text[TIME_TEXT_SIZE], basic[TIME_TEXT_SIZE];
        int64_t back = 1;
        time_format(formats[i].ms, text);
        time_format_basic(formats[i].ms, basic);
        if (strcmp(text, formats[i].text) != 0 || strcmp(basic, formats[i].basic) != 0)
            row_fails(__FILE__, formats[i].row, "%s and %s", text, basic);
        if (!time_parse(text, &back) || back != formats[i].ms)
            row_fails(__FILE__, formats[i].row, "'%s' is read as %lld", text, (long long)back);
    }
    table_ends();
}

/* A clock that is set before 1970 is shown at its beginning. */
static void test_before_1970(void **state)
{
    (void)state;
    char text[TIME_TEXT_SIZE];
    time_format(-1, text);
    assert_string_equal(text, "1970-01-01T00:00:00Z");
    time_format_basic(INT64_MIN, text);
    assert_string_equal(text, "19700101T000000Z");
}

static const struct {
    int row;
    const char *text;
    bool good;
    int64_t ms;
} parses[] = {
    ROW("2026-11-20T10:15:00Z", true, INT64_C(1795169700000)),
    ROW("2026-11-20T12:15:00+02:00", true, INT64_C(1795169700000)),
    ROW("2026-11-20T04:45:00-05:30", true, INT64_C(1795169700000)),
    ROW("2026-11-20T10:15:00.5Z", true, INT64_C(1795169700500)),
    ROW("2026-11-20T10:15:00.123456Z", true, INT64_C(1795169700123)),
    ROW("2028-02-29T00:00:00Z", true, INT64_C(1835395200000)),
    ROW("2016-12-31T23:59:60Z", true, INT64_C(1483228800000)),
    ROW("2026-11-20T10:15:00-24:00", false, 0),
    ROW("2026-11-20T10:15:-1Z", false, 0),
    ROW(" 2026-11-20T10:15:00Z", false, 0),
    ROW("1969-11-20T10:15:00Z", false, 0),
    ROW("2026-02-29T10:15:00Z", false, 0),
    ROW("2026-13-01T10:15:00Z", false, 0),
    ROW("2026-00-01T10:15:00Z", false, 0),
    ROW("2026-11-31T10:15:00Z", false, 0),
    ROW("2026-11-20T24:15:00Z", false, 0),
    ROW("2026-11-20T10:60:00Z", false, 0),
    ROW("2026-11-20T10:15:00", false, 0),
    ROW("2026-11-20", false, 0),
    ROW("2026-11-20T10:15:00Zx", false, 0),
    ROW("2026-11-20T10:15:00.Z", false, 0),
    ROW("2026-11-20T10:15:00+2:00", false, 0),
    ROW("20261120T101500Z", false, 0),
    ROW("yesterday", false, 0),
    ROW("", false, 0),
    ROW("99999-11-20T10:15:00Z", false, 0),
};

static void test_parses(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(parses); i++) {
        int64_t ms = 0;
        bool good = time_parse(parses[i].text, &ms);
        if (good != parses[i].good || (good && ms != parses[i].ms))
            row_fails(__FILE__, parses[i].row, "'%s' is %s, %lld", parses[i].text,
                      good ? "a time" : "none", (long long)ms);
    }
    table_ends();
}

static const struct {
    int row;
    const char *zone, *text;
    bool good;
    const char *from, *to; /* the first millisecond, and the first one after it */
} spans[] = {
    ROW("UTC", "2026-11-20", true, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"),
    ROW("UTC", "2026-11-30", true, "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z"),
    ROW("UTC", "2028-02-29", true, "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z"),
    ROW("UTC", "2026-12", true, "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ROW("UTC", "2026", true, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ROW("EST5EDT", "2026-11-20", true, "2026-11-20T05:00:00Z", "2026-11-21T05:00:00Z"),
    ROW("EST5EDT", "2026-11-01", true, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
    ROW("EST5EDT", "2026-11-20T10:15:00Z", true, "2026-11-20T10:15:00Z",
        "2026-11-20T10:15:00.001Z"),
    ROW("UTC", "2026-02-29", false, NULL, NULL),
    ROW("UTC", "2026-13", false, NULL, NULL),
    ROW("UTC", "2026-1", false, NULL, NULL),
    ROW("UTC", "1969", false, NULL, NULL),
    ROW("UTC", "20261", false, NULL, NULL),
    ROW("UTC", "2026-11-2", false, NULL, NULL),
    ROW("UTC", "2026-11-20 10:15", false, NULL, NULL),
    ROW("UTC", "yesterday", false, NULL, NULL),
    ROW("UTC", "", false, NULL, NULL),
};

static void use_zone(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

static void test_spans(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(spans); i++) {
        int64_t from = 0, to = 0;
        char first[TIME_TEXT_SIZE], after[TIME_TEXT_SIZE];
        use_zone(spans[i].zone);
        bool good = time_parse_span(spans[i].text, &from, &to);
        time_format(from, first);
        time_format(to, after);
        if (good != spans[i].good ||
            (good && (strcmp(first, spans[i].from) != 0 || strcmp(after, spans[i].to) != 0)))
            row_fails(__FILE__, spans[i].row, "'%s' is %s, %s to %s", spans[i].text,
                      good ? "a span" : "none", first, after);
    }
    table_ends();
}

static void test_local(void **state)
{
    (void)state;
    char text[TIME_TEXT_SIZE];
    use_zone("EST5EDT");
    time_format_local(INT64_C(1795169700123), text);
    assert_string_equal(text, "2026-11-20 05:15");
    use_zone("UTC");
    time_format_local(INT64_C(1795169700123), text);
    assert_string_equal(text, "2026-11-20 10:15");
}

static void test_system(void **state)
{
    (void)state;
    int64_t before = time_system.ticks(time_system.state);
    assert_true(time_system.now(time_system.state) > INT64_C(1600000000000));
    assert_true(time_system.ticks(time_system.state) >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats),
        cmocka_unit_test(test_before_1970),
        cmocka_unit_test(test_parses),
        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_local),
        cmocka_unit_test(test_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
