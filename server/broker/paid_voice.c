#include "broker/paid_voice.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/paid.h"

enum { WAV_HEADER_BYTES = 44 };

static void put(uint8_t *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out[i] = (uint8_t)(value >> (8 * i));
}

cr_status cr_paid_voice_write(const char *path, const void *pcm, size_t size, int rate,
                              cr_fault *fault)
{
    if (size < 2 || size > UINT32_MAX / 2)
        return cr_fail(fault, CR_CORRUPT, path, "%zu bytes are no voice", size);
    size &= ~(size_t)1;
    uint8_t *bytes = cr_alloc(WAV_HEADER_BYTES + size, 1);
    memcpy(bytes, "RIFF....WAVEfmt ", 16);
    put(bytes + 4, (uint32_t)size + WAV_HEADER_BYTES - 8, 4);
    put(bytes + 16, 16, 4);
    put(bytes + 20, 1, 2); // PCM
    put(bytes + 22, 1, 2);
    put(bytes + 24, (uint32_t)rate, 4);
    put(bytes + 28, (uint32_t)rate * 2, 4);
    put(bytes + 32, 2, 2);
    put(bytes + 34, 16, 2);
    memcpy(bytes + 36, "data", 4);
    put(bytes + 40, (uint32_t)size, 4);
    memcpy(bytes + WAV_HEADER_BYTES, pcm, size);
    cr_status status = cr_paid_write(path, bytes, WAV_HEADER_BYTES + size, fault);
    cr_free(bytes);
    return status;
}

static bool is_blank(const char *text)
{
    return *text == ' ' || *text == '\n' || *text == '\t' || *text == '\r';
}

// The characters' times, as far as they are of this text.
typedef struct times {
    const cJSON *character, *start, *end;
    cr_ticks duration;
    bool is_known;
    double length; // of the text in characters, for guessing
} times;

static cr_ticks clamped(double seconds, cr_ticks duration)
{
    if (!(seconds > 0)) return 0;
    double ticks = seconds * (double)CR_TICKS_PER_SECOND;
    return ticks < (double)duration ? (cr_ticks)ticks : duration;
}

static cJSON *list_of(const cJSON *alignment, const char *key, int count)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(alignment, key);
    return cJSON_IsArray(list) && cJSON_GetArraySize(list) == count ? list->child : NULL;
}

static int count_characters(const char *text, size_t length)
{
    int count = 0;
    for (size_t i = 0; i < length; i++)
        count += (text[i] & 0xc0) != 0x80;
    return count;
}

static times read_times(const cJSON *alignment, const char *text, cr_ticks duration)
{
    int count = count_characters(text, strlen(text));
    times out = {.duration = duration, .length = count};
    out.character = list_of(alignment, "characters", count);
    out.start = list_of(alignment, "character_start_times_seconds", count);
    out.end = list_of(alignment, "character_end_times_seconds", count);
    out.is_known = out.character && out.start && out.end;
    return out;
}

static void skip(times *at, int characters)
{
    for (int i = 0; i < characters && at->is_known; i++) {
        at->start = at->start ? at->start->next : NULL;
        at->end = at->end ? at->end->next : NULL;
    }
}

// One word of so many characters, [first] of the text's; *end is where the word before ended.
static void add_word(cJSON *words, const char *text, size_t length, times *at, int first,
                     cr_ticks *end)
{
    int count = count_characters(text, length);
    double start = first / at->length, stop = (first + count) / at->length;
    double seconds = (double)at->duration / (double)CR_TICKS_PER_SECOND;
    start *= seconds;
    stop *= seconds;
    if (at->is_known && at->start) {
        start = at->start->valuedouble;
        skip(at, count - 1);
        stop = at->end ? at->end->valuedouble : stop;
        skip(at, 1);
    }
    cr_ticks from = clamped(start, at->duration), to = clamped(stop, at->duration);
    if (from < *end) from = *end;
    if (to < from) to = from;
    *end = to;
    char *copy = cr_strndup(text, length);
    cJSON *word = cJSON_CreateObject();
    cJSON_AddStringToObject(word, "text", copy);
    cr_json_add_int(word, "start", from);
    cr_json_add_int(word, "end", to);
    cJSON_AddItemToArray(words, word);
    cr_free(copy);
}

cJSON *cr_paid_voice_output(const char *file, const char *text, cr_ticks duration,
                            const cJSON *alignment)
{
    cJSON *output = cJSON_CreateObject();
    cJSON_AddStringToObject(output, "file", file);
    cr_json_add_int(output, "duration", duration);
    cJSON *words = cJSON_AddArrayToObject(output, "words");
    times at = read_times(alignment, text, duration);
    cr_ticks end = 0;
    int first = 0;
    for (const char *word = text; *word;) {
        size_t length = 0;
        if (is_blank(word)) {
            skip(&at, 1);
            first++;
            word++;
            continue;
        }
        while (word[length] && !is_blank(word + length))
            length++;
        add_word(words, word, length, &at, first, &end);
        first += count_characters(word, length);
        word += length;
    }
    return output;
}
