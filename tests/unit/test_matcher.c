/*
 * Where expressions hit: windows, sentences, parts, exclusions, reasons, forms of words.
 * A row is an expression, a text and the words that the first hit spans, or NULL when
 * there must be none. A "//" in a text parts it into parts of an answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "scoring/matcher.h"
#include "table.h"

static const char lexicon_text[] =
    "{\"abbreviations\": {\"msg\": \"message\", \"msgs\": \"messages\", \"db\": \"database\"}, \"concepts\": {"
    "\"cache\": {\"says\": [\"cache\", \"kept warm\", \"in memory copy\"]},"
    "\"in-memory-store\": {\"says\": [\"in memory store\"], \"is\": [\"cache\"]},"
    "\"redis\": {\"says\": [\"redis\", \"elasticache\"], \"is\": [\"in-memory-store\"], "
    "\"product\": true},"
    "\"queue\": {\"says\": [\"queue\", \"work list\", \"mq\"]}}}";

static struct lexicon *lexicon;

static int make_ready(void **state)
{
    (void)state;
    struct error_list errors = ERROR_LIST_INIT;
    lexicon = lexicon_load("lexicon", lexicon_text, strlen(lexicon_text), &errors);
    return lexicon ? 0 : -1;
}

static int clean_up(void **state)
{
    (void)state;
    lexicon_free(lexicon);
    return 0;
}

enum { PARTS_MAX = 4, ROOM = 64 };

struct found {
    size_t count;
    struct match matches[ROOM];
    char words[256]; /* of the first match */
};

static size_t split(char *text, struct text_part *parts)
{
    size_t count = 0;
    for (char *at = text; at && count < PARTS_MAX;) {
        char *mark = strstr(at, "//");
        if (mark)
            *mark = '\0';
        parts[count++] = (struct text_part) { at, strlen(at) };
        at = mark ? mark + 2 : NULL;
    }
    return count;
}

static void find_all(const char *expression, const char *source, struct reach reach,
                     struct found *out)
{
    struct arena arena = ARENA_INIT;
    struct error e;
    error_init(&e);
    struct expression *x = expression_parse(&arena, expression, NULL, &e);
    if (!x)
        fail_msg("'%s': %s", expression, e.message);
    struct matcher *m = matcher_new(lexicon);
    size_t query = matcher_add(m, x, reach);
    matcher_seal(m);
    char *copy = xstrdup(source);
    struct text_part parts[PARTS_MAX];
    struct text text = { 0 };
    text_read(&text, matcher_dictionary(m), parts, split(copy, parts));
    matcher_read(m, &text);
    *out = (struct found) { 0 };
    out->count = matcher_find(m, query, out->matches, ROOM);
    size_t used = 0;
    for (uint32_t w = out->matches[0].first; out->count && w <= out->matches[0].last; w++)
        used += (size_t)snprintf(
            out->words + used, sizeof(out->words) - used, "%s%s", used ? " " : "",
            dictionary_get(matcher_dictionary(m), text.words.items[w].form)->text);
    text_release(&text);
    matcher_free(m);
    arena_release(&arena);
    free(copy);
}

struct row {
    int row;
    const char *expression, *text, *words;
};

static void check_rows(const struct row *rows, size_t count, struct reach reach)
{
    for (size_t i = 0; i < count; i++) {
        struct found found;
        find_all(rows[i].expression, rows[i].text, reach, &found);
        if (!rows[i].words && found.count)
            row_fails(__FILE__, rows[i].row, "'%s' hits '%s' of '%s'", rows[i].expression,
                      found.words, rows[i].text);
        else if (rows[i].words && strcmp(found.words, rows[i].words) != 0)
            row_fails(__FILE__, rows[i].row, "'%s' hits '%s', not '%s', of '%s'",
                      rows[i].expression, found.words, rows[i].words, rows[i].text);
    }
    table_ends();
}

#define W5 "one two three four five "
#define W20 W5 W5 W5 W5

static const struct row evidence[] = {
    /* words and phrases */
    ROW("cache", "We cache links.", "cache"),
    ROW("cache", "Caching helps.", "caching"),
    ROW("cache", "CACHES help.", "caches"),
    ROW("cache", "No word of it.", NULL),
    ROW("message", "One msg.", "message"),
    ROW("messages", "One MSG.", "message"),
    ROW("msg", "Two messages.", "messages"),
    ROW("messag*", "Two msgs.", "messages"),
    ROW("database row", "A DB row.", "database row"),
    ROW("\"msg\"", "One msg.", "message"),
    ROW("\"message\"", "One msg.", NULL),
    ROW("message", "Twelve msgr.", NULL),
    ROW("cache", "Concatenate them.", NULL),
    ROW("load balancer", "A load balancer stands there.", "load balancer"),
    ROW("load balancer", "Load balancers stand there.", "load balancers"),
    ROW("load balancer", "The balancer has a load.", NULL),
    ROW("load balancer", "The load. Balancer.", NULL),
    ROW("load balancer", "A load-balancer.", "load balancer"),
    ROW("load balancer", "A loadbalancer.", "loadbalancer"),
    ROW("websocket", "A web socket.", "web socket"),
    ROW("websocket", "A web-socket.", "web socket"),
    ROW("websocket", "WebSockets.", "websockets"),
    ROW("websocket", "The web, socket.", NULL),
    ROW("fail over", "It does failover.", "failover"),
    ROW("failover", "It fails over.", NULL),
    ROW("base 62", "In base62.", "base 62"),
    ROW("base62", "In base-62.", "base 62"),
    ROW("base 62", "In base 64.", NULL),
    ROW("p99", "The p99 is low.", "p 99"),
    ROW("62^7", "62^7 codes.", "62^7"),
    ROW("colour", "A color.", "color"),
    ROW("authorize", "It authorises.", "authorises"),
    ROW("idempotent", "It is idempotant.", "idempotant"),
    ROW("partition", "We do partitoning.", "partitoning"),
    ROW("locking", "We are looking.", NULL),
    ROW("counter", "In this country.", NULL),
    /* prefix, exact */
    ROW("cach*", "A cachet.", "cachet"),
    ROW("cach*", "It has caches.", "caches"),
    ROW("cach*", "To catch it.", NULL),
    ROW("idempot* key", "An idempotency key.", "idempotency key"),
    ROW("\"SELECT\"", "We SELECT rows.", "select"),
    ROW("\"SELECT\"", "We select rows.", NULL),
    ROW("\"Kafka\" queue", "A Kafka queue.", "kafka queue"),
    ROW("\"Kafka\" queue", "A kafka queue.", NULL),
    /* concepts */
    ROW("@cache", "It is kept warm.", "kept warm"),
    ROW("@cache", "We run Redis.", "redis"),
    ROW("@in-memory-store", "A cache.", NULL),
    ROW("@queue", "An MQ.", "mq"),
    /* or, nested */
    ROW("a | queue", "The queue.", "queue"),
    ROW("(queue | cache) & (fast | quick)", "A quick cache.", "quick cache"),
    ROW("(queue | (cache & miss)) & fast", "A fast cache with a miss.",
        "fast cache with a miss"),
    ROW("(queue | (cache & miss)) & fast", "A fast cache with a hit.", NULL),
    ROW("((queue | cache) & (fast | slow)) | never", "Never.", "never"),
    ROW("queue & (cache & (shard & replica))", "Queue, cache, shard, replica.",
        "queue cache shard replica"),
    /* and: 25 words, this sentence or the next, one part */
    ROW("queue & cache", "A queue beside a cache.", "queue beside a cache"),
    ROW("queue & cache", "A cache beside a queue.", "cache beside a queue"),
    ROW("queue & cache", "A queue. A cache.", "queue a cache"),
    ROW("queue & cache", "A queue. Nothing. A cache.", NULL),
    ROW("queue & cache", "queue " W20 "one two three four cache",
        "queue " W20 "one two three four cache"),
    ROW("queue & cache", "queue " W20 "one two three four five cache", NULL),
    ROW("queue & cache", "A queue.//A cache.", NULL),
    ROW("queue & cache & shard", "Queue, cache, shard.", "queue cache shard"),
    ROW("queue & cache & shard", "Queue and cache.", NULL),
    ROW("queue & queue", "A queue.", NULL),
    ROW("queue & queue", "A queue and a queue.", "queue and a queue"),
    ROW("id range & id", "An id range.", NULL),
    ROW("id range & id", "An id range and an id.", "id range and an id"),
    ROW("queue & cache", "queue " W20 W5 "cache near a queue", "cache near a queue"),
    /* not */
    ROW("cache & !miss", "A cache.", "cache"),
    ROW("cache & !miss", "A cache miss.", NULL),
    ROW("cache & !miss", "A cache. Then a miss.", "cache"),
    ROW("cache & !(miss | hit)", "A cache hit.", NULL),
    ROW("cache & hit & !miss", "A cache hit. A miss.", "cache hit"),
    ROW("cache & hit & !miss", "A cache. A hit, a miss.", NULL),
    ROW("!miss & cache", "A miss of the cache.", NULL),
    ROW("cache & !miss", "miss " W20 "one two three four five six cache", "cache"),
    /* reasons */
    ROW("cache & ~reason", "A cache because reads repeat.", "cache"),
    ROW("cache & ~reason", "A cache.", NULL),
    ROW("~reason & !cache", "It is quick because reads repeat.", "because"),
    ROW("~reason & !cache", "It is quick because of the cache.", NULL),
    ROW("cache & ~reason", "A cache. It helps because reads repeat.", NULL),
    ROW("cache & ~reason", "A cache instead of a replica.", "cache"),
    /* quantities */
    ROW("#rate[30..50/s] & write", "40 writes a second.", "40 writes a second"),
    ROW("#rate[30..50/s]", "2,400 a minute.", "2,400 a minute"),
    ROW("#rate[30..50/s]", "400 a second.", NULL),
    ROW("#bytes[1TB..20TB]", "It takes 3TB.", "3 tb"),
    ROW("#duration", "It takes a few ms.", "a few ms"),
    ROW("#percent[99.9..100]", "We want four nines.", "four nines"),
    ROW("#number & cache", "A cache of 3 GB.", "cache of 3 gb"),
};

static void test_evidence(void **state)
{
    (void)state;
    check_rows(evidence, ROWS(evidence), reach_evidence);
}

/* A red flag reaches 25 words in one sentence, 12 over a break; what is kept out of it 7, a "not" or a "no" 4. */
static const struct row flags[] = {
    ROW("queue & lossless", "A queue is lossless.", "queue is lossless"),
    ROW("queue & lossless", "A queue. It is lossless.", NULL),
    ROW("queue & lossless", "queue " W20 "one two three four lossless",
        "queue " W20 "one two three four lossless"),
    ROW("queue & lossless", "queue " W20 W5 "lossless", NULL),
    ROW("queue & lossless", "queue; " W5 W5 "one lossless",
        "queue " W5 W5 "one lossless"),
    ROW("queue & lossless", "queue; " W5 W5 "one two lossless", NULL),
    ROW("queue & lossless", "queue " W5 W5 "(one two lossless)", NULL),
    ROW("queue & lossless & cache", "queue " W5 "cache " W5 "- one lossless", NULL),
    ROW("queue & lossless & !not", "A queue is not lossless.", NULL),
    ROW("queue & lossless & !not", "It is not so. A queue is lossless.",
        "queue is lossless"),
    ROW("queue & lossless & !not", "A queue is lossless one two three not", NULL),
    ROW("queue & lossless & !not", "A queue is lossless one two three four not",
        "queue is lossless"),
    ROW("queue & lossless & !no", "No one two three queue is lossless.", NULL),
    ROW("queue & lossless & !no", "No one two three four queue is lossless.",
        "queue is lossless"),
    ROW("queue & lossless & !replica", "A queue is lossless " W5 "one replica", NULL),
    ROW("queue & lossless & !replica", "A queue is lossless " W5 "one two replica",
        "queue is lossless"),
    ROW("queue & lossless & !not enough", "A queue is lossless " W5 "not enough", NULL),
};

static void test_flags(void **state)
{
    (void)state;
    check_rows(flags, ROWS(flags), reach_red_flag);
}

/* --- how many, and in what order --- */

static const struct {
    int row;
    const char *expression, *text;
    size_t count;
} counts[] = {
    ROW("queue", "A queue, a queue, a queue.", 3),
    ROW("queue & cache", "queue cache queue cache", 2),
    ROW("load balancer | load", "A load balancer.", 1),
    ROW("@cache", "Redis, cache, redis.", 3),
    ROW("queue", "", 0),
};

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(counts); i++) {
        struct found found;
        find_all(counts[i].expression, counts[i].text, reach_evidence, &found);
        if (found.count != counts[i].count)
            row_fails(__FILE__, counts[i].row, "'%s' hits '%s' %zu times, not %zu",
                      counts[i].expression, counts[i].text, found.count, counts[i].count);
        for (size_t k = 1; k < found.count; k++)
            assert_true(found.matches[k - 1].first < found.matches[k].first);
    }
    table_ends();
}

/* What stands behind hundreds of others is found, and kept out, like what stands before them. */
static const struct {
    int row;
    const char *x, *before; /* 300 times */
    const char *text;
    size_t count;
} far[] = {
    ROW("cache & invalidate", "The cache is warm. ",
        "We invalidate the cache when a row changes.", 1),
    ROW("invalidate & !cache", "The cache is warm. ", "We invalidate the cache.", 0),
    ROW("(cache & warm) & invalidate", "The cache is warm. ",
        "We invalidate the cache while it is warm.", 1),
    ROW("(cache & warm & row | queue & row) & invalidate", "Warm rows of the cache. ",
        "We invalidate the cache, the row being warm.", 1),
    ROW("invalidate & !(cache & warm)", "The cache is warm. ",
        "We invalidate the warm cache.", 0),
    ROW("invalidate & !(cache & warm)", "The cache is warm. ", "We invalidate nothing.",
        1),
};

/* How often `x` is found in a text. */
static size_t count_in(const char *x, struct reach reach, const struct buffer *source)
{
    struct arena arena = ARENA_INIT;
    struct matcher *m = matcher_new(NULL);
    size_t query = matcher_add(m, expression_parse(&arena, x, NULL, NULL), reach);
    matcher_seal(m);
    struct text text = { 0 };
    struct text_part part = { source->data, source->length };
    struct match found[ROOM];
    text_read(&text, matcher_dictionary(m), &part, 1);
    matcher_read(m, &text);
    size_t count = matcher_find(m, query, found, ROOM);
    text_release(&text);
    matcher_free(m);
    arena_release(&arena);
    return count;
}

static size_t count_behind(const char *x, const char *before, const char *behind)
{
    struct buffer source = BUFFER_INIT;
    buffer_repeat(&source, before, 300);
    buffer_add_string(&source, behind);
    size_t count = count_in(x, reach_red_flag, &source);
    buffer_release(&source);
    return count;
}

static void test_far(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(far); i++) {
        size_t count = count_behind(far[i].x, far[i].before, far[i].text);
        if (count != far[i].count)
            row_fails(__FILE__, far[i].row, "'%s' is found %zu times behind 300 of '%s'",
                      far[i].x, count, far[i].before);
    }
    table_ends();
}

/* Lists that have become many are made again. */
static void test_many_lists(void **state)
{
    (void)state;
    enum { GROUPS = 60, TIMES = 2000 };
    struct arena arena = ARENA_INIT;
    struct matcher *m = matcher_new(NULL);
    struct buffer source = BUFFER_INIT;
    for (int i = 0; i < GROUPS; i++) {
        buffer_clear(&source);
        buffer_printf(&source, "(cache | x%d) & last", i);
        matcher_add(m, expression_parse(&arena, source.data, NULL, NULL), reach_evidence);
    }
    matcher_seal(m);
    buffer_clear(&source);
    buffer_repeat(&source, "A cache. ", TIMES);
    buffer_add_string(&source, "The last cache.");
    struct text text = { 0 };
    struct text_part part = { source.data, source.length };
    struct match found[ROOM];
    text_read(&text, matcher_dictionary(m), &part, 1);
    matcher_read(m, &text);
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < GROUPS; i++)
            assert_int_equal(matcher_find(m, i, found, ROOM), 1);
    buffer_release(&source);
    text_release(&text);
    matcher_free(m);
    arena_release(&arena);
}

/* Alternatives of the same words, dealt out otherwise: each finds its own. */
static const struct {
    int row;
    const char *first, *second, *text;
    size_t by_first, by_second;
} alike[] = {
    ROW("one first | async later", "one later | async first", "We do async first", 0, 1),
    ROW("one first | async later", "one later | async first", "We do one first", 1, 0),
    ROW("log first | sync later", "log later | sync first", "We sync later", 1, 0),
    ROW("a b | c d", "a d | c b", "c d", 1, 0),
    ROW("a b | c d", "c d | a b", "c d", 1, 1),
};

static void test_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(alike); i++) {
        struct arena arena = ARENA_INIT;
        struct matcher *m = matcher_new(NULL);
        size_t first = matcher_add(
            m, expression_parse(&arena, alike[i].first, NULL, NULL), reach_evidence);
        size_t second = matcher_add(
            m, expression_parse(&arena, alike[i].second, NULL, NULL), reach_evidence);
        matcher_seal(m);
        struct text text = { 0 };
        struct text_part part = { alike[i].text, strlen(alike[i].text) };
        struct match found[ROOM];
        text_read(&text, matcher_dictionary(m), &part, 1);
        matcher_read(m, &text);
        size_t by_first = matcher_find(m, first, found, ROOM);
        size_t by_second = matcher_find(m, second, found, ROOM);
        if (by_first != alike[i].by_first || by_second != alike[i].by_second)
            row_fails(__FILE__, alike[i].row, "'%s' is found %zu and %zu times",
                      alike[i].text, by_first, by_second);
        text_release(&text);
        matcher_free(m);
        arena_release(&arena);
    }
    table_ends();
}

/* Strange words are forgotten, and known ones still hit. */
static void test_tidy(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct matcher *m = matcher_new(lexicon);
    size_t query = matcher_add(
        m, expression_parse(&arena, "@cache | websocket", NULL, NULL), reach_evidence);
    size_t products = matcher_add_marked(m, CONCEPT_PRODUCT);
    matcher_seal(m);
    struct text text = { 0 };
    struct buffer source = BUFFER_INIT;
    struct match found[ROOM];
    for (int round = 0; round < 30; round++) {
        buffer_clear(&source);
        for (int i = 0; i < 5000; i++)
            buffer_printf(&source, "x%c%c%c%c%c ", 'a' + round, 'a' + i % 26,
                          'a' + i / 26 % 26, 'a' + i / 676, 'a' + round % 7);
        buffer_add_string(&source, "redis and a web socket");
        struct text_part part = { source.data, source.length };
        matcher_tidy(m);
        text_read(&text, matcher_dictionary(m), &part, 1);
        matcher_read(m, &text);
        assert_int_equal(matcher_find(m, query, found, ROOM), 2);
        assert_true(matcher_is_term(m, found[0].first));
        assert_false(matcher_is_term(m, 0));
        assert_false(matcher_is_term(m, UINT32_MAX));
        assert_int_equal(matcher_find(m, products, found, ROOM), 1);
    }
    assert_true(dictionary_count(matcher_dictionary(m)) < 110000);
    buffer_release(&source);
    text_release(&text);
    matcher_free(m);
    matcher_free(NULL);
    arena_release(&arena);
}

/* A room too small is filled and not overrun. */
static void test_room(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct matcher *m = matcher_new(NULL);
    size_t query = matcher_add(
        m, expression_parse(&arena, "(a1 | b1) & (c1 | d1)", NULL, NULL), reach_evidence);
    matcher_seal(m);
    struct buffer source = BUFFER_INIT;
    buffer_repeat(&source, "a1 c1 b1 d1. ", 400);
    struct text text = { 0 };
    struct text_part part = { source.data, source.length };
    text_read(&text, matcher_dictionary(m), &part, 1);
    matcher_read(m, &text);
    struct match found[3];
    assert_true(matcher_find(m, query, found, 3) <= 3);
    assert_true(matcher_find(m, query, found, 1) <= 1);
    buffer_release(&source);
    text_release(&text);
    matcher_free(m);
    arena_release(&arena);
}

/* How often `x` is found in a text of 300 sentences, of which two say something. */
static size_t count_in_long(const char *x, int first, const char *said, int second,
                            const char *said_second)
{
    struct buffer source = BUFFER_INIT;
    for (int i = 0; i < 300; i++)
        buffer_printf(&source, "%s. ",
                      i == first    ? said
                      : i == second ? said_second
                                    : "nothing");
    size_t count = count_in(x, reach_evidence, &source);
    buffer_release(&source);
    return count;
}

/* Sentences are told apart by their number over 128: neighbours are found on both sides of that, and
 * what is 128 sentences away is not taken for what stands here. */
static void test_long(void **state)
{
    (void)state;
    for (int at = 60; at < 300; at += at == 65 ? 60 : at == 130 ? 60 : 1) {
        assert_int_equal(
            count_in_long("leader & follower", at - 1, "leader", at, "follower"), 1);
        assert_int_equal(
            count_in_long("leader & !follower", at - 1, "leader", at, "follower"), 1);
        assert_int_equal(
            count_in_long("leader & !follower", at, "the leader follower", -1, ""), 0);
    }
    assert_int_equal(count_in_long("leader & follower", 3, "leader", 131, "follower"), 0);
    assert_int_equal(count_in_long("leader & follower", 3, "leader", 132, "follower"), 0);
    assert_int_equal(count_in_long("leader & !follower", 3, "leader", 131, "follower"),
                     1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_evidence),   cmocka_unit_test(test_flags),
        cmocka_unit_test(test_counts),     cmocka_unit_test(test_tidy),
        cmocka_unit_test(test_room),       cmocka_unit_test(test_long),
        cmocka_unit_test(test_alike),      cmocka_unit_test(test_far),
        cmocka_unit_test(test_many_lists),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
