// Draws one message of a chat as an element: text, pictures, stickers, templates, Flex and the rest.

import { pictureAddress, renderFlex } from "./flex.js";

const LINKS = /(https?:\/\/[^\s]+)/g;

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Draws `row` (a message of the state); `act(action)` is called for what is tapped in it. */
export function renderMessage(row, act) {
  if (row.unsent) return element("div", "unsent", "ยกเลิกข้อความนี้แล้ว");
  return (DRAW[row.message.type] ?? other)(row.message, act, row);
}

const DRAW = { text: textBubble, textV2: textBubble, flex, template, sticker, image, location, file, audio, video: film };

function other(message) {
  return element("div", "bubble", `ข้อความชนิด ${message.type}`);
}

function textBubble(message) {
  const made = element("div", "bubble");
  let text = message.text;
  for (const [key, value] of Object.entries(message.substitution ?? {})) {
    text = text.replaceAll(`{${key}}`, value.type === "mention" ? "@สมาชิก" : "");
  }
  for (const [place, piece] of text.split(LINKS).entries()) made.append(place % 2 ? link(piece) : piece);
  return made;
}

function link(address) {
  const made = element("a", "", address);
  made.href = address;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  return made;
}

function flex(message, act) {
  const made = element("div", "flex-message", renderFlex(message.contents, act));
  made.setAttribute("aria-label", message.altText);
  return made;
}

function sticker(message) {
  return element("div", "sticker", element("span", "sticker-face"), element("span", "", `สติกเกอร์ ${message.packageId}/${message.stickerId}`));
}

function image(message, act, row) {
  const made = element("img", "photo");
  made.alt = "รูปภาพ";
  made.src = row.content ?? pictureAddress(message.previewImageUrl ?? message.originalContentUrl);
  return made;
}

function file(message, act, row) {
  const size = `${Math.max(1, Math.round(message.fileSize / 1024))} กิโลไบต์`;
  const made = element("a", "bubble file", element("span", "file-sign"), element("span", "file-name", message.fileName), element("small", "", size));
  made.href = row.content ?? "#";
  made.target = "_blank";
  return made;
}

function location(message) {
  return element("div", "bubble place", element("strong", "", message.title || "ตำแหน่ง"), element("span", "", message.address ?? ""), element("small", "", `${message.latitude}, ${message.longitude}`));
}

function audio(message) {
  return element("div", "bubble", `เสียง ${Math.round((message.duration ?? 0) / 1000)} วินาที`);
}

function film(message) {
  return image({ previewImageUrl: message.previewImageUrl }, null, {});
}

function template(message, act) {
  const shape = message.template;
  if (shape.type === "carousel") return element("div", "flex-carousel", ...shape.columns.map((each) => card(each, act)));
  if (shape.type === "image_carousel") return element("div", "flex-carousel", ...shape.columns.map((each) => imageCard(each, act)));
  return card(shape, act);
}

function card(shape, act) {
  const made = element("div", `template ${shape.type === "confirm" ? "confirm" : ""}`);
  if (shape.thumbnailImageUrl) made.append(picture(shape.thumbnailImageUrl));
  if (shape.title) made.append(element("strong", "template-title", shape.title));
  made.append(element("p", "template-text", shape.text));
  made.append(element("div", "template-actions", ...shape.actions.map((each) => choice(each, act))));
  return made;
}

function imageCard(column, act) {
  const made = element("div", "template image-card", picture(column.imageUrl), choice(column.action, act));
  return made;
}

function picture(url) {
  const made = element("img", "template-picture");
  made.alt = "";
  made.src = pictureAddress(url);
  return made;
}

/** A button that does an action. */
export function choice(action, act, className = "template-choice") {
  const made = element("button", className, action.label ?? "");
  made.type = "button";
  made.dataset.action = action.type;
  made.addEventListener("click", () => act(action));
  return made;
}
