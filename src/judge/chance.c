#define _GNU_SOURCE
#include "judge/chance.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

static unsigned next_chance(void)
{
    static uint64_t seeded;
    static bool fixed;
    const char *seed = getenv("VIVA_LLM_SEED");
    unsigned number;
    if (seed && *seed) {
        seeded = fixed ? seeded : strtoull(seed, NULL, 10);
        fixed = true;
        seeded = seeded * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        return (unsigned)(seeded >> 33);
    }
    if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
        number = (unsigned)rand();
    return number & 0x7fffffff;
}

double chance_share(void)
{
    return next_chance() / 2147483648.0;
}

void chance_digits(char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text[i] = "0123456789abcdef"[next_chance() >> 11 & 15];
    text[count] = '\0';
}
