// A bought voice as the studio's: a WAV file, and the words with their times.
#pragma once

#include "base/json.h"
#include "time/time.h"

// 16-bit PCM of one channel into a WAV file, whole or not at all.
CR_CHECKED cr_status cr_paid_voice_write(const char *path, const void *pcm, size_t size, int rate,
                                         cr_fault *fault);

// The result: file, duration, words. [alignment] has a time for every character (characters,
// character_start_times_seconds, character_end_times_seconds); NULL or unfit: the words' times are
// guessed by their length. Gives the tree.
cJSON *cr_paid_voice_output(const char *file, const char *text, cr_ticks duration,
                            const cJSON *alignment);
