// Every kind of page in every language: axe finds nothing in light and in dark, nothing is cut off or too small to hit,
// and pictures of the pages are kept among the CI output to be looked at.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { answer, begin, browse, fill, follow, goThrough, introduce, level, path, send, serve, shoot, speak, visit } from "./lib.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const PHONE = { width: 360, height: 740 };
// Many of these lead to a question of its own, so that every kind of question is met.
const MANY = { weeks: 30, ticks: ["low-back-pain", "leg-cramp-spasm", "pain-two-weeks", "pgp-provocation-history"] };

let browser, server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.stop(); });

/** What axe finds, in a line each. */
async function problems(page) {
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), RULES);
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ").slice(0, 300)}`));
}

/** What stands out to the right of the page, if it can be scrolled sideways. */
const sideways = (page) => page.evaluate(() => {
  const wide = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > wide + 1).map((one) => one.outerHTML.slice(0, 100));
});

/** What is to be hit and is smaller than 24 by 24 pixels; a link in a line of text may be as high as the line. */
const small = (page) => page.evaluate(() => {
  const inLine = (one) => one.localName === "a" && getComputedStyle(one).display === "inline" && [...one.parentElement.childNodes].some((other) => other !== one && other.textContent.trim() !== "");
  const all = [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), .spot")];
  const seen = all.filter((one) => one.checkVisibility() && !inLine(one) && !(one.matches(".skip") && one !== document.activeElement));
  return seen.filter((one) => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24; }).map((one) => `${one.outerHTML.slice(0, 100)} ${JSON.stringify(one.getBoundingClientRect())}`);
});

/** Text that is cut off by its own box. */
const cut = (page) => page.evaluate(() => [...document.querySelectorAll("a, button, summary, label, h1, h2, h3, p, li, select")].filter((one) => one.checkVisibility() && !one.matches(".hidden, .skip") && getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1).map((one) => one.outerHTML.slice(0, 100)));

const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
const larger = (page, size) => page.evaluate((size) => { document.documentElement.style.fontSize = size; }, size);

/** Everything that must hold of one page as it stands. */
async function look(page, name, { keep = false, folded = false } = {}) {
  if (keep) {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      await shoot(page, `${name}-${width}`);
    }
    await page.setViewportSize(PHONE);
  }
  if (!folded) await unfold(page);
  const wrong = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    wrong.push(...(await problems(page)).map((one) => `${colorScheme}: ${one}`));
  }
  if (keep) await shoot(page, `${name}-360-dark`);
  await page.emulateMedia({ colorScheme: "light" });
  wrong.push(...(await small(page)).map((one) => `smaller than 24 pixels: ${one}`));
  for (const [width, size] of [[320, ""], [360, ""], [1280, ""], [360, "200%"], [1280, "200%"]]) {
    await page.setViewportSize({ width, height: 740 });
    await larger(page, size);
    wrong.push(...(await sideways(page)).map((one) => `wider than ${width} pixels ${size}: ${one}`));
    wrong.push(...(await cut(page)).map((one) => `cut off at ${width} pixels ${size}: ${one}`));
  }
  await larger(page, "");
  await page.setViewportSize(PHONE);
  assert.deepEqual(wrong, []);
}

for (const language of ["en-GB", "zh-Hans"]) {
  test(`every kind of page in ${language}`, async (t) => {
    const options = { viewport: PHONE };
    await visit(browser, server.address, options, async (page, context) => {
      await context.addInitScript({ content: AXE });
      await page.goto("/");
      await speak(page, language);
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      const see = (name, how) => t.test(name, () => look(page, `${language}-${name}`, how));
      const at = async (to, name, how) => { await page.goto(`/${to}`); assert.equal(path(page), to); await see(name, how); };

      await see("start", { keep: true });
      await begin(page);
      await see("who", { keep: true });
      await send(page);
      assert.equal(await page.locator("#problem").count(), 1);
      await see("error", { keep: true });
      await answer(page, { choose: [0, 0] });
      await see("weeks", { keep: true });
      await fill(page, { weeks: 99, choose: [undefined, 1] });
      await send(page);
      await see("error-weeks");
      await answer(page, { choose: [undefined, 1], weeks: 30 });
      const kinds = new Set();
      await goThrough(page, MANY, async (_, n) => {
        const map = await page.locator(".map").count(), ticks = await page.locator("#none").count();
        const kind = map ? "where" : ticks ? "list" : await page.locator("h2 + * input, fieldset fieldset").count() ? "group" : "one";
        await see(`question-${n}-${kind}`, { keep: !kinds.has(kind) });
        kinds.add(kind);
      });
      assert.ok(kinds.has("where") && kinds.has("list"));
      assert.equal(path(page), "result");
      await see("result", { keep: true });
      await at("result-clinician", "result-clinician", { keep: true });
      await at("result-auditor", "result-auditor");
      await at("note", "note", { keep: true });
      await follow(page, page.locator('form[action="note"] button'));
      await see("note-private");
      await at("note-phone", "note-phone", { keep: true });
      await at("follow", "follow", { keep: true });
      for (const [pain, daily] of [[6, 4], [3, 7]]) {
        await page.locator(`label[for="pain${pain}"]`).click();
        await page.locator(`label[for="function${daily}"]`).click();
        await follow(page, page.locator('form[action="follow-add"] button'));
        if (pain === 6) {
          await follow(page, page.locator('form[action="follow-check"] button'));
          await goThrough(page, MANY);
          await page.goto("/follow");
        }
      }
      await see("follow-course", { keep: true });
      await page.locator("#episode").evaluate((one) => { one.closest("details").open = true; });
      await follow(page, page.locator('form[action="follow-import"] button'));
      await see("follow-error");
      await at("answers", "answers", { keep: true });
      await page.goto("/result");
      const cause = await page.locator('a[href^="cause-"]').first().getAttribute("href");
      const source = await page.locator('a[href^="source-"]').first().getAttribute("href");
      await at(cause, "cause", { keep: true });
      await at(source, "source");
      await at("sources", "sources");
      await at("sessions", "sessions", { keep: true });
      await at("session-partner-back-massage", "session-consent", { keep: true });
      await follow(page, page.locator("button[value=agree]"));
      await see("session-step", { keep: true });
      await follow(page, page.locator("button[value=next]"));
      await see("session-step-2", { keep: true });
      await follow(page, page.locator("button[value=stop]"));
      await see("session-stopped");
      await page.goto("/result");
      await follow(page, page.locator('main a[href="partner"]'));
      await see("partner", { keep: true });
      await follow(page, page.locator('form[action="partner"] button'));
      await see("partner-error");
      await page.locator("#code").fill("1234");
      await follow(page, page.locator('form[action="partner"] button'));
      await see("partner-view", { keep: true });
      await follow(page, page.locator('main a[href="partner-ask"]'));
      await see("partner-ask", { keep: true });
      await follow(page, page.locator('form[action="partner-ask"] button'));
      await see("partner-ask-error");
      await page.locator('input[value="collapse-dizzy"]').check();
      await follow(page, page.locator('form[action="partner-ask"] button'));
      await page.goto("/partner-view");
      await page.locator("#code").fill("4321");
      await follow(page, page.locator('form[action="partner-back"] button'));
      await see("partner-view-wrong-code", { keep: true });
      await page.locator("#code").fill("1234");
      await follow(page, page.locator('form[action="partner-back"] button'));
      assert.equal(path(page), "result");
      await see("result-two-voices", { keep: true });
      await at("call", "call", { keep: true });
      await at("about", "about", { keep: true });
      await at("erase", "erase");
      await at("no-such-page", "unknown");
      await page.goto("/start");
      await see("start-again");
      await begin(page);
      await introduce(page);
      await answer(page, { ticks: ["bleeding-heavy"] });
      assert.equal(await level(page), "emergency");
      await see("emergency", { keep: true });
      await at("session-partner-back-massage", "session-refused");
      await page.goto("/result");
      await follow(page, page.locator("#exit button"));
      assert.equal(path(page), "away");
      await see("away", { keep: true });
    });
  });
}

test("nothing moves for those who do not want it, and colours may be forced", () => visit(browser, server.address, { reducedMotion: "reduce", forcedColors: "active" }, async (page) => {
  const moving = () => page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => { const style = getComputedStyle(one); return parseFloat(style.transitionDuration) > 0 || (style.animationName !== "none" && parseFloat(style.animationDuration) > 0); }).map((one) => one.outerHTML.slice(0, 100)));
  const lines = (target) => page.locator(target).first().evaluate((one) => { const style = getComputedStyle(one); return [style.borderTopStyle, parseFloat(style.borderTopWidth), style.borderTopColor !== getComputedStyle(document.body).backgroundColor]; });
  const framed = async (target) => { const [style, width, other] = await lines(target); assert.ok(style === "solid" && width >= 1 && other, `${target} has no line round it`); };
  assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches && matchMedia("(prefers-reduced-motion: reduce)").matches));
  assert.deepEqual(await moving(), []);
  await framed("section.care");
  await framed("button");
  await framed("a.call");
  await begin(page);
  await introduce(page);
  assert.deepEqual(await moving(), []);
  await shoot(page, "en-GB-forced-colours-list");
  await answer(page, { ticks: ["bleeding-heavy"] });
  await framed("section.care");
  assert.ok((await page.locator("#level .picture svg").boundingBox()).width > 10);
  assert.deepEqual(await moving(), []);
  await shoot(page, "en-GB-forced-colours-emergency");
}));

test("with motion allowed, the same check sees what moves", () => visit(browser, server.address, { reducedMotion: "no-preference" }, async (page) => {
  assert.ok(await page.locator('form[action="begin"] button').evaluate((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0));
}));
