// VideoFrames by id. A picture is copied out through a buffer of JavaScript's: its memory may then
// be given back, or the heap may grow, while the browser still copies.

addToLibrary({
  $CR_PICTURES__deps: [
    "$CR_CODECS",
    "cr_codecs_memory",
    "cr_codecs_memory_free",
    "cr_codecs_split_chroma",
  ],
  $CR_PICTURES: {
    /** Buffers kept for the next picture. */
    SPARE_MAX: 4,

    /**
     * @typedef {{
     *   frame: VideoFrame,
     *   ticks: number,
     *   open: {count: number},
     *   copy: "" | "asked" | "done" | "failed",
     *   buffer: ?Uint8Array,
     * }} CrPicture
     */

    /** Made by the line after this object. @type {Map<number, CrPicture>} */
    all: null,

    /** @type {Uint8Array[]} */
    spare: [],

    /** VideoFrames lost without a close. @type {?FinalizationRegistry<number>} */
    lost: null,

    /** @param {VideoFrame} frame */
    isReadable(frame) {
      return ["I420", "I422", "I444", "NV12"].includes(frame.format ?? "") && !!frame.visibleRect;
    },

    /** Takes [frame]. @param {VideoFrame} frame @param {number} ticks @param {{count: number}} open */
    add(frame, ticks, open) {
      const id = CR_CODECS.nextId();
      open.count++;
      CR_PICTURES.all.set(id, { frame, ticks, open, copy: "", buffer: null });
#if ASSERTIONS
      CR_PICTURES.lost ??= new FinalizationRegistry((which) =>
        console.error(`cutroom: the VideoFrame of picture ${which} was never closed`),
      );
      CR_PICTURES.lost.register(frame, id, frame);
#endif
      return id;
    },

    /** @param {number} id */
    close(id) {
      const picture = CR_PICTURES.all.get(id);
      if (!picture) return;
      CR_PICTURES.all.delete(id);
      picture.open.count--;
#if ASSERTIONS
      CR_PICTURES.lost?.unregister(picture.frame);
#endif
      picture.frame.close();
      // A buffer that is still written to is left to the collector.
      if (picture.buffer && picture.copy !== "asked") CR_PICTURES.giveBack(picture.buffer);
      CR_CODECS.moved();
    },

    /** @param {number} size */
    buffer(size) {
      const found = CR_PICTURES.spare.findIndex((spare) => spare.length === size);
      return found < 0 ? new Uint8Array(size) : CR_PICTURES.spare.splice(found, 1)[0];
    },

    /** @param {Uint8Array} buffer */
    giveBack(buffer) {
      if (CR_PICTURES.spare.length >= CR_PICTURES.SPARE_MAX) CR_PICTURES.spare.shift();
      CR_PICTURES.spare.push(buffer);
    },

    /** How [frame]'s planes lie in a buffer. @param {VideoFrame} frame @param {number[]} strides */
    layout(frame, strides) {
      const { width, height } = /** @type {DOMRectReadOnly} */ (frame.visibleRect);
      const isHalfAcross = frame.format !== "I444";
      const isHalfDown = frame.format === "I420" || frame.format === "NV12";
      const chromaWidth = isHalfAcross ? (width + 1) >> 1 : width;
      const chromaHeight = isHalfDown ? (height + 1) >> 1 : height;
      const planes = [{ offset: 0, stride: strides[0], rows: height }];
      const chromaStrides =
        frame.format === "NV12" ? [2 * chromaWidth] : [strides[1], strides[2]];
      let offset = strides[0] * height;
      for (const stride of chromaStrides) {
        planes.push({ offset, stride, rows: chromaHeight });
        offset += stride * chromaHeight;
      }
      return { planes, size: offset, chromaWidth, chromaHeight };
    },

    /** @param {CrPicture} picture @param {number[]} strides */
    start(picture, strides) {
      const { planes, size } = CR_PICTURES.layout(picture.frame, strides);
      const layout = planes.map(({ offset, stride }) => ({ offset, stride }));
      picture.buffer = CR_PICTURES.buffer(size);
      picture.copy = "asked";
      picture.frame.copyTo(picture.buffer, { layout }).then(
        () => {
          picture.copy = "done";
          CR_CODECS.moved();
        },
        (error) => {
          picture.copy = "failed";
          CR_CODECS.complain(`a picture could not be read: ${error.message}`);
          CR_CODECS.moved();
        },
      );
    },

    /** @param {CrPicture} picture @param {number} data @param {number} stride @param {number[]} strides */
    finish(picture, data, stride, strides) {
      const buffer = /** @type {Uint8Array} */ (picture.buffer);
      const layout = CR_PICTURES.layout(picture.frame, strides);
      const isPaired = picture.frame.format === "NV12";
      for (const [i, { offset, stride: row, rows }] of layout.planes.entries()) {
        if (isPaired && i === 1) continue;
        HEAPU8.set(buffer.subarray(offset, offset + row * rows), HEAPU32[(data >>> 2) + i]);
      }
      const status = isPaired ? CR_PICTURES.split(buffer, layout, data, stride) : CR_CODECS.OK;
      if (status !== CR_CODECS.OK) return status;
      CR_PICTURES.giveBack(buffer);
      picture.buffer = null;
      picture.copy = "";
      return CR_CODECS.OK;
    },

    /**
     * @param {Uint8Array} buffer @param {ReturnType<typeof CR_PICTURES.layout>} layout
     * @param {number} data @param {number} stride
     */
    split(buffer, layout, data, stride) {
      const pairs = buffer.subarray(layout.planes[1].offset);
      const memory = _cr_codecs_memory(pairs.length) >>> 0;
      if (!memory) return CR_CODECS.NOMEM;
      HEAPU8.set(pairs, memory);
      const { chromaWidth, chromaHeight } = layout;
      _cr_codecs_split_chroma(
        memory,
        layout.planes[1].stride,
        data,
        stride,
        chromaWidth,
        chromaHeight,
      );
      _cr_codecs_memory_free(memory);
      return CR_CODECS.OK;
    },

    /** Writes what cr_host_picture says. */
    describe(id, idOut, width, height, pixel, pts) {
      const { frame, ticks } = /** @type {CrPicture} */ (CR_PICTURES.all.get(id));
      const rect = /** @type {DOMRectReadOnly} */ (frame.visibleRect);
      const kinds = { I422: CR_CODECS.I422, I444: CR_CODECS.I444 };
      HEAPU32[idOut >>> 2] = id;
      HEAP32[width >>> 2] = rect.width;
      HEAP32[height >>> 2] = rect.height;
      HEAP32[pixel >>> 2] = kinds[frame.format] ?? CR_CODECS.I420;
      HEAPF64[pts >>> 3] = ticks;
    },
  },
  $CR_PICTURES__postset: "CR_PICTURES.all = new Map();",

  cr_js_picture_fetch__deps: ["$CR_PICTURES"],
  cr_js_picture_fetch: (id, data, stride) => {
    const picture = CR_PICTURES.all.get(id);
    if (!picture) return CR_CODECS.INVALID;
    const strides = Array.from({ length: 3 }, (_, i) => HEAP32[(stride >>> 2) + i]);
    if (picture.copy === "failed") return CR_CODECS.IO;
    if (picture.copy === "done") return CR_PICTURES.finish(picture, data, stride, strides);
    if (picture.copy === "") CR_PICTURES.start(picture, strides);
    return CR_CODECS.AGAIN;
  },

  cr_js_picture_close__deps: ["$CR_PICTURES"],
  cr_js_picture_close: (id) => CR_PICTURES.close(id),
});
