export { type Administrator, bootstrapAdministrator } from './bootstrap.ts';
export { type CredentialsConfig, credentialsConfigSchema } from './config.ts';
export { createClient, mintClientSecret } from './create-client.ts';
export { type Credentials, type CredentialsDeps, start } from './service.ts';
