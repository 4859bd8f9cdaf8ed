// The app in a real browser: installed from a folder under a sub-path, the network cut, a whole journey, nothing sent.
// Run after the build: crates/gravida-app/build FOLDER && (cd tests/browser && npm install && node app.mjs FOLDER)
import { answerPage, check, close, journey, launch, median, ms, serve } from "./app-lib.mjs";

const folder = process.argv[2];
if (!folder) { console.error("node app.mjs FOLDER"); process.exit(2); }
const SLOW = 4; // how much slower than this machine a phone is taken to be
const browser = await launch();
const server = await serve(folder, "/some/where/");
const context = await browser.newContext({ locale: "en-GB" });
const page = await context.newPage();
const devtools = await context.newCDPSession(page);
await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW });

// The first visit: the page can be read before anything is installed.
const before = performance.now();
await page.goto(server.url, { waitUntil: "domcontentloaded" });
await page.locator("form[action=begin] button").waitFor();
const usable = performance.now() - before;
check("the first page is there within 2 s on a slow processor", usable < 2000, ms(usable));
const ready = await page.evaluate(() => Promise.race([navigator.serviceWorker.ready.then(() => true), new Promise((done) => setTimeout(done, 30000))]));
if (!ready) { check("the app is installed", false, "not within 30 s"); close(); }
const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
await worker.evaluate(() => new Promise((done) => { const look = () => (registration.active?.state === "activated" ? done() : setTimeout(look, 10)); look(); }));
check("the app is installed", true, ms(performance.now() - before));
console.log(`       asked for: ${server.asked.join(", ")}`);

// From here the network would be a mistake. The browser itself may look whether there is a new worker.
const measure = () => {
  self.times = []; self.alone = [];
  const timed = (of, into) => async (...given) => { const from = performance.now(); try { return await of(...given); } finally { into.push([performance.now() - from, given[0].path ?? ""]); } };
  respond = timed(respond, self.times);
  ask = timed(ask, self.alone);
};
await worker.evaluate(measure);
const installed = server.asked.length;
const pages = await journey(page);
const own = server.asked.slice(installed).filter((name) => name !== "GET sw.js");
check("a whole journey asks the server for nothing", own.length === 0, own.join(", ") || `${pages} pages; ${server.asked.length - installed} looks for a new version by the browser`);
await page.locator("main").waitFor();
const first = await page.locator("main").innerText();

await server.stop();
await context.setOffline(true);
const sent = [];
context.on("request", (request) => sent.push(request));
const failures = [];
context.on("requestfailed", (request) => failures.push(`${request.method()} ${request.url()} ${request.failure()?.errorText}`));
await page.goto(`${server.url}start`);
await Promise.all([page.waitForNavigation(), page.locator("form[action=begin] button").click()]);
await answerPage(page);
// The browser stops a worker that has nothing to do; answers and place are kept.
await devtools.send("ServiceWorker.enable");
await devtools.send("ServiceWorker.stopAllWorkers");
const title = await page.locator("h1").innerText();
const woke = performance.now();
await page.reload();
const waking = performance.now() - woke;
check("a worker that was stopped knows where the visit is", title === (await page.locator("h1").innerText()));
await page.goto(`${server.url}start`);
await journey(page);
check("the network cut and the server gone: a whole journey", page.url().endsWith("/result"));
check("the result is the same", first === (await page.locator("main").innerText()));
const cold = sent.length;
check("no request left the browser", failures.length === 0 && cold > 0, failures.join(", ") || `${cold} requests, all answered by the worker`);
for (const name of ["sources", "sessions", "about", "call", "answers"]) {
  const response = await page.goto(server.url + name);
  if (response.status() !== 200 || !response.fromServiceWorker()) check(name, false, String(response.status()));
}

// How long the worker takes: first as it wakes, then warm. The browser slows down pages, not workers: these are multiplied.
const living = () => context.serviceWorkers().at(-1);
const timings = async () => {
  await living().evaluate(measure);
  await page.goto(`${server.url}start`);
  await journey(page);
  const { times, alone } = await living().evaluate(() => ({ times: self.times, alone: self.alone }));
  const slow = alone.map(([time, path]) => [time * SLOW, path]).sort(([a], [b]) => b - a);
  return { median: median(slow.map(([time]) => time)), whole: median(times.map(([time]) => time * SLOW)), longest: slow.slice(0, 3).map(([time, path]) => `${path} ${ms(time)}`).join(", ") };
};
for (const when of ["once more", "warm"]) {
  const { median, whole, longest } = await timings();
  check(`a step takes less than 50 ms on a slow processor, ${when}`, median < 50, `the module: median ${ms(median)}; longest: ${longest}; with reading and keeping the state: median ${ms(whole)}`);
}
console.log(`       the first page after the worker was stopped: ${ms(waking)} as a whole`);

// Two tabs at once, and a form that another site sends.
const other = await context.newPage();
await page.goto(`${server.url}start`);
await Promise.all([page.waitForNavigation(), page.locator("form[action=begin] button").click()]);
const state = () => living().evaluate(() => kept("readonly", (store) => store.get("state")));
await other.goto(`${server.url}ask`);
await answerPage(page);
await answerPage(page);
const answered = JSON.parse(await state()).answers;
await Promise.all([answerPage(other), page.reload()]);
const both = JSON.parse(await state()).answers;
check("a second tab does not undo what the first answered", Object.keys(answered).length > 2 && Object.keys(answered).every((name) => answered[name] === both[name]));
await other.goto("about:blank");
await other.setContent(`<form method="post" action="${server.url}erase"><button>x</button></form>`);
const left = await state();
await Promise.all([other.waitForNavigation(), other.locator("button").click()]);
check("a form of another site changes nothing and is answered with whom to call", left === (await state()) && /does not mean that you are well/.test(await other.content()));

// A module that stops in the middle never looks like reassurance.
await living().evaluate(async () => { const { memory } = await module(); new Uint8Array(memory.buffer).fill(255, 1024); });
await page.goto(`${server.url}ask`);
check("a module that breaks: the page says that this does not mean you are well", /does not mean that you are well/.test(await page.content()));
await page.goto(`${server.url}answers`);
check("the next request gets a sound module, and the answers", (await page.locator("main").innerText()).length > 0 && left === (await state()));
const large = (await page.locator("form[action=words]").count()) === 1;
await page.locator("textarea").evaluate((area) => { area.removeAttribute("maxlength"); area.value = "x".repeat(2 << 20); });
await Promise.all([page.waitForNavigation(), page.locator("form[action=words] button").click()]);
check("a form that is too large is refused", large && /does not mean that you are well/.test(await page.content()) && left === (await state()));

// Erased is erased.
await page.goto(`${server.url}erase`);
await Promise.all([page.waitForNavigation(), page.locator("form[action=erase] button").click()]);
check("erased: nothing is kept", (await state()) === undefined);
await context.close();
await browser.close();
close();
