#include "export_run.h"

#include "interrupt.h"
#include "progress.h"

static void show(progress *bar, const cr_export_progress *at)
{
    switch (at->phase) {
    case CR_EXPORT_LISTENING:
        progress_show(bar, "listening", at->frames_done, at->frames_total, "frames");
        break;
    case CR_EXPORT_PAINTING:
        progress_show(bar, "rendering", at->frames_done, at->frames_total, "frames");
        break;
    default:
        break;
    }
}

cr_status export_run(const cr_project *project, const cr_export_desc *desc, const cr_host *host,
                     bool is_quiet, export_outcome *outcome, cr_fault *fault)
{
    interrupt_watch();
    cr_export *run = NULL;
    cr_status status = cr_export_open(&run, project, desc, host, fault);
    if (status != CR_OK) return status;
    progress bar;
    progress_begin(&bar, is_quiet);
    int64_t begin = progress_clock();
    do {
        status = cr_export_step(run, fault);
        cr_export_progress_get(run, &outcome->progress);
        show(&bar, &outcome->progress);
        if (status == CR_AGAIN && interrupt_asked())
            status = cr_fail(fault, CR_CANCELED, desc->output,
                             "interrupted; nothing was written under this name");
    } while (status == CR_AGAIN);
    progress_end(&bar);
    outcome->seconds = (double)(progress_clock() - begin) / 1000;
    cr_export_close(&run);
    return status;
}
