// What `wrangler d1 export` writes can't be loaded: rows stand before the tables that they refer to. Here it is put in
// order: tables, rows, and what is done when rows come, last.

const order = [/^PRAGMA/i, /^CREATE\s+TABLE/i, /^(INSERT|DELETE)/i, /^CREATE/i];

// The statements of a dump, in an order in which they can be loaded. References are looked at when all is there.
export function loadable(sql) {
  const ranked = [];
  for (const statement of split(sql)) {
    const rank = order.findIndex((pattern) => pattern.test(statement));
    if (rank < 0) throw new Error(`this is no backup: ${statement.slice(0, 80)}`);
    // SQLite makes its own table, and the rows of it that a dump has are those of the database.
    if (rank > 0 && !/^CREATE TABLE sqlite_sequence/i.test(statement)) ranked.push([rank, statement]);
  }
  if (ranked.length === 0) throw new Error("the file has no tables");
  ranked.sort(([one], [other]) => one - other);
  return ["PRAGMA defer_foreign_keys = TRUE;", ...ranked.map(([, statement]) => statement)];
}

// The name of the table that a statement makes.
export function tableOf(statement) {
  return /^CREATE\s+TABLE\s+(?:IF NOT EXISTS\s+)?["'`[]?(\w+)/i.exec(statement)?.[1];
}

// Statements with their semicolons. Texts, names and comments may have semicolons, and so have the bodies of triggers.
function* split(sql) {
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|;|\b(?:BEGIN|CASE|END)\b/gi;
  let begin = 0;
  let depth = 0;
  for (const { 0: text, index } of sql.matchAll(token)) {
    const word = text.toUpperCase();
    if (word === "CASE" || word === "BEGIN") depth += 1;
    if (word === "END") depth -= 1;
    if (text !== ";" || depth > 0) continue;
    const statement = sql.slice(begin, index + 1).replace(/^(\s|--[^\n]*\n|\/\*[^]*?\*\/)+/, "").trim();
    if (statement !== ";") yield statement;
    begin = index + 1;
  }
  const rest = sql.slice(begin).trim();
  if (rest !== "") throw new Error(`the file ends within a statement: ${rest.slice(0, 80)}`);
}
