#include "scoring/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "scoring/text.h"

/* Far beyond what a person writes; keeps a hostile file from exhausting the stack. */
enum { DEPTH_MAX = 32, PHRASE_MAX = 8 };

struct expression_slot {
    const char *text; /* borrowed */
    uint32_t length;
    uint32_t kind; /* of word_match; 0 in the index of phrases */
    void *kept;    /* NULL: the slot is free */
};

struct parser {
    struct arena *arena;
    struct expression_room *room; /* or NULL */
    const char *text;
    size_t length, at;
    int depth;
    struct error *error;
    size_t *where;
};

static struct expression *fail(struct parser *p, size_t at, const char *message)
{
    if (p->error && p->error->code == ERROR_NONE && p->where)
        *p->where = at;
    error_set(p->error, ERROR_INPUT, "%s", message);
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static void skip_blanks(struct parser *p)
{
    while (p->at < p->length && is_blank(p->text[p->at]))
        p->at++;
}

static char next_char(struct parser *p)
{
    skip_blanks(p);
    return p->at < p->length ? p->text[p->at] : '\0';
}

static struct expression *node_new(struct parser *p, enum expression_kind kind, size_t offset)
{
    struct expression *x = arena_new(p->arena, struct expression);
    x->kind = (uint16_t)kind;
    x->offset = (uint32_t)offset;
    return x;
}

static bool is_operator(char c)
{
    return c == '&' || c == '|' || c == '!' || c == '(' || c == ')';
}

/* --- what was there before --- */

static struct expression_slot *find_slot(const struct expression_index *index, const char *text,
                                         size_t length, unsigned kind)
{
    size_t at = hash_bytes(HASH_START + kind, text, length) & (index->size - 1);
    for (;; at = (at + 1) & (index->size - 1)) {
        struct expression_slot *slot = &index->slots[at];
        if (!slot->kept || (slot->length == length && slot->kind == kind &&
                            memcmp(slot->text, text, length) == 0))
            return slot;
    }
}

static void grow(struct expression_index *index)
{
    struct expression_index larger = { .count = index->count };
    larger.size = index->size ? 2 * index->size : 1024;
    larger.slots = xcalloc(larger.size, sizeof(*larger.slots));
    for (size_t i = 0; i < index->size; i++) {
        const struct expression_slot *slot = &index->slots[i];
        if (slot->kept)
            *find_slot(&larger, slot->text, slot->length, slot->kind) = *slot;
    }
    free(index->slots);
    *index = larger;
}

/* The slot of a text: what is kept there, or room for it, to be filled at once. */
static struct expression_slot *slot_of(struct expression_index *index, const char *text,
                                       size_t length, unsigned kind)
{
    if (4 * (index->count + 1) > 3 * index->size)
        grow(index);
    struct expression_slot *slot = find_slot(index, text, length, kind);
    if (!slot->kept) {
        slot->text = text;
        slot->length = (uint32_t)length;
        slot->kind = kind;
    }
    return slot;
}

static void fill(struct expression_index *index, struct expression_slot *slot, void *kept)
{
    slot->kept = kept;
    index->count++;
}

void expression_room_release(struct expression_room *room)
{
    free(room->phrases.slots);
    free(room->words.slots);
    *room = (struct expression_room){ .arena = room->arena, .drops_texts = room->drops_texts };
}

/* --- phrases --- */

static struct phrase_word *new_word(struct arena *arena, const char *text, size_t length,
                                    enum word_match match)
{
    struct phrase_word *word = arena_new(arena, struct phrase_word);
    char *kept = arena_strndup(arena, text, length);
    word->match = match;
    word->text = kept;
    if (match != WORD_EXACT && !utf8_fold_plain(kept, text, length)) {
        struct buffer folded = BUFFER_INIT;
        utf8_fold(&folded, text, length);
        word->text = arena_strndup(arena, folded.data, folded.length);
        buffer_release(&folded);
    }
    return word;
}

static void add_word(struct parser *p, struct expression *x, const char *text, size_t length,
                     enum word_match match)
{
    const struct phrase_word **word = &x->words[x->count++];
    if (!p->room) {
        *word = new_word(p->arena, text, length, match);
        return;
    }
    struct expression_slot *slot = slot_of(&p->room->words, text, length, match);
    if (!slot->kept)
        fill(&p->room->words, slot, new_word(p->arena, text, length, match));
    *word = slot->kept;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char too_long[] = "a phrase has at most 8 words";

static struct expression *parse_quoted(struct parser *p, struct expression *x)
{
    size_t start = ++p->at;
    while (p->at < p->length && p->text[p->at] != '"')
        p->at++;
    if (p->at == p->length)
        return fail(p, start - 1, "the quotation mark is not closed");
    for (size_t at = start; at < p->at;) {
        size_t end = text_word_end(p->text, p->at, at);
        if (end > at && x->count == PHRASE_MAX)
            return fail(p, x->offset, too_long);
        if (end > at)
            add_word(p, x, p->text + at, end - at, WORD_EXACT);
        at = end > at ? end : at + 1;
    }
    p->at++;
    return x;
}

/* Characters that part words and mean nothing: hyphens, slashes and the like. */
static bool is_joint(char c)
{
    return c && strchr("-_/.,:;+'%$<>=^?", c);
}

static struct expression *parse_phrase_word(struct parser *p, struct expression *x)
{
    size_t start = p->at;
    if (p->text[p->at] == '"')
        return parse_quoted(p, x);
    if (is_joint(p->text[p->at])) {
        p->at++;
        return x;
    }
    size_t end = text_word_end(p->text, p->length, start);
    if (end == start)
        return fail(p, p->at, p->text[p->at] == '*' ? "'*' must follow a word"
                                                    : "this character has no meaning here");
    p->at = end;
    bool prefix = p->at < p->length && p->text[p->at] == '*';
    add_word(p, x, p->text + start, p->at - start, prefix ? WORD_PREFIX : WORD_STEM);
    p->at += prefix;
    return x;
}

/* The length of plain words from here on, blanks behind them not counted; 0 where there is more. */
static size_t plain_words(const struct parser *p)
{
    size_t length = strcspn(p->text + p->at, "&|!()@#~\"");
    if (p->text[p->at + length] && !strchr("&|)", p->text[p->at + length]))
        return 0;
    while (length && is_blank(p->text[p->at + length - 1]))
        length--;
    return length;
}

static struct expression *parse_new_phrase(struct parser *p);

static struct expression *parse_phrase(struct parser *p)
{
    size_t length = p->room ? plain_words(p) : 0, start = p->at;
    if (!length)
        return parse_new_phrase(p);
    struct expression_index *known = &p->room->phrases;
    const struct expression_slot *found = known->size ? find_slot(known, p->text + start, length, 0)
                                                      : NULL;
    if (found && found->kept) {
        p->at += length;
        return found->kept;
    }
    struct expression *x = parse_new_phrase(p);
    if (x)
        fill(known, slot_of(known, p->text + start, length, 0), x);
    return x;
}

static struct expression *parse_new_phrase(struct parser *p)
{
    struct expression *x = node_new(p, EXPRESSION_PHRASE, p->at);
    const struct phrase_word *words[PHRASE_MAX]; /* there are thousands: only what is used is kept */
    x->words = words;
    size_t start = p->at;
    for (char c;
         (c = next_char(p)) && !is_operator(c) && c != '@' && c != '#' && c != '~';) {
        if (x->count == PHRASE_MAX)
            return fail(p, start, too_long);
        if (!parse_phrase_word(p, x))
            return NULL;
    }
    if (!x->count)
        return fail(p, start, "a phrase is wanted here");
    x->words = arena_array(p->arena, const struct phrase_word *, x->count);
    memcpy(x->words, words, x->count * sizeof(*words));
    return x;
}

/* --- the rest --- */

static struct expression *parse_concept(struct parser *p)
{
    struct expression *x = node_new(p, EXPRESSION_CONCEPT, p->at);
    size_t start = ++p->at;
    while (p->at < p->length &&
           (is_digit(p->text[p->at]) || p->text[p->at] == '-' ||
            (p->text[p->at] >= 'a' && p->text[p->at] <= 'z')))
        p->at++;
    if (p->at == start)
        return fail(p, start, "a concept's name must follow '@'");
    x->concept = arena_strndup(p->arena, p->text + start, p->at - start);
    return x;
}

static struct expression *parse_quantity(struct parser *p)
{
    struct expression *x = node_new(p, EXPRESSION_QUANTITY, p->at);
    const char *message;
    size_t where, used;
    x->quantity = arena_new(p->arena, struct quantity_range);
    used = quantity_range_parse(p->text + p->at + 1, x->quantity, &message, &where);
    if (!used)
        return fail(p, p->at + 1 + where, message);
    p->at += 1 + used;
    return x;
}

static struct expression *parse_reason(struct parser *p)
{
    static const char word[] = "~reason";
    struct expression *x = node_new(p, EXPRESSION_REASON, p->at);
    if (strncmp(p->text + p->at, word, sizeof(word) - 1) != 0)
        return fail(p, p->at, "the only word with '~' is ~reason");
    p->at += sizeof(word) - 1;
    return x;
}

static struct expression *parse_or(struct parser *p);

static struct expression *parse_parenthesis(struct parser *p)
{
    size_t start = p->at++;
    if (++p->depth > DEPTH_MAX)
        return fail(p, start, "nested too deeply");
    struct expression *x = parse_or(p);
    p->depth--;
    if (!x)
        return NULL;
    if (next_char(p) != ')')
        return fail(p, start, "the parenthesis is not closed");
    p->at++;
    return x;
}

static struct expression *parse_not(struct parser *p);

static struct expression *parse_item(struct parser *p)
{
    switch (next_char(p)) {
    case '\0':
        return fail(p, p->at, "something is wanted here: a phrase, @concept, #quantity or ~reason");
    case '!':
        return parse_not(p);
    case '(':
        return parse_parenthesis(p);
    case '@':
        return parse_concept(p);
    case '#':
        return parse_quantity(p);
    case '~':
        return parse_reason(p);
    case '&':
    case '|':
    case ')':
        return fail(p, p->at, "something is missing before this");
    default:
        return parse_phrase(p);
    }
}

static struct expression *parse_not(struct parser *p)
{
    struct expression *x = node_new(p, EXPRESSION_NOT, p->at++);
    if (next_char(p) == '!')
        return fail(p, p->at, "'!' stands here twice");
    x->items = arena_array(p->arena, struct expression *, 1);
    x->count = 1;
    x->items[0] = parse_item(p);
    return x->items[0] ? x : NULL;
}

/* Items joined by one operator; a single item stands for itself. */
static struct expression *parse_joined(struct parser *p, char operator, enum expression_kind kind,
                                       struct expression *(*item)(struct parser *))
{
    struct expression *items[EXPRESSION_ITEMS_MAX];
    size_t start = p->at, count = 0;
    do {
        p->at += count > 0;
        skip_blanks(p);
        size_t at = p->at; /* a phrase knows only where it stood first */
        struct expression *one = item(p);
        if (!one)
            return NULL;
        if (count == EXPRESSION_ITEMS_MAX)
            return fail(p, at, "too many alternatives");
        items[count++] = one;
    } while (next_char(p) == operator);
    if (count == 1)
        return items[0];
    struct expression *x = node_new(p, kind, start);
    x->count = (uint16_t)count;
    x->items = arena_array(p->arena, struct expression *, count);
    memcpy(x->items, items, count * sizeof(*items));
    return x;
}

/* "a & !b" is fine; a group of nothing but "not" would match every text. */
static struct expression *parse_and(struct parser *p)
{
    struct expression *x = parse_joined(p, '&', EXPRESSION_AND, parse_item);
    if (!x)
        return NULL;
    if (x->kind == EXPRESSION_NOT)
        return fail(p, x->offset, "'!' needs something to stand beside: a & !b");
    bool positive = x->kind != EXPRESSION_AND;
    for (size_t i = 0; !positive && i < x->count; i++)
        positive = x->items[i]->kind != EXPRESSION_NOT;
    return positive ? x : fail(p, x->offset, "'!' needs something to stand beside: a & !b");
}

static struct expression *parse_or(struct parser *p)
{
    return parse_joined(p, '|', EXPRESSION_OR, parse_and);
}

static struct expression *parse_all(struct parser *p)
{
    struct expression *x = parse_or(p);
    if (!x)
        return NULL;
    if (next_char(p))
        return fail(p, p->at, next_char(p) == ')' ? "this parenthesis was never opened"
                                                  : "'&' or '|' is missing before this");
    return x;
}

struct expression *expression_parse(struct arena *arena, const char *text, size_t *where,
                                    struct error *e)
{
    struct parser p = { .arena = arena, .text = text, .length = strlen(text), .error = e,
                        .where = where };
    return parse_all(&p);
}

struct expression *expression_parse_in(struct expression_room *room, const char *text,
                                       size_t *where, struct error *e)
{
    struct parser p = { .arena = room->arena, .room = room, .text = text, .length = strlen(text),
                        .error = e, .where = where };
    return parse_all(&p);
}

struct expression *expression_parse_phrase(struct expression_room *room, const char *text,
                                           size_t *where, struct error *e)
{
    struct parser p = { .arena = room->arena, .room = room, .text = text, .length = strlen(text),
                        .error = e, .where = where };
    skip_blanks(&p);
    struct expression *x = parse_phrase(&p);
    if (!x)
        return NULL;
    return next_char(&p) ? fail(&p, p.at, "only words may stand here") : x;
}

void expression_walk(const struct expression *x,
                     void (*visit)(const struct expression *node, void *state), void *state)
{
    visit(x, state);
    if (x->kind != EXPRESSION_AND && x->kind != EXPRESSION_OR && x->kind != EXPRESSION_NOT)
        return;
    for (size_t i = 0; i < x->count; i++)
        expression_walk(x->items[i], visit, state);
}
