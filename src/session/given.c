#include "session/given.h"

#include <string.h>

#include "scoring/phrase.h"

static const char alone[] = "traffic volume throughput scale qps rps",
                  figures[] = "rate ratio load size percentage",
                  much[] = "many much often big large";

/* Words of the prompt's clause that a question for figures must have at least; SIZE_MAX for any other. "I size it" asks for
 * none. */
static size_t words_due(const struct text *question, const struct dictionary *d)
{
    const char *before = "";
    size_t due = SIZE_MAX;
    for (size_t i = 0; i < question->words.count; i++) {
        const char *word = dictionary_get(d, question->words.items[i].form)->text;
        bool verb = phrase_in_list("i we you to", before);
        if (phrase_in_list(alone, word) && !verb)
            return 0;
        if ((phrase_in_list(figures, word) && !verb) ||
            (!strcmp(before, "how") && phrase_in_list(much, word)) ||
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

/* "how frequent are the files of 20 GB": who names the figure asks for another one. */
static bool names_figure(const struct text *prompt, uint32_t from, uint32_t to,
                         const struct text *question)
{
    for (uint32_t i = from; i < to; i++)
        if (prompt->words.items[i].number &&
            has_stem(question, 0, (uint32_t)question->words.count,
                     prompt->words.items[i].stem))
            return true;
    return false;
}

/* What else the question speaks of: different content words that name no figure. */
static int words_asked(const struct text *question, const struct dictionary *d)
{
    int asked = 0;
    for (uint32_t i = 0; i < question->words.count; i++) {
        const struct word *w = &question->words.items[i];
        const char *word = dictionary_get(d, w->form)->text;
        asked += !w->number && w->word_class == CLASS_CONTENT &&
                 !phrase_in_list(alone, word) && !phrase_in_list(figures, word) &&
                 !phrase_in_list(much, word) && !has_stem(question, 0, i, w->stem);
    }
    return asked;
}

/* "how many uploads are never watched within a week" shares a word with "2 million uploads", and is not answered by it. */
static bool covers(int shared, int asked)
{
    enum { LEAST_PART = 3, UNSAID_MOST = 1 };
    return shared * LEAST_PART >= asked || asked - shared <= UNSAID_MOST;
}

int given_find(const struct text *prompt, const struct text *question,
               const struct dictionary *d)
{
    size_t due = words_due(question, d);
    if (due == SIZE_MAX)
        return -1;
    int best = (int)due - 1, found = -1, asked = words_asked(question, d);
    for (size_t i = 0; i < prompt->sentences.count; i++) {
        const struct sentence *s = &prompt->sentences.items[i];
        for (uint32_t at = s->first, end; at < s->end; at = end) {
            end = clause_end(prompt, s, at);
            int shared = shared_words(prompt, at, end, question);
            if (shared > best && covers(shared, asked) &&
                !names_figure(prompt, at, end, question)) {
                best = shared;
                found = (int)i;
            }
        }
    }
    return found;
}
