// Calls across a message port, typed at both ends. A call answers with a value or rejects with the EngineError
// that was thrown over there; events go one way.

import { EngineError } from "./engine";
import { stopFailure } from "./engine_failure";

/** What one end offers to be called; values must be structured-cloneable. */
type Offers<H> = { [K in keyof H]: (...args: never[]) => unknown };

/** Either end: a Worker, or a worker's own scope. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(
    type: "message",
    listener: (event: MessageEvent) => void,
  ): void;
}

type Message =
  | { kind: "call"; id: number; name: string; args: unknown[] }
  | { kind: "answer"; id: number; value: unknown }
  | {
      kind: "failure";
      id: number;
      status: string;
      place: string;
      text: string;
    }
  | { kind: "event"; name: string; value: unknown };

function failureOf(id: number, thrown: unknown): Message {
  if (thrown instanceof WebAssembly.RuntimeError)
    return failureOf(id, stopFailure(thrown));
  if (thrown instanceof EngineError) {
    const { status, place, message } = thrown;
    return { kind: "failure", id, status, place, text: message };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: "failure", id, status: "UNKNOWN", place: "", text };
}

/** A handler's value with what of it goes over instead of being copied. */
export class Transferred<T> {
  constructor(
    readonly value: T,
    readonly things: Transferable[],
  ) {}
}

/** What a caller gets of a handler's value. */
type Arrived<T> = Awaited<T> extends Transferred<infer V> ? V : Awaited<T>;

/** Answers the calls that arrive at `port`. Gives the way to send events back. */
export function serve<H extends Offers<H>, E>(
  port: Port,
  handlers: H,
): <K extends keyof E & string>(name: K, value: E[K]) => void {
  const answer = async (message: Message): Promise<void> => {
    if (message.kind !== "call") return;
    const { id, name, args } = message;
    try {
      const handler = handlers[name as keyof H] as unknown as (
        ...args: unknown[]
      ) => unknown;
      const given = await handler(...args);
      const isTransferred = given instanceof Transferred;
      const value: unknown = isTransferred ? given.value : given;
      const things = isTransferred ? given.things : [];
      port.postMessage({ kind: "answer", id, value } satisfies Message, things);
    } catch (thrown) {
      port.postMessage(failureOf(id, thrown), []);
    }
  };
  port.addEventListener("message", (event) => void answer(event.data));
  return (name, value) =>
    port.postMessage({ kind: "event", name, value } satisfies Message, []);
}

/** The calling end of a port. */
export class Remote<H extends Offers<H>, E> {
  #lastId = 0;
  #open = new Map<
    number,
    { resolve(value: unknown): void; reject(why: Error): void }
  >();
  #listeners = new Map<string, (value: unknown) => void>();
  #end: EngineError | null = null;

  constructor(private readonly port: Port) {
    port.addEventListener("message", (event) => this.#take(event.data));
  }

  call<K extends keyof H & string>(
    name: K,
    args: Parameters<H[K]>,
    transfer: Transferable[] = [],
  ): Promise<Arrived<ReturnType<H[K]>>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // Nobody would answer.
      if (this.#end) return reject(this.#end);
      this.#open.set(id, {
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.port.postMessage(
        { kind: "call", id, name, args } satisfies Message,
        transfer,
      );
    });
  }

  /** One listener an event. */
  on<K extends keyof E & string>(
    name: K,
    listener: (value: E[K]) => void,
  ): void {
    this.#listeners.set(name, listener as (value: unknown) => void);
  }

  /** The other end is gone: whoever waits for it hears why. */
  fail(why: EngineError): void {
    for (const { reject } of this.#open.values()) reject(why);
    this.#open.clear();
  }

  /** The other end is gone for good: so does whoever calls from now on. */
  end(why: EngineError): void {
    this.#end = why;
    this.fail(why);
  }

  #take(message: Message): void {
    if (message.kind === "event") {
      this.#listeners.get(message.name)?.(message.value);
    } else if (message.kind !== "call") {
      const waiting = this.#open.get(message.id);
      this.#open.delete(message.id);
      if (message.kind === "answer") waiting?.resolve(message.value);
      else
        waiting?.reject(
          new EngineError(message.status, message.place, message.text),
        );
    }
  }
}
