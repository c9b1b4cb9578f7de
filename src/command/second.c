#include "command/second.h"

#include "report/second.h"

static const struct second_verdict *verdicts_of(const struct judged *judged,
                                                struct arena *arena)
{
    size_t count = judged->score.criterion_count;
    struct second_verdict *verdicts = arena_array(arena, struct second_verdict, count);
    for (size_t i = 0; i < count; i++)
        verdicts[i] = (struct second_verdict) {
            .claimed = judged->verdicts[i].claimed,
            .voided = judged->verdicts[i].voided,
            .quote = judged->verdicts[i].quote,
            .stability = judged->verdicts[i].stability,
        };
    return verdicts;
}

static void show(struct model *m, const struct debrief *d, const struct judged *judged,
                 const struct screen *screen, struct arena *arena, struct buffer *out)
{
    struct card card;
    struct buffer usage = BUFFER_INIT;
    debrief_card(d, arena, &card);
    judged_usage(judged, &m->settings, &usage);
    struct second_opinion second = {
        .grader = judged->grader,
        .score = &judged->score,
        .verdicts = verdicts_of(judged, arena),
        .runs = judged->runs,
        .low = judged->low,
        .high = judged->high,
        .usage = usage.data,
    };
    second_write(&card, &second, screen, out);
    buffer_release(&usage);
}

int second_ask(struct model *m, const struct debrief *d, struct interviewer *interviewer,
               const struct talk *talk, struct arena *arena, struct buffer *out,
               struct event *event, struct error *e)
{
    struct grading_subject subject = { d->session->rubric, d->session->scenario,
                                       interviewer_scorer(interviewer) };
    struct judged judged;
    if (model_grade(m, &subject, &d->answer.answer,
                    session_answer_counts(&d->answer, arena), arena, &judged, e) < 0)
        return -1;
    session_answer_own_words(&d->answer, &judged.score);
    show(m, d, &judged, &talk->screen, arena, out);
    talk_event(talk, event, EVENT_SCORE);
    debrief_judged_event(d, &judged, event);
    return 0;
}
