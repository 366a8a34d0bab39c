#include "studio/desk_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "project/patch.h"
#include "project/project_json.h"
#include "studio/asset_folder.h"

// Bound of what is set aside.
enum { SET_ASIDE_MAX = 1000, HASH_SHOWN = 16 };

cr_status cr_desk_set_aside(const char *folder, const char *path, const char *name, char **aside,
                            cr_fault *fault)
{
    for (int i = 1; i <= SET_ASIDE_MAX; i++) {
        char *target = cr_format("%s/%s-%d.json", folder, name, i);
        // A link fails when the name is taken; a rename would not.
        if (link(path, target) == 0) {
            cr_free(*aside);
            *aside = target;
            return CR_OK;
        }
        cr_free(target);
    }
    return cr_fail(fault, CR_LIMIT, path,
                   "it was edited, and there is no room to keep it beside the new one");
}

// Gives the text (cr_free).
static cr_status read_text(const char *path, char **out, cr_fault *fault)
{
    FILE *file = fopen(path, "rb");
    if (!file) return cr_fail(fault, CR_IO, path, "cannot be read");
    char *text = NULL;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    bool is_read = size >= 0 && size <= CR_PROJECT_BYTES_MAX && fseek(file, 0, SEEK_SET) == 0;
    if (is_read) {
        text = cr_alloc((size_t)size + 1, 1);
        is_read = fread(text, 1, (size_t)size, file) == (size_t)size;
    }
    fclose(file);
    if (!is_read) {
        cr_free(text);
        return cr_fail(fault, CR_IO, path, "cannot be read");
    }
    *out = text;
    return CR_OK;
}

cr_status cr_desk_file_project(const char *path, cr_project **out, cr_fault *fault)
{
    char *text = NULL;
    cr_status status = read_text(path, &text, fault);
    if (status == CR_OK) status = cr_project_parse(out, text, strlen(text), fault);
    cr_free(text);
    return status;
}

static cr_status take_changed(cr_desk *desk, const cr_project *found, const char *hash,
                              int64_t now_ms, cr_fault *fault)
{
    char *id = cr_format("file-%.*s-%lld", HASH_SHOWN, hash, (long long)desk->sequence);
    cJSON *patch = cr_patch_make(desk->now, found);
    const cr_desk_wish wish = {
        .id = id, .person = "", .name = "Changed in project.json", .edit = patch, .now_ms = now_ms};
    int64_t sequence = 0;
    bool is_known = false;
    cr_status status = cr_desk_edit(desk, &wish, &sequence, &is_known, fault);
    cJSON_Delete(patch);
    cr_free(id);
    return status;
}

static cr_status note_written(cr_desk *desk, const char *hash, cr_fault *fault)
{
    cr_free(desk->row.written);
    desk->row.written = cr_strdup(hash);
    return cr_store_desk_written(desk->desc.store, desk->desc.project, hash, fault);
}

cr_status cr_desk_read_file(cr_desk *desk, int64_t now_ms, char **aside, cr_fault *fault)
{
    char hash[CR_HASH_BYTES];
    cr_status status = cr_file_hash(desk->path, hash, fault);
    if (status == CR_NOTFOUND) {
        desk->is_dirty = true;
        return CR_OK;
    }
    if (status != CR_OK || strstr(desk->row.written, hash)) return status;
    cr_project *found = NULL;
    cr_fault ignored;
    if (cr_desk_file_project(desk->path, &found, &ignored) == CR_OK) {
        status = take_changed(desk, found, hash, now_ms, fault);
        cr_project_drop(&found);
    } else {
        status = cr_desk_set_aside(desk->desc.folder, desk->path, "project-edited", aside, fault);
        desk->is_dirty = true;
    }
    return status == CR_OK ? note_written(desk, hash, fault) : status;
}

cr_status cr_desk_write(cr_desk *desk, cr_fault *fault)
{
    if (!desk->is_dirty) return CR_OK;
    char *text = cr_project_print(desk->now);
    size_t size = strlen(text);
    char hash[CR_HASH_BYTES], before[CR_HASH_BYTES] = "";
    cr_hash_bytes(text, size, hash);
    (void)snprintf(before, sizeof before, "%s", desk->row.written);
    // Both are ours, whichever is found there when we die in between.
    char *both = cr_format("%s %s", hash, before);
    cr_status status = note_written(desk, both, fault);
    if (status == CR_OK) status = cr_file_replace(desk->path, text, size, fault);
    if (status == CR_OK) status = note_written(desk, hash, fault);
    if (status == CR_OK) desk->is_dirty = false;
    cr_free(both);
    cr_free(text);
    return status;
}
