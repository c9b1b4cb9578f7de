/* Which lines ask: by the mark, or by their words alone. */
#include <string.h>

#include "base/buffer.h"
#include "session/question.h"
#include "table.h"

static const struct {
    int row;
    const char *line;
    enum question_kind kind;
} lines[] = {
    ROW("do people choose their own alias?", QUESTION_MARKED),
    ROW("really?\") ", QUESTION_MARKED),
    ROW("?", QUESTION_NONE),
    ROW("", QUESTION_NONE),
    ROW("is encryption wanted? It changes the search.", QUESTION_WITHIN),
    ROW("may a job get lost, e.g. a mail? A charge never", QUESTION_WITHIN),
    ROW("Redirects first. How fast? I'd guess 50 ms", QUESTION_WITHIN),
    ROW("GET /x?y=1 gives the list", QUESTION_NONE),
    ROW("? marks a placeholder", QUESTION_NONE),
    ROW("what plans are there", QUESTION_WORDED),
    ROW("whats the latency target for search", QUESTION_WORDED),
    ROW("What's out of scope for today", QUESTION_WORDED),
    ROW("i would like to know if a guest must be logged in", QUESTION_WORDED),
    ROW("any restriction on file types", QUESTION_WORDED),
    ROW("for how long should we retry a webhook", QUESTION_WORDED),
    ROW("in which case we send it again", QUESTION_NONE),
    ROW("any machine can answer it", QUESTION_NONE),
    ROW("What plans are there.", QUESTION_WORDED),
    ROW("so what is the ratio of reads to writes", QUESTION_WORDED),
    ROW("how many links a month", QUESTION_WORDED),
    ROW("how long does a link live", QUESTION_WORDED),
    ROW("ok and do we need accounts", QUESTION_WORDED),
    ROW("is there a budget for this", QUESTION_WORDED),
    ROW("are the limits per user or per key", QUESTION_WORDED),
    ROW("can users pick the alias themselves", QUESTION_WORDED),
    ROW("which of the regions do we serve", QUESTION_WORDED),
    ROW("what happens to a job that fails", QUESTION_WORDED),
    ROW("what about abuse", QUESTION_WORDED),
    ROW("should a limit survive a restart", QUESTION_WORDED),
    /* statements that begin alike */
    ROW("what we need is a queue per tenant", QUESTION_NONE),
    ROW("what happens then: we answer 503", QUESTION_NONE),
    ROW("do the hash first, then base 62", QUESTION_NONE),
    ROW("have a worker per queue", QUESTION_NONE),
    ROW("will use a token bucket in Redis", QUESTION_NONE),
    ROW("when Redis dies we let requests pass", QUESTION_NONE),
    ROW("which means a lost click or two", QUESTION_NONE),
    ROW("how we shard is by the code", QUESTION_NONE),
    ROW("we ask what the ratio is", QUESTION_NONE),
    ROW("why not", QUESTION_NONE),
    ROW("is it safe. It is, because the key is unique", QUESTION_NONE),
    ROW("do we need a queue, I think so, since the providers are slow and we must not lose what was "
        "accepted, so a queue for each of the channels it is",
        QUESTION_NONE),
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(lines); i++) {
        enum question_kind kind = question_read(lines[i].line, strlen(lines[i].line));
        if (kind != lines[i].kind)
            row_fails(__FILE__, lines[i].row, "'%s' is read as %d, not %d", lines[i].line,
                      kind, lines[i].kind);
    }
    table_ends();
}

static const struct {
    int row;
    const char *line;
    bool surely;
} sure[] = {
    ROW("what can people filter on in the search", true),
    ROW("Can we have redis.", true),
    ROW("any restriction on file types", true),
    /* as terse people state things too */
    ROW("is read heavy", false),
    ROW("is rate limiting needed", false),
    ROW("what we need is a queue per tenant", false),
    /* a verb before its subject, wherever that stands */
    ROW("if the store is down do we let requests thru or reject", true),
    ROW("Webhooks: must they be in order, and how long should we retry", true),
    ROW("how many distinct URLs and how big is a response, i.e. would it fit in memory",
        true),
    ROW("they can try it again and so can we", false),
    ROW("a job is put back and should it fail twice we drop it", false),
    ROW("if it is down do we reject, I think we let them pass", false),
    ROW("if it is down do we reject, no, we let them pass", false),
    ROW("we shard by key. Do we need more", true),
    ROW("custom aliases y/n", true),
    ROW("limits are per key, right", true),
    ROW("we keep it right", false),
    ROW("deleted ones come back or not", true),
    ROW("Who stops people from shortening phishing urls", true),
    ROW("Do all teams send from the same domain", true),
    ROW("do the hash first, then base 62", false),
};

static void test_sure(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(sure); i++)
        if (question_surely(sure[i].line, strlen(sure[i].line)) != sure[i].surely)
            row_fails(__FILE__, sure[i].row, "'%s'", sure[i].line);
    table_ends();
}

static const struct {
    int row;
    const char *line, *pieces;
} pieces[] = {
    ROW("how many users?", "how many users|"),
    ROW("how many users and which regions?", "how many users | which regions|"),
    ROW("how many users? which regions?", "how many users| which regions|"),
    ROW("how many users; which regions", "how many users| which regions"),
    ROW("how many users, which regions?", "how many users| which regions|"),
    ROW("how many users, mostly in Europe?", "how many users, mostly in Europe|"),
    ROW("what if a region is gone, how long may it take?",
        "what if a region is gone, how long may it take|"),
    ROW("if the store is down and we cannot check?",
        "if the store is down and we cannot check|"),
    ROW("if the store is down, which requests pass?",
        "if the store is down, which requests pass|"),
    ROW("is it per chat or global?", "is it per chat or global|"),
    ROW("sandy and brandy", "sandy | brandy"),
    ROW("latency target + availability?", "latency target | availability|"),
    ROW("", ""),
};

static void test_pieces(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(pieces); i++) {
        const char *line = pieces[i].line;
        size_t length = strlen(line), next = 0;
        struct buffer got = BUFFER_INIT;
        for (size_t at = 0; at < length; at = next) {
            size_t end = question_piece(line, length, at, &next);
            buffer_add(&got, line + at, end - at);
            buffer_add_string(&got, next > end ? "|" : "");
        }
        if (strcmp(got.data, pieces[i].pieces) != 0)
            row_fails(__FILE__, pieces[i].row, "'%s' is parted as '%s', not '%s'", line,
                      got.data, pieces[i].pieces);
        buffer_release(&got);
    }
    table_ends();
}

static const struct {
    int row;
    const char *line;
    bool checks, follows;
    int choice;
} manners[] = {
    ROW("does that make sense so far?", true, false, 0),
    ROW("can i ask questions first?", true, false, 1),
    ROW("shall I go on?", true, false, 0),
    ROW("you there?", true, false, 0),
    ROW("is that ok?", true, false, 0),
    ROW("does that cover what you want?", false, false, 0), /* it may be no */
    ROW("okay how many nodes are there?", false, false, 0),
    ROW("is it ok if the import takes an hour?", false, false, 0),
    ROW("is that fine for you?", true, false, 0),
    ROW("can users edit a link?", false, false, 0),
    ROW("is it ok to lose a click now and then, say one in a thousand?", false, false, 0),
    ROW("it times out at 3 s. Did it go out?", false, true, 0),
    ROW("The first, please.", false, false, 1),
    ROW("yes exactly", false, false, 1),
    ROW("I mean the latter", false, false, 2),
    ROW("the second one?", false, false, 2),
    ROW("Both.", false, false, 3),
    ROW("UPDATE c SET n = n + 1 WHERE id=? RETURNING n; INSERT with it", false, false, 0),
    ROW("the next page has (created_at, id) < (?, ?) as I wrote", false, false, 0),
    ROW("first of all I would like to know how many of them there are", false, false, 0),
    ROW("", false, false, 0),
};

static void test_manners(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(manners); i++) {
        const char *line = manners[i].line;
        size_t length = strlen(line);
        if (question_checks(line, length) != manners[i].checks ||
            question_follows(line, length) != manners[i].follows ||
            question_choice(line, length) != manners[i].choice)
            row_fails(__FILE__, manners[i].row, "'%s': %d %d %d", line,
                      question_checks(line, length), question_follows(line, length),
                      question_choice(line, length));
    }
    table_ends();
}

/* Where a second question begins. */
static const struct {
    int row;
    const char *line, *halves;
} halves[] = {
    ROW("how many users and which regions?", "how many users | which regions|"),
    ROW("how many users and rooms do we have?", "how many users and rooms do we have|"),
    ROW("who calls us, in which regions?", "who calls us| in which regions|"),
    ROW("what is it for, and so who pays?", "what is it for| so who pays|"),
    ROW("do they retry or how are jobs lost?", "do they retry | how are jobs lost|"),
    ROW("does it expire, or is it kept?", "does it expire, or is it kept|"),
    ROW("latency target and which regions?", "latency target | which regions|"),
    ROW("after a change, must the sessions end?",
        "after a change, must the sessions end|"),
    ROW("most links are never read, so can we drop those?",
        "most links are never read, so can we drop those|"),
    ROW("if it is down, which requests pass?", "if it is down, which requests pass|"),
    ROW("when is it due, and may it be late?", "when is it due, | may it be late|"),
    ROW("", ""),
};

static void test_halves(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(halves); i++) {
        const char *line = halves[i].line;
        size_t length = strlen(line), next = 0;
        struct buffer got = BUFFER_INIT;
        for (size_t at = 0; at < length; at = next) {
            size_t end = question_half(line, length, at, &next);
            if (end > at && (end - at > 1 || line[at] != ' '))
                buffer_add(&got, line + at, end - at);
            buffer_add_string(&got, next > end && end - at > 1 ? "|" : "");
        }
        if (strcmp(got.data, halves[i].halves) != 0)
            row_fails(__FILE__, halves[i].row, "'%s' is parted as '%s', not '%s'", line,
                      got.data, halves[i].halves);
        buffer_release(&got);
    }
    table_ends();
}

/* After "Do you mean ..., or ...?" */
static const struct {
    int row;
    const char *line;
    bool states;
} replies[] = {
    ROW("At most five devices per person.", true),
    ROW("two devices per person", true),
    ROW("I count clicks only, not people.", true),
    ROW("we keep what they send", true),
    ROW("Rough click counts, no unique visitors.", true),
    ROW("Links cannot be changed.", true),
    ROW("clicks without people", true),
    ROW("the clicks", false),
    ROW("I mean the clicks", false),
    ROW("no, I meant how many devices a person has", false),
    ROW("whether a link can be changed", false),
    ROW("the one that is about devices", false),
    ROW("how long they stay", false),
    ROW("first one", false),
    ROW("", false),
};

static void test_replies(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(replies); i++)
        if (question_states(replies[i].line, strlen(replies[i].line)) !=
            replies[i].states)
            row_fails(__FILE__, replies[i].row, "'%s'", replies[i].line);
    table_ends();
}

/* What asks in the form of a statement; what leaves a question open; what asks for an opinion. */
static const struct {
    int row;
    const char *line;
    bool surely, wonders, assumes, open, opinion;
} forms[] = {
    ROW("Not sure whether one person may be in two companies.", false, true, false, true,
        false),
    ROW("I'd like to know what a limit is attached to.", true, true, false, false, false),
    ROW("new fields are added, I don't know if old clients bear that", false, true, false,
        true, false),
    ROW("an edit shows in how many seconds, one or ten", false, true, false, true, false),
    ROW("Rights are inherited. Correct me if that's wrong.", false, true, false, true,
        false),
    ROW("Tell me please how much one call takes of time", false, true, false, true,
        false),
    ROW("Please explain the providers.", false, true, false, true, false),
    ROW("could you describe a typical day", true, true, false, true, false),
    ROW("I will tell what happens", false, false, false, true, false),
    ROW("Do the peak is on Friday", true, false, false, true, false),
    /* what is done about an assumption */
    ROW("I assume that some have no key, then I have to ask them by our reference.",
        false, false, true, false, false),
    ROW("We assume bad clocks, so we need to know the time of arrival.", false, false,
        true, false, false),
    ROW("I assume bad clocks, but I'd like to know how bad.", false, true, true, false,
        false),
    ROW("we need to know the time of arrival", false, true, false, true, false),
    ROW("I take it that nobody pays in cash.", false, false, true, true, false),
    ROW("order matters within a chat only i guess", false, false, true, true, false),
    ROW("Presumably one region.", false, false, true, true, false),
    ROW("can owner edit the target later, or is it fixed", true, false, false, true,
        false),
    ROW("one team at first. can we use celery or must we build it", true, false, false,
        true, false),
    ROW("alerts at night. any people on call", true, false, false, true, false),
    ROW("What must never happen is a double charge.", false, false, false, true, false),
    ROW("links are created by post and read by get", false, false, false, true, false),
    ROW("can shorten a url and set an alias", false, false, false, true, false),
    ROW("per key or per user? It changes a lot.", false, false, false, true, false),
    ROW("per key or per user? I'd say per key.", false, false, false, false, false),
    ROW("should I use Kafka here?", true, false, false, true, true),
    ROW("would you shard by customer?", true, false, false, true, true),
    ROW("which database should we take?", true, false, false, true, true),
    ROW("which databases do you run today?", true, false, false, true, false),
    ROW("", false, false, false, true, false),
};

static void test_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(forms); i++) {
        const char *line = forms[i].line;
        size_t length = strlen(line);
        if (question_surely(line, length) != forms[i].surely ||
            question_wonders(line, length) != forms[i].wonders ||
            question_assumes(line, length) != forms[i].assumes ||
            question_leaves_open(line, length) != forms[i].open ||
            question_seeks_opinion(line, length) != forms[i].opinion)
            row_fails(__FILE__, forms[i].row, "'%s': %d %d %d %d %d", line,
                      question_surely(line, length), question_wonders(line, length),
                      question_assumes(line, length), question_leaves_open(line, length),
                      question_seeks_opinion(line, length));
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),   cmocka_unit_test(test_sure),
        cmocka_unit_test(test_pieces),  cmocka_unit_test(test_manners),
        cmocka_unit_test(test_replies), cmocka_unit_test(test_halves),
        cmocka_unit_test(test_forms)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
