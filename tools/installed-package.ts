/**
 * The package as a stranger gets it, for its tests: compiled and packed in a copy of the sources, installed from the
 * tarball into an empty folder. The clone is only read.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Ended {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InstalledPackage extends AsyncDisposable {
  /** The folder it was installed into; its path holds spaces. */
  readonly team: string;
  /** The copy of the sources that it was made of. */
  readonly sources: string;
  /** The package's own files, in `node_modules` of that folder. */
  readonly files: string;
  readonly tarballBytes: number;
  /** `holdfast` with these words, in that folder. */
  holdfast(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
}

/** What the build and the package are made of. */
const ingredients = [
  'bin',
  'config',
  'deploy',
  'docs',
  'src',
  'tools/build.ts',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
];

/** Packs and installs; about 10 s, and 200 MB in the folder for temporary files until it is disposed of. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'holdfast package ')));
  try {
    const sources = join(folder, 'the sources');
    await mkdir(sources);
    for (const name of ingredients)
      await cp(join(root, name), join(sources, name), { recursive: true, preserveTimestamps: true });
    await symlink(join(root, 'node_modules'), join(sources, 'node_modules'));
    await succeed('npm', ['pack', '--pack-destination', folder], sources);
    const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;

    const team = join(folder, 'a team');
    await mkdir(team);
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball)];
    await succeed('npm', install, team);
    const program = join(team, 'node_modules', '.bin', 'holdfast');
    return {
      team,
      sources,
      files: join(team, 'node_modules', 'holdfast'),
      tarballBytes: (await stat(join(folder, tarball))).size,
      holdfast: (words, env) => run(program, words, team, env),
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Runs a program with this very Node first on the path, and without what npm or a test left in the environment. Certificates
 * that the machine's Node is to trust stay.
 */
export function run(
  program: string,
  words: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:HOLDFAST_|NODE_(?!EXTRA_CA_CERTS$)|npm_command$|npm_config_local_prefix$)/.test(name),
  );
  const env = { ...Object.fromEntries(kept), ...more };
  env.PATH = `${dirname(process.execPath)}${delimiter}${env.PATH ?? ''}`;
  return new Promise((resolve, reject) => {
    const options = { cwd, env, maxBuffer: 1 << 26 };
    const child = execFile(program, words, options, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error);
      else resolve({ exit: child.exitCode, stdout, stderr });
    });
  });
}

async function succeed(program: string, words: readonly string[], cwd: string): Promise<void> {
  const { exit, stdout, stderr } = await run(program, words, cwd);
  if (exit !== 0)
    throw new Error(`${basename(program)} ${words[0]} ended with ${exit}\n${stdout}\n${stderr}`);
}
