/*
 * A transcript of the tea kitchen, read again: whatever is in it, every form of its report is made, the page has no
 * markup and no control character that is not the page's own, and marks lie within their lines, between characters.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "content/catalogue.h"
#include "report/html.h"
#include "report/moves.h"
#include "report/others.h"
#include "report/report_json.h"
#include "report/report_markdown.h"
#include "report/transcript_text.h"
#include "session/debrief.h"

static struct interviewer *interviewer;
static struct scenario *scenario;
static struct rubric *rubric;

static void make_ready(void)
{
    static struct catalogue *catalogue;
    struct error_list errors = ERROR_LIST_INIT;
    if (catalogue)
        return;
    catalogue = catalogue_new(VIVA_SOURCE_DIR "/tests/golden/content");
    const struct lexicon *lexicon = catalogue_lexicon(catalogue, NULL, &errors);
    const struct weights *weights = catalogue_weights(catalogue, &errors);
    catalogue_rubric(catalogue, "tiny", &rubric, &errors);
    catalogue_scenario(catalogue, "tiny", &scenario, &errors);
    must(lexicon && weights && rubric && scenario);
    interviewer = interviewer_new(scenario, rubric, lexicon, weights);
}

static int is_inside(const struct report_line *line, size_t at)
{
    return at == line->length || (line->text[at] & 0xc0) != 0x80;
}

static void check_marks(const struct report *report)
{
    size_t number = 0;
    for (size_t i = 0; i < report->line_count; i++) {
        const struct report_line *line = &report->lines[i];
        must(line->phase >= -1 && line->phase < (int)report->card.phase_count);
        for (size_t k = 0; k < line->mark_count; k++) {
            const struct report_mark *mark = &line->marks[k];
            must(mark->number == ++number);
            must(mark->start < mark->end && mark->end <= line->length);
            must(is_inside(line, mark->start) && is_inside(line, mark->end));
            must(k == 0 || line->marks[k - 1].start <= mark->start);
        }
    }
    must(number == report->mark_count);
}

/* No tag but those that the page is made of. */
static void check_page(const struct buffer *page)
{
    static const char *const foreign[] = { "<script", "<img", "<svg", "<iframe", "<base", "<form", "<link", "<object",
                                           "<x" };
    for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++)
        must(!strstr(page->data, foreign[i]));
    for (size_t i = 0; i < page->length; i++)
        must((unsigned char)page->data[i] >= 0x20 || page->data[i] == '\n' || page->data[i] == '\t');
    must(utf8_valid_prefix(page->data, page->length) == page->length);
}

static void make_all(const struct report *report)
{
    struct buffer out = BUFFER_INIT;
    struct screen screen = { .width = 60 };
    report_html(report, &out);
    check_page(&out);
    buffer_clear(&out);
    report_json(report, &out);
    json_t *again = json_loadb(out.data, out.length, 0, NULL);
    must(json_is_object(again));
    json_decref(again);
    buffer_clear(&out);
    report_markdown(report, true, &out);
    transcript_text(report, &screen, &out);
    moves_text(report, &screen, &out);
    others_text(report, &screen, &out);
    screen = (struct screen) { .width = 100, .colour = true };
    transcript_text(report, &screen, &out);
    screen = (struct screen) { .width = 40, .plain = true };
    transcript_text(report, &screen, &out);
    buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct transcript t;
    struct arena arena = ARENA_INIT;
    struct debrief debrief;
    make_ready();
    transcript_parse(&t, "transcript", (const char *)data, size);
    struct session *session = session_new(scenario, rubric);
    session_replay(session, &t);
    debrief_grade(session, interviewer, &arena, &debrief);
    for (int way = 0; way < 3; way++) {
        struct report_plan plan = { .anonymous = way == 1, .unsealed = way == 2 ? "AB" : NULL };
        struct card card;
        struct report report;
        debrief_card(&debrief, &arena, &card);
        debrief_report(&debrief, &card, plan, &arena, &report);
        check_marks(&report);
        make_all(&report);
        report_release(&report);
    }
    session_free(session);
    transcript_release(&t);
    arena_release(&arena);
    return 0;
}
