/**
 * JSON as Python writes it: `json.dumps` of a data frame gives the word NaN for a missing value, which JSON does not
 * have. It is read as null. Infinity stays what it is, no JSON: it is no missing value.
 */

/** `parse` is tried first, so that JSON costs nothing more; it throws where the text is neither. */
export function parseWithNaN(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!text.includes('NaN')) throw error;
    return parse(nullForNaN(text));
  }
}

const quote = 0x22;
const backslash = 0x5c;
const letterN = 0x4e;

/** One pass; texts stay as they are. */
function nullForNaN(text: string): string {
  const parts: string[] = [];
  let from = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === backslash) at++;
      else if (code === quote) inText = false;
    } else if (code === quote) inText = true;
    else if (code === letterN && text.startsWith('NaN', at)) {
      parts.push(text.slice(from, at), 'null');
      at += 2;
      from = at + 1;
    }
  }
  return `${parts.join('')}${text.slice(from)}`;
}
