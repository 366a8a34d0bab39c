// The text of the shaders, as tools/shaders.py writes it from the .glsl files.
#pragma once

// One .glsl file.
typedef struct cr_gl_shader {
    const char *name; // the file's, without "paint_gl_" and ".glsl"
    const char *const *lines;
    int line_count;
} cr_gl_shader;

// Ends with an entry without a name.
extern const cr_gl_shader cr_gl_shaders[];
