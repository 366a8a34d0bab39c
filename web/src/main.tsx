import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadLanguage } from "@/state/language";
import "./app.css";

/** All texts are taken from the catalogue as the page's modules are loaded: it comes first. */
async function begin(place: HTMLElement) {
  await loadLanguage();
  const { App } = await import("@/app");
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

const place = document.getElementById("page");
if (place) void begin(place);
