#include <string.h>

#include "base/mem.h"
#include "project/project_json.h"
#include "studio/assemble.h"
#include "studio/studio_state.h"

// Read back what was written: no project leaves here that the editor would not open.
static cr_status check(const char *text, size_t size, cr_fault *fault)
{
    cr_project *again = NULL;
    cr_status status = cr_project_parse(&again, text, size, fault);
    if (status == CR_OK) cr_project_drop(&again);
    return status;
}

static cr_desk_desc desk_desc(const cr_studio *studio)
{
    return (cr_desk_desc){.store = studio->desc.store,
                          .project = studio->project,
                          .folder = studio->folder,
                          .decided = studio->desc.edited,
                          .cookie = studio->desc.edited_cookie};
}

// Takes [aside] when there is something.
static void note_aside(cr_studio *studio, char *aside)
{
    if (!aside) return;
    cr_free(studio->set_aside);
    studio->set_aside = aside;
}

cr_status cr_studio_desk(cr_studio *studio, cr_desk **out, cr_fault *fault)
{
    if (!studio->desk) {
        const cr_desk_desc desc = desk_desc(studio);
        char *aside = NULL;
        cr_status status =
            cr_desk_open(&studio->desk, &desc, cr_studio_lease(studio).now_ms, &aside, fault);
        note_aside(studio, aside);
        if (status == CR_NOTFOUND)
            return cr_fail(fault, CR_NOTFOUND, "", "there is nothing to be edited yet");
        if (status != CR_OK) return status;
    }
    *out = studio->desk;
    return CR_OK;
}

cr_status cr_studio_assemble(cr_studio *studio, char hash[CR_HASH_BYTES], cr_fault *fault)
{
    cr_project *project = NULL;
    cr_status status = cr_assemble(&project, &studio->brief, &studio->graph, fault);
    if (status != CR_OK) return status;
    char *text = cr_project_print(project);
    size_t size = strlen(text);
    const cr_desk_desc desc = desk_desc(studio);
    char *aside = NULL;
    int64_t now_ms = cr_studio_lease(studio).now_ms;
    cr_hash_bytes(text, size, hash);
    status = check(text, size, fault);
    if (status == CR_OK)
        status = cr_desk_assembled(&desc, &studio->desk, project, now_ms, &aside, fault);
    note_aside(studio, aside);
    if (status == CR_OK)
        status = cr_store_editor_put(studio->desc.store, studio->project, hash, "project.json",
                                     now_ms, fault);
    cr_project_drop(&project);
    cr_free(text);
    return status;
}
