/** Files, tables, contracts and columns. */
import { entry } from './entry.ts';

export const dataErrors = {
  'data.not-found': entry(
    'NotFoundError',
    'There is no file at the path given.',
    'Check the path; paths in a project file are relative to it.',
  ),
  'data.directory': entry('DataError', 'The path is a folder, not a file.', 'Name one file in it.'),
  'data.format': entry(
    'DataError',
    'The kind of file is not one that can be read or written.',
    'Use CSV or Parquet; JSON, NDJSON and Excel (.xlsx) can be read too.',
  ),
  'data.empty': entry('DataError', 'The file holds nothing.', 'Export the table again.'),
  'data.no-rows': entry(
    'DataError',
    'The file holds column names but no rows.',
    'Export the table again with its rows.',
  ),
  'data.unreadable': entry(
    'DataError',
    'The file is damaged, truncated or not of the format its name says.',
    'Export or copy the file again.',
  ),
  'data.encoding': entry(
    'DataError',
    'The text is not in an encoding that can be read.',
    'Save the file as UTF-8.',
  ),
  'data.too-large': entry(
    'DataError',
    'The file, or what it unpacks to, is larger than is safe to read.',
    'Unpack or split it, or save the table as CSV or Parquet.',
  ),
  'data.nested': entry(
    'DataError',
    'A JSON record holds a list or an object inside a column.',
    'Give each inner value its own column.',
  ),
  'data.width': entry(
    'DataError',
    'Some lines have more or fewer fields than the header.',
    'Repair the lines that the message names.',
  ),
  'data.header': entry(
    'DataError',
    'Two columns share a name, a column has none, or other lines stand above the header.',
    'Give each column its own name, in the first line.',
  ),
  'data.no-target': entry(
    'DataError',
    'The target column is not in the table.',
    'Name the column that says who left.',
  ),
  'data.target-empty': entry(
    'DataError',
    'The target is empty in some rows.',
    'Remove the rows whose outcome is not known yet.',
  ),
  'data.target-levels': entry(
    'DataError',
    'The target does not hold two outcomes of which one is known to mean churn.',
    'Name the value that means churn with --churned.',
  ),
  'data.target-spelling': entry(
    'DataError',
    'The target holds the churned value in several spellings, of which only one would count.',
    'Write the churned value in one way in the data.',
  ),
  'data.one-class': entry(
    'DataError',
    'All rows have the same outcome, so nothing can be learned.',
    'Add customers of the other outcome.',
  ),
  'data.too-few': entry(
    'DataError',
    'There are too few rows of one outcome to split and judge.',
    'Add rows, or lower split and folds.',
  ),
  'data.split': entry(
    'DataError',
    'The rows cannot be parted as the project file says: a group is too large, or too few times are apart.',
    'Name another column in split.group or split.time, or change shares, gap and folds.',
  ),
  'data.split-column': entry(
    'DataError',
    'The column that rows are parted by is missing, or empty in some rows.',
    'Fill the rows in or take them out with a clean step, or part by another column.',
  ),
  'data.no-features': entry(
    'DataError',
    'No column is left to learn from.',
    'Set use: feature for at least one column.',
  ),
  'data.duplicate-id': entry('DataError', 'An id stands in more than one row.', 'Keep one row a customer.'),
  'events.log': entry(
    'DataError',
    'An event log cannot be turned into customers.',
    'Repair the log, or correct the data.events key that the message names.',
  ),
  'events.horizon': entry(
    'DataError',
    'The log ends before the time in which churn is looked for.',
    'Use an earlier cutoff or a shorter horizon, or say in data.events.until how far the log is complete.',
  ),
  'contract.missing-column': entry(
    'ContractError',
    'Columns that the contract names are not in the data.',
    'Add them, or train a model without them.',
  ),
  'contract.broken': entry(
    'ContractError',
    'Rows break the contract.',
    'Repair the rows, or change the contract where it is wrong.',
  ),
  'column.missing': entry(
    'ColumnError',
    'A step needs a column that it did not get.',
    'Give it the columns that it was fitted on.',
  ),
  'column.kind': entry(
    'ColumnError',
    'A column has another kind than a step needs.',
    'Change the kind, or put a fitting step before it.',
  ),
  'column.not-finite': entry(
    'ColumnError',
    'A column holds missing or infinite values where a step needs numbers.',
    'Impute before this step.',
  ),
  'column.clash': entry(
    'ColumnError',
    'Two steps make a column of the same name.',
    'Rename one of the columns.',
  ),
} as const;
