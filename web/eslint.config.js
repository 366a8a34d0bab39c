// Only the layers; format is Prettier's, types are TypeScript's. Each rule says why it is there.
import parser from "@typescript-eslint/parser";

const inside = (files, patterns) => ({
  files,
  languageOptions: { parser },
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

const abi = {
  regex: "^(@|\\.\\.?)(/.*)?/engine/(?!(engine|start)$).+",
  message:
    "Only src/engine knows how the engine is reached: import @/engine/engine, the facade, or @/engine/start.",
};
const views = {
  regex: "(^\\.\\./)|(^@/views/)",
  message:
    "A view imports no other view: what two of them need goes to @/parts or @/state, and app.tsx puts them together.",
};
const upwards = {
  regex: "^@/(views|actions|state|app)(/|$)",
  message:
    "A part is a plain control: it is told everything by its properties.",
};
const screens = {
  regex: "^@/(views|parts|app)(/|$)",
  message:
    "What the user means and what is the case do not depend on how it looks.",
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  inside(["src/**/*.{ts,tsx}"], [abi]),
  inside(["src/engine/**"], [screens]),
  inside(["src/views/**"], [abi, views]),
  inside(["src/parts/**"], [abi, upwards]),
  inside(["src/actions/**", "src/state/**"], [abi, screens]),
];
