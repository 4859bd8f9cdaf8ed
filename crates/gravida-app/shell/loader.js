// Puts the app on this device, once; until it is there, links and forms wait for it. It sends nothing.
"use strict";
if (!navigator.serviceWorker?.controller) {
  const failed = () => {
    const words = document.getElementById("failed");
    if (!words) return;
    words.hidden = false;
    words.scrollIntoView();
  };
  const ready = new Promise((resolve, reject) => {
    if (!navigator.serviceWorker || !globalThis.WebAssembly) return reject(new Error("not in this browser"));
    navigator.serviceWorker.ready.then(resolve);
    navigator.serviceWorker.register("sw.js", { updateViaCache: "all" }).then(({ active, installing }) => {
      if (active || !installing) return;
      installing.addEventListener("statechange", () => { if (installing.state === "redundant") reject(new Error("not installed")); });
    }).catch(reject);
  });
  ready.catch(failed);

  let there = false, tapped = false;
  const wait = (event, then) => {
    if (there) return;
    event.preventDefault();
    tapped = true;
    document.documentElement.setAttribute("aria-busy", "true");
    ready.then(then, failed);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && !link.getAttribute("href").startsWith("#")) wait(event, () => location.assign(link.href));
  });
  document.addEventListener("submit", (event) => {
    // Nothing was answered yet, so there is nothing to take away: leaving in a hurry does not wait.
    if (event.target.id === "exit") return there || (event.preventDefault(), location.replace("about:blank"));
    wait(event, () => event.target.requestSubmit(event.submitter));
  });
  // The first page was written in one language; from now on it is written in the person's own.
  ready.then(() => {
    there = true;
    const own = document.documentElement.lang.split("-")[0];
    if (!tapped && !navigator.language.startsWith(own)) location.reload();
  }, () => {});
}
