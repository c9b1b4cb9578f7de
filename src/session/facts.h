/*
 * facts.h - what the interviewer knows of the problem, and which of it a line asks for.
 *
 * A fact is found by its expressions, and by how near the question is to questions that it answers (nearest.h): where
 * expressions of several facts find something, that decides; where none does, what is near enough is the answer, and
 * what is less near is asked back about.
 */
#ifndef VIVA_SESSION_FACTS_H
#define VIVA_SESSION_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "content/scenario.h"
#include "scoring/lexicon.h"
#include "session/session.h"

struct facts;

/* Borrows both, which must outlive it. Free with facts_free(). */
struct facts *facts_new(const struct scenario *scenario, const struct lexicon *lexicon)
    __attribute__((warn_unused_result));
void facts_free(struct facts *f);

enum reply_kind {
    REPLY_FACT,   /* `fact` answers it */
    REPLY_GIVEN,  /* sentence `fact` of the prompt does */
    REPLY_CLOSE,  /* none does; `fact`, and `other` if it is another, are near */
    REPLY_GO_ON,  /* there is nothing to answer: "does that make sense?" */
    REPLY_ASSUME, /* nobody knows: state an assumption */
};
struct reply {
    enum reply_kind kind;
    size_t fact, other;
};
/* Whether the fact's own expressions find something in it. */
bool facts_finds(struct facts *f, size_t fact, const char *question, size_t length);
/*
 * The one place where questions meet facts: what answers a line, which may ask several things, or ask and go on: "how
 * many users, and how long are links kept? I guess years.". Each half that is a question of its own (question_half()) has
 * its facts, in the order they were asked for, behind the one that says most to the whole if that says it as well as they
 * do; a half has those of its pieces (question_piece()) that say something to all of it too. Where nothing is found so,
 * the one reply to the whole. A sentence behind the last question mark counts where it asks too. Returns how many, one
 * at least.
 */
enum { REPLIES_MOST = 3 };
size_t facts_answers(struct facts *f, const char *question, size_t length,
                     struct reply out[REPLIES_MOST]);
/*
 * How many of the two things that the interviewer asked back last ("Do you mean ..., or ...?") `text` chooses: "the
 * first", "yes", "both", a few words of one of the two. Fills the facts that were meant.
 */
size_t facts_choice(struct facts *f, const struct session *session, const char *text,
                    size_t length, struct reply out[REPLIES_MOST]);
/* How the words for every reply end that gives nothing. */
extern const char facts_no_answer[];
/* The words for a reply. */
void facts_reply_text(const struct facts *f, const struct reply *reply,
                      struct buffer *out);

#endif
