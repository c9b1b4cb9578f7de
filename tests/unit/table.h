/*
 * table.h - tables of short rows: a failure names the row's own line, and the other rows
 * go on.
 *
 *     static const struct { int row; const char *text; int want; } cases[] = {
 *         ROW("a", 1),
 *     };
 *     for (size_t i = 0; i < ROWS(cases); i++)
 *         if (f(cases[i].text) != cases[i].want)
 *             row_fails(__FILE__, cases[i].row, "'%s' gives ...", cases[i].text);
 *     table_ends();
 */
#ifndef VIVA_TESTS_TABLE_H
#define VIVA_TESTS_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#define ROW(...)                                                                         \
    {                                                                                    \
        __LINE__, __VA_ARGS__                                                            \
    }
#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static int rows_failed;

__attribute__((format(printf, 3, 4))) static inline void
row_fails(const char *file, int row, const char *format, ...)
{
    char what[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    print_error("%s:%d: %s\n", file, row, what);
    rows_failed++;
}

/* To be called behind the last row of a table. */
static inline void table_ends(void)
{
    int failed = rows_failed;
    rows_failed = 0;
    if (failed)
        fail_msg("%d rows fail", failed);
}

#endif
