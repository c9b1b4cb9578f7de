#include "command/doctor_model.h"

#include <string.h>

#include "command/model.h"
#include "judge/endpoint.h"
#include "judge/examine.h"
#include "judge/keep.h"

enum { INDENT = 16 };

/* "  what          words", wrapped. */
static void tell(struct command_context *ctx, const char *what, const char *words)
{
    struct buffer out = BUFFER_INIT;
    buffer_printf(&out, "  %-13s ", what);
    screen_wrap(&out, words, strlen(words), ctx->screen.width, INDENT, -INDENT);
    while (out.length && out.data[out.length - 1] == ' ')
        buffer_truncate(&out, out.length - 1);
    buffer_add_char(&out, '\n');
    screen_write(ctx->out, &out);
    buffer_release(&out);
}

static void tell_settings(struct command_context *ctx, const struct endpoint_settings *s)
{
    struct buffer text = BUFFER_INIT;
    const char *library = endpoint_library_version();
    buffer_printf(&text, "%s (%s)", s->url, s->url_from);
    tell(ctx, "endpoint", text.data);
    tell(ctx, "model", s->model);
    buffer_clear(&text);
    buffer_printf(&text, s->key ? "there (%s), not shown" : "none", s->key_from);
    tell(ctx, "key", text.data);
    buffer_clear(&text); /* its own version and that of its TLS are enough */
    size_t first = library ? strcspn(library, " ") : 0;
    if (library)
        buffer_add(&text, library,
                   library[first] ? first + 1 + strcspn(library + first + 1, " ")
                                  : first);
    else
        buffer_add_string(&text, "not installed: no model can be asked");
    tell(ctx, "libcurl", text.data);
    buffer_release(&text);
}

struct telling {
    struct command_context *ctx;
    struct waiting *waiting;
};

static void tell_step(void *state, const char *step, enum examine_result result,
                      const char *words)
{
    static const char *const results[] = { "fine", "note", "failed" };
    struct telling *t = state;
    struct buffer text = BUFFER_INIT;
    waiting_clear(t->waiting);
    buffer_printf(&text, "%s%s%s", results[result], *words ? ": " : "", words);
    tell(t->ctx, step, text.data);
    buffer_release(&text);
}

int doctor_model(struct command_context *ctx)
{
    struct model m;
    struct error e;
    struct buffer text = BUFFER_INIT;
    error_init(&e);
    fputs("model\n", ctx->out);
    int status = model_prepare(ctx, &m, &e);
    if (status == ERROR_NONE) {
        tell_settings(ctx, &m.settings);
        fflush(ctx->out);
        status = model_consent(ctx, &m, &e);
        if (status == ERROR_NONE) {
            struct telling telling = { ctx, &m.waiting };
            status = examine_endpoint(&m.settings, tell_step, &telling, waiting_show,
                                      &m.waiting)
                         ? ERROR_NONE
                         : ERROR_NETWORK;
        } else {
            tell(ctx, "not asked", e.message);
        }
    } else if (e.code != ERROR_NONE) {
        tell(ctx, "not set up", e.message);
        status = ERROR_NONE; /* that is fine: nobody needs one */
    } else {
        buffer_printf(
            &text,
            "the configuration in '%s' has mistakes, which are named above; mend it or move it "
            "away: sessions need none, but no model is asked until then",
            m.settings.path ? m.settings.path : "viva/config.json");
        tell(ctx, "not read", text.data);
    }
    buffer_release(&text);
    model_close(&m);
    return status == ERROR_USAGE && e.code != ERROR_NONE ? ERROR_NONE : status;
}
