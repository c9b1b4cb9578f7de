#define _POSIX_C_SOURCE 200809L
#include "transcript/folder.h"

#include <string.h>

enum { SETTLED_MS = 2000 };

static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

struct stamp stamp_of(const struct stat *st, int64_t now)
{
    struct stamp stamp = { (int64_t)st->st_size, nanoseconds(st->st_mtim),
                           nanoseconds(st->st_ctim), (int64_t)st->st_ino };
    int64_t settled = (now - SETTLED_MS) * 1000000;
    if (stamp.modified > settled || stamp.changed > settled)
        stamp.changed = -1;
    return stamp;
}

bool stamp_equal(const struct stamp *a, const struct stamp *b)
{
    return a->changed != -1 && a->size == b->size && a->modified == b->modified &&
           a->changed == b->changed && a->inode == b->inode;
}

void folder_compare(const struct folder_file *before, size_t count,
                    const struct folder_names *now, folder_look *look, void *state,
                    struct folder_changes *out)
{
    size_t i = 0, k = 0;
    *out = (struct folder_changes) { 0 };
    while (i < count || k < now->count) {
        int order = i == count        ? 1
                    : k == now->count ? -1
                                      : strcmp(before[i].name, now->items[k]);
        struct stamp stamp;
        if (order < 0)
            *array_add(&out->gone) = before[i].name;
        else if (order > 0 || (look && (!look(state, now->items[k], &stamp) ||
                                        !stamp_equal(&stamp, &before[i].stamp))))
            *array_add(&out->touched) = now->items[k];
        i += order <= 0;
        k += order >= 0;
    }
}
