// How a worker that computes lets messages in: a turn of its event loop, without a timer's delay.

const channel = new MessageChannel();
let waiting: (() => void)[] = [];
channel.port1.onmessage = () => {
  const resumed = waiting;
  waiting = [];
  for (const resume of resumed) resume();
};

/** Resolves after the messages that are waiting by now were handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
