// TLS records that are written before there is a TLS session (RFC 8446 5.1 and 6).

/** What every TLS connection begins with: a record of type handshake. */
export const contentTypeHandshakeByte = 0x16;

const alertDescriptions = {
  unexpected_message: 10,
  decode_error: 50,
  unrecognized_name: 112,
} as const;

export type AlertDescription = keyof typeof alertDescriptions;

/** A fatal alert, in the clear. */
export function tlsAlert(description: AlertDescription): Buffer {
  return Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alertDescriptions[description]]);
}
