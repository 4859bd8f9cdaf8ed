// What a page can do beyond forms and links: leave with Escape, and the clock of a guided session. Nothing is sent.
"use strict";
const byId = (id) => document.getElementById(id);

// Two ways out in one: Escape does what the button does. The page before is not kept in the history where that can be helped.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && byId("exit")) byId("exit").requestSubmit();
});
if (document.body.classList.contains("away")) {
  history.pushState(null, "", location.href);
  addEventListener("popstate", () => history.pushState(null, "", location.href));
}
// A page from before an exit must not come back out of the browser's memory.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// "None of these" and a tick cannot both be true; the last one that was chosen counts.
document.addEventListener("change", ({ target }) => {
  const all = (name) => document.querySelectorAll(`input[type=checkbox][name=${name}]`);
  if (target.name === "there" && target.checked) all("rest").forEach((box) => { if (box.value === "none") box.checked = false; });
  if (target.name === "rest" && target.value === "none" && target.checked) {
    all("there").forEach((box) => { box.checked = false; });
    all("rest").forEach((box) => { if (box !== target) box.checked = false; });
  }
  if (target.name === "rest" && target.value === "unsure" && target.checked && byId("none")) byId("none").checked = false;
});

// A record that was taken along: its text goes into the field, and is sent with the form like any other.
const file = byId("file");
if (file) {
  file.disabled = false;
  file.addEventListener("change", async () => { if (file.files[0]) byId("episode").value = await file.files[0].text(); });
}

// A reminder while the page is open, if it is asked for; its title tells nobody what it is about.
const notify = byId("notify");
if (notify && "Notification" in window) {
  notify.hidden = false;
  notify.addEventListener("click", async () => {
    if (await Notification.requestPermission() !== "granted") return;
    notify.disabled = true;
    const tick = setInterval(() => {
      if (Date.now() < Number(notify.dataset.minutes) * 60000) return;
      clearInterval(tick);
      new Notification(notify.dataset.title);
    }, 30000);
  });
}

const step = byId("step");
if (step) {
  const whole = Number(step.dataset.seconds), pause = byId("pause"), bar = byId("bar"), left = byId("left");
  const kept = (name) => { try { return sessionStorage.getItem(name) === "1"; } catch { return false; } };
  for (const name of ["sound", "buzz"]) {
    const box = byId(name);
    box.disabled = false;
    box.checked = kept(name);
    box.addEventListener("change", () => { try { sessionStorage.setItem(name, box.checked ? "1" : "0"); } catch { /* not kept */ } });
  }
  let passed = 0, running = true, before = performance.now(), lock = null;
  const awake = async () => { try { lock = await navigator.wakeLock.request("screen"); } catch { lock = null; } };
  const cue = () => {
    if (byId("buzz").checked && navigator.vibrate) navigator.vibrate(200);
    if (!byId("sound").checked) return;
    try {
      const sound = new AudioContext(), tone = sound.createOscillator(), soft = sound.createGain();
      soft.gain.value = 0.1;
      tone.connect(soft).connect(sound.destination);
      tone.frequency.value = 528;
      tone.start();
      tone.stop(sound.currentTime + 0.4);
    } catch { /* no sound here */ }
  };
  pause.hidden = false;
  pause.addEventListener("click", () => {
    running = !running;
    before = performance.now();
    pause.textContent = running ? step.dataset.pause : step.dataset.resume;
    if (running) awake(); else if (lock) lock.release();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && running) awake(); });
  awake();
  const unit = left.textContent.replace(/[\d,.]+/, "#");
  const clock = setInterval(() => {
    const now = performance.now();
    if (running) passed += (now - before) / 1000;
    before = now;
    bar.value = Math.min(passed, whole);
    left.textContent = unit.replace("#", Math.max(0, Math.ceil(whole - passed)));
    if (passed < whole) return;
    clearInterval(clock);
    cue();
    setTimeout(() => step.requestSubmit(step.querySelector("[value=next]")), 500);
  }, 200);
}
