// Ways to the app that do not lead there, and a new version: nobody is left without words, and no version is half there.
// Run after the build: node update.mjs FOLDER
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { check, close, launch, serve } from "./app-lib.mjs";

const folder = process.argv[2];
if (!folder) { console.error("node update.mjs FOLDER"); process.exit(2); }
const browser = await launch();
const words = /does not mean that you are well/;
const begin = (page) => page.locator("form[action=begin] button").click();

// No scripts at all.
let server = await serve(folder);
let context = await browser.newContext({ javaScriptEnabled: false });
let page = await context.newPage();
await page.goto(server.url);
check("without scripts the page says that it cannot work here, and whom to call", words.test(await page.locator("noscript").innerText()));
await context.close();

// No worker.
context = await browser.newContext({ serviceWorkers: "block" });
page = await context.newPage();
await page.goto(server.url);
await begin(page);
check("without a worker the words stand there and no form goes astray", (await page.locator("#failed").isVisible()) && words.test(await page.locator("#failed").innerText()) && server.asked.every((name) => name.startsWith("GET")));
await context.close();

// A file that is not the one this version was built with.
server.set("style.css", "body { color: red }");
context = await browser.newContext();
page = await context.newPage();
await page.goto(server.url);
await page.locator("#failed").waitFor({ timeout: 20000 }).catch(() => {});
check("a folder with a wrong file is not installed, and says so", await page.locator("#failed").isVisible());
await context.close();
await server.stop();

// The first tap before the app is there waits for it; the second visit is in the person's language.
server = await serve(folder);
context = await browser.newContext({ locale: "en-GB" });
page = await context.newPage();
await page.goto(server.url, { waitUntil: "domcontentloaded" });
await begin(page);
await page.waitForURL("**/ask");
check("a tap before the app is there is not lost", (await page.locator("main form").count()) > 0 && !server.asked.some((name) => name.startsWith("POST")));

// A new version of which one file is missing, then a whole one.
const script = await readFile(join(folder, "sw.js"), "utf8");
const [version] = script.match(/"version":"[^"]+"/);
const newer = (name) => script.replace(version, `"version":"${name}"`);
const versions = () => page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").pop()));
const old = (await versions())[0];
const update = () => page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update().catch(() => {}); });
const settle = () => page.evaluate(async () => {
  const { installing } = await navigator.serviceWorker.getRegistration();
  if (installing) await new Promise((done) => installing.addEventListener("statechange", done));
});
server.set("sw.js", newer("half"));
server.set("loader.js", "// the loader of yet another version");
await update();
await settle();
await page.reload();
const waiting = () => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
check("half a version: the one before goes on", !(await waiting()) && (await page.locator("main form").count()) > 0);
server.set("sw.js", newer("whole"));
server.set("loader.js", await readFile(join(folder, "loader.js")));
await update();
await settle();
await page.reload();
check("a whole version waits while the visit goes on", (await waiting()) && (await versions()).includes(old));
await page.goto(`${server.url}start`);
await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration()).waiting);
await page.goto(`${server.url}ask`);
check("at the start it takes over, whole, and the one before is gone", (await versions()).join() === "whole" && (await page.locator("main form").count()) > 0, (await versions()).join());
await context.close();

await browser.close();

// The language is the browser's own: one that is set for a page alone does not reach its worker.
const chinese = await launch(["--accept-lang=zh-CN,zh"]);
page = await (await chinese.newContext()).newPage();
await page.goto(server.url);
await page.locator("html[lang=zh-Hans]").waitFor({ timeout: 20000 }).catch(() => {});
const spoken = await page.evaluate(() => `${document.documentElement.lang} for ${navigator.languages}`);
check("the first page comes again in the person's language", spoken.startsWith("zh-Hans"), spoken);
await chinese.close();
await server.stop();
close();
