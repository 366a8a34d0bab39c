// The page's canvas as WebGL 2 of this worker. The page hands in an OffscreenCanvas and says its size;
// the context is made when C first wants it. A browser may take the context away at any time (another
// program needs the processor) and give it back later: C then asks in vain for a while, and finds a
// new generation in which all its objects are gone. Where there is no WebGL 2 at all (switched off, or a
// renderer in software that a browser does not trust) the canvas takes pixels from C instead.

addToLibrary({
  $CR_CANVAS__deps: ["$GL", "$CR_ACTIVITY"],
  $CR_CANVAS: {
    OK: 0,
    AGAIN: -1,
    NOTFOUND: -6,
    UNSUPPORTED: -7,

    /** @type {?OffscreenCanvas} */
    canvas: null,

    /** Emscripten's number of the context; 0: none yet. */
    context: 0,

    /** What takes pixels where there is no WebGL 2. @type {?OffscreenCanvasRenderingContext2D} */
    plain: null,

    /** The picture that it was given last. @type {?ImageData} */
    image: null,

    /** Counts contexts, and the times that one came back. */
    generation: 0,
    isLost: false,

    /** Takes [canvas], in place of the one before. @param {OffscreenCanvas} canvas */
    set(canvas) {
      CR_CANVAS.close();
      CR_CANVAS.canvas = canvas;
      canvas.addEventListener("webglcontextlost", (event) => {
        // Without this the browser does not give it back.
        event.preventDefault();
        if (CR_CANVAS.canvas === canvas) CR_CANVAS.turned(true);
      });
      canvas.addEventListener("webglcontextrestored", () => {
        if (CR_CANVAS.canvas === canvas) CR_CANVAS.turned(false);
      });
      CR_ACTIVITY.moved();
    },

    /** @param {boolean} isLost */
    turned(isLost) {
      CR_CANVAS.isLost = isLost;
      if (!isLost) CR_CANVAS.generation++;
      CR_ACTIVITY.moved();
    },

    /** In pixels of the canvas; what is shown is gone. @param {number} width @param {number} height */
    resize(width, height) {
      const canvas = CR_CANVAS.canvas;
      if (!canvas || (canvas.width === width && canvas.height === height)) return;
      canvas.width = Math.max(1, width);
      canvas.height = Math.max(1, height);
      CR_ACTIVITY.moved();
    },

    /** @param {OffscreenCanvas} canvas */
    open(canvas) {
      // Every picture covers the canvas, so nothing behind or before it is kept.
      const context = GL.createContext(canvas, {
        majorVersion: 2,
        minorVersion: 0,
        alpha: false,
        depth: false,
        stencil: false,
        antialias: false,
        premultipliedAlpha: true,
        preserveDrawingBuffer: false,
        powerPreference: "high-performance",
        enableExtensionsByDefault: false,
      });
      if (!context) {
        // From here on this canvas is nothing else.
        CR_CANVAS.plain = canvas.getContext("2d", { alpha: false });
        return;
      }
      CR_CANVAS.context = context;
      CR_CANVAS.isLost = GL.getContext(context).GLctx.isContextLost();
      CR_CANVAS.generation++;
    },

    close() {
      if (CR_CANVAS.context) GL.deleteContext(CR_CANVAS.context);
      CR_CANVAS.context = 0;
      CR_CANVAS.plain = null;
      CR_CANVAS.image = null;
      CR_CANVAS.canvas = null;
      CR_CANVAS.isLost = false;
    },

    /** @param {number} width @param {number} height */
    imageOf(width, height) {
      const image = CR_CANVAS.image;
      if (image && image.width === width && image.height === height) return image;
      return (CR_CANVAS.image = new ImageData(width, height));
    },
  },
  $CR_CANVAS__postset:
    'Module["crCanvas"] = { set: (canvas) => CR_CANVAS.set(canvas), resize: (width, height) => CR_CANVAS.resize(width, height) };',

  cr_js_canvas_use__deps: ["$CR_CANVAS", "$GL"],
  cr_js_canvas_use: (width, height, generation) => {
    const canvas = CR_CANVAS.canvas;
    if (!canvas) return CR_CANVAS.NOTFOUND;
    if (!CR_CANVAS.context && !CR_CANVAS.plain) CR_CANVAS.open(canvas);
    if (!CR_CANVAS.context) return CR_CANVAS.UNSUPPORTED;
    if (CR_CANVAS.isLost) return CR_CANVAS.AGAIN;
    GL.makeContextCurrent(CR_CANVAS.context);
    HEAP32[width >>> 2] = canvas.width;
    HEAP32[height >>> 2] = canvas.height;
    HEAP32[generation >>> 2] = CR_CANVAS.generation;
    return CR_CANVAS.OK;
  },

  cr_js_canvas_is_emulated__deps: ["$CR_CANVAS", "$GL"],
  cr_js_canvas_is_emulated: () => {
    const gl = GL.getContext(CR_CANVAS.context)?.GLctx;
    const names = gl?.getExtension("WEBGL_debug_renderer_info");
    const renderer = names ? String(gl.getParameter(names.UNMASKED_RENDERER_WEBGL)) : "";
    return /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer) ? 1 : 0;
  },

  cr_js_canvas_size__deps: ["$CR_CANVAS"],
  cr_js_canvas_size: (width, height) => {
    const canvas = CR_CANVAS.canvas;
    if (!canvas) return CR_CANVAS.NOTFOUND;
    HEAP32[width >>> 2] = canvas.width;
    HEAP32[height >>> 2] = canvas.height;
    return CR_CANVAS.OK;
  },

  cr_js_canvas_draw__deps: ["$CR_CANVAS"],
  cr_js_canvas_draw: (rgba, stride, width, height) => {
    const { canvas, plain } = CR_CANVAS;
    if (!canvas) return CR_CANVAS.NOTFOUND;
    if (!plain) return CR_CANVAS.UNSUPPORTED;
    // A canvas takes no shared memory, so the pixels are copied; rows of C may have something between.
    const image = CR_CANVAS.imageOf(width, height), row = 4 * width;
    for (let y = 0; y < height; y++) {
      const from = (rgba >>> 0) + stride * y;
      image.data.set(HEAPU8.subarray(from, from + row), row * y);
    }
    plain.putImageData(image, 0, 0);
    return CR_CANVAS.OK;
  },

  cr_js_canvas_close__deps: ["$CR_CANVAS"],
  cr_js_canvas_close: () => CR_CANVAS.close(),
});
