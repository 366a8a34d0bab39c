#include "export_resume.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/export_segments.h"
#include "interrupt.h"
#include "progress.h"

enum { SOUND = -1 }; // the sound's segment

// One run over the folder.
typedef struct run {
    cr_export_worker *worker;
    const cr_export_plan *plan;
    bool *is_there;  // by segment of pictures
    bool has_sound;  // its segment is there
    int64_t resumed; // frames that were there
    int64_t frames;  // frames that are in whole segments
    progress bar;
    cr_export_work work;
    bool is_sound; // what is made now
    const char *folder;
} run;

static bool is_ours(const char *name)
{
    return cr_text_starts(name, "picture-") || cr_text_starts(name, "sound.segment") ||
           cr_text_starts(name, "loudness.segment");
}

// Files of the export in [folder] whose name ends in [ending].
static void remove_files(const char *folder, const char *ending)
{
    DIR *list = opendir(folder);
    if (!list) return;
    for (struct dirent *entry; (entry = readdir(list));) {
        if (!is_ours(entry->d_name) || !cr_text_ends(entry->d_name, ending)) continue;
        (void)unlinkat(dirfd(list), entry->d_name, 0);
    }
    closedir(list);
}

// What a program that was killed while it wrote [output] has left beside it: "film.mp4.1234.part",
// when there is no process 1234 any more.
static void remove_orphans_of(const char *output)
{
    const char *slash = strrchr(output, '/');
    const char *name = slash ? slash + 1 : output;
    char *folder = slash ? cr_strndup(output, (size_t)(slash - output) + 1) : cr_strdup(".");
    size_t length = strlen(name);
    DIR *list = opendir(folder);
    for (struct dirent *entry; list && (entry = readdir(list));) {
        const char *rest = entry->d_name + length;
        char *end = NULL;
        if (strncmp(entry->d_name, name, length) != 0 || rest[0] != '.') continue;
        long process = strtol(rest + 1, &end, 10);
        if (process <= 0 || strcmp(end, ".part") != 0) continue;
        if (kill((pid_t)process, 0) != 0 && errno == ESRCH)
            (void)unlinkat(dirfd(list), entry->d_name, 0);
    }
    if (list) closedir(list);
    cr_free(folder);
}

// Gives the descriptor of a lock that ends with the process, however it ends.
static cr_status lock_folder(const char *folder, int *out, cr_fault *fault)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return cr_fail(fault, errno == ENOENT ? CR_NOTFOUND : CR_DENIED, folder,
                       "the folder cannot be made: %s", strerror(errno));
    char *path = cr_format("%s/lock", folder);
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    cr_status status = CR_OK;
    if (descriptor < 0) {
        cr_status why = errno == ENOSPC ? CR_NOSPACE : CR_DENIED;
        status = cr_fail(fault, why, folder, "cannot be written to: %s", strerror(errno));
    } else if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        close(descriptor);
        status = cr_fail(fault, CR_BUSY, folder, "another export is at work in this folder");
    }
    cr_free(path);
    if (status == CR_OK) *out = descriptor;
    return status;
}

static void look_what_is_there(run *r)
{
    r->has_sound = r->plan->has_sound && cr_export_worker_has(r->worker, SOUND);
    r->is_there = cr_alloc((size_t)r->plan->segment_count + 1, sizeof *r->is_there);
    for (int64_t i = 0; i < r->plan->segment_count && !interrupt_asked(); i++) {
        r->is_there[i] = cr_export_worker_has(r->worker, i);
        if (r->is_there[i])
            r->resumed +=
                cr_export_plan_end_frame(r->plan, i) - cr_export_plan_first_frame(r->plan, i);
    }
    r->frames = r->resumed;
    if (r->bar.is_quiet || (r->resumed == 0 && !r->has_sound)) return;
    fprintf(stderr, "cutroom: going on: %" PRId64 " of %" PRId64 " frames%s are there already\n",
            r->resumed, r->plan->has_picture ? r->plan->frame_count : 0,
            r->has_sound ? " and the sound" : "");
}

static void show(run *r)
{
    const cr_export_work *work = &r->work;
    if (work->phase == CR_EXPORT_FINISHING && work->total > 0)
        progress_show(&r->bar, "joining", work->done, work->total, "packets");
    else if (work->phase == CR_EXPORT_LISTENING)
        progress_show(&r->bar, "listening", work->done, work->total, "samples");
    else if (work->phase == CR_EXPORT_PAINTING && r->is_sound)
        progress_show(&r->bar, "mixing", work->done, work->total, "samples");
    else if (work->phase == CR_EXPORT_PAINTING)
        progress_show(&r->bar, "rendering", r->frames + work->done, r->plan->frame_count, "frames");
}

// Steps to the end of what was begun.
static cr_status work_off(run *r, cr_fault *fault)
{
    for (;;) {
        cr_status status = cr_export_worker_step(r->worker, &r->work, fault);
        if (status != CR_AGAIN) return status;
        show(r);
        if (interrupt_asked())
            return cr_fail(fault, CR_CANCELED, r->folder,
                           "interrupted; the same command goes on from here");
    }
}

static cr_status make_segment(run *r, int64_t index, cr_fault *fault)
{
    cr_status status = cr_export_worker_begin(r->worker, index, fault);
    r->is_sound = index == SOUND;
    if (status == CR_OK) status = work_off(r, fault);
    return status;
}

static cr_status make_all(run *r, cr_fault *fault)
{
    cr_status status = CR_OK;
    if (r->plan->has_sound && !r->has_sound) status = make_segment(r, SOUND, fault);
    for (int64_t i = 0; i < r->plan->segment_count && status == CR_OK; i++) {
        if (r->is_there[i]) continue;
        status = make_segment(r, i, fault);
        r->frames += cr_export_plan_end_frame(r->plan, i) - cr_export_plan_first_frame(r->plan, i);
    }
    if (status == CR_OK) status = cr_export_worker_begin_join(r->worker, fault);
    if (status == CR_OK) status = work_off(r, fault);
    return status;
}

static void leave_nothing(const char *folder)
{
    remove_files(folder, ".segment");
    char *path = cr_format("%s/lock", folder);
    (void)unlink(path);
    cr_free(path);
    (void)rmdir(folder); // stays when something else is in it
}

cr_status export_resume(const cr_project *project, const cr_export_desc *desc, const char *folder,
                        const cr_host *host, bool is_quiet, export_outcome *outcome,
                        cr_fault *fault)
{
    interrupt_watch();
    run r = {.folder = folder};
    // Before the folder: what cannot be exported leaves none.
    cr_status status = cr_export_worker_open(&r.worker, project, desc, folder, host, fault);
    int lock = -1;
    if (status == CR_OK) status = lock_folder(folder, &lock, fault);
    if (status == CR_OK) {
        int64_t begin = progress_clock();
        remove_files(folder, ".part");
        remove_orphans_of(desc->output);
        r.plan = cr_export_worker_plan(r.worker);
        progress_begin(&r.bar, is_quiet);
        look_what_is_there(&r);
        status = make_all(&r, fault);
        progress_end(&r.bar);
        outcome->seconds = (double)(progress_clock() - begin) / 1000;
        outcome->progress = (cr_export_progress){.phase = r.work.phase,
                                                 .frames_done = r.frames,
                                                 .frames_total = r.plan->frame_count,
                                                 .bytes_written = r.work.bytes};
        if (status == CR_OK) leave_nothing(folder);
        close(lock);
    }
    cr_export_worker_close(&r.worker);
    cr_free(r.is_there);
    return status;
}
