#include "session/question.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "scoring/phrase.h"
#include "scoring/text.h"

#define LEAD                                                                             \
    "?so|and|but|ok|okay|well|hmm|um|also|then|first|sorry ?and|so|also|then|first"
#define BE "is|are|was|were"
#define DO "do|does|did|can|could|will|would|should|shall|may|might|must"
#define WHO                                                                              \
    "i|we|you|they|it|there|he|she|one|people|users|customers|clients|anybody|anyone|"   \
    "somebody|someone"
#define THE "the|this|these|those|that|our|all|any|every|each|some|a|an"
#define WHAT "what|which|who|whose"
#define MUCH                                                                             \
    "many|much|long|often|fast|big|large|small|quickly|fresh|exact|old|far|soon|likely"

/* "what we need is a queue" is no question: behind two words and more only what needs a subject. */
static const char *const patterns[] = {
    LEAD " " BE "|" DO "|have|has " WHO,
    LEAD " " BE "|does|can|could|will|would|should|may|must " THE,
    LEAD " " WHAT "|where|when|why|how " BE "|" DO,
    LEAD " " WHAT " * " BE "|" DO " " WHO "|" THE,
    LEAD " " WHAT " * * " DO " " WHO "|" THE,
    LEAD " " WHAT " * * * " DO " " WHO "|" THE,
    LEAD " what about|happens|if|kind|sort",
    LEAD " whats|what's|wheres|where's|hows|how's|whos|who's *",
    LEAD " for how long",
    "also|and whether|curious *",
    LEAD " since|until when",
    LEAD " in which|what region|regions|country|countries|currency|language",
    LEAD " any restrictions|restriction|limit|limits|limitation|requirement|requirements|"
         "constraint|constraints|preference|budget|sla|idea",
    LEAD " i want|need to know|ask",
    LEAD " i would like to know|ask",
    LEAD " i'd like to know|ask",
    LEAD " how " MUCH,
    NULL,
};
static const struct phrase_list openings = PHRASE_LIST(patterns);

/* "is rate limiting needed", but "is read heavy" too */
static const char *const doubtful_patterns[] = {
    LEAD " is|are|was|were|does *",
    NULL,
};
static const struct phrase_list doubtful = PHRASE_LIST(doubtful_patterns);

/* Too often a statement where things are decided, hardly ever while they are cleared up. */
static const char *const clearing_patterns[] = {
    LEAD " who *",
    LEAD " do|did all|any|both|our|your|these|those|most *",
    LEAD " do the|this|that * is|are",
    LEAD " any *",
    NULL,
};

/* What leaves two things open is no list of what the thing can do. */
static const char *const choosing_patterns[] = {
    LEAD
    " can|could|does|do|did|will|would|may|shall|should|has|have|is|are|which|what *",
    NULL,
};
static const struct phrase_list choosing = PHRASE_LIST(choosing_patterns);
static const struct phrase_list clearing = PHRASE_LIST(clearing_patterns);

enum {
    WORDS = 24,     /* of a question at most */
    WORD_MOST = 15, /* bytes of one */
    FEW_WORDS = 8,  /* of what asks for no fact, and of a choice */
};

struct opening {
    char words[WORDS][WORD_MOST + 1];
    const char *list[WORDS];
    size_t count, all;
};

static void add_word(struct opening *o, const char *word, size_t length)
{
    if (o->count == WORDS)
        return;
    char *copy = o->words[o->count];
    size_t kept = length < WORD_MOST ? length : WORD_MOST;
    for (size_t i = 0; i < kept; i++)
        copy[i] = (char)tolower((unsigned char)word[i]);
    copy[kept] = '\0';
    o->list[o->count++] = copy;
}

/* "e.g.", "i.e." */
static bool is_abbreviated(const char *text, size_t at)
{
    return text[at] == '.' && at >= 3 && text[at - 2] == '.' &&
           isalpha((unsigned char)text[at - 1]) && isalpha((unsigned char)text[at - 3]);
}

/* Whether one of the stops stands here; a point in "99.9" and "i.e." is none. */
static bool stops_at(const char *stops, const char *text, size_t length, size_t at)
{
    bool inside = at + 1 < length && !isspace((unsigned char)text[at + 1]);
    return strchr(stops, text[at]) &&
           (text[at] != '.' || !(inside || is_abbreviated(text, at)));
}

/* The words of a line; false when one of the `stops` stands between them. */
static bool read_opening(struct opening *o, const char *text, size_t length,
                         const char *stops)
{
    *o = (struct opening) { .count = 0 };
    for (size_t at = 0; at < length;) {
        size_t end = text_word_end(text, length, at);
        if (end > at) {
            add_word(o, text + at, end - at);
            o->all++;
            at = end;
        } else if (stops_at(stops, text, length, at++)) {
            return false;
        }
    }
    return true;
}

/* One sentence, in which nothing is answered already ("what happens then: we wait"). */
static bool opens_with(const struct phrase_list *list, const char *text, size_t length)
{
    struct opening o;
    return read_opening(&o, text, length, ".:;!\n") && o.all > 2 && o.all <= WORDS &&
           phrase_longest(list, o.list, o.count) > 0;
}

/* "if the store is down do we let them pass", "webhooks: must they be in order": a verb before its subject, and
 * something behind the two. "and should it fail, we try again" has that too. */
static bool inverts(const struct opening *o)
{
    static const char verbs[] =
        "do does did can could should shall may might must would will",
                      subjects[] =
                          "we they i you it he she people users customers clients there";
    for (size_t i = 0; i + 2 < o->count; i++) {
        const char *subject = o->list[i + 1];
        if (phrase_in_list(verbs, o->list[i]) && phrase_in_list(subjects, subject) &&
            (strcmp(o->list[i], "should") != 0 || phrase_in_list("we i", subject)))
            return true;
    }
    return false;
}

/* "aliases y/n", "the limit is per key, right" */
static bool wants_yes(const char *text, size_t length)
{
    static const char *const ends[] = { " y/n",    " yes/no",   " yes or no", " or not",
                                        ", right", ", correct", ", yes" };
    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        size_t size = strlen(ends[i]);
        if (length > size && !strncasecmp(text + length - size, ends[i], size))
            return true;
    }
    return false;
}

/* Who asks oneself goes on with the answer. */
static bool answers_itself(const struct opening *o)
{
    static const char own[] =
        "i'd i'll i'm think guess assume assuming suppose let's lets no";
    for (size_t i = 0; i + 1 < o->count; i++)
        if (phrase_in_list(own, o->list[i]))
            return true;
    return false;
}

static bool has_word(const struct opening *o, const char *word)
{
    for (size_t i = 0; i < o->count; i++)
        if (!strcmp(o->list[i], word))
            return true;
    return false;
}

/* "what must never happen is a double charge" */
static const char *const promising_patterns[] = {
    LEAD " what may|must|can|should|will never|not",
    NULL,
};
static const struct phrase_list promising = PHRASE_LIST(promising_patterns);

/* A line of one sentence. */
static bool asks_surely(const char *text, size_t length)
{
    struct opening o;
    read_opening(&o, text, length, "");
    if (phrase_longest(&promising, o.list, o.count) > 0)
        return false;
    if (opens_with(&openings, text, length))
        return true;
    if (!read_opening(&o, text, length, ".!\n") || o.all < 2 || o.all > WORDS)
        return false;
    return wants_yes(text, length) ||
           (!answers_itself(&o) &&
            (inverts(&o) || phrase_longest(&clearing, o.list, o.count) > 0 ||
             (phrase_longest(&choosing, o.list, o.count) > 0 && has_word(&o, "or"))));
}

enum {
    STATED_WORDS = 90,  /* of what asks so at most: what is longer is an answer */
    ASSUMED_WORDS = 45, /* the same of an assumption */
    PATTERN_BYTES = 80, /* that a pattern may take */
};

bool question_surely(const char *text, size_t length)
{
    size_t start = 0;
    if (utf8_words(text, length) > STATED_WORDS)
        return false;
    for (size_t at = 0; at <= length; at++) {
        if (at < length && !stops_at(".!\n", text, length, at))
            continue;
        while (start < at && strchr(" \t", text[start]))
            start++;
        if (at > start && asks_surely(text + start, at - start))
            return true;
        start = at + 1;
    }
    return false;
}

/* --- what asks in the form of a statement --- */

#define OPEN "whether|if|what|how|who|which|when|where|why"

static const char *const wondering_patterns[] = {
    "not sure|certain|clear " OPEN,
    "not sure|certain about",
    "do|can|could not know|tell|see " OPEN,
    "don't|dont|can't|cannot|couldn't know|tell|see " OPEN,
    "i wonder|wondering|ask",
    "i'm wondering|curious",
    "like|love|want to know|understand|hear|confirm|clarify|learn|nail|pin",
    "like|love|want to ask " OPEN "|about|you|for|a|one|some|more",
    "correct me",
    "tell|let me know|now|if|whether|what|how",
    "please|to confirm|clarify|correct",
    "want that|this|it confirmed",
    "in|for|after|within how long|many|much|fast",
    NULL,
};
static const struct phrase_list wonderings = PHRASE_LIST(wondering_patterns);

/* Behind an assumption it is what is done about it: "I assume some have none, then I have to know it by their name". */
static const char *const needing_patterns[] = {
    "need|have to know|understand|hear|confirm|clarify|learn|nail|pin",
    "need|have to ask " OPEN "|about|you|for|a|one|some|more",
    NULL,
};
static const struct phrase_list needings = PHRASE_LIST(needing_patterns);

static const char *const assuming_patterns[] = {
    LEAD " i|we assume|presume|guess|suppose|reckon|suspect|understand|imagine",
    LEAD " i|we would|will|also assume|presume|guess|suppose|think|expect",
    LEAD " i'd|i'll assume|presume|guess|suppose|expect",
    LEAD " i|we take it",
    LEAD " i'm|im assuming|presuming|guessing|reading|taking",
    LEAD " i am assuming|presuming|guessing|reading",
    LEAD " assuming|presumably",
    LEAD " my guess|assumption|understanding",
    NULL,
};
static const struct phrase_list assumings = PHRASE_LIST(assuming_patterns);

/* Whether one of the patterns begins at a word of the text. */
static bool has_phrase(const struct phrase_list *list, const char *text, size_t length)
{
    size_t words = 0;
    for (size_t at = 0; at < length;) {
        size_t end = text_word_end(text, length, at);
        struct opening o;
        if (end == at) {
            at++;
            continue;
        }
        size_t left = length - at < PATTERN_BYTES ? length - at : PATTERN_BYTES;
        read_opening(&o, text + at, left, "");
        if (++words > STATED_WORDS || phrase_longest(list, o.list, o.count) > 0)
            return words <= STATED_WORDS;
        at = end;
    }
    return false;
}

/* "Tell me please how much it takes", "please explain the providers": asked for from the first word on. */
static const char *const telling_patterns[] = {
    LEAD " ?please tell|give me|us *",
    LEAD " ?please tell|explain please *",
    LEAD " please tell|explain|describe *",
    LEAD " can|could you tell|explain|describe|give *",
    NULL,
};
static const struct phrase_list tellings = PHRASE_LIST(telling_patterns);

bool question_wonders(const char *text, size_t length)
{
    struct opening o;
    read_opening(&o, text, length, "");
    return (o.all <= STATED_WORDS && phrase_longest(&tellings, o.list, o.count) > 0) ||
           has_phrase(&wonderings, text, length) ||
           (phrase_longest(&assumings, o.list, o.count) == 0 &&
            has_phrase(&needings, text, length));
}

static const char *const assumed_patterns[] = {
    "i|we assume|presume|guess|suppose|suspect|reckon",
    "i take it",
    NULL,
};
static const struct phrase_list assumed_anywhere = PHRASE_LIST(assumed_patterns);

bool question_assumes(const char *text, size_t length)
{
    struct opening o;
    read_opening(&o, text, length, "");
    return (o.all <= STATED_WORDS && phrase_longest(&assumings, o.list, o.count) > 0) ||
           (o.all <= ASSUMED_WORDS && has_phrase(&assumed_anywhere, text, length));
}

/* "WHERE id=?", "(a, b) < (?, ?)": a place for a value. */
static bool is_placeholder(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] == ' ')
        at--;
    return at > 0 && strchr("=(,<>", text[at - 1]);
}

/* "/x?y=1" ends no sentence, nor does "99.9". */
static bool ends_sentence(const char *text, size_t length, size_t at)
{
    return strchr(".?!\n", text[at]) && !is_abbreviated(text, at) &&
           (text[at] != '?' || !is_placeholder(text, at)) &&
           (text[at] == '\n' || at + 1 == length || strchr(" \t\n\")?!.", text[at + 1]));
}

bool question_sentence(const char *text, size_t length, size_t *from, size_t *at)
{
    size_t start = *at;
    for (size_t i = start; i < length; i++) {
        if (!ends_sentence(text, length, i))
            continue;
        bool words = i > start + strspn(text + start, " \t\n\")?!.");
        if (text[i] == '?' && words) {
            *from = start;
            *at = i;
            return true;
        }
        start = i + 1;
    }
    return false;
}

size_t question_stop(const char *text, size_t length, size_t at, size_t *next)
{
    while (at < length && !ends_sentence(text, length, at))
        at++;
    *next = at < length ? at + 1 : length;
    return at;
}

bool question_leaves_open(const char *text, size_t length)
{
    size_t from, at = 0;
    struct opening o;
    while (question_sentence(text, length, &from, &at))
        ;
    read_opening(&o, text + at, length - at, "");
    return o.all <= WORDS && !answers_itself(&o);
}

bool question_follows(const char *text, size_t length)
{
    size_t from, at = 0;
    return question_sentence(text, length, &from, &at) && from > 0;
}

/* "how many clicks a link got": behind a word or two its subject, and no verb before it as in "how long does a link". */
static bool is_clause(const struct opening *o, size_t how)
{
    enum { NOUN_MOST = 2 };
    for (size_t i = how + 2; i < o->count && i <= how + 2 + NOUN_MOST; i++) {
        if (phrase_in_list("is are was were do does did can could will would should "
                           "shall may might must have has",
                           o->list[i]))
            return false;
        if (phrase_in_list("the this these those our each every a an i we they it",
                           o->list[i]))
            return true;
    }
    return false;
}

static const char *const how_patterns[] = { LEAD " how " MUCH, NULL };
static const struct phrase_list hows = PHRASE_LIST(how_patterns);

bool question_is_subject(const char *text, size_t length)
{
    enum { CLAUSE_MOST = 7 }; /* words; what is longer goes on behind the clause */
    struct opening o;
    read_opening(&o, text, length, "");
    size_t taken = phrase_longest(&hows, o.list, o.count);
    return taken > 0 && o.all > CLAUSE_MOST && is_clause(&o, taken - 2);
}

enum question_kind question_read(const char *text, size_t length)
{
    size_t from, at = 0;
    while (length > 0 && strchr(" \t\n\")", text[length - 1]))
        length--;
    if (length > 1 && text[length - 1] == '?' && !is_placeholder(text, length - 1))
        return QUESTION_MARKED;
    if (question_sentence(text, length, &from, &at))
        return QUESTION_WITHIN;
    while (length > 0 && text[length - 1] == '.')
        length--;
    return opens_with(&openings, text, length) || opens_with(&doubtful, text, length)
               ? QUESTION_WORDED
               : QUESTION_NONE;
}

/* --- several questions in one line --- */

static bool is_one_of(const char *word, size_t length, const char *list)
{
    for (size_t size; *list; list += size + (list[size] != '\0')) {
        size = strcspn(list, " ");
        if (size == length && !strncasecmp(list, word, size))
            return true;
    }
    return false;
}

static bool has_word_of(const char *text, size_t length, const char *list, size_t most)
{
    for (size_t at = 0; at < length && most > 0;) {
        size_t end = text_word_end(text, length, at);
        if (end > at && is_one_of(text + at, end - at, list))
            return true;
        most -= end > at;
        at = end > at ? end : at + 1;
    }
    return false;
}

#define VERBS                                                                            \
    "is are was were do does did can could will would should shall may might must"
#define ASKING "what which who whose how where when why " VERBS

#define REFERRING "it them they this that"

/* "and so how ...", "in which ..." */
static bool begins_asking(const char *text, size_t length)
{
    static const char before[] =
        "and or but so also then plus in for by at to from since until with of on";
    for (size_t at = 0, words = 0; at < length && words < 3;) {
        size_t end = text_word_end(text, length, at);
        if (end == at) {
            at++;
            continue;
        }
        if (is_one_of(text + at, end - at, ASKING))
            return true;
        if (!is_one_of(text + at, end - at, before))
            return false;
        at = end;
        words++;
    }
    return false;
}

static bool asks_anew(const char *behind, size_t rest)
{
    size_t end = 0;
    while (end < rest && !strchr("?;,\n", behind[end]))
        end++;
    return begins_asking(behind, end) && !has_word_of(behind, end, REFERRING, end);
}

enum { CONDITION_WITHIN = 3 }; /* words: "what happens if" */

/* "when is it due" is none. */
static bool sets_condition(const char *before, size_t length)
{
    for (size_t at = 0, words = 0; at < length && words < CONDITION_WITHIN;) {
        size_t end = text_word_end(before, length, at);
        if (end == at) {
            at++;
            continue;
        }
        if (is_one_of(before + at, end - at, "if when where"))
            return !has_word_of(before + end, length - end, VERBS, 1);
        at = end;
        words++;
    }
    return false;
}

/* "if a phone is stolen, how fast must we act", "what if stock is down and we sell too much": one question. */
static bool parts_at(const char *text, size_t length, size_t first, size_t at, size_t end)
{
    if (end == at && strchr("?;+\n", text[at]))
        return true;
    if (end == at)
        return text[at] == ',' && asks_anew(text + at + 1, length - at - 1) &&
               !sets_condition(text + first, at - first);
    return is_one_of(text + at, end - at, "and") &&
           (!sets_condition(text + first, at - first) ||
            asks_anew(text + end, length - end));
}

typedef bool parting(const char *text, size_t length, size_t first, size_t at,
                     size_t end);

/* Up to where it parts; `at` goes from word to word, `end` behind a word or where a mark stands. */
static size_t piece_end(parting *parts, const char *text, size_t length, size_t at,
                        size_t *next)
{
    size_t first = at;
    while (at < length) {
        size_t end = text_word_end(text, length, at);
        size_t behind = end > at ? end : at + 1;
        if (parts(text, length, first, at, end)) {
            *next = behind;
            return at;
        }
        at = behind;
    }
    *next = length;
    return length;
}

size_t question_piece(const char *text, size_t length, size_t at, size_t *next)
{
    return piece_end(parts_at, text, length, at, next);
}

/* Whether a clause of it begins as questions do, or it is a few words that name what is asked about: "latency target, and
 * which regions". What is said before a question is part of it: "most are small, so can we keep them in memory". */
static bool has_question(const char *text, size_t length)
{
    enum { NAMED_MOST = 4 };
    static const char setting[] =
        "after before once while until unless during for in on at with by because since as";
    if (begins_asking(text, length) || (utf8_words(text, length) <= NAMED_MOST &&
                                        !has_word_of(text, length, setting, 1)))
        return true;
    for (size_t at = 0; at < length; at++)
        if (strchr(",:-", text[at]) && begins_asking(text + at + 1, length - at - 1))
            return true;
    return false;
}

/* "... two steps, or is all one": another answer to choose from. `at` is where the "or" stands, or the comma before it. */
static bool offers_answer(const char *text, size_t length, size_t at)
{
    while (at < length && strchr(", ", text[at]))
        at++;
    size_t end = text_word_end(text, length, at);
    return is_one_of(text + at, end - at, "or") &&
           has_word_of(text + end, length - end, "is are was were", 1);
}

/* Where the piece before is a question, and another one begins behind. */
static bool halves_at(const char *text, size_t length, size_t first, size_t at,
                      size_t end)
{
    if (end == at && strchr("?;\n", text[at]))
        return true;
    if (end == at ? text[at] != ','
                  : !is_one_of(text + at, end - at, "and or but plus also"))
        return false;
    const char *behind = text + (end > at ? end : at + 1);
    size_t rest = length - (size_t)(behind - text);
    bool asks = end > at && is_one_of(text + at, end - at, "and")
                    ? begins_asking(behind, rest)
                    : asks_anew(behind, rest);
    return asks && !sets_condition(text + first, at - first) &&
           has_question(text + first, at - first) && !offers_answer(text, length, at);
}

size_t question_half(const char *text, size_t length, size_t at, size_t *next)
{
    return piece_end(halves_at, text, length, at, next);
}

bool question_refers(const char *text, size_t length)
{
    return has_word_of(text, length, REFERRING, length);
}

/* --- what asks for no fact --- */

/* "does that make sense?", "shall I go on?", "can I ask questions first?" */
static const char *const checking_patterns[] = {
    LEAD " does|do that|this|it make sense",
    LEAD " does that|this cover|help|answer",
    LEAD " is|are that|this|it|we ok|okay|fine|clear|good|enough|right|alright|correct",
    LEAD " shall|should|can|may|do i|we go|move|carry|continue|start|begin|proceed|ask",
    LEAD " are you there|with",
    LEAD " you there",
    LEAD " am i clear|right",
    LEAD " ready|okay|fine|clear|right|alright|sounds",
    LEAD " anything else",
    NULL,
};
static const struct phrase_list checkings = PHRASE_LIST(checking_patterns);

/* What may stand behind them: "is it ok to lose a few?" is no such thing, and must not be told yes. */
static const char checking_rest[] =
    "so far to for with that this it now then here first before next on in ahead i you a few some "
    "my question questions sense want need is are the ok okay or not start starting";

bool question_checks(const char *text, size_t length)
{
    struct opening o;
    if (!read_opening(&o, text, length, "") || o.all > FEW_WORDS)
        return false;
    size_t taken = phrase_longest(&checkings, o.list, o.count);
    for (size_t i = taken; i < o.count; i++)
        if (!is_one_of(o.words[i], strlen(o.words[i]), checking_rest))
            return false;
    return taken > 0;
}

static const char *const opinion_patterns[] = {
    LEAD " should|shall|may|am|did|do|can i *",
    LEAD " would you *",
    LEAD " do|would you want|like me|to",
    LEAD " which|what * should|shall|would i|we|you *",
    LEAD " which|what * * should|shall|would i|we|you *",
    LEAD " which|what * do i|we take|use|choose|pick",
    LEAD " which|what * * do i|we take|use|choose|pick",
    NULL,
};
static const struct phrase_list opinions = PHRASE_LIST(opinion_patterns);

bool question_seeks_opinion(const char *text, size_t length)
{
    struct opening o;
    read_opening(&o, text, length, "");
    return phrase_longest(&opinions, o.list, o.count) > 0;
}

int question_choice(const char *text, size_t length)
{
    struct opening o;
    if (!read_opening(&o, text, length, "") || o.all > FEW_WORDS)
        return 0;
    if (has_word_of(text, length, "both", FEW_WORDS))
        return QUESTION_BOTH;
    if (has_word_of(text, length, "second latter", FEW_WORDS))
        return 2;
    return has_word_of(text, length, "first former yes yeah yep right exactly correct",
                       FEW_WORDS);
}

/* --- what chooses nothing --- */

#define FINITE                                                                           \
    "is are was were has have had can could will would should shall may might must do "  \
    "does did cannot needs need stays stay keeps keep gets get lives live"

static const char counting[] =
    "two three four five six seven eight nine ten twelve dozen twenty fifty hundred "
    "hundreds thousand thousands million millions once twice half zero";
static const char negating[] =
    "no not none never nobody nothing without neither nor "
    "isn't aren't don't doesn't can't won't cannot dont doesnt";

/* "I mean ...", "we want the ..." */
static const char *const meaning_patterns[] = {
    "?so|well|hm|hmm|no|sorry i|we mean|meant|want|wanted|asked|ask",
    "?so|well|hm|hmm|no|sorry i was|am asking",
    NULL,
};
static const struct phrase_list meanings = PHRASE_LIST(meaning_patterns);

/* A verb behind a subject of its own; what stands behind "whether" or "how" is what was offered. */
static bool has_own_verb(const struct opening *o, size_t first)
{
    if (first + 1 < o->count &&
        phrase_in_list("i we you they it he she there", o->list[first]))
        return true;
    for (size_t i = first; i < o->count; i++) {
        if (phrase_in_list("whether if how who what which when where why that",
                           o->list[i]))
            return false;
        if (i > first && phrase_in_list(FINITE, o->list[i]))
            return true;
    }
    return false;
}

bool question_states(const char *text, size_t length)
{
    struct opening o;
    read_opening(&o, text, length, "");
    size_t first = phrase_longest(&meanings, o.list, o.count);
    for (size_t i = 0; i < length; i++)
        if (isdigit((unsigned char)text[i]))
            return true;
    for (size_t i = first; i < o.count; i++)
        if (phrase_in_list(counting, o.list[i]) || phrase_in_list(negating, o.list[i]))
            return true;
    return has_own_verb(&o, first);
}
