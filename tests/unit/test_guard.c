/*
 * What an answer looks like as a whole. Each guard acts on what it is for and leaves
 * sound prose alone; the ramps between are arithmetic.
 */
#include <math.h>
#include <string.h>

#include "scoring/guard.h"
#include "shipped.h"

/* --- ramps --- */

static const struct {
    int row;
    double from, to, floor, minimum, share;
    uint32_t words;
    double factor;
} ramps[] = {
    ROW(0.4, 0.8, 0.2, 10, 0.0, 100, 1),   ROW(0.4, 0.8, 0.2, 10, 0.4, 100, 1),
    ROW(0.4, 0.8, 0.2, 10, 0.6, 100, 0.6), ROW(0.4, 0.8, 0.2, 10, 0.8, 100, 0.2),
    ROW(0.4, 0.8, 0.2, 10, 1.0, 100, 0.2), ROW(0.4, 0.8, 0.2, 10, 1.0, 9, 1),
    ROW(0.4, 0.8, 0.2, 10, 1.0, 10, 0.2),  ROW(0.4, 0.4, 0.2, 10, 1.0, 100, 1),
    ROW(0.8, 0.4, 0.2, 10, 1.0, 100, 1),   ROW(0.4, 0.8, 0.0, 0, 0.8, 0, 0),
    ROW(0.4, 0.8, 1.0, 0, 0.8, 50, 1),
};

static void test_ramps(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(ramps); i++) {
        struct weights w = { 0 };
        struct guard_reading r = { .words = ramps[i].words };
        w.guards[GUARD_FILLER] = (struct ramp) { ramps[i].from, ramps[i].to,
                                                 ramps[i].floor, ramps[i].minimum };
        r.share[GUARD_FILLER] = ramps[i].share;
        double factor = guard_factor(&w, GUARD_FILLER, &r);
        if (fabs(factor - ramps[i].factor) > 1e-9)
            row_fails(__FILE__, ramps[i].row, "%g is left, not %g", factor,
                      ramps[i].factor);
    }
    struct weights w = { 0 };
    w.guards[GUARD_TOPIC] = (struct ramp) { 0.4, 0.8, 0.2, 10 };
    struct guard_reading allowed = { .words = 100, .topic_allowed = 0.1 };
    allowed.share[GUARD_TOPIC] = 0.7;
    assert_true(fabs(guard_factor(&w, GUARD_TOPIC, &allowed) - 0.6) < 1e-9);
    allowed.topic_lift = 0.5;
    assert_true(fabs(guard_factor(&w, GUARD_TOPIC, &allowed) - 0.8) < 1e-9);
    for (int g = 0; g < GUARD_COUNT; g++)
        assert_true(guard_names[g] && guard_words[g] && guard_words[g][0]);
    assert_null(guard_names[GUARD_COUNT]);
    table_ends();
}

/* --- which guards act --- */

#define PROSE                                                                            \
    "A browser sends the long link to our service, and the service takes the next "      \
    "number from its "                                                                   \
    "range. It writes the number in base 62, which gives seven characters, and stores "  \
    "code and link "                                                                     \
    "in one row. When somebody opens the short link, the server looks the code up in "   \
    "its cache and "                                                                     \
    "answers with a redirect. If the code is not there, it reads the row from a "        \
    "replica and keeps it "                                                              \
    "for an hour. We expect 40 new links and 4,000 redirects a second, so three "        \
    "servers are enough."

/* The same as it is dictated, and with each sentence on a line of its own. */
#define SPOKEN                                                                           \
    "a browser sends the long link to our service and the service takes the next "       \
    "number from its range it writes the number in base 62 which gives seven "           \
    "characters and stores code and link in one row when somebody opens the short "      \
    "link the server looks the code up in its cache and answers with a redirect if the " \
    "code is not there it reads the row from a replica and keeps it for an hour we "     \
    "expect 40 new links and 4,000 redirects a second so three servers are enough"

#define BULLETS                                                                          \
    "- A browser sends the long link to our service.\n"                                  \
    "- The service takes the next number from its range.\n"                              \
    "- It writes the number in base 62.\n- That gives seven characters.\n"               \
    "- Code and link are in one row.\n- Somebody opens the short link.\n"                \
    "- The server looks the code up in its cache.\n- It answers with a redirect.\n"      \
    "- If the code is not there, a replica is read.\n- The row is kept for an hour.\n"   \
    "- We expect 40 new ones and 4,000 opened a second.\n- Three servers are enough."

/* Short ones are no sentences, and nobody who asks them has done wrong. */
#define QUESTIONS                                                                        \
    "which regions?\nwho creates links?\nhow many custom names are there?\n"             \
    "is order important?\ncan people delete?\nhow often do you deploy?\n"
#define QUESTIONS_TOO                                                                    \
    "which browsers?\nlogin needed?\nwhat budget?\nmobile apps?\nexpiry how long?\n"     \
    "stats for whom?\nvanity names?\nabuse how much?\nteam size?\n"
#define AFTER_QUESTIONS                                                                   \
    "so: create links, redirect, count clicks, let them expire. out of scope: accounts "  \
    "and billing\na redirect under 50 ms, no link lost once we gave it out, four nines. " \
    "counts may be late by a minute"

static const struct {
    int row;
    const char *name, *text, *guard;
    bool acts;
} cases[] = {
    ROW("prose", PROSE, "list", false),
    ROW("prose", PROSE, "names", false),
    ROW("prose", PROSE, "filler", false),
    ROW("prose", PROSE, "repetition", false),
    ROW("prose", PROSE, "order", false),
    ROW("prose", PROSE, "topic", false),
    ROW("prose", PROSE, "advertising", false),
    ROW("dictated", SPOKEN, "list", false),
    ROW("dictated", SPOKEN, "filler", false),
    ROW("dictated", SPOKEN, "order", false),
    ROW("dictated", SPOKEN, "topic", false),
    ROW("in bullets", BULLETS, "list", false),
    ROW("in bullets", BULLETS, "order", false),
    ROW("in bullets", BULLETS, "topic", false),
    ROW("past tense",
        "The estates were called to Versailles in 1789 because the crown had no money left. "
        "Bread had become dear after two bad harvests, and the third estate, which paid nearly "
        "all the taxes, was not willing to be outvoted again. When the hall was closed to them, "
        "its members met elsewhere and swore that they would not part before there was a "
        "constitution. In July the people of Paris stormed the Bastille.",
        "order", false),
    ROW("shuffled",
        "to link service long sends our a the browser the and next takes the number from the "
        "range service its. base it in number writes 62 the gives which characters seven and "
        "link code row stores one in and. somebody the when link short opens server cache the "
        "code up its looks in the and a with redirect answers. the code there is if not row a "
        "from the it reads replica it and for keeps hour an.",
        "order", true),
    ROW("blanks",
        "base62 counter redis cache replica shard 301 302 expiry rate limit analytics kafka "
        "queue load balancer cdn uuid hash collision",
        "list", true),
    ROW("blanks, phrases",
        "base62 next number of the range redis cache aside read replica sharding by code 302 "
        "found expiry per link rate limit by user click events kafka on failure queue load "
        "balancer health check cdn at the edge uuid hash with salt collision retry unique index",
        "list", true),
    ROW("phrases of the rubric",
        "someone is called sums someone validate goes on serving gets the answer "
        "visits ten percent given again come first slips non existing emit closing as "
        "long as remaining spam list express 64^6 wrong target bottom line block "
        "later another door goes to less important allkeys lru submit one door signs "
        "hands out why should known link no asking under a minute 2.59 million checks "
        "the date start must work returning check",
        "phrases", true),
    ROW("prose", PROSE, "phrases", false),
    ROW("dictated", SPOKEN, "phrases", false),
    ROW("commas",
        "base62, counter, redis, cache, replica, shard, 301, 302, expiry, rate limit, "
        "analytics, kafka, queue, load balancer, cdn, uuid, hash, collision",
        "list", true),
    ROW("lines",
        "base62\ncounter\nredis\ncache\nreplica\nshard\nexpiry\nrate limit\nanalytics\n"
        "kafka\nqueue\nload balancer\ncdn\nuuid\nhash\ncollision",
        "list", true),
    ROW("bullets",
        "- base62\n- counter\n- redis\n- cache\n- replica\n- shard\n- expiry\n"
        "- rate limit\n- analytics\n- kafka\n- queue\n- load balancer\n- cdn",
        "list", true),
    ROW("numbers",
        "1. base62\n2. counter\n3. redis\n4. cache\n5. replica\n6. shard\n7. expiry\n"
        "8. rate limit\n9. analytics\n10. kafka\n11. queue\n12. load balancer\n13. cdn",
        "list", true),
    ROW("filler",
        "We will use caching. A queue is important. Sharding is key. We need replicas. "
        "The "
        "cache is good. Monitoring is essential. We should use a CDN. Rate limiting is "
        "needed. We will "
        "use Kafka. Analytics are important. A load balancer is used. Backups are a "
        "must. We will use "
        "Redis.",
        "filler", true),
    ROW("praise",
        "This is a great and scalable design. It is robust. The best solution. It is an "
        "excellent and modern system. Everything is perfect here. It is very good. We "
        "make it better. "
        "The quality is high. It handles everything. A wonderful approach. It is so "
        "efficient and so "
        "powerful. The best practices are used.",
        "filler", true),
    ROW("template",
        "I choose Redis instead of the alternative because it handles 4,000 requests per "
        "second. I choose Kafka instead of the alternative because it handles 4,000 "
        "requests per "
        "second. I choose sharding instead of the alternative because it handles 4,000 "
        "requests per "
        "second. I choose replicas instead of the alternative because it handles 4,000 "
        "requests per "
        "second. I choose caching instead of the alternative because it handles 4,000 "
        "requests per "
        "second. I choose counters instead of the alternative because it handles 4,000 "
        "requests per "
        "second.",
        "repetition", true),
    ROW("three patterns by turns",
        "The redis fails when the counter returns late, so the replica takes over after "
        "30 seconds. We write the queue before the cache, otherwise the worker could lose "
        "what it holds. First the shard checks the gateway, and without it the bucket "
        "would be repeated for ever. The token fails when the alias returns late, so the "
        "redirect takes over after 30 seconds. We write the index before the cursor, "
        "otherwise the broker could lose what it holds. First the lease checks the redis, "
        "and without it the counter would be repeated for ever. The replica fails when "
        "the queue returns late, so the cache takes over after 30 seconds. We write the "
        "worker before the shard, otherwise the gateway could lose what it holds. First "
        "the bucket checks the token, and without it the alias would be repeated for "
        "ever.",
        "repetition", true),
    ROW("a habit of speech",
        "I would say that the counter is the simplest. I would say that a range per "
        "server saves a trip to it. I would say that redirects come from memory, since "
        "most links are opened soon after they were made. I would say that nobody should "
        "wait for the statistics, so clicks go to a queue. I would say that 302 keeps the "
        "clicks countable. I would say that a row per link is small enough to stay on one "
        "machine for years.",
        "repetition", false),
    ROW("hammered home in one sentence",
        "People forget that the library tries three times and the service tries three "
        "times and the gateway tries three times and the client tries three times as "
        "well, so that one click becomes eighty one calls, and only one of them should do "
        "it.",
        "repetition", false),
    ROW("notes, shuffled",
        "rd: client CDN -> -> svc search Redis -> (TTL + jitter, 30s ES singleflight) ->\n"
        "wr: client -> MySQL svc (4 semi-sync) booking -> shards, replica\n"
        "evt: outbox (key=hotel, Kafka -> so per) ordered -> indexer, ES mailer view\n"
        "ES = hotel w/ (drop bitmap; row idempotent doc ver consumer via older) night\n"
        "page live inv (kills from re-reads for hotel: 409s) cheap, offer most primary 1",
        "order", true),
    ROW("notes",
        "rd: client -> CDN -> search svc -> Redis (TTL 30s + jitter, singleflight) -> ES\n"
        "wr: client -> booking svc -> MySQL (4 shards, semi-sync replica)\n"
        "evt: outbox -> Kafka (key=hotel, so ordered per hotel) -> ES indexer, mailer, view\n"
        "ES doc = hotel w/ night bitmap; consumer idempotent via row ver (drop older)\n"
        "offer page re-reads live inv from primary for 1 hotel: cheap (kills most 409s)",
        "order", false),
    ROW("notes, in brackets and with faces",
        "design [\n"
        "rd: client -> CDN -> search svc -> Redis (TTL 30s + jitter, singleflight) -> ES\n"
        "wr: client -> booking svc -> MySQL (4 shards, semi-sync replica)\n"
        "evt: outbox -> Kafka (key=hotel, so ordered per hotel) -> ES indexer, mailer, view\n"
        "ES doc = hotel w/ night bitmap; consumer idempotent via row ver (drop older)\n"
        "offer page re-reads live inv from primary for 1 hotel: cheap (kills most 409s) :(\n"
        "pay: auth -> confirm -> capture (PSP key = booking id), timeout = unknown :(\n"
        "expiry job: batch 500, only HELD (SKIP LOCKED) ]",
        "order", false),
    ROW("brochure",
        "Our best-of-breed link platform delivers a seamless journey from creation to "
        "insight. It is cloud-native and elastic by nature, and an AI-driven governance "
        "layer proactively protects every stakeholder. Intelligent caching gives "
        "world-class response, while a holistic ecosystem of services unlocks "
        "innovation. Links are stored in a future-proof data fabric with frictionless "
        "redirects, and zero trust keeps the posture of the whole landscape sound.",
        "advertising", true),
    ROW("one such word",
        "The redirect is served from memory, which makes it robust: when the database is "
        "gone, links that were opened in the last hour go on working, and the others "
        "answer 503 until a replica is promoted. New links are refused for that minute, "
        "since a code that was given out and then lost would be worse than an error.",
        "advertising", false),
    ROW("a table of contents",
        "First I would clarify who creates links and who opens them. Then I'd estimate the "
        "writes and the reads and derive the length of a code. I'd present the endpoints and "
        "the table. After that I'd compare counters with hashes and random codes. I would "
        "show where the cache stands and what its hit ratio means. I'd go through the "
        "failures of each part, and I'd close with what I would measure.",
        "plan", true),
    ROW("who would do so",
        "I'd take a counter, since a collision can not happen then. I would put the cache "
        "before the table, because nine of ten clicks go to links of this week. I'd compare "
        "the hashes in a test first. I would keep the clicks in a queue, and nobody waits "
        "for them. I'd start with one server and two replicas of it. The codes have seven "
        "characters. Redirects are 302. Old rows are removed at night.",
        "plan", false),
    ROW("the task said again",
        "The task is a service that makes short links. It has to make a short link from a long "
        "one, and whoever opens the short link has to get to the long one. There are 100 "
        "million new links a month, and links are read a hundred times as often as they are "
        "made, so it is a service that reads. A link has to stay for years. People who open a "
        "link expect that the page opens, so the service has to be fast, and the links have to "
        "stay short. The design is a service which makes links and a service that opens them. "
        "The deep problem is that 100 million new links a month are made and have to stay "
        "short for years, and that people open them a hundred times as often. "
        "The data are the long links and the short links. A new link is made when somebody "
        "has a long link and wants a short one of it. A link is opened when somebody has the "
        "short one and wants to get to the page. So the first makes, and the second reads, and "
        "the second comes a hundred times as often as the first. That a link is short is what "
        "people want of a service for short links, and that it opens is what they expect. "
        "When 100 million new links a month are made for years, there are many long links and "
        "as many short links. Each short link has to get people to the one long link of which "
        "it was made. When people open a short link a hundred times, they have to get to the "
        "same long link a hundred times. To sum up: people make short links from long links, "
        "other people open the short links, they open them far more often than links are "
        "made, links stay for years, there are 100 million new ones in a month, and the "
        "service has to make them, open them and stay fast for the people who open links.",
        "prompt", true),
    ROW("the task said again in one phase",
        "The task is a service that makes short links. It has to make a short link from a long "
        "one, and whoever opens the short link has to get to the long one. There are 100 "
        "million new links a month, and links are read a hundred times as often as they are "
        "made, so it is a service that reads. A link has to stay for years. People who open a "
        "link expect that the page opens, so the service has to be fast, and the links have to "
        "stay short. The design is a service which makes links and a service that opens them. "
        "The deep problem is that 100 million new links a month are made and have to stay "
        "short for years, and that people open them a hundred times as often.",
        "prompt", false),
    ROW("prose", PROSE, "prompt", false),
    ROW("reasons that say it again",
        "Redirects come from a cache, because a cache is needed for redirects. Links get a "
        "code, because every link needs a code. A counter in the database, because the database "
        "has a counter. Clicks go to a queue because clicks are important. The load balancer "
        "is redundant because redundancy is good. Old links expire, because links have an "
        "expiry. There is a rate limit because limits are the best practice. Codes are unique "
        "because they should be unique codes.",
        "reasons", true),
    ROW("reasons",
        "Redirects come from a cache, because nine of ten clicks go to links of this week. "
        "Links get a code of seven characters, because six are used up in two years. A counter "
        "in ranges of 1,000, because a trip for each link would cost ten milliseconds. Clicks "
        "go to a queue because nobody should wait for statistics. Redirects are 302 because a "
        "browser keeps a 301. The balancer is there twice, because it would be the only part "
        "that all depend on. Cached links are cheap because they are cached.",
        "reasons", false),
    ROW("reasons of one word, times and verbs",
        "Redirects are 302 because of the clicks. Codes come from a counter because of "
        "collisions. Two retries would otherwise cause duplicates. Nobody has changed a link "
        "since its creation. A read and a write race, thus the delete. The store has three "
        "replicas because of durability. Entries stay an hour because of deletions. Skew would "
        "cause expiry too early. Clicks are counted since midnight.",
        "reasons", false),
    ROW("who decides with I'd",
        "I'd start with Postgres and 4 shards. I'd define POST /links with a key of 40 bytes. "
        "I'd derive seven characters from 6 billion links. I'd draw the line at 2,000 bytes. "
        "I'd present a page with 410 for what has expired. I'd identify an owner by a token. "
        "I'd state the promise as 99.9% of redirects within 50 ms. I would cover taken codes "
        "with a unique index and 3 tries.",
        "plan", false),
    ROW("questions before it", QUESTIONS QUESTIONS_TOO AFTER_QUESTIONS, "order", false),
    ROW("questions before it", QUESTIONS QUESTIONS_TOO AFTER_QUESTIONS, "filler", false),
    ROW("another subject",
        "A cell is surrounded by a membrane of two layers of fat, and what may pass is "
        "decided by "
        "proteins that stand in it. Inside, the sugar is broken down step by step, and "
        "each step "
        "keeps a little of its energy for the cell. Plants do this too, although they "
        "make the sugar "
        "themselves out of light, water and air. When there is no oxygen, the cell has "
        "to be content "
        "with the first step, which is why muscles ache after a hard run up a long hill.",
        "topic", true),
};

static bool acts(const struct score *score, const char *guard)
{
    for (size_t i = 0; i < score->guard_count; i++)
        if (!strcmp(score->guards[i].id, guard) && score->guards[i].factor < 1)
            return true;
    return false;
}

static void test_cases(void **state)
{
    (void)state;
    const struct shipped *url = NULL;
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, "url-shortener"))
            url = &shipped.items[i];
    assert_non_null(url);
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct score score =
            shipped_grade(url, &(struct sample_part) { NULL, cases[i].text }, 1);
        if (acts(&score, cases[i].guard) != cases[i].acts)
            row_fails(__FILE__, cases[i].row, "%s: the guard '%s' %s (%.1f points)",
                      cases[i].name, cases[i].guard,
                      cases[i].acts ? "does not act" : "acts", score.total);
    }
    table_ends();
}

/* Points of a text for the URL shortener. */
static double points_of(const char *text)
{
    for (size_t i = 0; i < shipped.count; i++)
        if (!strcmp(shipped.items[i].id, "url-shortener"))
            return shipped_grade(&shipped.items[i], &(struct sample_part) { NULL, text },
                                 1)
                .total;
    return -1;
}

/* Asked first or not, what is said earns the same; terms earn nothing by a question mark each. */
static void test_questions(void **state)
{
    (void)state;
    double without = points_of(AFTER_QUESTIONS),
           with = points_of(QUESTIONS QUESTIONS_TOO AFTER_QUESTIONS);
    assert_true(without > 10);
    assert_true(with > without - 2 && with < without + 2);
    double list = points_of(
        "base62? counter? redis? cdn? sharding? replicas? 301? 302? ttl? "
        "hash collision? kafka? analytics? rate limit? cassandra? cache "
        "aside? read replica? consistent hashing? bloom filter? multi region? "
        "failover? tinyurl? dynamodb? snowflake id? key generation service? "
        "lru eviction? click stream? load balancer? write through? expiry job?");
    assert_true(list < 5);
}

static const struct guard_score *find_guard(const struct score *score, const char *id)
{
    for (size_t i = 0; i < score->guard_count; i++)
        if (!strcmp(score->guards[i].id, id))
            return &score->guards[i];
    return NULL;
}

/* Where numbers, words or weighing cost more than any gap, the card says so; where little is said, gaps do. */
static void test_depth_is_told(void **state)
{
    size_t told = 0;
    (void)state;
    for (size_t r = 0; r < shipped.count; r++)
        for (size_t i = 0; i < shipped.items[r].rubric->sample_count; i++) {
            const struct sample *s = &shipped.items[r].rubric->samples[i];
            struct score score =
                shipped_grade(&shipped.items[r], s->parts, s->part_count);
            const struct guard_score *depth = find_guard(&score, "depth");
            told += depth != NULL;
            if (depth && (score.coverage < 0.5 || depth->factor < 1 ||
                          !strstr(depth->words, "points more")))
                row_fails(__FILE__, __LINE__, "%s/%s: %s", shipped.items[r].id, s->id,
                          depth->words);
        }
    table_ends();
    assert_true(told >= 5);
}

/* On its own strong samples no guard acts. */
static void test_strong_samples(void **state)
{
    (void)state;
    for (size_t r = 0; r < shipped.count; r++)
        for (size_t i = 0; i < shipped.items[r].rubric->sample_count; i++) {
            const struct sample *s = &shipped.items[r].rubric->samples[i];
            if (strcmp(s->kind, "strong") != 0)
                continue;
            struct score score =
                shipped_grade(&shipped.items[r], s->parts, s->part_count);
            for (size_t g = 0; g < score.guard_count; g++)
                if (score.guards[g].factor < 1)
                    row_fails(__FILE__, __LINE__, "%s/%s: '%s' leaves %.2f",
                              shipped.items[r].id, s->id, score.guards[g].id,
                              score.guards[g].factor);
        }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ramps),          cmocka_unit_test(test_cases),
        cmocka_unit_test(test_questions),      cmocka_unit_test(test_depth_is_told),
        cmocka_unit_test(test_strong_samples),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
