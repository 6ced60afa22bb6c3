// A package-lock.json for a few of the tools that the whole one pins, each as it is pinned there.

export function lockFor(tools, lock) {
  const all = lock.packages;
  const kept = new Set();
  const waiting = tools.map((name) => [name, ""]);
  while (waiting.length > 0) {
    const [name, from] = waiting.pop();
    const place = find(all, name, from);
    // What is optional may be for another machine, and is named nevertheless.
    if (place === undefined || kept.has(place)) continue;
    kept.add(place);
    const { dependencies, optionalDependencies, peerDependencies } = all[place];
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      waiting.push([needed, place]);
    }
  }
  const { name, license, devDependencies } = all[""];
  const own = { name, license, devDependencies: Object.fromEntries(tools.map((tool) => [tool, devDependencies[tool]])) };
  const packages = Object.entries(all).filter(([place]) => kept.has(place));
  return { name, lockfileVersion: lock.lockfileVersion, requires: true, packages: { "": own, ...Object.fromEntries(packages) } };
}

// Where Node finds a package from another one: beside it or above.
function find(all, name, from) {
  for (let above = from; ; above = above.slice(0, Math.max(above.lastIndexOf("node_modules/"), 0)).replace(/\/$/, "")) {
    const place = above === "" ? `node_modules/${name}` : `${above}/node_modules/${name}`;
    if (place in all) return place;
    if (above === "") return undefined;
  }
}
