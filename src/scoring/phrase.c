#include "scoring/phrase.h"

#include <string.h>

bool phrase_in_list(const char *list, const char *word)
{
    size_t length = strlen(word);
    if (!list || !length)
        return false;
    for (const char *at = list; (at = strstr(at, word)); at += length) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

/* One element without its `?`. */
static bool element_fits(const char *element, size_t length, const char *word)
{
    if (length == 1 && *element == '*')
        return *word != ':';
    size_t n = strlen(word);
    while (length) {
        const char *bar = memchr(element, '|', length);
        size_t one = bar ? (size_t)(bar - element) : length;
        if (one == n && !memcmp(element, word, n))
            return true;
        if (!bar)
            return false;
        length -= one + 1;
        element = bar + 1;
    }
    return false;
}

static const char *next_element(const char *pattern, size_t length)
{
    pattern += length;
    return pattern + (*pattern == ' ');
}

/* The most words that the pattern takes, or -1 when it does not fit. */
static int fit(const char *pattern, const char *const *words, size_t count)
{
    if (!*pattern)
        return 0;
    size_t length = strcspn(pattern, " ");
    const char *rest = next_element(pattern, length);
    bool optional = *pattern == '?';
    int most = optional ? fit(rest, words, count) : -1;
    if (count && element_fits(pattern + optional, length - optional, words[0])) {
        int with = fit(rest, words + 1, count - 1);
        if (with >= 0 && with + 1 > most)
            most = with + 1;
    }
    return most;
}

/* Whether the first element can be this word, by first letters alone: most patterns stop here. */
static bool may_fit(const char *pattern, char first)
{
    if (*pattern == '?' || *pattern == '*')
        return true;
    for (bool begins = true; *pattern && *pattern != ' '; pattern++) {
        if (begins && *pattern == first)
            return true;
        begins = *pattern == '|';
    }
    return false;
}

size_t phrase_longest(const char *const *patterns, const char *const *words, size_t count)
{
    int best = 0;
    for (; *patterns; patterns++) {
        if (count && !may_fit(*patterns, words[0][0]))
            continue;
        int used = fit(*patterns, words, count);
        if (used > best)
            best = used;
    }
    return (size_t)best;
}

bool phrase_may_start(const char *const *patterns, const char *word)
{
    for (; *patterns; patterns++) {
        const char *element = *patterns;
        for (bool more = true; more && *element;) {
            size_t length = strcspn(element, " ");
            more = *element == '?';
            if (element_fits(element + more, length - more, word))
                return true;
            element = next_element(element, length);
        }
    }
    return false;
}
