'use strict';
/* The application opens without network: its one page and the files that it is made of are kept here, the same for everybody.
   What it asks of the server never is: that is locked in the vault, and goes with it. */
const CACHE = 'maillage-app';
const PAGE = '/app/';
/* One bar at the edge of a village looks like a network and answers nothing. */
const PATIENCE = 5000;

const isFile = (url) => url.origin === self.location.origin && url.pathname.startsWith('/static/');

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => event.waitUntil(keep(event.data.files)));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.mode === 'navigate' && url.pathname.startsWith(PAGE)) event.respondWith(page(request));
  else if (request.method === 'GET' && isFile(url)) event.respondWith(file(request));
});

/* The page as the server says it, else as it last said it. */
async function page(request) {
  const cache = await caches.open(CACHE);
  const asked = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(PAGE, answer.clone());
    return answer;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  return answer ?? (await cache.match(PAGE, { ignoreVary: true })) ?? asked;
}

/* The build puts a hash into each name: what is kept under one is what the server would say. */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/* Keep these files and no others: what an older build was made of goes. */
async function keep(files) {
  const cache = await caches.open(CACHE);
  const named = new Set(files.filter((name) => isFile(new URL(name))));
  if (!(await cache.match(PAGE, { ignoreVary: true }))) await cache.add(PAGE);
  for (const name of named) if (!(await cache.match(name, { ignoreVary: true }))) await cache.add(name);
  for (const { url } of await cache.keys()) if (isFile(new URL(url)) && !named.has(url)) await cache.delete(url);
}
