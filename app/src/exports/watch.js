// Asks how far the file is, moves the bar, says it aloud at each quarter, and loads the page again once it is over.
const page = document.getElementById("watch").dataset;
const bar = document.getElementById("job-progress");
const figure = document.getElementById("job-figure");
const spoken = document.getElementById("job-spoken");
let quarter = 0;

const look = async () => {
  try {
    const answer = await fetch(page.address, { cache: "no-store" });
    // Another page answered: the sign-in, or the locked screen.
    if (!answer.ok || answer.redirected) return;
    const { done, of, over } = await answer.json();
    if (over) {
      location.reload();
      return;
    }
    if (of > 0) {
      const percent = Math.min(99, Math.floor((done * 100) / of));
      bar.max = of;
      bar.value = done;
      figure.textContent = page.words.replace("{n}", percent);
      if (Math.floor(percent / 25) > quarter) {
        quarter = Math.floor(percent / 25);
        spoken.textContent = figure.textContent;
      }
    }
  } catch {
    // The server is being started again: what was asked for is still known there.
  }
  setTimeout(look, 2000);
};
setTimeout(look, 1000);
