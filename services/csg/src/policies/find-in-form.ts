// Finds one parameter of the query protocols: in the form that is the body, and in the query string, which count as one.
// Names are flat there: `ConfigurationSet.Name` is one name.
import { isUtf8 } from 'node:buffer';
import { absent, type Parameter, unreadable } from './parameter.ts';

/** Each of `forms` is `a=b&c=d`, in bytes or one character per byte. A name that comes twice is unreadable. */
export function findInForm(forms: readonly (Buffer | string)[], name: string): Parameter {
  let found: Parameter | undefined;
  for (const field of forms.flatMap((form) => toLatin1(form).split('&'))) {
    const equals = field.indexOf('=');
    const fieldName = decoded(equals < 0 ? field : field.slice(0, equals));
    if (fieldName === undefined) return unreadable('the form is not encoded as it should be');
    if (fieldName.toLowerCase() !== name.toLowerCase()) continue;
    if (found !== undefined) return unreadable(`'${name}' stands in the call twice`);
    const text = decoded(equals < 0 ? '' : field.slice(equals + 1));
    if (text === undefined) return unreadable('the form is not encoded as it should be');
    found =
      fieldName === name
        ? { kind: 'text', text }
        : unreadable(`'${name}' stands in the call in other letters`);
  }
  return found ?? absent;
}

/** Undefined where two readers may make two things of it. */
function decoded(latin1: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(latin1)) return undefined;
  const bytes = Buffer.from(
    latin1
      .replaceAll('+', ' ')
      .replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function toLatin1(form: Buffer | string): string {
  return typeof form === 'string' ? form : form.toString('latin1');
}
