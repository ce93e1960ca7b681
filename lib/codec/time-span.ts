/**
 * Durations in the notation of a .NET TimeSpan, `[-][d.]hh:mm:ss[.fffffff]`, in which REST may write what is ISO 8601 in
 * SOAP.
 */

const form = /^(-?)(?:(\d{1,8})\.)?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?$/;

/** The same as an `xs:duration`: `08:30:00` is `PT8H30M`. Undefined for text in any other notation. */
export function durationOfTimeSpan(text: string): string | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [sign = '', days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1, 6).map((part, index) => {
    return index === 0 ? part : Number(part ?? 0);
  });
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const fraction = (match[6] ?? '').replace(/0+$/, '');
  const time = [
    hours ? `${hours}H` : '',
    minutes ? `${minutes}M` : '',
    seconds || fraction ? `${seconds}${fraction && `.${fraction}`}S` : '',
  ].join('');
  const date = days ? `${days}D` : '';
  return `${sign}P${date}${time ? `T${time}` : date ? '' : 'T0S'}`;
}
