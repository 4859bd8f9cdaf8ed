// What journeys share: the browser, a server of files that counts, a person who answers, and a report. It decides nothing.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
const KINDS = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

export { browse as launch } from "./lib.mjs";

// Serves folders under a prefix on this machine; `asked` has the name of every file that was asked for. `set` gives other
// bytes for a name. Types are the least a server of files gives: none for what it does not know.
export async function serve(folder, prefix = "/") {
  const asked = [], other = new Map();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    const name = path.startsWith(prefix) ? path.slice(prefix.length) || "index.html" : "";
    asked.push(`${request.method} ${name || path}`);
    try {
      if (request.method !== "GET" || !/^[\w.-]+$/.test(name)) throw new Error(name);
      const bytes = other.get(name) ?? (await readFile(join(folder, name)));
      response.writeHead(200, { "content-type": KINDS[extname(name)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404, { "content-type": "text/html" }).end("<title>404</title>");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const stop = () => { server.closeAllConnections(); return new Promise((resolve) => server.close(resolve)); };
  return { url: `http://127.0.0.1:${port}${prefix}`, asked, set: (name, bytes) => other.set(name, bytes), stop };
}

// Answers the page of questions that stands there: none of a list, 30 weeks, the first of a choice; else not sure.
export async function answerPage(page) {
  const main = page.locator("main");
  for (const weeks of await main.locator("input[name^=weeks-]").all()) await weeks.fill("30");
  if (await main.locator("#none").count()) await main.locator("#none").check();
  const names = await main.locator("input[type=radio]").evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  for (const name of names) {
    const weeks = await main.locator(`[name=${name.replace("answer", "weeks")}]`).count();
    if (!weeks) await main.locator(`input[type=radio][name=${name}]`).first().check();
  }
  await Promise.all([page.waitForNavigation(), main.locator("form[action=ask] button[type=submit]:not(.second)").click()]);
}

// From the start to the result; `each` is called with the number of every page of questions.
export async function journey(page, each = async () => {}) {
  await Promise.all([page.waitForNavigation(), page.locator("form[action=begin] button").click()]);
  for (let n = 1; n <= 60; n += 1) {
    if (page.url().endsWith("/result")) return n - 1;
    await each(n);
    await answerPage(page);
  }
  throw new Error(`60 pages and no result: ${page.url()}`);
}

let passed = 0, failed = 0;
export function check(what, holds, detail = "") {
  if (holds) passed += 1; else failed += 1;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${detail === "" ? "" : ` (${detail})`}`);
}
export function close() {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

export const ms = (n) => `${n.toFixed(0)} ms`;
export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
