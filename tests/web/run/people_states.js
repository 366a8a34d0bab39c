// What a server with accounts says of people: who is in a film, where one is signed in, who there is.
import { record } from "./studio.js";
import { button } from "./use.js";

/**
 * @typedef {import("./studio.js").Json} Json
 * @typedef {import("./studio.js").Studio} Studio
 * @typedef {import("./studio_states.js").View} View
 */

const server = await record("server");
const film = await record("film");
const { films } = await record("films");

const DAY_MS = 24 * 3600 * 1000;
const NOW = 1795472640568;

/** @param {string} name */
const personOf = (name) => ({ name, admin: name === "ada", scope: "admin" });

/** What an owner of the film is told of it. */
export const shared = () => ({
  role: "owner",
  people: [
    { name: "mina", role: "owner" },
    { name: "jonas.weber@films.example.org", role: "editor" },
    { name: "tolu", role: "viewer" },
  ],
  invitations: [
    {
      id: 7,
      from: "mina",
      role: "editor",
      joins: false,
      created: NOW,
      expires: NOW + 7 * DAY_MS,
    },
  ],
});

const sessions = [
  {
    id: 3,
    device: "Firefox, Linux",
    created: NOW - DAY_MS,
    seen: NOW,
    expires: NOW + 13 * DAY_MS,
    current: true,
  },
  {
    id: 2,
    device: "Safari, iPhone",
    created: NOW - 5 * DAY_MS,
    seen: NOW - DAY_MS,
    expires: NOW + 9 * DAY_MS,
    current: false,
  },
  {
    id: 1,
    device: "",
    created: 0,
    seen: 0,
    expires: NOW + DAY_MS,
    current: false,
  },
];

const tokens = [
  {
    id: 5,
    name: "Nightly renders",
    scope: "write",
    created: NOW - 40 * DAY_MS,
    seen: NOW,
    expires: NOW + 325 * DAY_MS,
  },
];

const people = ["ada", "jonas.weber@films.example.org", "mina", "tolu"].map(
  (name) => ({
    name,
    admin: name === "ada",
    disabled: name === "tolu",
    created: NOW - 90 * DAY_MS,
    seen: name === "tolu" ? 0 : NOW,
    films: name.length,
  }),
);

const invitations = [
  {
    id: 9,
    from: "ada",
    scope: "write",
    created: NOW,
    expires: NOW + 6 * DAY_MS,
  },
];

const UNREACHED = {
  status: 500,
  body: {
    error: {
      code: "io",
      message: "The database failed: its disk is full.",
      place: "",
    },
  },
};

/**
 * A server with accounts, at which [name] has signed in.
 * @param {string} name
 * @param {Json | null} [told] who is in the film; null: that cannot be asked
 * @returns {Studio}
 */
export function withPeople(name, told = shared()) {
  /** @type {Json} */
  const lists = {
    "/api/films/bees/people": told,
    "/api/sessions": { sessions },
    "/api/tokens": { tokens },
    "/api/people": { people },
    "/api/invitations": { invitations },
  };
  return {
    server: {
      ...structuredClone(server),
      features: { ...server["features"], accounts: true },
    },
    films: [...films],
    states: [structuredClone(film)],
    person: personOf(name),
    answer: ({ method, path }) => {
      if (method !== "GET" || !(path in lists)) return undefined;
      return lists[path] ? { status: 200, body: lists[path] } : UNREACHED;
    },
  };
}

const FILM = "#/film/bees/storyboard";

/** @param {import("puppeteer-core").Page} page */
const openShare = async (page) => {
  await button(page, "Share").click();
  await page.waitForSelector("dialog[open] h2");
};

/** @param {() => Studio} studio @param {string} there @returns {View} */
const shareView = (studio, there) => ({
  hash: FILM,
  studio,
  ready: "main nav",
  act: async (page) => {
    await openShare(page);
    await page.waitForSelector(`dialog ${there}`);
  },
});

/** @param {string} tab @param {string} there @param {string} [name] @returns {View} */
const accountView = (tab, there, name = "mina") => ({
  hash: "#/",
  studio: () => withPeople(name),
  ready: "header button[aria-haspopup]",
  act: async (page) => {
    await button(page, `Signed in as ${name}`).click();
    await page.locator("[role=menuitem]::-p-text(Your account)").click();
    await page.locator(`dialog [role=tab]::-p-text(${tab})`).click();
    await page.waitForSelector(`dialog ${there}`);
  },
});

/** @type {Record<string, View>} */
export const PEOPLE_VIEWS = {
  "share-full": shareView(() => withPeople("mina"), "[data-person]"),
  "share-alone": shareView(
    () =>
      withPeople("mina", {
        role: "owner",
        people: [{ name: "mina", role: "owner" }],
        invitations: [],
      }),
    "[data-person]",
  ),
  "share-viewer": shareView(
    () =>
      withPeople("tolu", {
        role: "viewer",
        people: shared().people,
      }),
    "[data-person]",
  ),
  "share-failed": shareView(() => withPeople("mina", null), "[role=alert]"),
  "account-devices": accountView("Devices", "li"),
  "account-password": accountView("Password", "input[type=password]"),
  "account-tokens": accountView("Keys for programs", "li"),
  "account-people": accountView("People", "li", "ada"),
  "door-reset": {
    hash: "#reset=0123456789abcdef",
    studio: () => ({
      ...withPeople("mina"),
      isClosed: true,
      answer: () => undefined,
    }),
    ready: "main input[type=password]",
  },
  "door-not-taken": {
    hash: "#invitation=0123456789abcdef",
    studio: () => ({
      ...withPeople("mina"),
      answer: ({ path }) =>
        path === "/api/parts"
          ? {
              status: 403,
              body: {
                error: {
                  code: "denied",
                  message:
                    "this invitation was used already, is over, or leads into no film",
                  place: "invitation",
                },
              },
            }
          : undefined,
    }),
    ready: "main section[role=alert]",
  },
};
