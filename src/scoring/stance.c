#include "scoring/stance.h"

#include <stdlib.h>
#include <string.h>

#include "scoring/clause.h"
#include "scoring/frame.h"
#include "scoring/phrase.h"

void stances_release(struct stances *s)
{
    array_release(&s->words);
}

static void mark(struct view *v, uint32_t first, uint32_t end, enum stance stance,
                 uint32_t marker)
{
    for (uint32_t i = first; i < end && i < v->end; i++) {
        struct word_stance *w = &v->out->words.items[i];
        if (w->stance == STANCE_ASSERTED || w->stance == STANCE_ASKED ||
            (w->stance == STANCE_NEGATED && stance == STANCE_REJECTED))
            *w = (struct word_stance) { (uint8_t)stance, marker };
    }
}

/* --- negations --- */

static bool denied_before(const struct view *v, uint32_t at, uint32_t most)
{
    uint32_t start = clause_start(v, at);
    for (uint32_t i = at; i > start && at - i < most; i--)
        if (view_has(v, i - 1, TRAIT_NOT) || view_is(v, i - 1, "no"))
            return true;
    return false;
}

/* Negations that deny nothing: "not only", "why not", "cannot avoid", "wrong not to". */
static bool is_idle_negation(const struct view *v, uint32_t at)
{
    if (view_any(v, at + 1, "only just necessarily merely simply solely alone"))
        return true;
    if (at > v->first && view_any(v, at - 1, "why or"))
        return true;
    if (at > v->first && view_is(v, at + 1, "to") &&
        view_any(v, at - 1,
                 "wrong mistake foolish bad reason sense silly stupid idea point excuse"))
        return true;
    for (uint32_t i = at + 1; i < at + 3 && i < v->end; i++)
        if (view_has(v, i, TRAIT_AVOID) ||
            view_any(v, i, "forget underestimate overlook neglect hesitate"))
            return true;
    uint32_t end = clause_end(v, at + 1, 6);
    for (uint32_t i = at + 1; i < end; i++)
        if (view_any(v, i, "without except"))
            return true;
    return false;
}

/* Whether people are the subject of the verb at `at`, or it is an order. */
static bool people_decide(const struct view *v, uint32_t at)
{
    uint32_t start = clause_start(v, at);
    for (uint32_t i = at + 1; i > start && at + 1 - i < 5; i--)
        if (view_any(v, i - 1, "i we you one i'd we'd i'll we'll you'd i'm we're let's"))
            return true;
    return at == start || (at == start + 1 && view_is(v, start, "do"));
}

/* "not want to lose", "not want two people to hold": an event is feared, no thing turned
 * down. */
static bool fears_event(const struct view *v, uint32_t at)
{
    uint32_t want = at + 1;
    if (view_has(v, at + 1, TRAIT_HARM) || view_has(v, at + 2, TRAIT_HARM))
        return true;
    if (!view_any(v, want, "want have like need"))
        return false;
    for (uint32_t i = want + 1; i < want + 6 && i + 1 < v->end; i++)
        if (view_is(v, i, "to"))
            return !view_has(v, i + 1, TRAIT_USE);
    return false;
}

static bool turns_down(const struct view *v, uint32_t at)
{
    if (fears_event(v, at))
        return false;
    bool people = people_decide(v, at);
    if (people && (view_has(v, at, TRAIT_WISH) ||
                   (at > v->first && view_has(v, at - 1, TRAIT_WISH))))
        return true;
    for (uint32_t i = at + 1; i < at + 3 && i < v->end; i++) {
        if (view_any(v, i, "use used using need needs require include want"))
            return true;
        if (people && view_has(v, i, TRAIT_USE) && view_class(v, i) != CLASS_DETERMINER)
            return true;
    }
    return false;
}

enum { REJECTED_WORDS = 14, NEGATED_WORDS = 8, RELATIVE_WORDS = 2 };

static const char unneeded[] = "needed necessary required wanted worth";

/* "Kafka is not needed": what stands before it in the clause. */
static bool read_unneeded(struct view *v, uint32_t at)
{
    for (uint32_t i = at + 1; i < at + 4 && i < v->end; i++) {
        if (!view_any(v, i, unneeded))
            continue;
        mark(v, clause_start(v, at), at, STANCE_REJECTED, at);
        return true;
    }
    return false;
}

/* "a link that does not exist": the verb alone. */
static bool in_relative(const struct view *v, uint32_t at)
{
    for (uint32_t i = at; i > v->first && at - i < 3; i--)
        if (view_any(v, i - 1, "that which who"))
            return true;
    return false;
}

/* "we do not use", "I would not": a thing is turned down; "is not lost": a behaviour is
 * denied. */
static void read_not(struct view *v, uint32_t at)
{
    if (is_idle_negation(v, at) || clause_is_condition(v, at) || read_unneeded(v, at))
        return; /* "if no heartbeat comes" denies nothing */
    bool people = people_decide(v, at);
    if (turns_down(v, at))
        mark(v, at + 1, clause_end(v, at + 1, REJECTED_WORDS), STANCE_REJECTED, at);
    else
        mark(v, at + 1,
             clause_end(v, at + 1,
                        !people && in_relative(v, at) ? RELATIVE_WORDS : NEGATED_WORDS),
             STANCE_NEGATED, at);
}

/* Whether "no" at `at` begins what does not happen: "no message is lost", "no request
 * waits". */
static bool is_subject(const struct view *v, uint32_t at, uint32_t end)
{
    static const char verbs[] = "means comes goes gets get waits sees see reads writes "
                                "takes holds makes runs leaves reaches "
                                "knows needs loses happens exists arrives causes blocks "
                                "costs gives turns becomes ever";
    uint32_t start = clause_start(v, at);
    if (at != start && !view_any(v, at - 1, "so and that then"))
        return false;
    for (uint32_t i = at + 2; i < at + 5 && i < v->end; i++)
        if (view_any(v, i, verbs))
            return true;
    return end > at + 1 && end < v->end && view_class(v, end) == CLASS_AUXILIARY &&
           !view_parted(v, end, WORD_AFTER_COMMA) && !view_breaks(v, end);
}

static void read_without(struct view *v, uint32_t at)
{
    if (denied_before(v, at, 6))
        return;
    const struct word_form *next = at + 1 < v->end ? view_form(v, at + 1) : NULL;
    bool doing =
        next && next->length > 4 && !strcmp(next->text + next->length - 3, "ing");
    bool using = doing && view_has(v, at + 1, TRAIT_USE);
    if (doing && !using)
        mark(v, at + 1, clause_end(v, at + 1, NEGATED_WORDS), STANCE_NEGATED, at);
    else
        mark(v, at + 1, noun_phrase_end(v, at + 1 + using), STANCE_REJECTED, at);
}

static void read_no(struct view *v, uint32_t at)
{
    if (view_is(v, at, "without")) {
        read_without(v, at);
        return;
    }
    if (view_any(v, at + 1, "longer")) {
        read_not(v, at + 1);
        return;
    }
    if (view_any(v, at + 1, "matter more later fewer less doubt problem wonder") ||
        clause_is_condition(v, at) || is_idle_negation(v, at))
        return;
    uint32_t end = noun_phrase_end(v, at + 1);
    bool plain = view_is(v, at, "no");
    if (plain && view_any(v, at + 1, "need reason point sense use benefit gain value")) {
        if (!view_is(v, at + 2, "not"))
            mark(v, at + 1, clause_end(v, at + 1, REJECTED_WORDS), STANCE_REJECTED, at);
        return;
    }
    bool idle = end + 1 < v->end &&
                (view_any(v, end + 1, unneeded) || view_any(v, end + 2, unneeded));
    if (plain && !idle && (view_is(v, at + 1, "one") || is_subject(v, at, end)))
        mark(v, at + 1, clause_end(v, at + 1, NEGATED_WORDS), STANCE_NEGATED, at);
    else
        mark(v, at + 1, end, STANCE_REJECTED, at);
}

/* --- one thing for another --- */

static void read_instead(struct view *v, uint32_t at)
{
    bool of = view_is(v, at, "instead") && view_is(v, at + 1, "of");
    bool than = view_is(v, at, "rather") && view_is(v, at + 1, "than");
    if (of || than)
        mark(v, at + 2, noun_phrase_end(v, at + 2), STANCE_NEGATED, at);
}

/* "prefer a table over Kafka" */
static void read_over(struct view *v, uint32_t at)
{
    uint32_t start = clause_start(v, at);
    for (uint32_t i = at; i > start && at - i < 7; i--)
        if (view_any(v, i - 1,
                     "prefer prefers preferred choose chose chosen pick picked favour "
                     "favor favoured favored")) {
            mark(v, at + 1, noun_phrase_end(v, at + 1), STANCE_NEGATED, at);
            return;
        }
}

/* "we could use X but I would not": the clause before "but". */
static void read_possible(struct view *v, uint32_t at)
{
    if (!people_decide(v, at) && !view_any(v, at, "possible possibly"))
        return;
    for (uint32_t but = at + 1; but < v->end; but++) {
        if (!view_any(v, but, "but however though although"))
            continue;
        for (uint32_t i = but + 1; i < v->end && i < but + 6; i++)
            if (view_has(v, i, TRAIT_NOT) || view_any(v, i, "rather instead no")) {
                mark(v, at + 1, but, STANCE_REJECTED, i);
                return;
            }
    }
}

/* "a queue is overkill" */
static void read_overkill(struct view *v, uint32_t at)
{
    if (denied_before(v, at, 4) || clause_is_condition(v, at))
        return;
    mark(v, clause_start(v, at), at, STANCE_REJECTED, at);
}

/* --- frames --- */

/* The words from `at` on, with ":" where a break stands; *count is how many. */
static size_t words_from(const struct view *v, uint32_t at, const char **words)
{
    size_t count = 0;
    for (uint32_t i = at; i < v->end && count < FRAME_WORDS; i++) {
        if (i > at && view_breaks(v, i))
            words[count++] = ":";
        if (count < FRAME_WORDS)
            words[count++] = view_form(v, i)->text;
    }
    return count;
}

/* How many words of the text `used` of those are. */
static uint32_t words_used(const char *const *words, size_t used)
{
    uint32_t count = 0;
    for (size_t i = 0; i < used; i++)
        count += words[i][0] != ':';
    return count;
}

/* A cut takes the clause it stands in, lists with it; behind a colon all that follows. */
static void read_scope_cut(struct view *v, uint32_t at, uint32_t end)
{
    uint32_t start = at;
    bool heading = end < v->end && view_parted(v, end, WORD_AFTER_COLON);
    while (start > v->first && !view_breaks(v, start) &&
           !view_has(v, start, TRAIT_CONTRAST)) {
        uint32_t piece = start - 1;
        while (piece > v->first && !view_parted(v, piece, WORD_AFTER_COMMA) &&
               !view_breaks(v, piece))
            piece--;
        if (view_parted(v, start, WORD_AFTER_COMMA) && has_verb(v, piece, start))
            break;
        start--;
    }
    while (end < v->end && !view_has(v, end, TRAIT_CONTRAST) &&
           !view_parted(v, end, WORD_AFTER_BREAK)) {
        if (!heading &&
            (view_has(v, end, TRAIT_REASON) || (view_parted(v, end, WORD_AFTER_COMMA) &&
                                                has_verb(v, end, piece_end(v, end)))))
            break;
        end++;
    }
    mark(v, start, end, STANCE_CUT, at);
}

static void read_cut(struct view *v, uint32_t at)
{
    const char *words[FRAME_WORDS];
    size_t used = frame_scope_cut(words, words_from(v, at, words));
    bool label = used > 1 && words[used - 1][0] == ':';
    bool starts =
        at == v->first || view_breaks(v, at) || view_parted(v, at, WORD_AFTER_COMMA);
    if (used && (starts || !label)) /* "last in, first out: ..." cuts nothing */
        read_scope_cut(v, at, at + words_used(words, used));
}

static void read_refusal(struct view *v, uint32_t at)
{
    const char *words[FRAME_WORDS];
    bool firm;
    size_t used = frame_refusal(words, words_from(v, at, words), &firm);
    uint32_t behind = at + words_used(words, used);
    if (!used || denied_before(v, at, 4))
        return;
    if (firm)
        mark(v, behind, clause_end(v, behind, NEGATED_WORDS), STANCE_REJECTED, at);
    else
        mark(v, behind, noun_phrase_end(v, behind), STANCE_NEGATED, at);
}

/* Where what others say, or a bad design does, ends: at a word with one of the traits, a
 * break, a new subject. */
static uint32_t framed_end(const struct view *v, uint32_t behind, unsigned traits)
{
    uint32_t i = behind;
    for (; i < v->end; i++) {
        if (i > behind && view_breaks(v, i))
            break;
        if (view_has(v, i, traits))
            break;
        bool comma = i > behind && view_parted(v, i, WORD_AFTER_COMMA);
        if (comma &&
            (view_class(v, i) == CLASS_PRONOUN || view_class(v, i) == CLASS_DETERMINER))
            break;
    }
    return i;
}

static bool contrast_follows(const struct view *v, uint32_t at)
{
    for (uint32_t i = at; i < v->end; i++)
        if (view_any(v, i, "but however instead yet"))
            return true;
    return false;
}

/* "... but I would not do that": takes back the sentence before it. */
static void read_taking_back(struct view *v)
{
    for (uint32_t i = v->first + 2; i < v->end; i++) {
        const char *words[FRAME_WORDS];
        if (!view_has(v, i, TRAIT_TAKES_BACK) || v->end - i > FRAME_WORDS - 2)
            continue;
        size_t count = words_from(v, i + 1, words);
        if (frame_takes_back(words, count)) {
            mark(v, v->first, i, STANCE_REJECTED, i);
            return;
        }
    }
}

/* What a frame does to a sentence; returns whether nothing more is to be read in it. */
static bool read_frame(struct view *v)
{
    const char *words[FRAME_WORDS];
    size_t used = 0;
    if (!view_has(v, v->first, TRAIT_STARTS_FRAME))
        return false;
    enum frame frame = frame_read(words, words_from(v, v->first, words), &used);
    uint32_t behind = v->first + words_used(words, used);
    if (frame == FRAME_DENIES &&
        view_any(v, behind, "without unless until before except"))
        return false;
    switch (frame) {
    case FRAME_REJECTS_ALL:
        mark(v, v->first, v->end, STANCE_VOID, UINT32_MAX);
        v->out->rejected_sentences++;
        return true;
    case FRAME_GRADER:
        mark(v, v->first, v->end, STANCE_GRADER, UINT32_MAX);
        v->out->grader_sentences++;
        return true;
    case FRAME_DENIES:
        mark(v, behind, framed_end(v, behind, TRAIT_CONTRAST | TRAIT_REASON),
             STANCE_REJECTED, v->first);
        break;
    case FRAME_REJECTS_CLAUSE:
        mark(v, behind, framed_end(v, behind, TRAIT_CONTRAST), STANCE_NEGATED, v->first);
        break;
    case FRAME_TEMPTS:
        if (contrast_follows(v, behind))
            mark(v, behind, framed_end(v, behind, TRAIT_CONTRAST), STANCE_NEGATED,
                 v->first);
        return false;
    default:
        return false;
    }
    v->framed = true;
    return false;
}

/* What somebody would talk about is named by it; what he would say of it stands behind a colon or a new subject. */
static void read_plan(struct view *v, uint32_t at)
{
    enum { PLAN_WORDS = 60 }; /* no more: a text may repeat the phrase without end */
    const char *words[FRAME_WORDS];
    size_t count = words_from(v, at, words), used = frame_plan(words, count);
    v->announced = v->announced || used || frame_announces(words, count);
    if (!used)
        return;
    uint32_t behind = at + words_used(words, used), end = behind;
    for (; end < v->end && end < behind + PLAN_WORDS; end++) {
        bool subject =
            view_parted(v, end, WORD_AFTER_COMMA) && view_class(v, end) == CLASS_PRONOUN;
        if (end > behind && (subject || view_breaks(v, end)))
            break;
    }
    mark(v, behind, end, STANCE_ASKED, UINT32_MAX);
}

static void read_word(struct view *v, uint32_t i)
{
    const struct word *word = &v->text->words.items[i];
    if (word->word_class == CLASS_CONTENT && !word->traits)
        return;
    if (word->traits & TRAIT_UNNEEDED)
        read_overkill(v, i);
    if (word->traits & TRAIT_NOT)
        read_not(v, i);
    if (word->traits & TRAIT_NO)
        read_no(v, i);
    if ((word->traits & TRAIT_AVOID) && !denied_before(v, i, 3))
        mark(v, i + 1, noun_phrase_end(v, i + 1), STANCE_NEGATED, i);
    if (word->traits & TRAIT_CONTRAST)
        read_instead(v, i);
    if (word->traits & TRAIT_POSSIBLE)
        read_possible(v, i);
    if (view_is(v, i, "over"))
        read_over(v, i);
    if (word->traits & TRAIT_STARTS_REFUSAL)
        read_refusal(v, i);
    if (word->traits & TRAIT_STARTS_CUT)
        read_cut(v, i);
    if (word->traits & TRAIT_STARTS_PLAN)
        read_plan(v, i);
}

static void read_sentence(struct view *v, bool question)
{
    if (read_frame(v))
        return;
    if (question)
        mark(v, v->first, v->end, STANCE_ASKED, UINT32_MAX);
    for (uint32_t i = v->first; i < v->end; i++)
        read_word(v, i);
    read_taking_back(v);
}

/* A few opinions against things are judgement; a text made of them says nothing. */
enum { FRAMED_FEW = 3, FRAMED_SHARE = 3 };

static void void_framed(struct stances *out, const struct text *text,
                        const uint32_t *framed, size_t count)
{
    if (count <= FRAMED_FEW || count * FRAMED_SHARE < text->sentences.count)
        return;
    for (size_t i = 0; i < count; i++) {
        const struct sentence *s = &text->sentences.items[framed[i]];
        for (uint32_t w = s->first; w < s->end; w++)
            out->words.items[w] = (struct word_stance) { STANCE_VOID, UINT32_MAX };
    }
    out->rejected_sentences += (uint32_t)count;
}

void stance_read(struct stances *out, const struct text *text, const struct dictionary *d)
{
    out->words.count = 0;
    out->rejected_sentences = out->grader_sentences = out->echo_sentences = 0;
    out->announced_sentences = 0;
    for (size_t i = 0; i < text->words.count; i++)
        *array_add(&out->words) = (struct word_stance) { STANCE_ASSERTED, UINT32_MAX };
    ARRAY(uint32_t) framed = { 0 };
    struct clauses clauses = { 0 };
    for (size_t s = 0; s < text->sentences.count; s++) {
        const struct sentence *sentence = &text->sentences.items[s];
        struct view v = { out,           text,     d,     sentence->first,
                          sentence->end, &clauses, false, false };
        clauses.places.count = 0;
        read_sentence(&v, sentence->question);
        out->announced_sentences += v.announced && !sentence->numbers;
        if (v.framed)
            *array_add(&framed) = (uint32_t)s;
    }
    void_framed(out, text, framed.items, framed.count);
    array_release(&framed);
    array_release(&clauses.places);
}

/* --- echo --- */

/* The prompt's stems in order, and which there may be among them: bit per stem, taken together. */
enum { ECHO_BITS = 1024 };
struct echo {
    const uint32_t *prompt;
    size_t count;
    uint64_t bits[ECHO_BITS / 64];
};

static bool may_have(const struct echo *e, uint32_t stem)
{
    return e->bits[stem % ECHO_BITS / 64] >> stem % 64 & 1;
}

static bool has_run(const struct echo *e, const uint32_t *run)
{
    if (!may_have(e, run[0]) || !may_have(e, run[1]) || !may_have(e, run[2]))
        return false;
    for (size_t i = 0; i + 2 < e->count; i++)
        if (e->prompt[i] == run[0] && e->prompt[i + 1] == run[1] &&
            e->prompt[i + 2] == run[2])
            return true;
    return false;
}

/* A sentence this short may share its words by accident. */
enum { ECHO_WORDS = 6 };

static bool is_echo(const struct text *text, const struct sentence *sentence,
                    const struct echo *e)
{
    uint32_t runs = 0, shared = 0;
    for (uint32_t i = sentence->first; i + 2 < sentence->end; i++) {
        const struct word *w = &text->words.items[i];
        uint32_t run[3] = { w[0].stem, w[1].stem, w[2].stem };
        runs++;
        shared += has_run(e, run);
    }
    return sentence->end - sentence->first >= ECHO_WORDS && shared * 10 >= runs * 6;
}

void stance_mark_echo(struct stances *out, const struct text *text,
                      const uint32_t *prompt, size_t prompt_count)
{
    struct echo e = { .prompt = prompt, .count = prompt_count };
    for (size_t i = 0; i < prompt_count; i++)
        e.bits[prompt[i] % ECHO_BITS / 64] |= UINT64_C(1) << prompt[i] % 64;
    for (size_t s = 0; s < text->sentences.count; s++) {
        const struct sentence *sentence = &text->sentences.items[s];
        if (!is_echo(text, sentence, &e))
            continue;
        out->echo_sentences++;
        for (uint32_t i = sentence->first; i < sentence->end; i++)
            out->words.items[i] = (struct word_stance) { STANCE_ECHO, UINT32_MAX };
    }
}

/* From least to most that it takes away. */
static int severity(enum stance stance)
{
    static const int order[] = {
        [STANCE_ASSERTED] = 0, [STANCE_ASKED] = 2, [STANCE_NEGATED] = 1,
        [STANCE_REJECTED] = 3, [STANCE_CUT] = 4,   [STANCE_VOID] = 5,
        [STANCE_GRADER] = 5,   [STANCE_ECHO] = 5, [STANCE_WRONG] = 6,
    };
    return order[stance];
}

enum stance stance_of(const struct stances *s, uint32_t first, uint32_t last)
{
    enum stance worst = STANCE_ASSERTED;
    for (uint32_t i = first; i <= last; i++) {
        const struct word_stance *w = &s->words.items[i];
        bool own = w->marker >= first && w->marker <= last;
        if (!own && severity((enum stance)w->stance) > severity(worst))
            worst = (enum stance)w->stance;
    }
    return worst;
}

enum stance stance_of_match(const struct stances *s, const struct match *m)
{
    enum stance worst = STANCE_ASSERTED;
    for (uint32_t i = 0; i < m->count; i++) {
        enum stance one = stance_of(s, m->words[i], m->ends[i]);
        uint32_t marker = s->words.items[m->words[i]].marker;
        for (uint32_t k = 0; k < m->count; k++)
            if (marker >= m->words[k] && marker <= m->ends[k])
                one = STANCE_ASSERTED;
        if (one > worst)
            worst = one;
    }
    return worst;
}
