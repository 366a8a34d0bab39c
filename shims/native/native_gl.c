#include "native/native_gl.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <stdbool.h>
#include <string.h>

#include "base/assert.h"
#include "base/mem.h"

// Devices that are looked at before giving up.
enum { DEVICES_MAX = 16 };

struct cr_native_gl {
    EGLDisplay display;
    EGLSurface surface; // EGL_NO_SURFACE where none is needed
    EGLContext context;
};

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && (at = strstr(at, word)); at += length) {
        bool begins = at == list || at[-1] == ' ';
        if (begins && (at[length] == '\0' || at[length] == ' ')) return true;
    }
    return false;
}

// Gives back what is there of [gl] but its own memory.
static void end(cr_native_gl *gl)
{
    if (gl->display == EGL_NO_DISPLAY) return;
    (void)eglMakeCurrent(gl->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (gl->context != EGL_NO_CONTEXT) (void)eglDestroyContext(gl->display, gl->context);
    if (gl->surface != EGL_NO_SURFACE) (void)eglDestroySurface(gl->display, gl->surface);
    gl->context = EGL_NO_CONTEXT;
    gl->surface = EGL_NO_SURFACE;
}

// A current context on gl->display; the display stays initialised, as others may share it.
static bool begin(cr_native_gl *gl)
{
    if (gl->display == EGL_NO_DISPLAY || !eglInitialize(gl->display, NULL, NULL)) return false;
    const EGLint wants[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE,
                            EGL_OPENGL_ES3_BIT, EGL_NONE};
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_NONE};
    const EGLint size[] = {EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
    EGLConfig config;
    EGLint count = 0;
    if (!eglBindAPI(EGL_OPENGL_ES_API)) return false;
    if (!eglChooseConfig(gl->display, wants, &config, 1, &count) || count < 1) return false;
    gl->context = eglCreateContext(gl->display, config, EGL_NO_CONTEXT, version);
    if (gl->context == EGL_NO_CONTEXT) return false;
    if (!has_word(eglQueryString(gl->display, EGL_EXTENSIONS), "EGL_KHR_surfaceless_context"))
        gl->surface = eglCreatePbufferSurface(gl->display, config, size);
    if (eglMakeCurrent(gl->display, gl->surface, gl->surface, gl->context)) return true;
    end(gl);
    return false;
}

static bool begin_on_device(cr_native_gl *gl, PFNEGLGETPLATFORMDISPLAYEXTPROC get_display)
{
    PFNEGLQUERYDEVICESEXTPROC query =
        (PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
    EGLDeviceEXT devices[DEVICES_MAX];
    EGLint count = 0;
    if (!query || !query(DEVICES_MAX, devices, &count)) return false;
    for (EGLint i = 0; i < count; i++) {
        gl->display = get_display(EGL_PLATFORM_DEVICE_EXT, devices[i], NULL);
        if (begin(gl)) return true;
    }
    return false;
}

static bool begin_anywhere(cr_native_gl *gl)
{
    const char *known = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    PFNEGLGETPLATFORMDISPLAYEXTPROC get_display =
        (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
    if (get_display && has_word(known, "EGL_EXT_platform_device") &&
        begin_on_device(gl, get_display))
        return true;
    if (get_display && has_word(known, "EGL_MESA_platform_surfaceless")) {
        gl->display = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
        if (begin(gl)) return true;
    }
    gl->display = eglGetDisplay(EGL_DEFAULT_DISPLAY);
    return begin(gl);
}

cr_status cr_native_gl_open(cr_native_gl **out, cr_fault *fault)
{
    CR_REQUIRE(out);
    cr_native_gl *gl = cr_alloc(1, sizeof *gl);
    gl->display = EGL_NO_DISPLAY;
    gl->surface = EGL_NO_SURFACE;
    gl->context = EGL_NO_CONTEXT;
    if (!begin_anywhere(gl)) {
        cr_free(gl);
        return cr_fail(fault, CR_UNSUPPORTED, "",
                       "This machine has no OpenGL ES 3.0 that works without a window.");
    }
    *out = gl;
    return CR_OK;
}

cr_status cr_native_gl_use(cr_native_gl *gl)
{
    CR_REQUIRE(gl);
    bool ok = eglMakeCurrent(gl->display, gl->surface, gl->surface, gl->context);
    return ok ? CR_OK : CR_IO;
}

void cr_native_gl_close(cr_native_gl **gl)
{
    if (!gl || !*gl) return;
    end(*gl);
    cr_free(*gl);
    *gl = NULL;
}
