/*
 * What a change to an answer may do to its score (DESIGN, section 10): attacks leave
 * nothing of it, harmless changes leave it as it was. Every shipped rubric against every
 * change, on its own strong samples. All chance comes from one fixed seed, so that a
 * failing row fails again.
 *
 * So that the time does not grow with the library, each of many scenarios meets a share of the
 * rows, not all the same one; with VIVA_PROPERTIES=all in the environment every one meets all.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "shipped.h"

/* --- chance --- */

static uint64_t seed;

static size_t chance(size_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % below;
}

static void shuffle(char **items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = chance(i);
        char *kept = items[i - 1];
        items[i - 1] = items[k];
        items[k] = kept;
    }
}

/* --- shares --- */

enum { WITH_ALL = 8 }; /* so many scenarios meet every row */

static bool is_left_out(size_t row, size_t scenario)
{
    const char *wanted = getenv("VIVA_PROPERTIES");
    size_t shares = (shipped.count + WITH_ALL - 1) / WITH_ALL;
    return shares > 1 && (row + scenario) % shares != 0 && !(wanted && !strcmp(wanted, "all"));
}

/* --- pieces of text --- */

struct pieces {
    ARRAY(char *) list;
};

static void pieces_release(struct pieces *p)
{
    for (size_t i = 0; i < p->list.count; i++)
        free(p->list.items[i]);
    array_release(&p->list);
}

static void add_piece(struct pieces *p, const char *text, size_t length)
{
    while (length && isspace((unsigned char)*text))
        text++, length--;
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    if (length)
        *array_add(&p->list) = xstrndup(text, length);
}

/* Sentences end at a mark with a blank behind it, and at line ends. */
static struct pieces sentences_of(const char *text)
{
    struct pieces p = { 0 };
    const char *start = text, *at = text;
    for (; *at; at++) {
        bool mark = strchr(".!?", *at) && (at[1] == ' ' || at[1] == '\0');
        if (!mark && *at != '\n')
            continue;
        add_piece(&p, start, (size_t)(at + 1 - start));
        start = at + 1;
    }
    add_piece(&p, start, (size_t)(at - start));
    return p;
}

static struct pieces words_of(const char *text)
{
    struct pieces p = { 0 };
    for (const char *at = text; *at;) {
        size_t blanks = strspn(at, " \t\n"), length = strcspn(at + blanks, " \t\n");
        add_piece(&p, at + blanks, length);
        at += blanks + length;
    }
    return p;
}

/* --- an answer while it is changed --- */

struct draft {
    const char *phases[SHIPPED_PARTS];
    struct buffer texts[SHIPPED_PARTS];
    size_t count;
};

static struct draft draft_of(const struct sample *sample)
{
    struct draft d = { .count = sample->part_count };
    assert_true(sample->part_count <= SHIPPED_PARTS);
    for (size_t i = 0; i < d.count; i++) {
        d.phases[i] = sample->parts[i].phase;
        d.texts[i] = (struct buffer)BUFFER_INIT;
        buffer_add_string(&d.texts[i], sample->parts[i].text);
    }
    return d;
}

static void draft_release(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        buffer_release(&d->texts[i]);
}

static struct score grade_draft(const struct shipped *with, const struct draft *d)
{
    struct sample_part parts[SHIPPED_PARTS];
    for (size_t i = 0; i < d->count; i++)
        parts[i] = (struct sample_part) { d->phases[i], d->texts[i].data };
    return shipped_grade(with, parts, d->count);
}

/* --- changes: each rewrites one part, or the whole --- */

typedef void change_sentence(struct buffer *out, const char *sentence);

static void each_sentence(struct draft *d, change_sentence *change)
{
    for (size_t i = 0; i < d->count; i++) {
        struct pieces sentences = sentences_of(d->texts[i].data);
        buffer_clear(&d->texts[i]);
        for (size_t k = 0; k < sentences.list.count; k++) {
            change(&d->texts[i], sentences.list.items[k]);
            buffer_add_char(&d->texts[i], ' ');
        }
        pieces_release(&sentences);
    }
}

static void add_shuffled(struct buffer *out, const char *sentence)
{
    struct pieces words = words_of(sentence);
    shuffle(words.list.items, words.list.count);
    for (size_t i = 0; i < words.list.count; i++)
        buffer_printf(out, "%s%s", i ? " " : "", words.list.items[i]);
    pieces_release(&words);
}

static void shuffle_tokens(struct draft *d)
{
    each_sentence(d, add_shuffled);
}

/* Marks within a number stay: 4,000 is no other number without its comma. */
static void take_marks_off(char *text, const char *marks)
{
    for (char *p = text; *p; p++) {
        bool inside =
            p > text && isdigit((unsigned char)p[-1]) && isdigit((unsigned char)p[1]);
        if (strchr(marks, *p) && !inside)
            *p = ' ';
    }
}

/* The same with the marks taken off, and a full stop at the end. */
static void add_shuffled_bare(struct buffer *out, const char *sentence)
{
    char *bare = xstrdup(sentence);
    take_marks_off(bare, ",;:.!?()");
    add_shuffled(out, bare);
    buffer_add_char(out, '.');
    free(bare);
}

static void shuffle_words(struct draft *d)
{
    each_sentence(d, add_shuffled_bare);
}

/* As it is typed in a hurry, or dictated: no marks, no capitals, no lines. */
static void take_punctuation_off(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        take_marks_off(d->texts[i].data, ",;:.!?\n");
        for (char *p = d->texts[i].data; *p; p++)
            *p = (char)tolower((unsigned char)*p);
    }
}

static void add_line(struct buffer *out, const char *sentence)
{
    char *bare = xstrdup(sentence);
    take_marks_off(bare, ",;:.!?");
    buffer_printf(out, "%s\n", bare);
    free(bare);
}

static void one_sentence_a_line(struct draft *d)
{
    each_sentence(d, add_line);
}

static void add_bullet(struct buffer *out, const char *sentence)
{
    buffer_printf(out, "\n- %s", sentence);
}

static void make_bullets(struct draft *d)
{
    each_sentence(d, add_bullet);
}

static void add_negated(struct buffer *out, const char *sentence)
{
    buffer_printf(out, "I would not do this: %s", sentence);
}

static void negate_all(struct draft *d)
{
    each_sentence(d, add_negated);
}

static void add_twice(struct buffer *out, const char *sentence)
{
    buffer_printf(out, "%s %s", sentence, sentence);
}

static void double_sentences(struct draft *d)
{
    each_sentence(d, add_twice);
}

static void reorder_sentences(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct pieces sentences = sentences_of(d->texts[i].data);
        shuffle(sentences.list.items, sentences.list.count);
        buffer_clear(&d->texts[i]);
        for (size_t k = 0; k < sentences.list.count; k++)
            buffer_printf(&d->texts[i], "%s ", sentences.list.items[k]);
        pieces_release(&sentences);
    }
}

static void lower_case(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        for (char *p = d->texts[i].data; *p; p++)
            *p = (char)tolower((unsigned char)*p);
}

static void upper_case(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        for (char *p = d->texts[i].data; *p; p++)
            *p = (char)toupper((unsigned char)*p);
}

/* As it stands in an editor, or on a telephone. */
static void break_lines(struct draft *d)
{
    enum { COLUMNS = 40 };
    for (size_t i = 0; i < d->count; i++) {
        size_t line = 0, blank = 0;
        char *text = d->texts[i].data;
        for (size_t at = 0; text[at]; at++) {
            if (text[at] == '\n')
                line = blank = at + 1;
            if (at - line > COLUMNS && blank > line) {
                text[blank] = '\n';
                line = blank + 1;
            }
            blank = text[at] == ' ' ? at : blank;
        }
    }
}

/* As it is spoken: one word of eight comes with a hesitation, or twice. */
static void hesitate(struct draft *d)
{
    static const char *const sounds[] = { "um", "uh,", "er", "hmm,", "I mean" };
    for (size_t i = 0; i < d->count; i++) {
        struct pieces words = words_of(d->texts[i].data);
        buffer_clear(&d->texts[i]);
        for (size_t k = 0; k < words.list.count; k++) {
            const char *word = words.list.items[k];
            bool plain = isalpha((unsigned char)*word) && chance(8) == 0;
            if (plain)
                buffer_printf(&d->texts[i], "%s ", chance(2) ? sounds[chance(5)] : word);
            buffer_printf(&d->texts[i], "%s ", word);
        }
        pieces_release(&words);
    }
}

static void merge(struct draft *d, const char *phase)
{
    for (size_t i = 1; i < d->count; i++) {
        buffer_printf(&d->texts[0], "\n\n%s", d->texts[i].data);
        buffer_release(&d->texts[i]);
    }
    d->count = 1;
    d->phases[0] = phase;
}

static void merge_into_any(struct draft *d)
{
    merge(d, NULL);
}

static void merge_into_design(struct draft *d)
{
    merge(d, "design");
}

static const char *const praises[] = {
    "This is a great, robust and modern design.",
    "I am very confident that it is excellent.",
    "It is an elegant answer that everybody will love.",
    "All in all this is an outstanding solution with the best quality.",
};

static void add_praise(struct draft *d)
{
    for (size_t i = 0; i < d->count; i++)
        buffer_printf(&d->texts[i], " %s", praises[i % ROWS(praises)]);
}

static const char *const digressions[] = {
    "My grandmother made soup every Sunday. She cut carrots and onions, let them sweat "
    "in butter, "
    "and waited until the whole kitchen smelled of it. We children peeled potatoes at "
    "the window and "
    "watched the snow fall on the garden.",
    "The match on Saturday was a strange one. Our team was behind by two goals before "
    "the break, the "
    "rain did not stop, and then the goalkeeper saved a penalty with his foot. My "
    "neighbour still "
    "tells everybody that he saw it coming.",
};

static void add_digressions(struct draft *d)
{
    struct buffer first = BUFFER_INIT;
    buffer_printf(&first, "%s\n\n%s", digressions[0], d->texts[0].data);
    buffer_release(&d->texts[0]);
    d->texts[0] = first;
    buffer_printf(&d->texts[d->count - 1], "\n\n%s", digressions[1]);
}

/* One letter missing, doubled, wrong, or two swapped; inside the word, as fingers do. */
static void add_mistyped(struct buffer *out, const char *word)
{
    size_t length = strlen(word), at = 1 + chance(length - 2);
    int kind = (int)chance(4);
    for (size_t i = 0; i < length; i++) {
        bool here = i == at, swap = here && i + 1 < length && kind == 3;
        if (swap) {
            buffer_add_char(out, word[i + 1]);
            buffer_add_char(out, word[i++]);
            continue;
        }
        if (here && kind == 0)
            continue;
        buffer_add_char(out, here && kind == 2 ? (char)('a' + chance(26)) : word[i]);
        if (here && kind == 1)
            buffer_add_char(out, word[i]);
    }
}

static bool is_plain_word(const char *word)
{
    size_t length = strlen(word), letters = 0;
    for (size_t i = 0; i < length; i++)
        letters += isalpha((unsigned char)word[i]) != 0;
    return length >= 4 && letters + 1 >= length;
}

enum { WORDS_A_SLIP = 20 };

/* In each run of twenty words one is mistyped: any of them that has four letters. */
static void mistype(struct draft *d)
{
    size_t number = 0, victim = chance(WORDS_A_SLIP);
    bool done = false;
    for (size_t i = 0; i < d->count; i++) {
        struct buffer out = BUFFER_INIT;
        for (const char *at = d->texts[i].data; *at;) {
            size_t blanks = strspn(at, " \t\n"), length = strcspn(at + blanks, " \t\n");
            buffer_add(&out, at, blanks);
            char *word = xstrndup(at + blanks, length);
            if (!done && number >= victim && is_plain_word(word)) {
                add_mistyped(&out, word);
                done = true;
            } else {
                buffer_add_string(&out, word);
            }
            free(word);
            at += blanks + length;
            if (++number == WORDS_A_SLIP) {
                number = 0;
                victim = chance(WORDS_A_SLIP);
                done = false;
            }
        }
        buffer_release(&d->texts[i]);
        d->texts[i] = out;
    }
}

/* --- the table of changes --- */

enum {
    WORTHLESS = 25,
    LIST_MOST = 20,
    NEAR = 4,
    ADDED_MAY_LOSE = 4,
    TWO_FALSE_ALARMS = 13
};

static const struct change {
    int row;
    const char *name;
    void (*apply)(struct draft *d);
    double at_most;       /* 0: compared with the answer as it was */
    double lower, higher; /* points that it may lose and win */
} changes[] = {
    ROW("words shuffled, marks kept", shuffle_tokens, WORTHLESS, 0, 0),
    ROW("words shuffled, marks taken off", shuffle_words, WORTHLESS, 0, 0),
    ROW("'I would not do this:' before each sentence", negate_all, WORTHLESS, 0, 0),
    ROW("each sentence twice", double_sentences, 0, NEAR + ADDED_MAY_LOSE, NEAR),
    ROW("praise added", add_praise, 0, NEAR + ADDED_MAY_LOSE, NEAR),
    ROW("off-topic paragraphs added", add_digressions, 0, NEAR + ADDED_MAY_LOSE, NEAR),
    ROW("lower case", lower_case, 0, NEAR, NEAR),
    /* words of two sentences may meet in a red flag where nothing tells them apart */
    ROW("no punctuation", take_punctuation_off, 0, TWO_FALSE_ALARMS, NEAR),
    ROW("a sentence a line, no marks", one_sentence_a_line, 0, NEAR, NEAR),
    ROW("a bullet for each sentence", make_bullets, 0, NEAR, NEAR),
    ROW("all in capitals", upper_case, 0, NEAR, NEAR),
    ROW("lines broken at 40 characters", break_lines, 0, NEAR, NEAR),
    ROW("hesitations, words said twice", hesitate, 0, NEAR, NEAR),
    ROW("sentences in another order", reorder_sentences, 0, NEAR, NEAR),
    ROW("one part for all phases", merge_into_any, 0, NEAR, NEAR),
    ROW("all of it in one phase", merge_into_design, 0, NEAR, NEAR),
    ROW("one word of twenty mistyped", mistype, 0, NEAR, NEAR),
};

/* What acted, for the message. */
static const char *guards_of(const struct score *score, char *text, size_t room)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < score->guard_count && used < room; i++)
        used += (size_t)snprintf(text + used, room - used, " %s %.2f",
                                 score->guards[i].id, score->guards[i].factor);
    for (size_t i = 0; i < score->red_flag_count && used < room; i++)
        used += (size_t)snprintf(text + used, room - used, " flag %s",
                                 score->red_flags[i].flag->id);
    return text;
}

static void check_change(const struct change *c, const struct shipped *with,
                         const struct sample *sample, double before)
{
    struct draft d = draft_of(sample);
    char acted[400];
    seed = UINT64_C(20261120) + (uint64_t)(c - changes);
    c->apply(&d);
    struct score score = grade_draft(with, &d);
    double low = c->at_most > 0 ? 0 : before - c->lower;
    double high = c->at_most > 0 ? c->at_most : before + c->higher;
    if (score.total < low || score.total > high)
        row_fails(__FILE__, c->row,
                  "%s/%s, %s: %.1f, not %.1f to %.1f (coverage %.2f;%s)", with->id,
                  sample->id, c->name, score.total, low, high, score.coverage,
                  guards_of(&score, acted, sizeof(acted)));
    draft_release(&d);
}

static void test_changes(void **state)
{
    (void)state;
    for (size_t c = 0; c < ROWS(changes); c++)
        for (size_t r = 0; r < shipped.count; r++)
            for (size_t i = 0; i < shipped.items[r].rubric->sample_count; i++) {
                const struct sample *sample = &shipped.items[r].rubric->samples[i];
                if (strcmp(sample->kind, "strong") != 0 || is_left_out(c, r))
                    continue;
                double before =
                    shipped_grade(&shipped.items[r], sample->parts, sample->part_count)
                        .total;
                check_change(&changes[c], &shipped.items[r], sample, before);
            }
    table_ends();
}

/* --- a strong answer to another problem --- */

static void test_foreign(void **state)
{
    (void)state;
    for (size_t r = 0; r < shipped.count; r++)
        for (size_t k = 0; k < shipped.count; k++)
            for (size_t i = 0; k != r && i < shipped.items[k].rubric->sample_count; i++) {
                const struct sample *sample = &shipped.items[k].rubric->samples[i];
                char acted[400];
                if (strcmp(sample->kind, "strong") != 0 || is_left_out(k, r))
                    continue;
                struct score score =
                    shipped_grade(&shipped.items[r], sample->parts, sample->part_count);
                if (score.total > WORTHLESS)
                    row_fails(
                        __FILE__, __LINE__,
                        "%s/%s as an answer to %s: %.1f, not 0 to %d (coverage %.2f;%s)",
                        shipped.items[k].id, sample->id, shipped.items[r].id, score.total,
                        WORTHLESS, score.coverage,
                        guards_of(&score, acted, sizeof(acted)));
            }
    table_ends();
}

/* --- lists of a rubric's own words --- */

static void add_term(struct pieces *terms, const struct expression *phrase)
{
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < phrase->count; i++)
        buffer_printf(&text, "%s%s", i ? " " : "", phrase->words[i]->text);
    for (size_t i = 0; i < terms->list.count; i++)
        if (!strcmp(terms->list.items[i], text.data)) {
            buffer_release(&text);
            return;
        }
    *array_add(&terms->list) = buffer_detach(&text);
}

static void add_concept_term(struct pieces *terms, const char *name)
{
    int at = lexicon_find(shipped.lexicon, name);
    const struct concept *concept = at < 0 ? NULL : &shipped.lexicon->concepts[at];
    if (concept && concept->says_count)
        add_term(terms, concept->says[chance(concept->says_count)]);
}

static bool is_group(const struct expression *x)
{
    return x->kind == EXPRESSION_AND || x->kind == EXPRESSION_OR;
}

/* Every leaf that is wanted; of a concept one way of saying it. */
static void add_leaves(struct pieces *terms, const struct expression *x)
{
    if (x->kind == EXPRESSION_PHRASE)
        add_term(terms, x);
    else if (x->kind == EXPRESSION_CONCEPT)
        add_concept_term(terms, x->concept);
    for (size_t i = 0; is_group(x) && i < x->count; i++)
        add_leaves(terms, x->items[i]);
}

/* One leaf of each group, so that the expression is met: what a reader of the rubric
 * would list. */
static void add_meeting(struct pieces *terms, const struct expression *x)
{
    if (x->kind == EXPRESSION_OR) {
        add_meeting(terms, x->items[chance(x->count)]);
        return;
    }
    if (x->kind != EXPRESSION_AND) {
        add_leaves(terms, x);
        return;
    }
    for (size_t i = 0; i < x->count; i++)
        add_meeting(terms, x->items[i]);
}

static void add_evidence(struct pieces *terms, const struct evidence *evidence,
                         bool meeting)
{
    for (size_t i = 0; i < evidence->count; i++)
        if (meeting)
            add_meeting(terms, evidence->items[i]);
        else
            add_leaves(terms, evidence->items[i]);
}

static const struct source {
    int row;
    const char *name;
    bool names, mechanisms;
    bool meeting; /* what meets stays together, the rest is shuffled */
    size_t most;  /* so many terms of them all; 0: all */
} sources[] = {
    ROW("names", true, false, false, 0),
    ROW("60 names", true, false, false, 60),
    ROW("mechanisms' words", false, true, false, 0),
    ROW("200 of the mechanisms' words", false, true, false, 200),
    ROW("60 of the mechanisms' words", false, true, false, 60),
    ROW("all words", true, true, false, 0),
    ROW("120 of all words", true, true, false, 120),
    ROW("words that meet", true, true, true, 0),
};

static struct pieces terms_of(const struct rubric *rubric, const struct source *source)
{
    struct pieces terms = { 0 };
    for (size_t i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *c = &rubric->criteria[i];
        if (source->names)
            add_evidence(&terms, &c->names, source->meeting);
        if (source->mechanisms)
            add_evidence(&terms, &c->mechanisms, source->meeting);
    }
    if (!source->meeting)
        shuffle(terms.list.items, terms.list.count);
    while (source->most && terms.list.count > source->most)
        free(terms.list.items[--terms.list.count]);
    return terms;
}

/* `%s` is the term; a `#` is its number in the list. */
static const struct shape {
    int row;
    const char *name, *before, *behind;
    bool numbered;
} shapes[] = {
    ROW("commas", "", ", ", false),
    ROW("blanks", "", " ", false),
    ROW("a line each", "", "\n", false),
    ROW("numbered", "", "\n", true),
    ROW("'We will use X.'", "We will use ", ". ", false),
    ROW("'we use X because it is good'", "we use ", " because it is good. ", false),
    ROW("'I choose X instead of the alternative because ...'", "I choose ",
        " instead of the alternative because it handles 4,000 requests per second. ",
        false),
};

static void write_list(struct buffer *out, const struct pieces *terms,
                       const struct shape *shape)
{
    for (size_t i = 0; i < terms->list.count; i++) {
        if (shape->numbered)
            buffer_printf(out, "%zu. ", i + 1);
        buffer_printf(out, "%s%s%s", shape->before, terms->list.items[i], shape->behind);
    }
}

static void check_list(const struct shipped *with, const struct source *source,
                       const struct shape *shape)
{
    struct buffer text = BUFFER_INIT;
    char acted[400];
    seed = UINT64_C(19700101) + (uint64_t)(source - sources);
    struct pieces terms = terms_of(with->rubric, source);
    write_list(&text, &terms, shape);
    struct score score =
        shipped_grade(with, &(struct sample_part) { NULL, text.data }, 1);
    if (score.total > LIST_MOST)
        row_fails(
            __FILE__, shape->row,
            "%s, %s (line %d) as %s: %.1f, not 0 to %d (%zu terms, coverage %.2f;%s)",
            with->id, source->name, source->row, shape->name, score.total, LIST_MOST,
            terms.list.count, score.coverage, guards_of(&score, acted, sizeof(acted)));
    pieces_release(&terms);
    buffer_release(&text);
}

static void test_lists(void **state)
{
    (void)state;
    for (size_t h = 0; h < ROWS(shapes); h++)
        for (size_t o = 0; o < ROWS(sources); o++)
            for (size_t r = 0; r < shipped.count; r++)
                if (!is_left_out(h * ROWS(sources) + o, r))
                    check_list(&shipped.items[r], &sources[o], &shapes[h]);
    table_ends();
}

/* Terms strung together to sentences, so many in each: what takes them for a list is their order and how many of
 * them stand in the rubric as they do here, and that is a likelihood. One in forty gets through. */
static void test_strung_terms(void **state)
{
    enum { TERMS = 150, ONE_IN = 12 };
    static const size_t together[] = { 3, 4, 6 };
    static const struct source words = { __LINE__, "", false, true, false, TERMS };
    size_t count = 0, over = 0;
    (void)state;
    for (size_t r = 0; r < shipped.count; r++)
        for (size_t k = 0; k < sizeof(together) / sizeof(*together); k++) {
            struct buffer text = BUFFER_INIT;
            seed = UINT64_C(20240229) + k;
            struct pieces terms = terms_of(shipped.items[r].rubric, &words);
            for (size_t i = 0; i < terms.list.count; i++)
                buffer_printf(&text, "%s%s", terms.list.items[i],
                              (i + 1) % together[k] ? " " : ". ");
            struct sample_part part = { NULL, text.data };
            over += shipped_grade(&shipped.items[r], &part, 1).total > LIST_MOST;
            count++;
            pieces_release(&terms);
            buffer_release(&text);
        }
    if (over * ONE_IN > count)
        fail_msg("%zu of %zu texts of strung terms get more than %d points", over, count,
                 LIST_MOST);
}

/* --- what the rows above rest on --- */

static void test_strong_samples_are_strong(void **state)
{
    (void)state;
    for (size_t r = 0; r < shipped.count; r++) {
        size_t strong = 0;
        for (size_t i = 0; i < shipped.items[r].rubric->sample_count; i++) {
            const struct sample *sample = &shipped.items[r].rubric->samples[i];
            if (strcmp(sample->kind, "strong") != 0)
                continue;
            strong++;
            double total =
                shipped_grade(&shipped.items[r], sample->parts, sample->part_count).total;
            if (total < sample->low || total > sample->high)
                row_fails(__FILE__, __LINE__, "%s/%s: %.1f, not %.0f to %.0f",
                          shipped.items[r].id, sample->id, total, sample->low,
                          sample->high);
        }
        if (!strong)
            row_fails(__FILE__, __LINE__, "%s has no strong sample", shipped.items[r].id);
    }
    table_ends();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strong_samples_are_strong),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_strung_terms),
    };
    return cmocka_run_group_tests(tests, shipped_load, shipped_release);
}
