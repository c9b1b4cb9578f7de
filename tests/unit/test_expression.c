/* The evidence language: what a line means, written out; and each mistake with its
 * column. */
#include <string.h>

#include "base/buffer.h"
#include "scoring/expression.h"
#include "table.h"

static void write_phrase(struct buffer *out, const struct expression *x)
{
    buffer_add_char(out, '<');
    for (size_t i = 0; i < x->count; i++) {
        const struct phrase_word *w = x->words[i];
        const char *quote = w->match == WORD_EXACT ? "\"" : "";
        buffer_printf(out, "%s%s%s%s%s", i ? " " : "", quote, w->text, quote,
                      w->match == WORD_PREFIX ? "*" : "");
    }
    buffer_add_char(out, '>');
}

/* Prefix form: (& <a> (| <b> @c)). */
static void write_out(struct buffer *out, const struct expression *x)
{
    switch (x->kind) {
    case EXPRESSION_PHRASE:
        write_phrase(out, x);
        return;
    case EXPRESSION_CONCEPT:
        buffer_printf(out, "@%s", x->concept);
        return;
    case EXPRESSION_QUANTITY:
        buffer_printf(out, "#%s", quantity_names[x->quantity->kind]);
        if (x->quantity->low > -1e300)
            buffer_printf(out, "[%g..%g]", x->quantity->low, x->quantity->high);
        return;
    case EXPRESSION_REASON:
        buffer_add_string(out, "~reason");
        return;
    default:
        buffer_printf(out, "(%c",
                      x->kind == EXPRESSION_AND  ? '&'
                      : x->kind == EXPRESSION_OR ? '|'
                                                 : '!');
    }
    for (size_t i = 0; i < x->count; i++) {
        buffer_add_char(out, ' ');
        write_out(out, x->items[i]);
    }
    buffer_add_char(out, ')');
}

static const struct {
    int row;
    const char *text, *meaning;
} meanings[] = {
    ROW("cache", "<cache>"),
    ROW("load balancer", "<load balancer>"),
    ROW("  load \t balancer ", "<load balancer>"),
    ROW("Load BALANCER", "<load balancer>"),
    ROW("base 62", "<base 62>"),
    ROW("base62", "<base 62>"),
    ROW("base-62", "<base 62>"),
    ROW("p99", "<p 99>"),
    ROW("62^7", "<62^7>"),
    ROW("99.99", "<99.99>"),
    ROW("4,000", "<4,000>"),
    ROW("don't", "<don't>"),
    ROW("read/write", "<read write>"),
    ROW("cach*", "<cach*>"),
    ROW("cach* miss", "<cach* miss>"),
    ROW("\"SELECT\"", "<\"SELECT\">"),
    ROW("\"SELECT FROM\" table", "<\"SELECT\" \"FROM\" table>"),
    ROW("caf\xc3\xa9", "<cafe>"),
    ROW("\xef\xbc\xa3"
        "ache",
        "<cache>"),
    ROW("@cache", "@cache"),
    ROW("@key-value-store", "@key-value-store"),
    ROW("@s3", "@s3"),
    ROW("#rate", "#rate"),
    ROW("#rate[20..200/s]", "#rate[20..200]"),
    ROW("#bytes[1TB..20TB]", "#bytes[1e+12..2e+13]"),
    ROW("#duration[1ms..2s]", "#duration[0.001..2]"),
    ROW("#percent[99.9..100]", "#percent[99.9..100]"),
    ROW("#count[3.4e12..3.6e12]", "#count[3.4e+12..3.6e+12]"),
    ROW("#number", "#number"),
    ROW("~reason", "~reason"),
    ROW("a | b", "(| <a> <b>)"),
    ROW("a|b|c", "(| <a> <b> <c>)"),
    ROW("a & b", "(& <a> <b>)"),
    ROW("a&b&c", "(& <a> <b> <c>)"),
    ROW("a & b | c", "(| (& <a> <b>) <c>)"),
    ROW("a | b & c", "(| <a> (& <b> <c>))"),
    ROW("(a | b) & c", "(& (| <a> <b>) <c>)"),
    ROW("a & !b", "(& <a> (! <b>))"),
    ROW("!b & a", "(& (! <b>) <a>)"),
    ROW("a & !(b | c)", "(& <a> (! (| <b> <c>)))"),
    ROW("((a))", "<a>"),
    ROW("(((a | b)))", "(| <a> <b>)"),
    ROW("a b & c d | e", "(| (& <a b> <c d>) <e>)"),
    ROW("@cache & ~reason", "(& @cache ~reason)"),
    ROW("(@cache | kept close) & #rate[1..2]", "(& (| @cache <kept close>) #rate[1..2])"),
    ROW("a & (b & (c & d))", "(& <a> (& <b> (& <c> <d>)))"),
    ROW("a b c d e f g h", "<a b c d e f g h>"),
};

static void test_meanings(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct buffer out = BUFFER_INIT;
    for (size_t i = 0; i < ROWS(meanings); i++) {
        struct error e;
        error_init(&e);
        buffer_clear(&out);
        struct expression *x = expression_parse(&arena, meanings[i].text, NULL, &e);
        if (x)
            write_out(&out, x);
        if (!x || strcmp(out.data, meanings[i].meaning) != 0)
            row_fails(__FILE__, meanings[i].row, "'%s' means %s, not %s",
                      meanings[i].text, x ? out.data : e.message, meanings[i].meaning);
    }
    buffer_release(&out);
    arena_release(&arena);
    table_ends();
}

/* `column` counts characters from 1, as the caret under the line does. */
static const struct {
    int row;
    const char *text;
    int column;
    const char *message; /* a part of it */
} mistakes[] = {
    ROW("", 1, "something is wanted here"),
    ROW("   ", 4, "something is wanted here"),
    ROW("a |", 4, "something is wanted here"),
    ROW("a &", 4, "something is wanted here"),
    ROW("a & | b", 5, "something is missing before this"),
    ROW("| a", 1, "something is missing before this"),
    ROW("& a", 1, "something is missing before this"),
    ROW("a || b", 4, "something is missing before this"),
    ROW("a && b", 4, "something is missing before this"),
    ROW("(a", 1, "the parenthesis is not closed"),
    ROW("a & (b | c", 5, "the parenthesis is not closed"),
    ROW("((a)", 1, "the parenthesis is not closed"),
    ROW("a)", 2, "this parenthesis was never opened"),
    ROW("(a | b)) & c", 8, "this parenthesis was never opened"),
    ROW("()", 2, "something is missing before this"),
    ROW("a (b)", 3, "'&' or '|' is missing before this"),
    ROW("a !b", 3, "'&' or '|' is missing before this"),
    ROW("a @cache", 3, "'&' or '|' is missing before this"),
    ROW("@cache a", 8, "'&' or '|' is missing before this"),
    ROW("(a) (b)", 5, "'&' or '|' is missing before this"),
    ROW("a #rate", 3, "'&' or '|' is missing before this"),
    ROW("!a", 1, "'!' needs something to stand beside"),
    ROW("b | !a", 5, "'!' needs something to stand beside"),
    ROW("!a & !b", 1, "'!' needs something to stand beside"),
    ROW("a & !", 6, "something is wanted here"),
    ROW("a & !!b", 6, "'!' stands here twice"),
    ROW("a & ! !b", 7, "'!' stands here twice"),
    ROW("!!b & a", 2, "'!' stands here twice"),
    ROW("a & !(!b)", 7, "'!' needs something to stand beside"),
    ROW("a & (!b)", 6, "'!' needs something to stand beside"),
    ROW("@", 2, "a concept's name must follow"),
    ROW("@ cache", 2, "a concept's name must follow"),
    ROW("a & @Cache", 6, "a concept's name must follow"),
    ROW("\"open", 1, "the quotation mark is not closed"),
    ROW("a & \"open", 5, "the quotation mark is not closed"),
    ROW("\"\"", 1, "a phrase is wanted here"),
    ROW("*", 1, "'*' must follow a word"),
    ROW("a *", 3, "'*' must follow a word"),
    ROW("cach**", 6, "'*' must follow a word"),
    ROW("~because", 1, "the only word with '~' is ~reason"),
    ROW("a & ~reas", 5, "the only word with '~' is ~reason"),
    ROW("#speed", 2, "unknown quantity"),
    ROW("a & #speed", 6, "unknown quantity"),
    ROW("#rate[", 7, "a number is wanted here"),
    ROW("#rate[20", 9, "from..to"),
    ROW("#rate[20..10]", 11, "the range ends before it begins"),
    ROW("#rate[20ms..30ms]", 7, "a number is wanted here"),
    ROW("#rate[1..2", 11, "']' is missing"),
    ROW("a b c d e f g h i", 1, "at most 8 words"),
    ROW("x & a b c d e f g h i", 5, "at most 8 words"),
    ROW("\"a b c d e f g h i\"", 1, "at most 8 words"),
    ROW("caf\xc3\xa9 & {", 8, "this character has no meaning here"),
    ROW("a { b", 3, "this character has no meaning here"),
    ROW("a \\ b", 3, "this character has no meaning here"),
    ROW("-", 1, "a phrase is wanted here"),
    ROW("((((((((((((((((((((((((((((((((((a", 33, "nested too deeply"),
};

static void test_mistakes(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    for (size_t i = 0; i < ROWS(mistakes); i++) {
        struct error e;
        size_t where = 0;
        error_init(&e);
        if (expression_parse(&arena, mistakes[i].text, &where, &e)) {
            row_fails(__FILE__, mistakes[i].row, "'%s' is taken", mistakes[i].text);
            continue;
        }
        error_locate(&e, mistakes[i].text, strlen(mistakes[i].text), where);
        if (e.column != mistakes[i].column || e.caret != mistakes[i].column ||
            !strstr(e.message, mistakes[i].message))
            row_fails(__FILE__, mistakes[i].row,
                      "'%s': column %d '%s', not column %d '%s'", mistakes[i].text,
                      e.column, e.message, mistakes[i].column, mistakes[i].message);
    }
    arena_release(&arena);
    table_ends();
}

/* --- lexicon entries: one phrase and nothing else --- */

static const struct {
    int row;
    const char *text;
    int column; /* 0: fine */
} phrases[] = {
    ROW("in memory copy", 0), ROW("cach*", 0), ROW("  kept warm ", 0),
    ROW("a | b", 3),          ROW("a & b", 3), ROW("(a)", 1),
    ROW("a @b", 3),           ROW("#rate", 1), ROW("", 1),
    ROW("a !b", 3),
};

static void test_phrases(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct expression_room room = { .arena = &arena };
    for (size_t i = 0; i < ROWS(phrases); i++) {
        struct error e;
        size_t where = 0;
        error_init(&e);
        bool good = expression_parse_phrase(&room, phrases[i].text, &where, &e) != NULL;
        int column = good ? 0 : (int)where + 1;
        if (column != phrases[i].column)
            row_fails(__FILE__, phrases[i].row, "'%s': column %d, not %d (%s)",
                      phrases[i].text, column, phrases[i].column, e.message);
    }
    expression_room_release(&room);
    arena_release(&arena);
    table_ends();
}

/* --- walking, long lists, no error wanted --- */

static void count_node(const struct expression *node, void *state)
{
    int *counts = state;
    counts[node->kind]++;
}

static void test_walk(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    int counts[EXPRESSION_NOT + 1] = { 0 };
    struct expression *x =
        expression_parse(&arena, "(a | @b | #rate) & !c & ~reason", NULL, NULL);
    assert_non_null(x);
    expression_walk(x, count_node, counts);
    assert_int_equal(counts[EXPRESSION_PHRASE], 2);
    assert_int_equal(counts[EXPRESSION_CONCEPT], 1);
    assert_int_equal(counts[EXPRESSION_QUANTITY], 1);
    assert_int_equal(counts[EXPRESSION_REASON], 1);
    assert_int_equal(counts[EXPRESSION_AND], 1);
    assert_int_equal(counts[EXPRESSION_OR], 1);
    assert_int_equal(counts[EXPRESSION_NOT], 1);
    arena_release(&arena);
}

static void test_many(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct buffer text = BUFFER_INIT;
    struct error e;
    for (int round = 0; round < 2; round++) {
        buffer_clear(&text);
        for (int i = 0; i < 256 + round; i++)
            buffer_printf(&text, "%sw%d", i ? " | " : "", i);
        error_init(&e);
        size_t where = 0;
        struct expression *x = expression_parse(&arena, text.data, &where, &e);
        assert_true(round ? !x : x && x->count == 256);
        if (round)
            assert_string_equal(text.data + where, "w256");
    }
    /* also where the one too many has stood in another string */
    struct expression_room room = { .arena = &arena };
    size_t where = 0;
    error_init(&e);
    assert_non_null(expression_parse_in(&room, "w256", NULL, NULL));
    assert_null(expression_parse_in(&room, text.data, &where, &e));
    assert_string_equal(text.data + where, "w256");
    expression_room_release(&room);
    assert_null(expression_parse(&arena, "(", NULL, NULL)); /* nobody wants to know why */
    buffer_release(&text);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meanings), cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_phrases),  cmocka_unit_test(test_walk),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
