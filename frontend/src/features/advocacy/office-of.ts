/** An office as French writes it for both: "députée ou député". */
const TWO_WORDS = /^(\S+) ou (\S+)$/;

/** What somebody is: the one of the network's two words that goes with how they are addressed, else what it says as it stands. */
export function officeOf(office: string, civility: string): string {
  const words = TWO_WORDS.exec(office)?.slice(1) ?? [];
  // Hers is the one that ends in "e", whichever comes first; where both do, or neither, it cannot be told.
  const hers = words.filter((word) => word.endsWith('e'));
  const his = words.filter((word) => !word.endsWith('e'));
  if (hers.length !== 1) return office;
  return { Mme: hers[0], 'M.': his[0] }[civility] ?? office;
}
