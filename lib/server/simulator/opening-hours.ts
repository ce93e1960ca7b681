/**
 * Whether a topic is open at a moment.
 */
import type { ChatOpeningHours, TimeZoneData, TimeZoneRule } from '../../generated/types.js';
import type { ChatTopic } from './defaults.js';

/**
 * Start and stop are durations since midnight in the zone of the hours; the stop itself is outside.
 * Inferred: a topic whose hours are not enabled is always open, and one without hours for a day is closed then.
 */
export function isOpen({ openingHoursEnabled, openingHours }: ChatTopic, now: Date): boolean {
  if (!openingHoursEnabled) return true;
  const hours: ChatOpeningHours = openingHours ?? {};
  const local = new Date(now.getTime() + offsetMinutes(hours.tzLocation ?? null, now) * 60_000);
  const sinceMidnight = local.getTime() % 86_400_000;
  const within = (start = 'PT0S', stop = 'PT0S') =>
    sinceMidnight >= millisecondsOf(start) && sinceMidnight < millisecondsOf(stop);
  const [enabled, start, stop] = dayOf(hours, local.getUTCDay());
  const atLunch = hours.useLunchHours === true && within(hours.lunchStart, hours.lunchStop);
  return enabled === true && within(start, stop) && !atLunch;
}

type Day = readonly [enabled: boolean | undefined, start: string | undefined, stop: string | undefined];

function dayOf(hours: ChatOpeningHours, day: number): Day {
  const week: readonly Day[] = [
    [hours.sunEnabled, hours.sunStart, hours.sunStop],
    [hours.monEnabled, hours.monStart, hours.monStop],
    [hours.tueEnabled, hours.tueStart, hours.tueStop],
    [hours.wedEnabled, hours.wedStart, hours.wedStop],
    [hours.thuEnabled, hours.thuStart, hours.thuStop],
    [hours.friEnabled, hours.friStart, hours.friStop],
    [hours.satEnabled, hours.satStart, hours.satStop],
  ];
  return week[day] ?? [false, undefined, undefined];
}

/**
 * Minutes east of UTC. Inferred, as the contract states neither unit nor form of the rules: of the rules for standard
 * and for summer time the one with the latest key that is not in the future counts; its offset is in minutes; summer
 * time lasts from the start day to the day before the end day; the patterns are not looked at. Without rules it is UTC.
 */
function offsetMinutes(zone: TimeZoneData | null, now: Date): number {
  const standard = ruleAt(zone?.timeZoneSTDRules ?? null, now);
  const summer = ruleAt(zone?.timeZoneDSTRules ?? null, now);
  const offset = standard?.tZOffset ?? 0;
  if (!summer) return offset;
  const local = new Date(now.getTime() + offset * 60_000);
  const day = (local.getUTCMonth() + 1) * 100 + local.getUTCDate();
  const start = (summer.startMonth ?? 0) * 100 + (summer.startDay ?? 0);
  const end = (summer.endMonth ?? 0) * 100 + (summer.endDay ?? 0);
  // South of the equator summer time begins in one year and ends in the next.
  const isSummer = start <= end ? day >= start && day < end : day >= start || day < end;
  return isSummer ? (summer.tZOffset ?? offset) : offset;
}

function ruleAt(rules: Readonly<Record<string, TimeZoneRule | null>> | null, now: Date): TimeZoneRule | null {
  const past = Object.keys(rules ?? {}).filter((key) => key <= now.toISOString());
  const latest = past.sort().at(-1);
  return latest === undefined ? null : (rules?.[latest] ?? null);
}

/** The length of an `xs:duration` of days, hours, minutes and seconds. */
function millisecondsOf(duration: string): number {
  const match = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? []).slice(2).map((part) => Number(part ?? 0));
  const length = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return match?.[1] === '-' ? -length : length;
}
