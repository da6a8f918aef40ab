// Endpoints that a service makes for a customer: the host begins with an id that the service handed out. AWS publishes
// no list of them. Only forms of API endpoints are here; where customers' own content is served (databases, search
// domains, websites, balancers) a signed request has no business.
import { catalogue, type ServiceRecord } from './catalogue.ts';

interface IdForm {
  readonly id: RegExp;
  readonly services: readonly string[];
}

const forms: ReadonlyMap<string, IdForm> = new Map([
  // Amazon API Gateway: APIs with IAM authorization, and the connections of WebSocket APIs.
  [
    'execute-api.R.D',
    { id: /^[a-z0-9]{8,12}(?:-vpce-[0-9a-f]{8,17})?$/, services: ['apigatewaymanagementapi'] },
  ],
  // From iot:DescribeEndpoint; `data` is the name of before.
  ['iot.R.D', { id: /^(?:data|[a-z0-9]{10,20}(?:-ats)?)$/, services: ['iot-data'] }],
  // From kinesisvideo:GetDataEndpoint and GetSignalingChannelEndpoint.
  [
    'kinesisvideo.R.D',
    {
      id: /^[a-z]-[0-9a-f]{8}$/,
      services: [
        'kinesis-video-archived-media',
        'kinesis-video-media',
        'kinesis-video-signaling',
        'kinesis-video-webrtc-storage',
        'kinesisvideo',
      ],
    },
  ],
  // From mediaconvert:DescribeEndpoints.
  ['mediaconvert.R.D', { id: /^[a-z0-9]{8,12}$/, services: ['mediaconvert'] }],
  // The endpoint of a MediaStore container.
  ['data.mediastore.R.D', { id: /^[a-z0-9]{12,16}$/, services: ['mediastore-data'] }],
  // From route53-recovery-control-config:DescribeCluster.
  ['route53-recovery-cluster.R.D', { id: /^[0-9a-f]{8}$/, services: ['route53-recovery-cluster'] }],
  // The cells that timestream:DescribeEndpoints names; SDKs always go there.
  [
    'timestream.R.D',
    { id: /^(?:ingest|query)-cell\d{1,3}$/, services: ['timestream-query', 'timestream-write'] },
  ],
  // A graph of Neptune Analytics.
  ['R.neptune-graph.D', { id: /^g-[a-z0-9]{10}$/, services: ['neptune-graph'] }],
]);

/** @param pattern a host whose region and suffix are already placeholders: `abcdefghij.execute-api.R.D` */
export function endpointWithId(pattern: string): { readonly services: readonly ServiceRecord[] } | undefined {
  const at = pattern.indexOf('.');
  const form = forms.get(pattern.slice(at + 1));
  if (!form?.id.test(pattern.slice(0, at))) return undefined;
  const { byId } = catalogue();
  return { services: form.services.flatMap((id) => byId.get(id) ?? []) };
}
