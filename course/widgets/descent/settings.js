// The settings of a descent: the sliders of the step, those of the start, and the menu of surfaces.

function settings(model, act) {
  // At most three of these at a time, beside the time slider: those of the step, or those of the start.
  const parts = {
    lr: new FactorSlider("learning rate", (value, done) => act.set({ lr: value }, done)),
    momentum: new EvenSlider("momentum", (value, done) => act.set({ momentum: value }, done)),
    steps: new FactorSlider("number of steps", (value, done) => act.set({ steps: value }, done)),
    x: new EvenSlider("start x", (value, done) => act.set({ x: value }, done)),
    y: new EvenSlider("start y", (value, done) => act.set({ y: value }, done)),
    surface: element("select", { "aria-label": "surface", onchange: (event) => act.surface(event.target.value) }),
  };
  for (const name of model.get("surfaces")) parts.surface.append(element("option", { value: name }, name));
  parts.momentum.limit(0, 0.95, 0.05);
  parts.momentum.allowed = (value) => value >= 0 && value < 1;
  parts.momentum.root.hidden = !model.get("with_momentum");
  parts.steps.limit(5, 3000, true);
  const menu = element("label", { className: "slider" }, element("span", {}, "surface"), parts.surface);
  const step = element("div", {}, parts.lr.root, parts.momentum.root, parts.steps.root);
  const start = element("div", { hidden: true }, menu, parts.x.root, parts.y.root,
    element("p", { className: "hint" }, "Or click on the picture; or move the cross there with the arrow keys, and press Enter."));
  parts.root = element("div", { className: "settings" }, chooser([["the step", step], ["the start", start]]), step, start);
  return parts;
}

function limits(parts, scene) {
  // What the sliders reach on this surface.
  const [x0, x1, y0, y1] = scene.view;
  const fine = (span) => Number((10 ** Math.round(Math.log10(span / 100))).toPrecision(1));
  parts.lr.limit(scene.rates[0], scene.rates[1]);
  parts.lr.base = undefined;
  parts.x.limit(x0, x1, fine(x1 - x0));
  parts.y.limit(y0, y1, fine(y1 - y0));
  for (const [slider, axis] of [[parts.x, scene.axes[0]], [parts.y, scene.axes[1]]]) {
    slider.root.querySelector("span").textContent = `start ${axis}`;
    slider.range.setAttribute("aria-label", `start ${axis}`);
    slider.typed.setAttribute("aria-label", `start ${axis}, typed`);
  }
}

function marking(act) {
  // Three dots may be marked before the first Play.
  const marks = element("input", { type: "checkbox", onchange: () => act.marking(marks.checked) });
  return element("label", { className: "marks" }, marks, " first mark where you think dots 1, 2 and 3 will be, by clicking on the picture");
}
