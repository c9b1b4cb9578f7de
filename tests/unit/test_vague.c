/* What is asked "How?", and what is an answer. */
#include <string.h>

#include "session/vague.h"
#include "table.h"

static const struct {
    int row;
    const char *text;
    enum vague want;
} cases[] = {
    ROW("it scales", VAGUE_CLAIM),
    ROW("It scales.", VAGUE_CLAIM),
    ROW("this scales very well", VAGUE_CLAIM),
    ROW("we make it fast", VAGUE_CLAIM),
    ROW("The system is highly available and reliable.", VAGUE_CLAIM),
    ROW("so the design is scalable, robust and secure", VAGUE_CLAIM),
    ROW("It is a scalable system. It performs well. It is fast.", VAGUE_CLAIM),
    ROW("Everything is fast and stable.", VAGUE_CLAIM),
    ROW("our servers handle the load quickly", VAGUE_CLAIM),
    ROW("we optimize the performance", VAGUE_CLAIM),
    ROW("it should be reliable", VAGUE_GOAL),
    ROW("It must be fast and secure.", VAGUE_GOAL),
    ROW("we need high availability", VAGUE_GOAL),
    ROW("the service has to be scalable for many users", VAGUE_GOAL),
    ROW("low latency", VAGUE_CLAIM),
    /* answers, however short */
    ROW("it scales to 4000 requests a second", VAGUE_NO),
    ROW("so it is fast, since we cache", VAGUE_NO),
    ROW("it scales because servers are stateless", VAGUE_NO),
    ROW("we cache the hot links", VAGUE_NO),
    ROW("replicas make it fast", VAGUE_NO),
    ROW("reads are fast from memory", VAGUE_NO),
    ROW("99.99% available", VAGUE_NO),
    ROW("under 50 ms", VAGUE_NO),
    ROW("availability over consistency", VAGUE_CLAIM),
    ROW("redirects must be fast", VAGUE_NO),
    ROW("it does not scale", VAGUE_NO),
    ROW("no", VAGUE_NO),
    ROW("ok", VAGUE_NO),
    ROW("yes, that is fine", VAGUE_NO),
    ROW("let me think", VAGUE_NO),
    ROW("how fast must it be?", VAGUE_NO),
    ROW("is it secure?", VAGUE_NO),
    ROW("GET /{code} answers 302", VAGUE_NO),
    ROW("", VAGUE_NO),
    ROW("...", VAGUE_NO),
};

static void test_vague(void **state)
{
    (void)state;
    static const char *const names[] = { "an answer", "a vague claim", "a vague goal" };
    for (size_t i = 0; i < ROWS(cases); i++) {
        enum vague got = vague_answer(cases[i].text, strlen(cases[i].text));
        if (got != cases[i].want)
            row_fails(__FILE__, cases[i].row, "'%s' is %s", cases[i].text, names[got]);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_vague) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
