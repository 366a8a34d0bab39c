/** What is said of new versions and of working without the network. */
export const offline = {
  news: {
    waiting: "A new version of Cutroom is ready.",
    elsewhere: "Another tab began with a new version of Cutroom.",
    threads: "Cutroom can use all of this computer's cores now.",
  },
  reload: "Reload",
  reloadKeeps: "What you made is kept.",
  later: "Later",
} as const;
