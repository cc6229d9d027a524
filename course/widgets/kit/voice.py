"""The words of a live figure, in an element that stays, so that a screen reader announces each change.

The same few lines of JavaScript give what ipywidgets leaves without a name: slider handles and pictures.
"""

import anywidget
import traitlets

SCRIPT = """
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
"""

STYLE = """
.course-sentence { margin: 4px 0; min-height: 2.6em; line-height: 1.3; white-space: pre-line; }
.course-trouble { margin: 4px 0; padding: 4px 8px; border-left: 4px solid #D55E00; white-space: pre-wrap;
  font-family: var(--jp-code-font-family, monospace); }
.course-panel .noUi-handle:focus-visible { outline: 3px solid #0072B2; outline-offset: 1px; }
"""


class Voice(anywidget.AnyWidget):
    """A figure's sentence of state and its trouble, announced to screen readers.

    Attributes
    ----------
    name : str
        What the figure is called.
    sentence : str
        What the picture shows now, with its numbers; also the picture's alternative text.
    trouble : str
        An exception of the function that drives the figure, as text; empty where all is well.
    """

    _esm = SCRIPT
    _css = STYLE
    name = traitlets.Unicode("").tag(sync=True)
    sentence = traitlets.Unicode("").tag(sync=True)
    trouble = traitlets.Unicode("").tag(sync=True)
