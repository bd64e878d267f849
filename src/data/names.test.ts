import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as names from './names.ts';

test('names: words are found in every usual spelling', () => {
  assert.deepEqual(names.wordsOf('MonthlyCharges'), ['monthly', 'charges']);
  assert.deepEqual(names.wordsOf('customerID'), ['customer', 'id']);
  assert.deepEqual(names.wordsOf('days_since-last order'), ['days', 'since', 'last', 'order']);
  assert.deepEqual(names.wordsOf('HTTPStatus2Code'), ['http', 'status2', 'code']);
});

const claims: [claim: (name: string) => boolean, yes: string[], no: string[]][] = [
  [
    names.isNamedLikeId,
    ['customerID', 'CustomerId', 'custid', 'id', 'account_number', 'uuid'],
    ['paid', 'valid', 'plan', 'number'],
  ],
  [names.isNamedLikeCustomerId, ['customerID', 'custid', 'client_id'], ['order_id', 'id']],
  [names.isContact, ['email', 'PhoneNumber', 'street', 'name'], ['emails sent', 'tenure']],
  [names.isPersonName, ['Surname', 'first_name', 'customerName'], ['plan_name', 'name']],
  [
    names.isPersonal,
    ['gender', 'Age', 'SeniorCitizen', 'date_of_birth', 'Dependents'],
    ['usage', 'Contract', 'average'],
  ],
  [
    names.isNeverNegative,
    ['tenure', 'TotalCharges', 'NumOfProducts', 'days_since_last_order', 'EstimatedSalary'],
    ['Balance', 'CreditScore', 'price_change', 'net_revenue', 'name'],
  ],
  [names.isNamedLikeCounter, ['RowNumber', 'index', 'Unnamed: 0', 'row_id'], ['CustomerId', 'rows_read']],
  [names.isNamedForStaying, ['retained', 'is_active'], ['Churn', 'Exited']],
  [names.isChurnLevel, ['Churned', 'Attrited Customer', 'left'], ['Existing Customer', 'not churned', 'Yes']],
];
for (const [claim, yes, no] of claims) {
  test(`names: ${claim.name} holds for ${yes.slice(0, 2).join(', ')} but not for ${no.slice(0, 2).join(', ')}`, () => {
    for (const name of yes) assert.equal(claim(name), true, name);
    for (const name of no) assert.equal(claim(name), false, name);
  });
}

test('names: a unit is told only by a name that says it', () => {
  assert.equal(names.unitOf('tenure_months'), 'months');
  assert.equal(names.unitOf('openPercent'), 'percent');
  assert.equal(names.unitOf('tenure'), undefined);
});

test('names: a customer number is a key in one word or two, in German too', () => {
  for (const name of ['Kundennummer', 'Kunden-Nr.', 'kunde_id', 'Vertragsnummer', 'customer number']) {
    assert.ok(names.isNamedLikeCustomerId(name), name);
  }
  for (const name of ['Nummernschild', 'Kundenzufriedenheit', 'Vertragsart'])
    assert.ok(!names.isNamedLikeId(name), name);
});

test('names: German names of money, time and people are understood too', () => {
  for (const name of ['Geschlecht', 'Geburtsdatum', 'Alter']) assert.ok(names.isPersonal(name), name);
  for (const name of ['Straße', 'PLZ', 'Telefonnummer']) assert.ok(names.isContact(name), name);
  for (const name of ['Monatsbeitrag', 'Anzahl Bestellungen']) assert.ok(names.isNeverNegative(name), name);
  assert.ok(names.isPersonName('Nachname') && names.isChurnLevel('gekündigt'));
  assert.ok(!names.isChurnLevel('nicht gekündigt') && !names.isNeverNegative('Saldo'));
  assert.equal(names.unitOf('Laufzeit (Monate)'), 'months');
});

test('names: a calendar year is told from years of something', () => {
  for (const name of ['year', 'signup_year', 'BirthYear', 'Geburtsjahr', 'Eintrittsjahr'])
    assert.ok(names.isNamedLikeYear(name), name);
  for (const name of ['years', 'yearsWithCompany', 'yearly_fee', 'Jahresumsatz'])
    assert.ok(!names.isNamedLikeYear(name), name);
});
