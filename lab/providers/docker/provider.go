// Package docker is the docker provider's networks, containers and images: the resources' schemas and what they do are
// ours, and the official provider's own bridge makes Check, Diff, names, state and secrets of them.
package docker

import (
	"context"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

const defaultHost = "unix:///var/run/docker.sock"

func declared() *schema.Provider {
	return &schema.Provider{
		ConfigureContextFunc: configure,
		Schema: fields{
			"host":                        text(fromEnvironment("DOCKER_HOST", defaultHost)),
			"context":                     text(fromEnvironment("DOCKER_CONTEXT", "")),
			"ssh_opts":                    textList(sshOptsFromEnvironment),
			"ca_material":                 text(),
			"cert_material":               text(),
			"key_material":                text(),
			"cert_path":                   text(),
			"registry_auth":               setOf(registryFields),
			"disable_docker_daemon_check": boolean(byDefault(false)),
		},
		ResourcesMap: map[string]*schema.Resource{
			"docker_container": containerResource(),
			"docker_image":     imageResource(),
			"docker_network":   networkResource(),
		},
	}
}

var registryFields = fields{
	"address":  text(required),
	"username": text(fromEnvironment("DOCKER_REGISTRY_USER", "")),
	"password": text(fromEnvironment("DOCKER_REGISTRY_PASS", ""), sensitive),
}

func fromEnvironment(name, otherwise string) option {
	return func(s *schema.Schema) { s.DefaultFunc = schema.EnvDefaultFunc(name, otherwise) }
}

func sshOptsFromEnvironment(s *schema.Schema) {
	s.DefaultFunc = func() (any, error) {
		var options []any
		for _, option := range strings.Fields(os.Getenv("DOCKER_SSH_OPTS")) {
			options = append(options, option)
		}
		return options, nil
	}
}

// bridge says what the official provider's own declaration says about these resources.
func bridge() tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P:    shim.NewProvider(declared()),
		Name: "docker",
		Config: map[string]*tfbridge.SchemaInfo{
			"host": {Default: &tfbridge.DefaultInfo{
				EnvVars: []string{"DOCKER_HOST"},
				ComputeDefault: func(context.Context, tfbridge.ComputeDefaultOptions) (any, error) {
					return defaultHost, nil
				},
			}},
			"registry_auth": {Name: "registryAuth", MaxItemsOne: tfbridge.False()},
		},
		Resources: map[string]*tfbridge.ResourceInfo{
			"docker_container": {
				Tok: token("container", "Container"),
				// Whatever replaces it: two containers of one address would not do.
				DeleteBeforeReplace: true,
				Fields: map[string]*tfbridge.SchemaInfo{
					"command":           {Name: "command"},
					"networks_advanced": {Name: "networksAdvanced"},
				},
			},
			"docker_image": {
				Tok:    token("remoteImage", "RemoteImage"),
				Fields: map[string]*tfbridge.SchemaInfo{"name": {Name: "name"}},
			},
			// Deleted before it is replaced where the program names it; an automatic name is new each time.
			"docker_network": {Tok: token("network", "Network")},
		},
	}
	info.SetAutonaming(255, "-")
	return info
}

func token(module, member string) tokens.Type {
	return tokens.Type("docker:index/" + module + ":" + member)
}
