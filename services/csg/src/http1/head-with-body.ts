/** Joins a head, one character per byte, with a body: two writes would be two TLS records, and two packets. */
export function headWithBody(head: string, body: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(head.length + body.length);
  whole.write(head, 0, 'latin1');
  body.copy(whole, head.length);
  return whole;
}
