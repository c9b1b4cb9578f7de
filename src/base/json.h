/*
 * json.h - the one door to jansson: loading with positions, checked access, compact writing.
 *
 * jansson forgets where a value stood. A `struct json_document` keeps the text beside the tree, and
 * json_locate() finds a value's byte offset again by walking text and tree side by side; it is
 * called on errors only, so nothing is paid for good input.
 *
 * A `struct json_check` collects the mistakes of one document. The getters below add one entry a
 * mistake and return a harmless value, so a loader reads everything and reports everything.
 */
#ifndef VIVA_BASE_JSON_H
#define VIVA_BASE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct json_document {
    const char *source; /* borrowed: path or other name, for messages */
    const char *text;   /* borrowed; must outlive the document */
    size_t length;
    json_t *root;       /* owned */
};

/*
 * Parses one JSON value that must fill the text. Duplicate keys, invalid UTF-8 and nesting beyond
 * jansson's limit are errors. On -1 the error has source, line, column and excerpt.
 */
int json_load_document(struct json_document *doc, const char *source, const char *text,
                       size_t length, struct error *e) __attribute__((warn_unused_result));
void json_release_document(struct json_document *doc);

/* Byte offset of `value` in the text; 0 when it is not part of the tree. */
size_t json_locate(const struct json_document *doc, const json_t *value);
/* Byte offset of the key `name` of `object`; the object's own offset when it has none. */
size_t json_locate_key(const struct json_document *doc, const json_t *object, const char *name);
/*
 * Byte offset in the text of byte `inside` of the decoded string `value`: what stands before it may
 * contain escapes.
 */
size_t json_locate_in_string(const struct json_document *doc, const json_t *value, size_t inside);

struct json_check {
    const struct json_document *doc;
    struct error_list *errors;
};

/*
 * A loader's frame around a file: json_open() parses the text and points the check at it; on false
 * the mistake is in the list and there is nothing to close. json_close() releases the document and
 * says whether nothing was wrong with it.
 */
struct json_opened {
    struct json_document doc;
    struct json_check check;
    size_t mistakes_before;
};
bool json_open(struct json_opened *file, const char *source, const char *text, size_t length,
               struct error_list *errors) __attribute__((warn_unused_result));
bool json_close(struct json_opened *file);

/* To be asked before the words for a mistake are made, where that takes long. True when the list is full: the
 * mistake is counted then, and nobody will read its words. The functions below ask it themselves, since to
 * find a place takes a walk through the file. */
bool json_fails_in_vain(struct json_check *c);
/* Adds an error at byte `offset` of the document. */
void json_fail_at(struct json_check *c, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds an error at a value. */
void json_fail(struct json_check *c, const json_t *value, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* At a key, see json_locate_key(); in a string, see json_locate_in_string(). */
void json_fail_key(struct json_check *c, const json_t *object, const char *name,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
void json_fail_in_string(struct json_check *c, const json_t *value, size_t inside,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Checks that `value` is an object and that each key is in the NULL-terminated list; names the
 * nearest known key for each that is not. `what` is for messages: "a criterion". */
bool json_check_object(struct json_check *c, const json_t *value, const char *what,
                       const char *const *keys);

/* Borrowed strings, valid as long as the document. Missing or wrong: an error and NULL (required)
 * or NULL without an error when the key is absent (optional). An empty required string is an
 * error. */
const char *json_need_string(struct json_check *c, const json_t *object, const char *key);
const char *json_want_string(struct json_check *c, const json_t *object, const char *key);

/* A number within the range; missing or wrong: an error and `otherwise`. */
double json_need_number(struct json_check *c, const json_t *object, const char *key, double low,
                        double high, double otherwise);
/* The same; an absent key gives `otherwise` without an error. */
double json_want_number(struct json_check *c, const json_t *object, const char *key, double low,
                        double high, double otherwise);
bool json_want_bool(struct json_check *c, const json_t *object, const char *key, bool otherwise);

/* An array or NULL; absent is an error only when needed. */
json_t *json_need_array(struct json_check *c, const json_t *object, const char *key);
json_t *json_want_array(struct json_check *c, const json_t *object, const char *key);
json_t *json_need_object(struct json_check *c, const json_t *object, const char *key);
json_t *json_want_object(struct json_check *c, const json_t *object, const char *key);

/*
 * The newest format of its files that this program reads. A file says its own under "format"; one that
 * does not has format 1.
 */
enum { JSON_FORMAT_NEWEST = 1 };
bool json_format_is_newer(const json_t *object);
/*
 * json_check_object() for the root of a file, with its format. What a newer viva wrote is one
 * mistake that says so: nothing else that this one could say of it would be to the point.
 */
bool json_check_file(struct json_check *c, const json_t *root, const char *what,
                     const char *const *keys);

/* Index of `text` in a NULL-terminated list, or -1. */
int json_choice(const char *text, const char *const *choices);

/* Appends the value compactly on one line, keys in insertion order, numbers shortest. */
void json_write(struct buffer *out, const json_t *value);
/* Appends a string as a JSON string literal; bytes that are not UTF-8 become U+FFFD. */
void json_write_string(struct buffer *out, const char *text, size_t length);
/* A new number rounded to three decimals; null for NAN, which JSON does not have. */
json_t *json_figure(double value) __attribute__((warn_unused_result));
/* A new string value; bytes that are not UTF-8 become U+FFFD. */
json_t *json_text_new(const char *text, size_t length) __attribute__((warn_unused_result));

/* Edit distance, swaps counting one; SIZE_MAX for words of more than 63 bytes, which are never near. */
size_t word_distance(const char *a, const char *b);
/* The known word nearest to `word` by edit distance, or NULL when none is near. */
const char *nearest_word(const char *word, const char *const *known);

const char *json_library_version(void);

#endif
