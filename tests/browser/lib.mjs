// The program under test, a real browser, and what a person does at the pages. It asserts only what must hold on every
// page of every journey: nothing is asked of another machine, no answer stands in an address, no script fails.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const top = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The folder for screenshots: CI output, never in the tree. */
export const shots = resolve(process.env.GRAVIDA_SHOTS ?? join(top, "target/browser"));

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

function find(names) {
  const places = names.flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)));
  const there = (path) => { try { accessSync(path, constants.X_OK); return true; } catch { return false; } };
  return places.find(there);
}

/** The browser: $GRAVIDA_CHROMIUM, or the first of the usual names. */
export async function browse(extra = []) {
  const executablePath = process.env.GRAVIDA_CHROMIUM ?? find(["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"]);
  assert.ok(executablePath, "no Chromium was found; name one with GRAVIDA_CHROMIUM");
  return chromium.launch({ executablePath, args: [...FLAGS, ...extra] });
}

/** Starts `gravida serve` on a free port and waits until it says where. */
export async function serve() {
  const program = process.env.GRAVIDA_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(top, "target"), "release/gravida");
  const child = spawn(program, ["serve", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((found, failed) => {
    let said = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text) => {
      said += text;
      const where = said.match(/http:\/\/[0-9.:]+/);
      if (where) found(where[0]);
    });
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`gravida serve ended with ${code}: ${said}`)));
  });
  const stop = () => new Promise((done) => { child.once("exit", done); child.kill("SIGINT"); });
  return { address, stop };
}

/** A person with a fresh browser window. `body(page, context)` is what they do; what must hold everywhere is asserted after it. */
export async function visit(browser, address, options, body) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London", viewport: { width: 360, height: 740 }, baseURL: address, ...options });
  context.setDefaultTimeout(30_000);
  const asked = [], failed = [];
  context.on("request", (request) => asked.push(request.url()));
  context.on("weberror", (error) => failed.push(String(error.error())));
  // A form that is refused, and a page that is not there, are noted by the browser itself; what a script or a policy says is not.
  context.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Failed to load resource")) failed.push(message.text()); });
  try {
    const page = await context.newPage();
    await page.goto("/");
    await body(page, context);
  } finally {
    await context.close();
  }
  assert.ok(asked.length > 0);
  for (const url of asked) {
    assert.equal(new URL(url).origin, address, "something was asked of another machine");
    assert.match(url.slice(address.length), /^\/[a-z0-9.-]*$/, "an address holds more than the name of a page");
  }
  assert.deepEqual(failed, [], "a script failed, or the policy forbade something");
}

export const path = (page) => new URL(page.url()).pathname.slice(1);

/** Clicks, and waits for the page that comes. */
export async function follow(page, target) {
  await Promise.all([page.waitForEvent("domcontentloaded"), target.click()]);
}

export const begin = (page) => follow(page, page.locator('form[action="begin"] button'));
export const send = (page) => follow(page, page.locator("form:has(input[name=page]) button[type=submit]:not([name])"));
export const speak = (page, tag) => follow(page, page.locator(`form[action="language"] button[lang="${tag}"]`));


/** The radio buttons of the page, group by group, each with its values. */
const groups = (page) => page.$$eval("form:has(input[name=page]) input[type=radio]", (all) => {
  const found = new Map();
  for (const one of all) found.set(one.name, [...(found.get(one.name) ?? []), one.value]);
  return [...found];
});

/** Chooses with the label, as a finger does. */
const tap = (page, id) => page.locator(`label[for="${id}"]:not(.spot)`).click();

/**
 * Answers the page of questions that is shown, without sending it. `ticks`: findings that are there. `choose`: for the
 * place of a group of radio buttons on the page, the value; else the least one. `weeks`: how far along.
 */
export async function fill(page, { ticks = [], choose = [], weeks = 30, unsure = false } = {}) {
  if (await page.locator("#none").count()) {
    const here = [];
    for (const tick of ticks) {
      const box = page.locator(`input[name=there][value="${tick}"]`);
      if (await box.count()) here.push(await box.getAttribute("id"));
    }
    for (const id of here) await tap(page, id);
    if (unsure) await tap(page, "unsure");
    else if (here.length === 0) await tap(page, "none");
    return;
  }
  for (const [n, [name, values]] of (await groups(page)).entries()) {
    const number = name.replace("answer-", "");
    if (unsure) await tap(page, `unsure-${number}`);
    else if (await page.locator(`#weeks-${number}`).count()) await page.locator(`#weeks-${number}`).fill(String(weeks));
    else if (values.length === 1) await page.locator(`input[type=text][name="${name}"]`).fill("30");
    else await tap(page, `a${number}-${choose[n] ?? values[0]}`);
  }
}

/** Fills in and sends. */
export async function answer(page, person) {
  await fill(page, person);
  await send(page);
  assert.equal(await page.locator("#problem").count(), 0, "the answer was not taken");
}

/** Who it is: pregnant, answering for herself, alone. From the page after the start to the first page of danger signs. */
export async function introduce(page, { weeks = 30, unsure = false } = {}) {
  await answer(page, { choose: [0, 0], unsure });
  await answer(page, { choose: [undefined, 1], weeks, unsure });
}

/** Answers until the result; gives the number of pages. `each` sees every page before it is answered. */
export async function goThrough(page, person, each = async () => {}) {
  for (let pages = 0; pages < 60; pages++) {
    if (path(page) !== "ask") return pages;
    await each(page, pages);
    await answer(page, person);
  }
  return assert.fail("the questions have no end");
}

/** The level on the card: `emergency` … `self-care`. */
export const level = async (page) => (await page.locator("main section.care").first().getAttribute("class")).replace("care ", "");

/** A picture of the whole page among the CI output. */
export async function shoot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, animations: "disabled" });
}
