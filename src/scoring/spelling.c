#include "scoring/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct entry {
    const char *word;
    uint32_t length, stem;
    uint32_t letters; /* bit per letter that occurs */
};

struct spelling {
    ARRAY(struct entry) entries; /* sorted by word once sealed */
    uint8_t *known;              /* bit per stem */
    size_t known_size;
    struct arena arena;
};

struct spelling *spelling_new(void)
{
    return xcalloc(1, sizeof(struct spelling));
}

void spelling_free(struct spelling *s)
{
    if (!s)
        return;
    array_release(&s->entries);
    free(s->known);
    arena_release(&s->arena);
    free(s);
}

static uint32_t letters_of(const char *word, size_t length)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < length; i++)
        if (word[i] >= 'a' && word[i] <= 'z')
            letters |= 1u << (word[i] - 'a');
    return letters;
}

void spelling_add(struct spelling *s, const char *word, size_t length, uint32_t stem)
{
    if (!length || word[0] < 'a' || word[0] > 'z')
        return;
    *array_add(&s->entries) = (struct entry){
        .word = arena_strndup(&s->arena, word, length),
        .length = (uint32_t)length,
        .stem = stem,
        .letters = letters_of(word, length),
    };
}

static int by_word(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return strcmp(x->word, y->word);
}

void spelling_seal(struct spelling *s)
{
    if (s->entries.count)
        qsort(s->entries.items, s->entries.count, sizeof(*s->entries.items), by_word);
    size_t kept = 0, largest = 0;
    for (size_t i = 0; i < s->entries.count; i++) {
        struct entry *e = &s->entries.items[i];
        largest = e->stem > largest ? e->stem : largest;
        if (!kept || strcmp(s->entries.items[kept - 1].word, e->word) != 0)
            s->entries.items[kept++] = *e;
    }
    s->entries.count = kept;
    s->known_size = largest / 8 + 1;
    s->known = xcalloc(s->known_size, 1);
    for (size_t i = 0; i < kept; i++)
        s->known[s->entries.items[i].stem / 8] |= (uint8_t)(1u << (s->entries.items[i].stem % 8));
}

static bool is_known(const struct spelling *s, uint32_t stem)
{
    return stem / 8 < s->known_size && (s->known[stem / 8] >> (stem % 8) & 1);
}

/* Common words that are one letter from terms and mean themselves. */
static bool is_common(const char *word)
{
    static const char *const words[] = {
        "present", "presents", "presented", "expect",  "expects", "expected", "except", "content",
        "context", "contest",  "country",   "through", "thought", "though",   "effect", "affect",
        "relation", "ration",  "station",   "rational", "personal", "principle", "principal",
        "quite",   "quiet",    "whether",   "weather", "sever",   "several",  "service", "severe",
        "attack",  "attach",   "contract",  "contrast", "conversation", "conservation", "explain",
        "complain", "passage", "prefer",    "product", "produce",  "proceed", "precede", "recent",
        "resent",  "decent",   "descent",   "desert",  "dessert", "insist",   "inside", "beside",
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (!strcmp(words[i], word))
            return true;
    return false;
}

/* Whether b is a with two neighbouring letters swapped; both have the same length. */
static bool is_swapped(const char *a, const char *b, size_t length)
{
    size_t i = 0;
    while (i < length && a[i] == b[i])
        i++;
    return i + 1 < length && a[i] == b[i + 1] && a[i + 1] == b[i] &&
           !memcmp(a + i + 2, b + i + 2, length - i - 2);
}

static bool one_apart(const char *a, size_t la, const char *b, size_t lb);

/* At most `errors` typing errors between the two. */
static bool is_near(const char *a, size_t la, const char *b, size_t lb, int errors)
{
    while (la && lb && *a == *b) {
        a++, b++, la--, lb--;
    }
    while (la && lb && a[la - 1] == b[lb - 1]) {
        la--, lb--;
    }
    if (la == 0 && lb == 0)
        return true;
    if (errors == 0)
        return false;
    if (errors == 1)
        return one_apart(a, la, b, lb);
    if (la && lb && is_near(a + 1, la - 1, b + 1, lb - 1, errors - 1))
        return true;
    if (la && is_near(a + 1, la - 1, b, lb, errors - 1))
        return true;
    if (lb && is_near(a, la, b + 1, lb - 1, errors - 1))
        return true;
    return la > 1 && lb > 1 && a[0] == b[1] && a[1] == b[0] &&
           is_near(a + 2, la - 2, b + 2, lb - 2, errors - 1);
}

/* Both are stripped of what they share at either end. */
static bool one_apart(const char *a, size_t la, const char *b, size_t lb)
{
    if (la <= 1 && lb <= 1)
        return true;
    return la == 2 && lb == 2 && a[0] == b[1] && a[1] == b[0];
}

static int errors_allowed(size_t length)
{
    return length >= 9 ? 2 : length >= 6 ? 1 : 0;
}

/* Length of the word without a common ending: what an error is judged by. */
static size_t body_length(const char *word, size_t length)
{
    static const char *const tails[] = { "ings", "ing", "ers", "ed", "es", "er", "ly", "s", NULL };
    for (int i = 0; tails[i]; i++) {
        size_t n = strlen(tails[i]);
        if (length > n + 2 && !memcmp(word + length - n, tails[i], n))
            return length - n;
    }
    return length;
}

static int bits(uint32_t x)
{
    int count = 0;
    for (; x; x &= x - 1)
        count++;
    return count;
}

static bool is_candidate(const struct entry *e, const char *word, size_t length, uint32_t letters,
                         int errors)
{
    size_t apart = e->length > length ? e->length - length : length - e->length;
    if (apart > (size_t)errors || bits(e->letters ^ letters) > 2 * errors)
        return false;
    if (errors == 0)
        return e->length == length && is_swapped(e->word, word, length);
    return is_near(e->word, e->length, word, length, errors);
}

/* Entries that begin with the same letter stand together. */
static size_t first_with_letter(const struct spelling *s, char letter)
{
    size_t low = 0, high = s->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->entries.items[middle].word[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct entry *find_near(const struct spelling *s, const char *word, size_t length,
                                     int errors)
{
    uint32_t letters = letters_of(word, length);
    for (size_t i = first_with_letter(s, word[0]);
         i < s->entries.count && s->entries.items[i].word[0] == word[0]; i++) {
        const struct entry *e = &s->entries.items[i];
        size_t shorter = e->length < length ? e->length : length;
        if (shorter >= 5 && is_candidate(e, word, length, letters, errors))
            return e;
    }
    return NULL;
}

uint32_t spelling_correct(const struct spelling *s, const char *word, size_t length,
                          uint32_t stem)
{
    if (length < 5 || length > 40 || is_known(s, stem) || is_common(word))
        return stem;
    size_t body = body_length(word, length);
    int most = errors_allowed(body);
    for (int errors = body >= 5 ? 0 : 1; errors <= most; errors++) {
        const struct entry *e = find_near(s, word, length, errors);
        if (!e && body < length)
            e = find_near(s, word, body, errors);
        if (e)
            return e->stem;
    }
    return stem;
}

bool spelling_begins_word(const struct spelling *s, const char *word, size_t length)
{
    size_t low = 0, high = s->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(s->entries.items[middle].word, word, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->entries.count && !strncmp(s->entries.items[low].word, word, length); low++)
        if (s->entries.items[low].length > length)
            return true;
    return false;
}
