#include "scoring/english.h"

#include <stdlib.h>
#include <string.h>

/* Lists are one string each, words parted by blanks; looked up once per distinct word. */
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
    { TRAIT_REASON, "because since otherwise unless therefore hence thus whereas although though "
                    "so cause cos coz cuz why thereby instead else meaning tradeoff" },
    { TRAIT_HEDGE, "maybe perhaps probably roughly about approximately approx guess think suppose "
                   "likely usually mostly often sometimes depends around estimate assume assuming "
                   "acceptable rare rarely almost nearly unlikely cost costs price risk worst "
                   "tradeoff downside but unless if could might may some few" },
    { TRAIT_ABSOLUTE, "guarantee guarantees guaranteed guaranteeing impossible never always "
                      "automatically automatic certain certainty proves proven proof definitely "
                      "infinite infinitely unlimited perfectly absolutely entirely completely "
                      "instantly instantaneous forever mathematically inherently permanently "
                      "eliminates eliminate zero any every all cannot therefore no exact "
                      "exactly" },
    { TRAIT_CONTRAST, "but however instead rather yet though although whereas while" },
    { TRAIT_POSSIBLE, "could might may possible possibly" },
    { TRAIT_WISH, "would should will want need i'd we'd i'll we'll wouldn't won't shouldn't need "
                  "needn't plan intend recommend suggest choose going" },
    { TRAIT_AVOID, "avoid avoids avoided avoiding skip skips skipped skipping drop reject rejects "
                   "rejected omit refuse" },
    { TRAIT_NOT, "not never don't doesn't didn't won't wouldn't shouldn't can't couldn't cannot "
                 "isn't aren't wasn't weren't mustn't needn't hasn't haven't hadn't n't dont "
                 "doesnt wont cant isnt wouldnt ain't" },
    { TRAIT_NO, "no without neither nor none" },
    { TRAIT_PRAISE, "great excellent robust perfect best amazing awesome powerful modern superb "
                    "outstanding brilliant good nice scalable efficient optimal ideal world-class" },
    { TRAIT_USE, "use used using need needs needed have has do does add adding implement "
                 "implemented want choose put build introduce require consider include bother "
                 "there's there any employ adopt deploy run support recommend go pick" },
};

static bool in_list(const char *list, const char *word)
{
    size_t length = strlen(word);
    if (!list || !length)
        return false;
    for (const char *at = list; (at = strstr(at, word)); at += length) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0'))
            return true;
    }
    return false;
}

enum word_class english_class(const char *word)
{
    for (int c = CLASS_NUMBER; c < CLASS_COUNT; c++)
        if (in_list(class_words[c], word))
            return (enum word_class)c;
    return CLASS_CONTENT;
}

/* --- phrases --- */

/* A phrase as one string; `*` stands for any one word, a|b for either. */
static bool word_fits(const char *pattern, size_t length, const char *word)
{
    if (length == 1 && *pattern == '*')
        return true;
    size_t n = strlen(word);
    while (length) {
        const char *bar = memchr(pattern, '|', length);
        size_t one = bar ? (size_t)(bar - pattern) : length;
        if (one == n && !memcmp(pattern, word, n))
            return true;
        if (!bar)
            return false;
        length -= one + 1;
        pattern = bar + 1;
    }
    return false;
}

/* How many words the phrase takes at the start of `words`; 0 when it does not fit. */
static size_t phrase_fits(const char *phrase, const char *const *words, size_t count)
{
    size_t used = 0;
    while (*phrase) {
        size_t length = strcspn(phrase, " ");
        if (used == count || !word_fits(phrase, length, words[used]))
            return 0;
        used++;
        phrase += length;
        phrase += *phrase == ' ';
    }
    return used;
}

static size_t longest_fit(const char *const *phrases, const char *const *words, size_t count)
{
    size_t best = 0;
    for (; *phrases; phrases++) {
        size_t used = phrase_fits(*phrases, words, count);
        if (used > best)
            best = used;
    }
    return best;
}

static const char *const reason_phrases[] = {
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

size_t english_reason_phrase(const char *const *words, size_t count)
{
    return longest_fit(reason_phrases, words, count);
}

static const char *const scope_cuts[] = {
    "out of scope", "not in scope", "outside the|of scope", "beyond the scope", "beyond scope",
    "leave out", "leave * out", "left out", "leaving out", "set aside", "park|parked|parking",
    "not now", "not part of", "not in the first|initial version", "won't cover|do|build|handle",
    "will not cover|do|build|handle", "not going to cover|do|build|handle", "skip for now",
    "for later", "later version", "non goals", "non goal", "below the line", "ignoring", "ignore",
    "i'd exclude", "exclude|excluded|excluding", "nice to have", "out :", NULL,
};

size_t english_scope_cut(const char *const *words, size_t count)
{
    return longest_fit(scope_cuts, words, count);
}

/* --- frames --- */

#define WHO "i|we|you|one|nobody|they|people|engineers|teams|candidates"
#define WOULD "would|should|will|do|did|must|can|could|shall|may"
#define WOULDNT "wouldn't|shouldn't|won't|don't|didn't|mustn't|can't|couldn't|cannot|wont|dont|wouldnt|never"
#define ACT "do|want|recommend|suggest|propose|build|design|follow|accept|choose|pick|believe|think|agree|say|claim|support|endorse|advise|try|consider|go"
#define THIS "this|that|it|these|those|so|any|anything|the"

/* The whole sentence is what somebody would not do, or what is not true. */
static const char *const rejecting_frames[] = {
    WHO " " WOULD " not|never " ACT " " THIS,
    WHO " " WOULD " not|never ever " ACT " " THIS,
    WHO " " WOULDNT " " ACT " " THIS,
    WHO " " WOULDNT " ever " ACT " " THIS,
    WHO " " WOULD " not|never " ACT " with this|that",
    WHO " do|would not think|believe|agree that",
    "i|we disagree|doubt|deny|reject that|the|with",
    "nobody|noone " WOULD " " ACT " " THIS,
    "no one " WOULD " " ACT " " THIS,
    "never|not do|build|design|accept " THIS,
    "do not " ACT " " THIS,
    "don't|dont " ACT " " THIS,
    "avoid|reject this|the following|doing",
    "i|we|i'd|we'd would|will avoid|reject|refuse|oppose this|the|to|doing",
    "i'd|we'd avoid|reject|refuse|oppose this|the|to|doing",
    "i'd|we'd never|not " ACT " " THIS,
    "i'll|we'll never|not " ACT " " THIS,
    "it is|was|would|isn't not|wrong|false|untrue|incorrect|a|never true|that|to|mistake|be|lie|myth",
    "it's|its not|wrong|false|untrue|incorrect|a true|that|to|mistake|myth|lie",
    "it would be wrong|bad|foolish|a|incorrect",
    "it is|isn't true|correct|right|the that|case",
    "it is not true|correct|right",
    "the opposite of",
    "contrary to",
    "what not to do",
    "not like this",
    "this is wrong|false|untrue",
    "what|here follows|is is|what|not wrong|i|what",
    "anti pattern",
    "under no circumstances",
    "in no case",
    "by no means",
    "there is no way",
    "i am|was not going to",
    "i'm|we're not going to do|say|propose|build this|that|it|the",
    "please do not",
    "please don't",
    NULL,
};

/* What a bad design does, up to the "but" or "instead" that follows. */
static const char *const clause_frames[] = {
    "a|the|one poor|bad|naive|weak|wrong|terrible|simplistic|junior|lazy|obvious design|candidate|answer|solution|approach|way|idea|version|implementation|engineer|choice",
    "a|the worst|simplest|first design|approach|way|idea|thing|solution would|might|is|one",
    "naive|naively", "some people|candidates|teams|would say|do|use|think|might",
    "people often|sometimes|might|would|will", "one|someone|you might|could|may be|say|think|do|use",
    "one|you may|might be tempted", "it is tempting to", "it's tempting to",
    "the temptation is", NULL,
};

static const char *const grader_frames[] = {
    "ignore|disregard|forget all|any|the|your|previous previous|instructions|prior|above",
    "ignore|disregard all previous|prior|above instructions",
    "system prompt|message|override|note", "as an ai|language", "dear|hey|hello grader|examiner|evaluator|interviewer",
    "note|message|instruction|instructions to|for the|grader|graders|examiner|evaluator",
    "award|give|grant|assign full|maximum|max|top|the|this|me|all|100 marks|score|points|answer|credit|maximum|full|highest",
    "you must|should give|award|grade|score|rate", "please give|award|grade|score|rate",
    "this answer|candidate|response deserves|should|is|must|fully deserve|be|full|perfect|get|receive|a|excellent|outstanding|earns|satisfies|covers",
    "this answer|response", "the grader|examiner|evaluator|candidate|score|grade should|must|is|will|has|of",
    "overall|grade|verdict|rating is|of|equals|explained|hire|100|strong", NULL,
};

/* The frame may stand behind a short opening: "so", "well", "and", "honestly". */
static const char openings[] = "so well and but also honestly ok okay now then again look "
                               "obviously clearly personally first second third finally";

enum frame english_frame(const char *const *words, size_t count, size_t *length)
{
    size_t skip = 0;
    while (skip < 2 && skip < count && in_list(openings, words[skip]))
        skip++;
    if ((*length = longest_fit(rejecting_frames, words + skip, count - skip)))
        return FRAME_REJECTS_ALL;
    if ((*length = longest_fit(grader_frames, words + skip, count - skip)))
        return FRAME_GRADER;
    if ((*length = longest_fit(clause_frames, words + skip, count - skip)))
        return FRAME_REJECTS_CLAUSE;
    return FRAME_NONE;
}

static bool starts_any(const char *const *phrases, const char *word)
{
    for (; *phrases; phrases++)
        if (word_fits(*phrases, strcspn(*phrases, " "), word))
            return true;
    return false;
}

unsigned english_traits(const char *word)
{
    unsigned traits = 0;
    for (size_t i = 0; i < sizeof(trait_lists) / sizeof(*trait_lists); i++)
        if (in_list(trait_lists[i].words, word))
            traits |= trait_lists[i].trait;
    if (starts_any(reason_phrases, word))
        traits |= TRAIT_STARTS_REASON;
    if (starts_any(scope_cuts, word))
        traits |= TRAIT_STARTS_CUT;
    if (starts_any(rejecting_frames, word) || starts_any(clause_frames, word) ||
        starts_any(grader_frames, word) || in_list(openings, word))
        traits |= TRAIT_STARTS_FRAME;
    return traits;
}
