// Everything that a film is made with, opened together: the host, the store, the makers, the
// studio.
#pragma once

#include "broker/registry_paid.h"
#include "native/native.h"
#include "studio/ledger_store.h"
#include "studio/studio.h"

// All that is open while a film is made.
typedef struct make_workplace {
    char *folder, *data_folder;
    cr_native *native;
    const cr_host *host; // borrowed from native
    cr_store *store;
    cr_builtin_pool *pool;
    cr_ledger_store *ledger;
    cr_registry *registry;
    cr_paid_broker *paid; // NULL: there is no key
    cr_studio *studio;
} make_workplace;

// Opens the film in [folder] (taken), which is made when missing. [threads] 0: one a processor. On
// failure everything is closed again.
CR_CHECKED cr_status make_workplace_open(make_workplace *out, char *folder, int threads,
                                         cr_fault *fault);
void make_workplace_close(make_workplace *place);
