import { expect, it } from "vitest";
import { readEnvFile } from "./env-file";

const read = (text: string) => readEnvFile(Buffer.from(text));

it.each([
  ["A=1\nB=2", { A: "1", B: "2" }],
  ["\ufeffA=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["A=1\rB=2", { A: "1", B: "2" }],
  ["  export A = 1  ", { A: "1" }],
  ["A='it is # here'\nB=\"two words\" # comment", { A: "it is # here", B: "two words" }],
  ["# A=1\n#B=2\n\nC=3", { C: "3" }],
  ["A=1 # why", { A: "1" }],
  ["A= # nothing", { A: "" }],
  ["DATABASE_URL=postgres://u:p#w=x@h/db # mine", { DATABASE_URL: "postgres://u:p#w=x@h/db" }],
  ['A="C:\\new\\kinora"\nB=C:\\kinora', { A: "C:\new\\kinora", B: "C:\\kinora" }],
  ["A='C:\\new'", { A: "C:\\new" }],
  ['KEY="-----BEGIN\nabc=\n-----END"\nB=2', { KEY: "-----BEGIN\nabc=\n-----END", B: "2" }],
  ['A="say \\"yes\\""', { A: 'say "yes"' }],
  ["A=`both \" and '`", { A: "both \" and '" }],
  ['A="forgotten\nB=2', { A: '"forgotten', B: "2" }],
  ["A=1=2", { A: "1=2" }],
  ["A:1", { A: "1" }],
  ["nonsense\nA=1\n=x", { A: "1" }],
  ["A=1\nA=2", { A: "2" }],
  ["", {}],
])("%j", (text, values) => expect(read(text)).toEqual(values));

it("reads what PowerShell writes", () => {
  const little = Buffer.from("\ufeffA=ö\r\n", "utf16le");
  expect(readEnvFile(little)).toEqual({ A: "ö" });
  expect(readEnvFile(Buffer.from(little).swap16())).toEqual({ A: "ö" });
});
