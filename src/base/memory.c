#include "base/memory.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void memory_set_up(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 64 * 1024);
#endif
}

static void out_of_memory(size_t size)
{
    fprintf(stderr, "viva: out of memory (%zu bytes)\n", size);
    abort();
}

void *xmalloc(size_t size)
{
    assert(size > 0);
    void *p = malloc(size);
    if (!p)
        out_of_memory(size);
    return p;
}

void *xcalloc(size_t count, size_t size)
{
    assert(count > 0 && size > 0);
    void *p = calloc(count, size);
    if (!p)
        out_of_memory(size);
    return p;
}

void *xaligned_alloc(size_t alignment, size_t size)
{
    assert(size > 0 && size % alignment == 0);
    void *p = aligned_alloc(alignment, size);
    if (!p)
        out_of_memory(size);
    return p;
}

void *xrealloc(void *old, size_t size)
{
    assert(size > 0);
    void *p = realloc(old, size);
    if (!p)
        out_of_memory(size);
    return p;
}

char *xstrndup(const char *text, size_t length)
{
    char *copy = xmalloc(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *xstrdup(const char *text)
{
    return text ? xstrndup(text, strlen(text)) : NULL;
}

void *array_grow(void *items, size_t count, size_t *space, size_t size)
{
    size_t wanted = count ? count * 2 : 2;
    if (wanted > SIZE_MAX / size)
        out_of_memory(SIZE_MAX);
    *space = wanted;
    return xrealloc(items, wanted * size);
}

void *array_room(void *items, size_t wanted, size_t *space, size_t size)
{
    while (*space < wanted)
        items = array_grow(items, *space, space, size);
    return items;
}

/* Nothing that goes into an arena is aligned to more (pointers, 64-bit numbers, doubles). */
enum { ARENA_UNIT = 8 };

struct arena_block {
    struct arena_block *next;
    size_t used, space;
    max_align_t data[];
};

#ifdef VIVA_ARENA_DEBUG
enum { FIRST_BLOCK = 1 };
#else
enum { FIRST_BLOCK = 16 * 1024 };
#endif

static struct arena_block *block_new(size_t space)
{
    struct arena_block *b = xmalloc(sizeof(*b) + space);
    b->used = 0;
    b->space = space;
    return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
    assert(size > 0);
    const size_t unit = ARENA_UNIT;
    size = (size + unit - 1) / unit * unit;
    struct arena_block *b = a->blocks;
    if (!b || b->space - b->used < size) {
        size_t space = b && FIRST_BLOCK > 1 ? b->space * 2 : FIRST_BLOCK;
        struct arena_block *fresh = block_new(space > size ? space : size);
        fresh->next = b;
        a->blocks = b = fresh;
    }
    void *p = (char *)b->data + b->used;
    b->used += size;
    a->total += size;
    return memset(p, 0, size);
}

char *arena_strndup(struct arena *a, const char *text, size_t length)
{
    char *copy = arena_alloc(a, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return text ? arena_strndup(a, text, strlen(text)) : NULL;
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->blocks;
    if (!keep)
        return;
    for (struct arena_block *b = keep->next, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    keep->next = NULL;
    keep->used = 0;
    a->total = 0;
}

void arena_release(struct arena *a)
{
    for (struct arena_block *b = a->blocks, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    a->blocks = NULL;
    a->total = 0;
}
