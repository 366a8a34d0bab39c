// The one port: everything that the core may ask of the outside.
//
// The core opens no file, starts no thread and reads no clock. A host hands it this table once; all
// functions may be called from any of the host's own worker threads unless a line says otherwise.
// Reads are synchronous because every host runs the core off its main thread and has a synchronous
// form there (pread natively; FileReaderSync, OPFS access handles and blocking range reads in a
// browser worker). What cannot be synchronous anywhere, platform codecs, speaks CR_AGAIN instead
// (see host_codecs.h).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/log.h"
#include "base/status.h"
#include "host/host_codecs.h"
#include "host/host_sound.h"

// Bytes to read at random. Made by a host, closed by its user.
typedef struct cr_source {
    // Up to [size] bytes at [offset] into [data]; *out says how many (0 at the end). Short reads
    // are allowed anywhere. CR_IO, CR_NOTFOUND (vanished).
    cr_status (*read_at)(struct cr_source *source, uint64_t offset, void *data, size_t size,
                         size_t *out);
    void (*close)(struct cr_source *source);
    uint64_t size;  // bytes; UINT64_MAX unknown
    char name[256]; // for faults: the path or URL's last part
} cr_source;

// Bytes to write. Nothing is visible under its final name before commit.
typedef struct cr_sink {
    // CR_NOSPACE, CR_IO.
    cr_status (*write_at)(struct cr_sink *sink, uint64_t offset, const void *data, size_t size);
    // Read back what was written, as cr_source's read_at; for moving an index to the front.
    cr_status (*read_at)(struct cr_sink *sink, uint64_t offset, void *data, size_t size,
                         size_t *out);
    // Make it durable and visible under its name; only close may follow.
    cr_status (*commit)(struct cr_sink *sink);
    // Without a commit before, discards everything written.
    void (*close)(struct cr_sink *sink);
    char name[256];
} cr_sink;

// The table. Who takes one borrows it, and it must outlive what was made with it.
typedef struct cr_host {
    void *cookie;
    // [uri] is what an asset or the caller names: natively a path. Gives the source.
    cr_status (*open_source)(void *cookie, const char *uri, cr_source **out, cr_fault *fault);
    cr_status (*open_sink)(void *cookie, const char *uri, cr_sink **out, cr_fault *fault);
    // Run task(task_cookie, i) for every i in [0, count), on as many threads as the host likes, and
    // return when all are done. Not reentrant from inside a task.
    void (*run_parallel)(void *cookie, int count, void (*task)(void *task_cookie, int index),
                         void *task_cookie);
    int thread_count; // what run_parallel can use at once; 1 = everything runs on the caller
    // Threads that one decoder or encoder of a library may run on; 0: as many as thread_count. A
    // browser cannot begin a thread while somebody waits for it, and says 1.
    int codec_thread_count;
    cr_log log;
    const cr_host_codecs *codecs; // NULL: everything is decoded and encoded by our own libraries
    const cr_host_sound *sound;   // NULL: nothing can be heard
} cr_host;

// What [host] grants one decoder or encoder; at least 1.
int cr_host_codec_threads(const cr_host *host);

// NULL-safe and nulling.
void cr_source_close(cr_source **source);
void cr_sink_close(cr_sink **sink);

// A source over [size] borrowed bytes, for tests and embedded data. Gives it.
cr_source *cr_source_from_memory(const void *data, size_t size, const char *name);

// The whole of [source] (at most [size_max] bytes, else CR_LIMIT) with a zero byte added. Gives the
// bytes (cr_free).
CR_CHECKED cr_status cr_source_read_all(cr_source *source, size_t size_max, uint8_t **out,
                                        size_t *out_size, cr_fault *fault);
