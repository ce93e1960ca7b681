/**
 * How the simulator says no. The names of the exception types are stand-ins: which ones the service uses is not
 * published for these cases.
 */
import { Fault } from '../../errors.js';

export function ticketRefused(): Fault {
  return new Fault('login', 'The ticket is missing, unknown or expired', {
    exceptionType: 'SuperOffice.Exceptions.SoSessionException',
    friendlyText: 'You are not signed in. Please sign in again.',
  });
}

/** @param what names it, as in `Chat session 99` */
export function notFound(what: string): Fault {
  return new Fault('service', `${what} was not found`, {
    exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
    friendlyText: 'The record does not exist, or it has been deleted.',
  });
}

/** The argument, or the fault that the service gives where an argument that it cannot do without is nil. */
export function argument<T>(name: string, value: T | null): T {
  if (value !== null) return value;
  throw new Fault('service', `${name} must not be null`, {
    exceptionType: 'System.ArgumentNullException',
    friendlyText: 'The request is not complete.',
  });
}

/** The value, or the fault for one that is not there. */
export function found<T>(what: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw notFound(what);
}
