/** Say a sentence to screen readers, without moving the focus: one polite live region for each element. */
export function announcer(beside: HTMLElement): (sentence: string) => void {
  const region = document.createElement('p');
  region.className = 'sr-only';
  region.setAttribute('role', 'status');
  beside.append(region);
  return (sentence) => {
    region.textContent = sentence;
  };
}

/** Fill `{name}` in a sentence that came with the page. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
