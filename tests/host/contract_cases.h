// What every host must do, whatever it runs on. The cases know no test library: natively they run
// under cmocka, in a browser inside a worker of a page.
#pragma once

#include "host/host.h"

// Where the cases run, and what they found.
typedef struct contract {
    const cr_host *host;
    const char *prefix; // of every file's uri: natively a folder, in a browser "opfs:/…"
    bool has_folders;
    char failure[512]; // the first check that did not hold; "" when all did
} contract;

typedef struct contract_case {
    const char *name;
    void (*run)(contract *c);
} contract_case;

extern const contract_case contract_cases[];
extern const int contract_case_count;
