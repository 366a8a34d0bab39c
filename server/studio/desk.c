#include "studio/desk.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "project/edit.h"
#include "project/patch.h"
#include "project/project_json.h"
#include "studio/asset_folder.h"
#include "studio/desk_file.h"

// How often an edit is tried when other processes are always first.
enum { TRIES = 8 };

const cr_project *cr_desk_now(const cr_desk *desk, int64_t *sequence)
{
    if (sequence) *sequence = desk->sequence;
    return desk->now;
}

static cr_status take_over(void *cookie, const cr_store_edit *edit, cr_fault *fault)
{
    cr_desk *desk = cookie;
    if (edit->sequence != desk->sequence + 1)
        return cr_fail(fault, CR_CORRUPT, desk->desc.project, "edit %lld of it is missing",
                       (long long)desk->sequence + 1);
    cJSON *tree = NULL;
    cr_project *after = NULL;
    cr_status status = cr_json_parse(&tree, edit->edit, strlen(edit->edit), fault);
    if (status == CR_OK) status = cr_edit_apply(desk->now, tree, &after, NULL, fault);
    cJSON_Delete(tree);
    if (status != CR_OK) return status;
    cr_project_drop(&desk->now);
    desk->now = after;
    desk->sequence = edit->sequence;
    if (desk->desc.decided && desk->is_told) desk->desc.decided(desk->desc.cookie, edit);
    return CR_OK;
}

cr_status cr_desk_catch_up(cr_desk *desk, cr_fault *fault)
{
    return cr_store_edits(desk->desc.store, desk->desc.project, desk->sequence, take_over, desk,
                          fault);
}

// Keeps [edit], of which [after] comes; with the desk's row where [base] (borrowed, NULL: as it is)
// is new or it is time for a snapshot.
static cr_status keep_edit(cr_desk *desk, const cr_store_edit *edit, const cr_project *after,
                           const char *base, cr_fault *fault)
{
    bool has_row = base || edit->sequence % CR_DESK_SNAPSHOT_EDITS == 0;
    if (!has_row) return cr_store_edit_add(desk->desc.store, desk->desc.project, edit, NULL, fault);
    cr_store_desk row = {.sequence = edit->sequence,
                         .snapshot = cr_project_print(after),
                         .base = cr_strdup(base ? base : desk->row.base),
                         .written = cr_strdup(desk->row.written)};
    cr_status status = cr_store_edit_add(desk->desc.store, desk->desc.project, edit, &row, fault);
    if (status == CR_OK) {
        cr_store_desk_free(&desk->row);
        desk->row = row;
    } else {
        cr_store_desk_free(&row);
    }
    return status;
}

// One try. CR_AGAIN: another process was first.
static cr_status decide(cr_desk *desk, const cr_desk_wish *wish, const char *text, const char *base,
                        cr_fault *fault)
{
    cr_project *after = NULL;
    cr_status status = cr_edit_apply(desk->now, wish->edit, &after, NULL, fault);
    if (status != CR_OK) return status;
    const cr_store_edit edit = {.sequence = desk->sequence + 1,
                                .id = wish->id,
                                .person = wish->person,
                                .name = wish->name,
                                .edit = text,
                                .made_ms = wish->now_ms};
    status = keep_edit(desk, &edit, after, base, fault);
    if (status != CR_OK) {
        cr_project_drop(&after);
        return status == CR_EXISTS ? CR_AGAIN : status;
    }
    cr_project_drop(&desk->now);
    desk->now = after;
    desk->sequence = edit.sequence;
    desk->is_dirty = true;
    if (desk->desc.decided) desk->desc.decided(desk->desc.cookie, &edit);
    return CR_OK;
}

static cr_status edit_with_base(cr_desk *desk, const cr_desk_wish *wish, const char *base,
                                int64_t *sequence, bool *is_known, cr_fault *fault)
{
    char *text = cr_json_print(wish->edit, false);
    cr_status status = CR_AGAIN;
    *is_known = false;
    for (int i = 0; i < TRIES && status == CR_AGAIN; i++) {
        status = cr_desk_catch_up(desk, fault);
        if (status != CR_OK) break;
        status =
            cr_store_edit_find(desk->desc.store, desk->desc.project, wish->id, sequence, fault);
        *is_known = status == CR_OK;
        if (status != CR_NOTFOUND) break;
        status = decide(desk, wish, text, base, fault);
        *sequence = desk->sequence;
    }
    cr_free(text);
    if (status == CR_AGAIN)
        return cr_fail(fault, CR_BUSY, "", "others edit this film faster: try again");
    return status;
}

cr_status cr_desk_edit(cr_desk *desk, const cr_desk_wish *wish, int64_t *sequence, bool *is_known,
                       cr_fault *fault)
{
    if (!wish->id[0] || strlen(wish->id) > CR_DESK_ID_BYTES_MAX)
        return cr_fail(fault, CR_INVALID, "/id", "an edit has an id of at most %d bytes",
                       CR_DESK_ID_BYTES_MAX);
    if (strlen(wish->name) > CR_DESK_NAME_BYTES_MAX)
        return cr_fail(fault, CR_INVALID, "/name", "a name has at most %d bytes",
                       CR_DESK_NAME_BYTES_MAX);
    return edit_with_base(desk, wish, NULL, sequence, is_known, fault);
}

static cr_desk *make_desk(const cr_desk_desc *desc)
{
    cr_desk *desk = cr_alloc(1, sizeof *desk);
    desk->desc = *desc;
    desk->path = cr_format("%s/project.json", desc->folder);
    return desk;
}

static void free_desk(cr_desk *desk)
{
    cr_project_drop(&desk->now);
    cr_store_desk_free(&desk->row);
    cr_free(desk->path);
    cr_free(desk);
}

// What the store knows, and what was decided since.
static cr_status read_desk(cr_desk *desk, cr_fault *fault)
{
    cr_status status = cr_store_desk_get(desk->desc.store, desk->desc.project, &desk->row, fault);
    if (status != CR_OK) return status;
    status = cr_project_parse(&desk->now, desk->row.snapshot, strlen(desk->row.snapshot), fault);
    if (status != CR_OK) return status;
    desk->sequence = desk->row.sequence;
    status = cr_desk_catch_up(desk, fault);
    desk->is_told = true;
    desk->is_dirty = true; // what lies there may be older
    return status;
}

// Is the file as the studio has written it?
static cr_status is_as_written(const cr_desk *desk, bool *out, cr_fault *fault)
{
    char found[CR_HASH_BYTES];
    char *written = NULL;
    *out = true;
    cr_status status = cr_file_hash(desk->path, found, fault);
    if (status != CR_OK) return status == CR_NOTFOUND ? CR_OK : status;
    status = cr_store_editor_get(desk->desc.store, desk->desc.project, &written, fault);
    *out = status == CR_OK && strcmp(written, found) == 0;
    cr_free(written);
    return status == CR_NOTFOUND ? CR_OK : status;
}

// The first desk of a film, on which [project] lies.
static cr_status begin(cr_desk **out, const cr_desk_desc *desc, const cr_project *project,
                       cr_fault *fault)
{
    cr_desk *desk = make_desk(desc);
    char *text = cr_project_print(project);
    char hash[CR_HASH_BYTES];
    cr_hash_bytes(text, strlen(text), hash);
    desk->now = cr_project_keep(project);
    desk->row =
        (cr_store_desk){.snapshot = cr_strdup(text), .base = text, .written = cr_strdup(hash)};
    desk->is_told = desk->is_dirty = true;
    cr_status status = cr_store_desk_put(desc->store, desc->project, &desk->row, fault);
    if (status == CR_OK)
        *out = desk;
    else
        free_desk(desk);
    return status;
}

// A film that was made before there were desks.
static cr_status begin_with_file(cr_desk **out, const cr_desk_desc *desc, cr_fault *fault)
{
    char *path = cr_format("%s/project.json", desc->folder);
    cr_project *found = NULL;
    char hash[CR_HASH_BYTES];
    cr_status status = cr_file_hash(path, hash, fault);
    if (status == CR_OK) status = cr_desk_file_project(path, &found, fault);
    if (status == CR_OK) status = begin(out, desc, found, fault);
    if (found) cr_project_drop(&found);
    cr_free(path);
    return status;
}

// As cr_desk_open, for a film that has one.
static cr_status open_again(cr_desk **out, const cr_desk_desc *desc, int64_t now_ms, char **aside,
                            cr_fault *fault)
{
    cr_desk *desk = make_desk(desc);
    cr_status status = read_desk(desk, fault);
    if (status == CR_OK) status = cr_desk_read_file(desk, now_ms, aside, fault);
    if (status == CR_OK)
        *out = desk;
    else
        free_desk(desk);
    return status;
}

cr_status cr_desk_open(cr_desk **out, const cr_desk_desc *desc, int64_t now_ms, char **aside,
                       cr_fault *fault)
{
    *aside = NULL;
    cr_status status = open_again(out, desc, now_ms, aside, fault);
    return status == CR_NOTFOUND ? begin_with_file(out, desc, fault) : status;
}

void cr_desk_close(cr_desk **pointer)
{
    cr_desk *desk = *pointer;
    *pointer = NULL;
    if (!desk) return;
    cr_fault ignored; // the next desk writes it
    (void)!cr_desk_write(desk, &ignored);
    free_desk(desk);
}

// New media alone: what is taken from a project by this edit, nobody can be using.
static cJSON *media_of(const cJSON *patch)
{
    cJSON *media = cJSON_CreateObject();
    cJSON_AddStringToObject(media, "op", "patch");
    cJSON *assets = cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(patch, "assets"), true);
    if (!assets) return media;
    cJSON_DeleteItemFromObjectCaseSensitive(assets, "remove");
    cJSON_AddItemToObject(media, "assets", assets);
    return media;
}

static cr_status try_patch(cr_desk *desk, cJSON *patch, const char *hash, const char *base,
                           int64_t now_ms, cr_fault *fault)
{
    char *id = cr_format("studio-%.16s-%lld", hash, (long long)desk->sequence);
    const cr_desk_wish wish = {.id = id,
                               .person = "",
                               .name = "Made anew in the storyboard",
                               .edit = patch,
                               .now_ms = now_ms};
    int64_t sequence = 0;
    bool is_known = false;
    cr_status status = edit_with_base(desk, &wish, base, &sequence, &is_known, fault);
    cr_free(id);
    return status;
}

static bool is_refusal(cr_status status)
{
    return status == CR_INVALID || status == CR_NOTFOUND || status == CR_EXISTS ||
           status == CR_DENIED || status == CR_LIMIT;
}

static cr_status keep_beside(const cr_desk *desk, const char *text, char **aside, cr_fault *fault)
{
    char *part = cr_format("%s/project-anew.part", desk->desc.folder);
    cr_status status = cr_file_replace(part, text, strlen(text), fault);
    if (status == CR_OK)
        status = cr_desk_set_aside(desk->desc.folder, part, "project-anew", aside, fault);
    (void)remove(part);
    cr_free(part);
    return status;
}

// What is other than last time goes under people's hands.
static cr_status merge(cr_desk *desk, const cr_project *fresh, const char *text, int64_t now_ms,
                       char **aside, cr_fault *fault)
{
    cr_project *base = NULL;
    cr_status status = cr_project_parse(&base, desk->row.base, strlen(desk->row.base), fault);
    if (status != CR_OK) return status;
    char hash[CR_HASH_BYTES];
    cr_hash_bytes(text, strlen(text), hash);
    cJSON *patch = cr_patch_make(base, fresh);
    cr_project_drop(&base);
    status = try_patch(desk, patch, hash, text, now_ms, fault);
    if (is_refusal(status)) {
        cJSON *media = media_of(patch);
        status = try_patch(desk, media, hash, text, now_ms, fault);
        cJSON_Delete(media);
        if (status == CR_OK) status = keep_beside(desk, text, aside, fault);
    }
    cJSON_Delete(patch);
    return status;
}

// The first time: what lies there was not made by us, or somebody has edited it since.
static cr_status begin_fresh(cr_desk **out, const cr_desk_desc *desc, const cr_project *fresh,
                             char **aside, cr_fault *fault)
{
    cr_desk *unused = make_desk(desc);
    bool is_ours = false;
    cr_status status = is_as_written(unused, &is_ours, fault);
    if (status == CR_OK && !is_ours)
        status = cr_desk_set_aside(desc->folder, unused->path, "project-edited", aside, fault);
    free_desk(unused);
    return status == CR_OK ? begin(out, desc, fresh, fault) : status;
}

cr_status cr_desk_assembled(const cr_desk_desc *desc, cr_desk **desk, const cr_project *fresh,
                            int64_t now_ms, char **aside, cr_fault *fault)
{
    *aside = NULL;
    char *text = cr_project_print(fresh);
    cr_status status = CR_OK;
    if (!*desk) status = open_again(desk, desc, now_ms, aside, fault);
    if (status == CR_NOTFOUND) {
        status = begin_fresh(desk, desc, fresh, aside, fault);
    } else if (status == CR_OK) {
        status = cr_desk_read_file(*desk, now_ms, aside, fault);
        if (status == CR_OK && strcmp((*desk)->row.base, text) != 0)
            status = merge(*desk, fresh, text, now_ms, aside, fault);
    }
    if (status == CR_OK) status = cr_desk_write(*desk, fault);
    cr_free(text);
    return status;
}
