import { downloadCertificate } from './download-certificate.ts';
import { exportKey } from './export-key.ts';
import { certificateFile, type Recipe, type RecipeInput } from './recipe.ts';

export function goSdk(input: RecipeInput): Recipe {
  return {
    tool: 'Go (AWS SDK v2)',
    text: `# Once:
${downloadCertificate(input)}

# In each shell; a program that calls config.LoadDefaultConfig stays as it is.
export HTTPS_PROXY='${input.proxyUrl}'
export AWS_CA_BUNDLE="${certificateFile(input)}"
${exportKey(input)}

cat > main.go <<'PROGRAM'
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

func main() {
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	queues, err := sqs.NewFromConfig(settings).ListQueues(ctx, &sqs.ListQueuesInput{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(queues.QueueUrls)
}
PROGRAM
go run main.go
`,
  };
}
