#include "scoring/trie.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "scoring/spelling.h"

/* There are tens of thousands of nodes, most with one edge or one group: both are chains through
 * one array each, in the order in which they came. Once sealed, its groups stand side by side, and
 * so do its edges: those by stem as steps, sorted and as small as can be, since they are what reading
 * waits for; the few others as they are. `next` is of no use any more, and places stand for nodes. */
struct edge {
    uint32_t word; /* WORD_STEM: its stem; else where its text begins in `texts` */
    uint32_t node;
    uint32_t next : 30; /* index of the next edge of its node, 0: none */
    uint32_t match : 2; /* enum word_match */
};

struct step {
    uint32_t stem, node;
};

/* An edge of the root by prefix or exact. */
struct root_edge {
    const char *text; /* in `texts` */
    uint32_t length, node;
};

struct membership {
    uint32_t group, next;
};

struct node {
    uint32_t first_edge, last_edge;   /* 0: none */
    uint32_t first_group, last_group; /* 0: none */
};

/* Where a node's edges, groups and steps begin; they end where those of the next place begin. */
struct place {
    uint32_t edges, groups, steps;
};

/* What a distinct word leads to; found once. */
enum { FEW_NODES = 3 };
struct known_form {
    uint32_t stem; /* after correction of a typing error */
    /* What begins so may be one word of a phrase with the next one, if that begins with one of them:
     * see spelling_next_letters(). */
    uint32_t next_letters;
    uint16_t count;
    bool seen;
    /* Where it leads from the root; exact edges are checked when reading. See LOOK. */
    uint32_t few[FEW_NODES];
    uint32_t *many; /* in place of them */
};

/* Marks a node with groups, or with edges that are no steps. Most words begin phrases of which the next
 * word is none: for the others `leads` tells so without a look at node and steps. */
static const uint32_t LOOK = UINT32_C(1) << 31;
enum { LEADS_BITS = 19 };

struct pair {
    uint64_t key; /* two forms; 0: free */
    uint32_t node; /* 0: the two are no word of a phrase */
};

enum { PAIRS = 1 << 13 };

struct trie {
    struct dictionary *dictionary;
    ARRAY(struct node) nodes; /* 0 is the root; empty once sealed */
    struct place *places;     /* sealed: one for each node, and one behind the last */
    size_t place_count;
    ARRAY(struct edge) edges; /* 0 is none */
    ARRAY(struct step) steps; /* sealed */
    uint64_t *leads; /* sealed: a bit for each step, shared by some; see may_lead() */
    ARRAY(struct membership) groups; /* 0 is none; empty once sealed */
    ARRAY(uint32_t) members;         /* sealed: the groups of one node after another's */
    ARRAY(uint32_t) root_by_stem; /* stem -> node, 0: none; the root's other edges: */
    ARRAY(struct root_edge)
    root_prefix, root_exact;                  /* sealed, sorted by their first letter */
    size_t prefix_from[257], exact_from[257]; /* where those with a first letter begin */
    ARRAY(bool) spelled; /* per form: the speller knows it */
    ARRAY(struct known_form) forms;
    ARRAY(uint32_t) stems; /* per word of the text that is read */
    struct pair *pairs;
    struct spelling *spelling;
    struct buffer
        texts; /* of edges by prefix and exact ones, each with a zero behind it */
    struct arena arena; /* for known_form.many */
};

struct trie *trie_new(struct dictionary *d)
{
    struct trie *t = xcalloc(1, sizeof(*t));
    t->dictionary = d;
    *array_add(&t->nodes) = (struct node){ 0 };
    *array_add(&t->edges) = (struct edge){ 0 };
    *array_add(&t->groups) = (struct membership){ 0 };
    t->texts = (struct buffer)BUFFER_INIT;
    t->pairs = xcalloc(PAIRS, sizeof(*t->pairs));
    t->spelling = spelling_new();
    return t;
}

void trie_free(struct trie *t)
{
    if (!t)
        return;
    array_release(&t->nodes);
    free(t->places);
    array_release(&t->edges);
    array_release(&t->steps);
    array_release(&t->groups);
    array_release(&t->members);
    array_release(&t->root_prefix);
    array_release(&t->root_exact);
    array_release(&t->forms);
    array_release(&t->stems);
    array_release(&t->root_by_stem);
    array_release(&t->spelled);
    free(t->pairs);
    free(t->leads);
    spelling_free(t->spelling);
    buffer_release(&t->texts);
    arena_release(&t->arena);
    free(t);
}

/* --- building --- */

/* A word of a phrase on its way into the trie. */
struct label {
    const char *text; /* WORD_PREFIX, WORD_EXACT */
    uint32_t stem;    /* WORD_STEM */
    enum word_match match;
};

static const char *edge_text(const struct trie *t, const struct edge *edge)
{
    return t->texts.data + edge->word;
}

static bool bears(const struct trie *t, const struct edge *edge,
                  const struct label *label)
{
    if (edge->match != label->match)
        return false;
    return label->match == WORD_STEM ? edge->word == label->stem
                                     : !strcmp(edge_text(t, edge), label->text);
}

static uint32_t keep_text(struct trie *t, const char *text)
{
    size_t at = t->texts.length;
    buffer_add(&t->texts, text, strlen(text) + 1);
    return (uint32_t)at;
}

static uint32_t root_node(const struct trie *t, uint32_t stem)
{
    return stem < t->root_by_stem.count ? t->root_by_stem.items[stem] : 0;
}

/* The root has thousands of edges by stem, so they are an array. */
static uint32_t follow_or_add_root(struct trie *t, uint32_t stem)
{
    while (t->root_by_stem.count <= stem)
        *array_add(&t->root_by_stem) = 0;
    if (!t->root_by_stem.items[stem]) {
        t->root_by_stem.items[stem] = (uint32_t)t->nodes.count;
        *array_add(&t->nodes) = (struct node){ 0 };
    }
    return t->root_by_stem.items[stem];
}

static uint32_t follow_or_add(struct trie *t, uint32_t at, struct label wanted)
{
    if (at == 0 && wanted.match == WORD_STEM)
        return follow_or_add_root(t, wanted.stem);
    struct node *node = &t->nodes.items[at];
    for (uint32_t i = node->first_edge; i; i = t->edges.items[i].next)
        if (bears(t, &t->edges.items[i], &wanted))
            return t->edges.items[i].node;
    uint32_t fresh = (uint32_t)t->edges.count;
    if (node->last_edge)
        t->edges.items[node->last_edge].next = fresh;
    else
        node->first_edge = fresh;
    node->last_edge = fresh;
    struct edge edge = { .node = (uint32_t)t->nodes.count, .match = wanted.match };
    edge.word = wanted.match == WORD_STEM ? wanted.stem : keep_text(t, wanted.text);
    *array_add(&t->edges) = edge;
    *array_add(&t->nodes) = (struct node){ 0 };
    return edge.node;
}

static struct label label_of(struct trie *t, const struct phrase_word *word)
{
    struct label label = { .match = word->match, .text = word->text };
    size_t length = strlen(word->text);
    if (word->match != WORD_STEM)
        return label;
    uint32_t form = dictionary_phrase_form(t->dictionary, word->text, length);
    label.stem = dictionary_get(t->dictionary, form)->stem;
    while (t->spelled.count <= form)
        *array_add(&t->spelled) = false;
    if (!t->spelled.items[form])
        spelling_add(t->spelling, word->text, length, label.stem);
    t->spelled.items[form] = true;
    return label;
}

static void attach(struct trie *t, uint32_t at, uint32_t group)
{
    struct node *node = &t->nodes.items[at];
    if (node->last_group && t->groups.items[node->last_group].group == group)
        return;
    uint32_t fresh = (uint32_t)t->groups.count;
    if (node->last_group)
        t->groups.items[node->last_group].next = fresh;
    else
        node->first_group = fresh;
    node->last_group = fresh;
    *array_add(&t->groups) = (struct membership){ .group = group };
}

static bool is_letters(const char *text)
{
    for (; *text; text++)
        if (!((*text >= 'a' && *text <= 'z') || (unsigned char)*text >= 0x80))
            return false;
    return true;
}

enum { JOINED_MAX = 48 };

/* "load balancer" is also found as "loadbalancer"; 0 for what cannot be written so. */
static uint32_t add_joined(struct trie *t, const struct expression *phrase)
{
    if (phrase->count != 2)
        return 0;
    const struct phrase_word *a = phrase->words[0], *b = phrase->words[1];
    char joined[JOINED_MAX];
    size_t la = strlen(a->text), lb = strlen(b->text);
    if (a->match != WORD_STEM || b->match != WORD_STEM || la < 2 || lb < 2 || la + lb < 7 ||
        la + lb >= JOINED_MAX || !is_letters(a->text) || !is_letters(b->text))
        return 0;
    memcpy(joined, a->text, la);
    memcpy(joined + la, b->text, lb + 1);
    return follow_or_add_root(t, dictionary_stem(t->dictionary, joined, la + lb));
}

struct trie_end trie_add(struct trie *t, const struct expression *phrase)
{
    struct trie_end end = { 0, 0 };
    for (size_t i = 0; i < phrase->count; i++)
        end.node = follow_or_add(t, end.node, label_of(t, phrase->words[i]));
    end.joined = add_joined(t, phrase);
    return end;
}

void trie_attach(struct trie *t, struct trie_end end, uint32_t group)
{
    attach(t, end.node, group);
    if (end.joined)
        attach(t, end.joined, group);
}

static int by_stem(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    return x->stem < y->stem ? -1 : x->stem > y->stem;
}

static uint32_t lead_bit(uint32_t node, uint32_t stem)
{
    uint64_t key = (uint64_t)node << 32 | stem;
    return (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> (64 - LEADS_BITS));
}

/* Whether there may be a step by this stem; false: there is none. */
static bool may_lead(const struct trie *t, uint32_t node, uint32_t stem)
{
    uint32_t bit = lead_bit(node, stem);
    return t->leads[bit / 64] >> bit % 64 & 1;
}

static void add_step(struct trie *t, uint32_t node, const struct edge *edge)
{
    uint32_t bit = lead_bit(node, edge->word);
    t->leads[bit / 64] |= UINT64_C(1) << bit % 64;
    *array_add(&t->steps) = (struct step) { edge->word, edge->node };
}

/* Puts the edges of each node side by side, and those by stem elsewhere. */
static void settle_edges(struct trie *t)
{
    ARRAY(struct edge) others = { 0 };
    t->leads = xcalloc((1u << LEADS_BITS) / 64, sizeof(*t->leads));
    for (uint32_t n = 0; n < t->nodes.count; n++) {
        struct place *place = &t->places[n];
        place->edges = (uint32_t)others.count;
        place->steps = (uint32_t)t->steps.count;
        for (uint32_t i = t->nodes.items[n].first_edge; i; i = t->edges.items[i].next) {
            const struct edge *edge = &t->edges.items[i];
            if (edge->match == WORD_STEM)
                add_step(t, n, edge);
            else
                *array_add(&others) = *edge;
        }
        if (t->steps.count - place->steps > 1)
            qsort(t->steps.items + place->steps, t->steps.count - place->steps,
                  sizeof(*t->steps.items), by_stem);
    }
    t->places[t->nodes.count].edges = (uint32_t)others.count;
    t->places[t->nodes.count].steps = (uint32_t)t->steps.count;
    array_release(&t->edges);
    t->edges.items = others.items;
    t->edges.count = others.count;
    t->edges.space = others.space;
}

/* Puts the groups of each node side by side. */
static void settle_groups(struct trie *t)
{
    for (size_t n = 0; n < t->nodes.count; n++) {
        t->places[n].groups = (uint32_t)t->members.count;
        for (uint32_t i = t->nodes.items[n].first_group; i; i = t->groups.items[i].next)
            *array_add(&t->members) = t->groups.items[i].group;
    }
    t->places[t->nodes.count].groups = (uint32_t)t->members.count;
    array_release(&t->groups);
}

static int by_first_letter(const void *a, const void *b)
{
    const struct root_edge *x = a, *y = b;
    int one = (unsigned char)*x->text, other = (unsigned char)*y->text;
    return one != other ? one - other : x->node < y->node ? -1 : x->node > y->node;
}

/* `from` has 257 places: where the edges with a first letter begin, and where the last end. */
static void sort_by_letter(struct root_edge *edges, size_t count, size_t *from)
{
    if (count > 1)
        qsort(edges, count, sizeof(*edges), by_first_letter);
    for (size_t i = 0, letter = 0; letter <= 256; letter++) {
        while (i < count && (unsigned char)*edges[i].text < letter)
            i++;
        from[letter] = i;
    }
}

static void settle_root(struct trie *t)
{
    for (uint32_t i = t->nodes.items[0].first_edge; i; i = t->edges.items[i].next) {
        const struct edge *edge = &t->edges.items[i];
        struct root_edge root = { .text = edge_text(t, edge), .node = edge->node };
        root.length = (uint32_t)strlen(root.text);
        if (edge->match == WORD_PREFIX)
            *array_add(&t->root_prefix) = root;
        else
            *array_add(&t->root_exact) = root;
    }
    sort_by_letter(t->root_prefix.items, t->root_prefix.count, t->prefix_from);
    sort_by_letter(t->root_exact.items, t->root_exact.count, t->exact_from);
}

void trie_seal(struct trie *t)
{
    t->place_count = t->nodes.count;
    t->places = xcalloc(t->place_count + 1, sizeof(*t->places));
    settle_root(t);
    settle_edges(t);
    settle_groups(t);
    array_release(&t->nodes);
    spelling_seal(t->spelling);
}

size_t trie_nodes(const struct trie *t)
{
    return t->place_count;
}

const uint32_t *trie_groups(const struct trie *t, uint32_t node, size_t *count)
{
    const struct place *at = &t->places[node];
    *count = at[1].groups - at->groups;
    return *count ? t->members.items + at->groups : NULL;
}

void trie_forget(struct trie *t)
{
    t->forms.count = 0;
    memset(t->pairs, 0, PAIRS * sizeof(*t->pairs));
    arena_reset(&t->arena);
}

/* --- words --- */

static bool has_prefix(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static uint32_t marked(const struct trie *t, uint32_t node)
{
    const struct place *at = &t->places[node];
    bool look = at->groups != at[1].groups || at->edges != at[1].edges;
    return look ? node | LOOK : node;
}

static void keep_nodes(struct trie *t, struct known_form *known, const uint32_t *nodes,
                       size_t count)
{
    known->count = (uint16_t)count;
    if (count > FEW_NODES)
        known->many = arena_array(&t->arena, uint32_t, count);
    uint32_t *to = count > FEW_NODES ? known->many : known->few;
    for (size_t i = 0; i < count; i++)
        to[i] = marked(t, nodes[i]);
}

static void find_out(struct trie *t, uint32_t index, struct known_form *known)
{
    const struct word_form *form = dictionary_get(t->dictionary, index);
    *known = (struct known_form){ .stem = form->stem, .seen = true };
    if (form->word_class == CLASS_CONTENT)
        known->stem = spelling_correct(t->spelling, form->text, form->length, form->stem);
    known->next_letters = spelling_next_letters(t->spelling, form->text, form->length);

    ARRAY(uint32_t) nodes = { 0 };
    uint32_t node = root_node(t, known->stem);
    if (node)
        *array_add(&nodes) = node;
    unsigned char letter = (unsigned char)form->text[0];
    for (size_t i = t->prefix_from[letter]; i < t->prefix_from[letter + 1]; i++)
        if (has_prefix(form->text, t->root_prefix.items[i].text))
            *array_add(&nodes) = t->root_prefix.items[i].node;
    keep_nodes(t, known, nodes.items, nodes.count);
    array_release(&nodes);
}

static const struct known_form *know(struct trie *t, uint32_t form)
{
    while (t->forms.count <= form)
        *array_add(&t->forms) = (struct known_form){ 0 };
    struct known_form *known = &t->forms.items[form];
    if (!known->seen)
        find_out(t, form, known);
    return known;
}

/* The root's node for two words written apart that a phrase has as one. */
static uint32_t pair_node(struct trie *t, uint32_t a, uint32_t b)
{
    uint64_t key = ((uint64_t)a << 32 | b) + 1;
    uint64_t hash = key * UINT64_C(0x9e3779b97f4a7c15);
    struct pair *pair = &t->pairs[hash >> 51];
    if (pair->key == key)
        return pair->node;
    const struct word_form *fa = dictionary_get(t->dictionary, a);
    const struct word_form *fb = dictionary_get(t->dictionary, b);
    char joined[2 * JOINED_MAX];
    *pair = (struct pair){ .key = key };
    if (fa->number || fb->number || fb->length < 2 || fa->length + fb->length < 6 ||
        fa->length + fb->length >= JOINED_MAX)
        return 0;
    memcpy(joined, fa->text, fa->length);
    memcpy(joined + fa->length, fb->text, fb->length);
    uint32_t stem = dictionary_find_stem(t->dictionary, joined, fa->length + fb->length);
    pair->node = stem == UINT32_MAX ? 0 : root_node(t, stem);
    return pair->node;
}

/* --- reading --- */

struct reading {
    struct trie *trie;
    const struct text *text;
    trie_take *take;
    void *state;
    uint32_t first, end; /* the phrase's first word; end of its sentence */
};

/* The word as it was written. */
static const char *text_at(const struct reading *r, const struct word *w)
{
    return r->text->parts[r->text->sentences.items[w->sentence].part].text + w->start;
}

static bool is_exact(const struct reading *r, const struct word *w, const char *text,
                     size_t length)
{
    return length == w->end - w->start && !memcmp(text_at(r, w), text, length);
}

/* An edge by prefix or exact. */
static bool edge_fits(const struct reading *r, const struct edge *edge, const struct word *w)
{
    if (edge->match == WORD_PREFIX)
        return has_prefix(dictionary_get(r->trie->dictionary, w->form)->text,
                          edge_text(r->trie, edge));
    const char *text = edge_text(r->trie, edge);
    return is_exact(r, w, text, strlen(text));
}

/* The node that a step by this stem leads to; 0: there is none. */
static uint32_t step(const struct trie *t, const struct place *at, uint32_t stem)
{
    const struct step *steps = t->steps.items;
    uint32_t low = at->steps, high = at[1].steps;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (steps[middle].stem < stem)
            low = middle + 1;
        else
            high = middle;
    }
    return low < at[1].steps && steps[low].stem == stem ? steps[low].node : 0;
}

/* Goes on from `node`, which was reached with the word before `next`. */
static void follow(struct reading *r, uint32_t node, uint32_t next)
{
    const struct trie *t = r->trie;
    const struct place *at = &t->places[node];
    if (at->groups != at[1].groups)
        r->take(r->state, node, r->first, next - 1);
    bool leads_on = at->steps != at[1].steps || at->edges != at[1].edges;
    if (next >= r->end || !leads_on)
        return;
    const struct word *word = &r->text->words.items[next];
    uint32_t to = step(t, at, t->stems.items[next]);
    if (to)
        follow(r, to, next + 1);
    for (uint32_t i = at->edges; i < at[1].edges; i++)
        if (edge_fits(r, &t->edges.items[i], word))
            follow(r, t->edges.items[i].node, next + 1);
}

/* With the next word as one: "data base". */
static void begin_pair(struct reading *r, uint32_t at, uint32_t next_letters)
{
    struct trie *t = r->trie;
    const struct word *next = &r->text->words.items[at + 1];
    if (!(next->flags & (WORD_JOINED | WORD_SPACED)) ||
        !(next_letters &
          spelling_letter(dictionary_get(t->dictionary, next->form)->text[0])))
        return;
    uint32_t node = pair_node(t, r->text->words.items[at].form, next->form);
    if (node)
        follow(r, node, at + 2);
}

static void read_word(struct reading *r, uint32_t at)
{
    struct trie *t = r->trie;
    const struct word *w = &r->text->words.items[at];
    const struct known_form *known = know(t, w->form);
    const uint32_t *nodes = known->count > FEW_NODES ? known->many : known->few;
    bool last = at + 1 >= r->end;
    r->first = at;
    for (size_t i = 0; i < known->count; i++)
        if (nodes[i] & LOOK || (!last && may_lead(t, nodes[i], t->stems.items[at + 1])))
            follow(r, nodes[i] & ~LOOK, at + 1);
    unsigned char letter = (unsigned char)text_at(r, w)[0];
    for (size_t i = t->exact_from[letter]; i < t->exact_from[letter + 1]; i++) {
        const struct root_edge *edge = &t->root_exact.items[i];
        if (is_exact(r, w, edge->text, edge->length))
            follow(r, edge->node, at + 1);
    }
    if (known->next_letters && !last)
        begin_pair(r, at, known->next_letters);
}

void trie_read(struct trie *t, const struct text *text, trie_take *take, void *state)
{
    struct reading r = { .trie = t, .text = text, .take = take, .state = state };
    /* Behind this nothing is added to what is known, so that it stays in its place. */
    t->stems.count = 0;
    for (size_t i = 0; i < text->words.count; i++)
        *array_add(&t->stems) = know(t, text->words.items[i].form)->stem;
    for (size_t s = 0; s < text->sentences.count; s++) {
        r.end = text->sentences.items[s].end;
        for (uint32_t i = text->sentences.items[s].first; i < r.end; i++)
            read_word(&r, i);
    }
}
