/**
 * The report of a comparison as a page for a browser or a printer: one file, which asks for nothing from elsewhere.
 */
import { escapeHtml } from '../../codec/html.js';
import { withoutSteering } from '../../codec/steering.js';
import { differenceKinds } from '../compare.js';
import type { ParityDifference, ParityReport } from './report.js';
import { numeral, resumedOf, spanOf, verdictOf } from './words.js';

/** How many examples of each kind of difference there are on the page. */
const EXAMPLES = 5;

/** The whole page. Everything that stood in an answer is text in it. */
export function renderParityHtml(report: ParityReport): string {
  const verdict = verdictOf(report);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>SOAP and REST compared: ${escaped(report.soap)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>SOAP and REST compared</h1>
<p class="verdict ${isGood(report) ? 'same' : 'differs'}">${escaped(verdict)}</p>
${aboutOf(report)}
<h2>Calls</h2>
${operationsOf(report)}
<h2>What differs</h2>
${differencesOf(report)}
${refusalsOf(report)}<h2>What is written differently and means the same</h2>
${foldedOf(report)}
</main>
</body>
</html>
`;
}

/** Whether everything that was asked for was there on both sides, and the same. */
const isGood = ({ same, complete, unknownSessions }: ParityReport): boolean =>
  same && complete && unknownSessions.length === 0;

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 0; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
.verdict { font-size: 1.25rem; font-weight: 600; border-left: .4rem solid; padding: .6rem 1rem; }
.same { border-color: #1a7f37; } .differs { border-color: #b42318; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
caption { text-align: left; padding: .3rem 0; color: #444; }
th, td { border: 1px solid #999; padding: .35rem .6rem; text-align: left; vertical-align: top; }
thead th { background: #eee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
code { font: .85em/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { main { max-width: none; padding: 0; } tr, .verdict { break-inside: avoid; } thead { display: table-header-group; } }
`;

function aboutOf(report: ParityReport): string {
  const { soap, rest, startedAt, endedAt, complete } = report;
  const parts = [
    `SOAP at <code>${escaped(soap)}</code> and REST at <code>${escaped(rest)}</code> were asked the same questions at the same time, ${escaped(spanOf(startedAt, endedAt))}.`,
    'Only questions that change nothing were asked. Where the answers differed, both sides were asked once more, and only what remained counts.',
    escaped(resumedOf(report)),
    ...(complete ? [] : ['<strong>Not all that was planned was asked.</strong>']),
  ];
  return `<p>${parts.filter((part) => part !== '').join(' ')}</p>`;
}

const table = (caption: string, head: readonly string[], rows: readonly string[]): string =>
  `<table>
<caption>${caption}</caption>
<thead><tr>${head.map((title) => `<th scope="col">${title}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;

const row = (title: string, ...cells: readonly string[]): string =>
  `<tr><th scope="row">${title}</th>${cells.join('')}</tr>`;
const cell = (content: string): string => `<td>${content}</td>`;
const number = (value: number): string => `<td class="number">${numeral(value)}</td>`;
const code = (text: string): string => `<code>${escaped(text)}</code>`;

function operationsOf({ operations }: ParityReport): string {
  if (operations.length === 0) return '<p>None were made.</p>';
  const rows = operations.map(({ operation, calls, equal, refused, different, folded }) => {
    const written = Object.values(folded).reduce((sum, count) => sum + count, 0);
    return row(escaped(operation), ...[calls, equal, different, refused, written].map(number));
  });
  const head = [
    'Operation',
    'Calls',
    'Same answer',
    'Different',
    'Refused by both',
    'Written differently, same meaning',
  ];
  return table('Each call was made over SOAP and over REST.', head, rows);
}

function differencesOf({ differences, leftOut, kinds }: ParityReport): string {
  if (differences.length === 0) return '<p>Nothing.</p>';
  const parts = (Object.keys(differenceKinds) as (keyof typeof differenceKinds)[]).flatMap((kind) => {
    const count = kinds[kind];
    if (count === undefined) return [];
    const examples = differences.filter((each) => each.kind === kind).slice(0, EXAMPLES);
    const title = `${escaped(differenceKinds[kind])}: ${numeral(count)} ${count === 1 ? 'time' : 'times'}`;
    return [`<h3>${title.charAt(0).toUpperCase()}${title.slice(1)}</h3>`, examplesOf(examples, count)];
  });
  const more =
    leftOut > 0
      ? `<p>${numeral(leftOut)} further ${leftOut === 1 ? 'difference was' : 'differences were'} counted and not kept.</p>`
      : '';
  return parts.join('\n') + more;
}

function examplesOf(examples: readonly ParityDifference[], count: number): string {
  const rows = examples.map(({ operation, input, path, soap, rest }) =>
    row(
      escaped(operation),
      cell(code(JSON.stringify(input))),
      cell(path === '' ? 'the answer' : code(path)),
      cell(code(soap)),
      cell(code(rest)),
    ),
  );
  const caption = count > examples.length ? `The first ${examples.length}.` : count === 1 ? 'Here.' : 'All of them.';
  return table(caption, ['Operation', 'Asked for', 'Where', 'SOAP has', 'REST has'], rows);
}

/** Why both sides refused what they did; no text where there is nothing of the kind. */
function refusalsOf({ refusals, refused }: ParityReport): string {
  if (refusals.length === 0) return '';
  const examples = refusals.slice(0, EXAMPLES);
  const rows = examples.map(({ operation, input, soap, rest }) =>
    row(escaped(operation), cell(code(JSON.stringify(input))), cell(code(soap)), cell(code(rest))),
  );
  const caption = refused > examples.length ? `The first ${examples.length} of ${numeral(refused)}.` : 'All of them.';
  const head = ['Operation', 'Asked for', 'SOAP said', 'REST said'];
  return `<h2>What both refused, so that nothing was shown</h2>\n${table(caption, head, rows)}\n`;
}

function foldedOf({ folded }: ParityReport): string {
  if (folded.length === 0) return '<p>Nothing.</p>';
  const rows = folded.map(({ code: name, reason, count, operation, path, soap, rest }) =>
    row(
      code(name),
      cell(escaped(reason)),
      number(count),
      cell(`${escaped(operation)} ${code(path)}: ${code(soap)} and ${code(rest)}`),
    ),
  );
  const caption = 'None of these counts as a difference.';
  return table(caption, ['Code', 'Why it means the same', 'Times', 'First found'], rows);
}

/** Nothing of what somebody wrote is markup, and nothing of it turns the text around it. */
const escaped = (text: string): string => escapeHtml(withoutSteering(text));
