import { saveNow } from "@/actions/save_film";
import { takeNews } from "@/offline/offline";

/** Loads the page again with what is new, with everything that was made kept before. */
export async function reloadWithNews() {
  await saveNow();
  await takeNews();
}
