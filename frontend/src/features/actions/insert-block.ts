/** A brief with a block on a line of its own where the cursor stands, and where the cursor stands after it. */
export function insertBlock(text: string, at: number, written: string): { text: string; at: number } {
  const before = text.slice(0, at).trimEnd();
  const head = `${before ? `${before}\n\n` : ''}${written}\n\n`;
  return { text: head + text.slice(at).trimStart(), at: head.length };
}
