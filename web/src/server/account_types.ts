/** What servers with accounts say of people; docs/api/openapi.json describes it. Times are milliseconds since 1970. */
import type { Part, Person } from "@/server/types";

export type Role = Exclude<Part["role"], "none">;

/** Of GET …/people: an invitation into a film that nobody took yet. */
export interface FilmInvitation {
  id: number;
  from: string;
  role: Role;
  /** Somebody who has no account can join by it. */
  joins: boolean;
  created: number;
  expires: number;
}

/** GET …/people. */
export interface FilmPeople {
  /** One's own. */
  role: Role;
  people: { name: string; role: Role }[];
  /** For owners only. */
  invitations?: FilmInvitation[];
}

/** POST /api/parts: an invitation into a film was taken. */
export interface Taken {
  film: string;
  role: Role;
}

/** Of GET /api/sessions. */
export interface SessionLine {
  id: number;
  /** In words of the server's: "Firefox, Linux"; "" where it is not known. */
  device: string;
  created: number;
  /** 0: never. */
  seen: number;
  expires: number;
  current: boolean;
}

/** Of GET /api/tokens. */
export interface TokenLine {
  id: number;
  name: string;
  scope: Person["scope"];
  created: number;
  /** 0: never. */
  seen: number;
  expires: number;
}

/** PUT /api/password. */
export interface PasswordChange {
  password: string;
  wanted: string;
}

/** Of GET /api/invitations: one to the server that nobody took yet. */
export interface InvitationLine {
  id: number;
  from: string;
  /** "admin": whoever joins runs the server. */
  scope: "write" | "admin";
  created: number;
  expires: number;
}

/** Of GET /api/people. */
export interface AccountLine {
  name: string;
  admin: boolean;
  disabled: boolean;
  created: number;
  /** 0: never. */
  seen: number;
  films: number;
}
