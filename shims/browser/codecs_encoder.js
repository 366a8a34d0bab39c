// VideoEncoder behind the port's encoder. Frames go in as planes with their colour said, or as the
// VideoFrame that the platform's decoder gave; what comes out is counted against what went in.

addToLibrary({
  $CR_ENCODERS__deps: ["$CR_AVC", "$CR_CODECS", "$CR_PICTURES"],
  $CR_ENCODERS: {
    /** CR_HOST_FRAMES_MAX. */
    FRAMES_MAX: 4,

    /** H.273's numbers as WebCodecs calls them. */
    PRIMARIES: { 1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020", 12: "smpte432" },
    TRANSFERS: { 1: "bt709", 8: "linear", 13: "iec61966-2-1", 16: "pq", 18: "hlg" },
    MATRICES: { 1: "bt709", 6: "smpte170m", 9: "bt2020-ncl" },
    RANGE_FULL: 2,

    /**
     * @typedef {{data: Uint8Array, pts: number, dts: number, duration: number, isKey: boolean}} CrCoded
     * @typedef {{
     *   codec: ?VideoEncoder,
     *   config: ?VideoEncoderConfig,
     *   quality: number,
     *   gop: number,
     *   isKnown: boolean,
     *   waiting: {frame: VideoFrame, isKey: boolean}[],
     *   times: Map<number, {pts: number, duration: number}>,
     *   lastTimestamp: number,
     *   lastDts: number,
     *   sinceKey: number,
     *   sentCount: number,
     *   codedCount: number,
     *   ready: CrCoded[],
     *   extradata: ?Uint8Array,
     *   extradataMemory: number,
     *   flush: "" | "asked" | "done",
     *   final: number,
     * }} CrEncoder
     */

    /** Made by the line after this object. @type {Map<number, CrEncoder>} */
    all: null,

    /** What to ask for, best first. */
    configs(codecs, width, height, rate, bitrate, isByQuality) {
      const base = { width, height, latencyMode: "quality", hardwareAcceleration: "no-preference" };
      if (rate) base.framerate = rate;
      /** @type {VideoEncoderConfig[]} */
      const configs = [];
      for (const bitrateMode of isByQuality ? ["quantizer", "variable"] : ["variable"]) {
        for (const codec of codecs) {
          const config = { ...base, codec, bitrateMode };
          if (bitrateMode === "variable") config.bitrate = bitrate;
          if (codec.startsWith("avc1")) config.avc = { format: "avc" };
          configs.push(config);
        }
      }
      return configs;
    },

    /** @param {VideoEncoderConfig[]} configs @param {number} quality @param {number} gop */
    open(configs, quality, gop) {
      const id = CR_CODECS.nextId();
      /** @type {CrEncoder} */
      const encoder = {
        codec: null,
        config: null,
        quality,
        gop,
        isKnown: false,
        waiting: [],
        times: new Map(),
        lastTimestamp: -Infinity,
        lastDts: -Infinity,
        sinceKey: 0,
        sentCount: 0,
        codedCount: 0,
        ready: [],
        extradata: null,
        extradataMemory: 0,
        flush: "",
        final: 0,
      };
      CR_ENCODERS.all.set(id, encoder);
      CR_CODECS.firstSupported((c) => VideoEncoder.isConfigSupported(c), configs).then((config) => {
        if (CR_ENCODERS.all.get(id) === encoder) CR_ENCODERS.configured(encoder, config, configs);
      });
      return id;
    },

    /** @param {CrEncoder} encoder @param {?VideoEncoderConfig} config @param {VideoEncoderConfig[]} asked */
    configured(encoder, config, asked) {
      encoder.isKnown = true;
      if (!config) {
        const names = [...new Set(asked.map(({ codec }) => codec))].join(", ");
        const { width, height } = asked[0];
        const why = `the browser does not encode ${names} at ${width} × ${height}`;
        CR_ENCODERS.end(encoder, CR_CODECS.UNSUPPORTED, why);
      } else {
        encoder.config = config;
        CR_ENCODERS.start(encoder, config);
        for (const { frame, isKey } of encoder.waiting.splice(0)) {
          CR_ENCODERS.feed(encoder, frame, isKey);
        }
        if (encoder.flush) CR_ENCODERS.flush(encoder);
      }
      CR_CODECS.moved();
    },

    /** @param {CrEncoder} encoder @param {VideoEncoderConfig} config */
    start(encoder, config) {
      try {
        encoder.codec = new VideoEncoder({
          output: (chunk, metadata) => CR_ENCODERS.output(encoder, chunk, metadata),
          error: (error) => CR_ENCODERS.failed(encoder, error),
        });
        encoder.codec.addEventListener("dequeue", () => CR_CODECS.moved());
        encoder.codec.configure(config);
      } catch (error) {
        CR_ENCODERS.end(encoder, CR_CODECS.UNSUPPORTED, `encoder ${config.codec}: ${error}`);
      }
    },

    /** Takes [frame]. @param {CrEncoder} encoder @param {VideoFrame} frame @param {boolean} isKey */
    feed(encoder, frame, isKey) {
      try {
        if (!encoder.final) encoder.codec?.encode(frame, CR_ENCODERS.options(encoder, isKey));
      } catch (error) {
        CR_ENCODERS.failed(encoder, /** @type {DOMException} */ (error));
      } finally {
        frame.close();
      }
    },

    /** @param {CrEncoder} encoder @param {boolean} keyFrame */
    options(encoder, keyFrame) {
      const config = /** @type {VideoEncoderConfig} */ (encoder.config);
      if (config.bitrateMode !== "quantizer") return { keyFrame };
      const isH264 = config.codec.startsWith("avc1");
      const quantizer = encoder.quality || (isH264 ? 23 : 31);
      if (isH264) return { keyFrame, avc: { quantizer } };
      if (config.codec.startsWith("vp09")) return { keyFrame, vp9: { quantizer } };
      return { keyFrame, av1: { quantizer } };
    },

    /** @param {CrEncoder} encoder */
    flush(encoder) {
      encoder.codec?.flush().then(
        () => {
          encoder.flush = "done";
          if (encoder.codedCount !== encoder.sentCount) {
            const why = `the encoder gave ${encoder.codedCount} of ${encoder.sentCount} frames`;
            CR_ENCODERS.end(encoder, CR_CODECS.IO, why);
          }
          CR_CODECS.moved();
        },
        // A failed flush comes as an error too, and is dealt with there.
        () => {},
      );
    },

    /** @param {CrEncoder} encoder @param {EncodedVideoChunk} chunk @param {EncodedVideoChunkMetadata} [metadata] */
    output(encoder, chunk, metadata) {
      if (encoder.final) return;
      const time = encoder.times.get(chunk.timestamp);
      if (!time) {
        CR_ENCODERS.end(encoder, CR_CODECS.IO, "the encoder gave a frame that nobody sent");
        return;
      }
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      CR_ENCODERS.describe(encoder, data, metadata?.decoderConfig?.description);
      const dts = CR_ENCODERS.decodeTime(encoder, time.pts);
      encoder.times.delete(chunk.timestamp);
      encoder.codedCount++;
      encoder.ready.push({ data, ...time, dts, isKey: chunk.type === "key" });
      CR_CODECS.moved();
    },

    /** Of the first frame. @param {CrEncoder} encoder @param {Uint8Array} data @param {AllowSharedBufferSource} [said] */
    describe(encoder, data, said) {
      if (encoder.codedCount > 0) return;
      encoder.extradata = encoder.config?.avc ? CR_AVC.describe(data) : null;
      if (encoder.extradata || !said) return;
      encoder.extradata = ArrayBuffer.isView(said)
        ? new Uint8Array(said.buffer, said.byteOffset, said.byteLength).slice()
        : new Uint8Array(said).slice();
    },

    /**
     * Decode times grow, and none is later than any picture still to come: where the encoder turned
     * the order round, the stretch to the earliest of them is halved again and again.
     * @param {CrEncoder} encoder @param {number} pts
     */
    decodeTime(encoder, pts) {
      let earliest = pts;
      for (const time of encoder.times.values()) earliest = Math.min(earliest, time.pts);
      const isInOrder = earliest === pts || encoder.lastDts === -Infinity;
      const dts = isInOrder ? earliest : Math.ceil((encoder.lastDts + earliest) / 2);
      encoder.lastDts = dts;
      return dts;
    },

    /** @param {CrEncoder} encoder @param {Error} error */
    failed(encoder, error) {
      if (encoder.final) return;
      const name = encoder.config?.codec ?? "encoder";
      if (error.name === "QuotaExceededError") {
        CR_ENCODERS.end(encoder, CR_CODECS.BUSY, "the browser took an encoder away");
      } else if (error.name === "NotSupportedError" && encoder.codedCount === 0) {
        CR_ENCODERS.end(encoder, CR_CODECS.UNSUPPORTED, `${name}: ${error.message}`);
      } else {
        CR_ENCODERS.end(encoder, CR_CODECS.IO, `${name} fails to encode: ${error.message}`);
      }
      CR_CODECS.moved();
    },

    /** @param {CrEncoder} encoder @param {number} status @param {string} why */
    end(encoder, status, why) {
      encoder.final = status;
      CR_CODECS.complain(why);
      CR_ENCODERS.release(encoder);
    },

    /** @param {CrEncoder} encoder */
    release(encoder) {
      for (const { frame } of encoder.waiting.splice(0)) frame.close();
      if (encoder.codec && encoder.codec.state !== "closed") encoder.codec.close();
      encoder.codec = null;
    },

    /** The exact time waits beside the microseconds. @param {CrEncoder} encoder */
    timestamp(encoder, pts, duration) {
      const timestamp = Math.max(Math.round(pts / 705.6), encoder.lastTimestamp + 1);
      encoder.lastTimestamp = timestamp;
      encoder.times.set(timestamp, { pts, duration });
      return timestamp;
    },

    /**
     * Planes in the heap as a VideoFrame, copied at once into memory of its own: Firefox takes what lies
     * apart in shared memory for other pictures' bytes.
     * @param {object} init
     */
    wrap(data, stride, width, height, color, init) {
      const halfWidth = (width + 1) >> 1, halfHeight = (height + 1) >> 1;
      const pixels = new Uint8Array(width * height + 2 * halfWidth * halfHeight);
      let to = 0;
      for (let i = 0; i < 3; i++) {
        const step = HEAP32[(stride >>> 2) + i], columns = i ? halfWidth : width;
        let from = HEAPU32[(data >>> 2) + i];
        for (let y = 0; y < (i ? halfHeight : height); y++, from += step, to += columns) {
          pixels.set(HEAPU8.subarray(from, from + columns), to);
        }
      }
      const [primaries, transfer, matrix, range] = HEAP32.subarray(color >>> 2, (color >>> 2) + 4);
      return new VideoFrame(pixels, {
        ...init,
        format: "I420",
        codedWidth: width,
        codedHeight: height,
        colorSpace: {
          primaries: CR_ENCODERS.PRIMARIES[primaries] ?? null,
          transfer: CR_ENCODERS.TRANSFERS[transfer] ?? null,
          matrix: CR_ENCODERS.MATRICES[matrix] ?? null,
          fullRange: range === CR_ENCODERS.RANGE_FULL,
        },
      });
    },

    /** @param {CrEncoder} encoder @param {() => VideoFrame} make @param {boolean} isAsked */
    send(encoder, make, isAsked) {
      let frame;
      try {
        frame = make();
      } catch (error) {
        CR_ENCODERS.end(encoder, CR_CODECS.IO, `a frame could not be made: ${error}`);
        return CR_CODECS.IO;
      }
      const isDue = encoder.gop > 0 && encoder.sinceKey >= encoder.gop;
      const isKey = isAsked || isDue || encoder.sentCount === 0;
      encoder.sinceKey = isKey ? 1 : encoder.sinceKey + 1;
      encoder.sentCount++;
      if (encoder.isKnown) CR_ENCODERS.feed(encoder, frame, isKey);
      else encoder.waiting.push({ frame, isKey });
      return CR_CODECS.OK;
    },
  },
  $CR_ENCODERS__postset: "CR_ENCODERS.all = new Map();",

  cr_js_encoder_open__deps: ["$CR_ENCODERS", "$UTF8ToString"],
  cr_js_encoder_open: (codecs, count, width, height, rate, bitRate, quality, gop) => {
    if (typeof VideoEncoder === "undefined") return 0;
    const names = Array.from({ length: count }, (_, i) =>
      UTF8ToString(HEAPU32[(codecs >>> 2) + i]),
    );
    const configs = CR_ENCODERS.configs(names, width, height, rate, bitRate, quality >= 0);
    return CR_ENCODERS.open(configs, quality, gop);
  },

  cr_js_encoder_encode__deps: ["$CR_ENCODERS"],
  cr_js_encoder_encode: (id, picture, data, stride, width, height, pixel, color, pts, duration, isKey) => {
    const encoder = CR_ENCODERS.all.get(id);
    if (!encoder || encoder.flush || Number.isNaN(pts)) return CR_CODECS.INVALID;
    if (encoder.final) return encoder.final;
    const queued = encoder.waiting.length + (encoder.codec?.encodeQueueSize ?? 0);
    if (queued >= CR_ENCODERS.FRAMES_MAX) return CR_CODECS.AGAIN;
    const hosted = CR_PICTURES.all.get(picture);
    const isPlanes = HEAPU32[data >>> 2] !== 0;
    if (!isPlanes && !hosted) return CR_CODECS.INVALID;
    const timestamp = CR_ENCODERS.timestamp(encoder, pts, duration);
    const init = { timestamp, duration: Math.round(duration / 705.6) };
    const make = () =>
      isPlanes
        ? CR_ENCODERS.wrap(data, stride, width, height, color, init)
        : new VideoFrame(hosted.frame, init);
    return CR_ENCODERS.send(encoder, make, isKey !== 0);
  },

  cr_js_encoder_flush__deps: ["$CR_ENCODERS"],
  cr_js_encoder_flush: (id) => {
    const encoder = CR_ENCODERS.all.get(id);
    if (!encoder) return CR_CODECS.INVALID;
    if (encoder.final) return encoder.final;
    if (encoder.flush) return CR_CODECS.OK;
    encoder.flush = "asked";
    if (encoder.isKnown) CR_ENCODERS.flush(encoder);
    return CR_CODECS.OK;
  },

  cr_js_encoder_next__deps: ["$CR_ENCODERS"],
  cr_js_encoder_next: (id, size) => {
    const encoder = CR_ENCODERS.all.get(id);
    if (!encoder) return CR_CODECS.INVALID;
    if (encoder.ready.length > 0) {
      HEAPU32[size >>> 2] = encoder.ready[0].data.length;
      return CR_CODECS.OK;
    }
    if (encoder.final) return encoder.final;
    return encoder.flush === "done" ? CR_CODECS.EOF : CR_CODECS.AGAIN;
  },

  cr_js_encoder_take__deps: ["$CR_ENCODERS"],
  cr_js_encoder_take: (id, data, pts, dts, duration, isKey) => {
    const encoder = /** @type {CrEncoder} */ (CR_ENCODERS.all.get(id));
    const coded = /** @type {CrCoded} */ (encoder.ready.shift());
    HEAPU8.set(coded.data, data >>> 0);
    HEAPF64[pts >>> 3] = coded.pts;
    HEAPF64[dts >>> 3] = coded.dts;
    HEAPF64[duration >>> 3] = coded.duration;
    HEAP32[isKey >>> 2] = coded.isKey ? 1 : 0;
  },

  cr_js_encoder_extradata__deps: ["$CR_ENCODERS", "cr_codecs_memory"],
  cr_js_encoder_extradata: (id, data, size) => {
    const encoder = CR_ENCODERS.all.get(id);
    if (!encoder) return CR_CODECS.INVALID;
    if (encoder.codedCount === 0) return encoder.final || CR_CODECS.AGAIN;
    const bytes = encoder.extradata ?? new Uint8Array(0);
    if (!encoder.extradataMemory) {
      encoder.extradataMemory = _cr_codecs_memory(bytes.length) >>> 0;
      if (!encoder.extradataMemory) return CR_CODECS.NOMEM;
      HEAPU8.set(bytes, encoder.extradataMemory);
    }
    HEAPU32[data >>> 2] = encoder.extradataMemory;
    HEAPU32[size >>> 2] = bytes.length;
    return CR_CODECS.OK;
  },

  cr_js_encoder_close__deps: ["$CR_ENCODERS", "cr_codecs_memory_free"],
  cr_js_encoder_close: (id) => {
    const encoder = CR_ENCODERS.all.get(id);
    if (!encoder) return;
    CR_ENCODERS.all.delete(id);
    encoder.final = CR_CODECS.INVALID;
    CR_ENCODERS.release(encoder);
    if (encoder.extradataMemory) _cr_codecs_memory_free(encoder.extradataMemory);
  },
});
