#include "browser/gl.h"

#include "base/assert.h"

// gl.js
extern int cr_js_canvas_use(int *width, int *height, int *generation);
extern int cr_js_canvas_is_emulated(void);
extern void cr_js_canvas_close(void);

cr_status cr_browser_canvas_use(cr_browser_canvas *out)
{
    CR_REQUIRE(out);
    return (cr_status)cr_js_canvas_use(&out->width, &out->height, &out->generation);
}

bool cr_browser_canvas_is_emulated(void)
{
    return cr_js_canvas_is_emulated() != 0;
}

void cr_browser_canvas_close(void)
{
    cr_js_canvas_close();
}
