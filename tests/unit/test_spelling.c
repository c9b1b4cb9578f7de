/*
 * Typing errors: what is forgiven, and what is another word and must not be. The words
 * known here are those that a rubric on systems has; a sound word one letter away means
 * itself.
 */
#include <string.h>

#include "scoring/spelling.h"
#include "scoring/text.h"
#include "table.h"

static const char *const known[] = {
    "cache",        "idempotent", "partition",  "consumer",    "locking",
    "blocking",     "counter",    "replica",    "database",    "queue",
    "message",      "consistent", "hashing",    "sequence",    "redirect",
    "retry",        "scheduler",  "heartbeat",  "throughput",  "latency",
    "duplicate",    "encryption", "monitoring", "websocket",   "balancer",
    "availability", "durable",    "expire",     "transaction", "asynchronous",
    "acknowledge",  "provider",   "permanent",  "failover",    "routing",
    "signature",    "worker",     "tenant",     "booking",     "shard",
    "batch",        "index",
};

static struct dictionary *d;
static struct spelling *spelling;

static uint32_t stem(const char *word)
{
    return dictionary_stem(d, word, strlen(word));
}

static int make_ready(void **state)
{
    (void)state;
    d = dictionary_new();
    spelling = spelling_new();
    for (size_t i = 0; i < ROWS(known); i++)
        spelling_add(spelling, known[i], strlen(known[i]), stem(known[i]));
    spelling_seal(spelling);
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    spelling_free(spelling);
    dictionary_free(d);
    return 0;
}

static uint32_t correct(const char *word)
{
    return spelling_correct(spelling, word, strlen(word), stem(word));
}

static const struct {
    int row;
    const char *typed, *meant;
} forgiven[] = {
    ROW("cahce", "cache"),
    ROW("idempotant", "idempotent"),
    ROW("idempotnet", "idempotent"),
    ROW("idepotent", "idempotent"),
    ROW("partitoning", "partition"),
    ROW("partiton", "partition"),
    ROW("partittion", "partition"),
    ROW("comsumer", "consumer"),
    ROW("consumr", "consumer"),
    ROW("conusmer", "consumer"),
    ROW("consummer", "consumer"),
    ROW("lokcing", "locking"),
    ROW("blokcing", "blocking"),
    ROW("countr", "counter"),
    ROW("coutner", "counter"),
    ROW("replcia", "replica"),
    ROW("replicca", "replica"),
    ROW("databse", "database"),
    ROW("datbase", "database"),
    ROW("databaes", "database"),
    ROW("queeu", "queue"),
    ROW("messgae", "message"),
    ROW("mesage", "message"),
    ROW("consistant", "consistent"),
    ROW("hahsing", "hashing"),
    ROW("sequense", "sequence"),
    ROW("seqeunce", "sequence"),
    ROW("redirct", "redirect"),
    ROW("rediretc", "redirect"),
    ROW("schedular", "scheduler"),
    ROW("sheduler", "scheduler"),
    ROW("hearbeat", "heartbeat"),
    ROW("heartbeet", "heartbeat"),
    ROW("throughtput", "throughput"),
    ROW("trhoughput", "throughput"),
    ROW("latancy", "latency"),
    ROW("latencey", "latency"),
    ROW("dupilcate", "duplicate"),
    ROW("duplciates", "duplicate"),
    ROW("encrption", "encryption"),
    ROW("monitorng", "monitoring"),
    ROW("webscoket", "websocket"),
    ROW("balencer", "balancer"),
    ROW("availablity", "availability"),
    ROW("avaliability", "availability"),
    ROW("transcation", "transaction"),
    ROW("transation", "transaction"),
    ROW("asyncronous", "asynchronous"),
    ROW("asynchronus", "asynchronous"),
    ROW("acknowlege", "acknowledge"),
    ROW("acknowledege", "acknowledge"),
    ROW("permenant", "permanent"),
    ROW("permanant", "permanent"),
    ROW("failvoer", "failover"),
    ROW("signiture", "signature"),
    ROW("wroker", "worker"),
    ROW("indxe", "index"),
    ROW("shrad", "shard"),
};

static void test_forgiven(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(forgiven); i++)
        if (correct(forgiven[i].typed) != stem(forgiven[i].meant))
            row_fails(__FILE__, forgiven[i].row, "'%s' is not taken for '%s'",
                      forgiven[i].typed, forgiven[i].meant);
    table_ends();
}

/* Words of English that stand near a known one. */
static const struct {
    int row;
    const char *word, *not_this;
} themselves[] = {
    ROW("looking", "locking"),
    ROW("lacking", "locking"),
    ROW("licking", "locking"),
    ROW("booking", "blocking"),
    ROW("blacking", "blocking"),
    ROW("country", "counter"),
    ROW("counted", "counter"),
    ROW("encounter", "counter"),
    ROW("cash", "cache"),
    ROW("catch", "cache"),
    ROW("ache", "cache"),
    ROW("retro", "retry"),
    ROW("entry", "retry"),
    ROW("cue", "queue"),
    ROW("query", "queue"),
    ROW("massage", "message"),
    ROW("passage", "message"),
    ROW("bath", "batch"),
    ROW("match", "batch"),
    ROW("patch", "batch"),
    ROW("share", "shard"),
    ROW("sharp", "shard"),
    ROW("hard", "shard"),
    ROW("inbox", "index"),
    ROW("words", "worker"),
    ROW("walker", "worker"),
    ROW("tenent", "locking"),
    ROW("tent", "tenant"),
    ROW("present", "permanent"),
    ROW("prominent", "permanent"),
    ROW("replace", "replica"),
    ROW("reply", "replica"),
    ROW("expert", "expire"),
    ROW("explore", "expire"),
    ROW("empire", "expire"),
    ROW("inspire", "expire"),
    ROW("washing", "hashing"),
    ROW("having", "hashing"),
    ROW("shouting", "routing"),
    ROW("roasting", "routing"),
    ROW("rooting", "routing"),
    ROW("direct", "redirect"),
    ROW("consumed", "consistent"),
    ROW("constant", "consistent"),
    ROW("insistent", "consistent"),
    ROW("portion", "partition"),
    ROW("petition", "partition"),
    ROW("translation", "transaction"),
    ROW("traction", "transaction"),
    ROW("inscription", "encryption"),
    ROW("capability", "availability"),
    ROW("dependent", "idempotent"),
    ROW("impotent", "idempotent"),
    ROW("important", "idempotent"),
    ROW("durable", "duplicate"),
    ROW("double", "durable"),
    ROW("signature", "sequence"),
    ROW("synchronous", "asynchronous"),
    ROW("knowledge", "acknowledge"),
    ROW("through", "throughput"),
    ROW("throughout", "throughput"),
};

static void test_themselves(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(themselves); i++)
        if (correct(themselves[i].word) == stem(themselves[i].not_this))
            row_fails(__FILE__, themselves[i].row, "'%s' is taken for '%s'",
                      themselves[i].word, themselves[i].not_this);
    table_ends();
}

/* --- the first part of a word written apart --- */

static const struct {
    int row;
    const char *begin, *with,
        *without; /* letters that known words go on with, and that none does */
} begins[] = {
    ROW("web", "s", "abx"), ROW("webs", "o", "st"), ROW("websocket", "", "s"),
    ROW("fail", "o", "s"),  ROW("heart", "b", "a"), ROW("zebra", "", "s"),
    ROW("", "wfh", "z"),
};

static void test_begins(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(begins); i++) {
        uint32_t letters =
            spelling_next_letters(spelling, begins[i].begin, strlen(begins[i].begin));
        for (const char *c = begins[i].with; *c; c++)
            if (!(letters & spelling_letter(*c)))
                row_fails(__FILE__, begins[i].row, "'%s%c' begins no word",
                          begins[i].begin, *c);
        for (const char *c = begins[i].without; *c; c++)
            if (letters & spelling_letter(*c))
                row_fails(__FILE__, begins[i].row, "'%s%c' begins a word",
                          begins[i].begin, *c);
    }
    table_ends();
}

static void test_empty(void **state)
{
    (void)state;
    struct spelling *none = spelling_new();
    spelling_add(none, "", 0, 1);
    spelling_add(none, "62", 2, 2);
    spelling_seal(none);
    assert_int_equal(spelling_correct(none, "consumer", 8, 7), 7);
    assert_int_equal(spelling_next_letters(none, "con", 3), 0);
    spelling_free(none);
    spelling_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forgiven),
        cmocka_unit_test(test_themselves),
        cmocka_unit_test(test_begins),
        cmocka_unit_test(test_empty),
    };
    return cmocka_run_group_tests(tests, make_ready, clean_up);
}
