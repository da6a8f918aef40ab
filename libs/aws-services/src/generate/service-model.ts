// The parts of botocore's files that are read. Their shapes are those of the package; nothing is checked, because the
// result is reviewed and tested, and the generator is run by hand.

export interface ServiceModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly endpointPrefix: string;
    readonly protocol: string;
    readonly protocols?: readonly string[];
    readonly jsonVersion?: string;
    readonly targetPrefix?: string;
    readonly signingName?: string;
    readonly signatureVersion?: string;
    readonly serviceFullName: string;
    readonly serviceAbbreviation?: string;
    readonly serviceId: string;
    readonly awsQueryCompatible?: object;
  };
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, ShapeModel>>;
}

export interface OperationModel {
  readonly http: { readonly method: string; readonly requestUri: string };
  readonly deprecated?: boolean;
  readonly input?: { readonly shape: string };
  readonly endpoint?: { readonly hostPrefix?: string };
}

interface ShapeModel {
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly location?: string; readonly locationName?: string }>>;
}

export interface PartitionModel {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
  readonly outputs: {
    readonly dnsSuffix: string;
    readonly dualStackDnsSuffix: string;
    readonly implicitGlobalRegion: string;
  };
}

/** One endpoint of endpoints.json, or the defaults of a service in it. */
export interface EndpointModel {
  readonly hostname?: string;
  readonly sslCommonName?: string;
  readonly credentialScope?: { readonly region?: string };
  readonly variants?: readonly EndpointModel[];
}

/** endpoints.json: what was there before the rule sets, and still the only place of the oldest names. */
export interface EndpointsModel {
  readonly partitions: readonly {
    readonly partition: string;
    readonly services: Readonly<
      Record<
        string,
        { readonly defaults?: EndpointModel; readonly endpoints: Readonly<Record<string, EndpointModel>> }
      >
    >;
  }[];
}
