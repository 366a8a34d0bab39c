import { account } from "./account";
import { bin } from "./bin";
import { captions } from "./captions";
import { door } from "./door";
import { editor } from "./editor";
import { history } from "./history";
import { inspector } from "./inspector";
import { offline } from "./offline";
import { palette } from "./palette";
import { people } from "./people";
import { presets } from "./presets";
import { saving } from "./saving";
import { home } from "./home";
import { motion } from "./motion";
import { plan } from "./plan";
import { share } from "./share";
import { sound } from "./sound";
import { storage } from "./storage";
import { storyboard } from "./storyboard";
import { studio } from "./studio";
import { stage } from "./stage";
import { timeline } from "./timeline";

const count = (value: number, one: string, many: string) =>
  `${value.toLocaleString("en")} ${value === 1 ? one : many}`;

/** Everything that the page says, in English: every other language has the same keys. */
export const en = {
  name: "Cutroom",
  home,
  plan,
  storage,
  storyboard,
  sound,
  motion,
  offline,
  people,
  studio,
  account,
  door,
  share,
  start: {
    heading: "Open a film",
    lead: "Drop a project folder here, or pictures, clips and sound to begin a new one. Nothing leaves this computer.",
    openFolder: "Open a project folder",
    chooseMedia: "Choose media",
    dropHere: "Drop to open",
    kinds:
      "Folders made by cutroom make · MP4, MOV, WebM, MKV · WAV, MP3, M4A, FLAC · PNG, JPEG, WebP",
  },
  busy: {
    engine: "Starting the engine",
    reading: (files: number) =>
      `Reading the folder: ${count(files, "file", "files")}`,
    opening: "Opening the film",
    page: "Fetching this part of the page",
    seconds: (seconds: number) => `${seconds} s`,
    cancel: "Cancel",
  },
  failed: {
    engine: "The engine did not start",
    film: "This could not be opened",
    page: "This part of the page did not come",
    pageWhy:
      "The connection was lost, or the page has been renewed meanwhile. Nothing is lost: reload it.",
    player: "The film cannot be shown",
    again: "Try again",
    other: "Open something else",
    reload: "Reload the page",
    at: (place: string) => `at ${place}`,
    unknown: "Something went wrong that has no description.",
  },
  reading: {
    several: (names: string) =>
      `There are several projects here: ${names}. Open the folder of one of them.`,
    nothing: (names: string) =>
      `There is no project.json and no media in this. Found: ${names}.`,
    empty: "This folder is empty.",
    tooMany: (limit: number) =>
      `There are more than ${limit.toLocaleString("en")} files in this folder. Open the project's own folder.`,
    more: (names: string, left: number) => `${names} and ${left} more`,
  },
  missing: {
    heading: "What this browser lacks",
    blocked: "Cutroom cannot run here",
    offscreen:
      "Nothing can be painted outside of the page's own thread, so no film can be shown. A current Chromium, Chrome, Edge, Firefox or Safari can.",
    webCodecs:
      "This browser has no WebCodecs: films play more slowly, and only WAV, M4A, PNG and WebP can be exported.",
    video: (names: string) =>
      `This browser cannot encode ${names}. The other formats can be exported.`,
    storage:
      "This page may not keep private files (a private window, perhaps): films play, and exports are not possible.",
    threads:
      "This host does not isolate the page, or the browser shares no memory with it, so the engine has one thread: everything works, large pictures more slowly.",
    savePicker:
      "This browser cannot ask where to save: exports arrive among the downloads.",
    hide: "Hide",
    details: "Limits here",
  },
  head: {
    export: "Export",
    exports: "Exports",
    close: "Close the film",
    shortcuts: "Keyboard",
    theme: "Appearance",
    themes: { system: "As the system", light: "Light", dark: "Dark" },
    language: "Language",
    asBrowser: "As the browser",
    facts: (width: number, height: number, rate: string) =>
      `${width}×${height} · ${rate} frames/s`,
  },
  media: {
    missing: (files: number) =>
      `${count(files, "file is", "files are")} missing. What needs them stays black or silent.`,
    locate: "Find them",
    show: "Which",
  },
  stage,
  transport: {
    label: "Transport",
    play: "Play",
    pause: "Pause",
    back: "Back one frame",
    on: "On one frame",
    toStart: "To the start",
    toEnd: "To the end",
    loop: "Loop",
    mute: "Mute",
    unmute: "Unmute",
    volume: "Volume",
    volumeValue: (decibels: number) => `${decibels} decibels`,
    position: "Position",
    positionValue: (at: string, of: string) => `${at} of ${of}`,
    quality: "Picture quality",
    qualities: {
      auto: "Auto",
      full: "Full",
      half: "Half",
      quarter: "Quarter",
    },
    dropped: (frames: number) => `${count(frames, "frame", "frames")} dropped`,
    droppedWhy:
      "Under load the picture gives way to the sound. A lower picture quality helps.",
    rate: (rate: number) => `${rate < 0 ? "−" : ""}${Math.abs(rate)}×`,
    level: "Sound level",
  },
  timeline,
  export: {
    heading: "Export the film",
    format: "Format",
    formats: {
      mp4: { name: "MP4", note: "H.264 and AAC. Plays everywhere" },
      vp9: { name: "WebM, VP9", note: "For the web, open formats" },
      av1: { name: "WebM, AV1", note: "Smallest, slowest to make" },
      webp: { name: "Animated WebP", note: "Short and silent, for pages" },
      png: { name: "PNG sequence", note: "Every frame, nothing lost" },
      m4a: { name: "M4A", note: "The sound only, small" },
      wav: { name: "WAV", note: "The sound only, nothing lost" },
    },
    cannot: "Not possible in this browser",
    size: "Size",
    sizeAsFilm: (width: number, height: number) =>
      `As the film, ${width}×${height}`,
    sizeLines: (lines: number, width: number, height: number) =>
      `${lines}p, ${width}×${height}`,
    sizeOwn: "Own size",
    width: "Width",
    height: "Height",
    rate: "Frame rate",
    rateAsFilm: (rate: string) => `As the film, ${rate}`,
    ratePer: (rate: string) => `${rate} frames/s`,
    quality: "Quality",
    qualities: {
      good: "Good",
      high: "High",
      small: "Small file",
      own: "Own bit rate",
    },
    bitRate: "Bit rate, Mbit/s",
    soundRate: "Sound, kbit/s",
    captions: "Captions as a text track too",
    exact: "Exact colours",
    exactWhy:
      "Every pixel from the reference painter, as the command line makes it. Slower with a fast graphics card.",
    go: "Export",
    cancel: "Cancel",
    name: "File name",
    summary: (frames: number, length: string) =>
      `${count(frames, "frame", "frames")} · ${length}`,
    sound: (length: string) => `Sound · ${length}`,
    sizeWrong: (least: number, most: number) =>
      `Width and height are even whole numbers from ${least} to ${most}.`,
    rateWrong: "A bit rate is a number above 0.",
    toDownloads: "It arrives among the downloads.",
  },
  exports: {
    tell: "Tell me when it is done",
    queued: "It waits for the export before it.",
    beginNow: "Begin now",
    label: "Exports",
    none: "Nothing is being exported.",
    phases: {
      waiting: "Waiting",
      listening: "Measuring the sound",
      painting: "Making frames",
      joining: "Joining",
      saving: "Saving",
      done: "Done",
    },
    paused: "Paused",
    frames: (done: number, total: number) =>
      `${done.toLocaleString("en")} of ${count(total, "frame", "frames")}`,
    perSecond: (frames: number) =>
      `${frames >= 10 ? Math.round(frames) : frames.toFixed(1)} frames/s`,
    left: (time: string) => `${time} left`,
    resumed: (frames: number) =>
      `${count(frames, "frame was", "frames were")} there already`,
    pause: "Pause",
    resume: "Go on",
    cancel: "Stop",
    cancelSure: "Stop and throw it away?",
    cancelYes: "Throw away",
    cancelNo: "Keep going",
    done: (bytes: string, time: string) => `Done: ${bytes} in ${time}`,
    saved: (name: string) => `Saved as ${name}`,
    download: "Download",
    downloadAgain: "Download again",
    dismiss: "Dismiss",
    failed: "The export failed",
    leave: "An export is running. It can be resumed if you leave.",
    interrupted: "Unfinished exports",
    interruptedWhy:
      "A tab was closed, or something failed, while these were being made.",
    begun: (when: string) => `begun ${when}`,
    percent: (percent: number) => `${percent} %`,
    resumeIt: "Resume",
    chooseFiles: "Choose its folder",
    needsFiles:
      "Its media were local files. Choose the project's folder again to go on.",
    discard: "Discard",
    percentDone: (percent: number) => `(${percent} %) Cutroom`,
  },
  shortcuts: {
    heading: "Keyboard",
    close: "Close",
  },
  bin,
  captions,
  history,
  editor,
  palette,
  inspector,
  presets,
  saving,
  trouble: {
    heading: "While playing",
    dismiss: "Dismiss",
  },
} as const;
