#include <string.h>

#include "base/mem.h"
#include "project/edit_op.h"
#include "project/fields.h"

// "values" and "unset" of the edit, applied to one noun.
static cr_status change(const cr_edit *edit, const cr_spec *spec, void *noun)
{
    cr_json_place values_place = {edit->place, "values", 0},
                  unset_place = {edit->place, "unset", 0};
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(edit->json, "values");
    const cJSON *unset = cJSON_GetObjectItemCaseSensitive(edit->json, "unset");
    if (!values && !unset)
        return cr_edit_fail(edit, CR_INVALID, "values", "is missing: nothing is to be set");
    if (unset) {
        cr_status status = cr_fields_unset(spec, noun, unset, &unset_place, edit->fault);
        if (status != CR_OK) return status;
    }
    if (!values) return CR_OK;
    return cr_fields_read(spec, noun, values, CR_FIELDS_CHANGE, &values_place, edit->fault);
}

static cr_status set_clip(const cr_edit *edit)
{
    cr_spot spot;
    cr_status status = cr_edit_clip(edit, "clip", &spot);
    if (status != CR_OK) return status;
    cr_clip *clip = cr_draft_write_clip(edit->draft, spot);
    status = change(edit, &cr_clip_spec, clip);
    // The start may have changed, and with it the place in the list.
    cr_draft_move(edit->draft, spot, spot, clip->range.start);
    return status;
}

static cr_status set_track(const cr_edit *edit)
{
    const char *id;
    cr_status status = cr_edit_text(edit, "track", true, &id);
    if (status != CR_OK) return status;
    cr_spot spot;
    // Locking guards the clips, not the lock.
    if (!cr_draft_find_track(edit->draft, id, &spot))
        return cr_edit_fail(edit, CR_NOTFOUND, "track", "there is no track \"%s\"", id);
    return change(edit, &cr_track_spec, cr_draft_write_track(edit->draft, spot));
}

static cr_status find_transition(const cr_edit *edit, cr_spot *out)
{
    const char *id;
    cr_status status = cr_edit_text(edit, "transition", true, &id);
    if (status != CR_OK) return status;
    if (!cr_draft_find_transition(edit->draft, id, out))
        return cr_edit_fail(edit, CR_NOTFOUND, "transition", "there is no transition \"%s\"", id);
    return cr_edit_unlocked(edit, "transition", *out);
}

static cr_status set_transition(const cr_edit *edit)
{
    cr_spot spot;
    cr_status status = find_transition(edit, &spot);
    if (status != CR_OK) return status;
    cr_transition *transition = cr_draft_write_transition(edit->draft, spot);
    status = change(edit, &cr_transition_spec, transition);
    if (status == CR_OK && transition->easing == CR_EASING_BEZIER)
        status =
            cr_edit_fail(edit, CR_INVALID, "values", "a transition cannot have a curve of its own");
    cr_track_sort(cr_draft_write_track(edit->draft, spot));
    return status;
}

static int find_asset(const cr_project *project, const char *id)
{
    for (int i = 0; i < project->asset_count; i++)
        if (strcmp(project->assets[i]->id, id) == 0) return i;
    return -1;
}

static cr_status asset_index(const cr_edit *edit, int *out)
{
    const char *id;
    cr_status status = cr_edit_text(edit, "asset", true, &id);
    if (status != CR_OK) return status;
    *out = find_asset(edit->draft->after, id);
    if (*out < 0) return cr_edit_fail(edit, CR_NOTFOUND, "asset", "there is no asset \"%s\"", id);
    return CR_OK;
}

// A copy of what is read only, for writing.
static cr_asset *asset_copy(const cr_asset *asset)
{
    cJSON *json = cr_fields_write(&cr_asset_spec, asset, true);
    cr_asset *copy = NULL;
    cr_status status = cr_asset_read(&copy, json, NULL, NULL);
    CR_ASSERT(status == CR_OK);
    cJSON_Delete(json);
    return copy;
}

static cr_status set_asset(const cr_edit *edit)
{
    int index;
    cr_status status = asset_index(edit, &index);
    if (status != CR_OK) return status;
    cr_asset **slot = &edit->draft->after->assets[index];
    cr_asset *copy = asset_copy(*slot);
    cr_asset_drop(*slot);
    *slot = copy;
    return change(edit, &cr_asset_spec, copy);
}

static cr_status marker_index(const cr_edit *edit, int *sequence, int *out)
{
    const char *id;
    cr_status status = cr_edit_text(edit, "marker", true, &id);
    if (status == CR_OK) status = cr_edit_sequence(edit, sequence);
    if (status != CR_OK) return status;
    const cr_sequence *in = edit->draft->after->sequences[*sequence];
    for (*out = 0; *out < in->marker_count; ++*out)
        if (strcmp(in->markers[*out]->id, id) == 0) return CR_OK;
    return cr_edit_fail(edit, CR_NOTFOUND, "marker", "there is no marker \"%s\"", id);
}

static cr_status set_marker(const cr_edit *edit)
{
    int sequence, index;
    cr_status status = marker_index(edit, &sequence, &index);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, sequence);
    cJSON *json = cr_fields_write(&cr_marker_spec, in->markers[index], true);
    cr_marker *copy = NULL;
    status = cr_marker_read(&copy, json, NULL, NULL);
    CR_ASSERT(status == CR_OK);
    cJSON_Delete(json);
    cr_marker_drop(in->markers[index]);
    in->markers[index] = copy;
    status = change(edit, &cr_marker_spec, copy);
    cr_markers_sort(in);
    return status;
}

static cr_status set_sequence(const cr_edit *edit)
{
    int sequence;
    cr_status status = cr_edit_sequence(edit, &sequence);
    if (status != CR_OK) return status;
    return change(edit, &cr_sequence_spec, cr_draft_write_sequence(edit->draft, sequence));
}

cr_status cr_edit_set(const cr_edit *edit)
{
    static const struct {
        const char *key;
        cr_status (*set)(const cr_edit *edit);
    } nouns[] = {{"asset", set_asset},   {"clip", set_clip},
                 {"track", set_track},   {"transition", set_transition},
                 {"marker", set_marker}, {"sequence", set_sequence}};
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (cJSON_GetObjectItemCaseSensitive(edit->json, nouns[i].key)) return nouns[i].set(edit);
    return change(edit, &cr_project_spec, edit->draft->after);
}

cr_status cr_edit_settings(const cr_edit *edit)
{
    return change(edit, &cr_settings_spec, &edit->draft->after->settings);
}

// --- assets

cr_status cr_edit_add_asset(const cr_edit *edit)
{
    const cJSON *json;
    cr_status status = cr_edit_object(edit, "asset", &json);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "asset", 0};
    cr_asset *asset;
    status = cr_asset_read(&asset, json, &place, edit->fault);
    if (status != CR_OK) return status;
    cr_project *project = edit->draft->after;
    CR_LIST_INSERT(project->assets, project->asset_count, project->asset_count, asset);
    cr_assets_sort(project);
    return CR_OK;
}

cr_status cr_edit_remove_asset(const cr_edit *edit)
{
    int index;
    cr_status status = asset_index(edit, &index);
    if (status != CR_OK) return status;
    cr_project *project = edit->draft->after;
    cr_asset_drop(project->assets[index]);
    CR_LIST_REMOVE(project->assets, project->asset_count, index);
    return CR_OK;
}

// --- sequences

cr_status cr_edit_add_sequence(const cr_edit *edit)
{
    const cJSON *json;
    cr_project *project = edit->draft->after;
    int index;
    cr_status status = cr_edit_object(edit, "sequence", &json);
    if (status == CR_OK) status = cr_edit_index(edit, project->sequence_count, &index);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "sequence", 0};
    cr_sequence *sequence;
    status = cr_sequence_read(&sequence, json, &place, edit->fault);
    if (status != CR_OK) return status;
    CR_LIST_INSERT(project->sequences, project->sequence_count, index, sequence);
    return CR_OK;
}

cr_status cr_edit_remove_sequence(const cr_edit *edit)
{
    const char *id;
    int index;
    cr_status status = cr_edit_text(edit, "sequence", true, &id);
    if (status == CR_OK) status = cr_edit_sequence(edit, &index);
    if (status != CR_OK) return status;
    cr_project *project = edit->draft->after;
    cr_sequence_drop(project->sequences[index]);
    CR_LIST_REMOVE(project->sequences, project->sequence_count, index);
    return CR_OK;
}

// --- tracks

cr_status cr_edit_add_track(const cr_edit *edit)
{
    const cJSON *json;
    int sequence, index;
    cr_status status = cr_edit_object(edit, "track", &json);
    if (status == CR_OK) status = cr_edit_sequence(edit, &sequence);
    if (status != CR_OK) return status;
    status = cr_edit_index(edit, edit->draft->after->sequences[sequence]->track_count, &index);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "track", 0};
    cr_track *track;
    status = cr_track_read(&track, json, &place, edit->fault);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, sequence);
    CR_LIST_INSERT(in->tracks, in->track_count, index, track);
    return CR_OK;
}

cr_status cr_edit_remove_track(const cr_edit *edit)
{
    cr_spot spot;
    cr_status status = cr_edit_track(edit, "track", &spot);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, spot.sequence);
    cr_track_drop(in->tracks[spot.track]);
    CR_LIST_REMOVE(in->tracks, in->track_count, spot.track);
    return CR_OK;
}

cr_status cr_edit_move_track(const cr_edit *edit)
{
    const char *id;
    cr_status status = cr_edit_text(edit, "track", true, &id);
    if (status != CR_OK) return status;
    cr_spot spot;
    if (!cr_draft_find_track(edit->draft, id, &spot))
        return cr_edit_fail(edit, CR_NOTFOUND, "track", "there is no track \"%s\"", id);
    int index;
    status =
        cr_edit_index(edit, edit->draft->after->sequences[spot.sequence]->track_count - 1, &index);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, spot.sequence);
    cr_track *track = in->tracks[spot.track];
    CR_LIST_REMOVE(in->tracks, in->track_count, spot.track);
    CR_LIST_INSERT(in->tracks, in->track_count, index, track);
    return CR_OK;
}

// --- transitions and markers

cr_status cr_edit_add_transition(const cr_edit *edit)
{
    const cJSON *json;
    cr_spot spot;
    cr_status status = cr_edit_track(edit, "track", &spot);
    if (status == CR_OK) status = cr_edit_object(edit, "transition", &json);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "transition", 0};
    cr_transition *transition;
    status = cr_transition_read(&transition, json, &place, edit->fault);
    if (status == CR_OK) cr_draft_add_transition(edit->draft, spot, transition);
    return status;
}

cr_status cr_edit_remove_transition(const cr_edit *edit)
{
    cr_spot spot;
    cr_status status = find_transition(edit, &spot);
    if (status == CR_OK) cr_draft_remove_transition(edit->draft, spot);
    return status;
}

cr_status cr_edit_add_marker(const cr_edit *edit)
{
    const cJSON *json;
    int sequence;
    cr_status status = cr_edit_object(edit, "marker", &json);
    if (status == CR_OK) status = cr_edit_sequence(edit, &sequence);
    if (status != CR_OK) return status;
    cr_json_place place = {edit->place, "marker", 0};
    cr_marker *marker;
    status = cr_marker_read(&marker, json, &place, edit->fault);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, sequence);
    CR_LIST_INSERT(in->markers, in->marker_count, in->marker_count, marker);
    cr_markers_sort(in);
    return CR_OK;
}

cr_status cr_edit_remove_marker(const cr_edit *edit)
{
    int sequence, index;
    cr_status status = marker_index(edit, &sequence, &index);
    if (status != CR_OK) return status;
    cr_sequence *in = cr_draft_write_sequence(edit->draft, sequence);
    cr_marker_drop(in->markers[index]);
    CR_LIST_REMOVE(in->markers, in->marker_count, index);
    return CR_OK;
}
