#include "judge/examine.h"

#include <string.h>

#include "base/json.h"
#include "judge/completion.h"
#include "judge/endpoint.h"
#include "judge/keep.h"
#include "judge/request.h"

struct examination {
    const struct endpoint_settings *settings;
    struct endpoint *endpoint;
    examine_teller *tell;
    void *state;
    void (*wait)(void *state, double seconds);
    void *wait_state;
};

static void tell(const struct examination *x, const char *step,
                 enum examine_result result, const char *words)
{
    x->tell(x->state, step, result, words);
}

static bool failed(const struct examination *x, const char *step, const struct error *e)
{
    tell(x, step, EXAMINE_FAILED, e->message);
    return false;
}

static int call(const struct examination *x, const char *path, const struct buffer *body,
                struct endpoint_reply *reply, struct error *e)
{
    struct endpoint_request request = { .path = path,
                                        .body = body ? body->data : NULL,
                                        .length = body ? body->length : 0,
                                        .seconds = x->settings->whole,
                                        .wait = x->wait,
                                        .state = x->wait_state };
    return endpoint_call(x->endpoint, &request, reply, e);
}

/* --- the way there, by asking for the list of models --- */

static bool tell_way(const struct examination *x, enum endpoint_fault fault,
                     const struct error *e)
{
    bool secure = !strncmp(x->settings->url, "https:", 6);
    if (fault == FAULT_LIBRARY || fault == FAULT_CANCELLED)
        return failed(x, "connection", e);
    if (fault == FAULT_NAME)
        return failed(x, "name", e);
    tell(x, "name", EXAMINE_FINE, x->settings->host);
    if (fault == FAULT_CONNECT || fault == FAULT_TIME)
        return failed(x, "connection", e);
    if (fault == FAULT_TLS) {
        tell(x, "connection", EXAMINE_FINE, "");
        return failed(x, "certificate", e);
    }
    if (fault == FAULT_DROPPED || fault == FAULT_LARGE || fault == FAULT_REDIRECT)
        return failed(x, "connection", e);
    tell(x, "connection", EXAMINE_FINE, "");
    if (secure)
        tell(x, "certificate", EXAMINE_FINE, "");
    else
        tell(x, "certificate", EXAMINE_NOTE,
             settings_is_local(x->settings) ? "none: the line is open, on this machine"
                                            : "none: the line is open");
    return true;
}

static bool tell_models(const struct examination *x, const struct endpoint_reply *reply,
                        const struct error *e)
{
    const char *key = x->settings->key ? "taken" : "none is sent, and none is asked for";
    if (reply->status == 401 || reply->status == 403)
        return failed(x, "key", e);
    if (reply->status >= 500 || reply->status == 429)
        return failed(x, "answer", e);
    if (reply->status / 100 != 2) {
        tell(x, "key", EXAMINE_NOTE, "not known yet");
        tell(x, "model", EXAMINE_NOTE, "this server does not list its models");
        return true;
    }
    tell(x, "key", EXAMINE_FINE, key);
    switch (completion_lists_model(reply->body.data, reply->body.length,
                                   x->settings->model)) {
    case 1:
        tell(x, "model", EXAMINE_FINE, "listed");
        return true;
    case 0:
        tell(x, "model", EXAMINE_NOTE,
             "not in the server's list: is VIVA_LLM_MODEL right, and was it loaded "
             "there?");
        return true; /* some answer to names that they do not list */
    default:
        tell(x, "model", EXAMINE_NOTE, "this server does not list its models");
        return true;
    }
}

static bool examine_way(const struct examination *x)
{
    struct endpoint_reply reply;
    struct error e;
    error_init(&e);
    int result = call(x, "/models", NULL, &reply, &e);
    enum endpoint_fault fault = result == 0 ? FAULT_NONE : reply.fault;
    bool fine = tell_way(x, fault, &e) && tell_models(x, &reply, &e);
    endpoint_reply_release(&reply);
    return fine;
}

/* --- a word --- */

/* 0 when a completion came back, in `c`. */
static int ask_word(const struct examination *x, enum request_form form,
                    struct completion *c, struct error *e)
{
    struct buffer body = BUFFER_INIT;
    struct endpoint_reply reply;
    request_ping(x->settings->model, form, &body);
    int result = call(x, "/chat/completions", &body, &reply, e);
    if (result == 0)
        result = completion_read(c, reply.body.data, reply.body.length, e);
    if (result == 0)
        result = completion_check(c, e);
    endpoint_reply_release(&reply);
    buffer_release(&body);
    return result;
}

static bool examine_answer(const struct examination *x)
{
    struct completion c;
    struct error e;
    error_init(&e);
    completion_init(&c);
    bool fine = ask_word(x, FORM_PLAIN, &c, &e) == 0;
    if (fine)
        tell(x, "answer", EXAMINE_FINE, "it answers");
    completion_release(&c);
    return fine || failed(x, "answer", &e);
}

static bool has_word(const struct completion *c)
{
    json_t *root = json_loadb(c->text.data, c->text.length, 0, NULL);
    bool found =
        json_is_string(json_object_get(root, "word")) && json_object_size(root) == 1;
    json_decref(root);
    return found;
}

static bool examine_shape(const struct examination *x)
{
    static const char *const words[] = {
        [FORM_SCHEMA] = "JSON Schema: replies have the shape that is asked for",
        [FORM_OBJECT] = "JSON mode; the shape is up to the model, and checked here",
        [FORM_PLAIN] = "none; the model is asked for JSON in words, and checked here",
    };
    struct endpoint_known known = keep_known_read(x->settings);
    for (int form = FORM_SCHEMA; form <= FORM_PLAIN; form++) {
        struct completion c;
        struct error e;
        error_init(&e);
        completion_init(&c);
        bool fine = form == FORM_PLAIN ||
                    (ask_word(x, (enum request_form)form, &c, &e) == 0 && has_word(&c));
        completion_release(&c);
        if (!fine)
            continue;
        known.form = (enum request_form)form;
        keep_known_write(x->settings, &known);
        tell(x, "shape", form == FORM_SCHEMA ? EXAMINE_FINE : EXAMINE_NOTE, words[form]);
        break;
    }
    return true;
}

bool examine_endpoint(const struct endpoint_settings *settings, examine_teller *teller,
                      void *state, void (*wait)(void *state, double seconds),
                      void *wait_state)
{
    struct examination x = { settings,  endpoint_new(settings), teller, state, wait,
                             wait_state };
    bool fine = examine_way(&x) && examine_answer(&x) && examine_shape(&x);
    endpoint_free(x.endpoint);
    return fine;
}
