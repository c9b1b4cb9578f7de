#include "scoring/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"

enum { CONCEPTS_MAX = 4096 };

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct concept *)a)->name, ((const struct concept *)b)->name);
}

int lexicon_find(const struct lexicon *lexicon, const char *name)
{
    struct concept key = { .name = name };
    if (!lexicon || !lexicon->count)
        return -1;
    const struct concept *found =
        bsearch(&key, lexicon->concepts, lexicon->count, sizeof(key), by_name);
    return found ? (int)(found - lexicon->concepts) : -1;
}

static void read_says(struct json_check *c, struct expression_room *room, const json_t *entry,
                      struct concept *concept)
{
    json_t *says = json_need_array(c, entry, "says"), *item;
    size_t index;
    concept->says = arena_array(room->arena, struct expression *, json_array_size(says));
    json_array_foreach(says, index, item)
    {
        if (!json_is_string(item)) {
            json_fail(c, item, "each way of saying '%s' must be a string", concept->name);
            continue;
        }
        struct error e;
        error_init(&e);
        size_t where = 0;
        struct expression *x =
            expression_parse_phrase(room, json_string_value(item), &where, &e);
        if (!x) {
            json_fail_in_string(c, item, where, "%s", e.message);
            continue;
        }
        concept->says[concept->says_count++] = x;
    }
}

/* Names of all concepts, for "did you mean". */
static const char **all_names(const struct lexicon *lexicon)
{
    const char **names = xcalloc(lexicon->count + 1, sizeof(*names));
    for (size_t i = 0; i < lexicon->count; i++)
        names[i] = lexicon->concepts[i].name;
    return names;
}

/* parents[child][*] -> one bit a pair would be large; lists are short. */
struct parents {
    int *items;
    size_t count;
};

static void read_is(struct json_check *c, struct lexicon *lexicon, const json_t *entry,
                    struct parents *parents)
{
    json_t *is = json_want_array(c, entry, "is"), *item;
    size_t index;
    parents->items = arena_array(&lexicon->arena, int, json_array_size(is));
    json_array_foreach(is, index, item)
    {
        const char *name = json_string_value(item);
        int parent = name ? lexicon_find(lexicon, name) : -1;
        if (parent >= 0) {
            parents->items[parents->count++] = parent;
            continue;
        }
        const char **names = all_names(lexicon);
        const char *near = name ? nearest_word(name, names) : NULL;
        json_fail(c, item, "unknown concept '%s'%s%s%s", name ? name : "",
                  near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
        free(names);
    }
}

enum { UNSEEN, OPEN, DONE };

/* Depth first towards the wider concepts; false when `at` is a kind of itself. */
static bool is_acyclic(const struct parents *parents, int at, char *state)
{
    if (state[at] != UNSEEN)
        return state[at] == DONE;
    state[at] = OPEN;
    for (size_t i = 0; i < parents[at].count; i++)
        if (!is_acyclic(parents, parents[at].items[i], state))
            return false;
    state[at] = DONE;
    return true;
}

static void mark_wider(const struct parents *parents, int at, char *reached)
{
    if (reached[at])
        return;
    reached[at] = 1;
    for (size_t i = 0; i < parents[at].count; i++)
        mark_wider(parents, parents[at].items[i], reached);
}

static void add_kind(struct concept *wide, size_t kind)
{
    wide->kinds = wide->kinds_count % 8 == 0
                      ? xrealloc(wide->kinds, (wide->kinds_count + 8) * sizeof(*wide->kinds))
                      : wide->kinds;
    wide->kinds[wide->kinds_count++] = kind;
}

/* Each concept is put into the `kinds` of itself and of everything wider. */
static void close_kinds(struct lexicon *lexicon, const struct parents *parents)
{
    char *reached = xcalloc(lexicon->count + 1, 1);
    for (size_t i = 0; i < lexicon->count; i++)
        add_kind(&lexicon->concepts[i], i);
    for (size_t i = 0; i < lexicon->count; i++) {
        memset(reached, 0, lexicon->count);
        mark_wider(parents, (int)i, reached);
        for (size_t wide = 0; wide < lexicon->count; wide++)
            if (reached[wide] && wide != i)
                add_kind(&lexicon->concepts[wide], i);
    }
    free(reached);
}

static const char *const concept_keys[] = { "says",    "is",          "about",
                                            "product", "advertising", "drawback",
                                            "mishap",  NULL };

static void read_concepts(struct json_check *c, struct lexicon *lexicon, json_t *concepts)
{
    const char *name;
    json_t *entry;
    lexicon->concepts =
        arena_array(&lexicon->arena, struct concept, json_object_size(concepts));
    json_object_foreach(concepts, name, entry)
        lexicon->concepts[lexicon->count++].name = arena_strdup(&lexicon->arena, name);
    if (lexicon->count)
        qsort(lexicon->concepts, lexicon->count, sizeof(*lexicon->concepts), by_name);

    struct expression_room room = { .arena = &lexicon->arena };
    struct parents *parents = xcalloc(lexicon->count + 1, sizeof(*parents));
    json_object_foreach(concepts, name, entry)
    {
        size_t at = (size_t)lexicon_find(lexicon, name);
        if (!json_check_object(c, entry, "a concept", concept_keys))
            continue;
        read_says(c, &room, entry, &lexicon->concepts[at]);
        read_is(c, lexicon, entry, &parents[at]);
        if (json_want_bool(c, entry, "product", false))
            lexicon->concepts[at].marks |= CONCEPT_PRODUCT;
        if (json_want_bool(c, entry, "advertising", false))
            lexicon->concepts[at].marks |= CONCEPT_ADVERTISING;
        if (json_want_bool(c, entry, "drawback", false))
            lexicon->concepts[at].marks |= CONCEPT_DRAWBACK;
        if (json_want_bool(c, entry, "mishap", false))
            lexicon->concepts[at].marks |= CONCEPT_MISHAP;
    }
    expression_room_release(&room);
    char *state = xcalloc(lexicon->count + 1, 1);
    bool good = true;
    for (size_t i = 0; good && i < lexicon->count; i++)
        if (!(good = is_acyclic(parents, (int)i, state)))
            json_fail(c, json_object_get(concepts, lexicon->concepts[i].name),
                      "'%s' leads back to itself by way of 'is'", lexicon->concepts[i].name);
    if (good)
        close_kinds(lexicon, parents);
    free(state);
    free(parents);
}

static void read_tags(struct json_check *c, struct lexicon *lexicon, const json_t *root)
{
    json_t *list = json_want_array(c, root, "tags"), *item;
    size_t index;
    lexicon->tags = arena_array(&lexicon->arena, const char *, json_array_size(list));
    json_array_foreach(list, index, item)
    {
        if (json_is_string(item) && json_string_length(item))
            lexicon->tags[lexicon->tag_count++] =
                arena_strdup(&lexicon->arena, json_string_value(item));
        else
            json_fail(c, item, "a tag must be a word");
    }
}

/* Lower-case letters alone: what a text's word is compared with. */
static bool is_one_word(const char *word)
{
    size_t length = word ? strlen(word) : 0;
    return length > 1 && length <= 40 &&
           strspn(word, "abcdefghijklmnopqrstuvwxyz") == length;
}

static void read_abbreviations(struct json_check *c, struct lexicon *lexicon,
                               const json_t *root)
{
    json_t *object = json_want_object(c, root, "abbreviations"), *full;
    const char *written;
    if (json_object_size(object) > CONCEPTS_MAX) {
        json_fail(c, object, "more than %d abbreviations", CONCEPTS_MAX);
        return;
    }
    lexicon->abbreviations =
        arena_array(&lexicon->arena, struct abbreviation, json_object_size(object));
    json_object_foreach (object, written, full) {
        if (is_one_word(written) && is_one_word(json_string_value(full)))
            lexicon->abbreviations[lexicon->abbreviation_count++] =
                (struct abbreviation) { arena_strdup(&lexicon->arena, written),
                                        arena_strdup(&lexicon->arena,
                                                     json_string_value(full)) };
        else
            json_fail(c, full, "'%s' must stand for one word; both in lower-case letters",
                      written);
    }
}

static const char *const lexicon_keys[] = { "format",        "version",  "about", "tags",
                                            "abbreviations", "concepts", NULL };

struct lexicon *lexicon_load(const char *source, const char *text, size_t length,
                             struct error_list *errors)
{
    struct json_opened file;
    if (!json_open(&file, source, text, length, errors))
        return NULL;
    struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));
    if (json_check_file(&file.check, file.doc.root, "a lexicon", lexicon_keys)) {
        lexicon->version = (int)json_want_number(&file.check, file.doc.root, "version", 1, 1e6, 1);
        read_tags(&file.check, lexicon, file.doc.root);
        read_abbreviations(&file.check, lexicon, file.doc.root);
        json_t *concepts = json_need_object(&file.check, file.doc.root, "concepts");
        if (json_object_size(concepts) > CONCEPTS_MAX)
            json_fail(&file.check, concepts, "more than %d concepts", CONCEPTS_MAX);
        else
            read_concepts(&file.check, lexicon, concepts);
    }
    lexicon->hash = hash_bytes(HASH_START, text, length);
    if (json_close(&file))
        return lexicon;
    lexicon_free(lexicon);
    return NULL;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (size_t i = 0; i < lexicon->count; i++)
        free(lexicon->concepts[i].kinds);
    arena_release(&lexicon->arena);
    free(lexicon);
}
