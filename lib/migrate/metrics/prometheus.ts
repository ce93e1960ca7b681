/**
 * Counts in the text that monitoring systems read: the exposition format of Prometheus, version 0.0.4.
 */
import type { MetricsReport } from '../metrics.js';

export const PROMETHEUS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function prometheusText({ since, calls, callers, comparisons }: MetricsReport): string {
  const families: readonly Family[] = [
    {
      name: 'services88_calls_total',
      type: 'counter',
      help: 'Calls that were answered, by operation, release, way of calling, who answered, and outcome.',
      samples: calls.map((count) => [labelsOf(count), count.calls]),
    },
    {
      name: 'services88_call_seconds_total',
      type: 'counter',
      help: 'Seconds that these calls took.',
      samples: calls.map((count) => [labelsOf(count), count.totalMs / 1000]),
    },
    {
      name: 'services88_last_call_timestamp_seconds',
      type: 'gauge',
      help: 'When the last of these calls was made, in seconds since 1970.',
      samples: calls.map((count) => [labelsOf(count), Date.parse(count.lastCall) / 1000]),
    },
    {
      name: 'services88_caller_calls_total',
      type: 'counter',
      help: 'Calls by the program that made them and the address that it called from.',
      samples: callers.map(({ userAgent, address, calls: made }) => [{ user_agent: userAgent, address }, made]),
    },
    {
      name: 'services88_comparisons_total',
      type: 'counter',
      help: 'Reads that were made over both wires, by whether the replies were equal.',
      samples: comparisons.flatMap(({ operation, equal, different }): Sample[] => [
        [{ operation, result: 'equal' }, equal],
        [{ operation, result: 'different' }, different],
      ]),
    },
    {
      name: 'services88_counted_since_timestamp_seconds',
      type: 'gauge',
      help: 'Since when all of this is counted, in seconds since 1970.',
      samples: [[{}, Date.parse(since) / 1000]],
    },
  ];
  return families.map(familyText).join('');
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const labelsOf = ({ operation, release, style, servedBy, outcome }: MetricsReport['calls'][number]) => ({
  operation,
  release,
  style,
  served_by: servedBy,
  outcome,
});

function familyText({ name, type, help, samples }: Family): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

/** The escapes that the format knows in labels. */
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
