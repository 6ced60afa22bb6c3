// Beside the program: the chosen theme, so that nothing flashes, and a word when it can't start or go on.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (forbidden) {
    // Without storage it is the system's theme.
  }
  const failed = (error) => {
    const bones = document.getElementById("loading-bones");
    if (!bones) return broke(error);
    bones.hidden = true;
    document.getElementById("loading-failed").hidden = false;
  };
  // After the start the page stays as it is, with what was typed. What is no error of a program, such as
  // a layout that took too long, breaks nothing.
  const broke = (error) => {
    if (!(error instanceof Error) || document.querySelector(".broken")) return;
    root.dataset.broken = "";
    const notice = document.getElementById("broken").content.cloneNode(true);
    notice.querySelector("button").addEventListener("click", () => location.reload());
    // Outside of an open dialog nothing can be pressed.
    const dialog = [...document.querySelectorAll("dialog[open]")].pop();
    (dialog ?? document.body).append(notice);
  };
  addEventListener("error", (event) => failed(event.error));
  addEventListener("unhandledrejection", (event) => failed(event.reason));
  // What the program can't do without. It does not begin where one is missing.
  const isNewEnough =
    typeof WebAssembly === "object" &&
    typeof HTMLDialogElement === "function" &&
    "popover" in HTMLElement.prototype &&
    CSS.supports("color", "light-dark(red, blue)");
  if (isNewEnough) return;
  root.dataset.tooOld = "";
  addEventListener("DOMContentLoaded", () => failed());
})();
