// The side panels: the bot's calls as they come, and the troubles one can order.

import { element } from "./messages.js";
import { order } from "./platform.js";

const CLOCK = new Intl.DateTimeFormat("th-TH-u-nu-latn", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const MOST_CALLS = 300;
const KINDS = { reply: "ตอบกลับ", push: "ส่งหา", multicast: "ส่งหลายคน" };
const SLOW_SECONDS = 3;

/** The list of calls, newest first. */
export class Calls {
  constructor() {
    this.list = document.getElementById("calls");
    this.last = 0;
  }

  update(state) {
    for (const call of state.calls) {
      this.list.prepend(row(call));
      this.last = call.number;
    }
    while (this.list.childElementCount > MOST_CALLS) this.list.lastElementChild.remove();
    document.getElementById("calls-empty").hidden = this.list.childElementCount > 0;
    document.getElementById("quota").textContent = quotaWords(state.quota, state.faults.quota_exhausted);
  }
}

function quotaWords(quota, isExhausted) {
  const used = `ใช้โควตา ${quota.used.toLocaleString("th-TH-u-nu-latn")}`;
  const of = quota.limit === null ? " ข้อความ (ไม่จำกัด)" : ` จาก ${quota.limit.toLocaleString("th-TH-u-nu-latn")} ข้อความ`;
  return used + of + (isExhausted ? " · สั่งให้หมดแล้ว" : "");
}

function row(call) {
  const isGood = call.status >= 200 && call.status < 300;
  const status = call.status === 0 ? "สายหลุด" : String(call.status);
  const summary = element(
    "summary",
    "",
    element("span", "call-time", CLOCK.format(call.at * 1000)),
    element("span", `status ${isGood ? "good" : "bad"}`, status),
    element("span", "call-name", KINDS[call.kind] ?? call.kind),
    element("span", `cost ${call.recipients ? "paid" : ""}`, costWords(call)),
    element("span", "call-path", `${call.method} ${call.path}`),
    element("span", "call-duration", `${call.duration_ms < 10 ? call.duration_ms.toFixed(1) : Math.round(call.duration_ms)} ms`),
  );
  const body = element("div", "call-body", ...pieces(call));
  const details = element("details", "", summary, body);
  const made = element("li", "call", details);
  made.dataset.kind = call.kind;
  return made;
}

function costWords(call) {
  if (call.recipients) return `นับ ${call.recipients}`;
  return call.kind === "reply" && call.status === 200 ? "ฟรี" : "";
}

function pieces(call) {
  const facts = [["x-line-request-id", call.request_id], ["x-line-retry-key", call.retry_key]].filter(([, value]) => value);
  const made = facts.map(([name, value]) => element("p", "fact", `${name}: ${value}`));
  if (call.fault) made.push(element("p", "fact bad", "เกิดจากปัญหาที่สั่งไว้"));
  for (const [title, value] of [["ส่งมา", call.sent], ["ตอบไป", call.answered]]) {
    if (value !== null) made.push(element("h3", "", title), json(value));
  }
  return made;
}

function json(value) {
  const made = element("pre", "", JSON.stringify(value, null, 2));
  made.tabIndex = 0;
  return made;
}

const NEXT = [
  ["LINE ตอบ 500 และไม่รับข้อความ", "fail_next", { status: 500 }],
  ["LINE ตอบ 500 ทั้งที่รับข้อความแล้ว", "fail_next", { status: 500, accepted: true }],
  ["สายหลุดก่อน LINE รับข้อความ", "drop_next", {}],
  ["สายหลุดหลัง LINE รับข้อความ", "drop_next", { accepted: true }],
  ["เรียกถี่เกินไป (429)", "rate_limit_next", {}],
  ["โทเคนตอบกลับใช้ไปแล้ว (400)", "spend_next_token", {}],
  ["ประตูหน้าเสีย ตอบเป็น HTML (502)", "bad_gateway_next", {}],
];
const AGAIN = [
  ["ส่งเหตุการณ์ล่าสุดซ้ำ แบบ LINE ส่งใหม่", "redeliver"],
  ["ส่งเหตุการณ์ล่าสุดซ้ำ แบบไม่มีเครื่องหมาย", "duplicate"],
];

/** The panel of troubles: lasting switches, troubles of the next call, and webhooks sent again. */
export class Troubles {
  constructor(toast) {
    this.toast = toast;
    this.slow = this.toggle("LINE ช้า 3 วินาที", (on) => this.order("slow", { seconds: on ? SLOW_SECONDS : 0 }));
    this.quota = this.toggle("โควตาเดือนนี้หมด (429)", (on) => this.order("exhaust_quota", { exhausted: on }));
    this.fields = this.toggle("มีช่องข้อมูลที่ไม่เคยเห็น", (on) => this.order("add_unknown_fields", { wanted: on }));
    this.waiting = element("p", "waiting");
    document.getElementById("faults").append(
      group("เป็นอยู่จนกว่าจะปิด", this.slow, this.quota, this.fields),
      group("เกิดกับการส่งครั้งต่อไป", ...NEXT.map(([label, verb, args]) => this.button(label, verb, args)), this.waiting),
      group("เหตุการณ์ (webhook)", ...AGAIN.map(([label, verb]) => this.button(label, verb, {}))),
    );
    document.getElementById("clear-faults").addEventListener("click", () => this.order("clear", {}));
  }

  toggle(label, does) {
    const made = element("button", "switch", element("span", "switch-label", label), element("span", "switch-state", "ปิด"));
    made.type = "button";
    made.setAttribute("role", "switch");
    made.setAttribute("aria-checked", "false");
    made.addEventListener("click", () => does(made.getAttribute("aria-checked") !== "true"));
    return made;
  }

  button(label, verb, args) {
    const made = element("button", "trouble", label);
    made.type = "button";
    made.addEventListener("click", () => this.order(verb, args));
    return made;
  }

  async order(verb, args) {
    try {
      await order(verb, args);
    } catch (wrong) {
      this.toast(wrong.message);
    }
  }

  update({ faults }) {
    set(this.slow, faults.slow_seconds > 0);
    set(this.quota, faults.quota_exhausted);
    set(this.fields, faults.unknown_fields);
    const number = faults.waiting.length;
    this.waiting.textContent = number ? `รอเกิดอยู่ ${number} ครั้ง` : "ไม่มีปัญหาที่รออยู่";
  }
}

function group(title, ...children) {
  return element("div", "group", element("h3", "", title), ...children);
}

function set(button, on) {
  button.setAttribute("aria-checked", String(on));
  button.querySelector(".switch-state").textContent = on ? "เปิด" : "ปิด";
}
