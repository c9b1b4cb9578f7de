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

static void show(const struct model *m, struct second *s, const struct judged *judged,
                 struct arena *arena)
{
    struct card card;
    struct buffer usage = BUFFER_INIT;
    debrief_card(s->debrief, arena, &card);
    judged_usage(judged, &m->settings, &usage);
    struct second_opinion opinion = {
        .grader = judged->grader,
        .score = &judged->score,
        .verdicts = verdicts_of(judged, arena),
        .runs = judged->runs,
        .low = judged->low,
        .high = judged->high,
        .usage = usage.data,
    };
    second_write(&card, &opinion, &s->talk->screen, &s->text);
    buffer_release(&usage);
}

static struct grading_subject subject_of(const struct second *s)
{
    return (struct grading_subject) { s->debrief->session->rubric, s->debrief->session->scenario,
                                      interviewer_scorer(s->interviewer) };
}

void second_show(struct model *m, const struct second *s, struct arena *arena, FILE *out)
{
    struct grading_subject subject = subject_of(s);
    struct model_question question = { &subject, &s->debrief->answer.answer,
                                       session_answer_counts(&s->debrief->answer, arena) };
    model_show(m, &question, arena, out, out);
}

int second_ask(struct model *m, struct second *s, struct arena *arena, struct error *e)
{
    const struct debrief *d = s->debrief;
    struct grading_subject subject = subject_of(s);
    struct model_question question = { &subject, &d->answer.answer,
                                       session_answer_counts(&d->answer, arena) };
    struct judged judged;
    if (model_grade(m, &question, arena, &judged, e) < 0)
        return -1;
    session_answer_own_words(&d->answer, &judged.score);
    show(m, s, &judged, arena);
    talk_event(s->talk, &s->event, EVENT_SCORE);
    debrief_judged_event(d, &judged, &s->event);
    return 0;
}
