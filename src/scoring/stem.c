#include "scoring/stem.h"

#include <libstemmer.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct stemmer {
    struct sb_stemmer *snowball;
    char word[STEM_ROOM];
};

struct stemmer *stemmer_new(void)
{
    struct stemmer *s = xcalloc(1, sizeof(*s));
    s->snowball = sb_stemmer_new("english", "UTF_8");
    if (!s->snowball)
        abort(); /* the library was built without English: nothing can be graded */
    return s;
}

void stemmer_free(struct stemmer *s)
{
    if (!s)
        return;
    sb_stemmer_delete(s->snowball);
    free(s);
}

/* --- British spelling --- */

static bool ends_with(const char *word, size_t length, const char *tail)
{
    size_t n = strlen(tail);
    return length > n && !memcmp(word + length - n, tail, n);
}

static size_t replace_tail(char *word, size_t length, const char *tail, const char *with)
{
    size_t start = length - strlen(tail);
    /* NOLINTNEXTLINE(bugprone-not-null-terminated-result): its length goes with it */
    memcpy(word + start, with, strlen(with));
    return start + strlen(with);
}

/*
 * British spelling to American. It only has to be the same for both sides of a comparison, so that
 * "promise" becoming "promize" does no harm.
 */
static size_t americanise(char *word, size_t length)
{
    static const struct {
        size_t shortest;
        char last; /* of the tail: most words are told apart by it */
        const char *tail, *with;
    } rules[] = {
        { 8, 'n', "isation", "ization" }, { 9, 's', "isations", "izations" },
        { 6, 'e', "ise", "ize" },         { 7, 'd', "ised", "ized" },
        { 7, 's', "ises", "izes" },       { 8, 'g', "ising", "izing" },
        { 6, 'e', "yse", "yze" },         { 7, 'd', "ysed", "yzed" },
        { 8, 'g', "ysing", "yzing" },     { 6, 'r', "our", "or" },
        { 7, 's', "ours", "ors" },        { 6, 'e', "tre", "ter" },
        { 7, 's', "tres", "ters" },       { 9, 'e', "ogue", "og" },
        { 6, 'e', "ence", "ense" },       { 7, 's', "ences", "enses" },
        { 7, 'd', "enced", "ensed" },     { 8, 'g', "encing", "ensing" },
        { 8, 'r', "iser", "izer" },       { 9, 's', "isers", "izers" },
        { 10, 'e', "isable", "izable" },  { 7, 'd', "oured", "ored" },
        { 8, 'g', "ouring", "oring" },    { 10, 's', "ogues", "ogs" },
    };
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
        if (length >= rules[i].shortest && word[length - 1] == rules[i].last &&
            ends_with(word, length, rules[i].tail))
            return replace_tail(word, length, rules[i].tail, rules[i].with);
    return length;
}

/* --- what Snowball takes for one word --- */

/* Words that begin so and have that stem have another meaning than the rest of it. Sorted. */
static const struct apart {
    const char *beginning, *stem;
} apart[] = { { "apartment", "apart" },     { "authorit", "author" },
              { "authoriz", "author" },     { "business", "busi" },
              { "contention", "content" },  { "conversion", "convers" },
              { "customer", "custom" },     { "direction", "direct" },
              { "engineer", "engin" },      { "evening", "even" },
              { "evenly", "even" },         { "exception", "except" },
              { "fairly", "fair" },         { "functional", "function" },
              { "handful", "hand" },        { "hardly", "hard" },
              { "identical", "ident" },     { "importan", "import" },
              { "indicat", "indic" },       { "initiat", "initi" },
              { "integrat", "integr" },     { "likely", "like" },
              { "liveness", "live" },       { "locale", "local" },
              { "majorit", "major" },       { "minorit", "minor" },
              { "nearly", "near" },         { "objection", "object" },
              { "objectiv", "object" },     { "original", "origin" },
              { "paste", "past" },          { "pasting", "past" },
              { "personal", "person" },     { "positiv", "posit" },
              { "production", "product" },  { "provider", "provid" },
              { "relational", "relat" },    { "relativ", "relat" },
              { "responsi", "respons" },    { "settings", "set" },
              { "synchroniz", "synchron" }, { "terminat", "termin" },
              { "transition", "transit" },  { "transitiv", "transit" },
              { "unreadable", "unread" },   { "unusable", "unus" } };

static int compare_beginning(const void *word, const void *item)
{
    const char *beginning = ((const struct apart *)item)->beginning;
    return strncmp(word, beginning, strlen(beginning));
}

/* What a word with this stem is kept apart as, or NULL. */
static const char *apart_from(const char *word, const char *stem, size_t length)
{
    const struct apart *found = bsearch(word, apart, sizeof(apart) / sizeof(*apart),
                                        sizeof(*apart), compare_beginning);
    bool same =
        found && strlen(found->stem) == length && !memcmp(stem, found->stem, length);
    return same ? found->beginning : NULL;
}

const char *stemmer_stem(struct stemmer *s, const char *folded, size_t length,
                         size_t *stem_length)
{
    memcpy(s->word, folded, length);
    length = americanise(s->word, length);
    s->word[length] = '\0';
    *stem_length = length;
    if (length <= 2 || (s->word[0] >= '0' && s->word[0] <= '9'))
        return s->word;
    const char *stem = (const char *)sb_stemmer_stem(
        s->snowball, (const sb_symbol *)s->word, (int)length);
    *stem_length = (size_t)sb_stemmer_length(s->snowball);
    const char *own = apart_from(s->word, stem, *stem_length);
    if (!own)
        return stem;
    *stem_length = strlen(own);
    return own;
}
