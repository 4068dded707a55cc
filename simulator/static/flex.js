// Draws a Flex message as LINE draws it. Text only ever becomes text nodes; styles are set one by one, so that the
// page's policy can forbid inline styles. The numbers are approximations: LINE does not publish its own.

const FONT = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const PICTURE = { xxs: 40, xs: 60, sm: 80, md: 100, lg: 120, xl: 140, xxl: 160, "3xl": 180, "4xl": 200, "5xl": 220 };
const SPACE = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDER = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const PLACE = { start: "flex-start", center: "center", end: "flex-end", top: "flex-start", bottom: "flex-end" };
const BLOCKS = ["header", "hero", "body", "footer"];

/** A keyword, pixels or percent as a CSS length. */
function length(value, table) {
  if (value === undefined || value === null) return "";
  return value in table ? `${table[value]}px` : String(value);
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Only addresses of pictures that a browser may show. */
export function pictureAddress(url) {
  return /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(url ?? "") ? url : "";
}

/** Makes an element do an action when it is clicked or, with the keyboard, entered. */
function actionable(made, action, act) {
  if (!action) return made;
  made.classList.add("can-act");
  made.dataset.action = action.type;
  if (made.tagName !== "BUTTON") {
    made.tabIndex = 0;
    made.setAttribute("role", "button");
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      made.click();
    });
  }
  if (action.label) made.title = action.label;
  made.addEventListener("click", (event) => {
    event.stopPropagation();
    act(action);
  });
  return made;
}

/** Draws the contents of a Flex message; `act(action)` is called when something is tapped. */
export function renderFlex(contents, act) {
  if (contents.type !== "carousel") return bubble(contents, act);
  const row = element("div", "flex-carousel", ...contents.contents.map((each) => bubble(each, act)));
  row.tabIndex = 0;
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", `การ์ด ${contents.contents.length} ใบ เลื่อนดูด้านข้างได้`);
  return row;
}

function bubble(shape, act) {
  const made = element("div", `flex-bubble size-${shape.size ?? "mega"}`);
  if (shape.direction === "rtl") made.dir = "rtl";
  if (shape.body && shape.footer) made.classList.add("has-footer");
  BLOCKS.filter((name) => shape[name]).forEach((name, place) => made.append(block(name, shape, act, place)));
  return actionable(made, shape.action, act);
}

function block(name, shape, act, place) {
  const made = element("div", `flex-block flex-${name}`);
  const style = shape.styles?.[name] ?? {};
  if (style.backgroundColor) made.style.backgroundColor = style.backgroundColor;
  if (style.separator && place > 0) {
    made.style.borderTop = `1px solid ${style.separatorColor ?? "#d4d6da"}`;
  }
  made.append(component(shape[name], "vertical", act));
  return made;
}

const DRAW = { box, text, button, image, icon, video, separator, filler: () => element("div", "flex-filler") };

/** Draws one component inside a box of `layout`, with what its place in the box asks for. */
function component(shape, layout, act, spacing = "", isFirst = true) {
  const made = (DRAW[shape.type] ?? unknown)(shape, act, layout);
  const margin = shape.margin !== undefined ? length(shape.margin, SPACE) : isFirst ? "" : spacing;
  const side = layout === "vertical" ? "marginTop" : "marginInlineStart";
  if (margin && shape.type !== "filler") made.style[side] = margin;
  made.style.flex = flexOf(shape, layout);
  if (layout !== "vertical") made.style.minWidth = "0";
  placed(made, shape);
  return made;
}

function unknown(shape) {
  return element("div", "flex-unknown", `ไม่รู้จักส่วนประกอบ ${shape.type}`);
}

function flexOf(shape, layout) {
  const across = layout !== "vertical";
  const fixed = shape.type === "icon" || shape.type === "separator" || (across && shape.type === "box" && shape.width);
  const number = fixed ? 0 : (shape.flex ?? (across || shape.type === "filler" ? 1 : 0));
  if (number === 0) return "0 0 auto";
  return across ? `${number} ${number} 0` : `${number} 0 auto`;
}

function placed(made, shape) {
  const sides = { offsetTop: "top", offsetBottom: "bottom", offsetStart: "insetInlineStart", offsetEnd: "insetInlineEnd" };
  const moved = Object.entries(sides).filter(([name]) => shape[name] !== undefined);
  if (shape.position === "absolute" || moved.length) made.style.position = shape.position ?? "relative";
  for (const [name, side] of moved) made.style[side] = length(shape[name], SPACE);
}

function box(shape, act) {
  const made = element("div", `flex-box flex-${shape.layout}`);
  const style = made.style;
  const plain = { backgroundColor: "backgroundColor", width: "width", height: "height", maxWidth: "maxWidth" };
  for (const [name, property] of Object.entries(plain)) if (shape[name]) style[property] = shape[name];
  if (shape.maxHeight) Object.assign(style, { maxHeight: shape.maxHeight });
  if (shape.height || shape.maxHeight || shape.cornerRadius) style.overflow = "hidden";
  style.borderRadius = length(shape.cornerRadius, SPACE);
  if (shape.borderWidth || shape.borderColor) {
    style.border = `${length(shape.borderWidth ?? "normal", BORDER)} solid ${shape.borderColor ?? "#d4d6da"}`;
  }
  const padding = { paddingAll: "padding", paddingTop: "paddingTop", paddingBottom: "paddingBottom" };
  Object.assign(padding, { paddingStart: "paddingInlineStart", paddingEnd: "paddingInlineEnd" });
  for (const [name, property] of Object.entries(padding)) if (shape[name]) style[property] = length(shape[name], SPACE);
  if (shape.justifyContent) style.justifyContent = shape.justifyContent;
  if (shape.alignItems) style.alignItems = shape.alignItems;
  if (shape.background?.type === "linearGradient") style.backgroundImage = gradient(shape.background);
  const spacing = length(shape.spacing, SPACE);
  shape.contents.forEach((each, place) => made.append(component(each, shape.layout, act, spacing, place === 0)));
  return actionable(made, shape.action, act);
}

function gradient(shape) {
  const middle = shape.centerColor ? `, ${shape.centerColor} ${shape.centerPosition ?? "50%"}` : "";
  return `linear-gradient(${shape.angle}, ${shape.startColor}${middle}, ${shape.endColor})`;
}

function words(made, shape) {
  if (shape.size) made.style.fontSize = length(shape.size, FONT);
  if (shape.weight) made.style.fontWeight = shape.weight === "bold" ? "700" : "400";
  if (shape.color) made.style.color = shape.color;
  if (shape.style) made.style.fontStyle = shape.style;
  if (shape.decoration) made.style.textDecorationLine = shape.decoration;
  return made;
}

function text(shape, act) {
  const inner = element("div", "flex-words");
  words(inner, shape);
  if (shape.contents?.length) inner.append(...shape.contents.map((each) => words(element("span", "", each.text), each)));
  else inner.textContent = shape.text;
  if (shape.wrap) inner.classList.add("wraps");
  if (shape.wrap && shape.maxLines) {
    inner.classList.add("clamped");
    inner.style.webkitLineClamp = String(shape.maxLines);
  }
  if (shape.lineSpacing) inner.style.lineHeight = `calc(1.4em + ${shape.lineSpacing})`;
  if (shape.align) inner.style.textAlign = shape.align;
  const outer = element("div", "flex-text", inner);
  outer.style.justifyContent = PLACE[shape.gravity] ?? "flex-start";
  return actionable(outer, shape.action, act);
}

function button(shape, act) {
  const style = shape.style ?? "link";
  const made = element("button", `flex-button ${style} ${shape.height === "sm" ? "low" : ""}`, element("span", "", shape.action.label ?? ""));
  made.type = "button";
  if (shape.color) made.style[style === "link" ? "color" : "backgroundColor"] = shape.color;
  if (shape.gravity) made.style.alignSelf = PLACE[shape.gravity];
  return actionable(made, shape.action, act);
}

function ratio(value) {
  return (value ?? "1:1").replace(":", " / ");
}

function picture(url, mode) {
  const made = element("img", mode === "cover" ? "covers" : "");
  made.alt = "";
  made.loading = "lazy";
  made.addEventListener("error", () => made.closest(".flex-frame")?.classList.add("broken"));
  made.src = pictureAddress(url);
  return made;
}

function image(shape, act) {
  const frame = element("div", "flex-frame", picture(shape.url, shape.aspectMode));
  frame.style.width = shape.size === "full" ? "100%" : length(shape.size ?? "md", PICTURE);
  frame.style.aspectRatio = ratio(shape.aspectRatio);
  if (shape.backgroundColor) frame.style.backgroundColor = shape.backgroundColor;
  const outer = element("div", "flex-image", frame);
  outer.style.justifyContent = PLACE[shape.align ?? "center"];
  outer.style.alignItems = PLACE[shape.gravity] ?? "flex-start";
  return actionable(outer, shape.action, act);
}

function icon(shape) {
  const frame = element("span", "flex-frame flex-icon", picture(shape.url, "fit"));
  const [width, height] = (shape.aspectRatio ?? "1:1").split(":").map(Number);
  frame.style.fontSize = length(shape.size ?? "md", FONT);
  frame.style.width = `${width / height}em`;
  return frame;
}

function video(shape, act) {
  const frame = element("div", "flex-frame flex-video", picture(shape.previewUrl, "cover"));
  frame.style.aspectRatio = ratio(shape.aspectRatio);
  return actionable(frame, shape.action, act);
}

function separator(shape) {
  const made = element("div", "flex-separator");
  if (shape.color) made.style.backgroundColor = shape.color;
  return made;
}
