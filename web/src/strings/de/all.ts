import type { Strings } from "@/strings";
import { account } from "./account";
import { bin } from "./bin";
import { captions } from "./captions";
import { door } from "./door";
import { editor } from "./editor";
import { history } from "./history";
import { home } from "./home";
import { inspector } from "./inspector";
import { motion } from "./motion";
import { count, number, short } from "./numbers";
import { offline } from "./offline";
import { palette } from "./palette";
import { people } from "./people";
import { plan } from "./plan";
import { presets } from "./presets";
import { saving } from "./saving";
import { share } from "./share";
import { sound } from "./sound";
import { stage } from "./stage";
import { storage } from "./storage";
import { storyboard } from "./storyboard";
import { studio } from "./studio";
import { timeline } from "./timeline";

/** Alles, was die Seite sagt, auf Deutsch. */
export const de: Strings = {
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
    heading: "Einen Film öffnen",
    lead: "Ziehe einen Projektordner hierher, oder Bilder, Clips und Ton für einen neuen. Nichts verlässt diesen Computer.",
    openFolder: "Projektordner öffnen",
    chooseMedia: "Medien wählen",
    dropHere: "Zum Öffnen loslassen",
    kinds:
      "Ordner von cutroom make · MP4, MOV, WebM, MKV · WAV, MP3, M4A, FLAC · PNG, JPEG, WebP",
  },
  busy: {
    engine: "Das Schnittwerk startet",
    reading: (files) =>
      `Der Ordner wird gelesen: ${count(files, "Datei", "Dateien")}`,
    opening: "Der Film wird geöffnet",
    page: "Dieser Teil der Seite wird geholt",
    seconds: (seconds) => `${seconds} s`,
    cancel: "Abbrechen",
  },
  failed: {
    engine: "Das Schnittwerk ist nicht gestartet",
    film: "Das ließ sich nicht öffnen",
    page: "Dieser Teil der Seite kam nicht an",
    pageWhy:
      "Die Verbindung ging verloren, oder die Seite wurde inzwischen erneuert. Nichts ist verloren: lade sie neu.",
    player: "Der Film kann nicht gezeigt werden",
    again: "Neu versuchen",
    other: "Etwas anderes öffnen",
    reload: "Seite neu laden",
    at: (place) => `bei ${place}`,
    unknown: "Etwas ging schief, das keine Beschreibung hat.",
  },
  reading: {
    several: (names) =>
      `Hier liegen mehrere Projekte: ${names}. Öffne den Ordner von einem davon.`,
    nothing: (names) =>
      `Darin sind weder project.json noch Medien. Gefunden: ${names}.`,
    empty: "Dieser Ordner ist leer.",
    tooMany: (limit) =>
      `In diesem Ordner sind mehr als ${number(limit)} Dateien. Öffne den Ordner des Projekts selbst.`,
    more: (names, left) => `${names} und ${left} weitere`,
  },
  missing: {
    heading: "Was diesem Browser fehlt",
    blocked: "Cutroom läuft hier nicht",
    offscreen:
      "Außerhalb des Hauptthreads lässt sich nichts malen, daher kann kein Film gezeigt werden. Ein aktueller Chromium, Chrome, Edge, Firefox oder Safari kann es.",
    webCodecs:
      "Dieser Browser hat kein WebCodecs: Filme laufen langsamer, und nur WAV, M4A, PNG und WebP lassen sich exportieren.",
    video: (names) =>
      `Dieser Browser kann ${names} nicht kodieren. Die anderen Formate lassen sich exportieren.`,
    storage:
      "Diese Seite darf keine eigenen Dateien behalten (vielleicht ein privates Fenster): Filme laufen, Exporte sind nicht möglich.",
    threads:
      "Dieser Server isoliert die Seite nicht, oder der Browser teilt keinen Speicher mit ihr; so hat das Schnittwerk einen Thread: alles geht, große Bilder langsamer.",
    savePicker:
      "Dieser Browser kann nicht fragen, wohin gesichert wird: Exporte landen bei den Downloads.",
    hide: "Ausblenden",
    details: "Grenzen hier",
  },
  head: {
    export: "Exportieren",
    exports: "Exporte",
    close: "Film schließen",
    shortcuts: "Tastatur",
    theme: "Aussehen",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
    language: "Sprache",
    asBrowser: "Wie der Browser",
    facts: (width, height, rate) =>
      `${width}×${height} · ${rate.replace(".", ",")} Bilder/s`,
  },
  media: {
    missing: (files) =>
      `${count(files, "Datei fehlt", "Dateien fehlen")}. Was sie braucht, bleibt schwarz oder stumm.`,
    locate: "Suchen",
    show: "Welche",
  },
  stage,
  transport: {
    label: "Abspielen",
    play: "Abspielen",
    pause: "Anhalten",
    back: "Ein Bild zurück",
    on: "Ein Bild weiter",
    toStart: "Zum Anfang",
    toEnd: "Zum Ende",
    loop: "Schleife",
    mute: "Stumm schalten",
    unmute: "Ton einschalten",
    volume: "Lautstärke",
    volumeValue: (decibels) => `${decibels} Dezibel`,
    position: "Stelle",
    positionValue: (at, of) => `${at} von ${of}`,
    quality: "Bildqualität",
    qualities: {
      auto: "Auto",
      full: "Voll",
      half: "Halb",
      quarter: "Viertel",
    },
    dropped: (frames) => `${count(frames, "Bild", "Bilder")} ausgelassen`,
    droppedWhy:
      "Unter Last weicht das Bild dem Ton. Eine geringere Bildqualität hilft.",
    rate: (rate) =>
      `${rate < 0 ? "−" : ""}${Math.abs(rate).toLocaleString("de")}×`,
    level: "Tonpegel",
  },
  timeline,
  export: {
    heading: "Film exportieren",
    format: "Format",
    formats: {
      mp4: { name: "MP4", note: "H.264 und AAC. Läuft überall" },
      vp9: { name: "WebM, VP9", note: "Fürs Web, offene Formate" },
      av1: { name: "WebM, AV1", note: "Am kleinsten, am langsamsten" },
      webp: { name: "Animiertes WebP", note: "Kurz und stumm, für Seiten" },
      png: { name: "PNG-Folge", note: "Jedes Bild, ohne Verlust" },
      m4a: { name: "M4A", note: "Nur der Ton, klein" },
      wav: { name: "WAV", note: "Nur der Ton, ohne Verlust" },
    },
    cannot: "In diesem Browser nicht möglich",
    size: "Größe",
    sizeAsFilm: (width, height) => `Wie der Film, ${width}×${height}`,
    sizeLines: (lines, width, height) => `${lines}p, ${width}×${height}`,
    sizeOwn: "Eigene Größe",
    width: "Breite",
    height: "Höhe",
    rate: "Bildrate",
    rateAsFilm: (rate) => `Wie der Film, ${rate.replace(".", ",")}`,
    ratePer: (rate) => `${rate.replace(".", ",")} Bilder/s`,
    quality: "Qualität",
    qualities: {
      good: "Gut",
      high: "Hoch",
      small: "Kleine Datei",
      own: "Eigene Bitrate",
    },
    bitRate: "Bitrate, Mbit/s",
    soundRate: "Ton, kbit/s",
    captions: "Untertitel auch als Textspur",
    exact: "Exakte Farben",
    exactWhy:
      "Jedes Pixel vom Referenzmaler, wie auf der Kommandozeile. Langsamer bei schneller Grafikkarte.",
    go: "Exportieren",
    cancel: "Abbrechen",
    name: "Dateiname",
    summary: (frames, length) =>
      `${count(frames, "Bild", "Bilder")} · ${length}`,
    sound: (length) => `Ton · ${length}`,
    sizeWrong: (least, most) =>
      `Breite und Höhe sind gerade ganze Zahlen von ${least} bis ${most}.`,
    rateWrong: "Eine Bitrate ist eine Zahl über 0.",
    toDownloads: "Er landet bei den Downloads.",
  },
  exports: {
    tell: "Sag Bescheid, wenn er fertig ist",
    queued: "Er wartet auf den Export davor.",
    beginNow: "Jetzt beginnen",
    label: "Exporte",
    none: "Nichts wird exportiert.",
    phases: {
      waiting: "Wartet",
      listening: "Der Ton wird gemessen",
      painting: "Bilder entstehen",
      joining: "Wird verbunden",
      saving: "Wird gesichert",
      done: "Fertig",
    },
    paused: "Angehalten",
    frames: (done, total) =>
      `${number(done)} von ${count(total, "Bild", "Bildern")}`,
    perSecond: (frames) =>
      `${frames >= 10 ? number(Math.round(frames)) : short(frames)} Bilder/s`,
    left: (time) => `noch ${time}`,
    resumed: (frames) =>
      `${count(frames, "Bild war", "Bilder waren")} schon da`,
    pause: "Anhalten",
    resume: "Weiter",
    cancel: "Abbrechen",
    cancelSure: "Abbrechen und wegwerfen?",
    cancelYes: "Wegwerfen",
    cancelNo: "Weitermachen",
    done: (bytes, time) => `Fertig: ${bytes} in ${time}`,
    saved: (name) => `Gesichert als ${name}`,
    download: "Herunterladen",
    downloadAgain: "Noch einmal herunterladen",
    dismiss: "Ausblenden",
    failed: "Der Export ist fehlgeschlagen",
    leave:
      "Ein Export läuft. Er lässt sich fortsetzen, wenn du die Seite verlässt.",
    interrupted: "Unfertige Exporte",
    interruptedWhy:
      "Ein Tab wurde geschlossen, oder etwas schlug fehl, während sie entstanden.",
    begun: (when) => `begonnen ${when}`,
    percent: (percent) => `${percent} %`,
    resumeIt: "Fortsetzen",
    chooseFiles: "Ordner wählen",
    needsFiles:
      "Die Medien waren lokale Dateien. Wähle den Ordner des Projekts noch einmal, um fortzufahren.",
    discard: "Verwerfen",
    percentDone: (percent) => `(${percent} %) Cutroom`,
  },
  shortcuts: {
    heading: "Tastatur",
    close: "Schließen",
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
    heading: "Beim Abspielen",
    dismiss: "Ausblenden",
  },
};
