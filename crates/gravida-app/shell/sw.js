// Between the browser and the pages: files from the cache, pages from the module, one request after another. It decides
// nothing and holds no words; after the installation it never uses the network.
"use strict";
// Version, module, files and the page for failures: filled in by src/folder.rs.
const BUILT = null;
const SCOPE = new URL(registration.scope);
const OURS = `gravida ${SCOPE.pathname} `, CACHE = OURS + BUILT.version;
const LARGEST = 1 << 20; // bytes of a form

// All files of a version or none: a file that is missing, or not the one this version was built with, stops it, and the
// version before goes on.
addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(BUILT.files).map(async ([name, [kind, integrity]]) => {
    const response = await fetch(new Request(name, { cache: "no-cache", credentials: "omit", integrity }));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    await cache.put(name, new Response(await response.arrayBuffer(), { headers: { "content-type": kind } }));
  }));
  await module();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  await clients.claim();
})()));

// A version that waits is let in by the one before it, between two visits.
addEventListener("message", ({ data }) => { if (data === "take over") skipWaiting(); });

addEventListener("fetch", (event) => event.respondWith(respond(event.request)));

async function respond(request) {
  const url = new URL(request.url);
  if (!url.href.startsWith(SCOPE.href)) return Response.error();
  const path = url.pathname.slice(SCOPE.pathname.length);
  try {
    if (request.method === "GET" && Object.hasOwn(BUILT.files, path)) return await file(path);
    const form = await fields(request, url);
    return await inTurn(() => page(request.method, path, form));
  } catch {
    return new Response(BUILT.failure, { status: 500, headers: headers("text/html; charset=utf-8") });
  }
}

async function file(name) {
  const found = await (await caches.open(CACHE)).match(name);
  if (found) return found;
  // The browser threw files away: the next visit installs them again.
  await registration.unregister();
  throw new Error(name);
}

// The fields of a form; a file counts as its text. Another site may not fill in our forms.
async function fields(request, url) {
  if (request.method !== "POST") return [...url.searchParams];
  if (!request.referrer.startsWith(`${SCOPE.origin}/`)) throw new Error("not from a page of ours");
  const body = await request.blob();
  if (body.size > LARGEST) throw new Error("too large");
  const data = await new Response(body, { headers: { "content-type": request.headers.get("content-type") } }).formData();
  return Promise.all([...data].map(async ([name, value]) => [name, typeof value === "string" ? value : await value.text()]));
}

// Two tabs answer the same visit: each request sees what the one before it left.
let last = Promise.resolve();
function inTurn(work) {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}

async function page(method, path, form) {
  const state = (await kept("readonly", (store) => store.get("state"))) ?? "";
  const languages = navigator.languages.join(",");
  const answer = await ask({ method, path, form, state, now: now(), languages, host: "app" });
  if (answer.state === "") await kept("readwrite", (store) => store.delete("state"));
  else if (answer.state != null) await kept("readwrite", (store) => store.put(answer.state, "state"));
  if (path === "" || path === "start") await renew();
  if (answer.location) return Response.redirect(new URL(answer.location, SCOPE), answer.status);
  const head = headers(answer.kind);
  if (answer.file) head["content-disposition"] = `attachment; filename="${answer.file}"`;
  return new Response(answer.body, { status: answer.status, headers: head });
}

async function renew() {
  if (registration.waiting && (await clients.matchAll({ type: "window" })).length <= 1) registration.waiting.postMessage("take over");
}

const headers = (kind) => ({
  "content-type": kind,
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
});

// The module. Its memory after reading the pack, and before any request, is kept beside the files: a worker that the
// browser stopped and started again reads nothing a second time.
let opened = null;
function module() {
  opened ??= (async () => {
    const { instance: { exports } } = await WebAssembly.instantiateStreaming(await file(BUILT.module));
    const cache = await caches.open(CACHE), image = await cache.match("image");
    if (image) {
      const bytes = new Uint8Array(await image.arrayBuffer());
      exports.memory.grow((bytes.length - exports.memory.buffer.byteLength) / 65536);
      new Uint8Array(exports.memory.buffer).set(bytes);
    } else {
      if (exports.gravida_open() !== 1) throw new Error("the pack");
      await cache.put("image", new Response(exports.memory.buffer));
    }
    return exports;
  })();
  opened.catch(() => { opened = null; });
  return opened;
}

async function ask(request) {
  const { memory, gravida_alloc, gravida_answer, gravida_free } = await module();
  try {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const start = gravida_alloc(bytes.length);
    new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
    const back = gravida_answer(start, bytes.length);
    if (back === 0) throw new Error("no answer");
    const size = new DataView(memory.buffer).getUint32(back, true);
    const answer = JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, back + 4, size)));
    gravida_free(back, size + 4);
    return answer;
  } catch (why) {
    opened = null; // a module that stopped is not asked again
    throw why;
  }
}

// One text in the browser's own store, on this device.
function kept(mode, what) {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(OURS.trim());
    open.onupgradeneeded = () => open.result.createObjectStore("visit");
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const change = open.result.transaction("visit", mode, { durability: "strict" });
      const asked = what(change.objectStore("visit"));
      change.oncomplete = () => { open.result.close(); resolve(asked.result); };
      change.onabort = () => { open.result.close(); reject(change.error); };
    };
  });
}

// The local time with its offset.
function now() {
  const at = new Date(), ahead = -at.getTimezoneOffset(), two = (n) => String(Math.floor(n)).padStart(2, "0");
  const local = new Date(at.getTime() + ahead * 60000).toISOString().slice(0, 19);
  return `${local}${ahead < 0 ? "-" : "+"}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}
