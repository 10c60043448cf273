/** Letters and digits in lower case without accents, all else as one space: what a search compares. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** « nord 1 » finds "Nord, 1re circonscription" and "Nord, constituency 1": its words one after another, or each as a word's beginning. */
export function isFound(text: string, query: string): boolean {
  const [folded, wanted] = [fold(text), fold(query)];
  return folded.includes(wanted) || wanted.split(' ').every((word) => ` ${folded}`.includes(` ${word}`));
}
