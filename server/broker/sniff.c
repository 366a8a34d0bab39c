#include "broker/sniff.h"

#include <stdio.h>
#include <string.h>

enum { HEAD_BYTES = 16 };

static const struct {
    const char *kind, *suffix;
    size_t offset, length;
    const char *bytes;
} signs[] = {
    {"picture", ".png", 0, 8, "\x89PNG\r\n\x1a\n"},
    {"picture", ".jpg", 0, 3, "\xff\xd8\xff"},
    {"picture", ".webp", 8, 4, "WEBP"},
    {"film", ".mp4", 4, 4, "ftyp"},
    {"film", ".webm", 0, 4, "\x1a\x45\xdf\xa3"},
    {"sound", ".wav", 8, 4, "WAVE"},
    {"sound", ".mp3", 0, 3, "ID3"},
    {"sound", ".mp3", 0, 2, "\xff\xfb"},
    {"sound", ".mp3", 0, 2, "\xff\xf3"},
    {"sound", ".flac", 0, 4, "fLaC"},
    {"sound", ".ogg", 0, 4, "OggS"},
    {"sound", ".m4a", 4, 4, "ftyp"},
};

const char *cr_sniff_bytes(const void *bytes, size_t size, const char *kind)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i].kind, kind) == 0 && size >= signs[i].offset + signs[i].length &&
            memcmp((const char *)bytes + signs[i].offset, signs[i].bytes, signs[i].length) == 0)
            return signs[i].suffix;
    return NULL;
}

const char *cr_sniff_file(const char *path, const char *kind)
{
    char head[HEAD_BYTES];
    FILE *file = fopen(path, "rbe");
    if (!file) return NULL;
    size_t size = fread(head, 1, sizeof head, file);
    fclose(file);
    return cr_sniff_bytes(head, size, kind);
}
