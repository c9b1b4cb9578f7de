#include "scoring/stance.h"

#include <stdlib.h>
#include <string.h>

void stances_release(struct stances *s)
{
    array_release(&s->words);
}

/* One sentence while its stances are found. */
struct view {
    struct stances *out;
    const struct text *text;
    const struct dictionary *dictionary;
    uint32_t first, end;
};

static const struct word_form *form_at(const struct view *v, uint32_t word)
{
    return dictionary_get(v->dictionary, v->text->words.items[word].form);
}

static bool has_trait(const struct view *v, uint32_t word, unsigned trait)
{
    return word < v->end && (form_at(v, word)->traits & trait) != 0;
}

static bool is_word(const struct view *v, uint32_t word, const char *text)
{
    return word < v->end && !strcmp(form_at(v, word)->text, text);
}

static bool breaks_before(const struct view *v, uint32_t word, unsigned flags)
{
    return (v->text->words.items[word].flags & flags) != 0;
}

static void mark(struct view *v, uint32_t first, uint32_t end, enum stance stance, uint32_t marker)
{
    for (uint32_t i = first; i < end && i < v->end; i++) {
        struct word_stance *w = &v->out->words.items[i];
        if (w->stance == STANCE_ASSERTED || w->stance == STANCE_ASKED ||
            (w->stance == STANCE_NEGATED && stance == STANCE_REJECTED))
            *w = (struct word_stance){ (uint8_t)stance, marker };
    }
}

/* Where a clause that begins at `at` ends: at a break, a contrast, a reason; `most` words at most. */
static uint32_t clause_end(const struct view *v, uint32_t at, uint32_t most)
{
    uint32_t i = at;
    for (; i < v->end && i - at < most; i++) {
        if (i > at && breaks_before(v, i, WORD_AFTER_COMMA | WORD_AFTER_COLON | WORD_AFTER_BREAK))
            break;
        if (i > at && has_trait(v, i, TRAIT_CONTRAST | TRAIT_REASON))
            break;
    }
    return i;
}

static bool ends_noun_phrase(const struct view *v, uint32_t word)
{
    enum word_class c = (enum word_class)form_at(v, word)->word_class;
    return c == CLASS_AUXILIARY || c == CLASS_PRONOUN || c == CLASS_CONJUNCTION ||
           (c == CLASS_PREPOSITION && !is_word(v, word, "of")) ||
           has_trait(v, word, TRAIT_CONTRAST | TRAIT_REASON);
}

/* The noun phrase behind "no", "without", "instead of", and more such behind commas and "or". */
static uint32_t noun_phrase_end(const struct view *v, uint32_t at)
{
    uint32_t i = at, since_break = 0;
    for (; i < v->end; i++, since_break++) {
        if (i > at && breaks_before(v, i, WORD_AFTER_COLON | WORD_AFTER_BREAK))
            break;
        if (breaks_before(v, i, WORD_AFTER_COMMA) || is_word(v, i, "or") || is_word(v, i, "and") ||
            is_word(v, i, "nor")) {
            since_break = 0;
            if (is_word(v, i, "or") || is_word(v, i, "and") || is_word(v, i, "nor"))
                continue;
        }
        if (since_break >= 3 || ends_noun_phrase(v, i))
            break;
    }
    return i;
}

/* "not only", "not just", "why not": no negation of what follows. */
static bool is_idle_negation(const struct view *v, uint32_t at)
{
    return is_word(v, at + 1, "only") || is_word(v, at + 1, "just") ||
           is_word(v, at + 1, "necessarily") || (at > v->first && is_word(v, at - 1, "why")) ||
           (at > v->first && is_word(v, at - 1, "or"));
}

/* "we do not use", "I would not": a thing is rejected; "is not lost": a behaviour is denied. */
static void read_not(struct view *v, uint32_t at)
{
    if (is_idle_negation(v, at))
        return;
    bool rejects = has_trait(v, at, TRAIT_WISH) ||
                   (at > v->first && has_trait(v, at - 1, TRAIT_WISH));
    for (uint32_t i = at + 1; !rejects && i < at + 3 && i < v->end; i++)
        rejects = has_trait(v, i, TRAIT_USE) && form_at(v, i)->word_class != CLASS_DETERMINER;
    if (rejects)
        mark(v, at + 1, clause_end(v, at + 1, 14), STANCE_REJECTED, at);
    else
        mark(v, at + 1, clause_end(v, at + 1, 6), STANCE_NEGATED, at);
}

static void read_no(struct view *v, uint32_t at)
{
    if (is_word(v, at + 1, "matter") || is_word(v, at + 1, "longer") ||
        is_word(v, at + 1, "more") || is_word(v, at + 1, "later"))
        return;
    mark(v, at + 1, noun_phrase_end(v, at + 1), STANCE_REJECTED, at);
}

static void read_instead(struct view *v, uint32_t at)
{
    bool of = is_word(v, at, "instead") && is_word(v, at + 1, "of");
    bool than = is_word(v, at, "rather") && is_word(v, at + 1, "than");
    if (of || than)
        mark(v, at + 2, noun_phrase_end(v, at + 2), STANCE_NEGATED, at);
}

/* "we could use X but I would not": the clause before "but". */
static void read_possible(struct view *v, uint32_t at)
{
    for (uint32_t but = at + 1; but < v->end; but++) {
        if (!is_word(v, but, "but") && !is_word(v, but, "however") && !is_word(v, but, "though"))
            continue;
        for (uint32_t i = but + 1; i < v->end && i < but + 6; i++)
            if (has_trait(v, i, TRAIT_NOT) || is_word(v, i, "rather") ||
                is_word(v, i, "instead") || is_word(v, i, "no")) {
                mark(v, at + 1, but, STANCE_REJECTED, i);
                return;
            }
    }
}

enum { PHRASE_WORDS = 8 };

static size_t words_from(const struct view *v, uint32_t at, const char **words)
{
    size_t count = 0;
    for (; count < PHRASE_WORDS && at + count < v->end; count++)
        words[count] = form_at(v, at + (uint32_t)count)->text;
    return count;
}

/* A cut takes the clause it stands in; behind a colon all that follows. */
static void read_scope_cut(struct view *v, uint32_t at, uint32_t length)
{
    uint32_t start = at, end = at + length;
    while (start > v->first && !has_trait(v, start, TRAIT_CONTRAST) &&
           !breaks_before(v, start, WORD_AFTER_BREAK | WORD_AFTER_COLON))
        start--;
    while (end < v->end && !has_trait(v, end, TRAIT_CONTRAST) &&
           !breaks_before(v, end, WORD_AFTER_BREAK))
        end++;
    mark(v, start, end, STANCE_CUT, at);
}

static bool read_frame(struct view *v)
{
    const char *words[PHRASE_WORDS];
    size_t length;
    if (!has_trait(v, v->first, TRAIT_STARTS_FRAME))
        return false;
    size_t count = words_from(v, v->first, words);
    switch (english_frame(words, count, &length)) {
    case FRAME_REJECTS_ALL:
        mark(v, v->first, v->end, STANCE_VOID, UINT32_MAX);
        v->out->rejected_sentences++;
        return true;
    case FRAME_GRADER:
        mark(v, v->first, v->end, STANCE_GRADER, UINT32_MAX);
        v->out->grader_sentences++;
        return true;
    case FRAME_REJECTS_CLAUSE:
        mark(v, v->first, clause_end(v, v->first, v->end), STANCE_NEGATED, v->first);
        return false;
    default:
        return false;
    }
}

static void read_sentence(struct view *v, bool question)
{
    if (read_frame(v))
        return;
    if (question)
        mark(v, v->first, v->end, STANCE_ASKED, UINT32_MAX);
    const char *words[PHRASE_WORDS];
    for (uint32_t i = v->first; i < v->end; i++) {
        const struct word_form *form = form_at(v, i);
        if (form->word_class == CLASS_CONTENT && !form->traits)
            goto scope;
        if (form->traits & TRAIT_NOT)
            read_not(v, i);
        if (form->traits & TRAIT_NO)
            read_no(v, i);
        if (form->traits & TRAIT_AVOID)
            mark(v, i + 1, noun_phrase_end(v, i + 1), STANCE_NEGATED, i);
        if (form->traits & TRAIT_CONTRAST)
            read_instead(v, i);
        if (form->traits & TRAIT_POSSIBLE)
            read_possible(v, i);
    scope:;
        if (!(form->traits & TRAIT_STARTS_CUT))
            continue;
        size_t length = english_scope_cut(words, words_from(v, i, words));
        if (length)
            read_scope_cut(v, i, (uint32_t)length);
    }
}

void stance_read(struct stances *out, const struct text *text, const struct dictionary *d)
{
    out->words.count = 0;
    out->rejected_sentences = out->grader_sentences = out->echo_sentences = 0;
    for (size_t i = 0; i < text->words.count; i++)
        *array_add(&out->words) = (struct word_stance){ STANCE_ASSERTED, UINT32_MAX };
    for (size_t s = 0; s < text->sentences.count; s++) {
        const struct sentence *sentence = &text->sentences.items[s];
        struct view v = { out, text, d, sentence->first, sentence->end };
        read_sentence(&v, sentence->question);
    }
}

/* --- echo --- */

static bool has_run(const uint32_t *prompt, size_t count, const uint32_t *run)
{
    for (size_t i = 0; i + 2 < count; i++)
        if (prompt[i] == run[0] && prompt[i + 1] == run[1] && prompt[i + 2] == run[2])
            return true;
    return false;
}

/* A sentence this short may share its words by accident. */
enum { ECHO_WORDS = 6 };

static bool is_echo(const struct view *v, const uint32_t *prompt, size_t count)
{
    uint32_t runs = 0, shared = 0;
    for (uint32_t i = v->first; i + 2 < v->end; i++) {
        uint32_t run[3] = { form_at(v, i)->stem, form_at(v, i + 1)->stem,
                            form_at(v, i + 2)->stem };
        runs++;
        shared += has_run(prompt, count, run);
    }
    return v->end - v->first >= ECHO_WORDS && shared * 10 >= runs * 6;
}

void stance_mark_echo(struct stances *out, const struct text *text, const struct dictionary *d,
                      const uint32_t *prompt, size_t prompt_count)
{
    for (size_t s = 0; s < text->sentences.count; s++) {
        const struct sentence *sentence = &text->sentences.items[s];
        struct view v = { out, text, d, sentence->first, sentence->end };
        if (!is_echo(&v, prompt, prompt_count))
            continue;
        out->echo_sentences++;
        for (uint32_t i = v.first; i < v.end; i++)
            out->words.items[i] = (struct word_stance){ STANCE_ECHO, UINT32_MAX };
    }
}

/* From least to most that it takes away. */
static int severity(enum stance stance)
{
    static const int order[] = {
        [STANCE_ASSERTED] = 0, [STANCE_ASKED] = 2, [STANCE_NEGATED] = 1, [STANCE_REJECTED] = 3,
        [STANCE_CUT] = 4,      [STANCE_VOID] = 5,  [STANCE_GRADER] = 5,  [STANCE_ECHO] = 5,
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
