/** "Nadia Ferhat" -> "NF"; one letter for one name. */
export function initials(name: string): string {
  const words = name.split(/[\s-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => word?.[0]?.toLocaleUpperCase() ?? '').join('');
}
