#include "scoring/runon.h"

#include <string.h>

#include "scoring/phrase.h"

/* --- lines --- */

/* A telephone wraps to no less, which is seen in a few lines and not in one; and what is wider was not wrapped. */
enum { WIDTH_LEAST = 24, WIDTH_OF_EDITORS = 60, WIDTH_MOST = 120, NARROW_LINES = 3 };

static size_t line_end(const char *text, size_t length, size_t at)
{
    const char *end = memchr(text + at, '\n', length - at);
    return end ? (size_t)(end - text) : length;
}

/* Characters: an editor does not count the bytes of an arrow. */
static size_t columns(const char *text, size_t start, size_t end)
{
    size_t count = 0;
    for (size_t i = start; i < end; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static size_t widest_line(const char *text, size_t length)
{
    size_t widest = 0;
    for (size_t at = 0; at < length;) {
        size_t end = line_end(text, length, at), width = columns(text, at, end);
        widest = width > widest ? width : widest;
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
    return word > end + 1 && columns(text, start, word) > width;
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
        if (is_open(text, length, at, end) && columns(text, at, end) >= widest / 2) {
            bool is = runon_is_wrapped(text, length, at, end, widest);
            bool capital = text[end + 1] >= 'A' && text[end + 1] <= 'Z';
            wrapped += is && !capital;
            ended += !is || capital;
        }
        at = end + 1;
    }
    bool few = widest < WIDTH_OF_EDITORS && wrapped < NARROW_LINES;
    return wrapped > 3 * ended && !few ? widest : 0;
}

/* --- clauses --- */

/* A sentence that is cut off has so many words at least. */
enum { PIECE_LEAST = 6 };

static const struct word *word_at(const struct runon *r, uint32_t word)
{
    return &r->text->words.items[word];
}

static bool is_any(const struct runon *r, uint32_t word, const char *list)
{
    return phrase_in_list(list,
                          dictionary_get(r->dictionary, word_at(r, word)->form)->text);
}

/* "but we keep", "so the id": a clause behind a conjunction. "because" and "since" stay with what they explain,
 * and "and the" goes on with a list as often as not. */
static const char joining[] = "and but so then if when also";
static const char subjects[] =
    "i we they he she that's it's i'd i'll i'm we'd we'll we're they're there's let's";
/* As often what is done to: "writes it back". */
static const char subjects_with_verb[] = "it you there";

static bool is_pronoun(const struct runon *r, uint32_t word)
{
    return is_any(r, word, subjects) || is_any(r, word, subjects_with_verb);
}

static bool is_subject(const struct runon *r, uint32_t word)
{
    bool verb =
        word + 1 < r->run_end && word_at(r, word + 1)->word_class == CLASS_AUXILIARY;
    return is_any(r, word, subjects) || (verb && is_any(r, word, subjects_with_verb));
}

/* The word behind a conjunction that begins a clause. */
static bool goes_on_with_clause(const struct runon *r, uint32_t word)
{
    enum word_class c = (enum word_class)word_at(r, word)->word_class;
    return is_pronoun(r, word) || c == CLASS_CONJUNCTION || c == CLASS_ADVERB ||
           (c == CLASS_DETERMINER && !is_any(r, word - 1, "and"));
}

/* "the cache The key": but for a text all in capitals, or in Those Of A Title. */
static bool is_set_off(const struct runon *r, uint32_t word)
{
    const struct word *w = word_at(r, word);
    bool next = word + 1 < r->run_end && w[1].flags & WORD_CAPITAL;
    return w->flags & WORD_CAPITAL && !(w[-1].flags & WORD_CAPITAL && next) &&
           w->word_class != CLASS_CONTENT && !is_pronoun(r, word);
}

static bool begins_clause(const struct runon *r, uint32_t word)
{
    const struct word *w = word_at(r, word);
    enum word_class before = (enum word_class)w[-1].word_class;
    if (is_set_off(r, word))
        return true;
    if (before != CLASS_CONTENT && before != CLASS_NUMBER && before != CLASS_ADVERB &&
        before != CLASS_FILLER)
        return false;
    return is_subject(r, word) || (word + 1 < r->run_end && is_any(r, word, joining) &&
                                   goes_on_with_clause(r, word + 1));
}

static void next_run(struct runon *r)
{
    static const unsigned marks = WORD_AFTER_COMMA | WORD_AFTER_COLON | WORD_AFTER_BREAK;
    r->run = r->run_end++;
    while (r->run_end < r->end && !(word_at(r, r->run_end)->flags & marks))
        r->run_end++;
}

/* The first clause of the run that begins behind `first`; its end when there is none. */
static uint32_t clause_in_run(const struct runon *r, uint32_t first)
{
    if (r->run_end - r->run <= RUNON_WORDS)
        return r->run_end;
    uint32_t word = (r->run > first ? r->run : first) + PIECE_LEAST;
    for (; word + PIECE_LEAST <= r->run_end; word++)
        if (begins_clause(r, word))
            return word;
    return r->run_end;
}

uint32_t runon_next(struct runon *r, uint32_t first)
{
    uint32_t word = r->run_end;
    if (first < r->run_end)
        word = clause_in_run(r, first);
    while (word == r->run_end && r->run_end < r->end) {
        next_run(r);
        word = clause_in_run(r, first);
    }
    return word;
}
