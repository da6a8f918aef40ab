import { downloadCertificate } from './download-certificate.ts';
import { exportKey } from './export-key.ts';
import { certificateFile, type Recipe, type RecipeInput } from './recipe.ts';

export function javaSdk(input: RecipeInput): Recipe {
  const trustStore = `$HOME/.aws/${input.profile}.p12`;
  return {
    tool: 'Java (AWS SDK v2)',
    text: `# Once: the certificate in a trust store of its own. Where the program also talks to others, import it into a copy
# of the JDK's lib/security/cacerts instead.
${downloadCertificate(input)}
keytool -importcert -noprompt -alias cloud-gateway -file "${certificateFile(input)}" \\
  -keystore "${trustStore}" -storetype PKCS12 -storepass changeit

# In each shell:
${exportKey(input)}
export JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=${trustStore} -Djavax.net.ssl.trustStorePassword=changeit"

# In the program (software.amazon.awssdk: sqs, apache-client):
cat > ListQueues.java <<'PROGRAM'
import java.net.URI;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;

class ListQueues {
  public static void main(String[] args) {
    var proxy = ProxyConfiguration.builder().endpoint(URI.create("${input.proxyUrl}")).build();
    try (SdkHttpClient http = ApacheHttpClient.builder().proxyConfiguration(proxy).build();
        SqsClient sqs = SqsClient.builder().httpClient(http).build()) {
      System.out.println(sqs.listQueues().queueUrls());
    }
  }
}
PROGRAM
`,
  };
}
