#include "transcript/query.h"

#include <string.h>

#include "base/utf8.h"

static bool has_word(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        int32_t codepoint;
        at += utf8_decode(text + at, length - at, &codepoint);
        if (utf8_is_letter(codepoint) || utf8_is_digit(codepoint))
            return true;
    }
    return false;
}

/* Whether words stand on both sides of a space. */
static bool has_two_words(const char *text, size_t length)
{
    size_t words = 0;
    for (size_t at = 0; at < length && words < 2;) {
        const char *space = memchr(text + at, ' ', length - at);
        size_t size = space ? (size_t)(space - text) - at : length - at;
        words += has_word(text + at, size);
        at += size + 1;
    }
    return words > 1;
}

/* The term as a string of FTS5, in which only a quote means anything, and that is left out. */
static int add_term(struct query *q, const char *text, size_t length, struct error *e)
{
    if (!has_word(text, length))
        return 0;
    size_t end = length;
    while (end > 0 && text[end - 1] == '"')
        end--;
    bool prefix = (end > 0 && text[end - 1] == '*') || text[length - 1] == '*';
    if (q->terms == QUERY_TERMS)
        return error_set(e, ERROR_USAGE, "too many words to look for: %d at most", QUERY_TERMS);
    buffer_add_string(&q->match, q->terms++ ? " AND \"" : "\"");
    for (size_t i = 0; i < length; i++)
        if (text[i] != '"')
            buffer_add_char(&q->match, text[i] == '*' ? ' ' : text[i]);
    buffer_add_string(&q->match, prefix ? "\" *" : "\"");
    q->phrase = q->phrase || has_two_words(text, length);
    return 0;
}

/* Words, and phrases between quotes; a star behind the closing quote belongs to the phrase. */
static int add_mixed(struct query *q, const char *text, struct error *e)
{
    while (*text) {
        const char *quote = *text == '"' ? strchr(text + 1, '"') : NULL;
        size_t length = strcspn(text + 1, "\" ") + 1;
        if (*text == '"')
            length = quote ? (size_t)(quote - text) + 1 + (quote[1] == '*') : strlen(text);
        if (*text != ' ' && add_term(q, text, length, e) < 0)
            return -1;
        text += *text == ' ' ? 1 : length;
    }
    return 0;
}

int query_parse(struct query *q, char *const *args, size_t count, struct error *e)
{
    *q = (struct query) QUERY_INIT;
    for (size_t i = 0; i < count; i++) {
        int result = strchr(args[i], '"') ? add_mixed(q, args[i], e)
                                          : add_term(q, args[i], strlen(args[i]), e);
        if (result < 0)
            return -1;
    }
    if (q->terms)
        return 0;
    return error_set(e, ERROR_USAGE, "nothing to look for: a word has a letter or a digit");
}

void query_release(struct query *q)
{
    buffer_release(&q->match);
}
