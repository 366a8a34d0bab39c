#include "project/edit.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "project/check.h"
#include "project/edit_op.h"
#include "project/patch.h"

enum { batch_depth_max = 8 };

const cr_edit_op cr_edit_ops[] = {
    {"batch", "edits name", cr_edit_batch},
    {"patch", "values unset assets sequences", cr_edit_patch},
    {"set", "asset clip track transition marker sequence values unset", cr_edit_set},
    {"settings", "values unset", cr_edit_settings},
    {"add-asset", "asset", cr_edit_add_asset},
    {"remove-asset", "asset", cr_edit_remove_asset},
    {"add-sequence", "sequence index", cr_edit_add_sequence},
    {"remove-sequence", "sequence", cr_edit_remove_sequence},
    {"add-track", "sequence track index", cr_edit_add_track},
    {"remove-track", "track", cr_edit_remove_track},
    {"move-track", "track index", cr_edit_move_track},
    {"add-clip", "track clip", cr_edit_add_clip},
    {"remove-clip", "clip alone", cr_edit_remove_clip},
    {"add-transition", "track transition", cr_edit_add_transition},
    {"remove-transition", "transition", cr_edit_remove_transition},
    {"add-marker", "sequence marker", cr_edit_add_marker},
    {"remove-marker", "sequence marker", cr_edit_remove_marker},
    {"add-effect", "clip effect index", cr_edit_add_effect},
    {"remove-effect", "clip effect", cr_edit_remove_effect},
    {"set-effect", "clip effect values unset", cr_edit_set_effect},
    {"move-effect", "clip effect index", cr_edit_move_effect},
    {"set-keyframe", "clip effect param keyframe", cr_edit_set_keyframe},
    {"remove-keyframe", "clip effect param at", cr_edit_remove_keyframe},
    {"move", "clip start by track alone", cr_edit_move},
    {"split", "clip at new_id alone", cr_edit_split},
    {"link", "clips link", cr_edit_link},
    {"unlink", "clips", cr_edit_unlink},
    {"group", "clips group", cr_edit_group},
    {"ungroup", "clips", cr_edit_ungroup},
    {"trim", "clip edge to by alone", cr_edit_trim},
    {"ripple-trim", "clip edge to by alone", cr_edit_ripple_trim},
    {"roll", "clip edge to by alone", cr_edit_roll},
    {"slip", "clip by alone", cr_edit_slip},
    {"slide", "clip by alone", cr_edit_slide},
    {"speed", "clip speed ripple alone", cr_edit_speed},
    {"insert", "track clip all_tracks", cr_edit_insert},
    {"overwrite", "track clip", cr_edit_overwrite},
    {"lift", "sequence tracks start duration", cr_edit_lift},
    {"extract", "sequence tracks start duration", cr_edit_extract},
    {"ripple-delete", "clip alone all_tracks", cr_edit_ripple_delete},
    {NULL, NULL, NULL},
};

static bool is_listed(const char *members, const char *name)
{
    size_t length = strlen(name);
    if (length == 0) return false;
    for (const char *at = strstr(members, name); at; at = strstr(at + 1, name)) {
        bool starts = at == members || at[-1] == ' ';
        if (starts && (at[length] == ' ' || at[length] == '\0')) return true;
    }
    return false;
}

static cr_status check_members(const cr_edit *edit, const cr_edit_op *op)
{
    for (const cJSON *member = edit->json->child; member; member = member->next) {
        if (strcmp(member->string, "op") == 0 || is_listed(op->members, member->string)) continue;
        return cr_edit_fail(edit, CR_INVALID, member->string,
                            "\"%s\" does not understand this; it understands: %s", op->name,
                            op->members);
    }
    return CR_OK;
}

static cr_status apply_one(const cr_edit *edit)
{
    if (!cJSON_IsObject(edit->json))
        return cr_edit_fail(edit, CR_INVALID, NULL,
                            "an edit is an object such as "
                            "{\"op\": \"move\", …}");
    const char *name;
    cr_status status = cr_edit_text(edit, "op", true, &name);
    if (status != CR_OK) return status;
    for (const cr_edit_op *op = cr_edit_ops; op->name; op++) {
        if (strcmp(op->name, name) != 0) continue;
        status = check_members(edit, op);
        return status == CR_OK ? op->apply(edit) : status;
    }
    return cr_edit_fail(edit, CR_INVALID, "op", "there is no edit \"%s\"", name);
}

cr_status cr_edit_batch(const cr_edit *edit)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(edit->json, "edits");
    if (!cJSON_IsArray(list))
        return cr_edit_fail(edit, CR_INVALID, "edits", "must be a list of edits");
    int depth = 0;
    for (const cr_json_place *place = edit->place; place; place = place->parent)
        depth++;
    if (depth > 2 * batch_depth_max)
        return cr_edit_fail(edit, CR_LIMIT, NULL, "batches are nested deeper than %d",
                            batch_depth_max);
    cr_json_place place = {edit->place, "edits", 0};
    size_t index = 0;
    for (const cJSON *item = list->child; item; item = item->next) {
        cr_json_place below = {&place, NULL, index++};
        cr_edit one = {edit->draft, item, &below, edit->fault};
        cr_status status = apply_one(&one);
        if (status != CR_OK) return status;
    }
    return CR_OK;
}

cr_status cr_edit_apply(const cr_project *before, const cJSON *edit, cr_project **after,
                        cJSON **inverse, cr_fault *fault)
{
    cr_draft draft;
    cr_draft_open(&draft, before);
    cr_edit whole = {&draft, edit, NULL, fault};
    cr_status status = apply_one(&whole);
    const char *op = NULL;
    // A patch says exactly what is to be.
    bool is_patch = status == CR_OK && cr_edit_text(&whole, "op", true, &op) == CR_OK &&
                    strcmp(op, "patch") == 0;
    if (status == CR_OK && !is_patch) cr_draft_settle(&draft);
    if (status == CR_OK) status = cr_check_change(before, draft.after, "", fault);
    if (status != CR_OK) {
        cr_draft_close(&draft);
        return status;
    }
    if (inverse) *inverse = cr_patch_make(draft.after, before);
    *after = draft.after;
    return CR_OK;
}
