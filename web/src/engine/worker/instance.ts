// Loads the engine's module into this worker and starts it.

import { Abi } from "../generated/abi";
import type { EngineModule, ModuleOptions } from "../module";
import type { Start } from "../protocol";
import { EngineError, type FilmSource } from "../engine";
import { Texts } from "../caller";
import { fetchPart, importPart, startFailure } from "../engine_failure";

/** The module that runs here. */
export interface Instance {
  module: EngineModule;
  abi: Abi;
}

interface Factory {
  default(options: ModuleOptions): Promise<EngineModule>;
}

async function fetchBlob(url: string): Promise<Blob> {
  return (await fetchPart(url)).blob();
}

/** The fonts, as files that C can open: text is drawn at once when it comes up, so they are there before. */
async function fetchFonts(folder: string): Promise<Map<string, Blob>> {
  const list = await fetchBlob(new URL("fonts.txt", folder).href);
  const names = (await list.text())
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const fonts = await Promise.all(
    names.map(async (name): Promise<[string, Blob]> => {
      return [name, await fetchBlob(new URL(name, folder).href)];
    }),
  );
  return new Map<string, Blob>([["fonts.txt", list], ...fonts]);
}

/** The module with its memory, and with its threads where it has some. */
function instantiate(factory: Factory, start: Start): Promise<EngineModule> {
  return new Promise((resolve, reject) => {
    factory
      .default({
        instantiateWasm(imports, done) {
          // The factory would wait for ever for what it does not do itself.
          WebAssembly.instantiate(start.wasm, imports)
            .then((instance) => done(instance, start.wasm))
            .catch(reject);
        },
        print: (line) => console.info(line),
        printErr: (line) => console.warn(line),
      })
      .then(resolve, reject);
  });
}

/** An engine without a film. Rejects with a sentence. */
export async function startInstance(start: Start): Promise<Instance> {
  const script = new URL("engine.mjs", start.module).href;
  const [factory, fonts] = await Promise.all([
    importPart<Factory>(script),
    fetchFonts(start.fonts),
  ]);
  const module = await instantiate(factory, start).catch((why: unknown) => {
    throw startFailure(why, script);
  });
  // A browser that gives no private files still plays; whatever needs them says so.
  await module.crOpfs.start().catch((why: Error) => console.info(why.message));
  const texts = new Texts(module);
  const status = module._cr_engine_open!(
    texts.put(module.crFiles.addFolder(fonts)),
  );
  texts.free();
  if (status !== 0)
    throw new EngineError("NOMEM", "", "The engine could not be started.");
  return { module, abi: new Abi(module) };
}

/** Where C finds the assets of `source`. Call the second when they are no longer needed. */
export async function openFolder(
  instance: Instance,
  source: FilmSource,
): Promise<[string, () => void]> {
  if (source.kind === "url") return [source.base.replace(/\/+$/, ""), () => {}];
  if (source.kind === "opfs") {
    const folder = `opfs:/${source.folder.replace(/^\/+/, "")}`;
    await instance.module.crOpfs.prepare([folder]);
    return [folder, () => {}];
  }
  const folder = instance.module.crFiles.addFolder(source.files);
  return [folder, () => instance.module.crFiles.removeFolder(folder)];
}
