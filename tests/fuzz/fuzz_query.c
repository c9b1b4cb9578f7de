/* Arguments of `viva search`, one a line: whatever they are, the index can be asked. */
#include "fuzz.h"

#include "transcript/library.h"
#include "transcript/query.h"

enum { ARGS = 40 };

static struct library *library;

static void look_for(const struct query *q)
{
    struct library_filter any = { .limit = 3 };
    struct library_findings found;
    struct library_wanted wanted = { q, &any, -1 };
    struct arena arena = ARENA_INIT;
    if (!library)
        library = library_open("/nowhere", NULL);
    must(library_search(library, &wanted, &arena, &found, NULL) == 0);
    must(found.count == 0);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *args[ARGS], *text = malloc(size + 1);
    size_t count = 0;
    struct query q;
    struct error e;
    error_init(&e);
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *line = text; line && count < ARGS;) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        args[count++] = line;
        line = end ? end + 1 : NULL;
    }
    if (query_parse(&q, args, count, &e) == 0) {
        size_t quotes = 0;
        for (const char *p = q.match.data; *p; p++)
            quotes += *p == '"';
        must(q.terms > 0 && q.terms <= QUERY_WORDS && quotes == 2 * q.terms);
        look_for(&q);
    } else {
        must(e.code == ERROR_USAGE && e.message[0]);
    }
    query_release(&q);
    free(text);
    return 0;
}
