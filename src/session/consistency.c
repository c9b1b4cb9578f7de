#include "session/consistency.h"

#include <stdlib.h>

#include "base/memory.h"
#include "scoring/matcher.h"
#include "scoring/stance.h"

struct consistency {
    const struct rubric *rubric;
    struct matcher *matcher; /* queries: of each rule the claims, then what is against them */
    struct text text;
    struct stances stances;
};

static void add_all(struct consistency *c, const struct evidence *evidence)
{
    for (size_t i = 0; i < evidence->count; i++)
        matcher_add(c->matcher, evidence->items[i], reach_evidence);
}

struct consistency *consistency_new(const struct rubric *rubric, const struct lexicon *lexicon)
{
    struct consistency *c = xcalloc(1, sizeof(*c));
    c->rubric = rubric;
    c->matcher = matcher_new(lexicon);
    for (size_t i = 0; i < rubric->rule_count; i++) {
        add_all(c, &rubric->rules[i].claim);
        add_all(c, &rubric->rules[i].against);
    }
    matcher_seal(c->matcher);
    return c;
}

void consistency_free(struct consistency *c)
{
    if (!c)
        return;
    matcher_free(c->matcher);
    text_release(&c->text);
    stances_release(&c->stances);
    free(c);
}

/* Whether the word that turns these around is itself one of those the rule looked for. */
static bool is_own(const struct match *m, uint32_t marker)
{
    for (uint32_t i = 0; i < m->count; i++)
        if (marker >= m->words[i] && marker <= m->ends[i])
            return true;
    return false;
}

static bool stands(const struct consistency *c, const struct match *m)
{
    for (uint32_t i = 0; i < m->count; i++) {
        enum stance stance = stance_of(&c->stances, m->words[i], m->ends[i]);
        if (stance != STANCE_ASSERTED && stance != STANCE_NEGATED &&
            !is_own(m, c->stances.words.items[m->words[i]].marker))
            return false;
    }
    return true;
}

static bool any_stands(struct consistency *c, size_t first, size_t count)
{
    enum { ROOM = 16 };
    for (size_t q = first; q < first + count; q++) {
        struct match matches[ROOM];
        size_t found = matcher_find(c->matcher, q, matches, ROOM);
        for (size_t i = 0; i < found; i++)
            if (stands(c, &matches[i]))
                return true;
    }
    return false;
}

void consistency_check(struct consistency *c, const struct text_part *parts, size_t count,
                       bool *broken)
{
    struct dictionary *d = matcher_dictionary(c->matcher);
    size_t query = 0;
    matcher_tidy(c->matcher);
    text_read(&c->text, d, parts, count);
    matcher_read(c->matcher, &c->text);
    stance_read(&c->stances, &c->text, d);
    for (size_t i = 0; i < c->rubric->rule_count; i++) {
        const struct consistency_rule *rule = &c->rubric->rules[i];
        bool claim = any_stands(c, query, rule->claim.count);
        query += rule->claim.count;
        broken[i] = any_stands(c, query, rule->against.count) && claim;
        query += rule->against.count;
    }
}
