// What tests keep in the page: lengths of its long tasks, in milliseconds, and its ears.
interface Window {
  longTasks: number[];
  contexts: AudioContext[];
}
