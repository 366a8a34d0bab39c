// What the decoders, pictures and encoders of WebCodecs share: statuses, ids, complaints, and the
// word to whoever steps the core that something has moved.

addToLibrary({
  $CR_CODECS: {
    /** Of core/base/status.h. */
    OK: 0,
    AGAIN: -1,
    EOF: -2,
    INVALID: -3,
    NOMEM: -4,
    IO: -5,
    UNSUPPORTED: -7,
    CORRUPT: -8,
    BUSY: -16,

    /** Of core/media/pixel.h. */
    I420: 1,
    I422: 2,
    I444: 3,

    /** Last id given; ids are never used again. */
    lastId: 0,

    /** Sentences that the C half has not logged yet. @type {string[]} */
    complaints: [],

    /** Somebody beside the core who wants to know that something moved. @type {?() => void} */
    onMoved: null,

    /** @returns {number} */
    nextId() {
      return ++CR_CODECS.lastId;
    },

    /** Something arrived: the core may be stepped. */
    moved() {
      if (typeof CR_ACTIVITY !== "undefined") CR_ACTIVITY.moved();
      CR_CODECS.onMoved?.();
    },

    /** @param {string} sentence */
    complain(sentence) {
      CR_CODECS.complaints.push(sentence);
    },

    /**
     * Every configuration is asked for in turn; the first that is supported wins.
     * @template C
     * @param {(config: C) => Promise<{supported?: boolean}>} isSupported
     * @param {C[]} configs
     * @returns {Promise<?C>}
     */
    firstSupported: async (isSupported, configs) => {
      for (const config of configs) {
        // A configuration that a browser finds malformed is one that it does not support.
        const answer = await isSupported(config).catch(() => ({ supported: false }));
        if (answer.supported) return config;
      }
      return null;
    },

    /**
     * What this browser decodes and encodes at 1920 × 1080 and 30 frames/s, and whether in hardware.
     * @returns {Promise<Record<string, Record<"decode" | "encode", {supported: boolean, hardware: boolean}>>>}
     */
    support: async () => {
      const strings = {
        h264: "avc1.640028",
        vp9: "vp09.00.40.08",
        av1: "av01.0.08M.08",
        hevc: "hvc1.1.6.L120.90",
      };
      const entries = Object.entries(strings).map(async ([name, codec]) => {
        const [decode, encode] = await Promise.all([
          CR_CODECS.supportOf(globalThis.VideoDecoder, {
            codec,
            codedWidth: 1920,
            codedHeight: 1080,
          }),
          CR_CODECS.supportOf(globalThis.VideoEncoder, {
            codec,
            width: 1920,
            height: 1080,
            framerate: 30,
            bitrate: 8e6,
          }),
        ]);
        return [name, { decode, encode }];
      });
      return Object.fromEntries(await Promise.all(entries));
    },

    /**
     * @param {typeof VideoDecoder | typeof VideoEncoder | undefined} codec
     * @param {VideoDecoderConfig | VideoEncoderConfig} config
     */
    supportOf: async (codec, config) => {
      if (!codec) return { supported: false, hardware: false };
      const isSupported = codec.isConfigSupported.bind(codec);
      const hard = { ...config, hardwareAcceleration: "prefer-hardware" };
      const [any, hardware] = await Promise.all([
        CR_CODECS.firstSupported(isSupported, [config]),
        CR_CODECS.firstSupported(isSupported, [hard]),
      ]);
      return { supported: any !== null, hardware: hardware !== null };
    },
  },
  $CR_CODECS__postset:
    'Module["crCodecs"] = { support: () => CR_CODECS.support(), onMoved: (f) => { CR_CODECS.onMoved = f; } };',

  cr_js_codecs_complaint__deps: ["$CR_CODECS", "$stringToUTF8"],
  cr_js_codecs_complaint: (out, size) => {
    const sentence = CR_CODECS.complaints.shift();
    if (sentence === undefined) return 0;
    stringToUTF8(sentence, out, size);
    return 1;
  },
});
