#include "broker/voice/espeak_sounds.h"

#include <string.h>

#include "base/vec.h"

// Longer names first, as the first that fits is taken.
static const struct {
    const char *ipa, *symbol;
} sounds[] = {
    {"tʃ", "ch"}, {"dʒ", "jh"}, {"ts", "s"},  {"dz", "z"}, {"aɪ", "ay"}, {"aʊ", "aw"}, {"eɪ", "ey"},
    {"ɔɪ", "oy"}, {"oʊ", "ow"}, {"əʊ", "ow"}, {"ɜ", "er"}, {"ɚ", "er"},  {"ɝ", "er"},  {"a", "aa"},
    {"ɑ", "aa"},  {"ɐ", "ah"},  {"æ", "ae"},  {"ʌ", "ah"}, {"ɔ", "ao"},  {"ɒ", "ao"},  {"ə", "ax"},
    {"ɘ", "ax"},  {"ɵ", "ax"},  {"ɤ", "ah"},  {"e", "ey"}, {"ɛ", "eh"},  {"ø", "er"},  {"œ", "er"},
    {"i", "iy"},  {"ɪ", "ih"},  {"ɨ", "ih"},  {"y", "uw"}, {"ʏ", "uh"},  {"ʉ", "uw"},  {"o", "ow"},
    {"u", "uw"},  {"ʊ", "uh"},  {"ɯ", "uw"},  {"b", "b"},  {"ɓ", "b"},   {"d", "d"},   {"ɖ", "d"},
    {"ɗ", "d"},   {"ð", "dh"},  {"f", "f"},   {"ɸ", "f"},  {"g", "g"},   {"ɡ", "g"},   {"ɣ", "g"},
    {"ɢ", "g"},   {"h", "hh"},  {"ħ", "hh"},  {"ɦ", "hh"}, {"x", "hh"},  {"χ", "hh"},  {"ç", "sh"},
    {"k", "k"},   {"q", "k"},   {"c", "k"},   {"ɟ", "g"},  {"l", "l"},   {"ɫ", "l"},   {"ɭ", "l"},
    {"ʎ", "l"},   {"ɬ", "l"},   {"m", "m"},   {"ɱ", "m"},  {"n", "n"},   {"ɲ", "n"},   {"ɳ", "n"},
    {"ŋ", "ng"},  {"p", "p"},   {"r", "r"},   {"ɹ", "r"},  {"ɾ", "r"},   {"ʁ", "r"},   {"ʀ", "r"},
    {"ɽ", "r"},   {"ɻ", "r"},   {"s", "s"},   {"ʂ", "sh"}, {"ʃ", "sh"},  {"ɕ", "sh"},  {"t", "t"},
    {"ʈ", "t"},   {"θ", "th"},  {"v", "v"},   {"ʋ", "v"},  {"β", "v"},   {"w", "w"},   {"ʍ", "w"},
    {"ɥ", "w"},   {"j", "y"},   {"ʝ", "y"},   {"z", "z"},  {"ʐ", "zh"},  {"ʒ", "zh"},  {"ʑ", "zh"},
    {"ʔ", "hh"},  {"ʕ", "aa"},  {"_", "pau"},
};

const char *cr_espeak_symbol(const char *ipa)
{
    static const char *const marks[] = {"ˈ", "ˌ", "ː", "'", ",", "̩", "̃"};
    for (size_t i = 0; i < CR_COUNT_OF(marks); i++)
        if (strncmp(ipa, marks[i], strlen(marks[i])) == 0)
            return cr_espeak_symbol(ipa + strlen(marks[i]));
    if (!ipa[0]) return "pau";
    for (size_t i = 0; i < CR_COUNT_OF(sounds); i++)
        if (strncmp(ipa, sounds[i].ipa, strlen(sounds[i].ipa)) == 0) return sounds[i].symbol;
    return NULL;
}
