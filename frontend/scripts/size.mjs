// Weigh what a reader loads before use, in gzip, and fail when it grows past its limit (docs/domains/ui.md).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8'));
const weights = new Map();
const weigh = (file) => {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(dist + file), { level: 9 }).length);
  return weights.get(file);
};

/** The files that loading these keys brings, imports included, dynamic imports left out. */
function closure(keys, found = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk || found.has(chunk.file)) continue;
    found.add(chunk.file);
    closure(chunk.imports ?? [], found);
  }
  return found;
}
const total = (files) => [...files].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + weigh(file), 0);

const KIB = 1024;
const rows = [];
const entry = 'src/main.tsx';
const texts = (name) => ['fr', 'en'].map((language) => `src/i18n/${language}/${name}.json`);
/** The longer of the two languages: a reader loads one. */
const heavier = (name) => texts(name).sort((a, b) => weigh(manifest[b].file) - weigh(manifest[a].file))[0];
const routes = Object.keys(manifest).filter((key) => key.startsWith('src/app/routes/'));
for (const route of routes) {
  const shell = route.includes('/desk-') ? 'organiser' : 'member';
  const keys = [entry, heavier('common'), `src/app/shells/${shell}.tsx`, heavier(shell), route];
  rows.push({ what: `/app ${route.split('/').pop()}`, bytes: total(closure(keys)), limit: 230 * KIB });
}
for (const key of Object.keys(manifest).filter((name) => /^src\/islands\/[^/]+\.tsx$/.test(name))) {
  rows.push({ what: key, bytes: total(closure([key])), limit: 95 * KIB });
}
rows.push({
  what: 'every island at once',
  bytes: total(closure(Object.keys(manifest).filter((name) => name.startsWith('src/islands/')))),
  limit: 95 * KIB,
});
rows.push({ what: 'src/public.css', bytes: weigh(manifest['src/public.css'].file), limit: 12 * KIB });

let isHeavy = false;
for (const { what, bytes, limit } of rows) {
  const isOver = bytes > limit;
  isHeavy ||= isOver;
  console.log(
    `${isOver ? 'TOO HEAVY' : 'ok       '} ${(bytes / KIB).toFixed(1).padStart(6)} of ${limit / KIB} KiB  ${what}`,
  );
}
process.exitCode = isHeavy ? 1 : 0;
