// A real browser goes the ways that people go: whether the pages do what is promised on them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { answer, begin, browse, fill, follow, goThrough, introduce, level, path, send, serve, speak, visit } from "./lib.mjs";

let browser, server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.stop(); });

const journey = (name, body, options = {}) => test(name, () => visit(browser, server.address, options, body));

const BACK_PAIN = { weeks: 30, ticks: ["low-back-pain"] };
const text = (page) => page.locator("main").innerText();
const tel = (page) => page.locator('main section.care a[href^="tel:"]');
/** How many of the signs to stop cannot be seen without scrolling. */
const outOfSight = (page) => page.locator("section.stop li").evaluateAll((all) => (all.length ? all.filter((one) => { const box = one.getBoundingClientRect(); return box.top < 0 || box.bottom > innerHeight; }).length : 1));
/** What is ticked, chosen and written on the page. */
const fields = (page) => page.$$eval("form:has(input[name=page]) input:not([type=hidden])", (all) => all.map((one) => [one.id, ["checkbox", "radio"].includes(one.type) ? one.checked : one.value]));

journey("heavy bleeding reaches the emergency card in three screens", async (page) => {
  await begin(page);
  let screens = 0;
  const next = async (person) => { await answer(page, person); screens += 1; };
  await next({ choose: [0, 0] });
  await next({ choose: [undefined, 1], weeks: 30 });
  await next({ ticks: ["bleeding-heavy"] });
  assert.equal(screens, 3);
  assert.equal(path(page), "result");
  assert.equal(await level(page), "emergency");
  assert.equal(await tel(page).first().getAttribute("href"), "tel:999");
  assert.ok(await tel(page).first().isVisible());
  // What to do comes before everything else, on the first screen of a phone.
  const box = await tel(page).first().boundingBox();
  assert.ok(box.y + box.height < page.viewportSize().height, "the number is not on the first screen");
});

journey("ordinary back pain at 30 weeks: a plan, then a finished massage", async (page) => {
  await begin(page);
  await introduce(page);
  assert.ok(await goThrough(page, BACK_PAIN) >= 8);
  assert.equal(path(page), "result");
  assert.equal(await level(page), "self-care");
  assert.ok(await page.locator("main details.measure").count() > 5, "there is no plan");
  const massage = page.locator('main a[href="session-partner-back-massage"]');
  await massage.locator("xpath=ancestor::details[1]").locator("> summary").click();
  await follow(page, massage);
  await follow(page, page.locator("button[value=agree]"));
  const steps = Number(await page.locator("form#step").count()) && (await page.locator("p.progress").innerText()).match(/\d+/g).map(Number)[1];
  assert.ok(steps > 3);
  for (let step = 1; step <= steps; step++) {
    assert.equal(await page.locator("#step [name=step]").inputValue(), String(step));
    assert.equal(await outOfSight(page), 0, "not every sign to stop is in sight");
    assert.ok(await page.locator(".drawing[role=img] svg").first().isVisible(), "there is no picture");
    await follow(page, page.getByRole("button", { name: "Next step" }));
  }
  assert.equal(await page.locator("#step").count(), 0);
  assert.ok(await page.getByRole("status").isVisible());
  assert.ok(await page.locator("section.stop li").first().isVisible());
});

journey("the clock of a session goes on by itself, stands still in a pause, and stops when asked", async (page) => {
  await page.clock.install();
  await page.goto("/session-partner-back-massage");
  await follow(page, page.locator("button[value=agree]"));
  const step = () => page.locator("#step [name=step]").inputValue();
  const left = async () => Number((await page.locator("#left").innerText()).match(/\d+/)[0]);
  const seconds = Number(await page.locator("#step").getAttribute("data-seconds"));
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  const begun = await left();
  await page.clock.runFor(5_000);
  assert.equal(await left(), begun - 5);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.clock.runFor(seconds * 2_000);
  assert.equal(await left(), begun - 5, "the time went on in a pause");
  assert.equal(await step(), "1");
  assert.equal(await outOfSight(page), 0);
  await page.getByRole("button", { name: "Go on" }).click();
  await Promise.all([page.waitForEvent("domcontentloaded"), page.clock.runFor((seconds + 2) * 1_000)]);
  assert.equal(await step(), "2");
  await follow(page, page.locator("button[value=stop]"));
  assert.equal(await page.locator("#step").count(), 0);
  assert.ok(await page.getByRole("status").isVisible());
});

journey("a change of language in the middle keeps every answer", async (page) => {
  const answered = async () => {
    const found = [];
    for (let number = 0; ; number++) {
      await page.goto(`/change-${number}`);
      if (path(page) !== `change-${number}` || await page.locator("input[name=page]").count() === 0) return found;
      found.push(await fields(page));
    }
  };
  await begin(page);
  await introduce(page);
  await answer(page, {});
  await answer(page, BACK_PAIN);
  const heading = await page.locator("h1").innerText();
  // A page that is filled in but not yet sent keeps what is filled in, too.
  await page.locator('label[for]:not([for="none"]):not([for="unsure"])').nth(1).click();
  const unsent = await fields(page);
  assert.ok(unsent.some(([, on]) => on === true));
  await speak(page, "zh-Hans");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  assert.equal(path(page), "ask");
  assert.notEqual(await page.locator("h1").innerText(), heading);
  assert.deepEqual(await fields(page), unsent);
  const there = await answered();
  await speak(page, "en-GB");
  assert.deepEqual(await answered(), there);
  assert.ok(there.length >= 4);
  await page.goto("/ask");
  await page.locator("main").waitFor();
  await speak(page, "zh-Hans");
  for (const [id, on] of await fields(page)) if (on) await page.locator(`label[for="${id}"]:not(.spot)`).click();
  await goThrough(page, BACK_PAIN);
  assert.equal(await level(page), "self-care");
  const card = await page.locator("#level").innerText();
  await speak(page, "en-GB");
  assert.equal(path(page), "result");
  assert.equal(await level(page), "self-care");
  assert.notEqual(await page.locator("#level").innerText(), card);
});

journey("going back and changing an answer changes the result", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, {});
  const asked = await page.locator("h1").innerText();
  await follow(page, page.locator('main a.second[href^="change-"]'));
  assert.ok(await page.locator("#none").isChecked(), "the answer is not there any more");
  await fill(page, { ticks: ["bleeding-heavy"] });
  // A tick takes "none of these" away.
  assert.equal(await page.locator("#none").isChecked(), false);
  await send(page);
  assert.equal(path(page), "result");
  assert.equal(await level(page), "emergency");
  await follow(page, page.locator('main a[href="answers"]'));
  await follow(page, page.locator('main a[href="change-2"]'));
  await fill(page, {});
  await send(page);
  assert.equal(path(page), "ask");
  assert.equal(await page.locator("h1").innerText(), asked);
});

journey("an empty page says what is wrong, and nothing is lost", async (page) => {
  await begin(page);
  await page.locator('label[for="a0-1"]').click();
  await send(page);
  const problem = page.getByRole("alert");
  assert.ok(await problem.isVisible());
  assert.match(await problem.innerText(), /Choose an answer/);
  assert.match(await page.title(), /^There is a problem: /, "the title does not say that something is wrong");
  assert.equal(await page.locator("form:has(input[name=page])").getAttribute("aria-describedby"), "problem");
  assert.ok(await page.locator("#a0-1").isChecked(), "what was chosen is gone");
  await introduce(page);
  await send(page);
  assert.ok(await problem.isVisible());
  await page.locator('label[for="none"]').click();
  await page.locator('label[for="unsure"]').click();
  await send(page);
  assert.equal(await problem.count(), 0);
  await follow(page, page.locator('footer a[href="answers"]'));
  assert.match(await text(page), /30 weeks/);
});

journey("a number that cannot be right is kept and named", async (page) => {
  await begin(page);
  await answer(page, { choose: [0, 0] });
  await fill(page, { weeks: 99, choose: [undefined, 1] });
  await send(page);
  assert.match(await page.getByRole("alert").innerText(), /weeks cannot be right/);
  assert.equal(await page.locator("[id^=weeks-]").inputValue(), "99");
});

journey("not sure everywhere ends at a result", async (page) => {
  await begin(page);
  const pages = await goThrough(page, { unsure: true });
  assert.ok(pages > 2);
  assert.equal(path(page), "result");
  assert.notEqual(await level(page), "self-care");
  assert.ok(await tel(page).count() > 0 || await page.locator("main section.care ul.services li").count() > 0);
});

journey("skip counts as not sure, never as no", async (page) => {
  await begin(page);
  await introduce(page);
  await follow(page, page.locator("button[name=skip]"));
  await follow(page, page.locator('footer a[href="answers"]'));
  assert.match(await page.locator("section.answers").last().innerText(), /Heavy bleeding.*Not sure/i);
});

journey("whoever stops at the danger signs gets the card at once", async (page) => {
  await begin(page);
  await introduce(page);
  await follow(page, page.locator('form[action="leave"] button'));
  assert.equal(path(page), "result");
  assert.equal(await level(page), "emergency");
  assert.equal(await page.locator("main > :first-child").getAttribute("class"), "care emergency");
  assert.equal(await tel(page).first().getAttribute("href"), "tel:999");
  assert.match(await page.locator("main section.care").innerText(), /999/);
  await follow(page, page.locator('main a[href="ask"]'));
  assert.equal(path(page), "ask");
});

/** After an exit: another page, no word of this one, and no way back to it. */
const isGone = async (page, context) => {
  assert.equal(path(page), "away");
  assert.equal(await page.title(), "Shopping list");
  const neutral = async () => assert.doesNotMatch(await page.evaluate(() => document.title + document.body.innerText), /gravida|pain|pregnan|weeks|answer|bleed|999/i);
  await neutral();
  assert.deepEqual(await context.cookies(), [], "a name stays in the browser");
  assert.equal(await page.locator("header, footer, a").count(), 0);
  for (let n = 0; n < 3; n++) {
    await page.goBack({ waitUntil: "domcontentloaded" }).catch(() => null);
    assert.doesNotMatch(await page.locator("body").innerText(), /30 weeks|Heavy bleeding|My answers/);
  }
  const other = await context.newPage();
  for (const address of ["result", "answers", "ask", "change-0"]) {
    await other.goto(`/${address}`);
    assert.doesNotMatch(await other.locator("body").innerText(), /30 weeks|Lower back/);
    assert.equal(await other.locator('footer a[href="answers"]').count(), 0);
    assert.equal(await other.locator("input:checked, section.answers, section.care.today").count(), 0);
  }
};

for (const [way, leave] of [["the button", (page) => page.locator("#exit button").click()], ["Escape", (page) => page.keyboard.press("Escape")]]) {
  journey(`leaving quickly by ${way} leaves nothing`, async (page, context) => {
    await begin(page);
    await introduce(page);
    await answer(page, {});
    await answer(page, BACK_PAIN);
    await Promise.all([page.waitForURL("**/away"), leave(page)]);
    await isGone(page, context);
    // One step back does not even lead to the way in.
    assert.equal(path(page), "away");
  });
}

journey("leaving quickly without a script leaves nothing", async (page, context) => {
  await begin(page);
  await introduce(page);
  await answer(page, {});
  await follow(page, page.locator("#exit button"));
  await isGone(page, context);
}, { javaScriptEnabled: false });

journey("no title in the history speaks of health", async (page) => {
  const titles = new Set([await page.title()]);
  await begin(page);
  titles.add(await page.title());
  await introduce(page);
  await goThrough(page, BACK_PAIN, async () => titles.add(await page.title()));
  titles.add(await page.title());
  for (const to of ["answers", "sessions", "session-partner-back-massage", "note", "note-phone", "follow", "partner", "call", "about", "sources", "erase"]) {
    await page.goto(`/${to}`);
    titles.add(await page.title());
  }
  assert.doesNotMatch([...titles].join(" | "), /pain|cramp|pregnan|bleed|baby|massage|weeks/i);
});

journey("erasing everything leaves nothing", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, BACK_PAIN);
  await follow(page, page.locator('footer a[href="answers"]'));
  await page.locator("#words").fill("It began in the garden.");
  await follow(page, page.locator('form[action="words"] button'));
  assert.equal(await page.locator("#words").inputValue(), "It began in the garden.");
  await follow(page, page.locator('footer a[href="erase"]'));
  await follow(page, page.locator('main a[href="ask"]'));
  assert.equal(path(page), "ask");
  await follow(page, page.locator('footer a[href="erase"]'));
  await follow(page, page.locator("main button.danger"));
  assert.equal(path(page), "start");
  assert.equal(await page.locator('footer a[href="answers"]').count(), 0);
  await page.goto("/answers");
  assert.equal(await page.locator("#words").inputValue(), "");
  assert.equal(await page.locator("section.answers").count(), 0);
  await page.goto("/result");
  assert.equal(path(page), "start");
});

journey("without a script the whole way works", async (page) => {
  await begin(page);
  await introduce(page);
  await goThrough(page, BACK_PAIN);
  assert.equal(await level(page), "self-care");
  await page.goto("/session-partner-back-massage");
  await follow(page, page.locator("button[value=agree]"));
  assert.equal(await page.locator("#pause").isVisible(), false);
  for (let steps = 0; await page.locator("#step").count(); steps++) {
    assert.ok(steps < 30);
    await follow(page, page.locator("button[value=next]"));
  }
  assert.ok(await page.getByRole("status").isVisible());
}, { javaScriptEnabled: false });

journey("with the keyboard alone the whole way works, and what has the focus is in sight", async (page) => {
  /** Where the focus is; fails when it cannot be seen. */
  const focus = async () => {
    const at = await page.evaluate(() => {
      const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
      const x = box.left + Math.min(box.width, innerWidth) / 2, seen = [0.25, 0.5, 0.75].map((part) => document.elementFromPoint(x, box.top + box.height * part));
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return { id: one.id, name: one.getAttribute("name"), value: one.value, href: one.getAttribute("href"), tag: one.localName, type: one.type, body: one === document.body, ring, seen: seen.some((other) => other && (one === other || one.contains(other) || other.contains(one))), covered: seen.some((other) => other?.closest("header")) && !one.closest("header"), where: `${one.outerHTML.slice(0, 80)} ${JSON.stringify(box)}` };
    });
    if (!at.body) {
      assert.ok(at.ring, `the focus cannot be seen: ${at.where}`);
      assert.ok(at.seen && !at.covered, `what has the focus is covered: ${at.where}`);
    }
    return at;
  };
  const reach = async (what, matches, key = "Tab") => {
    for (let n = 0; n < 120; n++) {
      await page.keyboard.press(key);
      if (matches(await focus())) return;
    }
    assert.fail(`${what} cannot be reached with ${key}`);
  };
  const enter = () => Promise.all([page.waitForEvent("domcontentloaded"), page.keyboard.press("Enter")]);
  await page.keyboard.press("Tab");
  assert.equal((await focus()).href, "#main", "the way past the header is not the first thing");
  await page.keyboard.press("Enter");
  await reach("Start", (at) => at.tag === "button" && at.type === "submit" && !at.id);
  await enter();
  const submit = (at) => at.tag === "button" && at.type === "submit" && at.name === null;
  for (let pages = 0; path(page) === "ask"; pages++) {
    assert.ok(pages < 40);
    if (await page.locator("#none").count()) {
      const place = page.locator('input[value="low-back-pain"]');
      if (await place.count()) await reach("a place", (at) => at.value === "low-back-pain");
      else await reach("none of these", (at) => at.id === "none");
      await page.keyboard.press("Space");
    } else {
      const names = await page.$$eval("input[type=radio]", (all) => [...new Set(all.map((one) => one.name))]);
      for (const name of names) {
        const weeks = `weeks-${name.replace("answer-", "")}`;
        if (await page.locator(`#${weeks}`).count()) {
          await reach("the weeks", (at) => at.id === weeks);
          await page.keyboard.type("30");
        } else {
          await reach(name, (at) => at.name === name);
          await page.keyboard.press("Space");
        }
      }
    }
    await reach("Continue", submit);
    await enter();
  }
  assert.equal(path(page), "result");
  assert.equal(await level(page), "self-care");
  // Through the whole result and backwards, where the header could cover what has the focus.
  const all = await page.locator("a[href], button, summary, select, input, [tabindex='0']").evaluateAll((list) => list.filter((one) => one.checkVisibility()).length);
  assert.ok(all > 30);
  for (let n = 0; n < all; n++) { await page.keyboard.press("Tab"); await focus(); }
  for (let n = 0; n < all; n++) { await page.keyboard.press("Shift+Tab"); await focus(); }
  await page.goto("/session-partner-back-massage");
  await reach("Begin", (at) => at.value === "agree");
  await enter();
  while (await page.locator("#step").count()) {
    await reach("Next step", (at) => at.value === "next");
    await enter();
  }
  assert.ok(await page.getByRole("status").isVisible());
});

journey("a screen reader meets the heading first, then the choices, then what to press", async (page) => {
  const inOrder = (tree, parts) => {
    let from = 0;
    for (const part of parts) {
      const at = tree.slice(from).search(part);
      assert.ok(at >= 0, `${part} does not come after what it should, in\n${tree}`);
      from += at + 1;
    }
  };
  await begin(page);
  await introduce(page);
  const question = await page.locator("body").ariaSnapshot();
  inOrder(question, [/link "Skip to the main part"/, /banner/, /link "Call 999"/, /button "Leave quickly/, /main/, /group "Do you have any of these right now\?"/, /heading "Do you have any of these right now\?" \[level=1\]/,
    /checkbox "Heavy bleeding/, /checkbox "None of these"/, /checkbox "Not sure about the others"/, /button "Continue"/, /button "Skip"/, /link "Back"/, /button "Stop and show what to do"/, /contentinfo/, /link "Who to call"/]);
  assert.match(question.slice(question.indexOf("main")), /^[^]*?heading "[^"]+" \[level=1\]/);
  assert.equal(question.match(/\[level=1\]/g).length, 1);
  assert.doesNotMatch(question, /img|Body map/, "a drawing that says nothing is read out");
  await goThrough(page, BACK_PAIN);
  const result = await page.locator("body").ariaSnapshot();
  inOrder(result, [/main/, /region "Level 1 of 5: You can look after this/, /heading "Level 1 of 5: .*" \[level=1\]/, /heading "Why" \[level=2\]/, /heading "Call sooner/, /heading "What it may be"/, /heading "What may help" \[level=2\]/, /heading "When to look again"/, /contentinfo/]);
  const main = result.slice(result.indexOf("main"));
  assert.ok(main.search(/heading/) < main.search(/heading "Why"/));
  assert.equal(main.match(/\[level=1\]/g).length, 1);
  // No level of headings is left out.
  const levels = [...result.matchAll(/\[level=(\d)\]/g)].map((match) => Number(match[1]));
  levels.forEach((now, n) => assert.ok(n === 0 || now <= levels[n - 1] + 1, `a heading of level ${now} follows one of level ${levels[n - 1]}`));
});

journey("a tap on the drawing ticks the line that says the same", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, {});
  await page.locator(".spot.region-tailbone").click();
  assert.ok(await page.locator('input[value="tailbone-pain"]').isChecked());
  const colour = () => page.locator("#region-tailbone").evaluate((one) => getComputedStyle(one).fill);
  const on = await colour();
  await page.locator(".spot.region-tailbone").click();
  assert.equal(await page.locator('input[value="tailbone-pain"]').isChecked(), false);
  assert.notEqual(await colour(), on, "the drawing does not show what is ticked");
});

journey("another country gives its own numbers, and keeps the answers", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, { ticks: ["bleeding-heavy"] });
  await page.locator("#place").selectOption("cn");
  await follow(page, page.locator('form[action="place"] button'));
  assert.equal(path(page), "result");
  assert.equal(await level(page), "emergency");
  assert.equal(await page.locator("header a.call").getAttribute("href"), "tel:120");
  assert.equal(await tel(page).first().getAttribute("href"), "tel:120");
});

/** Hands the device over with a code. */
const handOver = async (page, code) => {
  await follow(page, page.locator('main a[href="partner"]'));
  await page.locator("#code").fill(code);
  await follow(page, page.locator('form[action="partner"] button'));
};
const giveBack = async (page, code) => {
  await page.locator("#code").fill(code);
  await follow(page, page.locator('form[action="partner-back"] button'));
};
/** What the partner ticks on one list of signs after another, until that is all. */
const notice = async (page, ticks) => {
  await follow(page, page.locator('main a[href="partner-ask"]'));
  for (let pages = 0; path(page) === "partner-ask"; pages++) {
    assert.ok(pages < 20);
    const here = [];
    for (const tick of ticks) if (await page.locator(`input[value="${tick}"]`).count()) here.push(tick);
    for (const tick of here) await page.locator(`input[value="${tick}"]`).check();
    if (here.length === 0) await page.locator("#none").check();
    await follow(page, page.locator('form[action="partner-ask"] button'));
  }
};

journey("a partner who saw something raises the level, and both are shown", async (page) => {
  await begin(page);
  await introduce(page);
  await goThrough(page, BACK_PAIN);
  assert.equal(await level(page), "self-care");
  await handOver(page, "2468");
  assert.equal(path(page), "partner-view");
  assert.equal(await level(page), "self-care");
  await notice(page, ["collapse-dizzy"]);
  assert.equal(path(page), "partner-view");
  assert.equal(await level(page), "emergency");
  assert.equal(await tel(page).first().getAttribute("href"), "tel:999");
  await giveBack(page, "2468");
  assert.equal(path(page), "result");
  assert.equal(await level(page), "emergency");
  const row = page.locator("main table tr", { hasText: "Fainted, nearly fainted" });
  assert.deepEqual((await row.locator("td").allInnerTexts()).slice(0, 2).map((one) => one.toLowerCase()), ["no", "yes"]);
});

journey("a partner who saw nothing lowers nothing", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, { ticks: ["collapse-dizzy"] });
  assert.equal(await level(page), "emergency");
  await handOver(page, "2468");
  await notice(page, []);
  assert.equal(await level(page), "emergency");
  await giveBack(page, "2468");
  assert.equal(await level(page), "emergency");
});

journey("while a partner has the device, the own answers stay closed", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, {});
  await answer(page, BACK_PAIN);
  await answer(page, { ticks: ["bleeding-any"] });
  assert.equal(path(page), "result");
  const kept = /bleeding or spotting from the vagina: yes|someone hurts or frightens/i;
  await handOver(page, "13");
  assert.match(await page.getByRole("alert").innerText(), /digits/);
  await page.locator("#code").fill("1357");
  await follow(page, page.locator('form[action="partner"] button'));
  assert.equal(path(page), "partner-view");
  for (const own of ["result", "result-auditor", "answers", "ask", "change-0", "change-4", "partner", "start"]) {
    await page.goto(`/${own}`);
    assert.equal(path(page), "partner-view", own);
    assert.doesNotMatch(await text(page), kept);
  }
  await page.goBack({ waitUntil: "domcontentloaded" });
  assert.ok((await path(page)).startsWith("partner"), "one step back leads to the own pages");
  await page.goto("/partner-view");
  await giveBack(page, "7531");
  assert.ok(await page.getByRole("alert").isVisible());
  assert.notEqual(path(page), "result");
  await speak(page, "zh-Hans");
  await speak(page, "en-GB");
  await page.goto("/partner-view");
  await giveBack(page, "1357");
  assert.equal(path(page), "result");
  await follow(page, page.locator('main a[href="answers"]'));
  assert.match(await text(page), /Any bleeding or spotting from the vagina: yes/);
});

journey("my answers are in the order and in the words of the questions", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, {});
  await answer(page, BACK_PAIN);
  await follow(page, page.locator('footer a[href="answers"]'));
  const sections = await page.locator("section.answers").allInnerTexts();
  assert.equal(sections.length, 4);
  assert.match(sections[0], /Who is filling this in: self/i);
  assert.match(sections[0], /pregnant/i);
  assert.match(sections[1], /How many weeks pregnant: 30 weeks/);
  assert.match(sections[2], /Do you have any of these right now\?\s+No to all 9/);
  assert.match(sections[3], /Lower back.*: yes\s+14 others: no/);
});

journey("the note for the unit holds what was said, leaves out what is private, and can be read back", async (page) => {
  await begin(page);
  await introduce(page);
  await answer(page, { ticks: ["bleeding-heavy"] });
  await follow(page, page.locator('main a[href="answers"]'));
  await page.locator("#words").fill("It began in the garden.");
  await follow(page, page.locator('form[action="words"] button'));
  await page.goto("/result");
  await follow(page, page.locator('main a[href="note"]'));
  const sheet = page.locator("article.sheet");
  assert.match(await sheet.innerText(), /Get help now/i);
  assert.match(await sheet.innerText(), /It began in the garden\./);
  assert.match(await sheet.innerText(), /30 weeks/);
  assert.ok((await page.locator("svg.code").boundingBox()).width >= 200, "the code is too small to be scanned");
  // On paper: the sheet alone.
  await page.emulateMedia({ media: "print" });
  assert.ok(await sheet.isVisible());
  for (const target of ["header", "footer", ".no-print"]) assert.equal(await page.locator(target).first().isVisible(), false, `${target} is printed`);
  await page.emulateMedia({ media: "screen" });
  // As a file, which says nothing by its name, and without leaving the page.
  for (const paper of ["a4", "letter"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`form[action="note.pdf"] button[value="${paper}"]`).click()]);
    assert.equal(download.suggestedFilename(), "note.pdf");
    assert.equal(readFileSync(await download.path()).subarray(0, 4).toString(), "%PDF");
  }
  assert.equal(path(page), "note");
  await follow(page, page.locator('main a[href="note-phone"]'));
  assert.equal(await page.locator('main a[href="tel:999"]').count() > 0, true);
  assert.match(await page.locator(".aloud").innerText(), /30 weeks/);
});

/** Keeps a contact with two numbers. */
const keep = async (page, pain, daily) => {
  await page.locator(`label[for="pain${pain}"]`).click();
  await page.locator(`label[for="function${daily}"]`).click();
  await follow(page, page.locator('form[action="follow-add"] button'));
};

journey("looking again: two looks, a chart with its table, taken along, erased and brought back", async (page) => {
  const rows = () => page.locator("main table tbody tr");
  const numbers = async () => (await rows().allInnerTexts()).map((row) => row.split(/\s+/).slice(2, 4).join(" "));
  await begin(page);
  await introduce(page);
  await goThrough(page, BACK_PAIN);
  await follow(page, page.locator('main a[href="follow"]'));
  await keep(page, 6, 4);
  assert.deepEqual(await numbers(), ["6 4"]);
  await follow(page, page.locator('form[action="follow-check"] button'));
  assert.equal(path(page), "ask");
  // The danger signs are asked again, and nothing of the first time counts for them.
  assert.ok(await page.locator("input:checked").count() === 0);
  assert.ok(await goThrough(page, BACK_PAIN) >= 5, "the danger signs were not asked again");
  assert.equal(await level(page), "self-care");
  await follow(page, page.locator('main a[href="follow"]'));
  await keep(page, 3, 7);
  assert.deepEqual(await numbers(), ["6 4", "3 7"]);
  assert.equal(await page.locator('.drawing[role="img"] circle').count(), 2);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator('a[href="follow.episode"]').click()]);
  const saved = readFileSync(await download.path(), "utf8");
  assert.ok(saved.trim().split("\n").length >= 3);
  const [calendar] = await Promise.all([page.waitForEvent("download"), page.locator('a[href="follow.ics"]').click()]);
  const reminder = readFileSync(await calendar.path(), "utf8");
  assert.match(reminder, /^BEGIN:VCALENDAR/);
  assert.doesNotMatch(reminder, /pain|pregnan|bleed|baby|gravida/i);
  await follow(page, page.locator('form[action="follow-erase"] button'));
  assert.equal(await rows().count(), 0);
  await page.locator("details", { has: page.locator("#episode") }).locator("summary").click();
  await page.locator("#episode").fill("not a record");
  await follow(page, page.locator('form[action="follow-import"] button'));
  assert.ok(await page.getByRole("alert").isVisible());
  await page.locator("details", { has: page.locator("#episode") }).locator("summary").click();
  await page.locator("#file").setInputFiles({ name: "look-again.episode", mimeType: "application/jsonl", buffer: Buffer.from(saved) });
  await page.waitForFunction(() => document.querySelector("#episode").value.length > 20);
  await follow(page, page.locator('form[action="follow-import"] button'));
  assert.deepEqual(await numbers(), ["6 4", "3 7"]);
  await follow(page, page.locator('footer a[href="erase"]'));
  await follow(page, page.locator("main button.danger"));
  await page.goto("/follow");
  assert.equal(await rows().count(), 0);
  const gone = await page.request.get("/follow.episode");
  assert.equal(await gone.text(), "");
});

journey("a danger sign at the second look brings the emergency card", async (page) => {
  await begin(page);
  await introduce(page);
  await goThrough(page, BACK_PAIN);
  await follow(page, page.locator('main a[href="follow"]'));
  await keep(page, 2, 8);
  await follow(page, page.locator('form[action="follow-check"] button'));
  await goThrough(page, { ticks: ["bleeding-heavy"] });
  assert.equal(await level(page), "emergency");
  await follow(page, page.locator('main a[href="follow"]'));
  assert.equal(await page.locator("fieldset.scale").count(), 0, "a number is asked where help comes first");
  await follow(page, page.locator('form[action="follow-add"] button'));
  assert.equal(await level(page), "emergency");
  assert.equal(await tel(page).first().getAttribute("href"), "tel:999");
});
