/**
 * An island is a piece of a server-rendered page that a script takes over:
 * `<div data-island="place-map"><script type="application/json">{…}</script>…what the server drew…</div>`.
 * Its words and its data come with the page.
 */
export function eachIsland<Props>(name: string, start: (element: HTMLElement, props: Props) => void): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-island="${name}"]`)) {
    const data = element.querySelector<HTMLScriptElement>(':scope > script[type="application/json"]');
    start(element, JSON.parse(data?.textContent ?? '{}') as Props);
  }
}

/** Run once, when the element comes near the screen; at once where that cannot be observed. */
export function whenNear(element: Element, run: () => void): void {
  if (typeof IntersectionObserver === 'undefined') {
    run();
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        run();
      }
    },
    { rootMargin: '200px' },
  );
  observer.observe(element);
}
