// Reads a JSON array of texts and writes how many tokens of o200k each has.
import { getEncoding } from "js-tiktoken";
import { readFileSync } from "node:fs";

const encoding = getEncoding("o200k_base");
const texts = JSON.parse(readFileSync(0, "utf8"));
// No text of people is a special token.
console.log(JSON.stringify(texts.map((text) => encoding.encode(text, [], []).length)));
