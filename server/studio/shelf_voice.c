// What the built-in voices sound like: a sentence of each, spoken when it is first asked for, and
// kept beside the films.
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "broker/builtin_voice.h"
#include "studio/shelf_state.h"

// "This is my voice", in the languages that the voices speak.
static const struct {
    const char *language, *sentence;
} sentences[] = {
    {"en", "This is my voice. Shall I tell your film?"},
    {"ar", "هذا هو صوتي."},
    {"hy", "Սա իմ ձայնն է։"},
    {"bn", "এটা আমার কণ্ঠ।"},
    {"bg", "Това е моят глас."},
    {"ca", "Aquesta és la meva veu."},
    {"zh", "这是我的声音。"},
    {"hr", "Ovo je moj glas."},
    {"cs", "Toto je můj hlas."},
    {"da", "Det her er min stemme."},
    {"nl", "Dit is mijn stem."},
    {"fi", "Tämä on minun ääneni."},
    {"fr", "Voici ma voix."},
    {"ka", "ეს ჩემი ხმაა."},
    {"de", "So klingt meine Stimme."},
    {"el", "Αυτή είναι η φωνή μου."},
    {"he", "זה הקול שלי."},
    {"hi", "यह मेरी आवाज़ है।"},
    {"hu", "Ez az én hangom."},
    {"id", "Ini suara saya."},
    {"it", "Questa è la mia voce."},
    {"ja", "これが私の声です。"},
    {"ko", "이것이 제 목소리입니다."},
    {"nb", "Dette er stemmen min."},
    {"fa", "این صدای من است."},
    {"pl", "To jest mój głos."},
    {"pt", "Esta é a minha voz."},
    {"ro", "Aceasta este vocea mea."},
    {"ru", "Это мой голос."},
    {"es", "Esta es mi voz."},
    {"sv", "Det här är min röst."},
    {"ta", "இது என் குரல்."},
    {"tr", "Bu benim sesim."},
    {"uk", "Це мій голос."},
    {"vi", "Đây là giọng của tôi."},
};

static const char *sentence_in(const char *language)
{
    for (size_t i = 0; i < CR_COUNT_OF(sentences); i++)
        if (strcmp(sentences[i].language, language) == 0) return sentences[i].sentence;
    return sentences[0].sentence;
}

// Its place in the list; -1: there is no voice of this name.
static int voice_of(const char *name)
{
    int count;
    const cr_voice_spec *voices = cr_voice_list(&count);
    for (int i = 0; i < count && i < CR_SHELF_VOICES_MAX; i++)
        if (strcmp(voices[i].name, name) == 0) return i;
    return -1;
}

static cr_status make_folder(const char *path, cr_fault *fault)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return CR_OK;
    return cr_fail(fault, CR_IO, path, "the folder of voices cannot be made: %s", strerror(errno));
}

// With the shelf's lock held, as the next.
static cr_status begin(cr_shelf *shelf, const cr_provider *maker, int voice, const char *folder,
                       cr_fault *fault)
{
    int count;
    const cr_voice_spec *spec = &cr_voice_list(&count)[voice];
    cJSON *input = cJSON_CreateObject();
    cJSON_AddStringToObject(input, "text", sentence_in(spec->language));
    cJSON_AddStringToObject(input, "voice", spec->name);
    const cr_request request = {.kind = maker->kind, .input = input, .folder = folder};
    cr_status status = maker->submit(maker->cookie, &request, shelf->voices[voice], fault);
    cJSON_Delete(input);
    if (status != CR_OK) shelf->voices[voice][0] = 0;
    return status == CR_OK || status == CR_BUSY ? CR_AGAIN : status;
}

static cr_status look(cr_shelf *shelf, const cr_provider *maker, int voice, cr_fault *fault)
{
    cr_provider_state state = {0};
    cr_status status = maker->poll(maker->cookie, shelf->voices[voice], &state, fault);
    cJSON_Delete(state.output);
    if (status == CR_OK && !state.is_done) return CR_AGAIN;
    shelf->voices[voice][0] = 0;
    return status;
}

cr_status cr_shelf_voice(cr_shelf *shelf, const char *name, char **path, cr_fault *fault)
{
    const cr_provider *maker = cr_registry_by_id(&shelf->builtins, "builtin-voice");
    int voice = voice_of(name);
    if (voice < 0 || !maker)
        return cr_fail(fault, CR_NOTFOUND, "", "There is no built-in voice \"%.40s\".", name);
    char *all = cr_format("%s/.voices", shelf->folder);
    char *own = cr_format("%s/%d-%s", all, maker->version, name);
    char *file = cr_format("%s/voice.wav", own);
    (void)pthread_mutex_lock(&shelf->lock);
    cr_status status = CR_OK;
    if (shelf->voices[voice][0]) {
        status = look(shelf, maker, voice, fault);
    } else if (access(file, R_OK) != 0) {
        status = make_folder(all, fault);
        if (status == CR_OK) status = make_folder(own, fault);
        if (status == CR_OK) status = begin(shelf, maker, voice, own, fault);
    }
    (void)pthread_mutex_unlock(&shelf->lock);
    if (status == CR_OK)
        *path = file;
    else
        cr_free(file);
    cr_free(own);
    cr_free(all);
    return status;
}
