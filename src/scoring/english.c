#include "scoring/english.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "scoring/frame.h"
#include "scoring/order.h"
#include "scoring/phrase.h"

/* Lists are one string each, words parted by blanks; put into one table by english_new(). */
static const char *const class_words[CLASS_COUNT] = {
    [CLASS_NUMBER] = "two three four five six seven eight nine ten eleven twelve fifteen sixteen "
                     "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
                     "million billion trillion hundreds thousands millions billions dozen half",
    [CLASS_DETERMINER] = "a an the this that these those each every any some all both either "
                         "another other such my our your its their his her which whose what "
                         "several few many much more most enough one own",
    [CLASS_PREPOSITION] = "of in on at by for with from to into onto over under between among "
                          "through across during before after behind against without within per "
                          "via as like about above below near upon toward towards until till "
                          "beyond inside outside off along around beside besides despite except "
                          "than since plus versus vs",
    [CLASS_PRONOUN] = "i we you he she it they me us him them myself ourselves itself themselves "
                      "something anything nothing everything someone anyone everyone nobody who "
                      "there here i'd i'll i'm i've we'd we'll we're we've you'd you'll you're "
                      "it's it'll it'd they're they'll they'd that's there's what's let's he's "
                      "she's who's mine ours",
    [CLASS_AUXILIARY] = "is are was were be been being am do does did has have had having will "
                        "would shall should can could may might must isn't aren't wasn't weren't "
                        "don't doesn't didn't hasn't haven't hadn't won't wouldn't shouldn't can't "
                        "couldn't mustn't cannot needn't ain't gonna gotta dont doesnt wont cant "
                        "isnt wouldnt",
    [CLASS_CONJUNCTION] = "and or but nor so yet because if while whereas although though unless "
                          "when whenever where once whether hence therefore thus otherwise "
                          "however then cause cos coz cuz",
    [CLASS_NEGATOR] = "not no never none neither n't",
    [CLASS_ADVERB] = "also just only even still already again too very quite rather really maybe "
                     "perhaps probably basically actually simply well now later soon always often "
                     "sometimes usually mostly first second third finally next last ok okay yes "
                     "yeah hmm um uh oh right anyway further instead together almost roughly "
                     "about nearly approximately exactly ever else long how why etc please thanks "
                     "same far away back up down out little least less kind sort lot bit least",
    [CLASS_FILLER] = "use used uses using utilize utilise utilized important good great best better nice make makes "
                     "made making thing things way ways handle handles handled handling implement "
                     "implemented implementing ensure ensures consider considered considering "
                     "need needs needed want wants wanted like think thinking guess say says said "
                     "talk talking discuss mention mentioned include included includes including "
                     "provide provides provided add added adding have get gets getting go goes "
                     "going come take takes taken put puts choose chose chosen pick picked select "
                     "apply applied leverage leveraging employ adopt adopted support supports "
                     "supported key crucial critical essential necessary vital significant useful "
                     "helpful robust scalable reliable efficient powerful modern appropriate "
                     "proper properly suitable various different certain solution solutions "
                     "approach approaches technique techniques technology technologies concept "
                     "concepts aspect aspects feature features component components part parts "
                     "system systems design designs architecture based thus able possible "
                     "required requirement requirements future world state-of-the-art industry "
                     "standard standards practice practices etc popular common famous known "
                     "experience modernize everything overall general generally careful "
                     "carefully attention keep mind remember aware sure definitely course "
                     "obviously highly very extremely perfect perfectly excellent amazing "
                     "awesome easy easily help helps place role play plays strategy strategies "
                     "topic topics issue issues problem problems deal deals dealing area areas "
                     "depends depending matter matters purpose example relevant situation",
};

struct trait_list {
    enum word_trait trait;
    const char *words;
};

static const struct trait_list trait_lists[] = {
    { TRAIT_REASON,
      "because since otherwise unless therefore hence thus whereas although though "
      "so cause cos coz cuz why thereby instead else meaning tradeoff" },
    { TRAIT_CAUSE, "because cos coz cuz" },
    { TRAIT_HEDGE,
      "maybe perhaps probably roughly about approximately approx guess think suppose "
      "likely usually mostly often sometimes depends around estimate assume assuming "
      "acceptable rare rarely almost nearly unlikely cost costs price risk worst "
      "tradeoff downside but unless if could might may some few" },
    { TRAIT_ABSOLUTE,
      "guarantee guarantees guaranteed guaranteeing impossible never always "
      "automatically automatic certain certainty proves proven proof definitely "
      "infinite infinitely unlimited perfectly absolutely entirely completely "
      "instantly instantaneous forever mathematically inherently permanently "
      "eliminates eliminate zero any every all cannot therefore no exact "
      "exactly" },
    { TRAIT_CONTRAST, "but however instead rather yet though although whereas while" },
    { TRAIT_POSSIBLE, "could might may possible possibly" },
    { TRAIT_WISH,
      "would should will want need i'd we'd i'll we'll wouldn't won't shouldn't need "
      "needn't plan intend recommend suggest choose going" },
    { TRAIT_AVOID,
      "avoid avoids avoided avoiding skip skips skipped skipping drop reject rejects "
      "rejected omit refuse" },
    { TRAIT_NOT,
      "not never don't doesn't didn't won't wouldn't shouldn't can't couldn't cannot "
      "isn't aren't wasn't weren't mustn't needn't hasn't haven't hadn't n't dont "
      "doesnt wont cant isnt wouldnt ain't hardly scarcely" },
    { TRAIT_NO, "no without neither nor none" },
    { TRAIT_PRAISE,
      "great excellent robust perfect best amazing awesome powerful modern superb "
      "outstanding brilliant good nice scalable efficient optimal ideal world-class" },
    { TRAIT_USE,
      "use used using need needs needed have has do does add adding implement "
      "implemented want choose put build introduce require consider include bother "
      "there's there any employ adopt deploy run support recommend go pick" },
    { TRAIT_UNNEEDED, "unnecessary overkill pointless superfluous unneeded" },
    { TRAIT_TAKES_BACK, "but which though although however and" },
    { TRAIT_WEIGH,
      "but however although though instead rather not never no except without nothing none "
      "solely merely nevertheless nonetheless despite "
      "cannot can't don't doesn't didn't isn't aren't won't wouldn't unless only" },
    { TRAIT_HARM,
      "lose losing miss missing wait waiting block blocking fail failing crash crashing "
      "leak overload exceed hit reach know notice suffer break hang stall die drift "
      "collide repeat overwrite forget risk charge pay spend" },
    { TRAIT_CONDITION, "when whenever if while where wherever once" },
    { TRAIT_LIMIT,
      "until till only alone itself themselves own within beyond below above outside" },
    { TRAIT_HESITATION, "um umm uh uhh uhm er erm hm hmm hmmm eh" },
};

/* --- phrases --- */

static const char *const reason_patterns[] = {
    "so that", "at the cost|price|expense of", "the cost is", "the price is", "in exchange for",
    "in return for", "instead of", "rather than", "as opposed to", "which means", "that means",
    "this means", "meaning that", "due to", "in order to", "to avoid", "to prevent", "to keep",
    "to reduce", "trade off", "trade offs", "give up", "gives up", "giving up", "we lose",
    "we accept", "i accept", "is acceptable", "is fine", "the reason", "reason is", "reason being",
    "that way", "that's why", "thats why", "this way", "in case", "even if", "as long as",
    "given that", "the downside", "the upside", "as it|we|the|this|they|there|a|i", "to not",
    "for the sake of", "better than", "cheaper than", "worse than", "faster than", "simpler than",
    "more than", "less than", "no need", "not worth", "would otherwise", "else we|the|it",
    "if not", "it costs", "costs us", "buys us", "lets us", "allows us", "makes sure", NULL,
};
static const struct phrase_list reason_phrases = PHRASE_LIST(reason_patterns);

size_t english_reason_phrase(const char *const *words, size_t count)
{
    return phrase_longest(&reason_phrases, words, count);
}

/* --- all of them --- */

enum { SLOTS = 1 << 12 }; /* more than twice the words in the lists */

struct entry {
    const char *text; /* in its list */
    uint16_t length;
    uint8_t word_class;
    uint8_t order; /* 0: that of its class */
    uint32_t traits;
};

struct english {
    ARRAY(struct entry) entries;
    uint16_t slots[SLOTS]; /* index + 1; 0: free */
};

/* The slot that the word has, or would have. */
static size_t slot_of(const struct english *e, const char *word, size_t length)
{
    size_t at = hash_bytes(HASH_START, word, length) % SLOTS;
    for (; e->slots[at]; at = (at + 1) % SLOTS) {
        const struct entry *known = &e->entries.items[e->slots[at] - 1];
        if (known->length == length && !memcmp(known->text, word, length))
            break;
    }
    return at;
}

static struct entry *entry_of(struct english *e, const char *word, size_t length)
{
    uint16_t *slot = &e->slots[slot_of(e, word, length)];
    if (!*slot) {
        assert(e->entries.count < SLOTS / 2);
        *array_add(&e->entries) =
            (struct entry) { .text = word, .length = (uint16_t)length };
        *slot = (uint16_t)e->entries.count;
    }
    return &e->entries.items[*slot - 1];
}

/* What the words of one list are. */
struct filling {
    struct english *english;
    enum word_class word_class;
    unsigned trait;
};

/* A word of two classes is of the first. */
static void fill(void *state, const char *word, size_t length)
{
    const struct filling *f = state;
    struct entry *entry = entry_of(f->english, word, length);
    if (entry->word_class == CLASS_CONTENT)
        entry->word_class = (uint8_t)f->word_class;
    entry->traits |= f->trait;
}

struct english *english_new(void)
{
    struct english *e = xcalloc(1, sizeof(*e));
    struct filling f = { .english = e };
    for (int c = CLASS_NUMBER; c < CLASS_COUNT; c++) {
        f.word_class = (enum word_class)c;
        phrase_words(class_words[c], fill, &f);
    }
    f.word_class = CLASS_CONTENT;
    for (size_t i = 0; i < sizeof(trait_lists) / sizeof(*trait_lists); i++) {
        f.trait = trait_lists[i].trait;
        phrase_words(trait_lists[i].words, fill, &f);
    }
    f.trait = TRAIT_STARTS_REASON;
    phrase_starts(&reason_phrases, fill, &f);
    f.trait = TRAIT_STARTS_CUT;
    frame_cut_starts(fill, &f);
    f.trait = TRAIT_STARTS_REFUSAL;
    frame_refusal_starts(fill, &f);
    f.trait = TRAIT_STARTS_PLAN;
    frame_plan_starts(fill, &f);
    f.trait = TRAIT_STARTS_FRAME;
    frame_starts(fill, &f);
    for (int i = ORDER_FIRST_WORD; i < ORDER_COUNT; i++)
        entry_of(e, order_names[i], strlen(order_names[i]))->order = (uint8_t)i;
    return e;
}

void english_free(struct english *e)
{
    if (!e)
        return;
    array_release(&e->entries);
    free(e);
}

struct english_word english_find(const struct english *e, const char *word, size_t length)
{
    uint16_t slot = e->slots[slot_of(e, word, length)];
    const struct entry *known = slot ? &e->entries.items[slot - 1] : NULL;
    enum word_class word_class =
        known ? (enum word_class)known->word_class : CLASS_CONTENT;
    uint8_t order = known && known->order ? known->order
                    : word_class          ? (uint8_t)word_class
                                          : order_of_content(word, length);
    return (struct english_word) { word_class, order, known ? known->traits : 0 };
}
