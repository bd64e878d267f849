import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Note } from '../../learn/context.ts';
import { score } from '../../learn/fit.ts';
import { logit, sigmoid } from '../../math/sigmoid.ts';
import { calibrated } from '../../models/calibrated.ts';
import { trainSection } from '../../selection/section.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import type { WorkPorts } from '../ports.ts';
import { exampleModel, examplePorts } from '../testing/example-task.ts';
import { calibrateModel } from './calibrate-model.ts';
import type { SelectedModel } from './select-model.ts';
import type { TrainSpec } from './spec.ts';

const catalogue = createCatalogue([...examplePorts.catalogue.classifiers, calibrated], []);
const ports: WorkPorts = { ...examplePorts, catalogue };
const { fitted } = exampleModel();
const outOfFold = Float64Array.of(0.5, 0.2, 0.1);
const selected = { fitted, outOfFold, leftOut: [], leaderboard: [] } as unknown as SelectedModel;

/** Customers whose true log-odds are `stretch` times those that the example model says. */
function customers(stretch: number, rows = 900): Dataset {
  const random = createRandom(5);
  const tenure = Array.from({ length: rows }, () => 1 + random.integer(12));
  const labels = tenure.map((months) =>
    random.uniform() < sigmoid(stretch * logit(1 / (1 + months))) ? 1 : 0,
  );
  return createDataset(
    createTable([
      numberColumn('tenure', tenure),
      categoryColumn(
        'plan',
        tenure.map(() => 'basic'),
      ),
    ]),
    labels,
  );
}

function run(calibrate: 'auto' | 'none' | 'isotonic' | 'sigmoid', stretch: number) {
  const spec = { train: trainSection.parse({ calibrate }) } as TrainSpec;
  const notes: Note[] = [];
  const made = calibrateModel(
    spec,
    selected,
    { training: customers(1), validation: customers(stretch) },
    createRandom(1),
    notes,
    ports,
  );
  return { ...made, codes: notes.map((note) => note.code) };
}

test('calibrate model: auto is the default and puts a sigmoid over scores that are too sure', () => {
  assert.equal(trainSection.parse({}).calibrate, 'auto');
  const { calibration, fitted: over, uncalibrated, outOfFold: mapped } = run('auto', 0.4);
  assert.equal(uncalibrated, fitted);
  assert.equal(over.id, 'calibrated');
  assert.deepEqual(over.inputs, fitted.inputs);
  assert.deepEqual([calibration!.method, calibration!.chosenBy, calibration!.rows], ['sigmoid', 'auto', 900]);
  assert.ok(Math.abs(calibration!.slope! - 0.4) < 0.15);
  assert.ok(calibration!.logLoss!.after < calibration!.logLoss!.before - calibration!.logLoss!.standardError);
  outOfFold.forEach((p, row) => {
    const due = sigmoid(calibration!.slope! * logit(p) + calibration!.offset!);
    assert.ok(Math.abs(mapped[row]! - due) < 1e-12);
  });
  const { table } = customers(1, 5);
  assert.equal(score(over, table, catalogue).length, 5);
});

test('calibrate model: scores that hold already, or that shall be left alone, stay as they are', () => {
  for (const made of [run('auto', 1), run('none', 0.4)]) {
    assert.equal(made.fitted, fitted);
    assert.equal(made.uncalibrated, fitted);
    assert.equal(made.outOfFold, outOfFold);
    assert.equal(made.calibration, null);
  }
});

test('calibrate model: what the project file asks for is done, and a note says when nothing is won by it', () => {
  const isotonic = run('isotonic', 0.4);
  assert.deepEqual([isotonic.calibration!.method, isotonic.calibration!.slope], ['isotonic', null]);
  assert.equal(isotonic.calibration!.chosenBy, 'project file');
  assert.deepEqual(isotonic.codes, []);
  assert.deepEqual(run('isotonic', 1).codes, ['calibration.no-gain']);
});

test('calibrate model: a note says when the order of customers was turned around', () => {
  const { codes, calibration } = run('sigmoid', -1);
  assert.ok(calibration!.slope! < 0);
  assert.deepEqual(codes, ['calibration.reversed']);
});
