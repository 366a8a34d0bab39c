// Writing sound to a WAV file: 24-bit PCM, whole or not at all.
#pragma once

#include "host/host.h"
#include "media/sample.h"

// Writes [samples] to [path] through the host's sink, rounded to 24 bits; beyond ±1 is clipped.
CR_CHECKED cr_status cr_wav_write(const cr_host *host, const char *path, const cr_samples *samples,
                                  cr_fault *fault);
