#define _GNU_SOURCE /* memmem */
#include "judge/quote.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

const char *const quote_result_names[] = { "found", "empty", "short", "not said", NULL };

/* Folded text, and for each of its bytes where the character came from. */
struct folded {
    struct buffer text; /* " one gap at each end and between words " */
    ARRAY(size_t) from, to;
};

struct quote_texts {
    const struct answer *answer;
    const bool *counts;
    struct folded *parts;
};

static void add(struct folded *f, char c, size_t from, size_t to)
{
    buffer_add_char(&f->text, c);
    *array_add(&f->from) = from;
    *array_add(&f->to) = to;
}

static void add_gap(struct folded *f, size_t at)
{
    if (!f->text.length || f->text.data[f->text.length - 1] != ' ')
        add(f, ' ', at, at);
}

static void fold_character(struct folded *f, struct buffer *scratch, const char *text,
                           size_t size, size_t at)
{
    int32_t cp;
    buffer_clear(scratch);
    utf8_fold(scratch, text, size);
    if (!scratch->length) /* a mark, or what is not seen */
        return;
    for (size_t i = 0, step; i < scratch->length; i += step) {
        step = utf8_decode(scratch->data + i, scratch->length - i, &cp);
        if (!utf8_is_letter(cp) && !utf8_is_digit(cp)) {
            add_gap(f, at + size);
            continue;
        }
        for (size_t k = 0; k < step; k++)
            add(f, scratch->data[i + k], at, at + size);
    }
}

static void fold_text(struct folded *f, const char *text, size_t length)
{
    struct buffer scratch = BUFFER_INIT;
    int32_t cp;
    add_gap(f, 0);
    for (size_t at = 0, size; at < length; at += size) {
        size = utf8_decode(text + at, length - at, &cp);
        fold_character(f, &scratch, text + at, size, at);
    }
    add_gap(f, length);
    buffer_release(&scratch);
}

static void folded_release(struct folded *f)
{
    buffer_release(&f->text);
    array_release(&f->from);
    array_release(&f->to);
}

struct quote_texts *quote_texts_new(const struct answer *answer, const bool *counts)
{
    struct quote_texts *t = xcalloc(1, sizeof(*t));
    t->answer = answer;
    t->counts = counts;
    t->parts = answer->count ? xcalloc(answer->count, sizeof(*t->parts)) : NULL;
    for (size_t i = 0; i < answer->count; i++) {
        t->parts[i].text = (struct buffer)BUFFER_INIT;
        fold_text(&t->parts[i], answer->parts[i].text, answer->parts[i].length);
    }
    return t;
}

void quote_texts_free(struct quote_texts *t)
{
    for (size_t i = 0; t && i < t->answer->count; i++)
        folded_release(&t->parts[i]);
    if (t)
        free(t->parts);
    free(t);
}

static bool is_a_clause(const struct folded *quote)
{
    size_t words = 0, wide = 0;
    int32_t cp;
    for (size_t i = 0, step; i < quote->text.length; i += step) {
        step = utf8_decode(quote->text.data + i, quote->text.length - i, &cp);
        words += cp == ' ' && i + 1 < quote->text.length;
        wide += cp >= 0x2e80;
    }
    return words >= QUOTE_WORDS_LEAST || wide >= QUOTE_WIDE_LEAST;
}

/* The place of `quote` in a part; false: it is not there. */
static bool find_in(const struct folded *part, const struct folded *quote, size_t *start,
                    size_t *end)
{
    const char *found =
        memmem(part->text.data, part->text.length, quote->text.data, quote->text.length);
    if (!found)
        return false;
    size_t first = (size_t)(found - part->text.data) + 1; /* behind the gap */
    *start = part->from.items[first];
    *end = part->to.items[first + quote->text.length - 3];
    return true;
}

enum quote_result quote_find(const struct quote_texts *t, const char *text, size_t length,
                             bool twist_only, struct quote *out)
{
    struct folded quote = { .text = BUFFER_INIT };
    enum quote_result result = QUOTE_NOT_THERE;
    *out = (struct quote) { -1, 0, 0 };
    fold_text(&quote, text, length);
    if (quote.text.length <= 2)
        result = QUOTE_EMPTY;
    for (size_t i = 0;
         i < t->answer->count && result != QUOTE_FOUND && quote.text.length > 2; i++) {
        struct quote place = { .part = (int)i };
        if ((t->counts && !t->counts[i]) ||
            (twist_only && !t->answer->parts[i].after_twist) ||
            !find_in(&t->parts[i], &quote, &place.start, &place.end))
            continue;
        bool enough = is_a_clause(&quote) || quote.text.length == t->parts[i].text.length;
        result = enough ? QUOTE_FOUND : QUOTE_SHORT;
        if (enough)
            *out = place;
    }
    folded_release(&quote);
    return result;
}
