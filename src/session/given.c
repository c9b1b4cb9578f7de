#include "session/given.h"

#include <string.h>

#define ANY_OF(word, list) is_any_of(word, list, sizeof(list) / sizeof(*(list)))

static bool is_any_of(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(word, list[i]))
            return true;
    return false;
}

/* Words of the prompt's clause that a question for figures must have at least; SIZE_MAX for any other. */
static size_t words_due(const struct text *question, const struct dictionary *d)
{
    static const char *const much[] = { "many", "much", "often", "big", "large" };
    static const char *const figures[] = { "rate", "ratio", "load", "size",
                                           "percentage" };
    static const char *const alone[] = { "traffic", "volume", "throughput",
                                         "scale",   "qps",    "rps" };
    const char *before = "";
    size_t due = SIZE_MAX;
    for (size_t i = 0; i < question->words.count; i++) {
        const char *word = dictionary_get(d, question->words.items[i].form)->text;
        if (ANY_OF(word, alone))
            return 0;
        if (ANY_OF(word, figures) || (!strcmp(before, "how") && ANY_OF(word, much)) ||
            (!strcmp(before, "number") && !strcmp(word, "of")))
            due = 1;
        before = word;
    }
    return due;
}

static bool has_stem(const struct text *text, uint32_t from, uint32_t to, uint32_t stem)
{
    for (uint32_t i = from; i < to; i++)
        if (text->words.items[i].stem == stem)
            return true;
    return false;
}

static uint32_t clause_end(const struct text *text, const struct sentence *s, uint32_t at)
{
    const unsigned marks = WORD_AFTER_COMMA | WORD_AFTER_COLON | WORD_AFTER_BREAK;
    while (++at < s->end && !(text->words.items[at].flags & marks))
        ;
    return at;
}

/* Different content words that the clause shares with the question; -1 when it has no number. */
static int shared_words(const struct text *prompt, uint32_t from, uint32_t to,
                        const struct text *question)
{
    int shared = 0;
    bool number = false;
    for (uint32_t i = from; i < to; i++) {
        const struct word *w = &prompt->words.items[i];
        number |= w->number;
        shared += !w->number && w->word_class == CLASS_CONTENT &&
                  !has_stem(prompt, from, i, w->stem) &&
                  has_stem(question, 0, (uint32_t)question->words.count, w->stem);
    }
    return number ? shared : -1;
}

int given_find(const struct text *prompt, const struct text *question,
               const struct dictionary *d)
{
    size_t due = words_due(question, d);
    if (due == SIZE_MAX)
        return -1;
    int best = (int)due - 1, found = -1;
    for (size_t i = 0; i < prompt->sentences.count; i++) {
        const struct sentence *s = &prompt->sentences.items[i];
        for (uint32_t at = s->first, end; at < s->end; at = end) {
            end = clause_end(prompt, s, at);
            int shared = shared_words(prompt, at, end, question);
            if (shared > best) {
                best = shared;
                found = (int)i;
            }
        }
    }
    return found;
}
