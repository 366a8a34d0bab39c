#include "broker/builtin_voice.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/library_chance.h"
#include "broker/voice/polish.h"
#include "broker/voice/words.h"
#include "broker/wav_file.h"

static const char output_name[] = "voice.wav";

typedef struct voice_job {
    const char *text;
    const cr_voice_spec *voice;
    double speed;
    int word_count, sentence_count;
    cr_text_word *words;
    cr_sentence *sentences;
    cr_recording recording;
} voice_job;

static cr_status unknown_voice(const char *name, cr_fault *fault)
{
    cr_str names = {0};
    int count;
    const cr_voice_spec *voices = cr_voice_list(&count);
    for (int i = 0; i < count; i++)
        cr_str_addf(&names, "%s%s", i ? ", " : "", voices[i].name);
    cr_status status = cr_fail(fault, CR_INVALID, "/voice", "There is no voice \"%.40s\"; try %s.",
                               name, cr_str_text(&names));
    cr_str_free(&names);
    return status;
}

static cr_status read_speed(const cJSON *input, double *out, cr_fault *fault)
{
    const cJSON *speed = cJSON_GetObjectItemCaseSensitive(input, "speed");
    *out = 1;
    if (!speed || cJSON_IsNull(speed)) return CR_OK;
    if (!cJSON_IsNumber(speed))
        return cr_fail(fault, CR_INVALID, "/speed", "The speed must be a number, 1 is ordinary.");
    *out = speed->valuedouble;
    if (!(*out * 100 >= (double)CR_VOICE_SPEED_PERCENT_MIN &&
          *out * 100 <= (double)CR_VOICE_SPEED_PERCENT_MAX))
        return cr_fail(fault, CR_INVALID, "/speed", "The speed must be from 0.5 to 2.");
    return CR_OK;
}

static cr_status read_input(voice_job *job, const cJSON *input, cr_fault *fault)
{
    const char *name = "";
    cr_status status = cr_json_get_text(input, "text", &job->text, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_INVALID, "/text", "There is no text to say.");
    if (status != CR_OK) return status;
    status = cr_json_get_text(input, "voice", &name, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    size_t length = strlen(job->text);
    if (length > CR_VOICE_TEXT_BYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "/text", "The text is longer than %d bytes.",
                       CR_VOICE_TEXT_BYTES_MAX);
    if (cr_utf8_valid_length(job->text, length) != length)
        return cr_fail(fault, CR_INVALID, "/text", "The text is not UTF-8.");
    job->voice = cr_voice_choose(name, job->text);
    if (!job->voice) return unknown_voice(name, fault);
    return read_speed(input, &job->speed, fault);
}

static cr_status find_sentences(voice_job *job, cr_fault *fault)
{
    job->word_count = cr_words_find(job->text, &job->words);
    job->sentence_count =
        cr_sentences_make(job->text, job->words, job->word_count,
                          job->voice->engine == CR_VOICE_ENGINE_FLITE, &job->sentences);
    if (job->sentence_count == 0)
        return cr_fail(fault, CR_INVALID, "/text", "There is nothing in the text to say.");
    job->sentences[job->sentence_count - 1].pause = 0;
    job->recording.words = cr_alloc((size_t)job->word_count, sizeof *job->recording.words);
    return CR_OK;
}

static cr_status speak_all(voice_job *job, const cr_work *work, cr_fault *fault)
{
    const cr_synthesiser *synthesiser = job->voice->engine == CR_VOICE_ENGINE_FLITE
                                            ? &cr_synthesiser_flite
                                            : &cr_synthesiser_espeak;
    void *state = NULL;
    cr_status status = synthesiser->open(&state, job->voice, job->speed, fault);
    if (status != CR_OK) return status;
    for (int i = 0; i < job->sentence_count && status == CR_OK; i++) {
        if (work->should_stop(work)) {
            status = CR_CANCELED;
            break;
        }
        cr_speech speech = {0};
        cr_library_chance_take(); // the breath in the consonants is made of it
        status = synthesiser->speak(state, &job->sentences[i], &speech, fault);
        cr_library_chance_give();
        if (status == CR_OK)
            status = cr_recording_add(&job->recording, job->voice, &job->sentences[i], &speech,
                                      job->speed, fault);
        cr_speech_free(&speech);
        work->progress(work, 95 * (i + 1) / job->sentence_count);
    }
    synthesiser->close(state);
    return status;
}

// Rising, none overlapping, and those that are not spoken where the one before ended.
static void order_words(voice_job *job)
{
    int end = 0;
    for (int i = 0; i < job->word_count; i++) {
        cr_span *word = &job->recording.words[i];
        if (word->end == 0) *word = (cr_span){end, end};
        if (word->start < end) word->start = end;
        if (word->end < word->start) word->end = word->start;
        end = word->end;
    }
}

static cr_ticks ticks_of(int sample)
{
    return sample * (CR_TICKS_PER_SECOND / CR_MIX_RATE);
}

static void add_span(cJSON *array, const char *key, const char *text, cr_span span)
{
    cJSON *entry = cJSON_CreateObject();
    cJSON_AddStringToObject(entry, key, text);
    cr_json_add_int(entry, "start", ticks_of(span.start));
    cr_json_add_int(entry, "end", ticks_of(span.end));
    cJSON_AddItemToArray(array, entry);
}

static cJSON *make_output(const voice_job *job, int duration)
{
    cJSON *output = cJSON_CreateObject();
    cJSON_AddStringToObject(output, "file", output_name);
    cr_json_add_int(output, "duration", ticks_of(duration));
    cJSON_AddStringToObject(output, "voice", job->voice->name);
    cJSON_AddStringToObject(output, "language", job->voice->language);
    cJSON *words = cJSON_AddArrayToObject(output, "words");
    for (int i = 0; i < job->word_count; i++) {
        char *text = cr_strndup(job->text + job->words[i].start, (size_t)job->words[i].length);
        add_span(words, "text", text, job->recording.words[i]);
        cr_free(text);
    }
    cJSON *phonemes = cJSON_AddArrayToObject(output, "phonemes");
    for (int i = 0; i < job->recording.phoneme_count; i++)
        add_span(phonemes, "symbol", job->recording.phonemes[i].symbol,
                 job->recording.phonemes[i].span);
    return output;
}

static void job_free(voice_job *job)
{
    for (int i = 0; i < job->sentence_count; i++)
        cr_sentence_free(&job->sentences[i]);
    cr_free(job->sentences);
    cr_free(job->words);
    cr_free(job->recording.words);
    cr_recording_free(&job->recording);
}

static cr_status speak(const cr_work *work, cJSON **output, cr_fault *fault)
{
    voice_job job = {0};
    cr_samples *samples = NULL;
    cr_status status = read_input(&job, work->request->input, fault);
    if (status == CR_OK) status = find_sentences(&job, fault);
    if (status == CR_OK) status = speak_all(&job, work, fault);
    if (status == CR_OK) status = cr_recording_finish(&job.recording, job.voice, &samples, fault);
    if (status == CR_OK) {
        char *path = cr_format("%s/%s", work->request->folder, output_name);
        status = cr_wav_write(work->host, path, samples, fault);
        cr_free(path);
    }
    if (status == CR_OK) {
        order_words(&job);
        *output = make_output(&job, samples->count);
    }
    cr_samples_drop(&samples);
    job_free(&job);
    return status;
}

void cr_speech_free(cr_speech *speech)
{
    cr_free(speech->samples);
    cr_free(speech->tokens);
    cr_free(speech->phonemes);
    *speech = (cr_speech){0};
}

const cr_builtin cr_builtin_voice = {
    .id = "builtin-voice",
    .label = "built-in voice",
    .kind = "voice",
    .version = 1,
    .concurrent_max = 1, // both synthesisers have global state
    .work = speak,
};
