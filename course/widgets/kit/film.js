// A picture whose frames were computed ahead: while a slider moves, the browser shows them without asking the kernel.

// How far a slider may stand from a stop and still be at it, as a share of the way to the next stop.
const CLOSE = 1e-3;

function same(some, now) {
  return Object.keys(some ?? {}).every((name) => some[name] === now[name]);
}

// The frame of the strip for these values of the sliders; null where the strip does not reach.
function ahead(strip, now) {
  if (!strip.along || !same(strip.at, now)) return null;
  const { stops } = strip, value = now[strip.along];
  const off = stops.map((stop) => Math.abs(stop - value));
  const k = off.indexOf(Math.min(...off));
  const gap = Math.min(...[k - 1, k + 1].filter((n) => n in stops).map((n) => Math.abs(stops[n] - stops[k])));
  return off[k] <= CLOSE * gap ? strip.frames[k] : null;
}

function render({ model, el }) {
  const [width, height] = model.get("size");
  const box = el.appendChild(document.createElement("div"));
  box.className = "course-picture";
  box.style.cssText = `position: relative; width: ${width}px; height: ${height}px;`;
  const ground = new Image(width, height);
  ground.draggable = false;
  const rest = document.createElement("div");
  const moving = document.createElement("div");
  for (const layer of [ground, rest, moving]) {
    layer.style.cssText = "position: absolute; left: 0; top: 0;";
    box.append(layer);
  }
  let address = null, sliders = {}, gone = false;

  function values() {
    return Object.fromEntries(Object.entries(sliders).map(([name, slider]) => [name, slider.get("value")]));
  }

  function put(markup, sentence) {
    if (moving.markup !== markup) moving.innerHTML = moving.markup = markup;
    if (box.sentence === sentence) return;
    box.sentence = sentence;
    box.dispatchEvent(new CustomEvent("course-said", { bubbles: true }));
  }

  function slid() {
    const frame = ahead(model.get("strip"), values());
    if (frame) put(...frame);
  }

  function sent() {
    const frame = model.get("frame"), now = values();
    const ready = same(frame.at, now) ? null : ahead(model.get("strip"), now);
    put(...(ready ?? [frame.markup, frame.sentence]));
  }

  function grounded() {
    const bytes = model.get("ground");
    ground.hidden = !bytes.byteLength;
    if (ground.hidden) return;
    const before = address;
    ground.src = address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    if (before) URL.revokeObjectURL(before);
  }

  function rested() {
    rest.innerHTML = model.get("rest");
  }

  function sized() {
    const [wide, high] = model.get("size");
    box.style.width = `${wide}px`;
    box.style.height = `${high}px`;
  }

  async function watch() {
    for (const slider of Object.values(sliders)) slider.off("change:value", slid);
    sliders = {};
    for (const [name, id] of Object.entries(model.get("sliders"))) {
      const slider = await model.widget_manager.get_model(id);
      if (gone) return;
      sliders[name] = slider;
      slider.on("change:value", slid);
    }
    sent();
  }

  const reactions = { ground: grounded, rest: rested, frame: sent, strip: slid, sliders: watch, size: sized };
  for (const [name, react] of Object.entries(reactions)) model.on(`change:${name}`, react);
  grounded();
  rested();
  sent();
  watch();
  return () => {
    gone = true;
    for (const [name, react] of Object.entries(reactions)) model.off(`change:${name}`, react);
    for (const slider of Object.values(sliders)) slider.off("change:value", slid);
    if (address) URL.revokeObjectURL(address);
  };
}
export default { render };
