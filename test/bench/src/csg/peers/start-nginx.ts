// nginx as a TLS proxy to one origin: it knows no CONNECT and signs nothing. What C can do.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '@cloud-gateway/embedded';
import { startDaemon } from '../../children/start-daemon.ts';
import { databaseHost } from '../calls/hosts.ts';
import { transferKinds } from '../calls/transfer.ts';
import type { World } from '../world/world.ts';
import { installedProgram } from './installed-program.ts';
import type { StartPeer } from './peer.ts';

export const startNginx: StartPeer = async (world) => {
  const file = installedProgram('nginx');
  if (!file) return { skipped: 'nginx is not installed (apt-get install nginx-light)' };
  const folder = join(world.folder, 'nginx');
  await mkdir(folder);
  const port = await findFreePort();
  const configuration = join(folder, 'nginx.conf');
  await writeFile(configuration, nginxConfiguration(world, folder, port));
  const args = ['-p', folder, '-c', configuration, '-e', 'stderr'];
  const daemon = await startDaemon({ file, args, core: world.cores.proxy, port });
  return {
    target: { port, connectPort: undefined, authority: world.authority.pem },
    pid: daemon.pid,
    signs: false,
    transfers: transferKinds,
    stop: daemon.stop,
  };
};

function nginxConfiguration({ authority, cloudPort }: World, folder: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${folder}/${name};`,
  );
  return `daemon off;
user root;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
${temporary.join('\n')}
  access_log off;
  keepalive_requests 100000000;
  client_max_body_size 0;
  ssl_session_cache shared:tls:10m;
  upstream cloud { server 127.0.0.1:${cloudPort}; keepalive 256; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_certificate ${authority.leaf.certificateFile};
    ssl_certificate_key ${authority.leaf.keyFile};
    location / {
      proxy_pass https://cloud;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate ${authority.certificateFile};
      proxy_ssl_server_name on;
      proxy_ssl_name ${databaseHost};
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;
    }
  }
}
`;
}
