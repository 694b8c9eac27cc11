// Brings the islands of this page to life. A page without islands loads nothing.
const root = document.documentElement;
const { js, wasm } = document.getElementById("hydrate").dataset;

// Posts that have just arrived were asked for: whoever opens them stands at the first.
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.matches(".arrived")) target.querySelector("[data-fresh]")?.focus();
}, true);

// A page with a script of its own names it. It works without, as every page does.
for (const page of document.querySelectorAll("[data-script]")) {
  import(page.dataset.script).then((own) => own.live(page));
}

if (document.querySelector("leptos-island")) {
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));
  idle(async () => {
    const islands = await import(js);
    await islands.default({ module_or_path: wasm });
    islands.hydrate();
    // In document order: an outer island lives before one inside its children, and the children name their owner.
    const owners = [];
    const walk = (element) => {
      if (element.localName === "leptos-island") {
        owners.at(-1)?.();
        islands[element.dataset.component]?.(element);
      }
      const children = element.localName === "leptos-children";
      if (children) owners.push(element.$$on_hydrate);
      for (const child of element.children) walk(child);
      if (children) owners.pop();
    };
    walk(document.body);
    root.dataset.hydrated = "islands";
  });
} else {
  root.dataset.hydrated = "nothing";
}
