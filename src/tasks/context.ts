/** Makes the context of a fit from a task's ports. */
import type { Random } from '../base/random.ts';
import type { Context, Note } from '../learn/context.ts';
import type { WorkPorts } from './ports.ts';

/** A context whose notes land in `notes`, each sentence once. */
export function makeContext(ports: WorkPorts, random: Random, notes: Note[]): Context {
  const { catalogue, clock, map, signal } = ports;
  return {
    random,
    clock,
    catalogue,
    map,
    note: (note) => addNote(notes, note),
    ...(signal ? { signal } : {}),
  };
}

export function addNote(notes: Note[], note: Note): void {
  if (!notes.some((known) => known.message === note.message)) notes.push(note);
}
