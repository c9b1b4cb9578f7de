#define _POSIX_C_SOURCE 200809L
#include "judge/reply.h"

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "judge/completion.h"

/* --- finding the object --- */

/* The whole text, or what stands from its first brace to its last. */
static json_t *find_object(const char *text, size_t length, json_error_t *problem)
{
    bool open;
    size_t from = completion_thoughts(text, length, &open), to = length;
    json_t *root = json_loadb(text + from, to - from, JSON_REJECT_DUPLICATES, problem);
    if (root)
        return root;
    while (from < to && text[from] != '{')
        from++;
    while (to > from && text[to - 1] != '}')
        to--;
    problem->line =
        from < to ? problem->line : -1; /* nothing in it even looks like one */
    return from < to ? json_loadb(text + from, to - from, JSON_REJECT_DUPLICATES, problem)
                     : NULL;
}

/* --- reading it --- */

struct reading {
    const struct reply_form *form;
    struct reply_verdict *out;
    bool *seen;
    struct error *e;
};

/* Somebody else's word in our message: short, on one line, and it does nothing to a
 * terminal. */
static const char *shown(struct reading *r, const char *word)
{
    struct buffer text = BUFFER_INIT;
    utf8_add_harmless(&text, word, utf8_valid_prefix(word, strnlen(word, 40)));
    const char *copy = arena_strdup(r->form->arena, text.data);
    buffer_release(&text);
    return copy;
}

static const char *const entry_keys[] = { "id", "quote", "verdict", NULL };

static int check_keys(struct reading *r, json_t *object, const char *const *keys,
                      const char *what)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        return error_set(r->e, ERROR_NETWORK, "%s is no object", what);
    json_object_foreach (object, key, value) {
        if (json_choice(key, keys) < 0)
            return error_set(r->e, ERROR_NETWORK,
                             "%s has a key '%s' that is not asked for", what,
                             shown(r, key));
        (void)value;
    }
    for (size_t i = 0; keys[i]; i++)
        if (!json_object_get(object, keys[i]))
            return error_set(r->e, ERROR_NETWORK, "%s has no '%s'", what, keys[i]);
    return 0;
}

static int read_entry(struct reading *r, json_t *entry)
{
    if (check_keys(r, entry, entry_keys, "a verdict") < 0)
        return -1;
    const json_t *id = json_object_get(entry, "id"),
                 *quote = json_object_get(entry, "quote");
    const json_t *verdict = json_object_get(entry, "verdict");
    if (!json_is_string(id) || !json_is_string(verdict) ||
        !(json_is_string(quote) || json_is_null(quote)))
        return error_set(r->e, ERROR_NETWORK, "id, quote and verdict must be strings");
    int criterion = rubric_find(r->form->rubric, json_string_value(id));
    int which = json_choice(json_string_value(verdict), verdict_names);
    if (criterion < 0 || !r->form->wanted[criterion])
        return error_set(r->e, ERROR_NETWORK, "there is no criterion '%s' to judge",
                         shown(r, json_string_value(id)));
    const char *name = r->form->rubric->criteria[criterion].id;
    if (r->seen[criterion])
        return error_set(r->e, ERROR_NETWORK, "the criterion '%s' stands there twice",
                         name);
    if (which < 0 || which == VERDICT_NOT_ASKED)
        return error_set(
            r->e, ERROR_NETWORK,
            "'%s' is no verdict: absent, mentioned or explained (criterion '%s')",
            shown(r, json_string_value(verdict)), name);
    size_t length = json_is_string(quote) ? json_string_length(quote) : 0;
    if (length > REPLY_QUOTE_MAX)
        return error_set(r->e, ERROR_NETWORK,
                         "the quote for '%s' is too long: a clause or a sentence", name);
    r->seen[criterion] = true;
    r->out[criterion] = (struct reply_verdict) {
        .verdict = (enum verdict)which,
        .quote =
            length ? arena_strndup(r->form->arena, json_string_value(quote), length) : "",
        .quote_length = length,
    };
    return 0;
}

static int read_all(struct reading *r, json_t *root)
{
    static const char *const keys[] = { "verdicts", NULL };
    size_t index, count = r->form->rubric->criterion_count;
    json_t *entry;
    if (check_keys(r, root, keys, "the reply") < 0)
        return -1;
    const json_t *list = json_object_get(root, "verdicts");
    if (!json_is_array(list))
        return error_set(r->e, ERROR_NETWORK, "'verdicts' is no list");
    json_array_foreach (list, index, entry) {
        if (read_entry(r, entry) < 0)
            return -1;
    }
    for (size_t i = 0; i < count; i++)
        if (r->form->wanted[i] && !r->seen[i])
            return error_set(r->e, ERROR_NETWORK, "there is no verdict on '%s'",
                             r->form->rubric->criteria[i].id);
    return 0;
}

int reply_read(const char *text, size_t length, const struct reply_form *form,
               struct reply_verdict *out, struct error *e)
{
    json_error_t problem;
    json_t *root = find_object(text, length, &problem);
    for (size_t i = 0; i < form->rubric->criterion_count; i++)
        out[i] = (struct reply_verdict) { .verdict = VERDICT_ABSENT, .quote = "" };
    if (!root)
        return problem.line < 0
                   ? error_set(e, ERROR_NETWORK, "there is no JSON object in it")
                   : error_set(e, ERROR_NETWORK,
                               "it is not valid JSON (line %d, column %d)", problem.line,
                               problem.column);
    struct reading r = { form, out,
                         arena_array(form->arena, bool, form->rubric->criterion_count),
                         e };
    int result = read_all(&r, root);
    json_decref(root);
    return result;
}
