#include "interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "command.h"

// The only thing a signal handler may write.
static volatile sig_atomic_t asked;

static void ask(int number)
{
    (void)number;
    if (asked) _exit(CR_EXIT_INTERRUPTED);
    asked = 1;
}

void interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = ask};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool interrupt_asked(void)
{
    return asked != 0;
}
