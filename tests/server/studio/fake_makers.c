#include "fake_makers.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "studio/canonical.h"
#include "time/time.h"

#define WORD_TICKS (CR_TICKS_PER_SECOND * 2 / 5)

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static int64_t int_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return member ? (int64_t)member->valuedouble : 0;
}

void fake_name(const char *kind, const cJSON *input, char *out, size_t size)
{
    const char *text = text_of(input, "text");
    const char *digit = text + strcspn(text, "0123456789");
    if (strcmp(kind, "picture") == 0)
        snprintf(out, size, "picture %lld", (long long)int_of(input, "scene"));
    else if (strcmp(kind, "voice") == 0)
        snprintf(out, size, "voice %ld", strtol(digit, NULL, 10));
    else if (cJSON_GetObjectItemCaseSensitive(input, "picture"))
        snprintf(out, size, "%s %lld", kind, (long long)int_of(input, "seed") - 1);
    else
        snprintf(out, size, "%s", kind);
}

// A file that holds the input's hash: other inputs, other bytes.
static void write_file(const char *folder, const char *name, const char *kind, const cJSON *input)
{
    cJSON *copy = cJSON_Duplicate(input, true);
    // Paths differ from folder to folder; what they name is in other members too.
    cJSON_DeleteItemFromObjectCaseSensitive(copy, "picture");
    cJSON_DeleteItemFromObjectCaseSensitive(copy, "layers");
    char hash[CR_HASH_BYTES];
    cr_hash_input(copy, kind, 1, hash);
    cJSON_Delete(copy);
    char *path = cr_format("%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s %s\n", name, hash);
    fclose(file);
    cr_free(path);
}

static cJSON *make_questions(void)
{
    return cJSON_Parse("{\"questions\": [{\"id\": \"tone\", \"text\": \"Which tone?\","
                       " \"why\": \"\", \"choices\": [\"warm\", \"dry\"], \"fallback\": \"warm\"},"
                       " {\"id\": \"audience\", \"text\": \"For whom?\", \"why\": \"\","
                       " \"choices\": [], \"fallback\": \"everybody\"}]}");
}

static cJSON *make_script(const cJSON *input, int scene_count)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "title", text_of(input, "prompt"));
    cJSON_AddStringToObject(out, "mood", "calm");
    cJSON_AddStringToObject(out, "style", "flat");
    cJSON_AddStringToObject(out, "palette", "meadow");
    cJSON *scenes = cJSON_AddArrayToObject(out, "scenes");
    for (int i = 1; i <= scene_count; i++) {
        cJSON *scene = cJSON_CreateObject();
        char *text = cr_format("Scene %d says a few words, and then some more of them.", i);
        cJSON_AddStringToObject(scene, "narration", text);
        cr_free(text);
        text = cr_format("Visual %d", i);
        cJSON_AddStringToObject(scene, "visual", text);
        cr_free(text);
        cJSON_AddStringToObject(scene, "heading", "A heading");
        cJSON_AddStringToObject(scene, "shot", "wide");
        cJSON_AddStringToObject(scene, "on_screen", i == 2 ? "On screen" : "");
        cJSON_AddBoolToObject(scene, "is_presenter", i == 3);
        cJSON_AddItemToArray(scenes, scene);
    }
    return out;
}

static cJSON *make_picture(const cJSON *input, const char *folder)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "file", "picture.png");
    write_file(folder, "picture.png", "picture", input);
    cJSON *spec = cJSON_AddObjectToObject(out, "spec");
    cJSON_AddStringToObject(spec, "visual", text_of(input, "visual"));
    cJSON_AddStringToObject(spec, "note", text_of(input, "note"));
    cJSON_AddStringToObject(out, "alt", "A picture");
    cJSON *layers = cJSON_AddArrayToObject(out, "layers");
    cJSON *layer = cJSON_CreateObject();
    cJSON_AddItemToArray(layers, layer);
    cJSON_AddStringToObject(layer, "file", "layer.png");
    write_file(folder, "layer.png", "layer", input);
    cJSON_AddNumberToObject(layer, "depth", 0.5);
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(input, "is_presenter")))
        cJSON_AddStringToObject(layer, "role", "presenter");
    cr_json_add_int(out, "bleed_px", 8);
    return out;
}

static cJSON *make_voice(const cJSON *input, const char *folder)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "file", "voice.wav");
    write_file(folder, "voice.wav", "voice", input);
    cJSON *words = cJSON_AddArrayToObject(out, "words");
    cJSON *phonemes = cJSON_AddArrayToObject(out, "phonemes");
    const char *at = text_of(input, "text");
    int64_t count = 0;
    while (*(at += strspn(at, " "))) {
        size_t bytes = strcspn(at, " ");
        char *text = cr_strndup(at, bytes);
        cJSON *word = cJSON_CreateObject(), *phoneme = cJSON_CreateObject();
        cJSON_AddStringToObject(word, "text", text);
        cJSON_AddStringToObject(phoneme, "symbol", "a");
        cr_free(text);
        cr_json_add_int(word, "start", count * WORD_TICKS);
        cr_json_add_int(word, "end", (count + 1) * WORD_TICKS);
        cr_json_add_int(phoneme, "start", count * WORD_TICKS);
        cr_json_add_int(phoneme, "end", (count + 1) * WORD_TICKS);
        cJSON_AddItemToArray(words, word);
        cJSON_AddItemToArray(phonemes, phoneme);
        count++;
        at += bytes;
    }
    cr_json_add_int(out, "duration", count * WORD_TICKS);
    return out;
}

static cJSON *make_timed(const char *kind, const char *file, const cJSON *input, const char *folder)
{
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "file", file);
    write_file(folder, file, kind, input);
    cr_json_add_int(out, "duration", int_of(input, "duration"));
    return out;
}

cJSON *fake_make(const char *kind, const cJSON *input, const char *folder, int scene_count)
{
    if (strcmp(kind, "questions") == 0) return make_questions();
    if (strcmp(kind, "script") == 0) return make_script(input, scene_count);
    if (strcmp(kind, "picture") == 0) return make_picture(input, folder);
    if (strcmp(kind, "voice") == 0) return make_voice(input, folder);
    if (strcmp(kind, "music") == 0) return make_timed(kind, "music.wav", input, folder);
    return make_timed(kind, "clip.mp4", input, folder);
}

static cr_status fake_estimate(void *cookie, const cr_request *request, cr_money *out,
                               cr_fault *fault)
{
    (void)cookie;
    (void)request;
    (void)fault;
    *out = 0;
    return CR_OK;
}

static cr_status fake_submit(void *cookie, const cr_request *request,
                             char external_id[CR_EXTERNAL_ID_BYTES], cr_fault *fault)
{
    fake_makers *own = cookie;
    assert_true(own->job_count < FAKE_JOBS_MAX && own->call_count < FAKE_CALLS_MAX);
    fake_job *job = &own->jobs[own->job_count];
    fake_name(request->kind, request->input, job->name, sizeof job->name);
    memcpy(own->calls[own->call_count++].text, job->name, sizeof job->name);
    if (own->refusing && strcmp(own->refusing, job->name) == 0)
        return cr_fail(fault, CR_INVALID, "/text", "this is not for me");
    job->output = fake_make(request->kind, request->input, request->folder, own->scene_count);
    job->polls_left = own->polls;
    snprintf(job->external_id, sizeof job->external_id, "fake-%d-%d", own->instance,
             own->job_count);
    snprintf(external_id, CR_EXTERNAL_ID_BYTES, "%s", job->external_id);
    own->job_count++;
    own->active++;
    if (own->active > own->active_most) own->active_most = own->active;
    return CR_OK;
}

static fake_job *find_job(fake_makers *own, const char *external_id)
{
    for (int i = 0; i < own->job_count; i++)
        if (strcmp(own->jobs[i].external_id, external_id) == 0) return &own->jobs[i];
    return NULL;
}

static void end_job(fake_makers *own, fake_job *job)
{
    if (!job->is_over) own->active--;
    job->is_over = true;
}

static cr_status fake_poll(void *cookie, const char *external_id, cr_provider_state *out,
                           cr_fault *fault)
{
    fake_makers *own = cookie;
    fake_job *job = find_job(own, external_id);
    if (!job) return cr_fail(fault, CR_NOTFOUND, external_id, "unknown");
    *out = (cr_provider_state){.progress_percent = 50};
    if (job->is_canceled) return cr_fail(fault, CR_CANCELED, "", "stopped");
    if (own->hanging && strcmp(own->hanging, job->name) == 0) return CR_OK;
    if (job->polls_left-- > 0) return CR_OK;
    end_job(own, job);
    if (own->failing && strcmp(own->failing, job->name) == 0)
        return cr_fail(fault, CR_IO, "", "the %s is out of paint", job->name);
    out->is_done = true;
    out->progress_percent = 100;
    out->output = job->output;
    job->output = NULL;
    return CR_OK;
}

static void fake_cancel(void *cookie, const char *external_id)
{
    fake_makers *own = cookie;
    fake_job *job = find_job(own, external_id);
    if (!job || job->is_over) return;
    job->is_canceled = true;
    own->canceled++;
    end_job(own, job);
}

static void fake_close(void *cookie)
{
    (void)cookie;
}

void fake_registry(fake_makers *fakes, cr_registry *out)
{
    static const char *const kinds[] = {"questions", "script", "picture", "voice",
                                        "music",     "motion", "lipsync"};
    static const char *const ids[] = {"fake-questions", "fake-script", "fake-painter", "fake-voice",
                                      "fake-music",     "fake-motion", "fake-lipsync"};
    *out = (cr_registry){0};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const cr_provider provider = {
            .cookie = fakes,
            .id = ids[i],
            .label = "fake maker",
            .kind = kinds[i],
            .version = strcmp(kinds[i], "picture") == 0 ? fakes->version : 1,
            .limits = {.concurrent_max = fakes->concurrent_max, .deadline_ms = fakes->deadline_ms},
            .estimate = fake_estimate,
            .submit = fake_submit,
            .poll = fake_poll,
            .cancel = fake_cancel,
            .close = fake_close,
        };
        cr_fault fault;
        assert_int_equal(cr_registry_add(out, &provider, &fault), CR_OK);
    }
}

void fake_makers_free(fake_makers *fakes)
{
    for (int i = 0; i < fakes->job_count; i++)
        cJSON_Delete(fakes->jobs[i].output);
    fakes->job_count = 0;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(((const fake_call *)left)->text, ((const fake_call *)right)->text);
}

void fake_calls_since(const fake_makers *fakes, int first, char *out, size_t size)
{
    int count = fakes->call_count - first;
    fake_call *sorted = cr_alloc((size_t)count + 1, sizeof *sorted);
    memcpy(sorted, fakes->calls + first, (size_t)count * sizeof *sorted);
    qsort(sorted, (size_t)count, sizeof *sorted, by_text);
    cr_str text = {0};
    for (int i = 0; i < count; i++)
        cr_str_addf(&text, "%s%s", i ? "; " : "", sorted[i].text);
    snprintf(out, size, "%s", cr_str_text(&text));
    cr_str_free(&text);
    cr_free(sorted);
}

static char folder[64];

void fake_folder_enter(void)
{
    snprintf(folder, sizeof folder, "/dev/shm/cutroom-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder)) folder[0] = '\0';
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *at)
{
    (void)info;
    (void)type;
    (void)at;
    return remove(path);
}

void fake_folder_leave(void)
{
    enum { DESCRIPTORS_MAX = 16 };
    if (folder[0] && chdir("/") == 0)
        nftw(folder, remove_one, DESCRIPTORS_MAX, FTW_DEPTH | FTW_PHYS);
}
