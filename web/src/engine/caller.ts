// How JavaScript calls C: texts go in as bytes that live as long as the call, results and faults come out as
// copies. Generated wrappers (generated/abi.ts) stand on it.

import { EngineError } from "./engine";
import type { EngineModule } from "./module";
import { STATUS_NAMES } from "./generated/status";

/** A decimal as C takes it. */
export function millionths(value: number): bigint {
  return BigInt(Math.round(value * 1e6));
}

/** Texts of one call in C's memory. */
export class Texts {
  #pointers: number[] = [];

  constructor(private readonly module: EngineModule) {}

  /** A terminated copy of `text`. */
  put(text: string): number {
    const bytes = new TextEncoder().encode(text);
    const pointer = this.module._malloc(bytes.length + 1);
    if (pointer === 0)
      throw new EngineError("NOMEM", "", "The engine is out of memory.");
    this.#pointers.push(pointer);
    const memory = new Uint8Array(this.module.wasmMemory.buffer);
    memory.set(bytes, pointer);
    memory[pointer + bytes.length] = 0;
    return pointer;
  }

  free(): void {
    for (const pointer of this.#pointers) this.module._free(pointer);
    this.#pointers = [];
  }
}

type Call = (symbols: EngineModule, texts: Texts) => number;

/** Calls symbols, and turns what they give into JavaScript. */
export class Caller {
  constructor(protected readonly module: EngineModule) {}

  /** What C answered, 0 or more; a failure is thrown. */
  protected number(call: Call): number {
    const texts = new Texts(this.module);
    let answer: number;
    try {
      answer = call(this.module, texts);
    } finally {
      texts.free();
    }
    if (answer < 0) throw this.#fault(answer);
    return answer;
  }

  protected nothing(call: Call): void {
    this.number(call);
  }

  protected flag(call: Call): boolean {
    return this.number(call) !== 0;
  }

  protected text(call: Call): string {
    return new TextDecoder().decode(this.bytes(call));
  }

  protected bytes(call: Call): Uint8Array<ArrayBuffer> {
    this.number(call);
    const at = this.module._cr_engine_result!();
    return this.#copy(at, this.module._cr_engine_result_length!());
  }

  // A copy: decoders do not take shared memory, and C's next call may free the original.
  #copy(at: number, length: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(length);
    copy.set(new Uint8Array(this.module.wasmMemory.buffer, at, length));
    return copy;
  }

  #terminated(at: number): string {
    const memory = new Uint8Array(this.module.wasmMemory.buffer);
    return new TextDecoder().decode(this.#copy(at, memory.indexOf(0, at) - at));
  }

  #fault(status: number): EngineError {
    const where = this.#terminated(this.module._cr_engine_fault_where!());
    const text = this.#terminated(this.module._cr_engine_fault_text!());
    const name = STATUS_NAMES[status] ?? "UNKNOWN";
    return new EngineError(name, where, text || name.toLowerCase());
  }
}
