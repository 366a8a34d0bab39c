import { now } from "@/state/session";
import { useVolume } from "@/state/volume";

/** Tells the player what the slider says. */
export function applyVolume() {
  const { gain, isMuted } = useVolume.getState();
  now().player?.setVolume(gain, isMuted);
}

export function setVolume(gain: number) {
  useVolume.setState({ gain, isMuted: false });
  applyVolume();
}

export function toggleMute() {
  useVolume.setState(({ isMuted }) => ({ isMuted: !isMuted }));
  applyVolume();
}
