'use strict';
/* The application opens without network: its one page and the files that it is made of are kept here, the same for everybody.
   What it asks of the server never is: that is locked in the vault, and goes with it. */
const CACHE = 'maillage-app';
const PAGE = '/app/';
/* The page as it was last said, until all the files that it names are kept too. */
const NEXT = '/app/?next';
/* One bar at the edge of a village looks like a network and answers nothing. */
const PATIENCE = 5000;

const isFile = (url) => url.origin === self.location.origin && url.pathname.startsWith('/static/');

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => event.waitUntil(keep(event.data.files)));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.mode === 'navigate' && url.pathname.startsWith(PAGE)) event.respondWith(page(event));
  else if (request.method === 'GET' && isFile(url)) event.respondWith(file(request));
});

/* The page as the server says it, else as it was last kept with its files. A full disk changes no answer. That it is a worker who asks is
   said: an answer that clears the storage would end this worker in the middle of it, and the browser show an error. */
async function page(event) {
  const { url, headers } = event.request;
  const said = { Accept: headers.get('Accept') ?? '*/*', 'Maillage-Worker': '1' };
  const asked = fetch(url, { headers: said, redirect: 'manual' }).then(whole);
  event.waitUntil(asked.then(note).catch(() => undefined)); // no room, or no network: what was kept before stays
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  return answer ?? (await caches.match(PAGE, { ignoreVary: true }).catch(() => undefined)) ?? asked;
}

/* Read to its end before anybody sees it: a network that goes away in the middle is no network. */
async function whole(answer) {
  return answer.ok ? new Response(await answer.blob(), answer) : answer;
}

async function note(answer) {
  if (!answer.ok) return;
  const copy = answer.clone(); // before anybody reads it
  await (await caches.open(CACHE)).put(NEXT, copy);
}

/* The build puts a hash into each name: what is kept under one is what the server would say. */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true }).catch(() => undefined)) ?? fetch(request);
}

/* Keep these files, those that the page names, and no others; the page itself only once they are all there. */
async function keep(files) {
  const cache = await caches.open(CACHE);
  const last = (await cache.match(NEXT, { ignoreVary: true })) ?? (await cache.match(PAGE, { ignoreVary: true })) ?? (await fetch(PAGE));
  if (!last.ok || last.redirected) return;
  const own = [...(await last.clone().text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => new URL(name, self.location.origin).href);
  const named = new Set([...own, ...files].filter((name) => isFile(new URL(name))));
  for (const name of named) if (!(await cache.match(name, { ignoreVary: true }))) await cache.add(name);
  await cache.put(PAGE, last);
  await cache.delete(NEXT, { ignoreVary: true });
  for (const { url } of await cache.keys()) if (isFile(new URL(url)) && !named.has(url)) await cache.delete(url);
}
