/* lint_terms.c - where a rubric's criteria find something: probes, hints, other problems' samples.
 */
#include <stdlib.h>
#include <string.h>

#include "content/lint_internal.h"

struct lint_terms {
    const struct rubric *rubric;
    struct matcher *matcher;
    size_t *first; /* per criterion its first query; names, then mechanisms */
    struct text text;
    ARRAY(struct text_part) parts;
};

static void add_evidence(struct lint_terms *t, const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->count; i++)
        (void)matcher_add(t->matcher, evidence->items[i], reach_evidence);
}

struct lint_terms *lint_terms_new(const struct rubric *rubric, const struct lexicon *lexicon)
{
    struct lint_terms *t = xcalloc(1, sizeof(*t));
    t->rubric = rubric;
    t->matcher = matcher_new(lexicon);
    t->first = xcalloc(rubric->criterion_count + 1, sizeof(*t->first));
    size_t queries = 0;
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *c = &rubric->criteria[i];
        t->first[i] = queries;
        add_evidence(t, &c->names);
        add_evidence(t, &c->mechanisms);
        queries += c->names.count + c->mechanisms.count;
    }
    matcher_seal(t->matcher);
    return t;
}

void lint_terms_free(struct lint_terms *t)
{
    if (!t)
        return;
    text_release(&t->text);
    array_release(&t->parts);
    matcher_free(t->matcher);
    free(t->first);
    free(t);
}

void lint_terms_read(struct lint_terms *t, const struct sample_part *parts, size_t count)
{
    t->parts.count = 0;
    for (size_t i = 0; i < count; i++)
        *array_add(&t->parts) = (struct text_part) { parts[i].text, strlen(parts[i].text) };
    matcher_tidy(t->matcher);
    text_read(&t->text, matcher_dictionary(t->matcher), t->parts.items, t->parts.count);
    matcher_read(t->matcher, &t->text);
}

size_t lint_terms_count(struct lint_terms *t, size_t criterion)
{
    const struct criterion *c = &t->rubric->criteria[criterion];
    size_t count = 0;
    for (size_t i = 0; i < c->names.count + c->mechanisms.count; i++) {
        struct match match;
        count += matcher_find(t->matcher, t->first[criterion] + i, &match, 1) > 0;
    }
    return count;
}

static void add_words(const struct lint_terms *t, const struct match *m, struct buffer *out)
{
    const struct word *first = &t->text.words.items[m->first];
    const struct word *last = &t->text.words.items[m->last];
    const char *part = t->parts.items[t->text.sentences.items[first->sentence].part].text;
    buffer_add(out, part + first->start, last->end - first->start);
}

bool lint_terms_first(struct lint_terms *t, size_t criterion, struct buffer *words,
                      const char **expression)
{
    const struct criterion *c = &t->rubric->criteria[criterion];
    for (size_t i = 0; i < c->names.count + c->mechanisms.count; i++) {
        struct match match;
        if (!matcher_find(t->matcher, t->first[criterion] + i, &match, 1))
            continue;
        add_words(t, &match, words);
        *expression =
            i < c->names.count ? c->names.sources[i] : c->mechanisms.sources[i - c->names.count];
        return true;
    }
    return false;
}

/* --- neighbours --- */

/* Per criterion the most that it finds in any strong sample of a rubric, into most[]. */
static void find_most(struct lint_terms *t, const struct rubric *in, size_t *most)
{
    memset(most, 0, t->rubric->criterion_count * sizeof(*most));
    for (size_t i = 0; i < in->sample_count; i++) {
        if (strcmp(in->samples[i].kind, "strong") != 0)
            continue;
        lint_terms_read(t, in->samples[i].parts, in->samples[i].part_count);
        for (size_t k = 0; k < t->rubric->criterion_count; k++) {
            size_t count = lint_terms_count(t, k);
            most[k] = count > most[k] ? count : most[k];
        }
    }
}

/* Per criterion what it finds in the own strong samples together: each shows a part of what the
 * criterion is about. */
static void find_own(struct lint_terms *t, struct arena *arena, size_t *found)
{
    const struct rubric *rubric = t->rubric;
    size_t count = 0;
    for (size_t i = 0; i < rubric->sample_count; i++)
        count += rubric->samples[i].part_count;
    struct sample_part *parts = arena_array(arena, struct sample_part, count);
    count = 0;
    for (size_t i = 0; i < rubric->sample_count; i++)
        for (size_t k = 0; k < rubric->samples[i].part_count; k++)
            if (!strcmp(rubric->samples[i].kind, "strong"))
                parts[count++] = rubric->samples[i].parts[k];
    lint_terms_read(t, parts, count);
    for (size_t k = 0; k < rubric->criterion_count; k++)
        found[k] = lint_terms_count(t, k);
}

/* What a criterion finds in its own strong samples, and where it finds more. */
struct finds {
    size_t own, most;
    const struct rubric *where; /* NULL: nowhere */
};

static void compare_finds(const struct rubric *other, const size_t *found, struct finds *finds,
                          size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (found[i] > finds[i].most) {
            finds[i].most = found[i];
            finds[i].where = other;
        }
}

static void report_finds(struct lint *l, const struct finds *finds)
{
    const struct rubric *rubric = l->content->rubric;
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        /* a sample has no reason to speak of what nobody asked */
        if (!finds[i].where || rubric->criteria[i].only_if_asked)
            continue;
        json_fail(&l->check, lint_member(l, "criteria", i, "id"),
                  "'%s' finds more in a strong sample of '%s' than in its own: %zu expressions "
                  "against %zu",
                  rubric->criteria[i].id, finds[i].where->scenario, finds[i].most, finds[i].own);
    }
}

void lint_neighbours(const struct lint_content *c, const struct rubric *const *others, size_t count,
                     const struct lint_file *file, struct error_list *findings)
{
    struct lint l;
    if (!lint_open(&l, c, file, findings))
        return;
    size_t criteria = c->rubric->criterion_count;
    struct lint_terms *terms = lint_terms_new(c->rubric, c->lexicon);
    struct finds *finds = arena_array(&l.arena, struct finds, criteria);
    size_t *found = arena_array(&l.arena, size_t, criteria);
    find_own(terms, &l.arena, found);
    for (size_t i = 0; i < criteria; i++)
        finds[i].own = finds[i].most = found[i];
    for (size_t i = 0; i < count; i++) {
        find_most(terms, others[i], found);
        compare_finds(others[i], found, finds, criteria);
    }
    report_finds(&l, finds);
    lint_terms_free(terms);
    lint_close(&l);
}
