/** The stage in full screen, or back. */
export function toggleFullscreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else
    void document
      .querySelector("[data-stage]")
      ?.requestFullscreen()
      .catch(() => undefined); // refused without a gesture: nothing changes
}
