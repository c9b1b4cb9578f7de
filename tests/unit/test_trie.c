/* Many phrases in one reading: which groups are told, and where. */
#include <string.h>

#include "base/buffer.h"
#include "scoring/trie.h"
#include "table.h"

/* Phrases parted by "|", group 0 on. */
static void add_phrases(struct trie *t, struct arena *arena, const char *phrases)
{
    char *copy = arena_strdup(arena, phrases);
    struct expression_room room = { .arena = arena };
    uint32_t group = 0;
    for (char *at = copy; at; group++) {
        char *bar = strchr(at, '|');
        if (bar)
            *bar = '\0';
        trie_attach(t, trie_add(t, expression_parse_phrase(&room, at, NULL, NULL)), group);
        at = bar ? bar + 1 : NULL;
    }
    expression_room_release(&room);
    trie_seal(t);
}

struct taking {
    struct trie *trie;
    struct buffer out;
};

static void take(void *state, uint32_t node, uint32_t first, uint32_t last)
{
    struct taking *taking = state;
    size_t count;
    const uint32_t *groups = trie_groups(taking->trie, node, &count);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&taking->out, "%s%u:%u-%u", taking->out.length ? " " : "",
                      groups[i], first, last);
}

static const struct {
    int row;
    const char *phrases, *text, *found; /* group:first-last */
} cases[] = {
    ROW("cache", "a cache", "0:1-1"),
    ROW("cache|queue", "queue and cache", "1:0-0 0:2-2"),
    ROW("load|load balancer", "a load balancer", "0:1-1 1:1-2"),
    ROW("load balancer|balancer", "load balancer", "0:0-1 1:1-1"),
    ROW("cache|cache", "cache", "0:0-0 1:0-0"),
    ROW("cach*|cache", "caching", "1:0-0 0:0-0"),
    ROW("web socket", "websocket", "0:0-0"),
    ROW("websocket", "web socket", "0:0-1"),
    ROW("websocket", "web. Socket", ""),
    ROW("a b c", "a b d", ""),
    ROW("a b c|b d", "a b d", "1:1-2"),
    ROW("consumer group", "comsumer group", "0:0-1"),
    ROW("\"Redis\"", "redis, Redis", "0:1-1"),
    ROW("idem* key", "idempotency keys", "0:0-1"),
    ROW("cache", "", ""),
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS(cases); i++) {
        struct dictionary *d = dictionary_new();
        struct trie *t = trie_new(d);
        struct arena arena = ARENA_INIT;
        struct taking taking = { t, BUFFER_INIT };
        struct text text = { 0 };
        struct text_part part = { cases[i].text, strlen(cases[i].text) };
        add_phrases(t, &arena, cases[i].phrases);
        for (int round = 0; round < 2; round++) { /* what is known of words serves again */
            buffer_clear(&taking.out);
            text_read(&text, d, &part, 1);
            trie_read(t, &text, take, &taking);
            if (strcmp(taking.out.data, cases[i].found) != 0)
                row_fails(__FILE__, cases[i].row, "'%s' in '%s': %s, not %s (round %d)",
                          cases[i].phrases, cases[i].text, taking.out.data,
                          cases[i].found, round);
            trie_forget(t);
        }
        text_release(&text);
        buffer_release(&taking.out);
        arena_release(&arena);
        trie_free(t);
        dictionary_free(d);
    }
    trie_free(NULL);
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
