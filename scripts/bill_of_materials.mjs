// What a release is made of, as CycloneDX: crates that are compiled into the app and the Worker, and the packages with
// which it is deployed.

// `crates` has a line for each, as `cargo tree --format "{p}|{l}"` writes it: `serde v1.0.1|MIT OR Apache-2.0`.
export function billOfMaterials({ version, commit }, crates, lock) {
  // A crate that several use is there several times, marked where it is not the first.
  const lines = [...new Set(crates.split("\n").map((line) => line.replace(/ \(\*\)$/, "")))].sort();
  const packages = Object.entries(lock.packages).filter(([place]) => place !== "");
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        name: "okrs-edge",
        version,
        licenses: [{ expression: "MIT OR Apache-2.0" }],
        properties: [{ name: "commit", value: commit }],
      },
    },
    components: [...lines.map(crate).filter(Boolean), ...packages.map(npmPackage)],
  };
}

function crate(line) {
  const [, name, version, license] = /^(\S+) v(\S+)(?: \(proc-macro\))?\|(.*)$/.exec(line) ?? [];
  // Our own have a path beside their version.
  if (name === undefined) return undefined;
  return {
    type: "library",
    name,
    version,
    purl: `pkg:cargo/${name}@${version}`,
    licenses: [{ expression: license.replaceAll("/", " OR ") }],
  };
}

function npmPackage([place, { version, license, integrity }]) {
  const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
  return {
    type: "library",
    // It deploys the release and is not in it.
    scope: "excluded",
    name,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    licenses: license ? [{ expression: license }] : [],
    hashes: hashes(integrity),
  };
}

// The lock has none for what comes within another package.
function hashes(integrity) {
  if (integrity === undefined) return [];
  const [algorithm, digest] = integrity.split("-");
  return [{ alg: algorithm.replace("sha", "SHA-"), content: Buffer.from(digest, "base64").toString("hex") }];
}
