import { askForTarget } from "@/actions/export_target";
import { followExport } from "@/actions/follow_export";
import type { ExportWishes, Player } from "@/engine/engine";
import { failureOf, isUsersChoice } from "@/state/failure";
import { now, type Failure } from "@/state/session";

/** What is on the stage, to know the export by; "" where nothing is. */
async function posterOf(player: Player | null): Promise<string> {
  try {
    const picture = await player?.still();
    return picture?.size ? URL.createObjectURL(picture) : "";
  } catch {
    return "";
  }
}

/** Asks for a place and exports the open film there. Gives what went wrong, if anything. */
export async function startExport(
  wishes: ExportWishes,
  name: string,
): Promise<Failure | null> {
  const { engine, open, player } = now();
  if (!engine || !open) return null;
  const { film } = open;
  try {
    const target = await askForTarget(name, wishes.format);
    player?.pause();
    const poster = await posterOf(player);
    const job = await engine.export(film, wishes, target);
    followExport(job, film.info.title, wishes, target, poster);
    return null;
  } catch (error) {
    return isUsersChoice(error) ? null : failureOf(error);
  }
}
