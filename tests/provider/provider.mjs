// A real OpenID Connect provider for the tests, on this machine only:
//   node provider.mjs PORT DIR
// DIR has settings.json with the client, and LOGIN.account.json for everybody whom the provider
// knows, with what it says about them. The latter is read for every sign-in, so tests change it as
// they like. Any password will do. The process ends with its standard input, that is, with the
// test that started it, and takes DIR along.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Provider from "oidc-provider";

const [port, dir] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(join(dir, name), "utf8"));
const { client, claims_in_id_token } = read("settings.json");

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client],
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name", "groups"],
  },
  // By the book, claims of scopes are found at the user info endpoint only.
  conformIdTokenClaims: !claims_in_id_token,
  pkce: { required: () => true },
  findAccount: (_, login) => {
    const name = `${login}.account.json`;
    if (!existsSync(join(dir, name))) return undefined;
    return { accountId: login, claims: () => ({ sub: login, ...read(name) }) };
  },
});
provider.listen(port, "127.0.0.1");
process.stdin.resume().on("end", () => {
  rmSync(dir, { recursive: true });
  process.exit();
});
