import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { badValues } from './params.ts';

const bad = (schema: z.ZodType): unknown[] => {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return badValues(described as Parameters<typeof badValues>[0]);
};

const schemas: readonly [string, z.ZodType, readonly unknown[]][] = [
  ['a number from 0', z.number().min(0), [-1, -1e-9, Number.NaN, 'no such choice', null, true]],
  ['a share without its ends', z.number().gt(0).lt(1), [0, 1, -1, 2]],
  ['a whole number from 1 to 5', z.int().min(1).max(5), [0, 6, 1.5]],
  ['a whole number without bounds', z.int(), [0.5, 'no such choice']],
  ['a choice', z.enum(['a', 'b']), ['no such choice', 1.5 - 3, null]],
  ['a text that is not empty', z.string().min(1), ['', true, null]],
  ['true or false', z.boolean(), ['no such choice', null]],
  ['a word or a number', z.union([z.literal('auto'), z.number().gt(0)]), [0, -1, 'no such choice', '']],
  ['a list', z.array(z.int().min(1)).min(1), [[], [0], [1.5], ['no such choice']]],
  ['a number or nothing', z.number().nullable(), ['no such choice', true]],
];

for (const [what, schema, due] of schemas) {
  test(`bad values of ${what}: those just outside are among them, and each is refused by the schema`, () => {
    const values = bad(schema);
    for (const value of due)
      assert.ok(
        values.some((each) => Object.is(each, value) || JSON.stringify(each) === JSON.stringify(value)),
        `${JSON.stringify(value)} is not among them`,
      );
    for (const value of values) assert.ok(!schema.safeParse(value).success, JSON.stringify(value));
  });
}

test('bad values: of what the schema leaves open none is claimed', () => {
  assert.deepEqual(bad(z.custom(() => true)), []);
});
