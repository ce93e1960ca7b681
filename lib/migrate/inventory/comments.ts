/**
 * Lines that are comments, by how they begin in the language that the name of a file tells.
 */
import { extname } from 'node:path';

/** Whether the line that begins at a place of the text begins as a comment. */
export type CommentTest = (text: string, at: number) => boolean;

export function commentTest(file: string): CommentTest {
  const marks = byEnding.get(extname(file).toLowerCase().slice(1));
  if (!marks) return () => false;
  return (text, at) => {
    marks.lastIndex = at;
    return marks.test(text);
  };
}

const slashes = String.raw`//|/\*|\*(?:[\s/*]|$)`;

/** What a comment begins with, and how the names of files end in which it does. */
const families: readonly (readonly [marks: string, endings: string])[] = [
  [slashes, 'c cc cpp cs crmscript dart go groovy h hpp java js jsx cjs mjs kt rs scala swift ts tsx cts mts'],
  // With brackets it is an attribute.
  [String.raw`${slashes}|#(?!\[)`, 'php inc phtml'],
  ['#', 'bash conf jl ksh pl pm ps1 psd1 psm1 py pyw r rb sh tcl toml yaml yml zsh'],
  [String.raw`'|rem\s`, 'asp bas cls ctl frm vb vba vbs'],
  ['--', 'hs lua pls sql'],
  [String.raw`rem\s|::`, 'bat cmd'],
  ['[#;]', 'cfg ini properties'],
  ['<!--', 'aspx config cshtml csproj htm html vbproj xhtml xml xsl xslt'],
];

const byEnding: ReadonlyMap<string, RegExp> = new Map(
  families.flatMap(([marks, endings]) =>
    endings.split(' ').map((ending) => [ending, new RegExp(String.raw`[ \t]{0,200}(?:${marks})`, 'iy')] as const),
  ),
);
