// How text looks that says nothing of itself: the table of docs/project-format.md.
import type { Clip, Project, TextStyle, Track } from "@/state/project";

type Full = Required<TextStyle>;

const TITLE: Full = {
  font: "",
  weight: 700,
  italic: false,
  size: 96,
  color: "#ffffffff",
  outline_color: "#000000ff",
  shadow_color: "#00000080",
  box_color: "#00000000",
  highlight_color: "#00000000",
  outline: 0,
  shadow: 4,
  box_padding: 12,
  letter_spacing: 0,
  line_spacing: 1,
  align: "center",
  vertical: "middle",
  margin: 80,
  width_max: 0,
};

const CAPTION: Full = {
  ...TITLE,
  weight: 600,
  size: 54,
  outline: 3,
  shadow: 0,
  vertical: "bottom",
};

/** A style with its defaults, of titles or of captions. */
export const fullStyle = (
  style: TextStyle | undefined,
  kind: "title" | "caption",
): Full => ({ ...(kind === "title" ? TITLE : CAPTION), ...style });

/** How a clip's text looks: its own style, else the track's, else the project's. */
export function styleOf(clip: Clip, track: Track, project: Project): Full {
  if (clip.kind === "caption") {
    const style = clip.style ?? track.style ?? project.caption_style;
    return fullStyle(style, "caption");
  }
  if (clip.style) return fullStyle(clip.style, "title");
  if (track.style) return fullStyle(track.style, "caption");
  return fullStyle(project.title_style, "title");
}
