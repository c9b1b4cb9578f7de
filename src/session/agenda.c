#include "session/agenda.h"

#include <string.h>

#include "session/interviewer.h"

/* What only the interviewer can raise is on the agenda once it was raised. */
static bool is_raised(const struct session *s, const struct criterion *c)
{
    return !c->only_if_asked || tags_was_asked(s, c->id, 0);
}

static bool is_between(const struct session *s, const struct criterion *c, size_t first,
                       size_t last)
{
    int phase = session_phase_index(s, c->phase);
    return phase >= (int)first && phase <= (int)last;
}

/* Behind all that are at least as urgent; what does not fit falls off the end. */
static void insert(const struct session *s, size_t *list, size_t count, size_t room,
                   size_t index)
{
    const struct criterion *criteria = s->rubric->criteria;
    size_t at = count < room ? count : room;
    double urgency = interviewer_urgency(&criteria[index], s);
    while (at > 0 && interviewer_urgency(&criteria[list[at - 1]], s) < urgency) {
        if (at < room)
            list[at] = list[at - 1];
        at--;
    }
    if (at < room)
        list[at] = index;
}

size_t agenda_untouched(const struct session *s, const struct tags *tags, size_t first,
                        size_t last, size_t *list, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < s->rubric->criterion_count; i++) {
        const struct criterion *c = &s->rubric->criteria[i];
        if (!tags->criteria[i].number && is_between(s, c, first, last) && is_raised(s, c))
            insert(s, list, count++, room, i);
    }
    return count;
}

/* What was named is half there; an earlier phase can be gone back to; how somebody talks
 * shows without being asked for. */
static const double named_share = 0.7, earlier_share = 0.4, manner_share = 0.1;

static double probe_urgency(const struct session *s, const struct criterion *c,
                            bool named)
{
    bool here = session_phase_index(s, c->phase) == (int)s->phase;
    bool manner = !strcmp(c->dimension, "communication");
    return interviewer_urgency(c, s) * (named ? named_share : 1) *
           (here ? 1 : earlier_share) * (manner ? manner_share : 1);
}

int agenda_probe(const struct session *s, const struct tags *tags)
{
    int best = -1;
    double most = 0;
    for (size_t i = 0; i < s->rubric->criterion_count; i++) {
        const struct criterion *c = &s->rubric->criteria[i];
        const struct tag *tag = &tags->criteria[i];
        if (!c->probe || !is_between(s, c, 0, s->phase) || !is_raised(s, c) ||
            s->probes[i] || (tag->number && tag->verdict == VERDICT_EXPLAINED))
            continue;
        double urgency = probe_urgency(s, c, tag->number > 0);
        if (urgency > most) {
            most = urgency;
            best = (int)i;
        }
    }
    return best;
}

size_t agenda_hints(const struct session *s, const struct tags *tags, size_t *ladders,
                    size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < s->scenario->hint_count && count < room; i++) {
        const struct hint_ladder *ladder = &s->scenario->hints[i];
        int c = rubric_find(s->rubric, ladder->criterion);
        if (c < 0 || (size_t)s->hints_taken[i] >= ladder->count ||
            !is_between(s, &s->rubric->criteria[c], 0, s->phase) ||
            !is_raised(s, &s->rubric->criteria[c]))
            continue;
        const struct tag *tag = &tags->criteria[c];
        if (!tag->number || tag->verdict != VERDICT_EXPLAINED)
            ladders[count++] = i;
    }
    return count;
}
