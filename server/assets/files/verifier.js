// Checks a certificate's proof in this browser, with the module of the evidence log. Nothing is sent anywhere: what is chosen, pasted or
// carried behind the # of the address stays here.
export async function live(page) {
  const { js, wasm, keys, zone } = page.dataset;
  const verifier = await import(js);
  await verifier.default({ module_or_path: wasm });
  const form = page.querySelector("form");
  const text = form.elements.namedItem("proof");
  const result = page.querySelector("[data-result]");
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short", timeZone: zone });

  const check = () => {
    const told = JSON.parse(verifier.check_proof(text.value, keys));
    const shown = page.querySelector(told.fault ? `[data-fault="${told.fault}"]` : "[data-proven]").content.cloneNode(true);
    if (!told.fault) {
      told.at = moment.format(new Date(told.at));
      for (const field of shown.querySelectorAll("[data-field]")) field.textContent = told[field.dataset.field];
    }
    result.replaceChildren(shown);
    result.scrollIntoView({ block: "nearest" });
  };

  form.addEventListener("submit", (event) => {
    // What is not checked is sent: nothing at all, to be told so, and a completion that is to be recorded again.
    if (text.value.trim() === "" || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    check();
  });

  page.querySelector("[data-offline]").hidden = false;
  form.elements.namedItem("file").addEventListener("change", async ({ target }) => {
    const [chosen] = target.files;
    if (!chosen) return;
    text.value = await chosen.text();
    check();
  });

  const packed = location.hash.slice(1);
  if (packed !== "") {
    text.value = await unpacked(packed).catch(() => packed);
    check();
  }
  page.dataset.live = "";
}

// base64url and raw deflate: what a code on paper has room for.
async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
