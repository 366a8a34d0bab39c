#include "broker/library_chance.h"

#include <pthread.h>
#include <stdlib.h>

// The one lock for a state that is not ours and exists once a process.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

void cr_library_chance_take(void)
{
    pthread_mutex_lock(&turn);
    srand(1);
}

void cr_library_chance_give(void)
{
    pthread_mutex_unlock(&turn);
}
