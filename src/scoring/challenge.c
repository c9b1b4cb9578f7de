#include "scoring/challenge.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "scoring/frame.h"
#include "scoring/matcher.h"
#include "scoring/stance.h"
#include "scoring/verdict.h"

enum {
    SETTLES = 2,     /* expressions, or all if there are fewer */
    WORDS_LEAST = 5, /* fewer are no reply */
    MATCHES_LOOKED_AT = 16,
};

static const char consent[] =
    "my mistake | i was wrong | you are right | you're right | good point | good catch | fair point | "
    "that was wrong | that is wrong | that's wrong | i take that back | scrap that | i said that backwards | "
    "i had that backwards | stand corrected | i correct myself | i mixed that up | i mixed them up | too strong | "
    "((no good) & !(no good reason)) | "
    "that's bad | that is bad | thats bad | ouch | oh right | i forgot | i missed that | "
    "i overlooked | the other way round | the other way around | that breaks it | that breaks my | "
    "then it breaks | it breaks there | that's a problem | that is a problem | which is a problem";

/* They are said by denying something. */
static const char oversight[] =
    "i did not think of | i didn't think of | i didnt think of | i had not thought of | i hadn't thought of | "
    "i haven't thought of | i have not thought of | i did not see that | i didn't see that | not good enough";

static const char defence[] =
    "i'm comfortable with | i am comfortable with | i'm fine with | i am fine with | never needed | "
    "never had a problem | that's fine because | that is fine because | it's fine because | one in a million | "
    "i see no problem | i don't see a problem | i would keep it | i'd keep it | obviously";

/* Who says it has not settled the matter, whatever else is right in the reply. */
static const char insistence[] =
    "i stand by | i'd stand by | i still stand by | i stick with | i'd stick with | i stick to";

struct challenge_reader {
    struct matcher *matcher;
    size_t count; /* queries below it are the expressions in order */
    size_t consent, defence, insistence, oversight;
    struct text text;
    struct stances stances;
    ARRAY(struct text_part)
    reply; /* from behind what withdraws the claim, if anything does */
    bool withdraws;
};

struct challenge_reader *challenge_reader_new(const struct challenge *challenge,
                                              const struct lexicon *lexicon)
{
    size_t first;
    struct challenge_reader *r = xcalloc(1, sizeof(*r));
    r->matcher = matcher_new(lexicon);
    r->count = evidence_add(r->matcher, &challenge->corrected, reach_evidence, &first);
    r->consent = matcher_add_own(r->matcher, consent);
    r->defence = matcher_add_own(r->matcher, defence);
    r->insistence = matcher_add_own(r->matcher, insistence);
    r->oversight = matcher_add_own(r->matcher, oversight);
    matcher_seal(r->matcher);
    return r;
}

void challenge_reader_free(struct challenge_reader *r)
{
    if (!r)
        return;
    matcher_free(r->matcher);
    array_release(&r->reply);
    text_release(&r->text);
    stances_release(&r->stances);
    free(r);
}

static bool is_said(struct challenge_reader *r, size_t query)
{
    struct match matches[MATCHES_LOOKED_AT];
    size_t found = matcher_find(r->matcher, query, matches, MATCHES_LOOKED_AT);
    for (size_t i = 0; i < found; i++)
        if (stance_of_match(&r->stances, &matches[i]) == STANCE_ASSERTED)
            return true;
    return false;
}

/* "that was wrong: it is lost": of what was said before, and not of what follows. Such a reply begins behind the colon. */
static bool begins_behind(struct challenge_reader *r, struct text_part *reply)
{
    struct dictionary *d = matcher_dictionary(r->matcher);
    const char *words[FRAME_WORDS];
    text_read(&r->text, d, reply, 1);
    for (size_t i = 0; i < r->text.words.count && i < FRAME_WORDS; i++) {
        const struct word *word = &r->text.words.items[i];
        if (i > 0 && word->flags & (WORD_AFTER_COLON | WORD_AFTER_BREAK)) {
            if (!frame_withdraws(words, i))
                return false;
            reply->text += word->start;
            reply->length -= word->start;
            return true;
        }
        words[i] = dictionary_get(d, word->form)->text;
    }
    return false;
}

static void take_reply(struct challenge_reader *r, const struct text_part *reply,
                       size_t count)
{
    r->reply.count = 0;
    for (size_t i = 0; i < count; i++)
        *array_add(&r->reply) = reply[i];
    r->withdraws = begins_behind(r, &r->reply.items[0]);
}

/* How many of the expressions are said in parts first..end, with consent as one more, and defence as one less. */
static size_t count_said(struct challenge_reader *r, size_t first, size_t end)
{
    struct dictionary *d = matcher_dictionary(r->matcher);
    size_t said = 0;
    text_read(&r->text, d, r->reply.items + first, end - first);
    matcher_read(r->matcher, &r->text);
    stance_read(&r->stances, &r->text, d);
    struct match match;
    bool overlooked = matcher_find(r->matcher, r->oversight, &match, 1) > 0;
    for (size_t query = 0; query < r->count; query++)
        said += is_said(r, query);
    said += overlooked || (r->withdraws && first == 0) || is_said(r, r->consent);
    return said - (said > 0 && is_said(r, r->defence));
}

enum challenged challenge_outcome(struct challenge_reader *r,
                                  const struct text_part *reply, size_t count,
                                  size_t *best)
{
    size_t words = 0, most = 0, settles = r->count < SETTLES ? r->count : SETTLES;
    *best = 0;
    take_reply(r, reply, count);
    for (size_t i = 0; i < count; i++) {
        size_t said = count_said(r, i, i + 1);
        words += utf8_words(reply[i].text, reply[i].length);
        *best = said > most ? i : *best;
        most = said > most ? said : most;
    }
    size_t said = count_said(r, 0, count);
    bool insists = is_said(r, r->insistence);
    if (said >= settles && settles)
        return insists ? CHALLENGE_OPEN : CHALLENGE_CORRECTED;
    if (words < WORDS_LEAST)
        return said ? CHALLENGE_OPEN : CHALLENGE_NONE;
    return said ? CHALLENGE_OPEN : CHALLENGE_STOOD;
}
