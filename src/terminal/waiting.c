#include "terminal/waiting.h"

#include <string.h>

#include "base/utf8.h"

void waiting_show(void *state, double seconds)
{
    struct waiting *w = state;
    struct buffer line = BUFFER_INIT;
    if (!w->screen->terminal || w->screen->plain || seconds < 1 ||
        (w->shown && (int)seconds == w->seconds))
        return;
    waiting_clear(w);
    utf8_add_harmless(&line, w->what, strlen(w->what));
    buffer_printf(&line, ", %d s; Ctrl-C gives up", (int)seconds);
    buffer_truncate(&line, utf8_fit(line.data, line.length, w->screen->width - 1));
    fputs(line.data, w->stream);
    fflush(w->stream);
    w->shown = utf8_width(line.data, line.length);
    w->seconds = (int)seconds;
    buffer_release(&line);
}

void waiting_clear(struct waiting *w)
{
    if (w->shown)
        fprintf(w->stream, "\r%*s\r", w->shown, "");
    if (w->shown)
        fflush(w->stream);
    w->shown = 0;
}
