#include <string.h>

#include "base/vec.h"
#include "store/store_query.h"

static const char *text_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(member) ? member->valuestring : "";
}

static int64_t int_of(const cJSON *object, const char *key)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(member) ? (int64_t)member->valuedouble : 0;
}

static cJSON *change_of(const char *what)
{
    cJSON *body = cJSON_CreateObject();
    cJSON_AddStringToObject(body, "what", what);
    return body;
}

cr_status cr_store_brief_put(cr_store *store, const char *project, const cJSON *brief,
                             int64_t now_ms, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_run(
        store, fault,
        "INSERT INTO video_projects (id, prompt, brief, created_ms, changed_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (id) DO UPDATE"
        " SET prompt = excluded.prompt, brief = excluded.brief, changed_ms = excluded.changed_ms",
        "ttji", project, text_of(brief, "prompt"), brief, now_ms);
    if (status == CR_OK) status = cr_store_announce(store, project, change_of("brief"), fault);
    return cr_store_end(store, status, fault);
}

cr_status cr_store_brief_get(cr_store *store, const char *project, cJSON **out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(&query, store, fault,
                                     "SELECT brief FROM video_projects WHERE id = ?", "t", project);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) status = cr_query_json(&query, 0, out, fault);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static cr_status read_scene(const cr_query *query, cr_scene *scene, cr_fault *fault)
{
    scene->number = (int)cr_query_int(query, 0);
    scene->heading = cr_query_text(query, 1);
    scene->narration = cr_query_text(query, 2);
    scene->visual = cr_query_text(query, 3);
    scene->shot = cr_query_text(query, 4);
    scene->on_screen = cr_query_text(query, 5);
    scene->is_presenter = cr_query_int(query, 6) != 0;
    scene->variant = (int)cr_query_int(query, 7);
    scene->note = cr_query_text(query, 8);
    scene->words_plan = (int)cr_query_int(query, 10);
    scene->script = cr_query_text(query, 11);
    return cr_query_json(query, 9, &scene->base, fault);
}

cr_status cr_store_scenes_get(cr_store *store, const char *project, cr_scene_list *out,
                              cr_fault *fault)
{
    cr_query query;
    cr_status status =
        cr_query_open(&query, store, fault,
                      "SELECT number, heading, narration, visual, shot, on_screen, is_presenter,"
                      " variant, note, base, words_plan, script FROM scenes"
                      " WHERE project = ? ORDER BY script, number",
                      "t", project);
    if (status != CR_OK) return status;
    cr_scene_list list = {0};
    int room = 0;
    while ((status = cr_query_next(&query, fault)) == CR_OK) {
        CR_VEC_GROW(list.scenes, list.count, room);
        cr_scene *scene = &list.scenes[list.count++];
        *scene = (cr_scene){0};
        status = read_scene(&query, scene, fault);
        if (status != CR_OK) break;
    }
    cr_query_close(&query);
    if (status != CR_EOF) {
        cr_scene_list_free(&list);
        return status;
    }
    *out = list;
    return CR_OK;
}

void cr_scene_list_free(cr_scene_list *list)
{
    for (int i = 0; i < list->count; i++) {
        cr_scene *scene = &list->scenes[i];
        cr_free(scene->script);
        cr_free(scene->heading);
        cr_free(scene->narration);
        cr_free(scene->visual);
        cr_free(scene->shot);
        cr_free(scene->on_screen);
        cr_free(scene->note);
        cJSON_Delete(scene->base);
        cJSON_Delete(scene->extras);
    }
    cr_free(list->scenes);
    *list = (cr_scene_list){0};
}

cr_status cr_store_scene_change(cr_store *store, const char *project, const cr_scene *scene,
                                cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status =
        cr_store_run(store, fault,
                     "UPDATE scenes SET heading = ?, narration = ?, visual = ?, shot = ?,"
                     " on_screen = ?, is_presenter = ?, variant = ?, note = ?, base = ?"
                     " WHERE project = ? AND script = ? AND number = ?",
                     "tttttiitjtti", scene->heading, scene->narration, scene->visual, scene->shot,
                     scene->on_screen, (int64_t)scene->is_presenter, (int64_t)scene->variant,
                     scene->note, scene->base, project, scene->script, (int64_t)scene->number);
    if (status == CR_OK && cr_store_changed(store) == 0)
        status = cr_fail(fault, CR_NOTFOUND, "", "there is no scene %d", scene->number);
    if (status == CR_OK) {
        cJSON *body = change_of("scene");
        cr_json_add_int(body, "scene", scene->number);
        status = cr_store_announce(store, project, body, fault);
    }
    return cr_store_end(store, status, fault);
}

cr_status cr_store_editor_put(cr_store *store, const char *project, const char *hash,
                              const char *file, int64_t now_ms, cr_fault *fault)
{
    cr_status status = cr_store_begin(store, fault);
    if (status != CR_OK) return status;
    status = cr_store_run(store, fault,
                          "INSERT INTO editor_projects (project, hash, file, changed_ms)"
                          " VALUES (?, ?, ?, ?) ON CONFLICT (project) DO UPDATE"
                          " SET hash = excluded.hash, file = excluded.file,"
                          " changed_ms = excluded.changed_ms",
                          "ttti", project, hash, file, now_ms);
    if (status == CR_OK) status = cr_store_announce(store, project, change_of("editor"), fault);
    return cr_store_end(store, status, fault);
}

cr_status cr_store_editor_get(cr_store *store, const char *project, char **hash, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault, "SELECT hash FROM editor_projects WHERE project = ?", "t", project);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) *hash = cr_query_text(&query, 0);
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

// What a job was, for the rows that its output becomes.
typedef struct origin {
    int64_t job, scene;
    char *project, *kind, *hash;
    cJSON *input;
} origin;

static void free_origin(origin *from)
{
    cr_free(from->project);
    cr_free(from->kind);
    cr_free(from->hash);
    cJSON_Delete(from->input);
}

static cr_status read_origin(cr_store *store, int64_t job, origin *out, cr_fault *fault)
{
    cr_query query;
    cr_status status = cr_query_open(
        &query, store, fault,
        "SELECT project, kind, input_hash, scene, input FROM jobs WHERE id = ?", "i", job);
    if (status != CR_OK) return status;
    status = cr_query_next(&query, fault);
    if (status == CR_OK) {
        out->job = job;
        out->project = cr_query_text(&query, 0);
        out->kind = cr_query_text(&query, 1);
        out->hash = cr_query_text(&query, 2);
        out->scene = cr_query_int(&query, 3);
        status = cr_query_json(&query, 4, &out->input, fault);
    }
    cr_query_close(&query);
    return status == CR_EOF ? CR_NOTFOUND : status;
}

static int64_t count_words(const char *text)
{
    int64_t count = 0;
    bool inside = false;
    for (; *text; text++) {
        bool is_space = strchr(" \t\r\n", *text) != NULL;
        if (!is_space && !inside) count++;
        inside = !is_space;
    }
    return count;
}

// Scenes that are there already stay as the user has left them.
static cr_status keep_scenes(cr_store *store, const origin *from, const cJSON *output,
                             cr_fault *fault)
{
    const cJSON *scenes = cJSON_GetObjectItemCaseSensitive(output, "scenes");
    const cJSON *scene;
    int64_t number = 0;
    cJSON_ArrayForEach(scene, scenes)
    {
        const cJSON *presenter = cJSON_GetObjectItemCaseSensitive(scene, "is_presenter");
        cr_status status = cr_store_run(
            store, fault,
            "INSERT INTO scenes (project, script, number, heading, narration, visual,"
            " shot, on_screen, is_presenter, words_plan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (project, script, number) DO NOTHING",
            "ttitttttii", from->project, from->hash, ++number, text_of(scene, "heading"),
            text_of(scene, "narration"), text_of(scene, "visual"), text_of(scene, "shot"),
            text_of(scene, "on_screen"), (int64_t)cJSON_IsTrue(presenter),
            count_words(text_of(scene, "narration")));
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

static cr_status keep_row(cr_store *store, const origin *from, const cJSON *output, cr_fault *fault)
{
    const char *file = text_of(output, "file");
    int64_t duration = int_of(output, "duration");
    if (strcmp(from->kind, "picture") == 0)
        return cr_store_run(store, fault,
                            "INSERT INTO shot_images (job, project, scene, variant,"
                            " file, alt, spec) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT (job) DO UPDATE SET variant = excluded.variant,"
                            " file = excluded.file, alt = excluded.alt, spec = excluded.spec",
                            "itiittj", from->job, from->project, from->scene,
                            int_of(from->input, "variant"), file, text_of(output, "alt"),
                            cJSON_GetObjectItemCaseSensitive(output, "spec"));
    if (strcmp(from->kind, "motion") == 0 || strcmp(from->kind, "lipsync") == 0)
        return cr_store_run(store, fault,
                            "INSERT INTO video_clips (job, project, scene, file,"
                            " duration) VALUES (?, ?, ?, ?, ?) ON CONFLICT (job) DO UPDATE"
                            " SET file = excluded.file, duration = excluded.duration",
                            "ititi", from->job, from->project, from->scene, file, duration);
    if (strcmp(from->kind, "voice") == 0 || strcmp(from->kind, "music") == 0)
        return cr_store_run(store, fault,
                            "INSERT INTO audio_assets (job, project, scene, role,"
                            " file, duration) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (job) DO"
                            " UPDATE SET file = excluded.file, duration = excluded.duration",
                            "ititti", from->job, from->project, from->scene, from->kind, file,
                            duration);
    return CR_OK;
}

cr_status cr_store_keep_output(cr_store *store, int64_t job, const cJSON *output, cr_fault *fault)
{
    origin from = {0};
    cr_status status = read_origin(store, job, &from, fault);
    if (status == CR_OK)
        status = strcmp(from.kind, "script") == 0 ? keep_scenes(store, &from, output, fault)
                                                  : keep_row(store, &from, output, fault);
    free_origin(&from);
    return status;
}
