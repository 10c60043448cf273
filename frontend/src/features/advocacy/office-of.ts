/** One of two words, hers first, as French writes an office: "députée ou député". */
const TWO_WORDS = /^(\S+) (?:ou|or) (\S+)$/;

/** What somebody is: the one of the network's two words that goes with how they are addressed, else what it says as it stands. */
export function officeOf(office: string, civility: string): string {
  const [, hers, his] = TWO_WORDS.exec(office) ?? [];
  return { Mme: hers, 'M.': his }[civility] ?? office;
}
