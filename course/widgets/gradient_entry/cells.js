// Invisible cells over a drawn grid: one stop of the Tab key; arrow keys, Home and End move; hover and click choose or press.

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function render({ model, el }) {
  const rows = model.get("rows"), columns = model.get("columns"), [width, height] = model.get("size");
  const chooses = model.get("chooses");
  const root = el.appendChild(document.createElement("div"));
  root.className = "course-cells";
  root.setAttribute("role", "grid");
  root.setAttribute("aria-label", model.get("description"));
  let stop = model.get("value"), pinned = stop;

  const cells = Array.from({ length: rows }, () => {
    const row = root.appendChild(document.createElement("div"));
    row.setAttribute("role", "row");
    return Array.from({ length: columns }, () => {
      const cell = row.appendChild(document.createElement("div"));
      cell.setAttribute("role", "gridcell");
      cell.style.cssText = `width: ${width}px; height: ${height}px;`;
      return cell;
    });
  }).flat();

  function choose(index) {
    if (model.get("value") === index) return;
    model.set("value", index);
    model.save_changes();
  }

  function press(index) {
    model.set("pressed", [index, model.get("pressed")[1] + 1]);
    model.save_changes();
  }

  function act(index) {
    // What a click, Enter or Space does.
    stop = pinned = index;
    if (chooses) choose(index);
    else press(index);
    tell();
  }

  function move(event) {
    const by = MOVES[event.key], last = rows * columns - 1;
    const row = Math.floor(stop / columns), column = stop % columns;
    if (by) {
      const to = [row + by[0], column + by[1]];
      if (to[0] < 0 || to[0] >= rows || to[1] < 0 || to[1] >= columns) return;
      stop = to[0] * columns + to[1];
    } else stop = event.key === "Home" ? 0 : last;
    pinned = stop;
    if (chooses) choose(stop);
    tell();
    cells[stop].focus();
  }

  root.addEventListener("keydown", (event) => {
    const moves = event.key in MOVES || event.key === "Home" || event.key === "End";
    if (!moves && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation(); // JupyterLab has shortcuts of its own
    if (moves) move(event);
    else act(stop);
  });
  cells.forEach((cell, index) => {
    cell.addEventListener("click", () => {
      act(index);
      cell.focus();
    });
    if (chooses) cell.addEventListener("pointerenter", () => choose(index));
  });
  if (chooses) root.addEventListener("pointerleave", () => choose(pinned));

  function tell() {
    const labels = model.get("labels"), chosen = model.get("value");
    cells.forEach((cell, index) => {
      cell.tabIndex = index === stop ? 0 : -1;
      cell.setAttribute("aria-label", labels[index] ?? "");
      if (chooses) cell.setAttribute("aria-selected", String(index === chosen));
    });
  }

  model.on("change:labels", tell);
  model.on("change:value", tell);
  tell();
  return () => {
    model.off("change:labels", tell);
    model.off("change:value", tell);
  };
}
export default { render };
