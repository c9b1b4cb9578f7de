/* An expression on the first line, a text on the others: parsed, and looked for in the
 * text. */
#include "fuzz.h"

#include "scoring/matcher.h"

static void visit(const struct expression *node, void *state)
{
    size_t *offset_max = state;
    must(node->offset <= *offset_max);
    if (node->kind == EXPRESSION_PHRASE)
        must(node->count > 0 && node->words[0]->text);
    if (node->kind == EXPRESSION_QUANTITY)
        must(node->quantity->low <= node->quantity->high);
}

static void look_for(const struct expression *x, const char *source, size_t length,
                     struct reach reach)
{
    enum { ROOM = 16 };
    struct match found[ROOM];
    struct matcher *m = matcher_new(NULL);
    size_t query = matcher_add(m, x, reach);
    matcher_seal(m);
    struct text text = { 0 };
    struct text_part part = { source, length };
    text_read(&text, matcher_dictionary(m), &part, 1);
    matcher_read(m, &text);
    size_t count = matcher_find(m, query, found, ROOM);
    must(count <= ROOM);
    for (size_t i = 0; i < count; i++) {
        must(found[i].first <= found[i].last && found[i].last < text.words.count);
        must(found[i].last - found[i].first <= reach.window);
        must(found[i].count >= 1 && found[i].count <= MATCH_WORDS);
        must(i == 0 || found[i - 1].first < found[i].first);
    }
    text_release(&text);
    matcher_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = memchr(data, '\n', size);
    size_t length = line ? (size_t)(line - data) : size;
    struct arena arena = ARENA_INIT;
    struct error e;
    error_init(&e);
    size_t where = SIZE_MAX;
    char *source = arena_strndup(&arena, (const char *)data, length);
    length = strlen(source);
    struct expression *x = expression_parse(&arena, source, &where, &e);
    if (x) {
        must(e.code == ERROR_NONE);
        expression_walk(x, visit, &length);
        const char *text = line ? (const char *)line + 1 : "";
        size_t rest = line ? size - (size_t)(line + 1 - data) : 0;
        look_for(x, text, rest, reach_evidence);
        look_for(x, text, rest, reach_red_flag);
    } else {
        must(e.code == ERROR_INPUT && e.message[0] && where <= length);
        error_locate(&e, source, length, where);
        must(e.line == 1 && e.column >= 1);
    }
    arena_release(&arena);
    return 0;
}
