/** `holdfast erase`: removes one customer everywhere, or everything about persons that is older than a time. */
import { exitCode, ParamError } from '../../base/errors.ts';
import { type CommandCall, defineCommand, textOption } from '../command.ts';

export const erase = defineCommand({
  id: 'erase',
  group: 'Look after it',
  summary: 'remove a customer everywhere, or what is too old',
  args: [],
  options: [
    { flags: '--customer <id>', about: 'the id, exactly; - reads it from standard input' },
    { flags: '--older-than <days>', about: 'ids and values of all predictions older than so many days: 90d' },
    { flags: '--yes', about: 'do it; without, it only says what would be removed' },
    { flags: '--out <file>', about: 'write the certificate as JSON' },
  ],
  examples: [
    'holdfast erase --customer C-1042',
    'holdfast erase --customer C-1042 --yes --out erased.json',
    'holdfast erase --older-than 90d --yes',
  ],
  async run(call) {
    const customer = textOption(call, 'customer');
    const olderThan = textOption(call, 'olderThan');
    if ((customer === undefined) === (olderThan === undefined)) {
      throw new ParamError(
        'usage.argument',
        'erase: give --customer ID or --older-than DAYS, one of the two; see holdfast erase --help',
        { option: 'customer' },
      );
    }
    if (olderThan !== undefined) {
      const { eraseOlder } = await import('../erase-older.ts');
      return eraseOlder(call, olderThan);
    }
    return eraseOne(call, customer === '-' ? await fromStandardInput() : customer!);
  },
});

/** A file of standard input may end its line; the id has no line ends. */
async function fromStandardInput(): Promise<string> {
  const { text } = await import('node:stream/consumers');
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

async function eraseOne(call: CommandCall, customerId: string): Promise<number> {
  if (customerId === '') {
    throw new ParamError('usage.argument', 'erase: --customer must be an id, got an empty one; give the id', {
      option: 'customer',
    });
  }
  const { packageVersion } = await import('../../app.ts');
  const { erasePlaces } = await import('../../database.ts');
  const { findCustomer } = await import('../../store/erase/erase-customer.ts');
  const { eraseEverywhere } = await import('../../store/erase/erase-everywhere.ts');
  const { writeWholeFile } = await import('../../store/whole-file.ts');
  const { checkOutput } = await import('../../tasks/check-output.ts');
  const { cliActor } = await import('../actor.ts');
  const { certificateText, foundText } = await import('../texts/erase.ts');
  const { withApp } = await import('../with-app.ts');
  const out = textOption(call, 'out');
  if (out !== undefined) await checkOutput(out, {});
  return withApp(call, async (app) => {
    const { workspace, clock, progress, signal } = app;
    const isReal = call.options.yes === true;
    const database = isReal ? await app.database() : await app.databaseIfThere();
    if (!isReal) {
      const places = database ? await findCustomer(database, customerId, erasePlaces) : [];
      const found = places.some(({ rows }) => rows > 0);
      call.output.result(foundText(places), { found, erased: false, places });
      return found ? exitCode.answerIsNo : exitCode.done;
    }
    const certificate = await eraseEverywhere(customerId, {
      database: database!,
      place: { root: workspace.root, url: process.env.HOLDFAST_DATABASE_URL },
      places: erasePlaces,
      folders: [workspace.projectFolder, workspace.cwd],
      cwd: workspace.cwd,
      ...{ clock, progress },
      ...(signal && { signal }),
      actor: cliActor(),
      version: packageVersion(),
    });
    if (out !== undefined) await writeWholeFile(out, `${JSON.stringify(certificate, null, 2)}\n`);
    call.output.result(certificateText(certificate), certificate);
    return certificate.remains.isLogEmpty ? exitCode.done : exitCode.answerIsNo;
  });
}
