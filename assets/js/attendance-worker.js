// What a phone keeps of the pages under /offline/, so that they open without a network. It looks after
// those pages only. Online the server is asked first; what is kept is the last answer.
const kept = 'attendance-1';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function fromServerFirst(request) {
  const cache = await caches.open(kept);
  try {
    const answer = await fetch(request);
    // A page of somebody who is signed out is the sign-in page: it must not replace the list.
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match(request, { ignoreSearch: false });
    if (found) return found;
    throw error;
  }
}

// The address of an asset changes with its content.
async function fromCacheFirst(request) {
  const cache = await caches.open(kept);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/offline/')) event.respondWith(fromServerFirst(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(fromCacheFirst(event.request));
});
