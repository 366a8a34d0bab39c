#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "project/project_json.h"
#include "studio/assemble.h"
#include "studio/asset_folder.h"
#include "studio/studio_state.h"

// A project that somebody has edited since is moved out of the way, not overwritten. [fresh] is
// what it is to become: it may be that already, when we died before we could write down that it is.
static cr_status set_aside_changed(cr_studio *studio, const char *path, const char *fresh,
                                   cr_fault *fault)
{
    char found[CR_HASH_BYTES];
    cr_status status = cr_file_hash(path, found, fault);
    if (status != CR_OK) return status == CR_NOTFOUND ? CR_OK : status;
    if (strcmp(found, fresh) == 0) return CR_OK;
    char *written = NULL;
    status = cr_store_editor_get(studio->desc.store, studio->project, &written, fault);
    if (status == CR_NOTFOUND) written = cr_strdup("");
    if (status != CR_OK && status != CR_NOTFOUND) return status;
    bool is_ours = strcmp(written, found) == 0;
    cr_free(written);
    if (is_ours) return CR_OK;
    for (int i = 1; i <= CR_STUDIO_SET_ASIDE_MAX; i++) {
        char *aside = cr_format("%s/project-edited-%d.json", studio->folder, i);
        // A link fails when the name is taken; a rename would not.
        bool is_kept = link(path, aside) == 0;
        if (is_kept) {
            cr_free(studio->set_aside);
            studio->set_aside = aside;
            return CR_OK;
        }
        cr_free(aside);
    }
    return cr_fail(fault, CR_LIMIT, path,
                   "it was edited, and there is no room to keep it beside the new one");
}

// Read back what was written: no project leaves here that the editor would not open.
static cr_status check(const char *text, size_t size, cr_fault *fault)
{
    cr_project *again = NULL;
    cr_status status = cr_project_parse(&again, text, size, fault);
    if (status == CR_OK) cr_project_drop(&again);
    return status;
}

cr_status cr_studio_assemble(cr_studio *studio, char hash[CR_HASH_BYTES], cr_fault *fault)
{
    cr_project *project = NULL;
    cr_status status = cr_assemble(&project, &studio->brief, &studio->graph, fault);
    if (status != CR_OK) return status;
    char *text = cr_project_print(project);
    cr_project_drop(&project);
    size_t size = strlen(text);
    char *path = cr_format("%s/project.json", studio->folder);
    cr_hash_bytes(text, size, hash);
    status = check(text, size, fault);
    if (status == CR_OK) status = set_aside_changed(studio, path, hash, fault);
    if (status == CR_OK) status = cr_file_replace(path, text, size, fault);
    if (status == CR_OK)
        status = cr_store_editor_put(studio->desc.store, studio->project, hash, "project.json",
                                     cr_studio_lease(studio).now_ms, fault);
    cr_free(path);
    cr_free(text);
    return status;
}
