/* fuzz.h - what the targets share: what must hold, or the run ends here with a finding.
 */
#ifndef VIVA_TESTS_FUZZ_H
#define VIVA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(condition)                                                                  \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__,            \
                    #condition);                                                         \
            abort();                                                                     \
        }                                                                                \
    } while (0)

/* A loader that failed says why and where; one that did not has nothing to say. */
static inline void must_explain(const struct error_list *errors, int loaded)
{
    must(loaded ? !error_list_total(errors) : error_list_total(errors) > 0);
    for (size_t i = 0; i < errors->count; i++) {
        const struct error *e = &errors->items[i];
        must(e->code != ERROR_NONE && e->message[0]);
        must(e->line >= 1 && e->column >= 1 && e->caret >= 1);
        must(strlen(e->excerpt) < sizeof(e->excerpt));
    }
}

#endif
