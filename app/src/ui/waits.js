// Sends a form marked `data-waits` and stays on its page until the server has answered. Left alone, a browser without a network puts a page of its
// own in the place of the answer. Sending again is harmless: such a form counts once. A form marked `data-waits="way"` is sent by the browser, as soon as
// there is a way to the server: a wrong password would count twice if this script sent it first.
const line = document.getElementById("waits");
const { sending, away, changed } = line.dataset;
let waiting;
let leaving = false;

const fields = (form, button) => {
  const all = new FormData(form);
  if (button?.name) all.append(button.name, button.value);
  return new URLSearchParams(all);
};

const stop = (words) => {
  clearTimeout(waiting?.again);
  if (waiting) delete waiting.form.dataset.sending;
  waiting = undefined;
  line.textContent = words;
};

const send = async () => {
  const answer = waiting;
  if (!answer || answer.request) return;
  clearTimeout(answer.again);
  // What is sent is what stood there when the button was pressed, and nothing that was only looked at since.
  if (String(fields(answer.form, answer.button)) !== String(answer.body)) {
    stop(changed);
    return;
  }
  const request = new AbortController();
  answer.request = request;
  const slow = setTimeout(() => { line.textContent ||= sending; }, 1000);
  const patience = setTimeout(() => request.abort(), 20000);
  // The server says where the way goes on; led there, this script would fetch the page only to throw it away.
  const options = { method: "POST", body: answer.body, headers: { prefer: "return=minimal" }, signal: request.signal };
  const reply = await (
    answer.form.dataset.waits === "way"
      ? fetch("/healthz", { cache: "no-store", signal: request.signal })
      : fetch(answer.form.getAttribute("action"), options)
  ).catch(() => undefined);
  clearTimeout(slow);
  clearTimeout(patience);
  const on = reply?.status === 204 && reply.headers.get("location");
  const soon = [502, 503, 504].includes(reply?.status) && Number(reply.headers.get("retry-after")) <= 30;
  if (on) {
    const here = location.pathname + location.search;
    location.assign(on);
    if (on.split("#")[0] === here) location.reload();
  } else if (reply && !soon) {
    // A page answered, with what is missing or why it was not taken. The browser asks for it as it always did.
    leaving = true;
    answer.form.requestSubmit(answer.button);
  } else {
    answer.request = undefined;
    answer.tries += 1;
    line.textContent = answer.form.dataset.away ?? away;
    answer.again = setTimeout(send, Math.min(30, 2 ** answer.tries) * 1000);
  }
};

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (leaving || !form.matches("[data-waits]") || button?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (waiting?.request) return;
  stop("");
  waiting = { form, button, body: fields(form, button), tries: 0 };
  form.dataset.sending = "";
  send();
});

window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
// The back button may bring this page back as it was left.
window.addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  leaving = false;
  stop("");
});
