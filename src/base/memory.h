/*
 * memory.h - allocation that cannot fail, typed growing arrays, and an arena.
 *
 * The x-functions abort when memory runs out: viva is an application and sizes that come from
 * outside are capped before they get here. A size of zero is a programming error.
 *
 * The arena hands out memory that is released in one go: one arena a turn or a parse. Compiled with
 * VIVA_ARENA_DEBUG every allocation is a malloc of its own, so that sanitizers see an overrun.
 */
#ifndef VIVA_BASE_MEMORY_H
#define VIVA_BASE_MEMORY_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/*
 * To be called once, first of all: from 64 KiB on a block goes back to the system when it is freed. Left to
 * itself glibc raises that size to the largest block that was freed, a file that was read, say, and
 * what growing arrays leave behind stays in the process: 1.2 of 15 MiB after the rubrics are read.
 */
void memory_set_up(void);

void *xmalloc(size_t size) __attribute__((warn_unused_result));
void *xcalloc(size_t count, size_t size) __attribute__((warn_unused_result));
/* `size` is a multiple of the alignment, a power of two. */
void *xaligned_alloc(size_t alignment, size_t size) __attribute__((warn_unused_result));
void *xrealloc(void *old, size_t size) __attribute__((warn_unused_result));
/* NULL gives NULL. */
char *xstrdup(const char *text) __attribute__((warn_unused_result));
char *xstrndup(const char *text, size_t length) __attribute__((warn_unused_result));

/*
 * A growing array of any type: ARRAY(int) numbers = {0}; *array_add(&numbers) = 3;
 * array_release(&numbers). `items` is NULL while `count` is 0.
 */
#define ARRAY(type)          \
    struct {                 \
        type *items;         \
        size_t count, space; \
    }

void *array_grow(void *items, size_t count, size_t *space, size_t size)
    __attribute__((warn_unused_result));

void *array_room(void *items, size_t wanted, size_t *space, size_t size)
    __attribute__((warn_unused_result));

/* Room for `wanted` in all. */
#define array_reserve(a, wanted)                                                         \
    ((a)->items = array_room((a)->items, (wanted), &(a)->space, sizeof(*(a)->items)))

/* Becomes `wanted` zeros. */
#define array_zero(a, wanted)                                                            \
    do {                                                                                 \
        array_reserve(a, wanted);                                                        \
        (a)->count = (wanted);                                                           \
        if ((a)->count)                                                                  \
            memset((a)->items, 0, (a)->count * sizeof(*(a)->items));                     \
    } while (0)

/* Room for one more; returns a pointer to it, its content undefined. */
#define array_add(a)                                                                       \
    ((a)->items = (a)->count < (a)->space                                                  \
                      ? (a)->items                                                         \
                      : array_grow((a)->items, (a)->count, &(a)->space, sizeof(*(a)->items)), \
     &(a)->items[(a)->count++])

#define array_release(a)               \
    do {                               \
        free((a)->items);              \
        (a)->items = NULL;             \
        (a)->count = (a)->space = 0;   \
    } while (0)

struct arena_block;
struct arena {
    struct arena_block *blocks;
    size_t total; /* bytes handed out since the last reset */
};
#define ARENA_INIT { NULL, 0 }

/* Zeroed, aligned for pointers, doubles and 64-bit numbers; not for long double. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((warn_unused_result));
char *arena_strndup(struct arena *a, const char *text, size_t length)
    __attribute__((warn_unused_result));
char *arena_strdup(struct arena *a, const char *text) __attribute__((warn_unused_result));
/* Forgets all that was handed out; keeps one block for the next turn. */
void arena_reset(struct arena *a);
void arena_release(struct arena *a);

#define arena_new(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, count) \
    ((type *)arena_alloc((a), (size_t)((count) > 0 ? (count) : 1) * sizeof(type)))

#endif
