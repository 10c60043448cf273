/** Let the application open without network: its worker keeps its page and the files that this visit was made of. */
export async function keepApplication(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register('/app/worker.js', { scope: '/app/' });
  const { active } = await navigator.serviceWorker.ready;
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`${location.origin}/static/`));
  active?.postMessage({ files: [...new Set(files)] });
}
