#include "session/model.h"

#include <string.h>

#include "terminal/screen.h"

const char *model_answer(const struct rubric *rubric, const char *phase)
{
    for (size_t i = 0; i < rubric->sample_count; i++) {
        const struct sample *sample = &rubric->samples[i];
        if (strcmp(sample->kind, "strong") != 0)
            continue;
        for (size_t k = 0; k < sample->part_count; k++)
            if (sample->parts[k].phase && !strcmp(sample->parts[k].phase, phase))
                return sample->parts[k].text;
    }
    return NULL;
}

bool model_attempted(const struct session *s, size_t phase)
{
    for (size_t i = 0; i < s->said.count; i++)
        if (s->said.items[i].phase == phase && !s->said.items[i].question)
            return true;
    return false;
}

static void write_line(const struct screen *screen, int indent, const char *text,
                       struct buffer *out)
{
    screen_wrap(out, text, strlen(text), screen->width, indent, indent);
    buffer_add_char(out, '\n');
}

void model_write(const struct session *s, const struct screen *screen, struct buffer *out)
{
    enum { INDENT = 2 };
    size_t attempted = 0, shown = 0;
    for (size_t i = 0; i < s->scenario->phase_count; i++) {
        const struct phase *phase = &s->scenario->phases[i];
        const char *text = model_attempted(s, i) ? model_answer(s->rubric, phase->id) : NULL;
        attempted += model_attempted(s, i);
        if (!text)
            continue;
        buffer_add_string(out, "\nA strong answer to ");
        buffer_printf(out, "%s\n", phase->title);
        write_line(screen, INDENT, text, out);
        shown++;
    }
    if (!shown)
        write_line(screen, 0,
                   attempted ? "\nThere is no strong answer to show for these phases."
                             : "\nA strong answer is shown to a phase that was attempted; none was.",
                   out);
}
