// What tests reach of the engine in ../fake, inside of the page.
interface Window {
  fake: {
    players: {
      calls: unknown[][];
      isClosed: boolean;
      state: Record<string, unknown>;
      set(part: object): void;
      trouble(message: string, place: string): void;
    }[];
    exports: {
      wishes: Record<string, unknown>;
      state: Record<string, unknown>;
      set(part: object): void;
      end(bytes: number): void;
      breakDown(message: string): void;
    }[];
    letOpen: (() => void) | null;
    leaks: number;
  };
}
