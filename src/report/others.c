#include "report/others.h"

void others_recommendation(const struct grade *grade, struct buffer *out)
{
    if (!grade->recommendation)
        return;
    grade_words(grade->recommendation, out);
    if (grade->at)
        buffer_printf(out, " at %s", grade->at);
}

void others_text(const struct report *report, const struct screen *screen,
                 struct buffer *out)
{
    for (const struct grade *g = NULL; (g = report_other_grade(report, g));) {
        struct buffer line = BUFFER_INIT;
        if (g->kind != GRADER_MODEL)
            continue;
        buffer_printf(&line, "The language model %s gave it ", g->who);
        card_total(g->total, &line);
        buffer_add_string(&line,
                          "; viva review --grade-with llm shows where the two differ.");
        buffer_add_char(out, '\n');
        screen_wrap(out, line.data, line.length, screen->width, 0, 0);
        buffer_add_char(out, '\n');
        buffer_release(&line);
    }
}
