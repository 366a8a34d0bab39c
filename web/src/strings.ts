/** Everything that the page says, in one place: another language is another one of these. */
export const strings = {
  name: "Cutroom",
};
