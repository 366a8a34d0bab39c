#include "live/merge_patch.h"

cJSON *cr_merge_patch(const cJSON *before, const cJSON *after)
{
    if (!cJSON_IsObject(before) || !cJSON_IsObject(after))
        return cJSON_Compare(before, after, true) ? NULL : cJSON_Duplicate(after, true);
    cJSON *patch = cJSON_CreateObject();
    for (const cJSON *old = before->child; old; old = old->next)
        if (!cJSON_GetObjectItemCaseSensitive(after, old->string))
            cJSON_AddNullToObject(patch, old->string);
    for (const cJSON *member = after->child; member; member = member->next) {
        const cJSON *old = cJSON_GetObjectItemCaseSensitive(before, member->string);
        cJSON *change = old ? cr_merge_patch(old, member) : cJSON_Duplicate(member, true);
        if (change) cJSON_AddItemToObject(patch, member->string, change);
    }
    if (patch->child) return patch;
    cJSON_Delete(patch);
    return NULL;
}
