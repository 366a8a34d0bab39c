// Ctrl-C and SIGTERM as a question that is asked between two steps.
#pragma once

#include <stdbool.h>

// From now on the signals only set a flag; the second one of them ends the program at once.
void interrupt_watch(void);

// True once somebody asked the program to stop.
bool interrupt_asked(void);
