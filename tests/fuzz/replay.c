// Runs files through a fuzz target without a fuzzer: replay FOLDER-OR-FILE…
// A target that finds something wrong aborts; this says which file it was.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fseek(file, 0, SEEK_SET);
    // Exactly as large as the file, so that reading past its end is seen.
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    size_t got = data && size > 0 ? fread(data, 1, (size_t)size, file) : 0;
    fclose(file);
    if (!data || (long)got != size) {
        fprintf(stderr, "%s: cannot be read\n", path);
        free(data);
        return 1;
    }
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(data, got);
    free(data);
    replayed++;
    return 0;
}

static int replay_path(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) return 0; // no regressions yet
    if (!S_ISDIR(about.st_mode)) return replay_file(path);
    DIR *folder = opendir(path);
    if (!folder) {
        perror(path);
        return 1;
    }
    int failed = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        char *below = cr_format("%s/%s", path, entry->d_name);
        failed |= replay_path(below);
        cr_free(below);
    }
    closedir(folder);
    return failed;
}

int main(int count, char **arguments)
{
    int failed = 0;
    for (int i = 1; i < count; i++)
        failed |= replay_path(arguments[i]);
    if (!replayed) fprintf(stderr, "nothing to replay\n");
    return failed || !replayed;
}
