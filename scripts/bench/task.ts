/**
 * The other end of a fresh process: a program reads what it is asked for, and writes what it has found.
 */
export const task = <Task>(): Task => JSON.parse(process.argv[2] ?? 'null') as Task;

export const found = (result: unknown): void => {
  process.stdout.write(JSON.stringify(result));
};
