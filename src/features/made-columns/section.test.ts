import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstProblem } from '../../base/schema.ts';
import { allMakers, featuresSection } from './section.ts';

const sentenceOf = (value: unknown): string => {
  const result = featuresSection.safeParse(value);
  assert.ok(!result.success);
  return firstProblem(featuresSection, value, result.error).sentence;
};

test('features section: none by default, and it knows every maker', () => {
  assert.deepEqual(featuresSection.parse(undefined), []);
  assert.deepEqual(
    featuresSection.unwrap().element.options.map((option) => option.shape.make.value),
    allMakers.map(({ id }) => id),
  );
});

test('features section: an unknown maker is answered with those there are, an unknown key with the nearest', () => {
  assert.match(
    sentenceOf([{ make: 'ratoi', of: ['a', 'b'], as: 'c' }]),
    /^0\.make must be one of ratio, difference, product, days-since, days-between, date-part, got "ratoi"$/,
  );
  assert.match(
    sentenceOf([{ make: 'ratio', of: ['a', 'b'], as: 'c', imputes: 'zero' }]),
    /imputes is not known; did you mean impute\?/,
  );
});

test('features section: the number of sources, and a name, are asked for', () => {
  assert.match(sentenceOf([{ make: 'ratio', of: ['a'], as: 'c' }]), /^0\.of must be a list of at least 2/);
  assert.match(sentenceOf([{ make: 'days-since', of: ['a'], as: 'c' }]), /^0\.of must be a text/);
  assert.match(sentenceOf([{ make: 'days-since', of: 'a' }]), /^0\.as must be a text/);
});
