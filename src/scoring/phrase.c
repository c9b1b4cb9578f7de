#include "scoring/phrase.h"

#include <assert.h>
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

/* --- which patterns to try: most stop at the first words --- */

static unsigned kind_of(const char *word, size_t length)
{
    return ((unsigned char)word[0] * 5u + (unsigned char)word[length / 2] * 3u +
            (unsigned char)word[length - 1] + (unsigned)length * 11u) %
           PHRASE_KINDS;
}

/* The kinds of the words of one element. */
static uint64_t kinds_of(const char *element)
{
    if (*element == '*')
        return UINT64_MAX;
    uint64_t kinds = 0;
    while (*element && *element != ' ') {
        size_t length = strcspn(element, "| ");
        kinds |= UINT64_C(1) << kind_of(element, length);
        element += length + (element[length] == '|');
    }
    return kinds;
}

/* Those of the first word, which may be that of a later element, and those of the second. */
static void first_kinds(const char *pattern, uint64_t *first, uint64_t *second)
{
    bool optional = *pattern == '?';
    *first = 0;
    *second = UINT64_MAX;
    for (bool more = true; more && *pattern;) {
        more = *pattern == '?';
        *first |= kinds_of(pattern + more);
        pattern = next_element(pattern, strcspn(pattern, " "));
    }
    if (!optional && *pattern && *pattern != '?')
        *second = kinds_of(pattern);
}

static void put_pattern(phrase_set *sets, uint64_t kinds, size_t pattern)
{
    uint64_t bit = UINT64_C(1) << pattern % 64;
    for (unsigned kind = 0; kind < PHRASE_KINDS; kind++)
        if (kinds >> kind & 1)
            atomic_fetch_or_explicit(&sets[kind][pattern / 64], bit,
                                     memory_order_relaxed);
}

static void make_ready(struct phrase_kinds *known, const char *const *patterns)
{
    for (size_t i = 0; patterns[i]; i++) {
        uint64_t first, second;
        assert(i < PHRASE_PATTERNS);
        first_kinds(patterns[i], &first, &second);
        put_pattern(known->first, first, i);
        put_pattern(known->second, second, i);
    }
    atomic_store_explicit(&known->ready, true, memory_order_release);
}

static uint64_t patterns_with(phrase_set *sets, unsigned kind, size_t part)
{
    return atomic_load_explicit(&sets[kind][part], memory_order_relaxed);
}

static int longest_of(const struct phrase_list *list, uint64_t try, size_t part,
                      const char *const *words, size_t count)
{
    int best = 0;
    for (size_t i = part * 64; try; try >>= 1, i++) {
        int used = try & 1 ? fit(list->patterns[i], words, count) : 0;
        if (used > best)
            best = used;
    }
    return best;
}

size_t phrase_longest(const struct phrase_list *list, const char *const *words,
                      size_t count)
{
    int best = 0;
    if (!count || !*words[0])
        return 0;
    if (!atomic_load_explicit(&list->kinds->ready, memory_order_acquire))
        make_ready(list->kinds, list->patterns);
    unsigned first = kind_of(words[0], strlen(words[0]));
    bool two = count > 1 && *words[1];
    unsigned second = two ? kind_of(words[1], strlen(words[1])) : 0;
    for (size_t part = 0; part < PHRASE_PATTERNS / 64; part++) {
        uint64_t try = patterns_with(list->kinds->first, first, part);
        if (two)
            try &= patterns_with(list->kinds->second, second, part);
        int one = longest_of(list, try, part, words, count);
        best = one > best ? one : best;
    }
    return (size_t)best;
}

static void each_word(const char *element, size_t length, phrase_take *take, void *state)
{
    for (size_t at = 0; at < length; at++) {
        const char *bar = memchr(element + at, '|', length - at);
        size_t end = bar ? (size_t)(bar - element) : length;
        take(state, element + at, end - at);
        at = end;
    }
}

void phrase_starts(const struct phrase_list *list, phrase_take *take, void *state)
{
    for (size_t i = 0; list->patterns[i]; i++) {
        const char *element = list->patterns[i];
        for (bool more = true; more && *element;) {
            size_t length = strcspn(element, " ");
            more = *element == '?';
            each_word(element + more, length - more, take, state);
            element = next_element(element, length);
        }
    }
}

void phrase_words(const char *list, phrase_take *take, void *state)
{
    while (*list) {
        size_t length = strcspn(list, " ");
        take(state, list, length);
        list = next_element(list, length);
    }
}
