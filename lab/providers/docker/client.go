package docker

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/docker/cli/cli/connhelper"
	"github.com/docker/docker/api/types/registry"
	"github.com/docker/docker/client"
	"github.com/hashicorp/terraform-plugin-sdk/v2/diag"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// engine is one provider instance: one Docker Engine, dialled at its first use and not before.
type engine struct {
	host      string
	sshOpts   []string
	skipCheck bool
	logins    map[string]registry.AuthConfig
	mutex     sync.Mutex
	client    *client.Client
}

func configure(_ context.Context, d *schema.ResourceData) (any, diag.Diagnostics) {
	return &engine{
		logins:    loginsOf(d),
		host:      get[string](d, "host"),
		sshOpts:   texts(d.Get("ssh_opts")),
		skipCheck: get[bool](d, "disable_docker_daemon_check"),
	}, nil
}

// loginsOf: by the names that images have for their registries.
func loginsOf(d *schema.ResourceData) map[string]registry.AuthConfig {
	logins := map[string]registry.AuthConfig{}
	for _, one := range elements(d, "registry_auth") {
		bare := strings.TrimPrefix(strings.TrimPrefix(one["address"].(string), "http://"), "https://")
		host, _, _ := strings.Cut(bare, "/")
		logins[host] = registry.AuthConfig{
			Username: one["username"].(string), Password: one["password"].(string), ServerAddress: "https://" + host,
		}
	}
	return logins
}

// connect gives the client, and pings the engine the first time.
func connect(ctx context.Context, meta any) (*client.Client, diag.Diagnostics) {
	docker, err := meta.(*engine).connect(ctx)
	if err != nil {
		return nil, diag.FromErr(fmt.Errorf("failed to create Docker client: %w", err))
	}
	return docker, nil
}

func (e *engine) connect(ctx context.Context) (*client.Client, error) {
	e.mutex.Lock()
	known := e.client
	e.mutex.Unlock()
	if known != nil {
		return known, nil
	}
	// Unlocked from here: the official one lets operations that start together ping side by side, each over ssh of its own.
	docker, err := e.dial()
	if err != nil {
		return nil, err
	}
	if !e.skipCheck {
		if _, err := docker.Ping(ctx); err != nil {
			return nil, fmt.Errorf("Error pinging Docker server, please make sure that %s is reachable and has a "+ //nolint:staticcheck
				" '_ping' endpoint. Error: %s", e.host, err)
		}
		// Its answer is not looked at, but it is a request more: fidelity in what it costs.
		_, _ = docker.ServerVersion(ctx)
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.client == nil {
		e.client = docker
	}
	return docker, nil
}

func (e *engine) dial() (*client.Client, error) {
	if !strings.HasPrefix(e.host, "ssh://") {
		return client.NewClientWithOpts(client.WithHost(e.host), client.WithAPIVersionNegotiation())
	}
	// Each connection of the client's pool is a local `ssh <sshOpts> <host> docker system dial-stdio`.
	helper, err := connhelper.GetConnectionHelperWithSSHOpts(e.host, e.sshOpts)
	if err != nil {
		return nil, err
	}
	return client.NewClientWithOpts(
		client.WithHost(helper.Host),
		client.WithDialContext(helper.Dialer),
		client.WithAPIVersionNegotiation(),
	)
}
