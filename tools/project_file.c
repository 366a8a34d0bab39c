#include "project_file.h"

#include <string.h>

#include "base/mem.h"
#include "project/project_json.h"

cr_status project_file_text(const cr_host *host, const char *path, char **out, size_t *length,
                            cr_fault *fault)
{
    cr_source *source = NULL;
    cr_status status = host->open_source(host->cookie, path, &source, fault);
    if (status != CR_OK) return status;
    uint8_t *bytes = NULL;
    status = cr_source_read_all(source, CR_PROJECT_BYTES_MAX, &bytes, length, fault);
    cr_source_close(&source);
    if (status == CR_OK) *out = (char *)bytes;
    return status;
}

cr_status project_file_read(const cr_host *host, const char *path, cr_project **out,
                            cr_fault *fault)
{
    char *text = NULL;
    size_t length = 0;
    cr_status status = project_file_text(host, path, &text, &length, fault);
    if (status == CR_OK) status = cr_project_parse(out, text, length, fault);
    cr_free(text);
    return status;
}

cr_status project_file_write(const cr_host *host, const char *path, const char *text,
                             cr_fault *fault)
{
    cr_sink *sink = NULL;
    cr_status status = host->open_sink(host->cookie, path, &sink, fault);
    if (status != CR_OK) return status;
    status = sink->write_at(sink, 0, text, strlen(text));
    if (status == CR_OK) status = sink->commit(sink);
    if (status != CR_OK)
        (void)cr_fail(fault, status, path, "it cannot be written (%s)", cr_status_text(status));
    cr_sink_close(&sink);
    return status;
}

char *project_file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? cr_strndup(path, slash == path ? 1 : (size_t)(slash - path)) : cr_strdup(".");
}
