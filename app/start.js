// Before the program: the chosen theme, so that nothing flashes, and a word when it can't start.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (forbidden) {
    // Without storage it is the system's theme.
  }
  const failed = () => {
    const bones = document.getElementById("loading-bones");
    if (!bones) return;
    bones.hidden = true;
    document.getElementById("loading-failed").hidden = false;
  };
  addEventListener("error", failed);
  addEventListener("unhandledrejection", failed);
  // What the program can't do without. It does not begin where one is missing.
  const isNewEnough =
    typeof WebAssembly === "object" &&
    typeof HTMLDialogElement === "function" &&
    "popover" in HTMLElement.prototype &&
    CSS.supports("color", "light-dark(red, blue)");
  if (isNewEnough) return;
  root.dataset.tooOld = "";
  addEventListener("DOMContentLoaded", failed);
})();
