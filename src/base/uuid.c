#include "base/uuid.h"

#include <uuid/uuid.h>

void uuid_text_new(char *text)
{
    uuid_t id;
    uuid_generate_random(id);
    uuid_unparse_lower(id, text);
}
