/** What a person or a project file asks for. */
import { entry } from './entry.ts';

export const askingErrors = {
  'usage.argument': entry(
    'ParamError',
    'A command was called with wrong arguments or options.',
    'Run the command with --help.',
  ),
  'param.unknown': entry(
    'ParamError',
    'A parameter name is not known.',
    'Use the nearest known name that the message offers.',
  ),
  'param.value': entry(
    'ParamError',
    'A parameter has a value outside what is allowed.',
    'Use a value in the range that the message states.',
  ),
  'project.syntax': entry(
    'ParamError',
    'The project file is not valid YAML.',
    'Repair the line that the message names.',
  ),
  'project.unknown-key': entry(
    'ParamError',
    'The project file holds a key that nothing reads.',
    'Use the nearest known key, or delete the line.',
  ),
  'project.value': entry(
    'ParamError',
    'A key of the project file has a value outside what is allowed.',
    'Use a value that the message or docs/reference/project-file.md allows.',
  ),
  'project.not-found': entry(
    'NotFoundError',
    'There is no project file at the path given.',
    'Run `holdfast init DATA --target COLUMN`, or give the right path.',
  ),
  'project.exists': entry(
    'ConflictError',
    'The project file is already there and would be overwritten.',
    'Give another --out, or --yes to replace it.',
  ),
} as const;
