// An OpenGL ES 3.0 context without a window, through EGL: for machines and servers that paint on a
// graphics processor, and for tests (Mesa's software renderer needs no device at all).
#pragma once

#include "base/status.h"

typedef struct cr_native_gl cr_native_gl;

// Gives a context and makes it the calling thread's current one. CR_UNSUPPORTED, with the reason in
// [fault], where there is no OpenGL ES 3.0.
CR_CHECKED cr_status cr_native_gl_open(cr_native_gl **out, cr_fault *fault);

// Makes it the calling thread's current one, and no other thread's. CR_IO when it was lost.
CR_CHECKED cr_status cr_native_gl_use(cr_native_gl *gl);

// Everything that was made in it goes with it.
void cr_native_gl_close(cr_native_gl **gl);
