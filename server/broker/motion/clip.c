// flow: wish -> project -> [engine] -> clip.mp4
#include "broker/motion/clip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "broker/motion/mouth.h"
#include "broker/painter/dice.h"
#include "engine/export.h"
#include "project/project_json.h"

enum {
    KEYFRAME_STEP = 2, // frames between keyframes: straight lines between them are smooth enough
    CLIP_QUALITY = 15, // it is coded once more in the film
};

typedef struct builder {
    const cr_motion_wish *wish;
    const cr_camera *camera;
    cJSON *assets, *tracks;
    int asset_count;
} builder;

// What else moves in a layer, beside the camera.
static void add_life(const cr_motion_wish *wish, const cr_motion_layer *layer, double seconds,
                     cr_view *view)
{
    double unit = wish->canvas_height / 1080.0;
    cr_dice dice = cr_dice_make(wish->seed, 205);
    double phase = cr_dice_between(&dice, 0, 2 * M_PI);
    double side = cr_dice_below(&dice, 2) ? 1 : -1;
    if (!strcmp(layer->role, "drift")) {
        double total = (double)wish->duration / CR_TICKS_PER_SECOND;
        double reach = fmin(5.5 * unit * total / 2, 0.4 * wish->bleed);
        view->x += side * reach * (2 * seconds / total - 1);
    } else if (!strcmp(layer->role, "hover")) {
        view->y += 9 * unit * sin(phase + seconds * 2 * M_PI / 3.1);
        view->x += 4 * unit * sin(phase + seconds * 2 * M_PI / 4.7);
    } else if (!strcmp(layer->role, "presenter")) {
        view->y += 3.2 * unit * sin(phase + seconds * 2 * M_PI / 2.9) + 2 * unit;
        view->x += 3.5 * unit * sin(phase + seconds * 2 * M_PI / 5.3);
    }
}

static cr_view view_at(const builder *b, const cr_motion_layer *layer, cr_ticks at)
{
    double along = (double)at / (double)b->wish->duration;
    cr_view view = cr_camera_at(b->camera, layer->depth, along);
    add_life(b->wish, layer, (double)at / CR_TICKS_PER_SECOND, &view);
    return view;
}

static void add_keyframe(cJSON *list, cr_ticks at, double value)
{
    cJSON *keyframe = cJSON_CreateObject();
    cr_json_add_int(keyframe, "at", at);
    cJSON_AddNumberToObject(keyframe, "value", round(value * 1e6) / 1e6);
    cJSON_AddItemToArray(list, keyframe);
}

// The keyframes that keep the point (x, y) of the canvas in its place on [layer] from [first] frame
// on.
static void add_keyframes(const builder *b, cJSON *clip, const cr_motion_layer *layer, double x,
                          double y, int64_t first, int64_t count)
{
    cJSON *xs = cJSON_AddArrayToObject(clip, "x");
    cJSON *ys = cJSON_AddArrayToObject(clip, "y");
    cJSON *sx = cJSON_AddArrayToObject(clip, "scale_x");
    cJSON *sy = cJSON_AddArrayToObject(clip, "scale_y");
    double from_middle_x = x - b->wish->canvas_width / 2.0;
    double from_middle_y = y - b->wish->canvas_height / 2.0;
    cr_ticks start = cr_frame_start(first, b->wish->rate);
    // On a grid of the whole clip, so that parts of one layer move as one.
    int64_t from = first - first % KEYFRAME_STEP;
    for (int64_t f = from; f < first + count + KEYFRAME_STEP; f += KEYFRAME_STEP) {
        cr_ticks at = cr_frame_start(f, b->wish->rate);
        cr_view view = view_at(b, layer, at);
        add_keyframe(xs, at - start, from_middle_x * view.scale + view.x);
        add_keyframe(ys, at - start, from_middle_y * view.scale + view.y);
        add_keyframe(sx, at - start, view.scale);
        add_keyframe(sy, at - start, view.scale);
    }
}

static void add_asset(builder *b, const char *id, const char *path)
{
    cJSON *asset = cJSON_CreateObject();
    cJSON_AddStringToObject(asset, "id", id);
    cJSON_AddStringToObject(asset, "uri", path);
    cr_json_add_int(asset, "duration", 0);
    cJSON_AddItemToArray(b->assets, asset);
}

static cJSON *add_track(builder *b, const char *id)
{
    cJSON *track = cJSON_CreateObject();
    cJSON_AddStringToObject(track, "id", id);
    cJSON_AddStringToObject(track, "kind", "video");
    cJSON *clips = cJSON_AddArrayToObject(track, "clips");
    cJSON_AddItemToArray(b->tracks, track);
    return clips;
}

static cJSON *add_clip(const builder *b, cJSON *clips, const char *id, const char *asset,
                       const char *fit, int64_t first, int64_t count)
{
    cJSON *clip = cJSON_CreateObject();
    cr_ticks start = cr_frame_start(first, b->wish->rate);
    cJSON_AddStringToObject(clip, "id", id);
    cJSON_AddStringToObject(clip, "kind", "media");
    cJSON_AddStringToObject(clip, "asset", asset);
    cr_json_add_int(clip, "start", start);
    cr_json_add_int(clip, "duration", cr_frame_start(first + count, b->wish->rate) - start);
    cJSON_AddStringToObject(clip, "fit", fit);
    cJSON_AddItemToArray(clips, clip);
    return clip;
}

// One clip for every run of the same value in [frames]; 0 is nothing.
static void add_runs(builder *b, const cr_motion_layer *layer, const char *track,
                     const uint8_t *frames, double x, double y)
{
    cJSON *clips = add_track(b, track);
    int64_t count = b->wish->frame_count;
    int number = 0;
    for (int64_t first = 0; first < count;) {
        int64_t end = first;
        while (end < count && frames[end] == frames[first])
            end++;
        if (frames[first]) {
            bool is_lid = strncmp(track, "lid", 3) == 0;
            char id[48], asset[48];
            snprintf(id, sizeof id, "%s-%d", track, number++);
            snprintf(asset, sizeof asset, "shape%d", is_lid ? 0 : frames[first]);
            cJSON *clip = add_clip(b, clips, id, asset, "none", first, end - first);
            add_keyframes(b, clip, layer, x, y, first, end - first);
        }
        first = end;
    }
}

static double member(const cJSON *object, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsNumber(number) ? number->valuedouble : 0;
}

static void add_face(builder *b, const cr_motion_layer *layer)
{
    const cJSON *mouth = cJSON_GetObjectItemCaseSensitive(layer->json, "mouth");
    const cJSON *eyes = cJSON_GetObjectItemCaseSensitive(layer->json, "eyes");
    if (!cJSON_IsObject(mouth)) return;
    for (int v = 0; v < CR_VISEME_COUNT; v++) {
        char id[16];
        snprintf(id, sizeof id, "shape%d", v);
        add_asset(b, id, cr_viseme_file((cr_viseme)v)); // beside the clip
    }
    uint8_t *shapes = cr_mouth_frames(b->wish), *blinks = cr_blink_frames(b->wish);
    add_runs(b, layer, "mouth", shapes, member(mouth, "x"), member(mouth, "y"));
    for (int i = 0; i < cJSON_GetArraySize(eyes) && i < 2; i++) {
        const cJSON *eye = cJSON_GetArrayItem(eyes, i);
        char track[8];
        snprintf(track, sizeof track, "lid%d", i);
        add_runs(b, layer, track, blinks, member(eye, "x"), member(eye, "y"));
    }
    cr_free(shapes);
    cr_free(blinks);
}

static void add_layers(builder *b)
{
    const cr_motion_wish *wish = b->wish;
    for (int i = 0; i < wish->layer_count; i++) {
        const cr_motion_layer *layer = &wish->layers[i];
        char id[24];
        snprintf(id, sizeof id, "layer%d", i);
        add_asset(b, id, layer->file);
        cJSON *clip = add_clip(b, add_track(b, id), id, id, "none", 0, wish->frame_count);
        add_keyframes(b, clip, layer, layer->x + layer->width / 2, layer->y + layer->height / 2, 0,
                      wish->frame_count);
        if (!strcmp(layer->role, "presenter")) add_face(b, layer);
    }
}

// A picture without layers: the camera moves over it, and enlarges it so far that no edge is seen.
static void add_picture(builder *b)
{
    const cr_motion_wish *wish = b->wish;
    add_asset(b, "picture", wish->picture);
    cJSON *clip =
        add_clip(b, add_track(b, "picture"), "picture", "picture", "cover", 0, wish->frame_count);
    cJSON *xs = cJSON_AddArrayToObject(clip, "x"), *ys = cJSON_AddArrayToObject(clip, "y");
    cJSON *sx = cJSON_AddArrayToObject(clip, "scale_x");
    cJSON *sy = cJSON_AddArrayToObject(clip, "scale_y");
    double margin =
        1 + 2 * fmax(b->camera->reach_x / wish->width, b->camera->reach_y / wish->height);
    bool travels = b->camera->move >= CR_MOVE_PAN_LEFT;
    for (int64_t f = 0; f < wish->frame_count + KEYFRAME_STEP; f += KEYFRAME_STEP) {
        cr_ticks at = cr_frame_start(f, wish->rate);
        cr_view view = cr_camera_at(b->camera, 1, (double)at / (double)wish->duration);
        double scale = view.scale * (travels ? margin : 1);
        add_keyframe(xs, at, view.x);
        add_keyframe(ys, at, view.y);
        add_keyframe(sx, at, scale);
        add_keyframe(sy, at, scale);
    }
}

cJSON *cr_motion_project(const cr_motion_wish *wish, const cr_camera *camera)
{
    cJSON *project = cJSON_CreateObject();
    cJSON_AddNumberToObject(project, "version", 1);
    cJSON *settings = cJSON_AddObjectToObject(project, "settings");
    cJSON_AddNumberToObject(settings, "width", wish->canvas_width);
    cJSON_AddNumberToObject(settings, "height", wish->canvas_height);
    char rate[32];
    snprintf(rate, sizeof rate, "%d/%d", (int)wish->rate.num, (int)wish->rate.den);
    if (wish->rate.den == 1)
        cJSON_AddNumberToObject(settings, "frame_rate", wish->rate.num);
    else
        cJSON_AddStringToObject(settings, "frame_rate", rate);
    cJSON_AddNumberToObject(settings, "loudness", 0);
    builder b = {.wish = wish, .camera = camera};
    b.assets = cJSON_AddArrayToObject(project, "assets");
    cJSON *sequence = cJSON_CreateObject();
    cJSON_AddStringToObject(sequence, "id", "film");
    b.tracks = cJSON_AddArrayToObject(sequence, "tracks");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(project, "sequences"), sequence);
    if (wish->layer_count > 0)
        add_layers(&b);
    else
        add_picture(&b);
    return project;
}

static cr_status render(const cr_work *work, const cr_motion_wish *wish, const cr_project *project,
                        cr_fault *fault)
{
    char *path = cr_format("%s/clip.mp4", work->request->folder);
    char *fonts = cr_format("%s/fonts", work->data_folder);
    cr_export_desc desc = {.output = path,
                           .format = "mp4",
                           .asset_folder = work->request->folder,
                           .font_folder = fonts,
                           .width = wish->width,
                           .height = wish->height,
                           .speed = "ultrafast",
                           .quality = CLIP_QUALITY,
                           .is_exact = true};
    cr_export *job = NULL;
    cr_status status = cr_export_open(&job, project, &desc, work->host, fault);
    if (status == CR_OK) {
        while ((status = cr_export_step(job, fault)) == CR_AGAIN) {
            cr_export_progress progress;
            cr_export_progress_get(job, &progress);
            if (progress.frames_total > 0)
                work->progress(work, (int)(100 * progress.frames_done / progress.frames_total));
            if (work->should_stop(work)) {
                status = CR_CANCELED;
                break;
            }
        }
        cr_export_close(&job);
    }
    cr_free(path);
    cr_free(fonts);
    return status;
}

cr_status cr_motion_make(const cr_work *work, const cr_motion_wish *wish, cJSON **output,
                         cr_fault *fault)
{
    double seconds = (double)wish->duration / CR_TICKS_PER_SECOND;
    cr_move move = cr_move_choose(wish->shot, wish->seed);
    const cr_motion_layer *presenter = NULL;
    for (int i = 0; i < wish->layer_count; i++)
        if (!strcmp(wish->layers[i].role, "presenter")) presenter = &wish->layers[i];
    // A face is not to be swung about.
    if (presenter && move != CR_MOVE_PULL_OUT) move = CR_MOVE_PUSH_IN;
    cr_camera camera = cr_camera_make(move, wish->layer_count > 0 ? wish->bleed : 0, wish->width,
                                      wish->height, seconds, wish->seed);
    const char *folder = work->request->folder;
    cr_status status = presenter ? cr_mouth_write(presenter, folder, fault) : CR_OK;
    cr_project *project = NULL;
    if (status == CR_OK) {
        cJSON *tree = cr_motion_project(wish, &camera);
        char *text = cr_json_print(tree, false);
        status = cr_project_parse(&project, text, strlen(text), fault);
        cr_free(text);
        cJSON_Delete(tree);
    }
    if (status == CR_OK) status = render(work, wish, project, fault);
    cr_project_drop(&project);
    if (presenter) cr_mouth_remove(folder);
    if (status != CR_OK) return status;
    cJSON *out = cJSON_CreateObject();
    cJSON_AddStringToObject(out, "file", "clip.mp4");
    cr_json_add_int(out, "duration", cr_frame_start(wish->frame_count, wish->rate));
    cJSON_AddStringToObject(out, "move", cr_move_name(move));
    *output = out;
    return CR_OK;
}
