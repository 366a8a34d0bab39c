// VideoDecoder behind the port's decoder. A decoder's story: it is started, and packets go straight in,
// while the browser is asked whether it can at all; pictures come out. An error makes the decoder
// anew, to go on from the next keyframe; the caller hears CR_CORRUPT once.

addToLibrary({
  $CR_DECODERS__deps: ["$CR_CODECS", "$CR_PICTURES"],
  $CR_DECODERS: {
    /** CR_HOST_PACKETS_MAX and CR_HOST_PICTURES_MAX. */
    PACKETS_MAX: 8,
    PICTURES_MAX: 8,
    /** Errors in a row, without a picture between them, after which a stream is given up. */
    ERRORS_MAX: 2,

    /**
     * @typedef {{
     *   config: VideoDecoderConfig,
     *   codec: ?VideoDecoder,
     *   generation: number,
     *   times: Map<number, {ticks: number, isDiscard: boolean}[]>,
     *   lastTimestamp: number,
     *   ready: number[],
     *   open: {count: number},
     *   needsKey: boolean,
     *   flush: "" | "asked" | "done",
     *   errorsInRow: number,
     *   pictureCount: number,
     *   trouble: number,
     *   final: number,
     * }} CrDecoder
     */

    /** Made by the line after this object. @type {Map<number, CrDecoder>} */
    all: null,

    /** @param {VideoDecoderConfig} config */
    open(config) {
      const id = CR_CODECS.nextId();
      /** @type {CrDecoder} */
      const decoder = {
        config,
        codec: null,
        generation: 0,
        times: new Map(),
        lastTimestamp: 0,
        ready: [],
        open: { count: 0 },
        needsKey: true,
        flush: "",
        errorsInRow: 0,
        pictureCount: 0,
        trouble: 0,
        final: 0,
      };
      CR_DECODERS.all.set(id, decoder);
      CR_DECODERS.start(decoder);
      CR_CODECS.firstSupported((c) => VideoDecoder.isConfigSupported(c), [config]).then((found) => {
        if (found || decoder.final || CR_DECODERS.all.get(id) !== decoder) return;
        CR_DECODERS.refused(decoder);
        CR_CODECS.moved();
      });
      return id;
    },

    /** @param {CrDecoder} decoder */
    refused(decoder) {
      const why = `the browser does not decode ${decoder.config.codec}`;
      CR_DECODERS.end(decoder, CR_CODECS.UNSUPPORTED, why);
    },

    /** A fresh VideoDecoder; whatever the last one still says is not heard. @param {CrDecoder} decoder */
    start(decoder) {
      const generation = ++decoder.generation;
      decoder.needsKey = true;
      try {
        decoder.codec = new VideoDecoder({
          output: (frame) => CR_DECODERS.output(decoder, generation, frame),
          error: (error) => {
            if (generation === decoder.generation) CR_DECODERS.failed(decoder, error);
          },
        });
        decoder.codec.addEventListener("dequeue", () => CR_CODECS.moved());
        decoder.codec.configure(decoder.config);
      } catch (error) {
        CR_DECODERS.end(decoder, CR_CODECS.UNSUPPORTED, `decoder: ${error}`);
      }
    },

    /** @param {CrDecoder} decoder @param {?EncodedVideoChunk} chunk */
    feed(decoder, chunk) {
      if (decoder.final || !decoder.codec) return;
      if (!chunk) {
        CR_DECODERS.flush(decoder);
        return;
      }
      if (decoder.needsKey && chunk.type !== "key") return;
      const wasFirst = decoder.needsKey;
      decoder.needsKey = false;
      try {
        decoder.codec.decode(chunk);
      } catch (error) {
        // Where a browser wants an IDR picture and the file's keyframes are of a softer kind, it
        // says so here; it would say so at every seek.
        if (wasFirst) CR_DECODERS.end(decoder, CR_CODECS.UNSUPPORTED, `decoder: ${error}`);
        else CR_DECODERS.failed(decoder, /** @type {DOMException} */ (error));
      }
    },

    /** @param {CrDecoder} decoder */
    flush(decoder) {
      const generation = decoder.generation;
      const codec = /** @type {VideoDecoder} */ (decoder.codec);
      // A failed flush comes as an error too, and is dealt with there.
      codec.flush().then(
        () => {
          if (generation !== decoder.generation) return;
          decoder.flush = "done";
          CR_CODECS.moved();
        },
        () => {},
      );
    },

    /** @param {CrDecoder} decoder @param {number} generation @param {VideoFrame} frame */
    output(decoder, generation, frame) {
      const times = generation === decoder.generation && decoder.times.get(frame.timestamp);
      const time = times && times.shift();
      if (times && times.length === 0) decoder.times.delete(frame.timestamp);
      if (decoder.final || generation !== decoder.generation) {
        frame.close();
        return;
      }
      decoder.errorsInRow = 0;
      decoder.pictureCount++;
      if (time && time.isDiscard) {
        frame.close();
      } else if (!CR_PICTURES.isReadable(frame)) {
        const kind = frame.format ?? "opaque";
        frame.close();
        CR_DECODERS.end(
          decoder,
          CR_CODECS.UNSUPPORTED,
          `pictures of ${decoder.config.codec} come as ${kind}, which is decoded here instead`,
        );
      } else {
        const ticks = time ? time.ticks : NaN;
        decoder.ready.push(CR_PICTURES.add(frame, ticks, decoder.open));
      }
      CR_CODECS.moved();
    },

    /** @param {CrDecoder} decoder @param {Error} error */
    failed(decoder, error) {
      if (decoder.final) return;
      if (error.name === "QuotaExceededError") {
        CR_DECODERS.end(decoder, CR_CODECS.BUSY, "the browser took a decoder away");
      } else if (error.name === "NotSupportedError") {
        CR_DECODERS.refused(decoder);
      } else if (++decoder.errorsInRow >= CR_DECODERS.ERRORS_MAX) {
        CR_DECODERS.end(
          decoder,
          CR_CODECS.UNSUPPORTED,
          `${decoder.config.codec} fails to decode: ${error.message}`,
        );
      } else {
        CR_CODECS.complain(`${decoder.config.codec}: damaged, on to a keyframe: ${error.message}`);
        const wasFlushed = decoder.flush !== "";
        CR_DECODERS.release(decoder);
        CR_DECODERS.start(decoder);
        decoder.trouble = CR_CODECS.CORRUPT;
        if (wasFlushed) decoder.flush = "done";
      }
      CR_CODECS.moved();
    },

    /** Pictures that came before still count. @param {CrDecoder} decoder @param {number} status @param {string} why */
    end(decoder, status, why) {
      decoder.final = status;
      CR_CODECS.complain(why);
      CR_DECODERS.release(decoder);
    },

    /** @param {CrDecoder} decoder */
    release(decoder) {
      decoder.generation++;
      decoder.times.clear();
      if (decoder.codec && decoder.codec.state !== "closed") decoder.codec.close();
      decoder.codec = null;
    },

    /** @param {CrDecoder} decoder */
    isFull(decoder) {
      const packets = decoder.codec?.decodeQueueSize ?? 0;
      return packets >= CR_DECODERS.PACKETS_MAX || decoder.open.count >= CR_DECODERS.PICTURES_MAX;
    },

    /**
     * WebCodecs counts in microseconds, too coarse to know a picture by: the exact time waits here.
     * @param {CrDecoder} decoder @param {number} ticks @param {boolean} isDiscard
     */
    timestamp(decoder, ticks, isDiscard) {
      const isKnown = !Number.isNaN(ticks);
      const timestamp = isKnown ? Math.round(ticks / 705.6) : decoder.lastTimestamp + 1;
      decoder.lastTimestamp = timestamp;
      const times = decoder.times.get(timestamp) ?? [];
      times.push({ ticks, isDiscard });
      decoder.times.set(timestamp, times);
      return timestamp;
    },

    /** @param {CrDecoder} decoder */
    reset(decoder) {
      for (const picture of decoder.ready.splice(0)) CR_PICTURES.close(picture);
      decoder.flush = "";
      decoder.trouble = 0;
      if (decoder.final) return;
      CR_DECODERS.release(decoder);
      CR_DECODERS.start(decoder);
    },
  },
  $CR_DECODERS__postset: "CR_DECODERS.all = new Map();",

  cr_js_decoder_open__deps: ["$CR_DECODERS", "$UTF8ToString"],
  cr_js_decoder_open: (codec, description, size, width, height) => {
    if (typeof VideoDecoder === "undefined") return 0;
    /** @type {VideoDecoderConfig} */
    const config = {
      codec: UTF8ToString(codec),
      codedWidth: width,
      codedHeight: height,
      hardwareAcceleration: "no-preference",
      optimizeForLatency: false,
    };
    if (size) config.description = HEAPU8.slice(description >>> 0, (description >>> 0) + size);
    return CR_DECODERS.open(config);
  },

  cr_js_decoder_decode__deps: ["$CR_DECODERS"],
  cr_js_decoder_decode: (id, data, size, pts, duration, isKey, isDiscard) => {
    const decoder = CR_DECODERS.all.get(id);
    if (!decoder) return CR_CODECS.INVALID;
    if (decoder.final) return decoder.final;
    if (CR_DECODERS.isFull(decoder)) return CR_CODECS.AGAIN;
    if (decoder.needsKey && !isKey) return CR_CODECS.OK;
    const chunk = new EncodedVideoChunk({
      type: isKey ? "key" : "delta",
      timestamp: CR_DECODERS.timestamp(decoder, pts, isDiscard !== 0),
      duration: Math.round(duration / 705.6),
      data: HEAPU8.slice(data >>> 0, (data >>> 0) + size),
    });
    CR_DECODERS.feed(decoder, chunk);
    return CR_CODECS.OK;
  },

  cr_js_decoder_flush__deps: ["$CR_DECODERS"],
  cr_js_decoder_flush: (id) => {
    const decoder = CR_DECODERS.all.get(id);
    if (!decoder) return CR_CODECS.INVALID;
    if (decoder.final) return decoder.final;
    if (decoder.flush) return CR_CODECS.OK;
    decoder.flush = "asked";
    CR_DECODERS.feed(decoder, null);
    return CR_CODECS.OK;
  },

  cr_js_decoder_take__deps: ["$CR_DECODERS", "$CR_PICTURES"],
  cr_js_decoder_take: (id, picture, width, height, pixel, pts) => {
    const decoder = CR_DECODERS.all.get(id);
    if (!decoder) return CR_CODECS.INVALID;
    const next = decoder.ready.shift();
    if (next !== undefined) {
      CR_PICTURES.describe(next, picture, width, height, pixel, pts);
      return CR_CODECS.OK;
    }
    if (decoder.final) return decoder.final;
    const trouble = decoder.trouble;
    decoder.trouble = 0;
    if (trouble) return trouble;
    return decoder.flush === "done" ? CR_CODECS.EOF : CR_CODECS.AGAIN;
  },

  cr_js_decoder_reset__deps: ["$CR_DECODERS"],
  cr_js_decoder_reset: (id) => {
    const decoder = CR_DECODERS.all.get(id);
    if (decoder) CR_DECODERS.reset(decoder);
  },

  cr_js_decoder_close__deps: ["$CR_DECODERS"],
  cr_js_decoder_close: (id) => {
    const decoder = CR_DECODERS.all.get(id);
    if (!decoder) return;
    CR_DECODERS.all.delete(id);
    for (const picture of decoder.ready.splice(0)) CR_PICTURES.close(picture);
    CR_DECODERS.release(decoder);
  },
});
