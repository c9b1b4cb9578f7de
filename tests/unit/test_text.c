/* Words, stems, sentences, lists and reasons: how a text is read before anything is
 * looked for. */
#include <string.h>

#include "base/buffer.h"
#include "scoring/text.h"
#include "table.h"

static struct dictionary *d;
static struct text text;
static struct text_part part;

static int make_ready(void **state)
{
    (void)state;
    d = dictionary_new();
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    text_release(&text);
    dictionary_free(d);
    return 0;
}

static void read_text(const char *source)
{
    part = (struct text_part) { source, strlen(source) };
    text_read(&text, d, &part, 1);
}

/* --- how many numbers a sentence has --- */

static const struct {
    int row;
    const char *source;
    uint32_t numbers;
} numbers[] = {
    ROW("3 machines take 40 writes/s", 2),
    ROW("three machines take forty writes a second", 2),
    ROW("ten thousand links", 1),
    ROW("two machines, both at one site", 0),
    ROW("two seconds at most", 1),
    ROW("one of the machines, and another one", 0),
    ROW("a few of them", 0),
    ROW("a few seconds", 1),
    ROW("half of them", 0),
    ROW("half a million links", 1),
};

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(numbers); i++) {
        read_text(numbers[i].source);
        uint32_t count = text.sentences.items[0].numbers;
        if (count != numbers[i].numbers)
            row_fails(__FILE__, numbers[i].row, "'%s' has %u numbers, not %u",
                      numbers[i].source, count, numbers[i].numbers);
    }
    table_ends();
}

/* --- words: parted by "|", sentences by " // " --- */

static const struct {
    int row;
    const char *source, *words;
} words[] = {
    ROW("A cache.", "a|cache"),
    ROW("base62", "base|62"),
    ROW("base-62", "base|62"),
    ROW("p99", "p|99"),
    ROW("62^7 codes", "62^7|codes"),
    ROW("99.99%", "99.99"),
    ROW("4,000/s", "4,000|s"),
    ROW("3TB", "3|tb"),
    ROW("don't", "don't"),
    ROW("don\xe2\x80\x99t", "don't"),
    ROW("the users' data", "the|users|data"),
    ROW("caf\xc3\xa9", "cafe"),
    ROW("read/write", "read|write"),
    ROW("snake_case", "snake|case"),
    ROW("a,b", "a|b"),
    ROW("1,2", "1,2"),
    ROW("1, 2", "1|2"),
    ROW("v1.2.3", "v|1.2.3"),
    ROW("\xef\xbc\xa3\xef\xbc\xa1\xef\xbc\xa3\xef\xbc\xa8\xef\xbc\xa5", "cache"),
    ROW("stra\xc3\x9f"
        "e",
        "strasse"),
    ROW("\xff\xfe cache \xc3", "cache"),
    ROW("", ""),
    ROW("... !!! ???", ""),
    ROW("One. Two.", "one // two"),
    ROW("One! Two? Three", "one // two // three"),
    ROW("One; two: three", "one|two|three"),
    ROW("e.g. a cache", "e|g|a|cache"),
    ROW("some, e.g. a cache", "some|e|g|a|cache"),
    ROW("a. the lease ends", "a|the|lease|ends"),
    ROW("wait 60 s. then go on", "wait|60|s // then|go|on"),
    ROW("lives on node B. Nobody asks", "lives|on|node|b // nobody|asks"),
    ROW("approx. 40 qps", "approx|40|qps"),
    ROW("Kafka vs. Redis", "kafka|vs|redis"),
    ROW("I do. You do.", "i|do // you|do"),
    ROW("It is I. You go.", "it|is|i // you|go"),
    ROW("3.5 is fine. 4 too.", "3.5|is|fine // 4|too"),
    ROW("see example.com now", "see|example|com|now"),
    ROW("\"One.\" Two.", "one // two"),
    ROW("One (two). Three.", "one|two // three"),
    ROW("short line\nnext line", "short|line // next|line"),
    /* broken to 32 characters, as on a telephone; and ended where there was room */
    ROW("so the service takes the next\nnumber of its range and writes\nit in base 62 which "
        "gives seven\ncharacters",
        "so|the|service|takes|the|next|number|of|its|range|and|writes|it|in|base|62|which|gives|"
        "seven|characters"),
    ROW("client \xe2\x86\x92 gateway \xe2\x86\x92 queue\n\xe2\x86\x92 worker and a worker\nthat dies "
        "loses its lease\nat once",
        "client|gateway|queue|worker|and|a|worker|that|dies|loses|its|lease|at|once"),
    ROW("one service takes the numbers\nthen it\nwrites them down and goes on\nto the next",
        "one|service|takes|the|numbers // then|it // writes|them|down|and|goes|on // to|the|next"),
    /* blanks that an editor or a web page puts in */
    ROW("One\xc2\xa0two.\xc2\xa0Three", "one|two // three"),
    ROW("a\xe3\x80\x80hash \xe2\x86\x92 40\xe2\x80\xafms", "a|hash|40|ms"),
    /* hesitations, and what is said twice over */
    ROW("so, um, the uh cache", "so|the|cache"),
    ROW("Er, we we keep the the key", "we|keep|the|key"),
    ROW("an ER diagram", "an|er|diagram"),
    ROW("an er diagram", "an|er|diagram"),
    ROW("ER, UM, A CACHE", "a|cache"),
    ROW("two two hundred", "two|two|hundred"),
    ROW("we do not need shards here\ncache in redis\nttl one day",
        "we|do|not|need|shards|here // cache|in|redis // ttl|one|day"),
    ROW("I mean the cache", "the|cache"),
    ROW("the mean is not what I mean", "the|mean|is|not|what"),
    ROW("retry. Retry", "retry // retry"),
    ROW("cache, cache", "cache|cache"),
    ROW("10 10", "10|10"),
    ROW("first\n\nsecond", "first // second"),
    ROW("- one\n- two", "one // two"),
    ROW("* one\n* two", "one // two"),
    ROW("1. one\n2. two", "one // two"),
    ROW("1) one\n2) two", "one // two"),
    ROW("\xe2\x80\xa2 one\n\xe2\x80\xa2 two", "one // two"),
    ROW("this line is long enough to be taken for prose that was wrapped\nby an editor.",
        "this|line|is|long|enough|to|be|taken|for|prose|that|was|wrapped|by|an|editor"),
    ROW("this line is long enough to be taken for prose that was wrapped\n\nNext.",
        "this|line|is|long|enough|to|be|taken|for|prose|that|was|wrapped // next"),
    /* a line that had room for the next word was ended on purpose */
    ROW("reads go to a replica in the same region and writes to the primary\n"
        "codes are given out in blocks by a counter\n"
        "an expired link answers gone",
        "reads|go|to|a|replica|in|the|same|region|and|writes|to|the|primary // "
        "codes|are|given|out|in|blocks|by|a|counter // an|expired|link|answers|gone"),
    ROW("Reads go to a replica in the same region as long as it is alive, says\n"
        "the plan, and writes go to the primary.",
        "reads|go|to|a|replica|in|the|same|region|as|long|as|it|is|alive|says|the|plan|and|"
        "writes|go|to|the|primary"),
    /* nobody speaks 36 words in one breath: clauses are parted where they begin */
    ROW("the browser sends the long link and we take the next number from a range that the "
        "server has reserved so it needs no lock and then we write one row and answer with the "
        "code it was given",
        "the|browser|sends|the|long|link // and|we|take|the|next|number|from|a|range|that|the|"
        "server|has|reserved // so|it|needs|no|lock|and|then|we|write|one|row|and|answer|with|the|code|"
        "it|was|given"),
    ROW("the browser sends the long link, and we take the next number from a range, that the "
        "server has reserved, so it needs no lock and then we write one row and answer with the "
        "code it was given",
        "the|browser|sends|the|long|link|and|we|take|the|next|number|from|a|range|that|the|server|"
        "has|reserved|so|it|needs|no|lock|and|then|we|write|one|row|and|answer|with|the|code|it|was|"
        "given"),
    ROW("a\r\nb", "a // b"),
};

static void write_words(struct buffer *out)
{
    for (size_t i = 0; i < text.words.count; i++) {
        const struct word *w = &text.words.items[i];
        const char *before = i == 0                                            ? ""
                             : text.words.items[i - 1].sentence != w->sentence ? " // "
                                                                               : "|";
        buffer_printf(out, "%s%s", before, dictionary_get(d, w->form)->text);
    }
}

static void test_words(void **state)
{
    (void)state;
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < ROWS(words); i++) {
        read_text(words[i].source);
        buffer_clear(&out);
        write_words(&out);
        if (strcmp(out.data, words[i].words) != 0)
            row_fails(__FILE__, words[i].row, "'%s' is read as %s, not %s",
                      words[i].source, out.data, words[i].words);
    }
    buffer_release(&out);
    table_ends();
}

/* --- stems: what compares equal --- */

static const struct {
    int row;
    const char *a, *b;
    bool equal;
} stems[] = {
    ROW("shard", "sharding", true),
    ROW("shard", "sharded", true),
    ROW("shard", "SHARDS", true),
    ROW("cache", "caches", true),
    ROW("cache", "cached", true),
    ROW("cache", "caching", true),
    ROW("retry", "retries", true),
    ROW("retry", "retried", true),
    ROW("replica", "replicas", true),
    ROW("replicate", "replication", true),
    ROW("partition", "partitioning", true),
    ROW("queue", "queues", true),
    ROW("query", "queries", true),
    ROW("idempotent", "idempotently", true),
    ROW("expire", "expires", true),
    ROW("color", "colour", true),
    ROW("behavior", "behaviour", true),
    ROW("center", "centre", true),
    ROW("catalog", "catalogue", true),
    ROW("analyze", "analyse", true),
    ROW("analyzed", "analysed", true),
    ROW("organization", "organisation", true),
    ROW("authorization", "authorisation", true),
    ROW("authorize", "authorise", true),
    ROW("optimizing", "optimising", true),
    ROW("serialized", "serialised", true),
    ROW("synchronizes", "synchronises", true),
    ROW("license", "licence", true),
    ROW("defense", "defence", true),
    ROW("sequence", "sequences", true),
    ROW("sequence", "sequenced", true),
    ROW("preference", "preferences", true),
    ROW("licenced", "licensed", true),
    ROW("favoured", "favored", true),
    ROW("serialiser", "serializer", true),
    ROW("serialisable", "serializable", true),
    ROW("catalogues", "catalogs", true),
    ROW("four", "for", false),
    ROW("hour", "hor", false),
    ROW("rise", "rize", false),
    ROW("four", "fourth", false),
    ROW("cache", "cash", false),
    ROW("lock", "look", false),
    ROW("count", "country", false),
    ROW("server", "service", false),
    ROW("user", "use", false),
    ROW("post", "poster", false),
    ROW("301", "302", false),
    ROW("62", "62", true),
    ROW("CAF\xc3\x89", "cafe", true),
};

static uint32_t stem(const char *word)
{
    return dictionary_stem(d, word, strlen(word));
}

static void test_stems(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(stems); i++)
        if ((stem(stems[i].a) == stem(stems[i].b)) != stems[i].equal)
            row_fails(__FILE__, stems[i].row, "'%s' and '%s' compare %s", stems[i].a,
                      stems[i].b, stems[i].equal ? "unequal" : "equal");
    table_ends();
}

/* --- what stands before a word --- */

static const struct {
    int row;
    const char *source;
    size_t word;
    unsigned wanted;
} flags[] = {
    ROW("a, b", 1, WORD_AFTER_COMMA),
    ROW("a: b", 1, WORD_AFTER_COLON),
    ROW("a; b", 1, WORD_AFTER_BREAK),
    ROW("a - b", 1, WORD_AFTER_BREAK),
    ROW("a \xe2\x80\x94 b", 1, WORD_AFTER_BREAK),
    ROW("a (b", 1, WORD_AFTER_BREAK),
    ROW("a | b", 1, WORD_AFTER_BREAK),
    ROW("a-b", 1, WORD_JOINED),
    ROW("a b", 1, WORD_SPACED),
    ROW("a B", 1, WORD_CAPITAL),
    ROW("a\nb", 1, WORD_STARTS_LINE),
    ROW("a", 0, WORD_STARTS_LINE),
};

static void test_flags(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(flags); i++) {
        read_text(flags[i].source);
        unsigned got = text.words.items[flags[i].word].flags;
        if (!(got & flags[i].wanted))
            row_fails(__FILE__, flags[i].row, "'%s': flags %u lack %u", flags[i].source,
                      got, flags[i].wanted);
    }
    table_ends();
}

/* --- sentences: questions, bullets, reasons --- */

static const struct {
    int row;
    const char *source;
    bool question, bullet, reason;
} sentences[] = {
    ROW("Do we need it?", true, false, false),
    ROW("We need it.", false, false, false),
    ROW("- we need it", false, true, false),
    ROW("2. we need it", false, true, false),
    ROW("-5 is a number", false, false, false),
    ROW("We need it because it breaks.", false, false, true),
    ROW("It is small, so one node holds it.", false, false, true),
    ROW("One node at the cost of reads.", false, false, true),
    ROW("A table instead of a queue.", false, false, true),
    ROW("Reads cost more than writes.", false, false, true),
    ROW("We store links.", false, false, false),
    ROW("Otherwise it is lost.", false, false, true),
};

static void test_sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(sentences); i++) {
        read_text(sentences[i].source);
        const struct sentence *s = &text.sentences.items[0];
        if (s->question != sentences[i].question || s->bullet != sentences[i].bullet ||
            s->reason != sentences[i].reason)
            row_fails(__FILE__, sentences[i].row,
                      "'%s': question %d, bullet %d, reason %d", sentences[i].source,
                      s->question, s->bullet, s->reason);
    }
    table_ends();
}

static void test_places(void **state)
{
    (void)state;
    struct text_part parts[] = { { "One two.", 8 }, { "", 0 }, { "  Three.\nFour", 13 } };
    text_read(&text, d, parts, 3);
    assert_int_equal(text.words.count, 4);
    assert_int_equal(text.sentences.count, 3);
    assert_int_equal(text.sentences.items[0].part, 0);
    assert_int_equal(text.sentences.items[1].part, 2);
    assert_int_equal(text.sentences.items[1].start, 2);
    assert_int_equal(text.sentences.items[1].stop, 7);
    assert_int_equal(text.sentences.items[2].start, 9);
    assert_int_equal(text.words.items[3].sentence, 2);
}

/* --- the dictionary --- */

/* What closes right behind the last word belongs to its sentence. */
static void test_closing(void **state)
{
    (void)state;
    read_text("POST /x {a, b} [99.9]%. So \"it\" (ends).");
    assert_int_equal(text.sentences.items[0].stop, 22);
    assert_int_equal(text.sentences.items[1].stop, 38);
}

static void test_forgetting(void **state)
{
    (void)state;
    struct dictionary *own = dictionary_new();
    uint32_t cache = dictionary_form(own, "cache", 5);
    dictionary_mark(own);
    size_t kept = dictionary_count(own);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5000; i++) {
            char word[16];
            int length = snprintf(word, sizeof(word), "w%c%c%c", 'a' + i % 26,
                                  'a' + i / 26 % 26, 'a' + i / 676);
            dictionary_form(own, word, (size_t)length);
        }
        assert_true(dictionary_count(own) > kept);
        dictionary_trim(own);
        assert_int_equal(dictionary_count(own), kept);
        assert_int_equal(dictionary_form(own, "Cache", 5), cache);
        assert_int_equal(dictionary_find_stem(own, "waaa", 4), UINT32_MAX);
    }
    dictionary_free(own);
}

/* Words of any length, and texts beyond the limit, are read without harm. */
static void test_extremes(void **state)
{
    (void)state;
    struct buffer long_text = BUFFER_INIT;
    buffer_repeat(&long_text, "x", 100000);
    read_text(long_text.data);
    assert_int_equal(text.words.count, 1);
    buffer_clear(&long_text);
    buffer_repeat(&long_text, "\xc3\x9f", 200); /* folds to twice the letters */
    read_text(long_text.data);
    assert_int_equal(text.words.count, 1);
    buffer_clear(&long_text);
    buffer_repeat(&long_text, "ab cd ", TEXT_WORDS_MAX / 2 + 10);
    read_text(long_text.data);
    assert_int_equal(text.words.count, TEXT_WORDS_MAX);
    buffer_release(&long_text);
}

/* Broken bytes change nothing of the words around them. */
static void test_bytes(void **state)
{
    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        char source[16];
        snprintf(source, sizeof(source), "cache %c queue", byte);
        read_text(source);
        assert_true(text.words.count >= 2);
        assert_string_equal(dictionary_get(d, text.words.items[0].form)->text, "cache");
        assert_string_equal(
            dictionary_get(d, text.words.items[text.words.count - 1].form)->text,
            "queue");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_words),
        cmocka_unit_test(test_stems),     cmocka_unit_test(test_flags),
        cmocka_unit_test(test_sentences), cmocka_unit_test(test_places),
        cmocka_unit_test(test_closing),   cmocka_unit_test(test_forgetting),
        cmocka_unit_test(test_extremes),  cmocka_unit_test(test_bytes),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
