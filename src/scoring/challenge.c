#include "scoring/challenge.h"

#include <stdlib.h>

#include "scoring/matcher.h"
#include "scoring/stance.h"
#include "scoring/verdict.h"

struct challenge_reader {
    struct matcher *matcher; /* queries: the expressions in order, from 0 on */
    size_t count;
    struct text text;
    struct stances stances;
};

struct challenge_reader *challenge_reader_new(const struct challenge *challenge,
                                              const struct lexicon *lexicon)
{
    size_t first;
    struct challenge_reader *r = xcalloc(1, sizeof(*r));
    r->matcher = matcher_new(lexicon);
    r->count = evidence_add(r->matcher, &challenge->corrected, reach_evidence, &first);
    matcher_seal(r->matcher);
    return r;
}

void challenge_reader_free(struct challenge_reader *r)
{
    if (!r)
        return;
    matcher_free(r->matcher);
    text_release(&r->text);
    stances_release(&r->stances);
    free(r);
}

bool challenge_is_corrected(struct challenge_reader *r, const struct text_part *reply,
                            size_t count)
{
    enum { ROOM = 16 };
    struct dictionary *d = matcher_dictionary(r->matcher);
    text_read(&r->text, d, reply, count);
    matcher_read(r->matcher, &r->text);
    stance_read(&r->stances, &r->text, d);
    for (size_t query = 0; query < r->count; query++) {
        struct match matches[ROOM];
        size_t found = matcher_find(r->matcher, query, matches, ROOM);
        for (size_t i = 0; i < found; i++)
            if (stance_of_match(&r->stances, &matches[i]) == STANCE_ASSERTED)
                return true;
    }
    return false;
}
