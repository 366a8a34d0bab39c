#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "project/edit_op.h"
#include "project/fields.h"

cr_status cr_edit_fail(const cr_edit *edit, cr_status status, const char *key, const char *format,
                       ...)
{
    if (!edit->fault) return status;
    char text[sizeof edit->fault->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return cr_json_fail(edit->fault, status, edit->place, key, "%s", text);
}

static cr_status missing(const cr_edit *edit, const char *key)
{
    return cr_edit_fail(edit, CR_INVALID, key, "is missing: this edit needs it");
}

cr_status cr_edit_text(const cr_edit *edit, const char *key, bool is_needed, const char **out)
{
    const char *text = NULL;
    cr_status status = cr_json_get_text(edit->json, key, &text, edit->place, edit->fault);
    if (status == CR_NOTFOUND) status = is_needed ? missing(edit, key) : CR_OK;
    if (status == CR_OK) *out = text;
    return status;
}

cr_status cr_edit_flag(const cr_edit *edit, const char *key, bool *out)
{
    cr_status status = cr_json_get_bool(edit->json, key, out, edit->place, edit->fault);
    return status == CR_NOTFOUND ? CR_OK : status;
}

cr_status cr_edit_ticks(const cr_edit *edit, const char *key, bool is_needed, cr_ticks *out,
                        bool *is_there)
{
    const cJSON *member = cJSON_GetObjectItemCaseSensitive(edit->json, key);
    if (is_there) *is_there = member != NULL;
    if (!member) return is_needed ? missing(edit, key) : CR_OK;
    cr_json_place place = {edit->place, key, 0};
    return cr_value_read_ticks(out, member, -CR_TICKS_MAX, CR_TICKS_MAX, &place, edit->fault);
}

cr_status cr_edit_index(const cr_edit *edit, int max, int *out)
{
    int64_t index = max;
    cr_status status =
        cr_json_get_int(edit->json, "index", &index, 0, max, edit->place, edit->fault);
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    *out = (int)index;
    return CR_OK;
}

cr_status cr_edit_object(const cr_edit *edit, const char *key, const cJSON **out)
{
    cr_status status = cr_json_get_object(edit->json, key, out, edit->place, edit->fault);
    return status == CR_NOTFOUND ? missing(edit, key) : status;
}

cr_status cr_edit_unlocked(const cr_edit *edit, const char *key, cr_spot spot)
{
    const cr_track *track = cr_draft_track_at(edit->draft, spot);
    if (!track->is_locked) return CR_OK;
    return cr_edit_fail(edit, CR_DENIED, key, "track \"%s\" is locked", track->id);
}

cr_status cr_edit_clip(const cr_edit *edit, const char *key, cr_spot *out)
{
    const char *id;
    cr_status status = cr_edit_text(edit, key, true, &id);
    if (status != CR_OK) return status;
    cr_spot spot;
    if (!cr_draft_find_clip(edit->draft, id, &spot))
        return cr_edit_fail(edit, CR_NOTFOUND, key, "there is no clip \"%s\"", id);
    status = cr_edit_unlocked(edit, key, spot);
    if (status == CR_OK) *out = spot;
    return status;
}

cr_status cr_edit_track(const cr_edit *edit, const char *key, cr_spot *out)
{
    const char *id;
    cr_status status = cr_edit_text(edit, key, true, &id);
    if (status != CR_OK) return status;
    cr_spot spot;
    if (!cr_draft_find_track(edit->draft, id, &spot))
        return cr_edit_fail(edit, CR_NOTFOUND, key, "there is no track \"%s\"", id);
    status = cr_edit_unlocked(edit, key, spot);
    if (status == CR_OK) *out = spot;
    return status;
}

cr_status cr_edit_sequence(const cr_edit *edit, int *out)
{
    const char *id = NULL;
    cr_status status = cr_edit_text(edit, "sequence", false, &id);
    if (status != CR_OK) return status;
    *out = 0;
    if (id && !cr_draft_find_sequence(edit->draft, id, out))
        return cr_edit_fail(edit, CR_NOTFOUND, "sequence", "there is no sequence \"%s\"", id);
    return CR_OK;
}

static bool is_company(const cr_clip *clip, const cr_clip *other, bool with_group)
{
    if (clip->link[0] && strcmp(clip->link, other->link) == 0) return true;
    return with_group && clip->group[0] && strcmp(clip->group, other->group) == 0;
}

static bool is_in(char *const *ids, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(ids[i], id) == 0) return true;
    return false;
}

cr_status cr_edit_company(const cr_edit *edit, cr_spot spot, bool with_group, char ***out,
                          int *count)
{
    bool alone = false;
    cr_status status = cr_edit_flag(edit, "alone", &alone);
    if (status != CR_OK) return status;
    const cr_clip *clip = cr_draft_clip_at(edit->draft, spot);
    char **ids = NULL;
    int found = 0, room = 0;
    CR_VEC_ADD(ids, found, room, cr_strdup(clip->id));
    bool has_company = clip->link[0] || (with_group && clip->group[0]);
    const cr_sequence *sequence = edit->draft->after->sequences[spot.sequence];
    for (int i = 0; i < sequence->track_count && has_company && !alone; i++) {
        const cr_track *track = sequence->tracks[i];
        for (int j = 0; j < track->clip_count && status == CR_OK; j++) {
            const cr_clip *other = track->clips[j];
            if (!is_company(clip, other, with_group) || is_in(ids, found, other->id)) continue;
            status = cr_edit_unlocked(edit, "clip", (cr_spot){spot.sequence, i, j});
            if (status == CR_OK) CR_VEC_ADD(ids, found, room, cr_strdup(other->id));
        }
    }
    if (status != CR_OK) {
        cr_edit_company_free(ids, found);
        return status;
    }
    *out = ids;
    *count = found;
    return CR_OK;
}

void cr_edit_company_free(char **ids, int count)
{
    for (int i = 0; i < count; i++)
        cr_free(ids[i]);
    cr_free(ids);
}

char *cr_edit_free_id(const cr_edit *edit, const char *id)
{
    enum { suffix_bytes_max = 12 };
    const char *base = strlen(id) + suffix_bytes_max > CR_ID_BYTES_MAX ? "clip" : id;
    for (int number = 1;; number++) {
        char *name = cr_format("%s.%d", base, number);
        cr_spot spot;
        if (!cr_draft_find_clip(edit->draft, name, &spot)) return name;
        cr_free(name);
    }
}
