// The film's ledger on the terminal: what was asked of paid services, and what it cost.
#pragma once

#include <stdbool.h>

#include "make_workplace.h"

// One line: "cost     2.08 US$ of 10.00: 9 calls". Prints nothing when no service was ever asked.
void make_ledger_sum(const make_workplace *place);

// Every call as a row, then the sum.
void make_ledger_table(const make_workplace *place);

// Before anything is asked for: about what a film of this brief costs, and whether the budget will
// do. Prints nothing when all is made on this machine, or when the film's script is there already.
void make_ledger_forecast(const make_workplace *place);
