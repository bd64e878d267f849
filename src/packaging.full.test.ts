/** The package as strangers get it: what is in it, every command from an empty folder, its types in their programs. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { type InstalledPackage, installPackage, root, run } from '../tools/installed-package.ts';
import { readSource } from '../tools/read-source.ts';
import { writeXlsx } from './data/sources/testing/xlsx.ts';
import { readZip, type ZipParts } from './store/zip.ts';
import type { TrainSummary } from './tasks/train/summary.ts';

const main = fileURLToPath(new URL('./cli/main.ts', import.meta.url));
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

interface PackageJson {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('package', () => {
  let installed: InstalledPackage;
  let team: string;
  before(async () => {
    installed = await installPackage();
    team = installed.team;
  });
  after(() => installed?.[Symbol.asyncDispose]());

  const listed = (pattern: string): string[] => globSync(pattern, { cwd: installed.files }).sort();

  /** Runs a command that must succeed; gives what it says as JSON. */
  async function holdfast<Answer>(...words: string[]): Promise<Answer> {
    const { exit, stdout, stderr } = await installed.holdfast([...words, '--json']);
    assert.equal(exit, 0, stderr);
    return JSON.parse(stdout) as Answer;
  }

  test('contents: every source file compiled and typed, the pages, nothing of the tests', (t) => {
    const sources = globSync('src/**/*.ts', { cwd: installed.sources })
      .filter((path) => !/\.test\.ts$|\/testing\/|^src\/rooms\.ts$|^src\/kernels\/assembly\//.test(path))
      .map((path) => path.replace(/^src(.*)\.ts$/, 'dist$1'));
    assert.ok(sources.length > 300);
    const due = sources.flatMap((path) => [`${path}.d.ts`, `${path}.js`]).sort();
    assert.deepEqual(listed('dist/**/*.*'), due);
    const others = listed('**/*.*').filter((path) => !/^(?:config|deploy|dist|docs)\//.test(path));
    assert.deepEqual(others, [
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'README.md',
      'SECURITY.md',
      'bin/holdfast.cjs',
      'bin/start.cjs',
      'package.json',
    ]);
    assert.match(read(installed.files, 'LICENSE'), /Apache License/);
    assert.ok(listed('docs/**/*.md').length > 10);
    assert.ok(listed('config/*.yaml').length > 0);
    t.diagnostic(`${Math.round(installed.tarballBytes / 1000)} kB packed`);
    assert.ok(installed.tarballBytes < 2_000_000, `${installed.tarballBytes} bytes`);
  });

  test('contents: whatever is imported is in it, in its dependencies or in Node', () => {
    const { dependencies } = JSON.parse(read(installed.files, 'package.json')) as PackageJson;
    const missing: string[] = [];
    for (const path of [...listed('dist/**/*.js'), ...listed('dist/**/*.d.ts')]) {
      const text = read(installed.files, path);
      assert.doesNotMatch(text, /^\/\/# sourceMappingURL/m, path);
      for (const name of readSource(text).imports) {
        assert.ok(name !== null, `${path}: imports a computed name`);
        if (name.startsWith('.')) {
          const target = resolve(installed.files, dirname(path), name);
          // Types lie beside what they describe; moduleUrl takes the suffix of whoever calls it.
          const others = [target.replace(/\.ts$/, '.d.ts'), target.replace(/\.ts$/, '.js')];
          const allowed =
            path.endsWith('.d.ts') || text.includes('moduleUrl') ? [target, ...others] : [target];
          if (!allowed.some(existsSync)) missing.push(`${path}: ${name}`);
        } else if (!isBuiltin(name)) {
          const owner = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
          if (!(owner in dependencies)) missing.push(`${path}: ${name}`);
        }
      }
    }
    assert.deepEqual(missing, []);
  });

  test('contents: links in its pages lead to pages in it', () => {
    const broken = listed('**/*.md').flatMap((page) =>
      [...read(installed.files, page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1]!)
        .filter((link) => !existsSync(resolve(installed.files, dirname(page), link)))
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  test('npx holdfast --version: the version of package.json', async () => {
    const { version } = JSON.parse(read(root, 'package.json')) as PackageJson;
    const ended = await run('npx', ['--no-install', 'holdfast', '--version'], team);
    assert.deepEqual([ended.exit, ended.stdout], [0, `${version}\n`]);
  });

  test('start: --version and --help take less than 0.3 s of CPU', async (t) => {
    const atExit = `process.on('exit', () => { const { user, system } = process.cpuUsage(); process.stderr.write('cpu=' + (user + system)); });`;
    const hook = `--import="data:text/javascript,${encodeURIComponent(atExit)}"`;
    for (const word of ['--version', '--help']) {
      const ms: number[] = [];
      for (let i = 0; i < 3; i++) {
        const { exit, stderr } = await installed.holdfast([word], { NODE_OPTIONS: hook });
        assert.equal(exit, 0, stderr);
        ms.push(Number(/cpu=(\d+)/.exec(stderr)![1]) / 1000);
      }
      t.diagnostic(`${word}: ${ms.map((each) => each.toFixed(0)).join(', ')} ms`);
      assert.ok(Math.min(...ms) < 300, `${word}: ${ms.join(', ')} ms`);
    }
  });

  test('an older Node: a sentence and exit 1, in words that any Node reads', async () => {
    const launcher = join(installed.files, 'bin', 'holdfast.cjs');
    const older = "Object.defineProperty(process, 'versions', { value: { node: '22.9.0' } });";
    writeFileSync(join(team, 'older.cjs'), older);
    const words = ['--require', join(team, 'older.cjs'), launcher, 'doctor'];
    const { exit, stdout, stderr } = await run(process.execPath, words, team);
    assert.deepEqual([exit, stdout], [1, '']);
    assert.match(stderr, /^holdfast: needs Node 24 or newer, found 22\.9\.0; .+\n$/);
    const { engines } = JSON.parse(read(installed.files, 'package.json')) as PackageJson;
    assert.equal(engines.node, '>=24');
    const { code } = readSource(read(launcher).replace(/^#!.*/, ''));
    assert.doesNotMatch(code, /=>|`|\b(?:let|const|class|async|await|import|export)\b|\?\.|\?\?/);
  });

  test('every command runs; two threads give the model that the clone gives, to the byte', async (t) => {
    await holdfast('generate', 'made.csv', '--rows', '3000', '--seed', '11');
    await holdfast('init', 'made.csv', '--target', 'churned');
    const project = parseDocument(read(team, 'holdfast.yaml'));
    // Threads are started for a second of fits or more: these are two to three.
    project.setIn(['train', 'candidates'], {
      prior: {},
      'random-forest': { trees: 300, maxDepth: 12, minLeaf: [1, 2, 3, 5, 8, 10, 15, 20] },
    });
    writeFileSync(join(team, 'holdfast.yaml'), project.toString());
    const words = ['train', '--json'];
    const threads = { HOLDFAST_THREADS: '2', NODE_DEBUG: 'worker' };
    const ended = await installed.holdfast(words, threads);
    const own = { HOLDFAST_HOME: join(team, 'home of the clone'), HOLDFAST_THREADS: '1' };
    const inClone = await run(process.execPath, [main, ...words], team, own);
    assert.equal(ended.exit, 0, ended.stderr.slice(-2000));
    assert.equal(inClone.exit, 0, inClone.stderr);
    assert.match(ended.stderr, /created Worker/);
    const summary = JSON.parse(ended.stdout) as TrainSummary;
    assert.deepEqual([summary.best.model, summary.gate.passed], ['random-forest', true]);
    const [packaged, cloned] = await Promise.all([partsOf(summary), partsOf(JSON.parse(inClone.stdout))]);
    for (const part of ['pipeline.json', 'weights.bin', 'reference.json', 'golden.json']) {
      assert.ok(cloned[part]!.length > 100, part);
      assert.ok(Buffer.compare(packaged[part]!, cloned[part]!) === 0, `${part} differs`);
    }
    t.diagnostic(
      `${summary.best.model} in ${summary.seconds.toFixed(1)} s, ${packaged['weights.bin']!.length} bytes`,
    );

    await holdfast('generate', 'today.csv', '--rows', '50', '--seed', '7');
    await holdfast('inspect', 'made.csv', '--target', 'churned');
    await holdfast('validate', 'today.csv');
    await holdfast('score', 'latest', 'today.csv', 'scored.csv', '--reasons', '3');
    const [header, ...rows] = read(team, 'scored.csv').trimEnd().split('\n');
    assert.match(header!, /churnProbability.*reason1,reason2,reason3/);
    assert.equal(rows.length, 50);
    await holdfast('evaluate', 'latest', 'made.csv');
    await holdfast('explain', 'latest', '1', '--row', '--data', 'today.csv', '--lime', '--out', 'one.svg');
    assert.match(read(team, 'one.svg'), /^<svg/);
    await holdfast('report', 'latest', '--out', 'report');
    assert.match(read(team, 'report', 'report.html'), /<svg[\s\S]*<\/html>\s*$/);
    const health = await holdfast<{ healthy: boolean }>('doctor');
    assert.equal(health.healthy, true);
  });

  test('Excel: a workbook is read, in the process of its own', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [`c${i}`, i % 12, i % 3 === 0 ? 'yes' : 'no']);
    await writeXlsx(join(team, 'book.xlsx'), { customers: [['id', 'months', 'left'], ...rows] });
    const made = await holdfast<{ rows: number }>(
      'init',
      'book.xlsx',
      '--target',
      'left',
      '--out',
      'book.yaml',
    );
    assert.equal(made.rows, 60);
  });

  test('docs/how-to/library.md: its programs compile with strict settings and run', async (t) => {
    const programs = [
      ...read(root, 'docs/how-to/library.md').matchAll(/^```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)^```/gm),
    ];
    assert.ok(programs.length >= 5);
    for (const [, name, text] of programs) writeFileSync(join(team, name!), text!);
    writeFileSync(join(team, 'package.json'), '{ "private": true, "type": "module" }');
    const strict = {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    };
    // ECharts' own types don't hold with exactOptionalPropertyTypes; Holdfast's hold with it and without skipLibCheck.
    for (const more of [{ skipLibCheck: false }, { skipLibCheck: true, exactOptionalPropertyTypes: true }]) {
      const settings = { compilerOptions: { ...strict, ...more }, files: programs.map(([, name]) => name) };
      writeFileSync(join(team, 'tsconfig.json'), JSON.stringify(settings));
      const compiled = await run(process.execPath, [tsc, '-p', '.'], team);
      assert.equal(compiled.exit, 0, compiled.stdout);
    }
    writeFileSync(join(team, 'wrong.ts'), "import { openApp } from 'holdfast';\nopenApp({ cwd: 1 });\n");
    writeFileSync(
      join(team, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: strict, files: ['wrong.ts'] }),
    );
    const refused = await run(process.execPath, [tsc, '-p', '.'], team);
    assert.match(refused.stdout, /wrong\.ts\(2,11\): error TS2322/);

    const told = async (name: string, env = {}): Promise<string> => {
      const { exit, stdout, stderr } = await run(process.execPath, [name], team, env);
      assert.equal(exit, 0, stderr);
      t.diagnostic(`${name}: ${stdout.trim().replaceAll('\n', ', ')}`);
      return stdout;
    };
    assert.match(
      await told('train-and-score.ts'),
      /^[a-z-]+, judged on 225 customers: ROC-AUC 0\.[789]\d\n\d+ of 1500 customers are likely to leave\n$/,
    );
    assert.equal(await told('check-level-rates.ts'), '0 checks broken\n');
    const models = (await told('train-level-rates.ts', { HOLDFAST_THREADS: '2' })).trim().split('\n');
    assert.equal(models.filter((model) => model === 'level-rates').length, 3);
  });

  test('files that the package does not list as its own cannot be imported', async () => {
    const words = ['--input-type=module', '--eval', "await import('holdfast/dist/app.js');"];
    const { exit, stderr } = await run(process.execPath, words, team);
    assert.equal(exit, 1);
    assert.match(stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/);
  });
});

const partsOf = async ({ model }: TrainSummary): Promise<ZipParts> =>
  readZip('test', readFileSync(model.file));
