#include "scoring/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scoring/phrase.h"

enum { WORD_MOST = 40 }; /* longer words are not corrected */

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

/* Words of everyday English that stand near terms, and mean themselves. */
static const char common[] =
    "abound accent accord addict affect aggravate allege alligator ambitious appeal "
    "appease assent assert assure attach attack attain attract auction audience beast "
    "bedside bellow beside bonnet bookend breakable brought brunch bullion bungle "
    "burrow butter candid caress casual circulate cleanse closet cloud clutter "
    "coalition collusion commend commute companion compassion compete competent "
    "competition complacent complain compliant complied compose conceit concept "
    "conception concern concession concrete conduct conductor confess confession "
    "confide confident confine conform congest congestion conservation consonant "
    "constrict contagion contagious content contest context contract contradict "
    "contrast convene convent convention conversation convey convict conviction "
    "correct counteract counties country county covert crease curtain customary "
    "dearth debug decent deepen defect defend defer deference deflect delegate "
    "delegation depict deplete deplore deprive derail descent desert dessert destruct "
    "destruction detain detention detest detriment devise discontent discord dismount "
    "dispute disrepute distract diversion divert divine doubtless easterly effect "
    "elaborate empire encore endanger endure entice entitle eternal except excerpt "
    "excursion exist existence expect expend explain explode exploration explore "
    "explosion explosive extort faction faculty falter fasten fatten favorite fellow "
    "fiction fictional finger flashier flies flounder forgave forgot formal formally "
    "foster friction fright frontier garage genetic goggle grateful hallway hamper "
    "handful harden heartache heartbreak hearth homeless hostel hostess impart "
    "incentive inception incite incline inclusion indent induct infect infection "
    "infest inflate inflation insect inside insist instill insulate integrate intend "
    "intensify intercept interfere interpret intersect intuition invent invention "
    "invest invincible latent learnt lessen lightning linger literate litter "
    "machinery massage mattress meddle mediate memorable memorize meteor mightier "
    "monkey muddle muster mutter necessity novice oddest outrage overboard overlook "
    "oversight palace panicked parity particle passage pastel patent perceptible "
    "percussion persona personal pertinent phrase physician picket pierce plied "
    "police possess postal posture potion practitioner precede precedence precious "
    "predicate prefect prefer premise present president prevalent primate prince "
    "princess principal principle prison prisoner proactive probation proceed produce "
    "product profess professor programmer prosecute prosecution prosper prosperity "
    "protest provably prowess qualify quantify quiet quite ransom ration rational "
    "realization realize recent reception receptive recite recollect recompile "
    "recurrent reduce reduction referee refuge refute regent regulate regulation "
    "relation relent relive reminder remission repeal repent repetition reprieve "
    "rescue resent resort restraint retail retort retract retraction revelation "
    "revenge revere reverence revolution revolve routine sadden salvation scrap "
    "scream secession seduction sentience service sever several severe shallow "
    "shatter shingle shower shrank shrunk simile simmer sincere singe slate slender "
    "slighter sliver smoother smoulder socialize soften soldier sparkle splice splint "
    "sprang sprung squire staple starch startle station statue stature statute "
    "steadily steamy sterile stitch strand strangle streak strife stringent strip "
    "stripped strive strode stroke stroll struck stylistic submarine suction summit "
    "sundry swerve syntactic temperate theological thicket thirsty thorough though "
    "thought throat through throughout thrust tickle timber tired tradition trailer "
    "trance transcend translate translation transmit transpose tribal trough "
    "unavoidable unbearable understate understood undoubted unfold unload unsaid "
    "unseat unsolved untold usable valiant valley variation vibrate vibration victor "
    "voyage waist weaken weather whether wholesome worsen worthy wright";

/* The word itself, or what is left of it without an ending, with an "e" put back. */
static bool is_common(const char *word, size_t length)
{
    static const char *const tails[] = { "",   "s",   "es", "ed",  "d",  "ing",
                                         "er", "ers", "ly", "ions", NULL };
    char base[WORD_MOST + 2];
    for (int i = 0; tails[i]; i++) {
        size_t n = strlen(tails[i]);
        if (length < n + 4 || memcmp(word + length - n, tails[i], n) != 0)
            continue;
        memcpy(base, word, length - n);
        base[length - n] = '\0';
        if (phrase_in_list(common, base))
            return true;
        memcpy(base + length - n, "e", 2);
        if (phrase_in_list(common, base))
            return true;
    }
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

/* The consonants of a word, doubled ones once: what a mistyped word mostly keeps. */
static size_t skeleton(const char *word, size_t length, char *out)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        if (!strchr("aeiouy", word[i]) && (n == 0 || out[n - 1] != word[i]))
            out[n++] = word[i];
    return n;
}

/* Two errors make other words of many; then the consonants may differ in one place. */
static bool shares_skeleton(const char *a, size_t la, const char *b, size_t lb)
{
    char x[WORD_MOST], y[WORD_MOST];
    if (la > WORD_MOST || lb > WORD_MOST)
        return false;
    size_t lx = skeleton(a, la, x), ly = skeleton(b, lb, y);
    return a[1] == b[1] && is_near(x, lx, y, ly, 1);
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
    if (errors == 2 && !shares_skeleton(e->word, e->length, word, length))
        return false;
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
    if (length < 5 || length > WORD_MOST || is_known(s, stem) || is_common(word, length))
        return stem;
    size_t body = body_length(word, length);
    int most = errors_allowed(body);
    for (int errors = 0; errors <= most; errors++) {
        const struct entry *e = find_near(s, word, length, errors);
        if (!e && word[length - 1] == 's')
            e = find_near(s, word, length - 1, errors);
        if (!e && body >= 5 && body < length)
            e = find_near(s, word, body, errors);
        if (e)
            return e->stem;
    }
    return stem;
}

uint32_t spelling_letter(char letter)
{
    return letter >= 'a' && letter <= 'z' ? UINT32_C(1) << (letter - 'a')
                                          : UINT32_C(1) << 26;
}

uint32_t spelling_next_letters(const struct spelling *s, const char *word, size_t length)
{
    size_t low = 0, high = s->entries.count;
    uint32_t letters = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strncmp(s->entries.items[middle].word, word, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->entries.count && !strncmp(s->entries.items[low].word, word, length); low++)
        if (s->entries.items[low].length > length)
            letters |= spelling_letter(s->entries.items[low].word[length]);
    return letters;
}
