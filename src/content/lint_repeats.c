/* lint_repeats.c - alternatives that find nothing which another of their group does not find: "retries" beside "retry". */
#include <stdlib.h>
#include <string.h>

#include "content/lint_internal.h"
#include "scoring/stem.h"

/* A phrase of a group, and what it is compared by, as a stretch of `keys`. */
struct alternative {
    const struct expression *phrase;
    size_t start, end;
};

/* One string with expressions at work. */
struct repeats {
    struct lint *lint;
    struct stemmer *stemmer;
    const json_t *at;
    ARRAY(struct alternative) group;
    struct buffer keys;
};

static void add_key(struct repeats *r, const struct phrase_word *word)
{
    size_t length = strlen(word->text);
    const char *text = word->text;
    if (word->match == WORD_STEM && length <= STEM_WORD_MAX)
        text = stemmer_stem(r->stemmer, text, length, &length);
    buffer_add(&r->keys, text, length);
    buffer_add_char(&r->keys, " *\""[word->match]);
}

static void add_alternative(struct repeats *r, const struct expression *phrase)
{
    struct alternative *one = array_add(&r->group);
    one->phrase = phrase;
    one->start = r->keys.length;
    for (size_t i = 0; i < phrase->count; i++)
        add_key(r, phrase->words[i]);
    one->end = r->keys.length;
}

static bool is_same(const struct repeats *r, const struct alternative *a,
                    const struct alternative *b)
{
    size_t length = a->end - a->start;
    return length == b->end - b->start &&
           !memcmp(r->keys.data + a->start, r->keys.data + b->start, length);
}

static void add_phrase(const struct expression *phrase, struct buffer *out)
{
    for (size_t i = 0; i < phrase->count; i++)
        buffer_printf(out, i ? " %s" : "%s", phrase->words[i]->text);
}

static void report(struct repeats *r, const struct expression *phrase,
                   const struct expression *before)
{
    struct buffer words = BUFFER_INIT, same = BUFFER_INIT;
    add_phrase(phrase, &words);
    add_phrase(before, &same);
    if (strcmp(words.data, same.data) == 0)
        json_fail(&r->lint->check, r->at,
                  "'%s' stands in its group twice, however it is spelled", words.data);
    else
        json_fail(&r->lint->check, r->at,
                  "'%s' finds what '%s' in its group finds already", words.data,
                  same.data);
    buffer_release(&words);
    buffer_release(&same);
}

static void check_group(const struct expression *node, void *state)
{
    struct repeats *r = state;
    if (node->kind != EXPRESSION_OR)
        return;
    r->group.count = 0;
    buffer_truncate(&r->keys, 0);
    for (size_t i = 0; i < node->count; i++)
        if (node->items[i]->kind == EXPRESSION_PHRASE)
            add_alternative(r, node->items[i]);
    for (size_t i = 1; i < r->group.count; i++)
        for (size_t k = 0; k < i; k++)
            if (is_same(r, &r->group.items[i], &r->group.items[k])) {
                report(r, r->group.items[i].phrase, r->group.items[k].phrase);
                break;
            }
}

static void check_evidence(struct repeats *r, const struct evidence *evidence,
                           const json_t *texts)
{
    for (size_t i = 0; i < evidence->count; i++) {
        r->at = json_is_array(texts) ? json_array_get(texts, i) : texts;
        expression_walk(evidence->items[i], check_group, r);
    }
}

void lint_repeats(struct lint *l, const struct rubric *rubric)
{
    struct repeats r = { .lint = l, .stemmer = stemmer_new(), .keys = BUFFER_INIT };
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const json_t *texts = lint_member(l, "criteria", i, "evidence");
        check_evidence(&r, &rubric->criteria[i].names, json_object_get(texts, "names"));
        check_evidence(&r, &rubric->criteria[i].mechanisms,
                       json_object_get(texts, "mechanisms"));
    }
    for (size_t i = 0; i < rubric->own_red_flag_count; i++)
        check_evidence(&r, &rubric->red_flags[i].evidence,
                       lint_member(l, "red_flags", i, "evidence"));
    array_release(&r.group);
    buffer_release(&r.keys);
    stemmer_free(r.stemmer);
}
