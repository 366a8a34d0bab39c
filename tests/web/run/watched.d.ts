// What film.test.js keeps in the page: lengths of its long tasks, in milliseconds.
interface Window {
  longTasks: number[];
}
