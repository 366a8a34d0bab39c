import { addressedProject, openAddress } from "@/actions/open_film";
import { startEngine } from "@/engine/start";
import { keepForOffline, startOffline } from "@/offline/offline";
import { failureOf } from "@/state/failure";
import { change } from "@/state/session";

/** Brings the engine up, and with it the exports that an earlier tab left. */
export async function bringUpEngine() {
  change({ scene: { kind: "starting", since: Date.now() } });
  try {
    await startOffline();
    const engine = await startEngine("./engine/");
    change({ engine, scene: { kind: "start" } });
    const address = addressedProject();
    if (address) void openAddress(address);
    void keepForOffline();
    change({ interrupted: await engine.interrupted() });
  } catch (error) {
    change({ scene: { kind: "noEngine", failure: failureOf(error) } });
  }
}
