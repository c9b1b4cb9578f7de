#include "scoring/clause.h"

#include <string.h>

#include "scoring/phrase.h"

const struct word_form *view_form(const struct view *v, uint32_t word)
{
    return dictionary_get(v->dictionary, v->text->words.items[word].form);
}

bool view_has(const struct view *v, uint32_t word, unsigned trait)
{
    return word < v->end && (v->text->words.items[word].traits & trait) != 0;
}

bool view_is(const struct view *v, uint32_t word, const char *text)
{
    return word < v->end && !strcmp(view_form(v, word)->text, text);
}

bool view_parted(const struct view *v, uint32_t word, unsigned flags)
{
    return (v->text->words.items[word].flags & flags) != 0;
}

bool view_any(const struct view *v, uint32_t word, const char *list)
{
    return word < v->end && phrase_in_list(list, view_form(v, word)->text);
}

enum word_class view_class(const struct view *v, uint32_t word)
{
    return (enum word_class)v->text->words.items[word].word_class;
}

bool view_breaks(const struct view *v, uint32_t word)
{
    return view_parted(v, word, WORD_AFTER_COLON | WORD_AFTER_BREAK);
}

/* Words with which another clause begins. */
static const char clause_conjunctions[] =
    "until before after if when whenever once unless where while";

static bool starts_clause(const struct view *v, uint32_t word)
{
    if (view_has(v, word, TRAIT_CONTRAST | TRAIT_REASON) || view_any(v, word, clause_conjunctions))
        return true;
    return view_is(v, word, "and") && word + 1 < v->end && view_class(v, word + 1) == CLASS_PRONOUN;
}

/* Where a clause that begins at `at` ends: at a break, or where another one begins; `most` words at
 * most. */
uint32_t clause_end(const struct view *v, uint32_t at, uint32_t most)
{
    uint32_t i = at;
    for (; i < v->end && i - at < most; i++) {
        if (i == at)
            continue;
        if (view_parted(v, i, WORD_AFTER_COMMA) || view_breaks(v, i) || starts_clause(v, i))
            break;
    }
    return i;
}

static struct clause_place place_behind(const struct view *v, uint32_t word,
                                        const struct clause_place *before)
{
    struct clause_place place = *before;
    if (view_parted(v, word, WORD_AFTER_COMMA) || view_breaks(v, word) ||
        starts_clause(v, word - 1))
        place.start = word;
    if (view_any(v, word - 1, "if when whenever unless until once"))
        place.condition = word;
    return place;
}

/* Each word is looked at once, however many negations there are. */
static const struct clause_place *place_of(const struct view *v, uint32_t at)
{
    struct clauses *c = v->clauses;
    if (!c->places.count)
        *array_add(&c->places) = (struct clause_place) { v->first, 0 };
    for (uint32_t i = v->first + (uint32_t)c->places.count; i <= at; i++) {
        struct clause_place place =
            place_behind(v, i, &c->places.items[i - 1 - v->first]);
        *array_add(&c->places) = place;
    }
    return &c->places.items[at - v->first];
}

uint32_t clause_start(const struct view *v, uint32_t at)
{
    return place_of(v, at)->start;
}

bool clause_is_condition(const struct view *v, uint32_t at)
{
    const struct clause_place *place = place_of(v, at);
    uint32_t start = place->start;
    if (start > v->first && view_any(v, start - 1, clause_conjunctions))
        start--;
    return place->condition > start;
}

/* The end of the piece that begins at `at`: the next comma, break or end. */
uint32_t piece_end(const struct view *v, uint32_t at)
{
    uint32_t i = at + 1;
    while (i < v->end && !view_parted(v, i, WORD_AFTER_COMMA) && !view_breaks(v, i))
        i++;
    return i;
}

bool has_verb(const struct view *v, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (view_class(v, i) == CLASS_AUXILIARY || view_class(v, i) == CLASS_PRONOUN)
            return true;
    return false;
}

static bool ends_noun_phrase(const struct view *v, uint32_t word)
{
    enum word_class c = view_class(v, word);
    return c == CLASS_AUXILIARY || c == CLASS_PRONOUN || c == CLASS_CONJUNCTION ||
           (c == CLASS_PREPOSITION && !view_is(v, word, "of")) ||
           view_has(v, word, TRAIT_CONTRAST | TRAIT_REASON);
}

enum { NOUN_WORDS = 3 };

/* Whether a list of nouns goes on at `i`, behind a comma, "or", "and": with a short piece. */
static bool list_goes_on(const struct view *v, uint32_t i)
{
    if (view_any(v, i, "or nor"))
        return true;
    if (view_is(v, i, "and"))
        return i + 1 < v->end && view_class(v, i + 1) != CLASS_DETERMINER &&
               !has_verb(v, i + 1, piece_end(v, i));
    uint32_t end = piece_end(v, i);
    return end - i <= NOUN_WORDS + 2 && !has_verb(v, i, end) &&
           (end - i <= NOUN_WORDS || view_any(v, i + 1, "or and nor") ||
            view_any(v, i + 2, "or and nor"));
}

/* The noun phrase behind "no", "without", "instead of", and more such behind commas and "or". */
uint32_t noun_phrase_end(const struct view *v, uint32_t at)
{
    uint32_t i = at, taken = 0;
    for (; i < v->end; i++, taken++) {
        bool comma = view_parted(v, i, WORD_AFTER_COMMA), joins = view_any(v, i, "or nor and");
        if (i > at && view_breaks(v, i))
            break;
        if (i > at && (comma || joins)) {
            if (!list_goes_on(v, i))
                break;
            taken = 0;
            if (joins)
                continue;
        } else if (taken > 0 && view_class(v, i) == CLASS_DETERMINER && !joins &&
                   !view_any(v, i - 1, "or nor and")) {
            break;
        }
        if (taken >= NOUN_WORDS || ends_noun_phrase(v, i))
            break;
    }
    return i;
}
