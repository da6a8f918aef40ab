import type { RouteTable } from '@cloud-gateway/contracts';
import type { z } from 'zod';

export type Subscription = z.output<RouteTable['subscription-show']['answer']['schema']>;
