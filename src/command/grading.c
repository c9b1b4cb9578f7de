#include "command/grading.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *id;
    struct grading_subject subject;
    struct error error; /* of loading; code ERROR_NONE when all is well */
};

struct grading {
    struct catalogue *catalogue;
    ARRAY(struct entry *) entries;
};

/* Loading changes the catalogue; grading does not. */
static pthread_mutex_t catalogue_lock = PTHREAD_MUTEX_INITIALIZER;

struct grading *grading_new(struct catalogue *catalogue)
{
    struct grading *g = xcalloc(1, sizeof(*g));
    g->catalogue = catalogue;
    catalogue_only_grades(catalogue);
    return g;
}

void grading_free(struct grading *g)
{
    if (!g)
        return;
    for (size_t i = 0; i < g->entries.count; i++) {
        scorer_free(g->entries.items[i]->subject.scorer);
        free(g->entries.items[i]->id);
        free(g->entries.items[i]);
    }
    array_release(&g->entries);
    free(g);
}

/* The first of several errors stands for all; `viva check` shows the others. */
static void keep_first(struct entry *entry, struct error_list *errors)
{
    if (errors->count)
        entry->error = errors->items[0];
    else
        error_set(&entry->error, ERROR_INPUT, "cannot load the scenario '%s'", entry->id);
}

/* What a scorer is made of; false when it cannot be loaded. */
static bool load_entry(struct grading *g, struct entry *entry,
                       const struct lexicon **lexicon, const struct weights **weights)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct rubric *rubric = NULL;
    struct scenario *scenario = NULL;
    *lexicon = catalogue_lexicon_of(g->catalogue, entry->id, &errors);
    *weights = catalogue_weights(g->catalogue, &errors);
    if (!*lexicon || !*weights ||
        catalogue_rubric(g->catalogue, entry->id, &rubric, &errors) < 0)
        goto failed;
    if (catalogue_has(g->catalogue, entry->id) &&
        catalogue_scenario(g->catalogue, entry->id, &scenario, &errors) < 0)
        goto failed;
    entry->subject = (struct grading_subject) { rubric, scenario, NULL };
    error_list_release(&errors);
    return true;
failed:
    keep_first(entry, &errors);
    error_list_release(&errors);
    return false;
}

static struct scorer *new_scorer(const struct grading_subject *s,
                                 const struct lexicon *lexicon,
                                 const struct weights *weights)
{
    struct subject subject = { 0 };
    if (s->scenario)
        subject = (struct subject) { s->scenario->title, s->scenario->prompt };
    return scorer_new(s->rubric, lexicon, weights, subject);
}

static struct entry *find_entry(struct grading *g, const char *id)
{
    for (size_t i = 0; i < g->entries.count; i++)
        if (!strcmp(g->entries.items[i]->id, id))
            return g->entries.items[i];
    struct entry *entry = xcalloc(1, sizeof(*entry));
    entry->id = xstrdup(id);
    const struct lexicon *lexicon;
    const struct weights *weights;
    pthread_mutex_lock(&catalogue_lock);
    bool loaded = load_entry(g, entry, &lexicon, &weights);
    pthread_mutex_unlock(&catalogue_lock);
    if (loaded) /* which takes longer than all else, and changes nothing that others read */
        entry->subject.scorer = new_scorer(&entry->subject, lexicon, weights);
    *array_add(&g->entries) = entry;
    return entry;
}

int grading_subject(struct grading *g, const char *scenario, struct grading_subject *out,
                    struct error *e)
{
    struct entry *entry = find_entry(g, scenario);
    if (!entry->subject.scorer) {
        if (e && e->code == ERROR_NONE)
            *e = entry->error;
        return -1;
    }
    *out = entry->subject;
    return 0;
}

/* --- answers --- */

const char *grading_phase(const struct grading_subject *subject, const char *phase)
{
    for (size_t i = 0; subject->scenario && i < subject->scenario->phase_count; i++)
        if (!strcmp(subject->scenario->phases[i].id, phase))
            return subject->scenario->phases[i].id;
    for (size_t i = 0; !subject->scenario && i < subject->rubric->criterion_count; i++)
        if (!strcmp(subject->rubric->criteria[i].phase, phase))
            return subject->rubric->criteria[i].phase;
    return NULL;
}

int grading_answer(const struct grading_subject *subject, const json_t *line, struct arena *arena,
                   struct answer *out, struct error *e)
{
    const json_t *answers = json_object_get(line, "answers"), *text = json_object_get(line, "text");
    if (!answers && !json_is_string(text))
        return error_set(e, ERROR_INPUT, "an answer needs 'answers' (phase: text) or 'text'");
    if (answers && !json_is_object(answers))
        return error_set(e, ERROR_INPUT, "'answers' must be an object of phase: text");
    struct answer_part *parts =
        arena_array(arena, struct answer_part, json_object_size(answers) + 1);
    size_t count = 0;
    const char *phase;
    json_t *value;
    if (!answers)
        parts[count++] = (struct answer_part){ .text = json_string_value(text),
                                               .length = json_string_length(text) };
    json_object_foreach((json_t *)answers, phase, value)
    {
        if (!json_is_string(value))
            return error_set(e, ERROR_INPUT, "the answer to '%s' must be a string", phase);
        parts[count++] = (struct answer_part){ .text = json_string_value(value),
                                               .length = json_string_length(value),
                                               .phase = grading_phase(subject, phase) };
    }
    *out = (struct answer){ .parts = parts, .count = count };
    return 0;
}
