#include "content/lint.h"

#include <stdlib.h>
#include <string.h>

#include "content/lint_internal.h"

bool lint_open(struct lint *l, const struct lint_content *content, const struct lint_file *file,
               struct error_list *findings)
{
    struct error e;
    error_init(&e);
    *l = (struct lint) { .content = content };
    if (json_load_document(&l->doc, file->source, file->text, file->length, &e) < 0) {
        error_list_add(findings, &e);
        return false;
    }
    l->check = (struct json_check) { &l->doc, findings };
    return true;
}

void lint_close(struct lint *l)
{
    json_release_document(&l->doc);
    arena_release(&l->arena);
}

const json_t *lint_item(const struct lint *l, const char *list, size_t index)
{
    const json_t *items = json_object_get(l->doc.root, list);
    const json_t *item = json_array_get(items, index);
    return item ? item : items ? items : l->doc.root;
}

const json_t *lint_member(const struct lint *l, const char *list, size_t index, const char *key)
{
    const json_t *item = lint_item(l, list, index), *member = json_object_get(item, key);
    return member ? member : item;
}

/* Too few of something, said at its list. */
static void need_count(struct lint *l, const char *key, size_t count, size_t least,
                       const char *what)
{
    const json_t *list = json_object_get(l->doc.root, key);
    if (count < least)
        json_fail(&l->check, list ? list : l->doc.root, "too few %s: %zu; %zu or more are wanted",
                  what, count, least);
}

/* --- scenario --- */

static void check_criterion_exists(struct lint *l, const json_t *at, const char *id)
{
    if (id && l->content->rubric && rubric_find(l->content->rubric, id) < 0)
        json_fail(&l->check, at, "the rubric has no criterion '%s'", id);
}

/* "; did you mean 'api'?", else what there is. */
static void add_known_tags(const struct lexicon *lexicon, const char *tag, struct buffer *out)
{
    const char **known = xcalloc(lexicon->tag_count + 1, sizeof(*known));
    for (size_t i = 0; i < lexicon->tag_count; i++)
        known[i] = lexicon->tags[i];
    const char *near = nearest_word(tag, known);
    if (near)
        buffer_printf(out, "; did you mean '%s'?", near);
    else
        for (size_t i = 0; i < lexicon->tag_count; i++)
            buffer_printf(out, "%s%s", i ? ", " : "; the lexicon has ", known[i]);
    free(known);
}

static void check_tag(struct lint *l, size_t index)
{
    const struct lexicon *lexicon = l->content->lexicon;
    const char *tag = l->content->scenario->tags[index];
    struct buffer known = BUFFER_INIT;
    if (lint_is_draft(tag))
        return;
    for (size_t i = 0; i < lexicon->tag_count; i++)
        if (!strcmp(lexicon->tags[i], tag))
            return;
    add_known_tags(lexicon, tag, &known);
    if (lexicon->tag_count)
        json_fail(&l->check, lint_item(l, "tags", index), "unknown tag '%s'%s", tag, known.data);
    buffer_release(&known);
}

/* A question or a hint must leave the point to be made. */
static void check_gives_nothing_away(struct lint *l, struct lint_terms *terms, const json_t *at,
                                     const char *what, const char *text, int criterion)
{
    struct sample_part part = { NULL, text };
    struct buffer words = BUFFER_INIT;
    const char *expression;
    if (!terms || criterion < 0 || !text)
        return;
    lint_terms_read(terms, &part, 1);
    if (lint_terms_first(terms, (size_t)criterion, &words, &expression))
        json_fail(&l->check, at, "%s '%s' gives it away with \"%s\" (%s)", what,
                  l->content->rubric->criteria[criterion].id, words.data, expression);
    buffer_release(&words);
}

static void check_ladder(struct lint *l, struct lint_terms *terms, size_t index)
{
    const struct hint_ladder *ladder = &l->content->scenario->hints[index];
    const json_t *steps = lint_member(l, "hints", index, "ladder");
    check_criterion_exists(l, lint_member(l, "hints", index, "criterion"), ladder->criterion);
    int criterion = l->content->rubric ? rubric_find(l->content->rubric, ladder->criterion) : -1;
    for (size_t i = 0; i < ladder->count; i++) {
        const json_t *text = json_object_get(json_array_get(steps, i), "text");
        check_gives_nothing_away(l, terms, text, "a hint for", ladder->steps[i].text, criterion);
        if (i && ladder->steps[i].price < ladder->steps[i - 1].price)
            json_fail(&l->check, json_object_get(json_array_get(steps, i), "price"),
                      "this hint says more than the one before and costs less");
    }
    if (l->content->strict && ladder->count < LINT_STEPS_LEAST)
        json_fail(&l->check, steps, "the ladder for '%s' has a single step", ladder->criterion);
}

static void check_twist(struct lint *l)
{
    const struct twist *twist = &l->content->scenario->twist;
    const struct rubric *rubric = l->content->rubric;
    const json_t *at = json_object_get(l->doc.root, "twist");
    if (!twist->says) {
        if (l->content->strict)
            json_fail(&l->check, l->doc.root, "there is no twist");
        return;
    }
    check_criterion_exists(l, json_object_get(at, "criterion"), twist->criterion);
    int criterion = rubric ? rubric_find(rubric, twist->criterion) : -1;
    if (criterion >= 0 && !rubric->criteria[criterion].only_if_asked)
        json_fail(&l->check, json_object_get(at, "criterion"),
                  "'%s' belongs to the twist, so it must be only_if_asked", twist->criterion);
}

static void check_scenario_strictly(struct lint *l)
{
    const struct scenario *s = l->content->scenario;
    need_count(l, "facts", s->fact_count, LINT_FACTS_LEAST, "facts");
    need_count(l, "hints", s->hint_count, LINT_HINTS_LEAST, "hint ladders");
    need_count(l, "tags", s->tag_count, 1, "tags");
    need_count(l, "figures", s->figure_count, 1, "figures");
    need_count(l, "sources", s->source_count, 1, "sources");
    if (!s->level)
        json_fail(&l->check, l->doc.root, "there is no level");
    for (size_t i = 0; i < s->phase_count; i++)
        if (!s->phases[i].opening)
            json_fail(&l->check, lint_item(l, "phases", i), "the phase '%s' has no opening line",
                      s->phases[i].id);
    for (size_t i = 0; i < s->fact_count; i++)
        if (!s->facts[i].criterion)
            json_fail(&l->check, lint_item(l, "facts", i), "the fact '%s' belongs to no criterion",
                      s->facts[i].id);
}

void lint_scenario(const struct lint_content *c, const struct lint_file *file,
                   struct error_list *findings)
{
    struct lint l;
    if (!lint_open(&l, c, file, findings))
        return;
    struct lint_terms *terms = c->rubric ? lint_terms_new(c->rubric, c->lexicon) : NULL;
    for (size_t i = 0; i < c->scenario->fact_count; i++)
        check_criterion_exists(&l, lint_member(&l, "facts", i, "criterion"),
                               c->scenario->facts[i].criterion);
    for (size_t i = 0; i < c->scenario->hint_count; i++)
        check_ladder(&l, terms, i);
    check_twist(&l);
    lint_drafts(&l);
    for (size_t i = 0; i < c->scenario->tag_count; i++)
        check_tag(&l, i);
    if (c->strict)
        check_scenario_strictly(&l);
    lint_terms_free(terms);
    lint_close(&l);
}

/* --- rubric --- */

static bool has_phase(const struct scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->phase_count; i++)
        if (!strcmp(scenario->phases[i].id, id))
            return true;
    return false;
}

static void check_criterion_strictly(struct lint *l, size_t index)
{
    const struct criterion *c = &l->content->rubric->criteria[index];
    const json_t *at = lint_member(l, "criteria", index, "id");
    if (!c->why)
        json_fail(&l->check, at, "'%s' does not say why it weighs what it weighs", c->id);
    if (!c->description)
        json_fail(&l->check, at, "'%s' has no description", c->id);
    if (!c->names.count)
        json_fail(&l->check, at, "'%s' has no names", c->id);
    if (!c->mechanisms.count)
        json_fail(&l->check, at, "'%s' has no mechanisms, so nothing explains it", c->id);
}

static void check_criteria(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    struct lint_terms *terms = lint_terms_new(rubric, l->content->lexicon);
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *c = &rubric->criteria[i];
        if (l->content->scenario && !has_phase(l->content->scenario, c->phase))
            json_fail(&l->check, lint_member(l, "criteria", i, "phase"),
                      "the scenario has no phase '%s'", c->phase);
        check_gives_nothing_away(l, terms, lint_member(l, "criteria", i, "probe"), "the probe of",
                                 c->probe, (int)i);
        if (l->content->strict)
            check_criterion_strictly(l, i);
    }
    lint_terms_free(terms);
}

/* An own red flag and a shared one of the same id would be told apart by nobody. */
static void check_shared_flags(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    for (size_t i = rubric->own_red_flag_count; i < rubric->red_flag_count; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(rubric->red_flags[i].id, rubric->red_flags[k].id))
                json_fail(&l->check,
                          lint_item(l, "shared_red_flags", i - rubric->own_red_flag_count),
                          "there is a red flag '%s' already", rubric->red_flags[i].id);
}

static void check_rule_ids(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    for (size_t i = 0; i < rubric->rule_count; i++)
        for (size_t k = 0; k < i; k++)
            if (!strcmp(rubric->rules[i].id, rubric->rules[k].id))
                json_fail(&l->check, lint_member(l, "consistency", i, "id"),
                          "'%s' stands here twice", rubric->rules[i].id);
}

/* --- rubric, strictly --- */

static void check_levels(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    for (int level = 0; level < LEVEL_COUNT; level++) {
        bool found = false;
        for (size_t i = 0; i < rubric->criterion_count && !found; i++)
            found = (int)rubric->criteria[i].must_from == level;
        if (!found)
            json_fail(&l->check, lint_item(l, "criteria", rubric->criterion_count),
                      "no criterion is a must from %s on", level_names[level]);
    }
}

static void check_weights(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    double low = rubric->criteria[0].weight, high = low;
    for (size_t i = 1; i < rubric->criterion_count; i++) {
        double weight = rubric->criteria[i].weight;
        low = weight < low ? weight : low;
        high = weight > high ? weight : high;
    }
    if (high <= low)
        json_fail(&l->check, lint_item(l, "criteria", rubric->criterion_count),
                  "all criteria weigh the same, so none is the heart of the problem");
}

static void check_phases_covered(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    const struct scenario *scenario = l->content->scenario;
    for (size_t i = 0; scenario && i < scenario->phase_count; i++) {
        bool found = false;
        for (size_t k = 0; k < rubric->criterion_count && !found; k++)
            found = !strcmp(rubric->criteria[k].phase, scenario->phases[i].id);
        if (!found)
            json_fail(&l->check, lint_item(l, "criteria", rubric->criterion_count),
                      "no criterion is expected in the phase '%s'", scenario->phases[i].id);
    }
}

static void check_rule_examples(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    for (size_t i = 0; i < rubric->rule_count; i++)
        if (!rubric->rules[i].examples.sound_count || !rubric->rules[i].examples.wrong_count)
            json_fail(&l->check, lint_member(l, "consistency", i, "id"),
                      "the rule '%s' needs a sound and a wrong example", rubric->rules[i].id);
}

static void check_rubric_strictly(struct lint *l)
{
    const struct rubric *rubric = l->content->rubric;
    if (!l->content->scenario)
        json_fail(&l->check, json_object_get(l->doc.root, "scenario"), "there is no scenario '%s'",
                  rubric->scenario);
    if (!rubric->about)
        json_fail(&l->check, l->doc.root, "'about' does not say what separates the levels");
    need_count(l, "criteria", rubric->criterion_count, LINT_CRITERIA_LEAST, "criteria");
    need_count(l, "red_flags", rubric->own_red_flag_count, LINT_RED_FLAGS_LEAST, "red flags");
    need_count(l, "samples", rubric->sample_count, LINT_SAMPLES_LEAST, "samples");
    check_levels(l);
    check_weights(l);
    check_phases_covered(l);
    check_rule_examples(l);
    lint_repeats(l, rubric);
}

void lint_rubric(const struct lint_content *c, const struct lint_file *file,
                 struct error_list *findings)
{
    struct lint l;
    if (!lint_open(&l, c, file, findings))
        return;
    check_criteria(&l);
    check_shared_flags(&l);
    check_rule_ids(&l);
    lint_drafts(&l);
    if (c->strict)
        check_rubric_strictly(&l);
    lint_samples(&l);
    lint_close(&l);
}
