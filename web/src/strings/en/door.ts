/** What is said where people sign in. */
export const door = {
  heading: "Sign in",
  lead: "The films of this server are for those who have an account.",
  joinHeading: "You are invited",
  joinLead: "Choose a name and a password, and your films are kept here.",
  linkHeading: "This server is closed",
  name: "Name",
  password: "Password",
  rule: (letters: number) =>
    `At least ${letters} characters. A sentence is a good password.`,
  signIn: "Sign in",
  join: "Join",
  entering: "One moment",
  beside: "Without signing in",
  signedIn: (name: string) => `Signed in as ${name}`,
  signOut: "Sign out",
  signOutAll: "Sign out everywhere",
  invite: "Invite somebody",
  invited: "Invitation",
  invitedLead:
    "Whoever opens this link can join, once, within a week. It is shown only here.",
  copy: "Copy",
  copied: "Copied",
  close: "Close",
} as const;
