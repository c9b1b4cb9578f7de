#include "scoring/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "scoring/english.h"
#include "scoring/quantity.h"
#include "scoring/stem.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum { WORD_BYTES_MAX = STEM_WORD_MAX };

struct slot {
    uint32_t hash;  /* its lower half: the words are compared anyway */
    uint32_t index; /* +1; 0: free */
};

struct table {
    struct slot *slots;
    size_t size, used; /* size is a power of two */
};

/* A form and its text when that is short, as most are: one cache line, which never moves. */
enum { TEXT_ROOM = 24, CHUNK = 256 };
struct entry {
    struct word_form form;
    char room[TEXT_ROOM];
};

struct dictionary {
    ARRAY(struct entry *) chunks; /* of CHUNK entries each */
    size_t form_count;
    ARRAY(uint32_t) stems; /* where each begins in `stem_texts` */
    struct buffer stem_texts;
    struct table form_table, stem_table;
    struct stemmer *stemmer;
    struct english *english;
    struct buffer scratch;
    size_t marked_forms, marked_stems;
};

static void table_init(struct table *t, size_t size)
{
    t->slots = xcalloc(size, sizeof(*t->slots));
    t->size = size;
    t->used = 0;
}

static void table_put(struct table *t, uint64_t hash, uint32_t index)
{
    size_t at = hash & (t->size - 1);
    while (t->slots[at].index)
        at = (at + 1) & (t->size - 1);
    t->slots[at] = (struct slot) { (uint32_t)hash, index + 1 };
    t->used++;
}

static void table_add(struct table *t, uint64_t hash, uint32_t index)
{
    if (t->used * 2 >= t->size) {
        struct table larger;
        table_init(&larger, t->size * 2);
        for (size_t i = 0; i < t->size; i++)
            if (t->slots[i].index)
                table_put(&larger, t->slots[i].hash, t->slots[i].index - 1);
        free(t->slots);
        *t = larger;
    }
    table_put(t, hash, index);
}

struct dictionary *dictionary_new(void)
{
    struct dictionary *d = xcalloc(1, sizeof(*d));
    table_init(&d->form_table, 4096);
    table_init(&d->stem_table, 4096);
    d->english = english_new();
    d->stemmer = stemmer_new();
    d->stem_texts = (struct buffer)BUFFER_INIT;
    d->scratch = (struct buffer)BUFFER_INIT;
    return d;
}

static const char *stem_text(const struct dictionary *d, size_t stem)
{
    return d->stem_texts.data + d->stems.items[stem];
}

static struct entry *entry_at(const struct dictionary *d, size_t index)
{
    return &d->chunks.items[index / CHUNK][index % CHUNK];
}

static void free_entry(struct entry *entry)
{
    if (entry->form.written != entry->form.text)
        free((char *)entry->form.written);
    if (entry->form.text != entry->room)
        free((char *)entry->form.text);
}

void dictionary_free(struct dictionary *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->form_count; i++)
        free_entry(entry_at(d, i));
    for (size_t i = 0; i < d->chunks.count; i++)
        free(d->chunks.items[i]);
    array_release(&d->chunks);
    array_release(&d->stems);
    buffer_release(&d->stem_texts);
    free(d->form_table.slots);
    free(d->stem_table.slots);
    english_free(d->english);
    stemmer_free(d->stemmer);
    buffer_release(&d->scratch);
    free(d);
}

const struct word_form *dictionary_get(const struct dictionary *d, uint32_t form)
{
    return &entry_at(d, form)->form;
}

size_t dictionary_count(const struct dictionary *d)
{
    return d->form_count;
}

static uint32_t find_stem(struct dictionary *d, const char *stem, size_t length,
                          uint64_t hash)
{
    size_t mask = d->stem_table.size - 1;
    for (size_t at = hash & mask; d->stem_table.slots[at].index; at = (at + 1) & mask) {
        const struct slot *slot = &d->stem_table.slots[at];
        const char *known = stem_text(d, slot->index - 1);
        if (slot->hash == (uint32_t)hash && !strncmp(known, stem, length) &&
            !known[length])
            return slot->index - 1;
    }
    return UINT32_MAX;
}

/* The stem of a folded word: its index, or UINT32_MAX when it is new and `add` is false. */
static uint32_t stem_of(struct dictionary *d, const char *folded, size_t length, bool add)
{
    const char *stem = stemmer_stem(d->stemmer, folded, length, &length);
    uint64_t hash = hash_bytes(HASH_START, stem, length);
    uint32_t found = find_stem(d, stem, length, hash);
    if (found != UINT32_MAX || !add)
        return found;
    *array_add(&d->stems) = (uint32_t)d->stem_texts.length;
    buffer_add(&d->stem_texts, stem, length);
    buffer_add_char(&d->stem_texts, '\0');
    table_add(&d->stem_table, hash, (uint32_t)d->stems.count - 1);
    return (uint32_t)d->stems.count - 1;
}

/* Folds into d->scratch, at most WORD_BYTES_MAX bytes; curly apostrophes become straight. */
static void fold_word(struct dictionary *d, const char *word, size_t length)
{
    buffer_clear(&d->scratch);
    utf8_fold(&d->scratch, word, length);
    char *curly;
    while ((curly = strstr(d->scratch.data, "\xe2\x80\x99"))) {
        size_t at = (size_t)(curly - d->scratch.data);
        *curly = '\'';
        memmove(curly + 1, curly + 3, d->scratch.length - at - 3);
        buffer_truncate(&d->scratch, d->scratch.length - 2);
    }
    if (d->scratch.length > WORD_BYTES_MAX)
        buffer_truncate(&d->scratch, utf8_valid_prefix(d->scratch.data, WORD_BYTES_MAX));
}

static uint32_t add_form(struct dictionary *d, const char *folded, size_t length,
                         uint64_t hash)
{
    if (d->form_count == d->chunks.count * CHUNK)
        *array_add(&d->chunks) =
            xaligned_alloc(sizeof(struct entry), CHUNK * sizeof(struct entry));
    uint32_t index = (uint32_t)d->form_count++;
    struct entry *entry = entry_at(d, index);
    *entry = (struct entry) { .form = { .length = (uint32_t)length,
                                        .written_length = (uint32_t)length } };
    struct word_form *form = &entry->form;
    form->text = form->written = length < TEXT_ROOM ? memcpy(entry->room, folded, length)
                                                    : xstrndup(folded, length);
    form->number = length > 0 && is_digit(folded[0]);
    form->stem = stem_of(d, folded, length, true);
    table_add(&d->form_table, hash, index);
    return index;
}

static uint32_t find_form(struct dictionary *d, const char *folded, size_t length,
                          uint64_t hash)
{
    size_t mask = d->form_table.size - 1;
    for (size_t at = hash & mask; d->form_table.slots[at].index; at = (at + 1) & mask) {
        const struct slot *slot = &d->form_table.slots[at];
        const struct word_form *form = dictionary_get(d, slot->index - 1);
        if (slot->hash == (uint32_t)hash && form->written_length == length &&
            !memcmp(form->written, folded, length))
            return slot->index - 1;
    }
    return UINT32_MAX;
}

static uint32_t form_of_folded(struct dictionary *d, const char *folded, size_t length)
{
    uint64_t hash = hash_bytes(HASH_START, folded, length);
    uint32_t found = find_form(d, folded, length, hash);
    return found != UINT32_MAX ? found : add_form(d, folded, length, hash);
}

void dictionary_abbreviate(struct dictionary *d, const char *written, const char *full)
{
    size_t length = strlen(written);
    uint64_t hash = hash_bytes(HASH_START, written, length);
    if (length > WORD_BYTES_MAX || strlen(full) > WORD_BYTES_MAX ||
        find_form(d, written, length, hash) != UINT32_MAX)
        return;
    uint32_t index = add_form(d, full, strlen(full), hash);
    struct word_form *form = &entry_at(d, index)->form;
    form->written = xstrdup(written);
    form->written_length = (uint32_t)length;
}

/* Words of phrases are added by the thousand and only stemmed; words of texts are described too. */
static uint32_t described(struct dictionary *d, uint32_t index)
{
    struct word_form *form = &entry_at(d, index)->form;
    if (!form->described) {
        struct english_word word = english_find(d->english, form->text, form->length);
        form->word_class = (uint8_t)(form->number ? CLASS_NUMBER : word.word_class);
        form->order = form->number ? CLASS_NUMBER : word.order;
        form->traits = (uint32_t)word.traits;
        form->measures = form->number || quantity_may_start(form->written);
        form->described = true;
    }
    return index;
}

/* The word folded, and its new length: into `room`, which has WORD_BYTES_MAX, or into d->scratch. */
static const char *folded(struct dictionary *d, const char *word, size_t *length,
                          char *room)
{
    if (*length <= WORD_BYTES_MAX && utf8_fold_plain(room, word, *length))
        return room;
    fold_word(d, word, *length);
    *length = d->scratch.length;
    return d->scratch.data;
}

static uint32_t form_of(struct dictionary *d, const char *word, size_t length)
{
    char room[WORD_BYTES_MAX];
    const char *text = folded(d, word, &length, room);
    return form_of_folded(d, text, length);
}

uint32_t dictionary_form(struct dictionary *d, const char *word, size_t length)
{
    return described(d, form_of(d, word, length));
}

uint32_t dictionary_phrase_form(struct dictionary *d, const char *word, size_t length)
{
    return form_of(d, word, length);
}

uint32_t dictionary_stem(struct dictionary *d, const char *word, size_t length)
{
    char room[WORD_BYTES_MAX];
    const char *text = folded(d, word, &length, room);
    uint32_t form = find_form(d, text, length, hash_bytes(HASH_START, text, length));
    return form != UINT32_MAX ? dictionary_get(d, form)->stem
                              : stem_of(d, text, length, true);
}

uint32_t dictionary_find_stem(struct dictionary *d, const char *word, size_t length)
{
    char room[WORD_BYTES_MAX];
    const char *text = folded(d, word, &length, room);
    return stem_of(d, text, length, false);
}

void dictionary_mark(struct dictionary *d)
{
    d->marked_forms = d->form_count;
    d->marked_stems = d->stems.count;
}

static void table_clear(struct table *t)
{
    memset(t->slots, 0, t->size * sizeof(*t->slots));
    t->used = 0;
}

void dictionary_trim(struct dictionary *d)
{
    for (size_t i = d->marked_forms; i < d->form_count; i++)
        free_entry(entry_at(d, i));
    if (d->stems.count > d->marked_stems)
        buffer_truncate(&d->stem_texts, d->stems.items[d->marked_stems]);
    d->form_count = d->marked_forms;
    d->stems.count = d->marked_stems;
    table_clear(&d->form_table);
    table_clear(&d->stem_table);
    for (size_t i = 0; i < d->form_count; i++) {
        const struct word_form *form = dictionary_get(d, (uint32_t)i);
        table_put(&d->form_table,
                  hash_bytes(HASH_START, form->written, form->written_length),
                  (uint32_t)i);
    }
    for (size_t i = 0; i < d->stems.count; i++) {
        const char *stem = stem_text(d, i);
        table_put(&d->stem_table, hash_bytes(HASH_START, stem, strlen(stem)),
                  (uint32_t)i);
    }
}
