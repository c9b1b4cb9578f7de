/*
 * viva - a mock system-design interview in the terminal.
 * Copyright (C) 2026 the viva authors. Licence: GPL-3.0-or-later, see LICENSE.
 */
#define _GNU_SOURCE /* SIGXFSZ */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "command/command.h"

/* Results that did not reach their reader are no success. */
static int close_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fputs("viva: cannot write standard output\n", stderr);
    return status == ERROR_NONE ? ERROR_STORAGE : status;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a failed write, not the end */
    if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1)
        setlocale(LC_CTYPE, "C.UTF-8"); /* lines are edited by character, whatever is set */
    return close_output(command_main(argc, argv));
}
