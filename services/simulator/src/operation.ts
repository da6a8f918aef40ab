// An action of a service that does not speak the query protocol, as a value: what it is called, what it takes, what it
// does. JSON or XML, by target or by path: it is given one document and returns one, and the protocol does the rest.
import type { z } from 'zod';
import type { Call } from './call.ts';
import type { ServiceName } from './service-name.ts';
import type { XmlObject } from './xml.ts';

/** A Date is written as its protocol writes times: seconds in JSON, ISO 8601 in XML. */
export type Document = XmlObject;

interface OperationSpec<S extends z.ZodType> {
  readonly service: ServiceName;
  readonly name: string;
  /**
   * REST only: method and path, `GET /v1/apps/{appId}`. A label takes one segment, and joins the parameters of the query
   * and the members of the body in the input.
   */
  readonly http?: `${'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'} /${string}`;
  /** REST only; default 200. */
  readonly status?: number;
  readonly input: S;
  handle(input: z.output<S>, call: Call): Document;
}

export interface Operation {
  readonly service: ServiceName;
  readonly name: string;
  readonly http: string | undefined;
  readonly status: number;
  /** Throws a ZodError for an input of the wrong form. */
  run(input: unknown, call: Call): Document;
}

export function defineOperation<S extends z.ZodType>(spec: OperationSpec<S>): Operation {
  return {
    service: spec.service,
    name: spec.name,
    http: spec.http,
    status: spec.status ?? 200,
    run: (input, call) => spec.handle(spec.input.parse(input), call),
  };
}
