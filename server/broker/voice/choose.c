// The voices there are, and which one can read a text.
#include <string.h>
#include <strings.h>

#include "base/vec.h"
#include "broker/voice/words.h"

#define FLITE CR_VOICE_ENGINE_FLITE
#define ESPEAK CR_VOICE_ENGINE_ESPEAK

static const cr_voice_spec voices[] = {
    {"warm", "Warm (English)", FLITE, "slt", "en", 0.97, 0.98, 4, -1},
    {"clear", "Clear (English)", FLITE, "rms", "en", 1.0, 1.0, 1, -1.5},
    {"deep", "Deep (English)", FLITE, "rms", "en", 0.91, 0.96, 1.5, -1},
    {"bright", "Bright (English)", FLITE, "slt", "en", 1.06, 1.03, 4, 0},
    {"calm", "Calm (English)", FLITE, "slt", "en", 0.93, 0.88, 4, -1},
    {"lively", "Lively (English)", FLITE, "rms", "en", 1.07, 1.08, 1, -1.5},
    {"scottish", "Scottish (English)", FLITE, "awb", "en", 1.0, 1.0, 1, 0},
    {"british", "British (English)", ESPEAK, "en-gb", "en", 1.0, 1.0, 0, -2},
    {"arabic", "Arabic", ESPEAK, "ar", "ar", 1.0, 0.92, 0, -2},
    {"armenian", "Armenian", ESPEAK, "hy", "hy", 1.0, 0.95, 0, -2},
    {"bengali", "Bengali", ESPEAK, "bn", "bn", 1.0, 0.95, 0, -2},
    {"bulgarian", "Bulgarian", ESPEAK, "bg", "bg", 1.0, 0.95, 0, -2},
    {"catalan", "Catalan", ESPEAK, "ca", "ca", 1.0, 0.95, 0, -2},
    {"chinese", "Chinese (Mandarin)", ESPEAK, "cmn-latn-pinyin", "zh", 1.0, 0.92, 0, -2},
    {"croatian", "Croatian", ESPEAK, "hr", "hr", 1.0, 0.95, 0, -2},
    {"czech", "Czech", ESPEAK, "cs", "cs", 1.0, 0.95, 0, -2},
    {"danish", "Danish", ESPEAK, "da", "da", 1.0, 0.95, 0, -2},
    {"dutch", "Dutch", ESPEAK, "nl", "nl", 1.0, 0.98, 0, -2},
    {"finnish", "Finnish", ESPEAK, "fi", "fi", 1.0, 0.95, 0, -2},
    {"french", "French", ESPEAK, "fr-fr", "fr", 1.0, 0.96, 0, -2},
    {"georgian", "Georgian", ESPEAK, "ka", "ka", 1.0, 0.95, 0, -2},
    {"german", "German", ESPEAK, "de", "de", 1.0, 0.95, 0, -2},
    {"greek", "Greek", ESPEAK, "el", "el", 1.0, 0.95, 0, -2},
    {"hebrew", "Hebrew", ESPEAK, "he", "he", 1.0, 0.92, 0, -2},
    {"hindi", "Hindi", ESPEAK, "hi", "hi", 1.0, 0.95, 0, -2},
    {"hungarian", "Hungarian", ESPEAK, "hu", "hu", 1.0, 0.95, 0, -2},
    {"indonesian", "Indonesian", ESPEAK, "id", "id", 1.0, 0.95, 0, -2},
    {"italian", "Italian", ESPEAK, "it", "it", 1.0, 0.95, 0, -2},
    {"japanese", "Japanese", ESPEAK, "ja", "ja", 1.0, 0.95, 0, -2},
    {"korean", "Korean", ESPEAK, "ko", "ko", 1.0, 0.95, 0, -2},
    {"norwegian", "Norwegian", ESPEAK, "nb", "nb", 1.0, 0.95, 0, -2},
    {"persian", "Persian", ESPEAK, "fa", "fa", 1.0, 0.95, 0, -2},
    {"polish", "Polish", ESPEAK, "pl", "pl", 1.0, 0.95, 0, -2},
    {"portuguese", "Portuguese", ESPEAK, "pt-br", "pt", 1.0, 0.96, 0, -2},
    {"romanian", "Romanian", ESPEAK, "ro", "ro", 1.0, 0.95, 0, -2},
    {"russian", "Russian", ESPEAK, "ru", "ru", 1.0, 0.95, 0, -2},
    {"spanish", "Spanish", ESPEAK, "es", "es", 1.0, 0.97, 0, -2},
    {"swedish", "Swedish", ESPEAK, "sv", "sv", 1.0, 0.95, 0, -2},
    {"tamil", "Tamil", ESPEAK, "ta", "ta", 1.0, 0.95, 0, -2},
    {"turkish", "Turkish", ESPEAK, "tr", "tr", 1.0, 0.95, 0, -2},
    {"ukrainian", "Ukrainian", ESPEAK, "uk", "uk", 1.0, 0.95, 0, -2},
    {"vietnamese", "Vietnamese", ESPEAK, "vi", "vi", 1.0, 0.95, 0, -2},
};

const cr_voice_spec *cr_voice_list(int *count)
{
    *count = (int)CR_COUNT_OF(voices);
    return voices;
}

typedef struct script {
    uint32_t first, last;
    const char *language; // the likeliest
    const char *others;   // also written in it
} script;

static const script scripts[] = {
    {0x0370, 0x03FF, "el", ""}, {0x0400, 0x052F, "ru", "bg uk"}, {0x0531, 0x058F, "hy", ""},
    {0x0590, 0x05FF, "he", ""}, {0x0600, 0x077F, "ar", "fa"},    {0x0900, 0x097F, "hi", ""},
    {0x0980, 0x09FF, "bn", ""}, {0x0B80, 0x0BFF, "ta", ""},      {0x10A0, 0x10FF, "ka", ""},
    {0x1100, 0x11FF, "ko", ""}, {0x3040, 0x30FF, "ja", ""},      {0x4E00, 0x9FFF, "zh", "ja"},
    {0xAC00, 0xD7AF, "ko", ""},
};

// Words that hardly a sentence of the language does without and the others do not have.
static const struct {
    const char *language, *words;
} frequent[] = {
    {"en", " the and of is to in that for with are it was this they you on "},
    {"es", " el los las y que una es por con del para como más está en "},
    {"fr", " le les et une des est dans que pour avec sur ne pas du ce qui "},
    {"de", " der die das und ist nicht ein eine mit auf für den von zu sie wir "},
    {"it", " il gli e che una di è per con non del della sono le i "},
    {"pt", " os as e que uma é para com não do da em dos mais o um "},
    {"pl", " i w na się nie że jest do to z są jak dla "},
    {"nl", " de het een en van is niet op dat met voor zijn ze "},
    {"sv", " och att det är som en på för inte av med den ett "},
    {"tr", " ve bir bu için ile çok da de ne gibi daha "},
    {"vi", " là và của có không những một các được cho "},
};

static const script *script_of(uint32_t point)
{
    for (size_t i = 0; i < CR_COUNT_OF(scripts); i++)
        if (point >= scripts[i].first && point <= scripts[i].last) return &scripts[i];
    return NULL;
}

static bool has_any(const char *text, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, marks[i])) return true;
    return false;
}

static const char *language_of_script(const script *found, const char *text)
{
    static const char *const ukrainian[] = {"і", "ї", "є", "ґ", "І", "Ї", "Є"};
    static const char *const persian[] = {"پ", "چ", "ژ", "گ"};
    if (strcmp(found->language, "ru") == 0 && has_any(text, ukrainian, CR_COUNT_OF(ukrainian)))
        return "uk";
    if (strcmp(found->language, "ar") == 0 && has_any(text, persian, CR_COUNT_OF(persian)))
        return "fa";
    return found->language;
}

// The script most of the text's letters are in; NULL for Latin. Kana anywhere makes it Japanese.
static const script *main_script(const char *text)
{
    int counts[CR_COUNT_OF(scripts)] = {0};
    int latin = 0;
    const script *best = NULL;
    for (const char *at = text; *at;) {
        uint32_t point = cr_utf8_next(&at);
        const script *found = script_of(point);
        if (found)
            counts[found - scripts]++;
        else if ((point | 32) >= 'a' && (point | 32) <= 'z')
            latin++;
    }
    for (size_t i = 0; i < CR_COUNT_OF(scripts); i++) {
        if (counts[i] > 0 && strcmp(scripts[i].language, "ja") == 0) return &scripts[i];
        if (counts[i] > 0 && (!best || counts[i] > counts[best - scripts])) best = &scripts[i];
    }
    // A Chinese or Korean character says as much as several letters.
    return best && counts[best - scripts] * 3 >= latin ? best : NULL;
}

// The language whose frequent words are there; English when in doubt.
static const char *language_of_words(const char *text)
{
    cr_text_word *words = NULL;
    int count = cr_words_find(text, &words), best_hits = 1;
    const char *best = "en";
    for (size_t i = 0; i < CR_COUNT_OF(frequent); i++) {
        int hits = 0;
        for (int j = 0; j < count; j++) {
            char word[32];
            if (words[j].length > (int)sizeof word - 3) continue;
            word[0] = ' ';
            memcpy(word + 1, text + words[j].start, (size_t)words[j].length);
            if (word[1] >= 'A' && word[1] <= 'Z') word[1] = (char)(word[1] | 32);
            word[words[j].length + 1] = ' ';
            word[words[j].length + 2] = 0;
            hits += strstr(frequent[i].words, word) != NULL;
        }
        if (hits > best_hits) {
            best_hits = hits;
            best = frequent[i].language;
        }
    }
    cr_free(words);
    return best;
}

static const cr_voice_spec *voice_for_language(const char *language)
{
    for (size_t i = 0; i < CR_COUNT_OF(voices); i++)
        if (strcmp(voices[i].language, language) == 0) return &voices[i];
    return &voices[0];
}

static const cr_voice_spec *voice_named(const char *name)
{
    for (size_t i = 0; i < CR_COUNT_OF(voices); i++)
        if (strcasecmp(voices[i].name, name) == 0) return &voices[i];
    return NULL;
}

const cr_voice_spec *cr_voice_choose(const char *name, const char *text)
{
    const script *written = main_script(text);
    if (!name[0] || strcasecmp(name, "auto") == 0)
        return voice_for_language(written ? language_of_script(written, text)
                                          : language_of_words(text));
    const cr_voice_spec *voice = voice_named(name);
    if (!voice || !written) return voice;
    bool can_read = strcmp(voice->language, written->language) == 0 ||
                    strstr(written->others, voice->language) != NULL;
    return can_read ? voice : voice_for_language(language_of_script(written, text));
}
