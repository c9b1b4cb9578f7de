/*
 * file.h - files and the folders that the platform assigns (XDG base directory specification).
 * Of the environment it reads HOME and the XDG variables.
 */
#ifndef VIVA_BASE_FILE_H
#define VIVA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Reads a whole file of at most `cap` bytes into `out`; larger is an error. */
int file_read(const char *path, size_t cap, struct buffer *out, struct error *e);
/* The same from an open descriptor; `name` is for messages. */
int file_read_descriptor(int descriptor, const char *name, size_t cap, struct buffer *out,
                         struct error *e);

/* Writes a file by way of a temporary name and rename; mode as given. */
int file_write(const char *path, const char *data, size_t length, unsigned mode, struct error *e);

/* Writes a file that is not there yet; one that is, is an error. */
int file_write_new(const char *path, const char *data, size_t length, unsigned mode,
                   struct error *e);

bool file_is_folder(const char *path);
bool file_exists(const char *path);
/* Whether both are there and one and the same, whatever they are called. */
bool file_is_same(const char *a, const char *b);

/* Makes the folder and what leads to it, each 0700 if new. */
int file_make_folders(const char *path, struct error *e);

/* "a/b"; the caller frees. */
char *path_join(const char *a, const char *b) __attribute__((warn_unused_result));

/* $XDG_DATA_HOME/viva and its kin, or the default below $HOME; NULL without a home. Caller frees. */
char *path_data_home(void) __attribute__((warn_unused_result));
char *path_config_home(void) __attribute__((warn_unused_result));
char *path_cache_home(void) __attribute__((warn_unused_result));
char *path_state_home(void) __attribute__((warn_unused_result));

/* "PREFIX/below" for a program that stands in PREFIX/bin, wherever it was moved to; NULL when that
 * cannot be found out (no /proc) or is no folder. Caller frees. */
char *path_in_prefix(const char *below) __attribute__((warn_unused_result));

/* Without links, "." and ".."; NULL when it is not there. Caller frees. */
char *path_real(const char *path) __attribute__((warn_unused_result));

/* Names in a folder that end in `suffix`, sorted; missing folder: none. Caller frees each and the
 * array. Returns the count. */
size_t folder_list(const char *path, const char *suffix, char ***names);

#endif
