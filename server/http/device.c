#include "http/device.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef struct sign {
    const char *part, *name;
} sign;

// In this order: most say that they are several of them.
static const sign browsers[] = {
    {"Edg/", "Edge"},      {"OPR/", "Opera"},    {"Vivaldi/", "Vivaldi"},   {"Firefox/", "Firefox"},
    {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"},
    {"Safari/", "Safari"}, {"curl/", "curl"},
};
static const sign systems[] = {
    {"iPhone", "iPhone"}, {"iPad", "iPad"},       {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"},
};

static const char *find(const sign *signs, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, signs[i].part)) return signs[i].name;
    return "";
}

void cr_device_name(const char *user_agent, char out[CR_DEVICE_BYTES])
{
    const char *text = user_agent ? user_agent : "";
    const char *browser = find(browsers, sizeof browsers / sizeof *browsers, text);
    const char *system = find(systems, sizeof systems / sizeof *systems, text);
    (void)snprintf(out, CR_DEVICE_BYTES, "%s%s%s", browser, *browser && *system ? ", " : "",
                   system);
}
