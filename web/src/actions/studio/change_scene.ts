import { order } from "@/actions/studio/change_film";
import type {
  MotionWish,
  NewScene,
  PictureWish,
  SceneEdit,
  Split,
  VoiceWish,
} from "@/server/types";

const scene = (number: number, rest = "") => `/scenes/${number}${rest}`;

export const editScene = (id: string, number: number, edit: SceneEdit) =>
  order(id, "PATCH", scene(number), edit);

export const addScene = (id: string, added: NewScene) =>
  order(id, "POST", "/scenes", added);

export const removeScene = (id: string, number: number) =>
  order(id, "DELETE", scene(number));

export const restoreScene = (id: string, number: number) =>
  order(id, "POST", scene(number, "/restore"));

/** Puts the scenes into the order of [numbers]. */
export const orderScenes = (id: string, numbers: number[]) =>
  order(id, "POST", "/scenes/order", { order: numbers });

export const splitScene = (id: string, number: number, split: Split) =>
  order(id, "POST", scene(number, "/split"), split);

/** One scene of this and the next. */
export const mergeScene = (id: string, number: number) =>
  order(id, "POST", scene(number, "/merge"));

export const remakePicture = (id: string, number: number, wish: PictureWish) =>
  order(id, "POST", scene(number, "/picture"), wish);

export const remakeVoice = (id: string, number: number, wish: VoiceWish) =>
  order(id, "POST", scene(number, "/voice"), wish);

export const remakeClip = (id: string, number: number, wish: MotionWish) =>
  order(id, "POST", scene(number, "/motion"), wish);

/** Back to what was made before; costs nothing. */
export const chooseVariant = (
  id: string,
  number: number,
  what: "picture" | "voice" | "motion",
  variant: number,
) => order(id, "PUT", scene(number, `/${what}`), { variant });
