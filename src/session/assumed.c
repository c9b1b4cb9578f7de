#include "session/assumed.h"

#include "base/memory.h"
#include "scoring/matcher.h"
#include "scoring/stance.h"
#include "scoring/text.h"
#include "session/manner.h"

struct reading {
    struct matcher *matcher;
    struct text text;
    struct stances stances;
    struct arena arena;
    struct match *matches; /* room for all: no two begin at one word */
    bool *settled;         /* per sentence: it states an assumption */
};

/* What was said and is no question. */
static void read_text(struct reading *r, const struct session_answer *answer)
{
    struct text_part *parts =
        arena_array(&r->arena, struct text_part, answer->answer.count);
    size_t count = 0;
    for (size_t i = 0; i < answer->answer.count; i++)
        if (!answer->places[i].question)
            parts[count++] = (struct text_part) { answer->answer.parts[i].text,
                                                  answer->answer.parts[i].length };
    text_read(&r->text, matcher_dictionary(r->matcher), parts, count);
    stance_read(&r->stances, &r->text, matcher_dictionary(r->matcher));
    matcher_read(r->matcher, &r->text);
    r->matches = arena_array(&r->arena, struct match, r->text.words.count + 1);
    r->settled = arena_array(&r->arena, bool, r->text.sentences.count + 1);
}

static size_t find(struct reading *r, size_t query)
{
    return matcher_find(r->matcher, query, r->matches, r->text.words.count + 1);
}

static uint32_t sentence_of(const struct reading *r, const struct match *m)
{
    return r->text.words.items[m->first].sentence;
}

static bool is_settled(struct reading *r, size_t query)
{
    for (size_t i = 0, count = find(r, query); i < count; i++)
        if (r->settled[sentence_of(r, &r->matches[i])] ||
            stance_of_match(&r->stances, &r->matches[i]) == STANCE_CUT)
            return true;
    return false;
}

void assumed_find(const struct session_answer *answer, const struct scenario *scenario,
                  const struct lexicon *lexicon, bool *out)
{
    struct reading r = { .matcher = matcher_new(lexicon) };
    size_t assumptions = matcher_add_own(r.matcher, manner_assumption);
    for (size_t i = 0; i < scenario->fact_count; i++)
        for (size_t k = 0; k < scenario->facts[i].asks.count; k++)
            matcher_add(r.matcher, scenario->facts[i].asks.items[k], reach_evidence);
    matcher_seal(r.matcher);
    read_text(&r, answer);
    for (size_t i = 0, count = find(&r, assumptions); i < count; i++)
        r.settled[sentence_of(&r, &r.matches[i])] = true;
    for (size_t i = 0, query = assumptions + 1; i < scenario->fact_count; i++) {
        out[i] = false;
        for (size_t k = 0; k < scenario->facts[i].asks.count; k++, query++)
            out[i] = out[i] || is_settled(&r, query);
    }
    matcher_free(r.matcher);
    text_release(&r.text);
    stances_release(&r.stances);
    arena_release(&r.arena);
}
