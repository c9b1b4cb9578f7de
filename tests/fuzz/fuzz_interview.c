/* An interview in any transcript: what was judged and is still to be asked, the score that it comes to, and
 * everybody's scores as text, whatever stands in their events. */
#include "fuzz.h"

#include <math.h>

#include "content/catalogue.h"
#include "report/sealed.h"
#include "session/agenda.h"
#include "session/seal.h"

static struct {
    struct catalogue *catalogue;
    struct scenario *scenario;
    struct rubric *rubric;
    struct interviewer *interviewer;
} tea;

static void load(void)
{
    struct error_list errors = ERROR_LIST_INIT;
    tea.catalogue = catalogue_new(VIVA_SOURCE_DIR "/tests/golden/content");
    const struct lexicon *lexicon = catalogue_lexicon(tea.catalogue, NULL, &errors);
    const struct weights *weights = catalogue_weights(tea.catalogue, &errors);
    catalogue_scenario(tea.catalogue, "tiny", &tea.scenario, &errors);
    catalogue_rubric(tea.catalogue, "tiny", &tea.rubric, &errors);
    must(lexicon && weights && tea.scenario && tea.rubric);
    tea.interviewer = interviewer_new(tea.scenario, tea.rubric, lexicon, weights);
    error_list_release(&errors);
}

static void look_at(const struct session *s, const char *by, struct buffer *out)
{
    struct arena arena = ARENA_INIT;
    struct standing standing;
    struct event e;
    size_t list[2];
    seal_grade(s, tea.interviewer, by, NULL, &arena, &standing);
    const struct score *score = &standing.debrief.score;
    must(score->total >= 0 && score->total <= 100);
    for (size_t i = 0; i < score->criterion_count; i++) {
        const struct evidence_place *place = &standing.tags.criteria[i].evidence;
        must(!place->event || place->end <= event_text_length(place->event, "text"));
        must(score->criteria[i].credit >= 0 && score->criteria[i].credit <= 1);
    }
    agenda_untouched(s, &standing.tags, 0, s->scenario->phase_count - 1, list, 2);
    must(agenda_probe(s, &standing.tags) < (int)tea.rubric->criterion_count);
    session_last_undoable(s, by);
    seal_missing(s, by);
    event_init(&e, EVENT_SCORE, 0);
    debrief_event_by(&standing.debrief, "person:AB", &e);
    event_write(&e, out);
    event_release(&e);
    arena_release(&arena);
}

static void write_scores(const struct session *s, struct buffer *out)
{
    const struct screen screen = { .width = 60 };
    const struct event *scores[SEALED_BESIDE_MOST];
    size_t count = 0;
    for (size_t i = 0; i < s->events.count && count < SEALED_BESIDE_MOST; i++)
        if (s->events.items[i].type == EVENT_SCORE)
            scores[count++] = &s->events.items[i];
    for (size_t i = 0; i < count; i++)
        sealed_write(scores[i], session_candidate(s), tea.rubric, &screen, out);
    sealed_compare(scores, count, tea.rubric, &screen, out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct transcript t;
    struct buffer out = BUFFER_INIT, text = BUFFER_INIT;
    if (!tea.catalogue)
        load();
    transcript_parse(&t, "transcript", (const char *)data, size);
    struct session *s = session_new(tea.scenario, tea.rubric);
    session_replay(s, &t);
    look_at(s, "AB", &out);
    look_at(s, session_interviewer(s), &out);
    write_scores(s, &text);
    must(!memchr(text.data, '\033', text.length)); /* nothing of it reaches a terminal */
    session_free(s);
    transcript_release(&t);
    buffer_release(&out);
    buffer_release(&text);
    return 0;
}
