/* The one thing next: what to work on, why, and where. */
#include <string.h>

#include "report/digest.h"

static const char how_and_why[] =
    "say how a thing works and why it is here; one reasoned sentence earns more than ten names";

static const struct {
    const char *id, *habit;
} habits[] = {
    { "requirements",
      "before anything is drawn, say what is in, what is out, and two goals with "
      "a figure each" },
    { "estimation", "work out two figures aloud, and let one of them decide something" },
    { "api-and-data", "write down one call and one table with its key before the boxes" },
    { "architecture", "follow one request aloud through every part it meets" },
    { "depth", "take one part and say how it works until somebody else could build it" },
    { "reliability", "for each part say how it fails and what people then see" },
    { "trade-offs",
      "with each choice name the one that you left, and what it would have cost" },
    { "communication",
      "say first what you will do in which order, and close with two sentences" },
    { "list", how_and_why },
    { "names", how_and_why },
    { "unexplained", how_and_why },
    { "filler", "after each name go on with 'so that' or 'because'" },
    { "repetition", "say each thing once, and then what it does here" },
    { "order", "write whole sentences" },
    { "topic", "read the prompt once more, and answer this one" },
};

static const char *habit_of(const char *id)
{
    for (size_t i = 0; i < sizeof(habits) / sizeof(*habits); i++)
        if (!strcmp(habits[i].id, id))
            return habits[i].habit;
    return NULL;
}

/* The guard that took most, if one took much. */
static const char *worst_guard(const struct score *score)
{
    const char *habit = NULL;
    double factor = 0.85;
    for (size_t i = 0; i < score->guard_count; i++)
        if (score->guards[i].factor < factor && habit_of(score->guards[i].id)) {
            factor = score->guards[i].factor;
            habit = habit_of(score->guards[i].id);
        }
    return habit;
}

/* The text as a sentence: a capital at its beginning, a full stop at its end. */
static void add_sentence(struct buffer *out, const char *text)
{
    size_t at = out->length;
    buffer_add_string(out, text);
    if (out->length == at)
        return;
    if (out->data[at] >= 'a' && out->data[at] <= 'z')
        out->data[at] = (char)(out->data[at] - 'a' + 'A');
    if (!strchr(".!?", out->data[out->length - 1]))
        buffer_add_char(out, '.');
}

/* "How codes are made. A must at senior: two links under one code send a visitor astray." */
static void add_gap(const struct criterion *c, enum level level, struct buffer *out)
{
    add_sentence(out, c->title);
    if (!c->why)
        return;
    buffer_add_char(out, ' ');
    if (c->must_from <= level && level < LEVEL_COUNT) {
        char first = c->why[0]; /* goes on within the sentence */
        bool word = first >= 'A' && first <= 'Z' && c->why[1] >= 'a' && c->why[1] <= 'z';
        buffer_printf(out, "A must at %s: %c", level_names[c->must_from],
                      word ? first - 'A' + 'a' : first);
        buffer_add_string(out, c->why + 1);
        if (!strchr(".!?", out->data[out->length - 1]))
            buffer_add_char(out, '.');
    } else {
        add_sentence(out, c->why);
    }
}

/* Place in `gaps` of the first that is not explained; gap_count when all are. How one talks comes after the matter. */
static size_t first_unexplained(const struct digest *d)
{
    size_t manner = d->gap_count;
    for (size_t at = 0; at < d->gap_count; at++) {
        const struct criterion_score *c = digest_undoubted(d->card, d->gaps[at]);
        c = c ? c : &d->card->score->criteria[d->gaps[at]];
        if (c->verdict == VERDICT_EXPLAINED)
            continue;
        if (strcmp(d->card->rubric->criteria[d->gaps[at]].dimension, "communication") !=
            0)
            return at;
        manner = manner < at ? manner : at;
    }
    return manner;
}

const struct criterion *digest_next_gap(const struct digest *d)
{
    size_t at = first_unexplained(d);
    return at < d->gap_count ? &d->card->rubric->criteria[d->gaps[at]] : NULL;
}

/* What to do rather than to close a gap; NULL: nothing. */
static const char *general_habit(const struct digest *d)
{
    enum { WRONG_MANY = 3 };
    const struct score *score = d->card->score;
    const char *habit = worst_guard(score);
    if (habit)
        return habit;
    if (score->red_flag_count >= WRONG_MANY)
        return "where you are not sure of a fact, say so, and say how you would find out";
    if (first_unexplained(d) < d->gap_count)
        return NULL;
    if (score->red_flag_count)
        return "look up what was wrong, and say it aloud as it is";
    if (!d->gap_count)
        return "the same at another problem";
    /* who has explained it is not told to explain it */
    habit = habit_of(d->card->rubric->criteria[d->gaps[0]].dimension);
    return habit ? habit : "the same at another problem";
}

void digest_next(const struct digest *d, struct buffer *out)
{
    const struct card *card = d->card;
    if (card->interview)
        return;
    const char *habit = general_habit(d);
    const struct criterion *gap = habit ? NULL : digest_next_gap(d);
    buffer_add_string(out, "One thing next: ");
    if (gap) {
        add_gap(gap, card->level, out);
        habit = habit_of(gap->dimension);
        if (habit)
            buffer_printf(out, "\nHow to practise it: %s.", habit);
    } else {
        buffer_printf(out, "%s.", habit);
    }
    if (!card->next)
        return;
    buffer_printf(out, "\n%s: viva practice %s",
                  gap ? "The same muscle in another problem" : "Try", card->next);
    for (size_t i = 0; card->score->part && i < card->phase_count; i++)
        buffer_printf(out, "%s%s", i ? "," : " --phases ", card->phases[i].id);
    buffer_add_string(out, card->again ? card->again : "");
}
