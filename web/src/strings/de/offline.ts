export const offline = {
  news: {
    waiting: "Eine neue Fassung von Cutroom ist da.",
    elsewhere: "Ein anderer Tab hat mit einer neuen Fassung begonnen.",
    threads: "Cutroom kann jetzt alle Kerne dieses Computers nutzen.",
  },
  reload: "Neu laden",
  reloadKeeps: "Was du gemacht hast, bleibt.",
  later: "Später",
} as const;
