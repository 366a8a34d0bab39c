// The sounds of all languages as those of one (see broker/builtin_voice.h).
#pragma once

// The symbol for a sound's name in the International Phonetic Alphabet; "pau" for pauses, NULL for
// what is no sound by itself (stress, length). Static.
const char *cr_espeak_symbol(const char *ipa);
