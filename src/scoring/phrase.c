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

/* --- which patterns to try: most stop at the first letters --- */

static uint32_t letter_bit(char letter)
{
    return letter >= 'a' && letter <= 'z' ? UINT32_C(1) << (letter - 'a') : UINT32_C(1) << 26;
}

enum { ANY_LETTER = 0x7ffffff };

/* The letters that the words of one element begin with. */
static uint32_t letters_of(const char *element)
{
    if (*element == '*')
        return ANY_LETTER;
    uint32_t letters = 0;
    for (bool begins = true; *element && *element != ' '; element++) {
        if (begins)
            letters |= letter_bit(*element);
        begins = *element == '|';
    }
    return letters;
}

/* Those of the first word, which may be that of a later element, and above them those of the second;
 * never 0. */
static uint64_t first_letters(const char *pattern)
{
    uint32_t first = 0, second = ANY_LETTER;
    bool optional = *pattern == '?';
    for (bool more = true; more && *pattern;) {
        more = *pattern == '?';
        first |= letters_of(pattern + more);
        pattern = next_element(pattern, strcspn(pattern, " "));
    }
    if (!optional && *pattern && *pattern != '?')
        second = letters_of(pattern);
    return first | (uint64_t)second << 32;
}

static uint64_t find_letters(const struct phrase_list *list, size_t i)
{
    uint64_t letters = first_letters(list->patterns[i]);
    atomic_store_explicit(&list->letters[i], letters, memory_order_relaxed);
    return letters;
}

static inline uint64_t known_letters(const struct phrase_list *list, size_t i)
{
    uint64_t letters = atomic_load_explicit(&list->letters[i], memory_order_relaxed);
    return letters ? letters : find_letters(list, i);
}

size_t phrase_longest(const struct phrase_list *list, const char *const *words, size_t count)
{
    int best = 0;
    uint64_t first = count > 0 ? letter_bit(words[0][0]) : ANY_LETTER;
    uint64_t second = count > 1 ? letter_bit(words[1][0]) : ANY_LETTER;
    for (size_t i = 0; list->patterns[i]; i++) {
        uint64_t letters = known_letters(list, i);
        if (!(letters & first) || !(letters >> 32 & second))
            continue;
        int used = fit(list->patterns[i], words, count);
        if (used > best)
            best = used;
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
