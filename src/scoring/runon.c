#include "scoring/runon.h"

#include <string.h>

/* --- lines --- */

/* Nobody wraps to less; and what is wider was not wrapped. */
enum { WIDTH_LEAST = 60, WIDTH_MOST = 120 };

static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);
    return end ? (size_t)(end - text) : length;
}

static size_t widest_line(const char *text, size_t length)
{
    size_t widest = 0;
    for (size_t at = 0; at < length;) {
        size_t end = line_end(text, length, at);
        widest = end - at > widest ? end - at : widest;
        at = end + 1;
    }
    return widest;
}

bool runon_is_wrapped(const char *text, size_t length, size_t start, size_t end,
                      size_t width)
{
    size_t word = end + 1;
    while (word < length && !strchr(" \t\r\n", text[word]))
        word++;
    return word > end + 1 && word - start > width;
}

/* Whether the line ends without a mark and another follows it: what its end means is to be found. */
static bool is_open(const char *text, size_t length, size_t start, size_t end)
{
    return end > start && end + 1 < length && !strchr(".!?:", text[end - 1]) &&
           !strchr(" \t\r\n-*+", text[end + 1]);
}

size_t runon_width(const char *text, size_t length)
{
    size_t widest = widest_line(text, length), wrapped = 0, ended = 0;
    if (widest < WIDTH_LEAST || widest > WIDTH_MOST)
        return 0;
    for (size_t at = 0; at < length;) {
        size_t end = line_end(text, length, at);
        if (is_open(text, length, at, end) && end - at >= WIDTH_LEAST / 2) {
            bool is = runon_is_wrapped(text, length, at, end, widest);
            bool capital = text[end + 1] >= 'A' && text[end + 1] <= 'Z';
            wrapped += is && !capital;
            ended += !is || capital;
        }
        at = end + 1;
    }
    return wrapped > 3 * ended ? widest : 0;
}

/* --- clauses --- */

/* A sentence that is cut off has so many words at least. */
enum { PIECE_LEAST = 6 };

static bool is_marked(const struct text *t, uint32_t word)
{
    return t->words.items[word].flags & (WORD_AFTER_COMMA | WORD_AFTER_COLON |
                                         WORD_AFTER_BREAK | WORD_AFTER_SEMICOLON);
}

static bool is_any(const struct text *t, const struct dictionary *d, uint32_t word,
                   const char *const *list)
{
    const struct word_form *form = dictionary_get(d, t->words.items[word].form);
    while (*list && strcmp(*list, form->text) != 0)
        list++;
    return *list != NULL;
}

/* "but we keep", "so the id": a clause behind a conjunction. "because" and "since" stay with what they explain,
 * and "and the" goes on with a list as often as not. */
static const char *const joining[] = { "and", "but",  "so",   "then",
                                       "if",  "when", "also", NULL };
static const char *const subjects[] = { "i",      "we",    "they",  "he",      "she",
                                        "that's", "it's",  "i'd",   "i'll",    "i'm",
                                        "we'd",   "we'll", "we're", "they're", "there's",
                                        "let's",  NULL };
/* As often what is done to: "writes it back". */
static const char *const subjects_with_verb[] = { "it", "you", "there", NULL };

static bool is_subject(const struct text *t, const struct dictionary *d, uint32_t word,
                       uint32_t end)
{
    bool verb = word + 1 < end && t->words.items[word + 1].word_class == CLASS_AUXILIARY;
    return is_any(t, d, word, subjects) ||
           (verb && is_any(t, d, word, subjects_with_verb));
}

/* The word behind a conjunction that begins a clause. */
static bool goes_on_with_clause(const struct text *t, const struct dictionary *d,
                                uint32_t word)
{
    enum word_class c = (enum word_class)t->words.items[word].word_class;
    bool pronoun = is_any(t, d, word, subjects) || is_any(t, d, word, subjects_with_verb);
    bool list = c == CLASS_DETERMINER &&
                !strcmp(dictionary_get(d, t->words.items[word - 1].form)->text, "and");
    return pronoun || c == CLASS_CONJUNCTION || c == CLASS_ADVERB ||
           (c == CLASS_DETERMINER && !list);
}

static bool starts_clause(const struct text *t, const struct dictionary *d, uint32_t word,
                          uint32_t end)
{
    const struct word *w = &t->words.items[word];
    enum word_class before = (enum word_class)w[-1].word_class;
    if (w->flags & WORD_CAPITAL && w->word_class != CLASS_CONTENT &&
        !is_any(t, d, word, subjects) && !is_any(t, d, word, subjects_with_verb))
        return true;
    if (before != CLASS_CONTENT && before != CLASS_NUMBER && before != CLASS_ADVERB &&
        before != CLASS_FILLER)
        return false;
    return is_subject(t, d, word, end) ||
           (word + 1 < end && is_any(t, d, word, joining) &&
            goes_on_with_clause(t, d, word + 1));
}

/* The end of the run without a mark that begins at `at`. */
static uint32_t run_end(const struct text *t, uint32_t at, uint32_t end)
{
    uint32_t run = at + 1;
    while (run < end && !is_marked(t, run))
        run++;
    return run;
}

uint32_t runon_end(const struct text *t, const struct dictionary *d, uint32_t start,
                   uint32_t first, uint32_t end)
{
    for (uint32_t at = start; at < end;) {
        uint32_t run = run_end(t, at, end);
        uint32_t word = (at > first ? at : first) + PIECE_LEAST;
        if (run - at > RUNON_WORDS)
            for (; word + PIECE_LEAST <= run; word++)
                if (starts_clause(t, d, word, run))
                    return word;
        at = run;
    }
    return end;
}
