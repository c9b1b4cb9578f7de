/* Numbers with units, as people write them; what looks like one and is none; ranges. */
#include <math.h>
#include <string.h>

#include "scoring/quantity_range.h"
#include "scoring/text.h"
#include "table.h"

enum { NONE = QUANTITY_NUMBER };

#define COUNT QUANTITY_COUNT
#define RATE QUANTITY_RATE
#define BYTES QUANTITY_BYTES
#define DURATION QUANTITY_DURATION
#define PERCENT QUANTITY_PERCENT

/* The first quantity of a text, and its value in the base unit; NONE: there is none. */
static const struct {
    int row;
    const char *text;
    int kind;
    double value;
} cases[] = {
    /* rates */
    ROW("40 writes/s", RATE, 40),
    ROW("4,3M a month", RATE, 4.3e6 / 2592000),
    ROW("99,95%", PERCENT, 99.95),
    ROW("4,3 or 5", COUNT, 4),
    ROW("5,300M", COUNT, 5300e6),
    ROW("200.000 rows", COUNT, 200000),
    ROW("1.200.000", COUNT, 1200000),
    ROW("5.000.000 / 14.400", COUNT, 5000000),
    ROW("14.400 s, 5.000.000 in all", DURATION, 14400),
    ROW("1,5 of 5.000.000", COUNT, 1.5),
    ROW("0.125 of 5.000.000", COUNT, 0.125),
    ROW("1.200 of 10.200.100.250", COUNT, 1.2), /* an address */
    ROW("1.200 in 1.200.5", COUNT, 1.2),        /* a version */
    ROW("1.125 of 10.1.100.200", COUNT, 1.125),
    ROW("1.125 of v2.100.300", COUNT, 1.125),
    ROW("5.250.000.000 rows", COUNT, 5.25e9),
    ROW("99.995% of 5.000.000", PERCENT, 99.995),
    ROW("99,995% of 5.000.000", PERCENT, 99.995),
    ROW("= 259 200", COUNT, 259200),
    ROW("259 200 / 50", COUNT, 259200),
    ROW("259 200 rows", COUNT, 259),
    ROW("100 requests over a month", RATE, 100 / 2592000.0),
    ROW("10 gigabits", BYTES, 1.25e9),
    ROW("99.000%", PERCENT, 99),
    ROW("40 writes per second", RATE, 40),
    ROW("40 writes a second", RATE, 40),
    ROW("115 e-mails a second", RATE, 115),
    ROW("3 million look-ups a second", RATE, 3e6),
    ROW("20 sign-in e-mails per second", RATE, 20),
    ROW("40 writes - a second", COUNT, 40),
    ROW("~40 wps", RATE, 40),
    ROW("40 w/s", RATE, 40),
    ROW("40/s", RATE, 40),
    ROW("40 /s", RATE, 40),
    ROW("40 per second", RATE, 40),
    ROW("40 reads and 2 writes", COUNT, 40),
    ROW("4000 QPS", RATE, 4000),
    ROW("4k rps", RATE, 4000),
    ROW("4K req/s", RATE, 4000),
    ROW("4,000 requests per second", RATE, 4000),
    ROW("2,400 a minute", RATE, 40),
    ROW("38 500 per second", RATE, 38500),
    ROW("2 400 a minute", RATE, 40),
    ROW("1 250 000 rps", RATE, 1250000),
    ROW("100 000 links", COUNT, 100000),
    ROW("100 250 000 links", COUNT, 100250000),
    ROW("404 410", COUNT, 404), /* two codes */
    ROW("2026 100 users", COUNT, 2026),
    ROW("12 3456", COUNT, 12),
    ROW("5 12", COUNT, 5),
    ROW("2.5 100 ms", COUNT, 2.5),
    ROW("5m / 86400", COUNT, 5e6),
    ROW("5m / retry", DURATION, 300),
    ROW("20m x 300 B", COUNT, 20e6),
    ROW("20m x-ray", DURATION, 1200),
    ROW("20 M seats", COUNT, 20e6),
    ROW("5 k rps", RATE, 5000),
    ROW("2G/day", RATE, 2e9 / 86400),
    ROW("2 G messages a day", RATE, 2e9 / 86400),
    ROW("2G of heap", COUNT, 2),
    ROW("365 bils", COUNT, 365e9),
    ROW("48 kHz", RATE, 48e3),
    ROW("3 GHz", COUNT, 3), /* of a processor, no load */
    ROW("2,400 requests a minute", RATE, 40),
    ROW("2400/min", RATE, 40),
    ROW("600 rpm", RATE, 10),
    ROW("100M/month", RATE, 100e6 / 2592000),
    ROW("100M a month", RATE, 100e6 / 2592000),
    ROW("100 million links a month", RATE, 100e6 / 2592000),
    ROW("100 million new short links per month", RATE, 100e6 / 2592000),
    ROW("86400 a day", RATE, 1),
    ROW("86,400 clicks daily", RATE, 1),
    ROW("3600 calls hourly", RATE, 1),
    ROW("350M reads/day", RATE, 350e6 / 86400),
    ROW("1e6 rps", RATE, 1e6),
    ROW("100k ops/s", RATE, 1e5),
    ROW("80-100k ops/s", RATE, 8e4),
    ROW("5 to 10k rps", RATE, 5e3),
    ROW("5\xe2\x80\x93"
        "10k rps",
        RATE, 5e3),
    ROW("1M messages every day", RATE, 1e6 / 86400),
    ROW("12 jobs in a minute", RATE, 0.2),
    ROW("10 req / sec", RATE, 10),
    ROW("a million a day", RATE, 1e6 / 86400),
    ROW("ten per second", RATE, 10),
    ROW("five hundred requests per second", RATE, 500),
    ROW("100 IOPS", RATE, 100),
    ROW("600 ops/min", RATE, 10),
    ROW("500-1k rps", RATE, 500),
    ROW("10 - 5k", COUNT, 10),
    ROW("2-3 replicas", COUNT, 2),
    /* bytes */
    ROW("3TB", BYTES, 3e12),
    ROW("3 TB", BYTES, 3e12),
    ROW("3 terabytes", BYTES, 3e12),
    ROW("500 B per row", BYTES, 500),
    ROW("500 bytes", BYTES, 500),
    ROW("a 500-byte row", BYTES, 500),
    ROW("2 KB", BYTES, 2000),
    ROW("2KiB", BYTES, 2048),
    ROW("16 gigs", BYTES, 16e9),
    ROW("1.5 GB", BYTES, 1.5e9),
    ROW("1.5 PB", BYTES, 1.5e15),
    ROW("10 Gbps", BYTES, 1.25e9),
    ROW("half a terabyte", BYTES, 0.5e12),
    ROW("a few gigabytes", BYTES, 3e9),
    /* durations */
    ROW("50 ms", DURATION, 0.05),
    ROW("50ms", DURATION, 0.05),
    ROW("5-10 ms", DURATION, 0.005),
    ROW("a few ms", DURATION, 0.003),
    ROW("a couple of seconds", DURATION, 2),
    ROW("5m TTL", DURATION, 300),
    ROW("90 seconds", DURATION, 90),
    ROW("30s", DURATION, 30),
    ROW("a 30-second lease", DURATION, 30),
    ROW("24h", DURATION, 86400),
    ROW("24 hours", DURATION, 86400),
    ROW("a day", DURATION, 86400),
    ROW("an hour", DURATION, 3600),
    ROW("half an hour", DURATION, 1800),
    ROW("one minute", DURATION, 60),
    ROW("5 years", DURATION, 5 * 31536000.0),
    ROW("100 \xc2\xb5s", DURATION, 1e-4),
    ROW("100 us", DURATION, 1e-4),
    ROW("100 US customers", COUNT, 100),
    ROW("50 / US 30", COUNT, 50),
    ROW("two weeks", DURATION, 1209600),
    ROW("1.5 seconds", DURATION, 1.5),
    /* percents */
    ROW("99.99%", PERCENT, 99.99),
    ROW("99.99 %", PERCENT, 99.99),
    ROW("99.9 percent", PERCENT, 99.9),
    ROW("four nines", PERCENT, 99.99),
    ROW("5 nines", PERCENT, 99.999),
    ROW("80 pct", PERCENT, 80),
    /* counts */
    ROW("3.5 trillion", COUNT, 3.5e12),
    ROW("3.5T codes", COUNT, 3.5e12),
    ROW("half a million", COUNT, 5e5),
    ROW("a hundred million", COUNT, 1e8),
    ROW("100m users", COUNT, 1e8),
    ROW("100M users", COUNT, 1e8),
    ROW("5B rows", COUNT, 5e9),
    ROW("6bn rows", COUNT, 6e9),
    ROW("62^7", COUNT, 3521614606208.0),
    ROW("62 ^ 7", COUNT, 3521614606208.0),
    ROW("2**30", COUNT, 1073741824),
    ROW("10^9", COUNT, 1e9),
    ROW("1e9 rows", COUNT, 1e9),
    ROW("1,000,000", COUNT, 1e6),
    ROW("1_000_000", COUNT, 1e6),
    ROW("4'000", COUNT, 4000),
    ROW("10k+", COUNT, 1e4),
    ROW("2 lakh users", COUNT, 2e5),
    ROW("twenty servers", COUNT, 20),
    ROW("forty-eight terabytes", BYTES, 48e12),
    ROW("twenty five ms", DURATION, 0.025),
    ROW("thirty-two-bit ids", COUNT, 32),
    ROW("sixty oneself", COUNT, 60),
    ROW("a dozen shards", COUNT, 12),
    ROW("12 shards", COUNT, 12),
    ROW("3.5", COUNT, 3.5),
    ROW("100 thousand", COUNT, 1e5),
    ROW("17 mil users", COUNT, 17e6),
    ROW("7 characters", COUNT, 7),
    ROW("301", COUNT, 301),
    /* none */
    ROW("p99", NONE, 0),
    ROW("S3", NONE, 0),
    ROW("sha256", NONE, 0),
    ROW("v2", NONE, 0),
    ROW("base62", NONE, 0),
    ROW("utf8", NONE, 0),
    ROW("EC2", NONE, 0),
    ROW("a cache", NONE, 0),
    ROW("one of them", NONE, 0),
    ROW("a few people", NONE, 0),
    ROW("half of it", NONE, 0),
    ROW("second", NONE, 0),
    ROW("millions", NONE, 0),
    ROW("nothing", NONE, 0),
    ROW("", NONE, 0),
};

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void test_cases(void **state)
{
    (void)state;
    struct dictionary *d = dictionary_new();
    struct text text = { 0 };
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct text_part part = { cases[i].text, strlen(cases[i].text) };
        text_read(&text, d, &part, 1);
        const struct quantity *q =
            text.quantities.count ? &text.quantities.items[0].quantity : NULL;
        int kind = q ? (int)q->kind : NONE;
        double value = q ? q->value : 0;
        if (kind != cases[i].kind || !near(value, cases[i].value))
            row_fails(__FILE__, cases[i].row, "'%s' is %s %g, not %s %g", cases[i].text,
                      q ? quantity_names[kind] : "none", value,
                      cases[i].kind == NONE ? "none" : quantity_names[cases[i].kind],
                      cases[i].value);
    }
    text_release(&text);
    dictionary_free(d);
    table_ends();
}

/* Where a quantity ends, how many there are, and the number as written. */
static const struct {
    int row;
    const char *text;
    size_t count, which, start, end;
    double number;
} places[] = {
    ROW("at 40 writes/s now", 1, 0, 3, 14, 40),
    ROW("350M a day is 4,000/s", 2, 0, 0, 10, 350e6),
    ROW("350M a day is 4,000/s", 2, 1, 14, 21, 4000),
    ROW("80-100k ops/s", 2, 0, 0, 2, 8e4),
    ROW("80-100k ops/s", 2, 1, 3, 13, 1e5),
    ROW("3 TB and 5 ms", 2, 1, 9, 13, 5),
    ROW("100M / 30 / 86400", 3, 1, 7, 9, 30),
    ROW("4k*86400", 2, 1, 3, 8, 86400),
    ROW("v2 and p99 at 3 ms", 1, 0, 14, 18, 3),
};

static void test_places(void **state)
{
    (void)state;
    struct dictionary *d = dictionary_new();
    struct text text = { 0 };
    for (size_t i = 0; i < ROWS(places); i++) {
        struct text_part part = { places[i].text, strlen(places[i].text) };
        text_read(&text, d, &part, 1);
        if (text.quantities.count != places[i].count) {
            row_fails(__FILE__, places[i].row, "'%s' has %zu quantities, not %zu",
                      places[i].text, text.quantities.count, places[i].count);
            continue;
        }
        const struct quantity *q = &text.quantities.items[places[i].which].quantity;
        if (q->start != places[i].start || q->end != places[i].end ||
            !near(q->number, places[i].number))
            row_fails(__FILE__, places[i].row,
                      "'%s': number %g at %zu to %zu, not %g at %zu to %zu",
                      places[i].text, q->number, q->start, q->end, places[i].number,
                      places[i].start, places[i].end);
    }
    text_release(&text);
    dictionary_free(d);
    table_ends();
}

/* --- ranges of expressions --- */

static const struct {
    int row;
    const char *range, *text;
    bool fits;
} fits[] = {
    ROW("rate", "40 qps", true),
    ROW("rate", "40 ms", false),
    ROW("rate[20..200/s]", "40 writes/s", true),
    ROW("rate[20..200/s]", "2,400 a minute", true),
    ROW("rate[20..200/s]", "400/s", false),
    ROW("rate[20..200]", "20/s", true),
    ROW("rate[1M/day..2M/day]", "15 qps", true),
    ROW("bytes[1TB..20TB]", "3 TB", true),
    ROW("bytes[1TB..20TB]", "300 GB", false),
    ROW("bytes[80B..120B]", "100 bytes", true),
    ROW("duration[1ms..2s]", "a few ms", true),
    ROW("duration[1ms..2s]", "5 minutes", false),
    ROW("percent[99.9..100]", "four nines", true),
    ROW("percent[99.9..100]", "99%", false),
    ROW("count[3.4e12..3.6e12]", "62^7", true),
    ROW("count[301..301]", "301", true),
    ROW("count[301..301]", "302", true), /* within half a percent */
    ROW("count[301..301]", "304", false),
    ROW("count[1M..2M]", "a million", true),
    ROW("number", "40 qps", true),
    ROW("number", "99%", true),
    ROW("number[30..50]", "40 qps", true),
};

static void test_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(fits); i++) {
        struct quantity_range range;
        struct quantity q;
        const char *message = "";
        size_t where;
        size_t used = quantity_range_parse(fits[i].range, &range, &message, &where);
        if (used != strlen(fits[i].range))
            row_fails(__FILE__, fits[i].row, "#%s: %zu bytes used; %s", fits[i].range,
                      used, message);
        else if (!quantity_read(fits[i].text, strlen(fits[i].text), false, 0, &q))
            row_fails(__FILE__, fits[i].row, "'%s' is no quantity", fits[i].text);
        else if (quantity_fits(&range, &q) != fits[i].fits)
            row_fails(__FILE__, fits[i].row, "'%s' (%g) %s #%s", fits[i].text, q.value,
                      fits[i].fits ? "does not fit" : "fits", fits[i].range);
    }
    table_ends();
}

static const struct {
    int row;
    const char *range;
    size_t where;
} mistakes[] = {
    ROW("speed", 0),
    ROW("", 0),
    ROW("rate[", 5),
    ROW("rate[20", 7),
    ROW("rate[20..", 9),
    ROW("rate[20..10]", 9),
    ROW("rate[20ms..30ms]", 5),
    ROW("rate[20..30ms]", 9),
    ROW("rate[20..30", 11),
    ROW("rate[x..30]", 5),
    ROW("bytes[1 TB .. 2 apples]", 16),
};

static void test_mistakes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(mistakes); i++) {
        struct quantity_range range;
        const char *message = NULL;
        size_t where = 99;
        if (quantity_range_parse(mistakes[i].range, &range, &message, &where))
            row_fails(__FILE__, mistakes[i].row, "#%s is taken", mistakes[i].range);
        else if (!message || where != mistakes[i].where)
            row_fails(__FILE__, mistakes[i].row, "#%s: '%s' at %zu, not at %zu",
                      mistakes[i].range, message ? message : "no message", where,
                      mistakes[i].where);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_fits),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
