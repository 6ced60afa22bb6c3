// Which database a script is about, and how wrangler is told.
export const placeOptions = {
  env: { type: "string" },
  local: { type: "boolean" },
  config: { type: "string" },
};

export function place({ env, local, config }) {
  return [local ? "--local" : "--remote", ...named({ env, config })];
}

// The environment, which has no name if it is the one at the top of wrangler.toml, and the file that describes it, if it
// is another one.
export function named({ env = "", config }) {
  return ["--env", env, ...(config ? ["--config", config] : [])];
}
