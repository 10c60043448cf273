// Shows new mails by itself, unless somebody is typing a search.
const { newest } = document.currentScript.dataset;
const words = new URLSearchParams(location.search);
if (!words.get('q') && !Number(words.get('page'))) {
  setInterval(async () => {
    if (document.hidden || document.activeElement?.type === 'search') return;
    const answer = await fetch('/api/newest').catch(() => null);
    if (answer?.ok && (await answer.json()).id !== newest) location.reload();
  }, 2000);
}
