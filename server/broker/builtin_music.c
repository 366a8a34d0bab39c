#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "broker/builtin.h"
#include "broker/music/render.h"
#include "broker/wav_file.h"
#include "time/time.h"

static const char output_name[] = "music.wav";

// Shorter has no room for two chords, longer no film needs.
#define DURATION_MIN (CR_TICKS_PER_SECOND / 2)
#define DURATION_MAX (CR_TICKS_PER_SECOND * 60 * 60)
#define TICKS_PER_SAMPLE (CR_TICKS_PER_SECOND / CR_SCORE_RATE)

typedef struct music_job {
    const cr_mood *mood;
    cr_ticks duration;
    cr_dice dice;
} music_job;

static cr_status read_input(music_job *job, const cJSON *input, cr_fault *fault)
{
    const char *mood = "";
    int64_t seed = 0;
    cr_status status = cr_json_get_text(input, "mood", &mood, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    status =
        cr_json_get_int(input, "duration", &job->duration, DURATION_MIN, DURATION_MAX, NULL, fault);
    if (status == CR_NOTFOUND)
        return cr_fail(fault, CR_INVALID, "/duration", "The music needs a duration in ticks.");
    if (status != CR_OK) return status;
    status = cr_json_get_int(input, "seed", &seed, -CR_TICKS_MAX, CR_TICKS_MAX, NULL, fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    job->mood = cr_mood_find(mood);
    job->dice.state = (uint64_t)seed * UINT64_C(0x2545F4914F6CDD1D);
    for (const char *at = job->mood->name; *at; at++)
        job->dice.state = job->dice.state * 131 + (uint64_t)(unsigned char)*at;
    return CR_OK;
}

static cJSON *make_output(const cr_score *score, cr_ticks duration)
{
    static const char *const names[] = {"C",  "C#", "D",  "Eb", "E",  "F",
                                        "F#", "G",  "Ab", "A",  "Bb", "B"};
    cJSON *output = cJSON_CreateObject();
    cJSON_AddStringToObject(output, "file", output_name);
    cr_json_add_int(output, "duration", duration);
    char *key = cr_format("%s %s", names[score->tonic], score->mood->mode);
    cJSON_AddStringToObject(output, "key", key);
    cr_free(key);
    double tempo = 60.0 * (double)CR_SCORE_RATE / score->samples_per_beat;
    cJSON_AddNumberToObject(output, "tempo", floor(tempo * 100 + 0.5) / 100);
    cJSON_AddStringToObject(output, "time", score->mood->beats == 3 ? "3/4" : "4/4");
    cJSON_AddStringToObject(output, "mood", score->mood->name);
    cJSON *beats = cJSON_AddArrayToObject(output, "beats");
    for (int i = 0; i < score->bar_count * score->mood->beats; i++) {
        int64_t sample = (int64_t)(i * score->samples_per_beat);
        cr_json_add_int(beats, NULL, sample * TICKS_PER_SAMPLE);
    }
    return output;
}

static cr_status compose(const cr_work *work, cJSON **output, cr_fault *fault)
{
    music_job job = {0};
    cr_status status = read_input(&job, work->request->input, fault);
    if (status != CR_OK) return status;
    cr_score score;
    int64_t samples = cr_scale(job.duration, 1, TICKS_PER_SAMPLE, CR_ROUND_UP);
    cr_score_plan(&score, job.mood, samples, &job.dice);
    cr_score_write_parts(&score, &job.dice);
    cr_score_write_melody(&score, &job.dice);
    cr_score_write_drums(&score, &job.dice);
    char *soundfont = cr_format("%s/soundfonts/general-midi.sf2", work->data_folder);
    char *path = cr_format("%s/%s", work->request->folder, output_name);
    cr_samples *sound = NULL;
    status = cr_score_render(&score, soundfont, work, &sound, fault);
    if (status == CR_OK) status = cr_wav_write(work->host, path, sound, fault);
    if (status == CR_OK) *output = make_output(&score, samples * TICKS_PER_SAMPLE);
    cr_samples_drop(&sound);
    cr_free(path);
    cr_free(soundfont);
    cr_score_free(&score);
    return status;
}

const cr_builtin cr_builtin_music = {
    .id = "builtin-music",
    .label = "built-in music",
    .kind = "music",
    .version = 1,
    .concurrent_max = 1, // the soundfont is large; one film needs one piece
    .work = compose,
};
