// Renders a project to a digest with the codecs of a slow host.
//
//   golden_hosted PROJECT OUTPUT SEED
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/export.h"
#include "native/native.h"
#include "project/project_json.h"
#include "slow_codecs.h"

enum { STEPS_MAX = 5000000 };

static const char *project_path, *output_path;
static uint64_t seed;

static cr_project *read_project(const cr_host *host)
{
    cr_source *source = NULL;
    cr_project *project = NULL;
    cr_fault fault = {0};
    uint8_t *text = NULL;
    size_t size = 0;
    if (host->open_source(host->cookie, project_path, &source, &fault) != CR_OK ||
        cr_source_read_all(source, 1 << 24, &text, &size, &fault) != CR_OK ||
        cr_project_parse(&project, (const char *)text, size, &fault) != CR_OK)
        fail_msg("%s: %s", project_path, fault.text);
    cr_source_close(&source);
    cr_free(text);
    return project;
}

static void render(void **state)
{
    (void)state;
    cr_native *native = NULL;
    cr_native_desc desc = {.thread_count = 2};
    assert_int_equal(cr_native_open(&native, &desc), CR_OK);
    cr_host host = *cr_native_host(native);
    slow_codecs *codecs = slow_codecs_open(seed, NULL);
    host.codecs = slow_codecs_table(codecs);
    cr_project *project = read_project(&host);
    char *folder = cr_strdup(project_path), *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    const char *data = getenv("CUTROOM_DATA");
    char *fonts = cr_format("%s/fonts", data ? data : "");
    cr_export_desc wishes = {.output = output_path,
                             .format = "digest",
                             .asset_folder = slash ? folder : "",
                             .font_folder = fonts,
                             .is_exact = true};
    cr_export *film = NULL;
    cr_fault fault = {0};
    cr_status status = cr_export_open(&film, project, &wishes, &host, &fault);
    if (status == CR_OK) status = CR_AGAIN;
    for (int i = 0; i < STEPS_MAX && status == CR_AGAIN; i++)
        status = cr_export_step(film, &fault);
    if (status != CR_OK) fail_msg("%s: %s", fault.where, fault.text);
    cr_export_close(&film);
    cr_project_drop(&project);
    cr_free(folder);
    cr_free(fonts);
    printf("pictures by the host: %d\n", slow_codecs_counts(codecs)->pictures);
    slow_codecs_close(&codecs);
    cr_native_close(&native);
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    project_path = argv[1];
    output_path = argv[2];
    seed = strtoull(argv[3], NULL, 10);
    const struct CMUnitTest tests[] = {cmocka_unit_test(render)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
