#include "project/project_json.h"

#include "base/mem.h"
#include "project/check.h"
#include "project/fields.h"
#include "project/migrate.h"

static cr_status read_tree(cr_project **out, const cJSON *json, cr_fault *fault)
{
    cr_project *project = cr_project_make();
    cr_status status =
        cr_fields_read(&cr_project_spec, project, json, CR_FIELDS_WHOLE, NULL, fault);
    if (status == CR_OK) status = cr_check_project(project, json, fault);
    if (status != CR_OK) {
        cr_project_drop(&project);
        return status;
    }
    *out = project;
    return CR_OK;
}

cr_status cr_project_parse(cr_project **out, const char *text, size_t length, cr_fault *fault)
{
    if (length > CR_PROJECT_BYTES_MAX)
        return cr_fail(fault, CR_LIMIT, "", "a project of %zu bytes is over the limit of %d bytes",
                       length, CR_PROJECT_BYTES_MAX);
    cJSON *json = NULL;
    cr_status status = cr_json_parse(&json, text, length, fault);
    if (status != CR_OK) return status;
    status = cr_project_migrate(json, fault);
    if (status == CR_OK) status = read_tree(out, json, fault);
    cJSON_Delete(json);
    return status;
}

char *cr_project_print(const cr_project *project)
{
    cJSON *json = cr_fields_write(&cr_project_spec, project, true);
    char *text = cr_json_print(json, true);
    cJSON_Delete(json);
    return text;
}
