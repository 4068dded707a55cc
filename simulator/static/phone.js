// The page: phones on a desk, panels beside them, one state for all.

import { Phone, optionsOf } from "./chat.js";
import { Calls, Troubles } from "./panels.js";
import { fetchState, watch } from "./platform.js";

const KEPT = "simulator-phones"; // who was chosen, so that a reload keeps it
const TOAST_MS = 4000;

const phones = [];
const calls = new Calls();
const troubles = new Troubles(toast);
let asking = false;
let askAgain = false;
let latest = null;

function toast(words) {
  const made = document.getElementById("toast");
  made.textContent = words;
  made.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => made.classList.remove("shown"), TOAST_MS);
}

/** Asks for a date or time; resolves to the postback's params, or null when it was called off. */
function pick(action) {
  const dialog = document.getElementById("picker");
  const input = document.getElementById("picker-input");
  input.type = action.mode === "datetime" ? "datetime-local" : action.mode;
  input.value = (action.initial ?? "").replace("t", "T");
  input.min = action.min ?? "";
  input.max = action.max ?? "";
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    const done = () => resolve(dialog.returnValue === "ok" && input.value ? { [action.mode]: input.value } : null);
    dialog.addEventListener("close", done, { once: true });
  });
}

function addPhone(key) {
  const phone = new Phone({ toast, pick });
  phone.key = key;
  phone.onChoose = () => {
    keep();
    refresh();
  };
  phones.push(phone);
  document.getElementById("phones").append(phone.root);
  document.body.classList.toggle("two-phones", phones.length > 1);
}

function keep() {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(phones.map((phone) => phone.key)));
  } catch {
    // A browser that keeps nothing still works; a reload starts with the first person.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}

/** Fetches what changed and shows it; a change during the fetch makes it fetch once more. */
async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  try {
    const wanted = {};
    for (const { chatId, revision } of phones) wanted[chatId] = Math.min(revision, wanted[chatId] ?? revision);
    latest = await fetchState(wanted, calls.last);
    if (phones.length === 0) begin(latest);
    show(latest, wanted);
  } catch {
    connected(false);
  } finally {
    asking = false;
  }
  if (askAgain) {
    askAgain = false;
    await refresh();
  }
}

/** The first state tells who there is: the phones of the last visit, or one with the first person. */
function begin(state) {
  const known = optionsOf(state).map(([value]) => value);
  const chosen = kept().filter((key) => known.includes(key)).slice(0, 2);
  for (const key of chosen.length ? chosen : known.slice(0, 1)) addPhone(key);
  pressed();
  askAgain = true;
}

function show(state, wanted) {
  for (const phone of phones) phone.update(state, wanted[phone.chatId]);
  calls.update(state);
  troubles.update(state);
  connected(true, state);
}

function connected(isConnected, state = latest) {
  const words = document.getElementById("top-state");
  const hook = state?.webhook;
  const failed = hook && !(hook.status >= 200 && hook.status < 300);
  words.classList.toggle("bad", !isConnected || Boolean(failed));
  if (!isConnected) words.textContent = "ขาดการเชื่อมต่อ กำลังลองใหม่";
  else if (failed) words.textContent = hook.status ? `บอตตอบ webhook ${hook.status}` : "บอตไม่ตอบ webhook";
  else words.textContent = "เชื่อมต่อแล้ว";
}

function pressed() {
  document.getElementById("second-phone").setAttribute("aria-pressed", String(phones.length > 1));
}

/** Whom the second phone belongs to: somebody of another role, so that a conversation has its two sides. */
function somebodyElse(state, { key, userId }) {
  const roleOf = (id) => state.people.find((person) => person.user_id === id)?.role;
  const others = optionsOf(state).map(([value]) => value).filter((value) => value !== key);
  return others.find((value) => roleOf(value) !== roleOf(userId)) ?? others[0] ?? key;
}

function toggleSecondPhone() {
  if (phones.length > 1) {
    phones.pop().root.remove();
    document.body.classList.remove("two-phones");
  } else if (latest) {
    addPhone(somebodyElse(latest, phones[0]));
  }
  pressed();
  keep();
  refresh();
}

function view(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll(".views button")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

document.getElementById("second-phone").addEventListener("click", toggleSecondPhone);
for (const button of document.querySelectorAll(".views button")) {
  button.addEventListener("click", () => view(button.dataset.view));
}
view("phone");
refresh();
watch(refresh, (isConnected) => connected(isConnected));
