#include "scoring/frame.h"

#include "scoring/phrase.h"

#define WHO                                                                              \
    "i|we|you|one|nobody|noone|they|people|engineers|teams|he|she|somebody|everybody"
#define WHOD "i'd|we'd|you'd|they'd|i'll|we'll|you'll"
#define WOULD "would|should|will|do|did|must|can|could|shall|may|might"
#define WOULDNT                                                                          \
    "wouldn't|shouldn't|won't|don't|didn't|mustn't|can't|couldn't|cannot|wont|dont|"     \
    "wouldnt|never"
#define SURELY                                                                           \
    "?really|certainly|definitely|absolutely|simply|personally|rather|ever|even|"        \
    "normally|just"
#define ACT                                                                              \
    "do|want|recommend|suggest|propose|build|design|follow|accept|choose|pick|say|"      \
    "claim|support|"                                                                     \
    "endorse|advise|try|consider|go|write|make|run|solve|handle|use|have|take|defend"
#define THIS "this|that|these|those|so|following|below"
/* "this:", "it like this:", "the following thing:" ... */
#define THIS_WAY                                                                         \
    "?it|things|something|anything ?like|with|for|of|to ?the " THIS " ?way|thing|things"
#define ANNOUNCED THIS_WAY " :"
#define IT_IS "it|that|this is|was"
#define ITS "it's|that's|this's"
#define FALSE "wrong|false|untrue|incorrect|nonsense|mistaken"
#define TRUE "true|right|correct|so|accurate"
#define SAY_IT "say|claim|think|believe|assume|suppose|argue"
#define MYTH "myth|lie|misconception|fallacy|error|mistake|legend"
#define COMMON                                                                           \
    "?very|most ?common|popular|usual|frequent|typical|classic|widespread|big|old"

/* The whole sentence is what somebody would not do, or what is not true. */
static const char *const rejecting_patterns[] = {
    WHO " " WOULD " " SURELY " not|never " SURELY " " ACT " " ANNOUNCED,
    WHO " " WOULDNT " " SURELY " " ACT " " ANNOUNCED,
    WHOD " " SURELY " not|never " SURELY " " ACT " " ANNOUNCED,
    "nobody|noone " WOULD " " SURELY " " ACT " " ANNOUNCED,
    "no one|engineer|team " WOULD " " SURELY " " ACT " " ANNOUNCED,
    "?please|just do not ?ever " ACT " " ANNOUNCED,
    "?please|just don't|dont|never ?ever " ACT " " ANNOUNCED,
    "?please avoid|reject|skip " ANNOUNCED,
    "i|we ?would|will|do reject|refuse|oppose|avoid|dismiss|deny|dispute " ANNOUNCED,
    WHOD " reject|refuse|oppose|avoid|dismiss " ANNOUNCED,
    "i|we|i'm|we're|i'd|we'd ?am|are|was|would ?be ?strongly|firmly|totally "
    "against|opposed " ANNOUNCED,
    "i|we|i'd|we'd|i'll|we'll ?would|should|will ?strongly "
    "advise|recommend|argue|decide|decided|vote|warn against " ANNOUNCED,
    "i|we|i'm|we're ?am|are not going to " ACT " " ANNOUNCED,
    FALSE
    "|no|never|not|nope|don't|bad|myth|misconception|mistake|antipattern|fallacy|lie :",
    "not " TRUE "|this|that|thus ?way :",
    "not like|in " ANNOUNCED,
    "bad|poor|wrong|terrible|awful "
    "idea|design|answer|approach|practice|advice|way|solution :",
    "?an|the|this anti pattern|patterns :",
    "?here|this|that|these|below ?is|are|comes|follows what|how|things ?not|never "
    "?i|we|you|one|people ?would|should|will|do ?rather not|never ?to "
    "?do|build|design|want|recommend "
    "?it|this|that ?is ?:",
    "?here|this|that|these ?is|are what|how|things nobody|noone ?would|should|will ?ever "
    "?do|build ?:",
    "?here|this|that ?is what|how|things not|never to do|build|design ?it|this|that ?:",
    IT_IS " " SURELY " not|never " SURELY " " TRUE " that|:",
    IT_IS " " SURELY " not|never " SURELY " " TRUE " to " SAY_IT,
    ITS " " SURELY " not|never " SURELY " " TRUE " that|:",
    "it|that|this isn't|wasn't|ain't ?at ?all " TRUE " that|:",
    IT_IS " " SURELY " " FALSE " that|:",
    ITS " " SURELY " " FALSE " that|:",
    "it|that|this is|was|would ?be " SURELY " " FALSE " to " SAY_IT,
    ITS " " SURELY " " FALSE " to " SAY_IT,
    "it|that|this is|was|would ?be a|an|the " COMMON " " MYTH " that|:",
    ITS " a|an|the " COMMON " " MYTH " that|:",
    "the following ?sentence|claim|design|text|idea|plan is " SURELY " " FALSE "|bad",
    "the following ?sentence|claim|design|text|idea|plan is not|never " TRUE "|what",
    "what follows|comes ?next|now|below is " SURELY " " FALSE "|bad",
    "what follows|comes ?next|now|below is not|never " TRUE "|what",
    "do|this|that|here|the ?is ?the opposite of what|this|that",
    "i|we ?strongly|completely|firmly|totally ?would|must|do disagree",
    "i|we ?strongly|firmly ?would|must|do deny|dispute that",
    "under no circumstances|condition|conditions :",
    "by no means :",
    "in no case|way|event :",
    "on no account :",
    "there is|isn't no|any|a way that|i|we|you|:",
    "there's no way that|i|we|you|:",
    "anything but this|that",
    NULL,
};
static const struct phrase_list rejecting = PHRASE_LIST(rejecting_patterns);

/* What the writer holds against, with or without a reason. */
static const char *const denying_patterns[] = {
    WHO " " WOULD " " SURELY " not|never " SURELY " " ACT " " THIS_WAY,
    WHO " " WOULDNT " " SURELY " " ACT " " THIS_WAY,
    WHOD " " SURELY " not|never " SURELY " " ACT " " THIS_WAY,
    "i|we " SURELY " do|did|would|can|could not " SURELY
    " think|believe|suppose|feel|agree|expect ?that",
    "i|we " SURELY " don't|dont|didn't|wouldn't|can't|never " SURELY
    " think|believe|suppose|feel|agree|expect ?that",
    "i|we ?would ?seriously|strongly|really|highly doubt ?that|if|whether",
    "rejected|discarded|dismissed|declined "
    "?alternative|alternatives|option|options|idea|design|choice :",
    "not chosen|used|picked|taken|needed|recommended|doing|wanted :",
    "ruled out :",
    "alternatives|options|things ?that we|i rejected|discarded|dismissed :",
    NULL,
};
static const struct phrase_list denying = PHRASE_LIST(denying_patterns);

#define POOR                                                                             \
    "poor|bad|naive|weak|wrong|terrible|simplistic|junior|lazy|careless|inexperienced|"  \
    "sloppy|mediocre"
#define DESIGN                                                                           \
    "design|candidate|answer|solution|approach|way|idea|version|implementation|"         \
    "engineer|developer|"                                                                \
    "choice|team|system|architecture|option|thing|plan|person"
#define SOME                                                                             \
    "some|many|most|others|people|they|everybody|everyone|books|articles|blogs|"         \
    "tutorials|textbooks|"                                                               \
    "candidates|colleagues|engineers|beginners"
#define SAY                                                                              \
    "say|says|think|thinks|claim|claims|believe|believes|argue|argues|recommend|"        \
    "recommends|suggest|"                                                                \
    "suggests|propose|proposes|insist|insists|assume|assumes|declare|declares|promise|"  \
    "promises|swear"

/* What a bad design does, or others say, up to the "but" or "instead" that follows. */
static const char *const clause_patterns[] = {
    "a|an|the|one|some|any ?very|more|rather|really " POOR " " DESIGN
    " would|might|could|may|will|can|is|:",
    "the worst " DESIGN " would|might|could|is|:",
    "naively",
    SOME " ?people|engineers|teams|candidates|authors|articles|books|blogs ?of ?us|them "
         "?would|will|might|may|often|always|still " SAY,
    SOME " * ?* ?* and ?then|so " SAY,
    "some|many|others|most ?people|engineers|teams|candidates would|might",
    IT_IS " ?often|sometimes|commonly|widely|usually|generally "
          "said|claimed|believed|assumed|argued that",
    "you|one ?will|may|might|can ?often|sometimes|always hear|read|hears|reads "
    "that|people",
    "i|we|you have ?often|sometimes|all heard|read that|people",
    "i've|we've|you've ?often|sometimes|all heard|read that|people",
    "a|an|one|the|another " COMMON
    " mistake|myth|misconception|error|pitfall|fallacy|trap is|would|:",
    "it|that is|was|would ?be a|an ?very|really ?bad|poor|terrible|wrong|awful|stupid "
    "idea|choice|mistake|error|folly|shame to",
    "it|that is|was|would ?be " SURELY
    " wrong|bad|foolish|stupid|silly|pointless|useless|unwise|naive to",
    "contrary to",
    "under no circumstances|condition|conditions",
    "by no means",
    "in no case|way|event",
    "on no account",
    NULL,
};
static const struct phrase_list clause = PHRASE_LIST(clause_patterns);

/* What one could do, if a "but" follows. */
static const char *const tempting_patterns[] = {
    "one|you|someone|somebody|people could|might|may|can|would",
    "the simplest|first|obvious|easiest|usual|cheapest " DESIGN " would|might|could|is",
    "people|teams|engineers|candidates ?often|sometimes|usually use|do|try|build|start",
    "it is|would ?be tempting|natural to",
    "it's tempting|natural to",
    "the temptation is",
    NULL,
};
static const struct phrase_list tempting = PHRASE_LIST(tempting_patterns);

#define GRADER "grader|graders|examiner|evaluator|scorer|marker|ai|llm|model"
#define GIVE "award|give|grant|assign|allot"
#define BEST "full|maximum|max|top|highest|perfect|all|100|best|excellent|complete"
#define MARKS "marks|mark|score|scores|points|credit|grade|rating"
#define RULES "instructions|instruction|prompt|prompts|rubric|criteria|guidelines|orders"

static const char *const grader_patterns[] = {
    "ignore|disregard|forget ?all|any ?of ?the|your|my "
    "?previous|prior|above|earlier|other " RULES,
    "system override|prompt|instruction",
    "system message|note :",
    "as an ai|llm|assistant|grader|evaluator",
    "as a language|grader|large",
    "you are an|a|now ?a|an ?helpful|fair|generous ai|llm|language|" GRADER "|assistant",
    "dear|hey|hello|hi|attention|listen|to " GRADER "|assistant",
    "note|message|instruction|instructions|hint|memo to|for ?the|any " GRADER,
    "?you|please ?must|should|will|can|now ?please " GIVE
    " ?me|it|this|us|my ?answer|candidate|response|submission ?the|a|an " BEST
    " ?possible " MARKS,
    "?you|please ?must|should|will|can|now ?please " GIVE
    " ?me|it|this|us|my ?answer ?the|a|an " MARKS " of|: ?at ?least 100|10|full|maximum",
    "?you|please ?must|should|will|can|now ?please " GIVE "|rate|score|grade|mark "
    "this|my|the answer|candidate|response|submission",
    "this|my|the|above ?answer|response|candidate|submission|design "
    "?fully|clearly|really|certainly "
    "deserves|merits|earns",
    "this|my answer|candidate|submission ?is|should|must ?be|get|receive ?fully|clearly "
    "graded|scored|rated|marked|excellent|perfect|outstanding|satisfies|meets|covers",
    "all|every|each ?the|of criteria|criterion ?of is|are|has|have|were "
    "?been ?fully|clearly explained|covered|met|satisfied|fulfilled",
    "the grader|examiner|evaluator|scorer should|must|is|will|has|can|may",
    "overall|final|total ?overall|final grade|score|rating|verdict|mark ?is|: " BEST
    "|explained|strong|hire|outstanding",
    "score|grade|rating|verdict|mark :|of "
    "100|10|full|explained|excellent|perfect|outstanding|strong|"
    "maximum",
    NULL,
};
static const struct phrase_list grader = PHRASE_LIST(grader_patterns);

/* A frame may stand behind a short opening: "so", "well", "and", "honestly". */
static const char openings[] =
    "so well and but also honestly frankly ok okay now then again look "
    "obviously clearly personally first second third finally";

enum frame frame_read(const char *const *words, size_t count, size_t *length)
{
    static const struct {
        const struct phrase_list *list;
        enum frame frame;
    } kinds[] = {
        { &rejecting, FRAME_REJECTS_ALL }, { &grader, FRAME_GRADER },
        { &denying, FRAME_DENIES },        { &clause, FRAME_REJECTS_CLAUSE },
        { &tempting, FRAME_TEMPTS },
    };
    size_t skip = 0;
    while (skip < 2 && skip < count && phrase_in_list(openings, words[skip]))
        skip++;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if ((*length = phrase_longest(kinds[i].list, words + skip, count - skip))) {
            *length += skip;
            return kinds[i].frame;
        }
    return FRAME_NONE;
}

void frame_starts(phrase_take *take, void *state)
{
    phrase_starts(&rejecting, take, state);
    phrase_starts(&denying, take, state);
    phrase_starts(&clause, take, state);
    phrase_starts(&tempting, take, state);
    phrase_starts(&grader, take, state);
    phrase_words(openings, take, state);
}

/* --- what is taken back --- */

static const char *const taking_back_patterns[] = {
    "?that|this|it i|we|you|one would|should|will|must " SURELY " not|never ?" ACT
    " ?it|this|that|so ?here|either|though|myself|today",
    "?that|this|it i|we|you|one wouldn't|shouldn't|won't|wouldnt|wont ?" ACT
    " ?it|this|that|so ?here|either|though|myself|today",
    "?that|this|it i'd|we'd|i'll|we'll " SURELY " not|never ?" ACT
    " ?it|this|that|so ?here|either|though|myself|today",
    NULL,
};
static const struct phrase_list taking_back = PHRASE_LIST(taking_back_patterns);

bool frame_takes_back(const char *const *words, size_t count)
{
    return count > 0 && phrase_longest(&taking_back, words, count) == count;
}

/* --- what is withdrawn --- */

#define HESITANT                                                                         \
    "?hmm|hm|um|uh|oh|ah|oops|ok|okay|well|but|and|so|actually|sorry "                   \
    "?no|wait|actually|sorry ?no|wait|actually|sorry"
#define PLAINLY "?actually|obviously|just|completely|plain|all|of ?course"
#define NO_GOOD "wrong|nonsense|rubbish|incorrect|backwards"

static const char *const withdrawing_patterns[] = {
    HESITANT " that|this|it was " PLAINLY " " NO_GOOD "|false",
    HESITANT " that|this is " PLAINLY " " NO_GOOD,
    HESITANT " that's|thats " PLAINLY " " NO_GOOD,
    HESITANT " i was|am wrong|mistaken",
    HESITANT " i'm|im wrong|mistaken",
    HESITANT " i take that|it back",
    HESITANT " scratch|scrap|strike that|this|it",
    HESITANT " my mistake|bad",
    HESITANT " let me correct that|this|it|myself",
    HESITANT " correction|oops",
    HESITANT " i correct myself",
    HESITANT " i said|had|got that|it|this backwards|wrong",
    "?oh|hmm|hm|ah|well|ok no wait|sorry|actually",
    "?oh|hmm|hm|ah|well|ok wait|sorry|actually no",
    "hmm|hm|oh|ah no",
    NULL,
};
static const struct phrase_list withdrawing = PHRASE_LIST(withdrawing_patterns);

bool frame_withdraws(const char *const *words, size_t count)
{
    return phrase_longest(&withdrawing, words, count) > 0;
}

/* --- scope --- */

static const char *const scope_cuts_patterns[] = {
    "out of scope",
    "not in scope",
    "outside ?the|of|our scope",
    "outside of scope",
    "beyond ?the|our scope",
    /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one pattern, two lines */
    "not part of the|this|our|my ?first|initial "
    "scope|version|interview|problem|release|mvp",
    "leave|leaving ?* ?* out",
    "left out for now|later",
    "not now",
    "set|setting|put|putting|leave|leaving that|this|it|* aside",
    "let's ?just|also park|ignore|exclude|defer|postpone",
    "let us|me ?just|also park|ignore|exclude|defer|postpone",
    "i'd|we'd|i'll|we'll ?just|also park|exclude|defer|postpone",
    "ignore|ignoring|skip|skipping|park|parking|defer|exclude ?* ?* ?* for now|later",
    "won't|wont cover|discuss|address|tackle",
    "will not cover|discuss|address|tackle",
    "not going to cover|discuss|address|tackle",
    "is|are for later",
    "for|in a|some|the later|future version|release|phase|iteration|milestone",
    "for|in version two|2",
    "for|in v 2",
    "non goals|goal",
    "below the line",
    "a|is|are ?only|just nice to have|haves",
    "nice to have|haves :",
    "out|later|excluded|deferred|postponed|parked :",
    NULL,
};
static const struct phrase_list scope_cuts = PHRASE_LIST(scope_cuts_patterns);

size_t frame_scope_cut(const char *const *words, size_t count)
{
    return phrase_longest(&scope_cuts, words, count);
}

void frame_cut_starts(phrase_take *take, void *state)
{
    phrase_starts(&scope_cuts, take, state);
}

/* --- refusals --- */

static const char *const firm_refusals_patterns[] = {
    /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): the same */
    "decide|decided|deciding|advise|advised|recommend|recommended|argue|argued|vote|"
    "voted|chose against",
    "am|are|was|be|i'm|we're against",
    "rule|ruled|ruling out",
    "turn|turned|turning down",
    "say|said|says no to",
    "opt|opted out of",
    "refuse|decline to",
    NULL,
};
static const struct phrase_list firm_refusals = PHRASE_LIST(firm_refusals_patterns);

static const char *const mild_refusals_patterns[] = {
    "as opposed to",
    "in place of",
    "in lieu of",
    "stay|staying|move|moved|moving|keep away from",
    "steer|stay clear of",
    "get|getting rid of",
    "hold off on|from",
    "nothing to do with",
    NULL,
};
static const struct phrase_list mild_refusals = PHRASE_LIST(mild_refusals_patterns);

size_t frame_refusal(const char *const *words, size_t count, bool *firm)
{
    size_t used = phrase_longest(&firm_refusals, words, count);
    *firm = used > 0;
    return used ? used : phrase_longest(&mild_refusals, words, count);
}

void frame_refusal_starts(phrase_take *take, void *state)
{
    phrase_starts(&firm_refusals, take, state);
    phrase_starts(&mild_refusals, take, state);
}

/* --- plans --- */

#define LATER                                                                            \
    "?then|also|next|now|first|finally|lastly ?briefly|quickly|shortly ?like|want|have|need ?to"
#define TALK "discuss|describe|outline|mention|highlight|emphasise|emphasize|explain"

/* Verbs of talking alone: who would "compare", "show" or "draw" something may well say how, and "go on" and "cover" are
 * what a system does. */
static const char *const plan_patterns[] = {
    "i|we would|will|shall|want ?to " LATER " " TALK,
    "i'd|we'd|i'll|we'll|id " LATER " " TALK,
    "i|we would|will|shall|want ?to " LATER " talk|speak|touch|elaborate "
    "?briefly|quickly about|on|upon",
    "i'd|we'd|i'll|we'll|id " LATER " talk|speak|touch|elaborate "
    "?briefly|quickly about|on|upon",
    "i|we would|will|shall|want ?to " LATER " walk|go|dive "
    "?you ?briefly|quickly|deeper through|into",
    "i'd|we'd|i'll|we'll|id " LATER " walk|go|dive "
    "?you ?briefly|quickly|deeper through|into",
    "i|we am|are going to talk|speak about",
    "i'm|we're going to talk|speak about",
    "i|we am|are going to " TALK,
    "i'm|we're going to " TALK,
    NULL,
};
static const struct phrase_list plans = PHRASE_LIST(plan_patterns);

size_t frame_plan(const char *const *words, size_t count)
{
    return phrase_longest(&plans, words, count);
}

#define FORETOLD                                                                         \
    TALK                                                                                 \
        "|cover|compare|show|list|sketch|clarify|elaborate|summarise|summarize|talk|speak|dive"

/* Nothing that decides: "I would put it into a queue", "I'd go with Redis", "I'd define POST /messages" say what is done. */
static const char *const announcement_patterns[] = {
    "i|we would|will|shall|want ?to " LATER " " FORETOLD,
    "i'd|we'd|i'll|we'll " LATER " " FORETOLD,
    "i|we would|will|shall|want ?to " LATER " close|end|begin|start|finish|conclude "
    "with|by",
    "i'd|we'd|i'll|we'll " LATER " close|end|begin|start|finish|conclude with|by",
    "i|we would|will|shall|want ?to " LATER " go|walk ?you ?briefly through|into|over",
    "i'd|we'd|i'll|we'll " LATER " go|walk ?you ?briefly through|into|over",
    "i|we am|are going to " FORETOLD,
    "i'm|we're going to " FORETOLD,
    NULL,
};
static const struct phrase_list announcements = PHRASE_LIST(announcement_patterns);

bool frame_announces(const char *const *words, size_t count)
{
    return phrase_longest(&announcements, words, count) > 0;
}

void frame_plan_starts(phrase_take *take, void *state)
{
    phrase_starts(&plans, take, state);
    phrase_starts(&announcements, take, state);
}
