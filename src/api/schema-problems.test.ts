import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { fieldSentence, fieldsSentence } from './fields-sentence.ts';
import { type SchemaComplaint, schemaProblems } from './schema-problems.ts';

const options = {
  allErrors: true,
  strict: false,
  verbose: true,
  validateFormats: false,
  discriminator: true,
};
const sentences = (schema: object, value: unknown): string[] => {
  const validate = new Ajv(options).compile(schema);
  assert.ok(!validate(value));
  return schemaProblems(validate.errors as SchemaComplaint[], 'body').map((one) => fieldSentence(one));
};
const field = (schema: object, value: unknown): string[] =>
  sentences({ type: 'object', properties: { a: schema } }, { a: value });

test('schema problems: each keyword is a plain sentence, and no value is in it', () => {
  for (const [schema, value, said] of [
    [{ type: 'number' }, 'secret-7', 'a must be a number'],
    [{ type: ['integer', 'null'] }, 'secret-7', 'a must be a whole number or null'],
    [{ type: 'array' }, 'secret-7', 'a must be a list'],
    [{ enum: ['x', 'y'] }, 'secret-7', 'a must be one of x, y'],
    [{ minimum: 1 }, 0, 'a must be at least 1'],
    [{ exclusiveMinimum: 0 }, 0, 'a must be above 0'],
    [{ maxLength: 3 }, 'secret-7', 'a must have at most 3 characters'],
    [{ minLength: 1 }, '', 'a must not be empty'],
    [{ maxItems: 1 }, [1, 2], 'a must have at most 1 entry'],
    [{ pattern: '^[^\\u0000-\\u001f\\u007f]+$' }, 'a\nb', 'a must not hold control characters'],
    [{ pattern: '^x[0-9]$' }, 'secret-7', 'a must have the form that /docs tells'],
  ] as const)
    assert.deepEqual(field(schema, value), [said]);
  assert.deepEqual(sentences({ type: 'object' }, []), ['the body must be a JSON object']);
});

test('schema problems: what is missing or unknown is named with what is allowed, each once', () => {
  const one = {
    type: 'object',
    properties: { kind: { const: 'x' }, args: { type: 'object', required: ['b', 'c'] } },
    required: ['kind', 'args'],
    additionalProperties: false,
  };
  const schema = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { enum: ['x'] } },
    discriminator: { propertyName: 'kind' },
    oneOf: [one],
  };
  assert.deepEqual(sentences(schema, { kind: 'x' }), ['the body must hold args, with b, c']);
  assert.deepEqual(sentences(schema, { kind: 'y', args: {} }), ['kind must be one of x']);
  assert.deepEqual(sentences(schema, { kind: 'x', args: { b: 1, c: 1 }, 'arg\n': 1 }), [
    'the body must not hold arg?; allowed are kind, args; did you mean args?',
  ]);
});

test('fields sentence: a name has no escapes of a JSON pointer', () => {
  assert.equal(fieldSentence({ path: '/a~1b', message: 'must be a number' }), 'a/b must be a number');
  const two = [
    { path: '/a~01', message: 'must be a number' },
    { path: '', message: 'must hold x' },
  ];
  assert.equal(fieldsSentence(two), 'a~1 must be a number; the body must hold x');
});
