// The words under a figure's picture, announced to screen readers; and names for what ipywidgets leaves unnamed.

const FOCUSABLE = "select, button, input, textarea, [tabindex], [contenteditable]";
function named(root, words, sentence) {
  root.setAttribute("role", "group");
  // JupyterLab's shortcuts (arrows, Enter, single letters) would take the keys meant for what has the focus.
  for (const control of root.querySelectorAll(FOCUSABLE)) control.setAttribute("data-lm-suppress-shortcuts", "true");
  root.setAttribute("aria-label", words.get("name"));
  for (const slider of root.querySelectorAll(".widget-slider")) {
    const label = slider.querySelector(".widget-label");
    const readout = slider.querySelector(".widget-readout");
    if (label && readout) {
      readout.setAttribute("role", "textbox");
      readout.setAttribute("aria-label", label.textContent.trim() + ": type a value");
    }
    for (const handle of slider.querySelectorAll(".noUi-handle")) {
      if (label) handle.setAttribute("aria-label", label.textContent.trim());
      if (readout) handle.setAttribute("aria-valuetext", readout.textContent.trim());
    }
  }
  for (const picture of root.querySelectorAll(".course-picture img, img.course-picture"))
    picture.alt = sentence;
}
function render({ model, el }) {
  const status = el.appendChild(document.createElement("p"));
  status.className = "course-sentence";
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  status.setAttribute("aria-atomic", "true");
  const alarm = el.appendChild(document.createElement("p"));
  alarm.className = "course-trouble";
  alarm.setAttribute("role", "alert");
  let root = null, quiet = 0, film = null;
  function name() {
    if (root) named(root, model, status.textContent);
  }
  function heard(event) {
    film = event.target;
    spoken();
  }
  function spoken() {
    // While a slider is dragged the text changes many times a second: announce the last one.
    status.setAttribute("aria-busy", "true");
    status.textContent = film?.sentence || model.get("sentence");
    alarm.textContent = model.get("trouble");
    alarm.hidden = !model.get("trouble");
    name();
    clearTimeout(quiet);
    quiet = setTimeout(() => status.setAttribute("aria-busy", "false"), 300);
  }
  const observer = new MutationObserver(name);
  let frame = 0;
  function found() {
    root = el.closest(".course-panel");
    if (!root) { frame = requestAnimationFrame(found); return; }
    name();
    observer.observe(root, { childList: true, subtree: true });
    root.addEventListener("course-said", heard);
  }
  model.on("change:sentence", spoken);
  model.on("change:trouble", spoken);
  spoken();
  found();
  return () => {
    observer.disconnect();
    root?.removeEventListener("course-said", heard);
    cancelAnimationFrame(frame);
    clearTimeout(quiet);
    model.off("change:sentence", spoken);
    model.off("change:trouble", spoken);
  };
}
export default { render };
