/*
 * hash.h - FNV-1a, 64 bit (Fowler, Noll and Vo; draft-eastlake-fnv): for tables, and to tell
 * whether a rubric is the one that an old score was made with. Not for anything secret.
 */
#ifndef VIVA_BASE_HASH_H
#define VIVA_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define HASH_START UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_bytes(uint64_t hash, const void *data, size_t length)
{
    const unsigned char *p = data;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

enum { HASH_TEXT_SIZE = 17 };
/* Sixteen hexadecimal digits into text[HASH_TEXT_SIZE]. */
static inline void hash_text(uint64_t hash, char *text)
{
    snprintf(text, HASH_TEXT_SIZE, "%016llx", (unsigned long long)hash);
}

#endif
