/** Does stored JSON name a customer: is the id a whole text, number or key anywhere in it? */

/** `json` that is none is looked at as one text. O(length). */
export function namesCustomer(json: string, customerId: string): boolean {
  // Nearly every text is done with here: an id stands in JSON as it is, or escaped.
  if (!json.includes(customerId) && !json.includes(JSON.stringify(customerId).slice(1, -1))) return false;
  try {
    return holds(JSON.parse(json), customerId);
  } catch {
    return json === customerId;
  }
}

function holds(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value === id;
  if (typeof value === 'number') return String(value) === id;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === id || holds(inner, id));
}
