#include "transcript/query.h"

#include <string.h>

#include "base/utf8.h"

/* Runs of letters and digits: what SQLite's tokenizer makes of the text, or a little less. */
static size_t count_words(const char *text, size_t length)
{
    size_t words = 0;
    bool inside = false;
    for (size_t at = 0; at < length;) {
        int32_t codepoint;
        at += utf8_decode(text + at, length - at, &codepoint);
        bool part = utf8_is_letter(codepoint) || utf8_is_digit(codepoint);
        words += part && !inside;
        inside = part;
    }
    return words;
}

/* The term as a string of FTS5, in which only a quote means anything, and that is left out. */
static int add_term(struct query *q, const char *text, size_t length, struct error *e)
{
    size_t words = count_words(text, length);
    if (!words)
        return 0;
    size_t end = length;
    while (end > 0 && text[end - 1] == '"')
        end--;
    bool prefix = (end > 0 && text[end - 1] == '*') || text[length - 1] == '*';
    if (q->words + words > QUERY_WORDS)
        return error_set(e, ERROR_USAGE, "too many words to look for: %d at most", QUERY_WORDS);
    if (q->match.length + length > QUERY_BYTES)
        return error_set(e, ERROR_USAGE, "too much to look for: %d bytes at most", QUERY_BYTES);
    q->words += words;
    buffer_add_string(&q->match, q->terms++ ? " AND \"" : "\"");
    for (size_t i = 0; i < length; i++)
        if (text[i] != '"')
            buffer_add_char(&q->match, text[i] == '*' ? ' ' : text[i]);
    buffer_add_string(&q->match, prefix ? "\" *" : "\"");
    q->phrase = q->phrase || (words > 1 && memchr(text, ' ', length));
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
