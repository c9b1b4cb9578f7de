#define _POSIX_C_SOURCE 200809L
#include "judge/cancel.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t cancelled;
static const int cancelling[] = { SIGINT, SIGHUP, SIGTERM };
enum { CANCELLING = sizeof(cancelling) / sizeof(*cancelling) };
static struct sigaction before[CANCELLING];

/* Who listened before hears of it too, but for Ctrl-C, which belongs to the request. */
static void cancel(int number)
{
    cancelled = 1;
    for (int i = 0; i < CANCELLING; i++)
        if (cancelling[i] == number && number != SIGINT &&
            before[i].sa_handler != SIG_DFL && before[i].sa_handler != SIG_IGN)
            before[i].sa_handler(number);
}

void cancel_listen(void)
{
    struct sigaction own;
    memset(&own, 0, sizeof(own));
    own.sa_handler = cancel;
    sigemptyset(&own.sa_mask);
    cancelled = 0;
    for (int i = 0; i < CANCELLING; i++) {
        sigaction(cancelling[i], NULL, &before[i]);
        bool own_way = before[i].sa_handler == SIG_IGN ||
                       (cancelling[i] != SIGINT && before[i].sa_handler == SIG_DFL);
        if (!own_way)
            sigaction(cancelling[i], &own, NULL);
    }
}

void cancel_ignore(void)
{
    for (int i = 0; i < CANCELLING; i++)
        sigaction(cancelling[i], &before[i], NULL);
}

bool cancel_wanted(void)
{
    return cancelled != 0;
}
