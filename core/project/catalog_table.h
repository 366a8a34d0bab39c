// The tables that tools/catalog.py writes.
#pragma once

#include "project/catalog.h"

// Sorted by id; one unused entry where there is none.
extern const cr_catalog_entry cr_catalog_effect_table[];
extern const int cr_catalog_effect_count;
extern const cr_catalog_entry cr_catalog_transition_table[];
extern const int cr_catalog_transition_count;
