/*
 * Chains of arithmetic: wrong is a result that no rounding and no unit explains, and it
 * is named with what would have been right. Both sides of each kind.
 */
#include <math.h>
#include <string.h>

#include "shipped.h"

static const struct {
    int row;
    const char *text;
    double correct; /* 0: nothing is wrong */
} cases[] = {
    ROW("100M / 30 / 86400 = 4000/s", 38.58),
    ROW("100M / 30 / 86400 = 40/s", 0),
    ROW("So 250k there, and at 40k per shard (60% of 65k) that's 7 shards", 0),
    ROW("100M / 30 / 86400 = 38.6/s", 0),
    ROW("100M/30/86400=4000/s", 38.58),
    ROW("100 million / 30 / 86,400 = 4,000 writes a second", 38.58),
    ROW("100M links a month / 2.6M s = 40/s", 0),
    ROW("100M / 2.6M = 38", 0),
    ROW("100M / 2.6M = 380", 38.46),
    ROW("4k*86400 = 350M reads/day", 0),
    ROW("4k * 86400 = 35M reads/day", 345.6e6),
    ROW("4k x 86400 = 350M", 0),
    ROW("4k \xc3\x97 86400 = 3.5B", 345.6e6),
    ROW("4k \xc3\x97 86400 \xe2\x89\x88 350M", 0),
    ROW("50M * 10 * 400 friends = 200B", 0), /* no bytes take part: billions */
    ROW("50M * 10/h * 2 events * 200 friends = 200B/h", 0),
    ROW("50M * 10 * 400 friends = 20B", 2e11),
    ROW("62^7 = 3.5 trillion", 0),
    ROW("62^7 = 3.5 billion", 3521614606208),
    ROW("62^7 = 3.5", 0), /* of what was not read */
    ROW("62^7 = 3,5 bilion", 0),
    ROW("62^6 -> 21%", 0),
    ROW("2^30 keys * 2^6 bytes = 2^36 B = 6.4 GB", 68.7e9),
    ROW("100M * 0.0864 = 8.64M a day = 100/s", 0),
    ROW("100M * 0.0864 = 8.64M a day = 1,000/s", 100),
    ROW("300k * 200 = 60 MB/s = 5.2 TB a day", 0),
    ROW("2B rows at 64 bytes each is 128 GB", 0),
    ROW("2B rows at 64 bytes each is 128 MB", 128e9),
    ROW("2B messages a day at 200 bytes each is 400 GB a day", 0),
    ROW("2B messages a day at 200 bytes each is 40 GB a day", 4e11),
    ROW("2B messages a day at 200 bytes each is 40 GB a day, so 15 TB a year", 4e11),
    ROW("5M DAU x 10 requests = 50M/day, /86400 -> about 5,800 rps", 578.7),
    ROW("10 shards of 500 GB = 5 TB", 0),
    ROW("10 shards of 500 GB = 50 TB", 5e12),
    ROW("40 TB x $0.09/GB = $3,600", 0), /* the GB are not read */
    ROW("5M viewers x 3 Mbit/s = 15 Tbit/s", 0),
    ROW("5M viewers x 3 Mbit/s = 15 Gbit/s", 1.875e12),
    ROW("1 Gbit/s NIC / 8 = 125 MB/s", 0),
    ROW("48 kHz x 16 bit x 2 channels = 1.536 Mbit/s", 0),
    /* what was told before is left out */
    ROW("30 TB a day. Per year 30 x 365 = ~11 PB", 0),
    ROW("100 million a month: 100/30 = 3.3 million daily", 0),
    ROW("disk for 3 days x 3 copies = 47 TB", 0),
    ROW("100M rows x 500 = 5 GB", 5e10),
    ROW("20k/s, 4 machines x 2 replicas = 2.5k each", 0),
    ROW("4 machines x 2 replicas = 2.5k", 8),
    ROW("40 machines x 20 replicas = 2.5k each, say", 0),
    ROW("40 machines x 20 replicas = 2.5k eachother", 800),
    ROW("25 TB src + ~30 TB outputs per day -> 20 PB", 0),
    ROW("25 TB src + ~30 TB outputs per day = 20 PB", 5.5e13),
    ROW("5 at 99.9: .999^5 is about 99.5", 0),
    ROW(".999^5 is about 95", 0), /* a share, and near */
    ROW("price is $0.10/1k -> $3k a day", 0),
    ROW("30M at $0.10/1k -> $3k a day", 0),
    ROW("$100/4 = $2.50", 25),
    ROW("10m connected x 10 changes an hour x 200 is 20 billion an hour, 5 million a second",
        0),
    ROW("10 min * 60 = 60 s", 600),
    ROW("429/5xx -> 1s, 5s, 25s w/ jitter", 0),
    ROW("10x 50 = 4000", 500),
    /* fractions and groups as they are written elsewhere */
    ROW("200M*.05*3 = 30M rows", 0),
    ROW("200M*.05*3 = 3M rows", 3e7),
    ROW("50/s x 86400 = 4,3M per day", 0),
    ROW("50/s x 86400 = 43,2M per day", 4.32e6),
    ROW("200.000 x 300 byte = 60 MB", 0),
    ROW("200.000 x 300 byte = 6 MB", 6e7),
    ROW("5.000.000 / 14.400 = 347/s", 0),
    ROW("5.000.000 / 14.400 = 3.470/s", 347.222),
    ROW("100.000.000 / 86.400 = 1.157 per second", 0),
    ROW("62 * 62 = 3844", 0),
    ROW("62 * 62 = 38440", 3844),
    ROW("100M * 12 * 5 = 6B", 0),
    ROW("100M * 12 * 5 = 60B", 6e9),
    ROW("6B * 500 B = 3 TB", 0),
    ROW("6B * 500 B = 3 GB", 3e12),
    ROW("500 bytes * 100M = 50 GB", 0),
    ROW("500 bytes * 100M = 5 TB", 5e10),
    ROW("40 * 100 = 4000", 0),
    ROW("40 * 100 = 400", 4000),
    ROW("40 writes/s * 100 = 4000 reads/s", 0),
    ROW("2 + 3 = 5", 0),
    ROW("2 + 3 = 50", 5),
    ROW("1000 - 200 = 800", 0),
    ROW("1000 - 200 = 80", 800),
    ROW("10 * 20 + 5 = 205", 0),
    ROW("10 / 0 = 5", 0),
    ROW("3 = 4", 0),
    ROW("A ratio of 100:1 = fine", 0),
    ROW("We keep 3 copies, 500 ms apart = good", 0),
    ROW("v2 / v3 = 40", 0),
    ROW("50M / 86400 = 580", 0),
    ROW("50M / 86400 = 5800", 578.7),
    ROW("86400 / 24 = 3600", 0),
    ROW("86400 / 24 = 36", 3600),
    ROW("100 \xc3\xb7 4 = 25", 0),
    ROW("100 \xc3\xb7 4 = 2500", 25),
    ROW("100 / 4 ~ 25", 0),
    ROW("the id = 5 * 3", 0),
    ROW("10k rps / 500 rps = 20 servers", 0),
    ROW("10k rps / 500 rps = 2 servers", 20),
    ROW("1 - 2200/39200 = 94.4%", 0),
    ROW("3 / 4 = 75%", 0),
    ROW("3 / 4 = 7.5%", 0.75),
    ROW("12M * 65% * 15% = 1.17M", 0),
    ROW("12M * 65% * 15% = 11.7M", 1.17e6),
    ROW("4% of 200M * 2.5 = 20M", 0),
    ROW("4% of 200M * 2.5 = 200M", 20e6),
    ROW("2 500 x 0.08 = 200", 0),
    ROW("5 800/s x 0.3 s = 1 740", 0),
    ROW("1 250 000 / 1 000 = 125", 1250),
    ROW("100k active x 2 x 120 B = 24 MB", 0), /* begins with what is not read */
    ROW("5.2 TB/day x 30 / 7 = 22 TB", 0),
    ROW("a third of 30 * 10 = 100", 0),
    ROW("* 40 * 100 = 400", 4000),
    ROW("index 40 * 100 = 400", 4000),
    /* spans that do not follow from each other */
    ROW("50,000 uploads a day / 24 = 2,083 uploads a second", 0.579),
    ROW("50,000 uploads a day / 24 = 2,083 uploads an hour", 0),
    ROW("50,000 uploads a day / 24 / 3600 = 0.58 uploads a second", 0),
    ROW("100M a month / (30 * 24 * 3600) = 40/s", 0),
    ROW("1.2M a month / 30 days / 8 busy hours = 5,000 an hour", 0),
    ROW("3M a day * 30 = 90M a year", 1.095e9),
    ROW("2,000 rps * 50 KB = 100 MB a day", 8.64e12),
    ROW("2,000 rps * 50 KB = 100 MB a second", 0),
    ROW("300M links a month -> 300M / 86,400 = 3,500 a second", 115.7),
    ROW("300M links a month -> 300M / 30 / 86,400 = 116 a second", 0),
    ROW("2 billion a day, 50 million users: 2 billion / 50 million = 40 a second", 0),
    ROW("1,000 rps * 200 ms = 200 in flight", 0),
    ROW("1,000 rps * 200 ms = 200,000 in flight", 200),
    ROW("2k/day * 1.5 h / 24 = 125 at a time", 0),
    ROW("10k viewers * 4 Mbit/s each = 40 GB/s", 5e9),
    ROW("10k viewers * 4 Mb/s each = 40 Gb/s", 0),
    ROW("40 pods * pool of 25 = 100 connections", 1000),
    ROW("40 pods * pool of 25 = 1,000 connections", 0),
    ROW("80 pods with 512 MB each is 400 GB", 4.096e10),
    ROW("80 pods with 512 MB each is 41 GB", 0),
    ROW("ten million users at fifty requests each, that's fifty million", 5e8),
    ROW("3 layers with 3 tries each is 27", 0), /* a power */
    ROW("12 per second x 21600 seconds = 259 200 calls, 259 200 / 50 = 5184", 0),
    ROW("259 200 / 50 = 518", 5184),
    ROW("20 TB x 365 = 730 TB. No, that was wrong, 7.3 PB", 0),
    /* a figure that is told again: conversion.c */
    ROW("600 GB a day, so over a year about 22 TB", 2.19e14),
    ROW("600 GB a day, so over a year about 220 TB", 0),
    ROW("600 GB of logs per day, i.e. 22 TB yearly", 2.19e14),
    ROW("600 GB a day, so compressed 22 TB a year", 0),
    ROW("600 GB a day, so with 3 copies 660 TB a year", 0),
    ROW("600 GB a day, next year 20 TB a day", 0),
    ROW("5 to 8 TB a day, so 15-24 TB a month", 2.4e14),
    ROW("5 to 8 TB a day, so 150-240 TB a month", 0),
    ROW("10 GB daily. In one year it makes 300 GB", 3.65e12),
    ROW("10 GB daily. In one year it makes 300 GB, no, 3.6 TB", 0),
    ROW("50 GB a day, for 30 days it makes 15 TB", 1.5e12),
    ROW("50 GB a day, for 30 days it makes 1.5 TB", 0),
    ROW("50M a day, or about 5,800 a second", 578.7),
    ROW("50M a day, or about 580 a second", 0),
    ROW("a customer in a minute or so. A million a second", 0),
    ROW("10 a second for 10 minutes, so 6,000 a day", 0),
    ROW("60 MB a second, so one disk of 2 TB is enough for a year", 0),
    ROW("5 posts a minute, 100 a day", 0), /* two limits */
    ROW("$15,000 a month, i.e. 1.5 cents per daily user", 0),
    ROW("15,000 a month, i.e. 1.5 cents per daily user", 0),
    ROW("600 GB \xe2\x89\x88 600 GB a day, so 22 TB a year", 2.19e14),
    ROW("200 Gbps, which means 250 gigabytes a second", 2.5e10),
    ROW("200 Gbps, which means 25 gigabytes a second", 0),
    ROW("in an hour 90 TB, so ~25 Gbit/s", 0),
    ROW("58 MB/s, so about 0.06 Gbit", 0.464),
    ROW("25 TB/day = 2.3 Gbps", 0),
    ROW("25 TB/day = 23 Gbps", 2.3),
    ROW("Ten times for an hour means about 1,160/s", 0),
    ROW("99.99% leaves us 43 minutes of downtime in a month", 4.32),
    ROW("99.9% leaves us 43 minutes of downtime in a month", 0),
    ROW("four nines, so 99.99% availability, this lets us 8.8 hours in the year", 0.876),
    ROW("6.6M/(50 x 2k) = 66", 0), /* brackets */
    ROW("6.6M/(50 x 2k) = 660", 66),
    ROW("(100M / 30) / 86400 = 38", 0),
    ROW("(100M / 30) / 86400 = 380", 38.58),
    ROW("(100M / 30 / 86400 = 380/s)", 38.58),
    ROW("(100M / 30 = 3.3M a day)", 0),
    ROW("10 * (2 + 3 * (4 - 1)) = 110", 0),
    ROW("10 * (2 + 3 * (4 - 1)) = 500", 110),
    ROW("((((((2 * 3)))))) = 60", 0), /* too deep */
    ROW("10) * 3 = 300", 0),
    ROW("10 * (3 + 4 = 700", 0),
    ROW("100 - (40 + 20) = 40", 0),
    ROW("100 / (1 - 20%) = 125", 0),
    ROW("100 / (1 - 20%) = 12.5", 125),
    ROW("100M / 30 = 3.3M a day, / 86400 = 38 a second", 0),
    ROW("100M / 30 = 3.3M a day, / 86400 = 385 a second", 38.19),
    ROW("40 * 100, 50 * 2 = 100", 0),
    ROW("6 billion in five, x 500 B = 3 TB", 0),
    ROW("from 600 a third, 1/3 = 200", 0),
    ROW("5m / 86,400 = 58/s", 0),
    ROW("2*10^9 / 10^5 = 2*10^4", 0),
    ROW("2*10^9 / 10^5 = 2*10^5", 2e4),
    ROW("100M * 500 = 5 GB", 5e10),
    /* with words between the numbers, and for the signs */
    ROW("50M users * 40 messages / 86400 = 2,300/s", 23148),
    ROW("50M users * 40 messages / 86400 = 23,000/s", 0),
    ROW("50M DAU x 40 msgs/user/day / 86,400 s = 23k msg/s", 0),
    ROW("50M DAU x 40 msgs/user/day / 86,400 s = 230k msg/s", 23148),
    ROW("50M users (daily) * 40 = 200M", 2e9),
    ROW("50M users (5 of them) * 40 = 200M", 0),
    ROW("50 million users times 40 messages divided by 86400 is about 23k a second", 0),
    ROW("50 million users times 40 messages divided by 86400 is about 2,300 a second",
        23148),
    ROW("1M keys * 100 bytes, which is 100 MB", 0),
    ROW("1M keys * 100 bytes, which is 1 GB", 1e8),
    ROW("1M keys * 100 bytes -> 1 GB", 1e8),
    ROW("1M keys * 100 bytes is 5 nodes", 0), /* another matter */
    ROW("50 ms/46 MiB -> 40 logins", 0),
    ROW("$0.0075 * 10M SMS = $75k a day", 0),
    ROW("$0.0075 * 10M SMS = $750k a day", 75000),
    ROW("2.5M a day x 3 cents = 75k a day", 0),
    ROW("500 bytes of metadata + 200 bytes of index = 700 bytes", 0),
    ROW("500 bytes of metadata + 200 bytes of index = 7 KB", 700),
    ROW("we have 5 * 20 GB disks and the replication factor = 3", 0),
    ROW("100M links a month over 30 days is 3.3M a day", 0),
    ROW("50M users in 20 countries * 40 = 2B", 0), /* what is multiplied, stands before */
    ROW("Over 5 years, 100M links * 500 B = 3 TB", 0), /* a month */
    ROW("6B links in 5 yrs * 500 B = 3 TB", 0),
    ROW("100M a month over 5 years * 500 B = 3 TB", 0),
    ROW("10,000 hotels - 30 rooms * 365 = 110M", 0), /* a dash */
    ROW("5% x 200 KB = 100M", 0),                    /* of what was said before */
    ROW("1,700 / 39,200 = 95.7%", 0),                /* what is left */
    /* units that are left out, or another than the base unit */
    ROW("100M links / 30 days / 86400 s = 40/s", 0),
    ROW("100M links / 30 days / 86400 s = 4000/s", 38.58),
    ROW("50M daily users x 40 messages = 23k/s", 0),
    ROW("2B messages a day * 200 bytes = 400 GB a day", 0),
    ROW("2B messages a day * 200 bytes = 40 GB a day", 4e11),
    ROW("4,000 reads/s * 500 bytes = 20 MB/s", 2e6),
    ROW("20,000 qps / 2,000 per server = 10 servers", 0),
    ROW("20,000 qps / 2,000 per server = 100 servers", 10),
    ROW("100k rps * 1 ms = 1,000 busy connections", 100),
    ROW("60 * 86,400 = 5.2 TB", 0),    /* of MB */
    ROW("365M rows * 50B = 18 GB", 0), /* bytes, no billions */
    ROW("1M x 200 B x 8 = 1.6 Gbit", 0),
    ROW("20 M seats x 100 bytes = 2 GB", 0),
    ROW("20 M seats x 100 bytes = 200 MB", 2e9),
    ROW("50M DAU x 40 msg = 2G/day", 0),
    ROW("20 x 100M = 2 G", 0), /* of which the G is not read */
    ROW("2,000,000,000 / 86400 = 230k/s. 23k per sec, not 230k, sorry", 0),
    ROW("50M * 40 / 86400 = 2,300/s. That is 2B a day", 23148),
    ROW("100M * 500 = 5 GB. No, it is 50 GB", 0),
    ROW("80/20 -> 66M hot", 0),
    ROW("5 x 99.9% in series = 99.5%", 0),
    ROW("3s x 10M clients = 3.3M req/s", 0),
    ROW("every 3 s, 10M / 3 s = 33M a second", 3.333e6),
    ROW("Sixteen bytes per uuid times three billion rows is forty-eight gigabytes", 0),
    ROW("Sixteen bytes per uuid times three billion rows is forty-eight terabytes", 48e9),
    ROW("100 mils / 24 / 3600 = 100 mils / 86400", 0),
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct score score = shipped_grade(
            shipped_find("booking-system"), &(struct sample_part) { NULL, cases[i].text }, 1);
        double correct = score.slip_count ? score.slips[0].correct : 0;
        if (fabs(correct - cases[i].correct) > 0.01 * fabs(cases[i].correct))
            row_fails(__FILE__, cases[i].row, "'%s': %g would be right, not %g",
                      cases[i].text, correct, cases[i].correct);
        if (score.slip_count > 1)
            row_fails(__FILE__, cases[i].row, "'%s': %zu slips", cases[i].text,
                      score.slip_count);
    }
    table_ends();
}

static void test_quotes(void **state)
{
    (void)state;
    static const char *const texts[] = { "Nothing here.",
                                         "So 100M / 30 / 86400 = 4000/s, easy." };
    struct sample_part parts[] = { { "requirements", texts[0] },
                                   { "estimation", texts[1] } };
    struct score score = shipped_grade(shipped_find("booking-system"), parts, 2);
    assert_int_equal(score.slip_count, 1);
    const struct quote *q = &score.slips[0].quote;
    assert_int_equal(q->part, 1);
    assert_int_equal(q->start, 3);
    assert_memory_equal(texts[1] + q->start, "100M / 30 / 86400 = 4000/s",
                        q->end - q->start);
    assert_int_equal((int)score.slips[0].claimed, 4000);
}

/* However many are wrong, what is kept is bounded. */
static void test_many(void **state)
{
    (void)state;
    struct buffer text = BUFFER_INIT;
    for (int i = 0; i < 500; i++)
        buffer_printf(&text, "%d * 100 = 7. ", 40 + i);
    struct score score =
        shipped_grade(shipped_find("booking-system"), &(struct sample_part) { NULL, text.data }, 1);
    assert_true(score.slip_count > 1 && score.slip_count < 100);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
