#include "broker/paid_values.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "broker/paid_fit.h"
#include "io/demux.h"

// A clip may be slowed down so far, before a still that moves looks better.
static const double stretch_max = 1.6;

static const cr_ticks lips_slack = CR_TICKS_PER_SECOND / 5;

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static double number_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? member->valuedouble : 0;
}

static void add_phrase(cr_str *to, const char *before, const char *text)
{
    if (!*text) return;
    cr_str_addf(to, "%s%s%s", to->length ? ". " : "", before, text);
}

static void picture_prompt(cr_str *to, const cJSON *input)
{
    add_phrase(to, "", text_of(input, "note"));
    add_phrase(to, "", text_of(input, "visual"));
    add_phrase(to, "Camera: ", text_of(input, "shot"));
    add_phrase(to, "Style: ", text_of(input, "style"));
    add_phrase(to, "Mood: ", text_of(input, "mood"));
    add_phrase(to, "", "No text, no captions, no watermark");
}

static void motion_prompt(cr_str *to, const cJSON *input)
{
    add_phrase(to, "", text_of(input, "prompt"));
    add_phrase(to, "", text_of(input, "visual"));
    add_phrase(to, "Camera: ", text_of(input, "shot"));
    add_phrase(to, "", "Smooth, natural movement");
}

static void music_prompt(cr_str *to, const cJSON *input)
{
    const char *mood = text_of(input, "mood");
    cr_str_addf(to,
                "Instrumental background music for a narrated film, %s, no vocals, even in level, "
                "leaving room for a voice",
                *mood ? mood : "calm");
}

cJSON *cr_paid_values(const char *kind, const cJSON *input)
{
    cJSON *values = cJSON_CreateObject();
    cr_str prompt = {0};
    if (strncmp(kind, "picture", 7) == 0)
        picture_prompt(&prompt, input);
    else if (strcmp(kind, "music") == 0)
        music_prompt(&prompt, input);
    else
        motion_prompt(&prompt, input);
    cJSON_AddStringToObject(values, "prompt", cr_str_text(&prompt));
    cr_str_free(&prompt);
    const char *note = text_of(input, "note");
    if (*note) cJSON_AddStringToObject(values, "note", note);
    cJSON_AddNumberToObject(values, "width", number_of(input, "width"));
    cJSON_AddNumberToObject(values, "height", number_of(input, "height"));
    double seconds = number_of(input, "duration") / (double)CR_TICKS_PER_SECOND;
    cJSON_AddNumberToObject(values, "seconds", seconds);
    // Each scene and each variant has a seed of its own, so that no two requests are the same.
    double seed = number_of(input, "seed") * 7919 + number_of(input, "scene") * 101 +
                  number_of(input, "variant");
    cr_json_add_int(values, "seed", (int64_t)seed & 0x7fffffff);
    const char *picture = text_of(input, "picture");
    const cJSON *base = cJSON_GetObjectItemCaseSensitive(input, "base");
    if (!*picture) picture = text_of(base, "file");
    if (*picture) cJSON_AddStringToObject(values, "picture", picture);
    // Whose lips move in a film gets one of the picture: it is made once the input has been judged.
    if (*picture && strcmp(kind, "lipsync") == 0) cJSON_AddStringToObject(values, "video", picture);
    const cJSON *voice = cJSON_GetObjectItemCaseSensitive(input, "voice");
    if (cJSON_IsObject(voice)) cJSON_AddStringToObject(values, "voice", text_of(voice, "file"));
    return values;
}

bool cr_paid_is_beyond(const cr_paid_job *job)
{
    const char *kind = job->maker->builtin.kind;
    bool is_lips = strcmp(kind, "lipsync") == 0;
    if (!is_lips && strcmp(kind, "motion") != 0) return false;
    double seconds = number_of(job->work->request->input, "duration") / (double)CR_TICKS_PER_SECOND;
    return seconds >
           cr_model_limit(job->maker->model, "seconds", 1e9) * (is_lips ? 1 : stretch_max);
}

const char *cr_paid_media(const char *kind)
{
    if (strcmp(kind, "picture") == 0) return "picture";
    return strcmp(kind, "voice") == 0 || strcmp(kind, "music") == 0 ? "sound" : "film";
}

cr_status cr_paid_length(const cr_host *host, const char *path, cr_ticks *out, cr_fault *fault)
{
    cr_source *source = NULL;
    cr_demux *demux = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status == CR_OK) status = cr_demux_open(&demux, source, &host->log, fault);
    if (status != CR_OK) {
        cr_source_close(&source);
        return status;
    }
    *out = cr_demux_info(demux)->duration;
    if (*out <= 0) status = cr_fail(fault, CR_CORRUPT, path, "has no length");
    cr_demux_close(&demux);
    return status;
}

// Fit what came to what was asked for; *name may change to another file's.
static cr_status fit(const cr_paid_job *job, const char *kind, char *name, size_t size,
                     cr_ticks *have, cr_fault *fault)
{
    bool is_music = strcmp(kind, "music") == 0;
    cr_ticks need = (cr_ticks)number_of(job->work->request->input, "duration");
    // Lips that are slowed down slip: there a little too short is better.
    cr_ticks slack = strcmp(kind, "lipsync") == 0 ? lips_slack : 0;
    if (*have + slack >= need) return CR_OK;
    const char *fitted = is_music ? "music-long.wav" : "clip-long.mp4";
    cr_status status =
        is_music ? cr_paid_fit_music(job->work, job->keep, name, fitted, *have, need, fault)
                 : cr_paid_fit_film(job->work, job->keep, name, fitted, *have, need, fault);
    if (status != CR_OK) return status;
    snprintf(name, size, "%s", fitted);
    *have = need;
    return CR_OK;
}

static void describe_picture(const cr_paid_job *job, const cJSON *sent, cJSON *output)
{
    cJSON *spec = cJSON_AddObjectToObject(output, "spec");
    cJSON_AddStringToObject(spec, "model", job->maker->model->name);
    cJSON_AddStringToObject(spec, "prompt", text_of(sent, "prompt"));
    cJSON_AddNumberToObject(spec, "seed", number_of(sent, "seed"));
    const cJSON *input = job->work->request->input;
    cJSON_AddStringToObject(output, "alt", text_of(input, "visual"));
    if (*text_of(input, "note"))
        cJSON_AddStringToObject(output, "understood", text_of(input, "note"));
}

cr_status cr_paid_describe(const cr_paid_job *job, const char *name, const cJSON *sent, cJSON **out,
                           cr_fault *fault)
{
    const char *kind = job->maker->builtin.kind;
    char file[80];
    snprintf(file, sizeof file, "%s", name);
    bool is_picture = strcmp(kind, "picture") == 0;
    cr_ticks length = 0;
    cr_status status = CR_OK;
    if (!is_picture) {
        char *path = cr_paid_job_path(job, file);
        status = cr_paid_length(job->work->host, path, &length, fault);
        cr_free(path);
        if (status == CR_OK) status = fit(job, kind, file, sizeof file, &length, fault);
    }
    if (status != CR_OK) return status;
    cJSON *output = cJSON_CreateObject();
    cJSON_AddStringToObject(output, "file", file);
    if (!is_picture) cr_json_add_int(output, "duration", length);
    if (is_picture) describe_picture(job, sent, output);
    if (strcmp(kind, "motion") == 0)
        cJSON_AddStringToObject(output, "move", text_of(job->work->request->input, "shot"));
    cJSON_AddStringToObject(output, "model", job->maker->model->name);
    *out = output;
    return CR_OK;
}

cr_status cr_paid_collect(const cr_paid_job *job, const char *address, const cJSON *sent,
                          cJSON **out, cr_fault *fault)
{
    const char *kind = job->maker->builtin.kind, *suffix = NULL;
    const char *stem = strcmp(kind, "picture") == 0 ? "picture"
                       : strcmp(kind, "music") == 0 ? "music"
                                                    : "clip";
    char *fetched = cr_paid_job_path(job, "fetched.part");
    cr_status status = cr_paid_fetch(job, address, fetched, cr_paid_media(kind), &suffix, fault);
    if (status == CR_OK) {
        char name[32];
        snprintf(name, sizeof name, "%s%s", stem, suffix);
        char *path = cr_paid_job_path(job, name);
        if (rename(fetched, path))
            status = cr_fail(fault, CR_NOSPACE, path, "cannot be written");
        else
            status = cr_paid_describe(job, name, sent, out, fault);
        cr_free(path);
    }
    cr_free(fetched);
    return status;
}
