/*
 * folder.h - a folder of transcripts as it is now, against how it was when it was last
 * looked at.
 */
#ifndef VIVA_TRANSCRIPT_FOLDER_H
#define VIVA_TRANSCRIPT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/memory.h"

/* How a file looked. Times are nanoseconds since 1970. */
struct stamp {
    int64_t size, modified, changed, inode;
};

/*
 * `now` is the moment of looking, in milliseconds: a file that changed within two seconds
 * of it (or after it) gets a stamp that equals none, since it may change again without
 * its times telling (2 s is the coarsest that file systems in use count by: FAT).
 */
struct stamp stamp_of(const struct stat *st, int64_t now);
bool stamp_equal(const struct stamp *a, const struct stamp *b);

/* A file that was there: its name is borrowed. */
struct folder_file {
    const char *name;
    struct stamp stamp;
};

struct folder_changes {
    ARRAY(const char *) touched; /* new ones, and those with another stamp */
    ARRAY(const char *) gone;
};

/*
 * Compares the names that were there (sorted by strcmp) with the names that are (the
 * same), and the stamps of those that are in both. Without `look` stamps are not
 * compared. What it finds has the pointers that it was given; the caller releases both
 * arrays.
 */
struct folder_names {
    char **items;
    size_t count;
};
typedef bool folder_look(void *state, const char *name, struct stamp *stamp);
void folder_compare(const struct folder_file *before, size_t count,
                    const struct folder_names *now, folder_look *look, void *state,
                    struct folder_changes *out);

#endif
