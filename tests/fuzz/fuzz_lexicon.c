/* A lexicon file: loaded; every concept is found by its name and is a kind of itself. */
#include "fuzz.h"

#include "scoring/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct lexicon *lexicon = lexicon_load("lexicon", (const char *)data, size, &errors);
    must_explain(&errors, lexicon != NULL);
    for (size_t i = 0; lexicon && i < lexicon->count; i++) {
        const struct concept *c = &lexicon->concepts[i];
        must(lexicon_find(lexicon, c->name) == (int)i);
        must(c->kinds_count >= 1 && c->kinds[0] == i);
        for (size_t k = 0; k < c->kinds_count; k++)
            must(c->kinds[k] < lexicon->count);
    }
    lexicon_free(lexicon);
    error_list_release(&errors);
    return 0;
}
