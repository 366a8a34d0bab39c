// Runs a maker of sound in the test's folder and reads back what it wrote.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "broker/builtin.h"
#include "media/sample.h"

// What [builtin] makes of [input] (JSON); [file] is what it writes. On success gives the output
// (cJSON_Delete) and the sound (cr_samples_drop).
cr_status make_sound(const cr_builtin *builtin, const char *input, const char *file, cJSON **output,
                     cr_samples **sound, cr_fault *fault);

int64_t number_of(const cJSON *object, const char *key);
const char *text_of(const cJSON *object, const char *key);
