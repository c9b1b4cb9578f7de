#include "content/catalogue.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"

/* Content that was loaded, by id. */
struct loaded {
    char *id;
    struct scenario *scenario;
    struct rubric *rubric;
    bool complete; /* it has the shared red flags */
};

/* What the content of one root shares; loaded once per file. */
struct shared {
    char *lexicon_path, *flags_path; /* the latter NULL: there are none */
    struct lexicon *lexicon;
    struct shared_red_flags *flags;
};

struct catalogue {
    ARRAY(const char *) roots; /* owned; the last is NULL */
    const char *demanded;      /* the root that somebody named, or NULL */
    const char *demanded_by;   /* "--content" or "$VIVA_CONTENT" */
    bool only_grades;
    struct weights *weights;
    ARRAY(struct shared *) shared;
    ARRAY(struct loaded) content;
};

/* --- roots --- */

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static const char *add_root(struct catalogue *c, char *path_take)
{
    for (size_t i = 0; i < c->roots.count; i++)
        if (!strcmp(c->roots.items[i], path_take) ||
            file_is_same(c->roots.items[i], path_take)) {
            free(path_take);
            return c->roots.items[i];
        }
    *array_add(&c->roots) = path_take;
    return path_take;
}

/* Of a program that was built and not installed: ROOT/build/PRESET/viva has its content in ROOT. */
static char *path_of_tree(void)
{
    char *rubrics = path_in_prefix("../rubrics"),
         *scenarios = path_in_prefix("../scenarios");
    char *above = rubrics && scenarios ? path_in_prefix("..") : NULL;
    char *tree = above ? path_real(above) : NULL;
    free(rubrics);
    free(scenarios);
    free(above);
    return tree;
}

struct catalogue *catalogue_new(const char *content_option)
{
    struct catalogue *c = xcalloc(1, sizeof(*c));
    const char *content = environment("VIVA_CONTENT"), *share = environment("VIVA_SHARE");
    if (content_option) {
        c->demanded = add_root(c, xstrdup(content_option));
        c->demanded_by = "--content";
    }
    if (content) {
        const char *root = add_root(c, xstrdup(content));
        c->demanded_by = c->demanded ? c->demanded_by : "$VIVA_CONTENT";
        c->demanded = c->demanded ? c->demanded : root;
    }
    if (file_is_folder("scenarios") && file_is_folder("rubrics"))
        add_root(c, xstrdup("."));
    char *home = path_data_home();
    if (home)
        add_root(c, home);
    char *moved = share ? NULL : path_in_prefix("share/viva");
    if (!share && !moved)
        moved = path_of_tree();
    add_root(c, moved ? moved : xstrdup(share ? share : VIVA_SHARE_DIR));
    *array_add(&c->roots) = NULL;
    return c;
}

static void free_shared(struct shared *shared)
{
    shared_red_flags_free(shared->flags);
    lexicon_free(shared->lexicon);
    free(shared->lexicon_path);
    free(shared->flags_path);
    free(shared);
}

void catalogue_free(struct catalogue *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->content.count; i++) {
        free(c->content.items[i].id);
        scenario_free(c->content.items[i].scenario);
        rubric_free(c->content.items[i].rubric);
    }
    array_release(&c->content);
    for (size_t i = 0; i < c->shared.count; i++)
        free_shared(c->shared.items[i]);
    array_release(&c->shared);
    weights_free(c->weights);
    for (size_t i = 0; i < c->roots.count; i++)
        free((char *)c->roots.items[i]);
    array_release(&c->roots);
    free(c);
}

void catalogue_only_grades(struct catalogue *c)
{
    c->only_grades = true;
}

int catalogue_check(const struct catalogue *c, struct error *e)
{
    if (!c->demanded)
        return 0;
    if (!file_is_folder(c->demanded))
        return error_set(e, ERROR_INPUT, "%s: there is no folder '%s'", c->demanded_by,
                         c->demanded);
    char *scenarios = path_join(c->demanded, "scenarios"),
         *rubrics = path_join(c->demanded, "rubrics");
    bool any = file_is_folder(scenarios) || file_is_folder(rubrics);
    free(scenarios);
    free(rubrics);
    return any ? 0
               : error_set(e, ERROR_INPUT,
                           "%s: '%s' has neither scenarios/ nor rubrics/ in it",
                           c->demanded_by, c->demanded);
}

const char *const *catalogue_roots(const struct catalogue *c)
{
    return c->roots.items;
}

/* --- files --- */

char *catalogue_path(const struct catalogue *c, const char *folder, const char *name)
{
    struct buffer path = BUFFER_INIT;
    for (size_t i = 0; c->roots.items[i]; i++) {
        const char *root = c->roots.items[i];
        buffer_clear(&path);
        if (!*root)
            continue;
        if (strcmp(root, ".") != 0)
            buffer_printf(&path, "%s%s", root, root[strlen(root) - 1] == '/' ? "" : "/");
        buffer_printf(&path, "%s/%s", folder, name);
        if (file_exists(path.data))
            return buffer_detach(&path);
    }
    buffer_release(&path);
    return NULL;
}

/* The index of the first root from `first` on that has the scenario; that of the NULL: none. */
static size_t find_root(const struct catalogue *c, size_t first, const char *id)
{
    struct buffer name = BUFFER_INIT;
    size_t i = first;
    buffer_printf(&name, "scenarios/%s.json", id);
    for (; c->roots.items[i]; i++) {
        char *path = path_join(c->roots.items[i], name.data);
        bool found = *c->roots.items[i] && file_exists(path);
        free(path);
        if (found)
            break;
    }
    buffer_release(&name);
    return i;
}

const char *catalogue_root_of(const struct catalogue *c, const char *id,
                              const char **hidden)
{
    size_t own = find_root(c, 0, id);
    const char *root = c->roots.items[own];
    *hidden = root ? c->roots.items[find_root(c, own + 1, id)] : NULL;
    return root;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorts, and drops what stands there twice. */
static size_t make_unique(char **names, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(names, count, sizeof(*names), compare);
    for (size_t i = 0; i < count; i++) {
        if (kept && !strcmp(names[kept - 1], names[i]))
            free(names[i]);
        else
            names[kept++] = names[i];
    }
    return kept;
}

/* Names of the .json files of a folder in all roots, without their ends, sorted, each once. */
static size_t list_names(const struct catalogue *c, const char *folder, char ***ids)
{
    ARRAY(char *) all = { 0 };
    for (size_t i = 0; c->roots.items[i]; i++) {
        if (!*c->roots.items[i])
            continue;
        char **names, *path = path_join(c->roots.items[i], folder);
        size_t count = folder_list(path, ".json", &names);
        for (size_t k = 0; k < count; k++) {
            names[k][strlen(names[k]) - strlen(".json")] = '\0';
            *array_add(&all) = names[k];
        }
        free(names);
        free(path);
    }
    *ids = all.items;
    return make_unique(all.items, all.count);
}

size_t catalogue_scenarios(const struct catalogue *c, char ***ids)
{
    return list_names(c, "scenarios", ids);
}

size_t catalogue_orphans(const struct catalogue *c, char ***ids)
{
    static const char *const shared[] = { "lexicon", "red-flags", "weights", NULL };
    size_t count = list_names(c, "rubrics", ids), kept = 0;
    for (size_t i = 0; i < count; i++) {
        char *id = (*ids)[i];
        const char *hidden;
        if (json_choice(id, shared) >= 0 || catalogue_root_of(c, id, &hidden))
            free(id);
        else
            (*ids)[kept++] = id;
    }
    return kept;
}

static void fail(struct error_list *errors, const char *source, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fail(struct error_list *errors, const char *source, const char *format, ...)
{
    struct error e;
    struct buffer message = BUFFER_INIT;
    va_list args;
    va_start(args, format);
    buffer_vprintf(&message, format, args);
    va_end(args);
    error_init(&e);
    error_set(&e, ERROR_INPUT, "%s", message.data);
    if (source)
        error_set_source(&e, source);
    error_list_add(errors, &e);
    buffer_release(&message);
}

/* The text of a file of the content; false when there is none, or it cannot be read. */
static bool read_content(const char *path, struct buffer *text, struct error_list *errors)
{
    struct error e;
    error_init(&e);
    if (file_read(path, CONTENT_BYTES_MAX, text, &e) == 0)
        return true;
    error_list_add(errors, &e);
    return false;
}

/* "rubrics/lexicon.json", which every content needs and the installation brings. */
static char *needed_path(const struct catalogue *c, const char *name, struct error_list *errors)
{
    char *path = catalogue_path(c, "rubrics", name);
    if (!path)
        fail(errors, NULL,
             "no content folder has 'rubrics/%s'; 'viva doctor' lists where it is looked for",
             name);
    return path;
}

/* --- unknown ids --- */

enum { NEAREST_MOST = 3 };

/* "; did you mean 'a' or 'b'?"; an id that holds what was typed is near too. */
static void add_nearest(struct buffer *out, const char *id, char **known, size_t count)
{
    const char **left = xcalloc(count + 1, sizeof(*left));
    for (size_t i = 0; i < count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there are as many as were counted */
        left[i] = known[i];
    size_t found = 0;
    for (; found < NEAREST_MOST; found++) {
        size_t at = 0;
        while (left[at] && (!*id || !strstr(left[at], id)))
            at++;
        const char *near = left[at] ? left[at] : nearest_word(id, left);
        if (!near)
            break;
        buffer_printf(out, "%s'%s'", found ? " or " : "; did you mean ", near);
        for (at = 0; left[at] != near;)
            at++;
        for (; left[at]; at++)
            left[at] = left[at + 1];
    }
    buffer_add_string(out, found ? "?" : "; 'viva list' shows what there is");
    free(left);
}

static void fail_unknown(const struct catalogue *c, const char *id, struct error_list *errors)
{
    char **ids;
    size_t count = catalogue_scenarios(c, &ids);
    struct buffer near = BUFFER_INIT;
    if (count)
        add_nearest(&near, id, ids, count);
    else
        buffer_add_string(
            &near, ", nor anything else: 'viva doctor' shows where content is sought");
    fail(errors, NULL, "no scenario is called '%s'%s", id, near.data);
    for (size_t i = 0; i < count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): there are as many as were counted */
        free(ids[i]);
    free(ids);
    buffer_release(&near);
}

/* Path of an id's file, or NULL. An id never leads out of the content folders. */
static char *id_path(const struct catalogue *c, const char *folder, const char *id)
{
    struct buffer name = BUFFER_INIT;
    buffer_printf(&name, "%s.json", id);
    char *path = *id && !strchr(id, '/') ? catalogue_path(c, folder, name.data) : NULL;
    buffer_release(&name);
    return path;
}

bool catalogue_has(const struct catalogue *c, const char *id)
{
    char *path = id_path(c, "scenarios", id);
    free(path);
    return path != NULL;
}

/* Path of an id's scenario or rubric, or NULL and an error that says what is missing. */
static char *need_id_path(const struct catalogue *c, const char *folder, const char *id,
                          struct error_list *errors)
{
    struct error e;
    error_init(&e);
    if (catalogue_check(c, &e) < 0) {
        error_list_add(errors, &e);
        return NULL;
    }
    char *path = id_path(c, folder, id), *scenario = id_path(c, "scenarios", id);
    if (!path && scenario)
        fail(errors, NULL, "the scenario '%s' has no rubric: no content folder has '%s/%s.json'",
             id, folder, id);
    else if (!path)
        fail_unknown(c, id, errors);
    free(scenario);
    return path;
}

/* --- what all content shares --- */

const struct weights *catalogue_weights(struct catalogue *c, struct error_list *errors)
{
    char *path = c->weights ? NULL : needed_path(c, "weights.json", errors);
    struct buffer text = BUFFER_INIT;
    if (path && read_content(path, &text, errors))
        c->weights = weights_load(path, text.data, text.length, errors);
    buffer_release(&text);
    free(path);
    return c->weights;
}

/* "ROOT/rubrics/NAME" when it is there, else NULL. */
static char *path_in_root(const char *root, const char *name)
{
    char *folder = path_join(root, "rubrics"), *path = path_join(folder, name);
    free(folder);
    if (file_exists(path))
        return path;
    free(path);
    return NULL;
}

/* The root of "ROOT/rubrics/x.json" or "ROOT/scenarios/x.json"; the caller frees. */
static char *root_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    while (slash && slash > path && slash[-1] != '/')
        slash--;
    return slash && slash - 1 > path ? xstrndup(path, (size_t)(slash - 1 - path)) : xstrdup(".");
}

static struct shared *find_shared(struct catalogue *c, const char *lexicon_path)
{
    for (size_t i = 0; i < c->shared.count; i++)
        if (!strcmp(c->shared.items[i]->lexicon_path, lexicon_path))
            return c->shared.items[i];
    return NULL;
}

static bool load_lexicon(struct shared *shared, struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    if (!shared->lexicon && read_content(shared->lexicon_path, &text, errors))
        shared->lexicon = lexicon_load(shared->lexicon_path, text.data, text.length, errors);
    buffer_release(&text);
    return shared->lexicon != NULL;
}

/* A root with a lexicon of its own has its own red flags or none; others use the first there are. */
static struct shared *add_shared(struct catalogue *c, char *lexicon_path_take, const char *root,
                                 bool own)
{
    struct shared *shared = xcalloc(1, sizeof(*shared));
    shared->lexicon_path = lexicon_path_take;
    char *lexicon_root = own ? xstrdup(root) : root_of(lexicon_path_take);
    shared->flags_path = path_in_root(lexicon_root, "red-flags.json");
    free(lexicon_root);
    *array_add(&c->shared) = shared;
    return shared;
}

/* What the content of a root shares, its lexicon loaded; `root` NULL: what is found first. */
static struct shared *shared_of(struct catalogue *c, const char *root, struct error_list *errors)
{
    char *path = root ? path_in_root(root, "lexicon.json") : NULL;
    bool own = path != NULL;
    if (!path)
        path = needed_path(c, "lexicon.json", errors);
    if (!path)
        return NULL;
    struct shared *shared = find_shared(c, path);
    if (shared)
        free(path);
    else
        shared = add_shared(c, path, root, own);
    return load_lexicon(shared, errors) ? shared : NULL;
}

static struct shared *shared_of_file(struct catalogue *c, const char *path,
                                     struct error_list *errors)
{
    char *root = path ? root_of(path) : NULL;
    struct shared *shared = shared_of(c, root, errors);
    free(root);
    return shared;
}

static const struct shared_red_flags *load_flags(struct shared *shared,
                                                 struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    if (!shared->flags && shared->flags_path &&
        read_content(shared->flags_path, &text, errors))
        shared->flags = shared_red_flags_load(shared->flags_path, text.data, text.length,
                                              shared->lexicon, errors);
    buffer_release(&text);
    return shared->flags;
}

const struct lexicon *catalogue_lexicon(struct catalogue *c, const char *path,
                                        struct error_list *errors)
{
    const struct shared *shared = shared_of_file(c, path, errors);
    return shared ? shared->lexicon : NULL;
}

const struct lexicon *catalogue_lexicon_of(struct catalogue *c, const char *id,
                                           struct error_list *errors)
{
    char *path = need_id_path(c, "rubrics", id, errors);
    const struct shared *shared = path ? shared_of_file(c, path, errors) : NULL;
    free(path);
    return shared ? shared->lexicon : NULL;
}

const struct shared_red_flags *catalogue_red_flags(struct catalogue *c, const char *path,
                                                   struct error_list *errors)
{
    char *any = catalogue_path(c, "rubrics", "red-flags.json");
    bool none = any == NULL;
    free(any);
    if (none)
        return NULL; /* fine as long as no rubric needs them, lexicon or not */
    struct shared *shared = shared_of_file(c, path, errors);
    return shared ? load_flags(shared, errors) : NULL;
}

/* --- scenarios and rubrics --- */

static struct loaded *entry_of(struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->content.count; i++)
        if (!strcmp(c->content.items[i].id, id))
            return &c->content.items[i];
    struct loaded *fresh = array_add(&c->content);
    *fresh = (struct loaded) { .id = xstrdup(id) };
    return fresh;
}

int catalogue_summary(struct catalogue *c, const char *id, struct scenario_summary *out,
                      struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    char *path = need_id_path(c, "scenarios", id, errors);
    int result = -1;
    *out = (struct scenario_summary) { 0 };
    if (path && read_content(path, &text, errors))
        result = scenario_summarise(path, text.data, text.length, out, errors);
    buffer_release(&text);
    free(path);
    return result;
}

static struct scenario *load_scenario(struct catalogue *c, const char *path, const char *id,
                                      struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    struct scenario *scenario = NULL;
    const struct shared *shared = shared_of_file(c, path, errors);
    if (shared && read_content(path, &text, errors))
        scenario = scenario_load(path, text.data, text.length, shared->lexicon, errors);
    buffer_release(&text);
    if (!scenario || !strcmp(scenario->id, id))
        return scenario;
    fail(errors, path, "the file is called '%s.json', but its id is '%s'", id, scenario->id);
    scenario_free(scenario);
    return NULL;
}

int catalogue_scenario(struct catalogue *c, const char *id, struct scenario **out,
                       struct error_list *errors)
{
    struct loaded *entry = entry_of(c, id);
    if (!entry->scenario) {
        char *path = need_id_path(c, "scenarios", id, errors);
        if (path)
            entry->scenario = load_scenario(c, path, id, errors);
        free(path);
    }
    *out = entry->scenario;
    return *out ? 0 : -1;
}

static struct rubric *load_rubric(struct catalogue *c, const char *path, const char *id,
                                  struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    struct rubric *rubric = NULL;
    size_t before = error_list_total(errors);
    struct shared *shared = shared_of_file(c, path, errors);
    const struct shared_red_flags *flags =
        shared && !c->only_grades ? load_flags(shared, errors) : NULL;
    if (shared && error_list_total(errors) == before &&
        read_content(path, &text, errors)) {
        const struct rubric_file file = { path, text.data, text.length };
        rubric = c->only_grades ? rubric_load_to_grade(&file, shared->lexicon, errors)
                                : rubric_load(path, text.data, text.length,
                                              shared->lexicon, flags, errors);
    }
    buffer_release(&text);
    if (!rubric || !strcmp(rubric->scenario, id))
        return rubric;
    fail(errors, path, "the file is called '%s.json', but its scenario is '%s'", id,
         rubric->scenario);
    rubric_free(rubric);
    return NULL;
}

int catalogue_rubric_begin(struct catalogue *c, const char *id, struct rubric **out,
                           struct error_list *errors)
{
    struct loaded *entry = entry_of(c, id);
    if (!entry->rubric) {
        char *path = need_id_path(c, "rubrics", id, errors);
        if (path)
            entry->rubric = load_rubric(c, path, id, errors);
        free(path);
        entry->complete = !c->only_grades;
    }
    *out = entry->rubric;
    return *out ? 0 : -1;
}

static int add_flags(const struct shared *shared, struct rubric *rubric,
                     struct error_list *errors)
{
    struct buffer text = BUFFER_INIT;
    int result = -1;
    if (!rubric->shared_red_flag_count && !shared->flags_path)
        return 0;
    if (!shared->flags_path)
        fail(
            errors, NULL,
            "the rubric of '%s' names shared red flags, and no 'rubrics/red-flags.json' is beside it",
            rubric->scenario);
    else if (read_content(shared->flags_path, &text, errors)) {
        const struct rubric_file file = { shared->flags_path, text.data, text.length };
        result = rubric_add_shared_red_flags(rubric, &file, shared->lexicon, errors);
    }
    buffer_release(&text);
    return result;
}

static bool complete(struct catalogue *c, struct rubric *rubric,
                     struct error_list *errors)
{
    char *path = need_id_path(c, "rubrics", rubric->scenario, errors);
    const struct shared *shared = path ? shared_of_file(c, path, errors) : NULL;
    free(path);
    return shared && add_flags(shared, rubric, errors) == 0;
}

int catalogue_rubric(struct catalogue *c, const char *id, struct rubric **out,
                     struct error_list *errors)
{
    struct rubric *rubric;
    *out = NULL;
    if (catalogue_rubric_begin(c, id, &rubric, errors) < 0)
        return -1;
    struct loaded *entry = entry_of(c, id);
    entry->complete = entry->complete || complete(c, rubric, errors);
    *out = entry->complete ? rubric : NULL;
    return *out ? 0 : -1;
}
