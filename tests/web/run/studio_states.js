// The states that a film of the studio can be in: each is the recorded one, changed.
import { PEOPLE_VIEWS } from "./people_states.js";
import { record } from "./studio.js";

/**
 * @typedef {import("./studio.js").Json} Json
 * @typedef {import("./studio.js").Studio} Studio
 */

const server = await record("server");
const asking = await record("asking");
const done = await record("film");
const { films } = await record("films");

/** @template T @param {T} value @returns {T} */
const copy = (value) => structuredClone(value);

/** @param {number} doneOf @param {number} total @param {object} [more] */
const progress = (doneOf, total, more = {}) => ({
  done: doneOf,
  total,
  failed: 0,
  active: 0,
  percent: Math.round((100 * doneOf) / total),
  ...more,
});

/** @param {string} unit @param {string} state */
const unmade = (unit, state) => ({ state, unit, variants: [] });

/**
 * Takes back what was made of [film] where [stateOf] does not say "done".
 * @param {Json} film
 * @param {(kind: "picture" | "voice" | "motion", position: number) => string} stateOf
 */
function takeBack(film, stateOf) {
  for (const scene of Object.values(film["scenes"]))
    for (const kind of /** @type {const} */ (["picture", "voice", "motion"])) {
      const state = stateOf(kind, scene.position);
      const unit = `scene/${scene.number}/${kind}`;
      film["units"][unit].state = state;
      if (state === "running") film["units"][unit].since = Date.now() - 12_000;
      if (state !== "done")
        scene[kind === "motion" ? "clip" : kind] = unmade(unit, state);
    }
  delete film["film"];
  return film;
}

/** A film whose questions are thought of. */
export function thinking() {
  const { questions: _, ...film } = copy(asking);
  film["units"]["questions"].state = "running";
  return {
    ...film,
    status: "working",
    phase: "plan",
    percent: 2,
    changed: Date.now() - 2000,
  };
}

/** A film that asks. */
export const withQuestions = () => copy(asking);

/** A film whose script is written. */
export function writing() {
  const film = copy(asking);
  film["units"]["script"].state = "running";
  return {
    ...film,
    status: "working",
    phase: "script",
    percent: 8,
    changed: Date.now() - 3000,
  };
}

/** A film whose pictures, voices and clips arrive. */
export function making() {
  const film = takeBack(copy(done), (kind, position) => {
    if (kind === "picture")
      return position < 4 ? "done" : position === 4 ? "running" : "waiting";
    if (kind === "voice") return position < 3 ? "done" : "running";
    return position === 1 ? "done" : position === 2 ? "running" : "waiting";
  });
  film["music"] = { ...unmade("music", "running"), mood: "curious" };
  return {
    ...film,
    status: "working",
    phase: "storyboard",
    percent: 47,
    changed: Date.now() - 12_000,
    questions: asking["questions"],
    phases: {
      ...film["phases"],
      storyboard: progress(3, 5, { active: 1 }),
      sound: progress(2, 6, { active: 3 }),
      motion: progress(1, 5, { active: 1 }),
      edit: progress(0, 1),
    },
  };
}

/** A film that is made, with costs. */
export function made() {
  const film = copy(done);
  film["questions"] = asking["questions"];
  film["brief"] = {
    ...film["brief"],
    style: "Flat illustration",
    tone: "Curious",
    audience: "Ten-year-olds",
  };
  film["scenes"]["1"].isApproved = true;
  film["ledger"] = { ...film["ledger"], spent: 1.34 };
  return film;
}

const PAID = "a paid service";

const failures = {
  picture: `The picture of scene 3 was refused by ${PAID}: it names a person. Change what is seen, or take another painter.`,
  voice: `The voice of scene 2 did not come: ${PAID} is overloaded. Nothing was charged.`,
  motion: `The clip of scene 2 did not come within ten minutes. Nothing was charged; trying again costs about $0.35.`,
};

/** A film of which one picture, one voice and one clip failed. */
export function failed() {
  const film = takeBack(made(), (kind, position) => {
    const bad = { picture: 3, voice: 2, motion: 2 }[kind];
    if (position === bad) return "failed";
    return kind === "motion" && position > 2 ? "waiting" : "done";
  });
  const faults = {
    "scene/3/picture": failures.picture,
    "scene/2/voice": failures.voice,
    "scene/2/motion": failures.motion,
  };
  for (const [unit, message] of Object.entries(faults))
    film["units"][unit].fault = { message, class: "refused" };
  film["music"] = unmade("music", "failed");
  film["units"]["music"] = {
    ...film["units"]["music"],
    state: "failed",
    fault: { message: "There is no music of this mood yet.", class: "missing" },
  };
  return {
    ...film,
    status: "failed",
    phase: "storyboard",
    percent: 61,
    fault: { message: failures.picture, unit: "scene/3/picture" },
    phases: {
      ...film["phases"],
      storyboard: progress(4, 5, { failed: 1 }),
      sound: progress(4, 6, { failed: 2 }),
      motion: progress(1, 5, { failed: 1 }),
      edit: progress(0, 1),
    },
    decisions: [
      {
        unit: "scene/3/picture",
        scene: 3,
        text: `${failures.picture} How should it go on?`,
        choices: [
          { value: "retry", label: "Try again", cost: 0.04 },
          { value: "builtin-painter", label: "Built-in painter", cost: 0 },
        ],
      },
    ],
  };
}

/** A plan that could not be thought of. */
export function failedPlan() {
  const film = thinking();
  const message =
    "The writer did not answer: the network is not reachable. Nothing was charged.";
  film["units"]["questions"].state = "failed";
  film["units"]["questions"].fault = { message, class: "network" };
  return {
    ...film,
    status: "failed",
    fault: { message, unit: "questions" },
    phases: { plan: progress(0, 1, { failed: 1 }) },
  };
}

/** A storyboard that waits for an approval. */
export function held() {
  const film = takeBack(made(), (kind) =>
    kind === "motion" ? "waiting" : "done",
  );
  return {
    ...film,
    status: "waiting",
    phase: "storyboard",
    percent: 66,
    isHeld: true,
    phases: { ...film["phases"], motion: progress(0, 5), edit: progress(0, 1) },
  };
}

const costs = {
  estimate: {
    currency: "USD",
    cap: 10,
    spent: 1.34,
    reserved: 0.35,
    left: 8.31,
    cost: 1.72,
    phases: {
      storyboard: {
        cost: 0.04,
        lines: [
          {
            kind: "picture",
            provider: "paid-painter",
            name: "Paid painter",
            units: 1,
            cost: 0.04,
          },
        ],
      },
      motion: {
        cost: 1.68,
        lines: [
          {
            kind: "clip",
            provider: "paid-motion",
            name: "Paid motion",
            units: 4,
            cost: 1.68,
            isRough: true,
          },
        ],
      },
    },
  },
  ledger: {
    currency: "USD",
    cap: 10,
    spent: 1.34,
    reserved: 0.35,
    lines: [1, 2, 3, 4].map((scene) => ({
      id: scene,
      unit: `scene/${scene}/picture`,
      scene,
      provider: "paid-painter",
      model: "Paid painter, large",
      state: "bought",
      reserved: 0,
      cost: 0.04,
      created: 1795472640568 + scene * 4000,
      changed: 1795472640568 + scene * 9000,
    })),
  },
};

/** What the home shows of films in every state. */
export const manyFilms = () => [
  {
    ...films[2],
    id: "beavers",
    title: "How Beavers Build",
    status: "working",
    percent: 47,
    isFinished: false,
    poster: "/films/bees/assets/bees-4-picture.webp",
  },
  {
    ...films[2],
    id: "asks",
    title: "How to Repot a House Plant",
    status: "asking",
    percent: 5,
    seconds: 0,
    isFinished: false,
    poster: undefined,
  },
  {
    ...films[2],
    id: "failed",
    title: "The Longest Night at the Harbour and What Came After",
    status: "failed",
    percent: 61,
    isFinished: false,
    poster: "/films/bees/assets/bees-3-picture.webp",
  },
  ...films,
];

/** @param {Json} [film] @returns {Studio} a server with this one film */
export const withFilm = (film) => ({
  server: copy(server),
  films: film ? [...films] : [],
  states: film ? [film] : [],
  ...(film && film["ledger"].spent > 0 ? costs : {}),
});

/** @returns {Studio} */
export const withFilms = () => ({ ...withFilm(made()), films: manyFilms() });

/**
 * @typedef {object} View
 * @property {string} hash where it is
 * @property {() => Studio} studio what the server says
 * @property {string} ready what is there once the server has told
 * @property {(page: import("puppeteer-core").Page) => Promise<unknown>} [act] what is done then
 */

/** @param {string} page @param {() => Json} film @returns {View} */
const filmView = (page, film) => ({
  hash: `#/film/bees/${page}`,
  studio: () => withFilm(film()),
  ready: "main nav",
});

/** @param {() => Studio} studio @param {string} ready @returns {View} */
const homeView = (studio, ready) => ({ hash: "#/", studio, ready });

/**
 * Every view of the studio in every state.
 * @type {Record<string, View>}
 */
export const VIEWS = {
  "home-empty": homeView(() => withFilm(), "main form"),
  "home-busy": homeView(() => ({ ...withFilm(), isMute: true }), "main form"),
  "home-full": homeView(withFilms, "main li img"),
  "home-failed": homeView(
    () => ({ ...withFilm(), isDead: true }),
    "main p[role=status]",
  ),
  "door-empty": {
    hash: "#/",
    studio: () => ({ ...withFilm(), isClosed: true }),
    ready: "main input[type=password]",
  },
  "door-invited": {
    hash: "#invitation=0123456789abcdef",
    studio: () => ({ ...withFilm(), isClosed: true }),
    ready: "main input[type=password]",
  },
  "door-link": {
    hash: "#/",
    studio: () => ({
      ...withFilm(),
      isClosed: true,
      answer: () => ({
        status: 401,
        body: {
          error: {
            code: "nosession",
            message:
              "Open the link that `cutroom serve` printed: it works once, in one browser. Start it again for another.",
            place: "",
          },
        },
      }),
    }),
    ready: "main h1",
  },
  "film-gone": {
    hash: "#/film/nothing",
    studio: () => withFilm(),
    ready: "main [role=alert]",
  },
  "plan-empty": filmView("plan", thinking),
  "plan-busy": filmView("plan", writing),
  "plan-full": filmView("plan", withQuestions),
  "plan-done": filmView("plan", made),
  "plan-failed": filmView("plan", failedPlan),
  "storyboard-held": filmView("storyboard", held),
};
Object.assign(VIEWS, PEOPLE_VIEWS);
for (const page of ["storyboard", "sound", "motion"]) {
  VIEWS[`${page}-empty`] = filmView(page, writing);
  VIEWS[`${page}-busy`] = filmView(page, making);
  VIEWS[`${page}-full`] = filmView(page, made);
  VIEWS[`${page}-failed`] = filmView(page, failed);
}
