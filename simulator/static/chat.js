// One phone: who holds it, the chat, the quick replies, the composer and the rich menu.

import { choice, element, renderMessage } from "./messages.js";
import { order } from "./platform.js";

const DAY = new Intl.DateTimeFormat("th-TH-u-ca-buddhist-nu-latn", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat("th-TH-u-nu-latn", { hour: "2-digit", minute: "2-digit", hour12: false });
const NEAR_THE_END = 120; // pixels: whoever has scrolled further up is not pulled down by a new message

export class Phone {
  /** `tools` has `toast(text)`, `pick(action)` → params, `refresh()`. */
  constructor(tools) {
    this.tools = tools;
    this.root = document.getElementById("phone-template").content.firstElementChild.cloneNode(true);
    this.find = (selector) => this.root.querySelector(selector);
    this.rows = new Map();
    this.revision = 0;
    this.key = "";
    this.isAtEnd = true;
    this.onChoose = () => {};
    this.listen();
  }

  get userId() {
    return this.key.split("@")[0];
  }

  get groupId() {
    return this.key.split("@")[1];
  }

  get chatId() {
    return this.groupId ?? this.userId;
  }

  listen() {
    this.find(".who-select").addEventListener("change", (event) => this.choose(event.target.value));
    this.find(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    const text = this.find(".composer-text");
    text.addEventListener("input", () => this.fit());
    text.addEventListener("focus", () => this.openRichMenu(false)); // on a phone the keyboard takes its place
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.menu(".attach-button", ".attach-menu");
    this.menu(".chat-menu-button", ".chat-menu");
    this.find(".attach-menu").append(...this.attachments());
    this.find(".file-input").addEventListener("change", () => this.attachFile());
    this.find(".rich-bar").addEventListener("click", () => this.toggleRichMenu());
    this.stayAtEnd(this.find(".chat"));
  }

  /** Keeps the last message in sight when pictures arrive or room is lost, unless one has scrolled up. */
  stayAtEnd(log) {
    const toEnd = () => {
      if (this.isAtEnd) log.scrollTop = log.scrollHeight;
    };
    log.addEventListener("scroll", () => {
      this.isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_THE_END;
    });
    log.addEventListener("load", toEnd, true);
    new ResizeObserver(toEnd).observe(log);
    this.toEnd = toEnd;
  }

  /** Opens and closes a small menu; Escape and a click elsewhere close it. */
  menu(buttonSelector, menuSelector) {
    const button = this.find(buttonSelector);
    const menu = this.find(menuSelector);
    const show = (open) => {
      menu.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) menu.querySelector("button")?.focus();
    };
    button.addEventListener("click", () => show(menu.hidden));
    menu.addEventListener("click", () => show(false));
    document.addEventListener("click", (event) => {
      if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      show(false);
      button.focus();
    });
  }

  attachments() {
    const item = (label, does) => {
      const made = element("button", "menu-item", label);
      made.type = "button";
      made.addEventListener("click", does);
      return made;
    };
    const pickFile = (accept) => {
      const input = this.find(".file-input");
      input.accept = accept;
      input.click();
    };
    const hall = { latitude: 13.7539, longitude: 100.5014, title: "ศาลาว่าการกรุงเทพมหานคร", address: "ถนนดินสอ เขตพระนคร" };
    return [
      item("สติกเกอร์", () => this.order("user_sends_sticker", { group_id: this.groupId })),
      item("รูปภาพ", () => pickFile("image/png,image/jpeg")),
      item("ไฟล์", () => pickFile("")),
      item("ตำแหน่ง", () => this.order("user_sends_location", hall)),
    ];
  }

  /** Does a verb as the person of this phone; what is refused is told in a sentence. */
  async order(verb, args = {}) {
    try {
      return await order(verb, { user_id: this.userId, ...withoutEmpty(args) });
    } catch (wrong) {
      this.tools.toast(wrong.message);
      return null;
    }
  }

  choose(key) {
    this.key = key;
    this.rows.clear();
    this.revision = 0;
    this.isAtEnd = true;
    this.find(".chat").replaceChildren();
    this.find(".quick").replaceChildren();
    this.onChoose(key);
  }

  async send() {
    const text = this.find(".composer-text");
    const words = text.value.trim();
    if (!words) return;
    text.value = "";
    this.fit();
    const mention = this.groupId && words.startsWith("@");
    const done = await this.order("user_sends", { text: words, group_id: this.groupId, mention_bot: mention || undefined });
    if (done === null) text.value = words;
  }

  fit() {
    const text = this.find(".composer-text");
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 140)}px`;
  }

  async attachFile() {
    const input = this.find(".file-input");
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    const data = { data_base64: btoa(binary) };
    if (/^image\/(png|jpeg)$/.test(file.type)) await this.order("user_sends_image", { ...data, content_type: file.type });
    else await this.order("user_sends_file", { ...data, file_name: file.name });
  }

  /** Does what a tapped action says, as the LINE app would. */
  async act(action) {
    if (action.type === "uri") return this.open(action.uri);
    if (action.type === "clipboard") {
      await navigator.clipboard?.writeText(action.clipboardText).catch(() => {});
      return this.tools.toast(`คัดลอกแล้ว: ${action.clipboardText}`);
    }
    if (action.type === "camera" || action.type === "cameraRoll") {
      this.find(".file-input").accept = "image/png,image/jpeg";
      return this.find(".file-input").click();
    }
    if (action.type === "location") return this.find(".attach-menu").lastElementChild.click();
    const params = action.type === "datetimepicker" ? await this.tools.pick(action) : undefined;
    if (params === null) return undefined;
    await this.order("user_taps", { action, group_id: this.groupId, params });
    this.openInput(action);
    return undefined;
  }

  /** Opens or closes what a postback says; the keyboard takes the rich menu's place. */
  openInput({ inputOption, fillInText }) {
    if (["openKeyboard", "closeRichMenu"].includes(inputOption)) this.openRichMenu(false);
    if (inputOption === "openRichMenu") this.openRichMenu(true);
    if (inputOption === "openKeyboard") this.type(fillInText ?? "");
  }

  type(words) {
    const text = this.find(".composer-text");
    text.value = words;
    this.fit();
    text.focus();
  }

  open(address) {
    if (/^https?:/.test(address)) window.open(address, "_blank", "noopener,noreferrer");
    else this.tools.toast(`โทรศัพท์จริงจะเปิด ${address}`);
  }

  /** Takes a new state in: people for the list, messages of this chat changed after revision `after`. */
  update(state, after) {
    this.listPeople(state);
    this.name(state);
    const chat = state.chats[this.chatId];
    if (!chat || after > this.revision) return; // asked before another chat was chosen: the next answer has it all
    const log = this.find(".chat");
    this.revision = state.revision;
    for (const row of chat.messages) this.put(log, row);
    this.showLoading(log, chat.loading);
    if (chat.messages.length || this.rows.size === 0) this.quickReplies();
    this.richMenu(chat.rich_menu);
    this.toEnd();
  }

  listPeople(state) {
    const select = this.find(".who-select");
    const options = optionsOf(state);
    const wanted = JSON.stringify(options);
    if (select.dataset.shown !== wanted) {
      select.dataset.shown = wanted;
      select.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
    }
    select.value = this.key;
  }

  name(state) {
    const group = state.groups.find((each) => each.group_id === this.groupId);
    const person = state.people.find((each) => each.user_id === this.userId);
    const name = group ? `${group.name} (${group.members.length})` : state.bot.name;
    this.find(".chat-name").textContent = name;
    this.find(".bot-avatar").textContent = [...name][0] ?? "";
    this.root.setAttribute("aria-label", `โทรศัพท์ของ ${person?.display_name ?? ""}`);
    const notice = this.find(".chat-notice");
    notice.hidden = !person?.blocked;
    notice.textContent = "คุณบล็อกบัญชีนี้อยู่ ข้อความจากบัญชีนี้จะไม่มาถึง";
    this.chatActions(person);
  }

  chatActions(person) {
    const menu = this.find(".chat-menu");
    const state = String(person?.blocked);
    if (menu.dataset.shown === state) return;
    menu.dataset.shown = state;
    const item = (label, verb, args) => {
      const made = element("button", "menu-item", label);
      made.type = "button";
      made.addEventListener("click", () => this.order(verb, args?.()));
      return made;
    };
    const block = person?.blocked ? item("เลิกบล็อก", "follow") : item("บล็อกบัญชีนี้", "unfollow");
    menu.replaceChildren(item("ยกเลิกข้อความล่าสุดของฉัน", "unsend", () => ({ group_id: this.groupId })), block);
  }

  put(log, row) {
    const known = this.rows.get(row.id);
    if (!known) this.daySign(log, row);
    const made = this.line(row);
    if (known) known.line.replaceWith(made);
    else log.append(made);
    this.rows.set(row.id, { row, line: made });
  }

  daySign(log, row) {
    const day = DAY.format(row.at * 1000);
    if (log.dataset.day === day && log.childElementCount) return;
    log.dataset.day = day;
    log.append(element("p", "day", element("span", "", day)));
  }

  line(row) {
    const isMine = row.sender === this.userId;
    const made = element("div", `line ${isMine ? "mine" : "theirs"}`);
    made.dataset.id = row.id;
    made.dataset.how = row.how;
    if (!isMine) made.append(element("span", "avatar", [...row.sender_name][0] ?? ""));
    const body = element("div", "line-body");
    if (!isMine) body.append(element("span", "sender", row.sender_name));
    const wide = ["flex", "template"].includes(row.message.type) && !row.unsent;
    const content = renderMessage(row, (action) => this.act(action));
    const stamp = element("span", "stamp", CLOCK.format(row.at * 1000));
    if (isMine && row.read && !row.unsent) stamp.prepend(element("span", "read", "อ่านแล้ว"));
    body.append(element("div", wide ? "with-stamp wide" : "with-stamp", content, stamp));
    made.append(body);
    return made;
  }

  showLoading(log, seconds) {
    log.querySelector(".loading")?.remove();
    if (!(seconds > 0)) return;
    const dots = element("div", "bubble dots", element("i"), element("i"), element("i"));
    const made = element("div", "line theirs loading", element("span", "avatar", this.find(".bot-avatar").textContent), dots);
    made.setAttribute("aria-label", "กำลังเตรียมคำตอบ");
    log.append(made);
    setTimeout(() => made.remove(), seconds * 1000);
  }

  quickReplies() {
    const last = [...this.rows.values()].at(-1)?.row;
    const items = last && last.sender !== this.userId && !last.unsent ? (last.message.quickReply?.items ?? []) : [];
    const row = this.find(".quick");
    row.replaceChildren(...items.map((item) => choice(item.action, (action) => this.tapQuick(action), "chip")));
    row.hidden = items.length === 0;
  }

  tapQuick(action) {
    if (!["uri", "clipboard"].includes(action.type)) {
      this.find(".quick").replaceChildren();
      this.find(".quick").hidden = true;
    }
    return this.act(action);
  }

  richMenu(menu) {
    const rich = this.find(".rich");
    const shown = menu?.richMenuId ?? "";
    rich.hidden = !menu;
    if (rich.dataset.shown === shown) return;
    rich.dataset.shown = shown;
    if (!menu) return;
    this.find(".rich-bar").textContent = menu.chatBarText;
    this.openRichMenu(menu.selected);
    const picture = this.find(".rich-picture");
    const image = element("img");
    image.alt = menu.name;
    image.src = `/simulator/richmenus/${menu.richMenuId}/image`;
    picture.replaceChildren(image, ...menu.areas.map((area) => this.area(area, menu.size)));
    picture.style.aspectRatio = `${menu.size.width} / ${menu.size.height}`;
  }

  area({ bounds, action }, size) {
    const made = choice({ ...action, label: "" }, () => this.act(action), "rich-area");
    made.setAttribute("aria-label", action.label ?? action.text ?? action.displayText ?? "ปุ่มของเมนู");
    made.style.left = `${(100 * bounds.x) / size.width}%`;
    made.style.top = `${(100 * bounds.y) / size.height}%`;
    made.style.width = `${(100 * bounds.width) / size.width}%`;
    made.style.height = `${(100 * bounds.height) / size.height}%`;
    return made;
  }

  toggleRichMenu() {
    this.openRichMenu(this.find(".rich-picture").hidden);
  }

  openRichMenu(open) {
    this.find(".rich-picture").hidden = !open;
    this.find(".rich-bar").setAttribute("aria-expanded", String(open));
  }
}

function withoutEmpty(args) {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** The choices of who to be: every listed person (or, with none listed, everybody), then their groups. */
export function optionsOf(state) {
  const listed = state.people.filter((person) => person.listed);
  const people = listed.length ? listed : state.people;
  const options = people.map((person) => [person.user_id, [person.display_name, person.label].filter(Boolean).join(" — ")]);
  for (const group of state.groups) {
    for (const person of people.filter((each) => group.members.includes(each.user_id))) {
      options.push([`${person.user_id}@${group.group_id}`, `${person.display_name} ใน ${group.name}`]);
    }
  }
  return options;
}
