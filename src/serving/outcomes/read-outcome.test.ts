import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOutcome } from './read-outcome.ts';

const now = Date.UTC(2026, 5, 1);
const requestId = '01a1ff69-605a-7000-8475-589c102e4189';

test('an outcome: of a customer or of a prediction; moments left out are now, a day is its first moment in UTC', () => {
  const plain = { requestId: null, index: null, churned: true, happenedAt: now, knownAt: now };
  assert.deepEqual(readOutcome({ customerId: 'a', churned: true }, now), { ...plain, customerId: 'a' });
  assert.deepEqual(
    readOutcome(
      { requestId, index: 3, churned: false, happenedAt: '2026-01-31', knownAt: '2026-02-01T01:00:00+02:00' },
      now,
    ),
    {
      ...{ customerId: null, requestId, index: 3, churned: false },
      happenedAt: Date.UTC(2026, 0, 31),
      knownAt: Date.UTC(2026, 0, 31, 23),
    },
  );
});

test('an outcome: each field that is wrong is named, and no value is told', () => {
  const whole = { customerId: 'a', churned: true };
  const cases: [unknown, string[]][] = [
    ['a', ['']],
    [[whole], ['']],
    [{ churned: true }, ['/customerId']],
    [{ ...whole, requestId }, ['/customerId']],
    [{ ...whole, customerId: '' }, ['/customerId']],
    [{ ...whole, customerId: 7 }, ['/customerId']],
    [{ ...whole, customerId: 'a\u0000' }, ['/customerId']],
    [{ ...whole, customerId: 'a'.repeat(10_001) }, ['/customerId']],
    [{ requestId: 'secret', churned: true }, ['/requestId']],
    [{ ...whole, index: 1 }, ['/index']],
    [{ requestId, index: -1, churned: true }, ['/index']],
    [{ requestId, index: 0.5, churned: true }, ['/index']],
    [{ customerId: 'a' }, ['/churned']],
    [{ ...whole, churned: 1 }, ['/churned']],
    [{ ...whole, churned: 'true' }, ['/churned']],
    [{ ...whole, happenedAt: 'secret' }, ['/happenedAt']],
    [{ ...whole, happenedAt: '2026-02-30' }, ['/happenedAt']],
    [{ ...whole, happenedAt: 1_700_000_000_000 }, ['/happenedAt']],
    [{ ...whole, happenedAt: '2026-06-01T00:00:01Z' }, ['/happenedAt']],
    [{ ...whole, knownAt: '2027-01-01' }, ['/knownAt']],
    [{ ...whole, happenedAt: '2026-05-02', knownAt: '2026-05-01' }, ['/knownAt']],
    [{ ...whole, happend: 1 }, ['/happend']],
    [JSON.parse('{"customerId":"a","churned":true,"__proto__":{}}'), ['/__proto__']],
    [{ churned: null, happenedAt: null }, ['/customerId', '/churned', '/happenedAt']],
  ];
  for (const [sent, paths] of cases) {
    const found = readOutcome(sent, now);
    assert.ok(Array.isArray(found), JSON.stringify(sent).slice(0, 80));
    assert.deepEqual(
      found.map(({ path }) => path),
      paths,
    );
    assert.doesNotMatch(JSON.stringify(found), /secret/);
  }
});
