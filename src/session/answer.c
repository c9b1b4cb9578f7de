#include "session/answer.h"

#include <string.h>

static const char **opened_phases(const struct session *s, struct arena *arena)
{
    const char **ids = arena_array(arena, const char *, s->scenario->phase_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++)
        if (s->phases[i].opened)
            ids[count++] = s->scenario->phases[i].id;
    ids[count] = NULL;
    return ids;
}

/* What the interviewer raised: by a probe, a hint or the twist. */
static bool *raised(const struct session *s, struct arena *arena)
{
    bool *asked = arena_array(arena, bool, s->rubric->criterion_count);
    for (size_t i = 0; i < s->rubric->criterion_count; i++)
        asked[i] = s->probes[i] > 0;
    for (size_t i = 0; i < s->scenario->hint_count; i++) {
        int criterion = rubric_find(s->rubric, s->scenario->hints[i].criterion);
        if (criterion >= 0 && s->hints_taken[i] > 0)
            asked[criterion] = true;
    }
    if (s->twist_said && s->scenario->twist.criterion) {
        int criterion = rubric_find(s->rubric, s->scenario->twist.criterion);
        if (criterion >= 0)
            asked[criterion] = true;
    }
    return asked;
}

static void add_part(const struct session *s, const struct utterance *u, struct answer_part *part,
                     struct answer_place *place)
{
    *part = (struct answer_part) {
        .text = u->text,
        .length = u->length,
        .phase = s->scenario->phases[u->phase].id,
        .prompted = u->prompted,
        .after_twist = u->after_twist,
    };
    *place = (struct answer_place) {
        .event = u->event,
        .offset = u->offset,
        .phase = u->phase,
        .at = u->at,
        .session_at = u->session_at,
        .question = u->question,
    };
}

void session_answer_build(const struct session *s, struct arena *arena, struct session_answer *out)
{
    struct answer_part *parts = arena_array(arena, struct answer_part, s->said.count);
    struct answer_place *places = arena_array(arena, struct answer_place, s->said.count);
    size_t count = 0;
    /* By phase, then as said: a sentence that goes on in the next line stays whole after /back. */
    for (size_t phase = 0; phase < s->scenario->phase_count; phase++) {
        for (size_t i = 0; i < s->said.count; i++) {
            const struct utterance *u = &s->said.items[i];
            if (u->phase != phase || u->after_model)
                continue;
            add_part(s, u, &parts[count], &places[count]);
            count++;
        }
    }
    *out = (struct session_answer){
        .answer = {
            .parts = parts,
            .count = count,
            .phases = opened_phases(s, arena),
            .unfinished = !session_complete(s),
            .asked = raised(s, arena),
            .hint_cost = s->hint_cost,
        },
        .places = places,
    };
}
