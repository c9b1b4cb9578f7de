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
#include "base/memory.h"
#include "command/command.h"

/* Results that did not reach their reader are no success. */
static int close_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fputs("viva: cannot write standard output\n", stderr);
    return status == ERROR_NONE ? ERROR_STORAGE : status;
}

/* Lines are edited by character, whatever is set, or set and not installed, as over ssh. The
 * environment says so too: readline asks it again, and the editor and the pager get UTF-8. */
static void choose_locale(void)
{
    if (setlocale(LC_CTYPE, "") && MB_CUR_MAX > 1)
        return;
    setenv("LC_ALL", "C.UTF-8", 1);
    setlocale(LC_CTYPE, "");
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a failed write, not the end */
    memory_set_up();
    choose_locale();
    return close_output(command_main(argc, argv));
}
