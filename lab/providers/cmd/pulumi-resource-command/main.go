// The offline stand-in for the official command provider: `command:remote:Command` and nothing else.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi-go-provider/middleware/schema"

	"vlan-trunk/lab/providers/remote"
)

// The release whose behaviour this follows; the engine matches plugins by it.
const version = "1.2.1"

func main() {
	provider := infer.Provider(infer.Options{
		Metadata: schema.Metadata{
			DisplayName: "Command (offline)",
			Description: "Offline stand-in of the virtual trunk lab: remote commands over ssh.",
		},
		Resources: []infer.InferredResource{infer.Resource(&remote.Command{})},
	})
	if err := provider.Run(context.Background(), "command", version); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
