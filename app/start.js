// Before the program: the chosen theme, so that nothing flashes, and a word when it can't start.
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme it is.
  }
  const failed = () => {
    const bones = document.getElementById("loading-bones");
    if (!bones) return;
    bones.hidden = true;
    document.getElementById("loading-failed").hidden = false;
  };
  addEventListener("error", failed);
  addEventListener("unhandledrejection", failed);
  if (typeof WebAssembly !== "object") addEventListener("DOMContentLoaded", failed);
})();
