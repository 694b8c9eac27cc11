// Loads the page again as soon as a file in the folder has changed, and lets each frame be as high as the page inside.
const { address, revision } = document.getElementById("reload").dataset;

const look = async () => {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    const now = await answer.text();
    if (answer.ok && now !== revision) {
      location.reload();
      return;
    }
  } catch {
    // The server is being started again.
  }
  setTimeout(look, 700);
};
setTimeout(look, 700);

for (const frame of document.querySelectorAll(".pane__page")) {
  const low = frame.getAttribute("height");
  const fit = () => {
    frame.setAttribute("height", low);
    frame.setAttribute("height", String(frame.contentDocument.documentElement.scrollHeight));
  };
  frame.addEventListener("load", fit);
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") fit();
}
