/* A scenario file: loaded, or refused with reasons. */
#include "fuzz.h"

#include "content/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error_list errors = ERROR_LIST_INIT;
    struct scenario *scenario =
        scenario_load("scenario", (const char *)data, size, NULL, &errors);
    must_explain(&errors, scenario != NULL);
    if (scenario)
        must(scenario->id && scenario->title && scenario->prompt &&
             scenario->phase_count > 0);
    scenario_free(scenario);
    error_list_release(&errors);
    return 0;
}
